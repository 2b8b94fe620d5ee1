import Testing

@testable import Widgets

struct TableTests {
  private static func row(
    _ code: String, _ name: String, _ branch: Table.Branch, _ type: String, _ balance: String,
    isMarked: Bool = false
  ) -> Table.Row {
    Table.Row(
      [
        Table.Cell(code), Table.Cell(name, branch: branch), Table.Cell(type),
        Table.Cell(balance, role: .debit),
      ], isMarked: isMarked)
  }

  private static let accounts = Table(
    columns: [
      Column("Code", priority: 0), Column("Name", width: .fill), Column("Type", priority: 2),
      .amount("Balance EUR"),
    ],
    rows: [
      row("1", "Assets", Table.Branch(level: 0, fold: .open), "asset", "540,318.22"),
      row(
        "1000", "Bank Überweisung 株式会社", Table.Branch(level: 1, fold: .leaf), "asset",
        "96,220.40", isMarked: true),
      row("12", "Receivables", Table.Branch(level: 1, fold: .folded), "asset", "411,916.11"),
    ],
    cursor: 1,
    totals: Table.Row([
      Table.Cell(""), Table.Cell("Total"), Table.Cell(""), Table.Cell("1,048,454.73"),
    ])
  )

  private func text(_ table: Table, _ columns: Int, _ rows: Int, styles: Bool = false) -> String {
    Surface(Size(columns: columns, rows: rows), drawing: table).text(styles: styles)
  }

  @Test func `rows stand under their titles, with cursor, mark, tree and totals`() {
    #expect(
      text(Self.accounts, 54, 6) == """
          Code  Name                       Type    Balance EUR
          1     ▾ Assets                   asset    540,318.22
        >*1000      Bank Überweisung 株…   asset     96,220.40
          12      ▸ Receivables            asset    411,916.11
        ──────────────────────────────────────────────────────
                Total                             1,048,454.73
        """)
  }

  @Test func `roles say what cells mean, and the cursor's row is all one`() {
    var table = Self.accounts
    table.cursor = 0
    #expect(
      text(table, 46, 4, styles: true) == """
          Code  Name               Type    Balance EUR
          0–45 heading
        > 1     ▾ Assets           asset    540,318.22
          0–45 cursor.row
         *1000      Bank Überwei…  asset     96,220.40
          1–5 marked, 8–24 marked, 27–31 marked, 37–45 marked
          12      ▸ Receivables    asset    411,916.11
          36–45 amount.debit
        """)
  }

  @Test func `in very few rows totals give way to the cursor's row`() {
    #expect(text(Self.accounts, 60, 3).contains("1000"))
    #expect(!text(Self.accounts, 60, 4).contains("Total"))
  }

  @Test func `columns are dropped by priority, and how many is said`() {
    #expect(
      text(Self.accounts, 30, 2) == """
          Code  Name     Balance E… +1
        >*1000      Ban…     96,220.40
        """)
  }

  @Test func `what columns are called is left out where it would cut a title`() {
    var table = Table(
      columns: [
        Column("Name"), Column("Date", width: .fixed(10)),
        Column("Memo", width: .fixed(20), priority: 3),
      ],
      rows: [
        Table.Row([
          Table.Cell("Acme Ltd"), Table.Cell("2026-11-02"), Table.Cell("Rent of November"),
        ])
      ])
    let row = "\n  Acme Ltd  2026-11-02"
    #expect(text(table, 25, 2) == "  Name      Date  +1 cols" + row)
    #expect(text(table, 24, 2) == "  Name      Date      +1" + row)
    table.hiddenTitle = "Spalten"
    #expect(text(table, 28, 2) == "  Name      Date  +1 Spalten" + row)
    #expect(text(table, 27, 2) == "  Name      Date         +1" + row)
  }

  @Test func `an amount is never shown with a digit missing`() {
    var table = Table(
      columns: [.amount("Amount")], rows: [Table.Row([Table.Cell("1,234,567.89")])])
    #expect(text(table, 14, 2) == "        Amount\n  1,234,567.89")
    #expect(text(table, 13, 2) == "       Amount\n  ###########")
    table.rows = [Table.Row([Table.Cell("1.00")])]
    #expect(text(table, 8, 2) == "  Amount\n    1.00")
  }

  @Test func `the cursor is in sight however long the list`() {
    let rows = (0..<100).map { Table.Row([Table.Cell("row \($0)")]) }
    var table = Table(columns: [Column("Name")], rows: rows, cursor: 50, top: 10)
    #expect(text(table, 10, 4) == "  Name\n  row 48\n  row 49\n> row 50")
    table.top = 90
    #expect(text(table, 10, 4) == "  Name\n> row 50\n  row 51\n  row 52")
    #expect(table.pageRows(height: 4) == 3)
  }

  @Test func `the terminal's cursor stands on the cursor's row`() {
    var surface = Surface(Size(columns: 20, rows: 5))
    let place = Self.accounts.draw(on: &surface, in: Rect(column: 3, row: 1, columns: 17, rows: 4))
    #expect(place == Point(column: 3, row: 3))
  }

  @Test func `an empty table says why and what to do`() {
    let table = Table(
      columns: [Column("Name")], rows: [], emptyText: "No journals yet. n enters one.")
    #expect(text(table, 20, 4) == "  Name\n  No journals yet.\n  n enters one.\n")
  }
}

struct EntryGridTests {
  private static let grid = EntryGrid(
    columns: [
      Column("#", width: .fixed(1), priority: 0), Column("Account", width: .fill, priority: 0),
      .amount("Debit"), .amount("Credit"), Column("Memo", width: .fill, priority: 3),
    ],
    rows: [
      [
        Field("", text: "1", content: .readOnly), Field("", text: "6100 Rent"),
        Field("", text: "1,200.00"), Field(""), Field("", text: "Nov"),
      ],
      [
        Field("", text: "2", content: .readOnly), Field("", text: "99", error: "No such account."),
        Field(""), Field("", ghost: "1,200.00"), Field(""),
      ],
    ], focus: EntryGrid.Place(row: 1, column: 1))

  @Test func `lines show fields, ghosts, faults and the field being typed in`() {
    #expect(
      Surface(Size(columns: 60, rows: 3), drawing: Self.grid).text() == """
          #  Account             Debit     Credit  Memo
          1  6100 Rent        1,200.00             Nov
        >!2  99_____________            ~1,200.00
        """)
  }

  @Test func `an amount stays where it is when it is typed in`() {
    var grid = Self.grid
    grid.focus = EntryGrid.Place(row: 0, column: 2)
    var surface = Surface(Size(columns: 60, rows: 3))
    let cursor = grid.draw(on: &surface, in: surface.bounds)
    #expect(surface.text().contains("> 1  6100 Rent        1,200.00 "))
    #expect(cursor == Point(column: 30, row: 1))
  }

  @Test func `the column being typed in isn't dropped`() {
    var grid = Self.grid
    grid.focus = EntryGrid.Place(row: 0, column: 4)
    let layout = grid.layout(columns: 30)
    #expect(layout.placed.contains { $0.index == 4 })
    #expect(layout.hiddenCount > 0)
  }

  @Test func `a list of suggestions can hang below a cell`() {
    let place = Self.grid.place(
      of: EntryGrid.Place(row: 1, column: 1), in: Rect(column: 10, row: 5, columns: 60, rows: 3))
    #expect(place == Rect(column: 15, row: 7, columns: 15, rows: 1))
  }
}
