import Keys
import Testing

@testable import Widgets

struct FormTests {
  private static let form = Form(
    [
      [
        Field("Date", text: "2026-11-23", note: "Mon, P11 open", columns: 10),
        Field("Ref", text: "INV 4711", columns: 12),
        Field("Currency", text: "EUR", content: .readOnly, columns: 3),
      ],
      [Field("Text", text: "Office rent", error: "Say what it is for.")],
      [Field("Password", text: "abcé", content: .secret, columns: 10)],
    ], focus: 0)

  @Test func `fields stand in rows with their notes and errors`() {
    #expect(
      Surface(Size(columns: 76, rows: 4), drawing: Self.form).text() == """
        Date     [2026-11-23]  Mon, P11 open   Ref [INV 4711____]   Currency  EUR
        Text     [Office rent______________________________________________________]
                 ← Say what it is for.
        Password [****______]
        """)
  }

  @Test func `where it is narrow they stand below each other`() {
    #expect(
      Surface(Size(columns: 38, rows: 6), drawing: Self.form).text() == """
        Date     [2026-11-23]  Mon, P11 open
        Ref      [INV 4711____]
        Currency  EUR
        Text     [Office rent________________]
                 ← Say what it is for.
        Password [****______]
        """)
  }

  @Test func `an error stands beside its field where there is room`() {
    let form = Form([Field("Date", text: "31.2.", error: "February has 28 days.", columns: 10)])
    #expect(
      Surface(Size(columns: 50, rows: 1), drawing: form).text()
        == "Date [31.2._____]   ← February has 28 days.")
  }

  @Test func `the focused field is in sight and says where the cursor is`() {
    var form = Self.form
    form.focus = 4
    var surface = Surface(Size(columns: 38, rows: 3))
    let cursor = form.draw(on: &surface, in: surface.bounds)
    #expect(surface.text().hasSuffix("Password [****______]"))
    #expect(cursor == Point(column: 14, row: 2))
    #expect(form.place(ofField: 4, in: surface.bounds)?.row == 2)
    #expect(form.place(ofField: 0, in: surface.bounds) == nil)
  }

  @Test func `it tells how much of it is scrolled past`() {
    var form = Self.form
    let rect = Rect(column: 0, row: 0, columns: 38, rows: 3)
    // Six rows at this width, the last of which has the password.
    #expect(form.height(columns: 38) == 6)
    #expect(form.top(in: rect) == 0)
    form.focus = 4
    #expect(form.top(in: rect) == 3)
  }

  @Test func `what is wrong with the focused field is in sight too, but never instead of it`() {
    var form = Self.form
    form.focus = 3
    #expect(
      Surface(Size(columns: 38, rows: 2), drawing: form).text() == """
        Text     [Office rent________________]
                 ← Say what it is for.
        """)
    #expect(
      Surface(Size(columns: 38, rows: 1), drawing: form).text().hasPrefix("Text     [Office rent"))
  }

  @Test(arguments: [
    (10, "[cdefghij]", 9), (8, "[cdefghij]", 7), (0, "[abcdefgh]", 1), (2, "[abcdefgh]", 3),
  ])
  func `text longer than its field scrolls with the cursor`(
    position: Int, shown: String, column: Int
  ) {
    var field = Field("", text: "abcdefghij", columns: 8)
    field.cursor = position
    var surface = Surface(Size(columns: 11, rows: 1))
    let cursor = Form([field], focus: 0).draw(on: &surface, in: surface.bounds)
    let expected = position > 8 ? (" " + shown, column + 1) : (" [abcdefgh]", position + 2)
    #expect(surface.text() == expected.0)
    #expect(cursor?.column == expected.1)
  }

  @Test func `a ghost continues what was typed, or stands alone with its sign`() {
    var surface = Surface(Size(columns: 16, rows: 2))
    let form = Form(
      [
        Field("", text: "Off", ghost: "Office", columns: 8), Field("", ghost: "12.00", columns: 8),
      ], focus: 0)
    form.draw(on: &surface, in: surface.bounds)
    #expect(surface.text() == " [Office__]\n [~12.00__]")
    #expect(surface[5, 0].role == .ghost)
    #expect(surface[4, 0].role == .focusedField)
  }

  @Test func `what is selected is shown so`() {
    var editor = LineEditor("a株b")
    editor.selectAll()
    var surface = Surface(Size(columns: 12, rows: 1))
    Form([Field("", columns: 8).editing(editor)], focus: 0).draw(on: &surface, in: surface.bounds)
    #expect((2..<6).allSatisfy { surface[$0, 0].role == .selection })
    #expect(surface[6, 0].role == .focusedField)
  }
}
