import Interchange
import Testing

struct JSONDocumentTests {
  @Test func `numbers keep every digit`() throws {
    let document = try JSONDocument(Array("[12345678901234567890.10]".utf8))
    #expect(try document.items("x")[0].written("x") == "12345678901234567890.10")
  }

  @Test func `escapes are read, pairs of surrogates too`() throws {
    let document = try JSONDocument(Array(#""\u00e9\n\ud83d\ude00\/""#.utf8))
    #expect(try document.text("x") == "é\n😀/")
  }

  @Test(arguments: [
    ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("{\"a\" 1}", 1, 6), ("[1\n  2]", 2, 3),
    ("\"\u{1}\"", 1, 2), ("tru", 1, 1), ("{} x", 1, 4), ("\"\\ud83d\"", 1, 8),
    // Columns are scalars: é and 😀 take one each.
    ("[\"é😀\", x]", 1, 8),
  ])
  func `what isn't JSON is pointed at`(text: String, line: Int, column: Int) {
    let fault = #expect(throws: JSONFault.self) { try JSONDocument(Array(text.utf8)) }
    #expect(fault?.line == line && fault?.column == column, "\(text): \(fault as Any)")
  }

  @Test func `depth has an end`() {
    let text = String(repeating: "[", count: 1000)
    #expect(throws: JSONFault(.tooDeep(most: 32), line: 1, column: 33)) {
      try JSONDocument(Array(text.utf8))
    }
  }
}
