import Domain
import Interchange
import Testing

/// `1,000` is a thousand to one program and one to another: it is never guessed.
struct AmbiguousMarkTests {
  @Test(arguments: ["1,000 EUR", "$12,345", "-100,000 X", "1,000"])
  func `a lone comma before three digits is refused where nothing tells`(
    written: String
  ) throws {
    let refusal = try #require(throws: ImportError.self) { try read("", written) }
    #expect(refusal.line == 2)
    guard case .mark(.ambiguous, _, _) = refusal.fault else {
      Issue.record("\(refusal.text)")
      return
    }
  }

  @Test func `a directive settles it`() throws {
    #expect(try read("commodity 1,000.00 EUR\n", "1,000 EUR") == "1000")
    #expect(try read("commodity 1.000,00 EUR\n", "1,000 EUR") == "1.000")
    #expect(try read("commodity 1.000,00 EUR\n", "1.000 EUR") == "1000")
    #expect(try read("decimal-mark .\n", "1,000 EUR") == "1000")
    #expect(try read("decimal-mark ,\n", "1.000 EUR") == "1000")
    #expect(try read("D 1,000.00 EUR\n", "1,000") == "1000")
  }

  @Test func `other amounts of the commodity settle it where they agree with hledger`() throws {
    #expect(try read("", "1,000 EUR", "12,50 EUR") == "1.000")
    #expect(try read("", "1.000 EUR", "12.50 EUR") == "1.000")
  }

  @Test(arguments: [
    ("1,000 EUR", "12.50 EUR"), ("1.000 EUR", "12,50 EUR"), ("1,000 EUR", "1,000,000 EUR"),
    ("1.000 EUR", "1.000.000 EUR"), ("1,000 EUR", "1,000.00 EUR"),
  ])
  func `amounts that contradict it refuse it`(lone: String, other: String) throws {
    let refusal = #expect(throws: ImportError.self) { try read("", lone, other) }
    guard case .mark(.contradicted, _, "EUR") = refusal?.fault else {
      Issue.record("\(refusal?.text ?? "")")
      return
    }
  }

  @Test func `a directive that comes too late refuses it`() throws {
    let refusal = #expect(throws: ImportError.self) {
      try HledgerJournal.read(
        text: "2024-01-01\n (a)  1,000 EUR\ncommodity 1,000.00 EUR\n")
    }
    #expect(refusal?.fault == .mark(.declaredLater, written: "1,000 EUR", commodity: "EUR"))
  }

  @Test func `a lone point is a decimal point, with one warning for each commodity`() throws {
    let journal = try HledgerJournal.read(
      text: "2024-01-01\n (a)  1.000 EUR\n (a)  2.000 EUR\n (a)  3.000 CHF\n")
    #expect(
      journal.warnings.map(\.fact) == [
        .lonePoint(written: "1.000 EUR", commodity: "EUR"),
        .lonePoint(written: "3.000 CHF", commodity: "CHF"),
      ])
  }

  @Test func `a lone point is refused in a journal that writes decimals with commas`() throws {
    #expect(throws: ImportError.self) { try read("", "1.000 EUR", "12,50 CHF") }
  }

  private func read(_ directives: String, _ amounts: String...) throws -> String {
    let lines = amounts.map { " (a)  \($0)\n" }.joined()
    let journal = try HledgerJournal.read(text: directives + "2024-01-01\n" + lines)
    return journal.entries[0].postings[0].amount.quantity.text
  }
}
