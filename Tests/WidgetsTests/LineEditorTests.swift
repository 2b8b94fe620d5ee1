import Keys
import Testing

struct LineEditorTests {
  private func typed(_ keys: [Key], into editor: LineEditor) -> LineEditor {
    keys.reduce(into: editor) { _ = $0.handle($1) }
  }

  @Test func `typing replaces what is selected`() {
    var editor = LineEditor("2026-11-23")
    editor.selectAll()
    #expect(typed([.character("5")], into: editor).text == "5")
  }

  @Test(
    arguments: [
      ([Key.backspace], "cash in ban", 11), ([.home, .delete], "ash in bank", 0),
      ([.ctrl("w")], "cash in ", 8), ([Key.backspace.with(.alt)], "cash in ", 8),
      ([.ctrl("u")], "", 0), ([.left, .left, .ctrl("u")], "nk", 0),
      ([Key.left.with(.ctrl), .character("x")], "cash in xbank", 9),
      ([.home, Key.right.with(.ctrl), .character("x")], "cashx in bank", 5),
      ([Key.left.with(.shift), Key.left.with(.shift), .backspace], "cash in ba", 10),
      ([Key.home.with(.shift), .character("x")], "x", 1),
      ([Key.left.with(.shift), .right, .character("s")], "cash in banks", 13),
      ([Key.left.with(.shift), .left, .character("c")], "cash in banck", 12),
    ] as [([Key], String, Int)])
  func `a key edits as expected`(keys: [Key], text: String, cursor: Int) {
    let editor = typed(keys, into: LineEditor("cash in bank"))
    #expect(editor.text == text)
    #expect(editor.cursor == cursor)
    #expect(editor.selection == nil)
  }

  @Test func `keys that mean nothing in a line are the caller's`() {
    var editor = LineEditor("a")
    for key in [Key.enter, .tab, .escape, .up, .function(10), .alt("n"), .ctrl("n")] {
      let isHandled = editor.handle(key)
      #expect(!isHandled)
    }
    #expect(editor == LineEditor("a"))
  }

  @Test func `the cursor never stands inside a character`() {
    let editor = typed([.backspace], into: LineEditor("dev 👩‍💻"))
    #expect(editor.text == "dev ")
    var joined = LineEditor("e")
    joined.insert("\u{301}")
    #expect(joined.text == "é")
    #expect(joined.cursor == 1)
    #expect(typed([.backspace], into: joined).text == "")
  }

  @Test func `line ends and tabs become spaces, and the limit holds`() {
    var editor = LineEditor()
    editor.insert("a\r\nb\tc\u{2028}d")
    #expect(editor.text == "a b c d")
    editor.insert(String(repeating: "x", count: 10_000))
    #expect(editor.text.count == LineEditor.limitCharacters)
  }
}
