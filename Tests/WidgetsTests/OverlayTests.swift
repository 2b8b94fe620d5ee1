import Testing

@testable import Widgets

struct OverlayTests {
  @Test func `suggestions hang below their field and scroll with the highlight`() {
    let items = (1...9).map { SuggestionList.Item("100\($0) Bank", detail: "\($0).00 D") }
    let list = SuggestionList(
      items, highlighted: 7, below: Rect(column: 2, row: 0, columns: 5, rows: 1))
    #expect(
      Surface(Size(columns: 30, rows: 9), drawing: list).text() == """

          ┌───────────────────┐
          │ 1003 Bank  3.00 D │
          │ 1004 Bank  4.00 D │
          │ 1005 Bank  5.00 D │
          │ 1006 Bank  6.00 D │
          │ 1007 Bank  7.00 D │
          │>1008 Bank  8.00 D │
          └─────────────── +1 ┘
        """)
  }

  @Test func `suggestions go above a field near the bottom and stay on the screen`() {
    let list = SuggestionList(
      [SuggestionList.Item("1000 Bank"), SuggestionList.Item("closed", isAvailable: false)],
      highlighted: 0, below: Rect(column: 17, row: 4, columns: 3, rows: 1))
    #expect(
      Surface(Size(columns: 22, rows: 5), drawing: list).text() == """
                 ┌───────────┐
                 │>1000 Bank │
                 │ closed    │
                 └───────────┘

        """)
  }

  @Test func `a dialog names what happens and what its buttons do`() {
    let dialog = Dialog(
      title: "Post GJ-2026-000123, 1,200.00 EUR",
      body: "Posted entries can't be changed; a reversal undoes them.",
      buttons: [Dialog.Button("Cancel", key: "Esc"), Dialog.Button("Post", key: "F10")])
    var surface = Surface(Size(columns: 52, rows: 8))
    let cursor = dialog.draw(on: &surface, in: surface.bounds)
    #expect(
      surface.text() == """

          ┌─ Post GJ-2026-000123, 1,200.00 EUR ─────────┐
          │ Posted entries can't be changed; a reversal │
          │ undoes them.                                │
          │                                             │
          │ [ Cancel  Esc ]  [ Post  F10 ]              │
          └─────────────────────────────────────────────┘

        """)
    #expect(cursor == Point(column: 6, row: 5))
    #expect(surface[4, 5].role == .selection)
    #expect(surface[22, 5].role == .dialog)
  }

  @Test func `a list to find in keeps keys and notes beside what they are of`() {
    let entries = [
      FilterList.Entry("new journal", keys: ["n"]),
      FilterList.Entry("post", keys: ["F10", "Ctrl-P"], note: "not balanced", isAvailable: false),
    ]
    let list = FilterList(
      title: "Keys here", entries: entries, filter: Field("Find"), cursor: 1, roomRows: 2)
    let size = Size(columns: 84, rows: 7)
    #expect(
      Surface(size, drawing: list).text() == """
        ┌─ Keys here ──────────────────────────────────────────────────────────────────────┐
        │ Find [_________________________________________________________________________] │
        │                                                                                  │
        │   Key         What                                                               │
        │   n           new journal                                                        │
        │ > F10 Ctrl-P  post                                                  not balanced │
        └──────────────────────────────────────────────────────────────────────────────────┘
        """)
    let places = list.places(in: Rect(size))
    #expect(places.map(\.index) == [0, 1])
    #expect(places[1].rect.contains(Point(column: 20, row: 5)))
  }
}

struct BarTests {
  private func text(_ widget: some Widget, _ columns: Int) -> String {
    Surface(Size(columns: columns, rows: 1), drawing: widget).text()
  }

  @Test(arguments: [
    (40, " Northwind │ P11 open      anna Manager"), (24, " Northwi…  anna Manager"),
    (14, " anna Manager"), (6, " ann…"), (1, "…"),
  ])
  func `the header keeps who one is the longest`(columns: Int, shown: String) {
    #expect(text(HeaderBar(left: "Northwind │ P11 open", right: "anna Manager"), columns) == shown)
  }

  @Test(arguments: [
    (40, " 1 Home [2 Journals] 6 Audit"), (20, " 1 [2 Journals] 6"), (4, " 1 ["),
  ])
  func `tabs shrink to their numbers, the active one last`(columns: Int, shown: String) {
    let tabs = Tabs(
      [Tabs.Tab(1, "Home"), Tabs.Tab(2, "Journals"), Tabs.Tab(6, "Audit")], active: 2)
    #expect(text(tabs, columns) == shown)
  }

  @Test(arguments: [
    (40, " Enter open  n new  F10 post  x export"), (30, " Enter open  n new  F10 post"),
    (22, " Enter open  F10 post"), (21, " F10 post"), (12, " F10 post"), (5, ""),
  ])
  func `the footer shows the keys that matter most`(columns: Int, shown: String) {
    let footer = Footer([
      Footer.Hint(key: "Enter", title: "open"), Footer.Hint(key: "n", title: "new", priority: 2),
      Footer.Hint(key: "F10", title: "post", priority: 0),
      Footer.Hint(key: "x", title: "export", priority: 3),
    ])
    #expect(text(footer, columns) == shown)
  }

  @Test(arguments: [
    (StatusLine.Severity.info, " Saved."), (.ok, " ok Saved."), (.warning, " ! Saved."),
    (.error, " ERROR Saved."),
  ])
  func `a message's weight is a word`(severity: StatusLine.Severity, shown: String) {
    #expect(text(StatusLine(severity, "Saved."), 40) == shown)
  }

  @Test func `too small a window says what is needed`() {
    let surface = Surface(
      Size(columns: 20, rows: 5), drawing: MessageTooSmall(needed: Size(columns: 40, rows: 12)))
    #expect(
      surface.text() == """
        This window is 20 by
        5; 40 by 12 is
        needed. Make it
        larger. Nothing is
        lost.
        """)
  }
}
