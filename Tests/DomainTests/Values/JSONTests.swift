import Domain
import Foundation
import Testing

@Suite struct JSONTests {
  @Test func `a document has no spaces and keeps the order it was given`() {
    let document: JSON = [
      "b": 1.json, "a": .array([.null, .bool(true), .bool(false)]), "amount": .decimal("-1234.50"),
      "kept": .written("[1]"), "id": .id(7), "none": .id(nil), "text": .text(nil),
    ]
    #expect(
      document.text
        == #"{"b":1,"a":[null,true,false],"amount":-1234.50,"kept":[1],"id":"7","none":null,"#
        + #""text":null}"#)
  }

  @Test func `the canonical form has its fields in the order of their names`() {
    let document = JSON.sorted([
      JSON.Field("total", .integer(2)), JSON.Field("account", .string("1000")),
      JSON.Field("memo", .text("x")),
    ])
    #expect(document.text == #"{"account":"1000","memo":"x","total":2}"#)
  }

  @Test(arguments: [
    ("a\"b", #""a\"b""#), ("a\\b", #""a\\b""#), ("a\nb", #""a\nb""#), ("a\tb", #""a\tb""#),
    ("a\rb", #""a\rb""#), ("a\r\nb", #""a\r\nb""#), ("\u{0}", #""\u0000""#),
    ("\u{1B}[31m", #""\u001b[31m""#), ("\u{7F}", #""\u007f""#), ("\u{9B}31m", #""\u009b31m""#),
    ("é ü 漢 🙂", #""é ü 漢 🙂""#), ("", #""""#),
  ])
  func `what could move a terminal or break a document is escaped`(_ text: String, _ json: String) {
    #expect(JSON.string(text).text == json)
  }

  @Test func `another reader finds the same text`() throws {
    var generator = SplitMix(seed: 6)
    for _ in 0..<500 {
      let scalars = (0..<12).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0...0x2FF, using: &generator))
      }
      let text = String(String.UnicodeScalarView(scalars))
      let data = Data(JSON.array([.string(text)]).text.utf8)
      let read = try #require(try JSONSerialization.jsonObject(with: data) as? [String])
      #expect(read[0].unicodeScalars.elementsEqual(text.unicodeScalars))
    }
  }

  @Test func `bytes are written as two lower-case digits`() {
    #expect(hexadecimal([0, 10, 255, 0x7F]) == "000aff7f")
  }
}

extension Int {
  fileprivate var json: JSON { .integer(Int64(self)) }
}
