import Testing

@testable import Widgets

/// Every widget, at every size, inside a larger surface whose other cells must stay as they are.
struct AnySizeTests {
  static let hostile = "Überweisung 株式会社 👩‍💻 \u{1b}[31m \u{202e}x e\u{301} क्षि"

  private static let widgets = controls + AnySizeWidgets.all

  private static let controls: [(name: String, widget: any Widget)] = [
    (
      "table",
      Table(
        columns: [
          Column("Code", width: .fixed(6), priority: 0), Column(hostile, width: .fill),
          Column("Type", priority: 3), .amount("Betrag"),
        ],
        rows: (0..<30).map {
          Table.Row(
            [
              Table.Cell("\($0)"),
              Table.Cell(hostile, branch: Table.Branch(level: $0 % 5, fold: .open)),
              Table.Cell("株"), Table.Cell("1,234,567.89"),
            ], isMarked: $0 % 3 == 0)
        }, cursor: 17, totals: Table.Row([Table.Cell(""), Table.Cell("Total")]))
    ),
    ("empty table", Table(columns: [Column("a")], rows: [], emptyText: hostile)),
    (
      "form",
      Form(
        [
          [Field("Date", text: hostile, note: hostile, columns: 10), Field("株", text: hostile)],
          [Field(hostile, text: hostile, ghost: hostile, error: hostile)],
          [Field("Secret", text: hostile, content: .secret, error: "x", columns: 5)],
        ], focus: 2)
    ),
    (
      "grid",
      EntryGrid(
        columns: [Column("#", width: .fixed(2)), Column("A", width: .fill), .amount("B")],
        rows: (0..<9).map { _ in
          [
            Field("", text: "1", content: .readOnly), Field("", text: hostile),
            Field("", ghost: "12"),
          ]
        }, focus: EntryGrid.Place(row: 7, column: 1))
    ),
    (
      "suggestions",
      SuggestionList(
        (0..<9).map { SuggestionList.Item(hostile, detail: "\($0) D") }, highlighted: 8,
        below: Rect(column: 5, row: 2, columns: 4, rows: 1))
    ),
    (
      "dialog",
      Dialog(
        title: hostile, body: hostile + "\n\n" + hostile,
        form: Form([Field("Amount", text: "1")], focus: 0),
        buttons: (0..<5).map { Dialog.Button("Button \($0)", key: "F\($0)") }, focus: 3)
    ),
    (
      "help",
      FilterList(
        title: hostile,
        entries: (0..<40).map {
          FilterList.Entry(
            hostile, keys: ["F\($0)"], note: $0 % 2 == 0 ? hostile : "", isAvailable: false)
        }, filter: Field("Find", text: hostile), cursor: 30, roomRows: 40)
    ),
    ("header", HeaderBar(left: hostile, right: hostile)),
    ("tabs", Tabs((1...9).map { Tabs.Tab($0, hostile) }, active: 4)),
    ("status", StatusLine(.error, hostile)),
    ("footer", Footer((0..<9).map { Footer.Hint(key: "F\($0)", title: hostile, priority: $0) })),
    ("text", TextView(hostile + "\n" + hostile, top: 1)),
    ("too small", MessageTooSmall(needed: Size(columns: 40, rows: 12))),
  ]

  private static let sizes: [Size] =
    (0...24).flatMap { columns in (0...9).map { Size(columns: columns, rows: $0) } }
    + [
      (1, 100), (300, 1), (40, 12), (60, 16), (80, 24), (81, 25), (120, 40), (200, 50), (300, 100),
    ]
    .map { Size(columns: $0, rows: $1) }

  @Test(arguments: widgets.indices)
  func `a widget stays in its rectangle and rows stay whole`(index: Int) throws {
    let (name, widget) = Self.widgets[index]
    for size in Self.sizes {
      let rect = Rect(column: 2, row: 1, columns: size.columns, rows: size.rows)
      var surface = Surface(Size(columns: size.columns + 5, rows: size.rows + 3), role: .ghost)
      surface.fill(surface.bounds, with: "·", role: .ghost)
      let cursor = widget.draw(on: &surface, in: rect)
      if let cursor {
        #expect(rect.contains(cursor), "\(name) at \(size)")
      }
      for row in 0..<surface.size.rows {
        let cells = surface.row(row)
        try #require(
          cells.reduce(0) { $0 + $1.width } == surface.size.columns, "\(name) at \(size)")
        for (column, cell) in zip(0..., cells) where !rect.contains(Point(column: column, row: row))
        {
          try #require(cell.text == "·" && cell.role == .ghost, "\(name) at \(size)")
        }
      }
    }
  }

  @Test func `nothing that a widget draws can act on a terminal`() {
    for (name, widget) in Self.widgets {
      let surface = Surface(Size(columns: 80, rows: 24), drawing: widget)
      for scalar in surface.text().unicodeScalars where scalar != "\n" && scalar != "\u{200D}" {
        #expect(SafeText.symbol(for: scalar) == nil, "\(name)")
      }
    }
  }
}
