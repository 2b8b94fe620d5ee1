import Domain
import Testing

@Suite struct FilterExpressionTests {
  private func finds(_ typed: String, in text: String) -> Bool {
    FilterExpression(typed).matches { _ in [text] }
  }

  @Test func `a word is found where it stands, however its letters are written`() {
    #expect(finds("rent", in: "office rent november"))
    #expect(finds("\"rent nov\"", in: "office rent november"))
    #expect(!finds("rents", in: "office rent november"))
    #expect(!finds("é", in: "cafe"))
    #expect(finds("café", in: "cafe\u{301} central"))
    #expect(finds("cafe\u{301}", in: "café central"))
    #expect(!finds("cafe", in: "cafe\u{301}"))
    #expect(finds("汉字", in: "付款汉字 2026"))
    #expect(finds("", in: ""))
  }

  @Test func `bytes find what the library finds`() {
    var chance = SplitMix(seed: 5)
    func word(_ most: Int) -> String {
      String(
        (0..<Int.random(in: 1...most, using: &chance)).map { _ in
          "aab".randomElement(using: &chance)!
        })
    }
    for _ in 0..<2_000 {
      let (text, wanted) = (word(12), word(4))
      #expect(finds(wanted, in: text) == text.contains(wanted), "\(wanted) in \(text)")
    }
  }
}
