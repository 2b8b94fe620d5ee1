import Domain
import Testing

/// What seems to be the same at the bank and in the books (RULES §3.14).
@Suite struct MatchingTests {
  private let day = Day(sinceEpoch: 20_780)

  private func line(
    _ minorUnits: Int64, days: Int = 0, _ text: String = "", reference: String = ""
  ) -> MatchableLine {
    MatchableLine(
      day: day.adding(days: days), amount: Money(minorUnits: minorUnits), reference: reference,
      text: text)
  }

  private func sides(_ proposals: [MatchProposal]) -> [[[Int]]] {
    proposals.map { [$0.bank, $0.books] }
  }

  @Test func `a score is the sum of amount, days, reference and words`() throws {
    let bank = line(-5_000, "Rent for November", reference: "INV-77")
    let scores = [
      // 400 + 300 + 200 + 100
      (line(-5_000, "rent FOR november", reference: "inv 77"), 1_000),
      // 400 + 300 − 3 × 30
      (line(-5_000, days: 3, "Coffee"), 610),
      // 400, and nothing for eleven days; of two words one.
      (line(-5_000, days: -11, "rent december"), 450),
      // 400 + 300 + 200: the reference stands in what the other says.
      (line(-5_000, "paid inv77"), 900),
    ]
    for (other, wanted) in scores {
      let score = try #require(MatchScore(bank, with: [other]))
      #expect(score.value == wanted)
    }
    #expect(MatchScore(bank, with: [line(-4_999)]) == nil)
    #expect(MatchScore(bank, with: [line(5_000)]) == nil)
    #expect(MatchScore(bank, with: []) == nil)
  }

  @Test func `each line more takes a little from the score, and the farthest one's days`() throws {
    let score = try #require(
      MatchScore(line(900), with: [line(400), line(300, days: 2), line(200)]))
    #expect(score.days == 2 && score.lines == 3)
    #expect(score.value == 400 + 240 - 50)
  }

  @Test func `the nearest of equal amounts are taken, and nothing twice`() {
    let bank = [line(100), line(100, days: 5), line(70)]
    let books = [line(100, days: 6), line(100, days: 1), line(100, days: 40)]
    let proposals = Matching.proposals(bank: bank, books: books)
    #expect(sides(proposals) == [[[0], [1]], [[1], [0]]])
  }

  @Test func `what shares its words goes before what is nearer by a day`() {
    let bank = [line(-100, "Water works")]
    let books = [line(-100, "Food"), line(-100, days: 1, "Water works")]
    #expect(sides(Matching.proposals(bank: bank, books: books)) == [[[0], [1]]])
  }

  @Test func `lines that are too far apart are no match`() {
    let books = [line(100, days: Matching.mostDays + 1)]
    #expect(Matching.proposals(bank: [line(100)], books: books).isEmpty)
    let near = [line(100, days: Matching.mostDays)]
    #expect(sides(Matching.proposals(bank: [line(100)], books: near)) == [[[0], [0]]])
  }

  @Test func `some lines of the books make up one of the bank`() {
    let bank = [line(600)]
    let books = [line(100), line(250, days: -3), line(350, days: 1), line(-50), line(999)]
    #expect(sides(Matching.proposals(bank: bank, books: books)) == [[[0], [1, 2]]])
  }

  @Test func `some lines of the bank make up one of the books, of the same sign`() {
    let bank = [line(-30), line(-20), line(30), line(-50, days: 11)]
    #expect(
      sides(Matching.proposals(bank: bank, books: [line(-50)])) == [[[3], [0]]],
      "one line is plainer than a sum")
    #expect(
      sides(Matching.proposals(bank: Array(bank.dropLast()), books: [line(-50)]))
        == [[[0, 1], [0]]])
  }

  @Test func `a sum has four lines at the most, and none that is far`() {
    let five = (0..<5).map { _ in line(20) }
    #expect(Matching.proposals(bank: [line(100)], books: five).isEmpty)
    #expect(Matching.proposals(bank: [line(80)], books: five).first?.books.count == 4)
    let far = [line(60), line(40, days: Matching.mostDaysOfSum + 1)]
    #expect(Matching.proposals(bank: [line(100)], books: far).isEmpty)
  }

  @Test func `lines without any sum in common are soon given up, however many`() {
    // Even amounts on one side and an odd one on the other: every sum is tried in vain.
    let bank = (0..<300).map { line(Int64($0) * 2 + 1_001) }
    let books = (0..<300).map { line(Int64($0) * 2 + 2) }
    #expect(Matching.proposals(bank: bank, books: books).isEmpty)
  }

  @Test func `in whatever order they come, lines are in one proposal at the most`() {
    var chance = SplitMix(seed: 11)
    for _ in 0..<200 {
      func lines() -> [MatchableLine] {
        (0..<Int.random(in: 0...9, using: &chance)).map { _ in
          line(.random(in: -9...9, using: &chance), days: .random(in: -4...4, using: &chance))
        }
      }
      let (bank, books) = (lines(), lines())
      let proposals = Matching.proposals(bank: bank, books: books)
      let (ofBank, ofBooks) = (proposals.flatMap(\.bank), proposals.flatMap(\.books))
      #expect(Set(ofBank).count == ofBank.count && Set(ofBooks).count == ofBooks.count)
      for proposal in proposals {
        #expect(proposal.bank.count == 1 || proposal.books.count == 1)
        #expect(
          proposal.bank.map { bank[$0].amount.minorUnits }.reduce(0, +)
            == proposal.books.map { books[$0].amount.minorUnits }.reduce(0, +))
        #expect((0...1_000).contains(proposal.score.value))
      }
    }
  }
}

@Suite struct ReconciliationProofTests {
  private func proof(
    _ book: Int64, receipts: Int64, payments: Int64, statement: Int64
  ) throws -> ReconciliationProof {
    try ReconciliationProof(
      book: Money(minorUnits: book), receipts: Money(minorUnits: receipts),
      payments: Money(minorUnits: payments), statement: Money(minorUnits: statement))
  }

  @Test func `what is outstanding explains all that the bank says otherwise`() throws {
    // 1,000.00 − 200.00 + 50.00 = 850.00
    let proof = try self.proof(100_000, receipts: 20_000, payments: 5_000, statement: 85_000)
    #expect(proof.outstanding == Money(minorUnits: 15_000))
    #expect(proof.cleared == Money(minorUnits: 85_000))
    #expect(proof.isProved)
    let other = try self.proof(100_000, receipts: 20_000, payments: 5_000, statement: 84_999)
    #expect(other.difference == Money(minorUnits: -1) && !other.isProved)
  }

  @Test func `sums beyond what books hold are refused`() {
    #expect(throws: AmountError.tooLarge) {
      try proof(.max, receipts: 0, payments: 1, statement: 0)
    }
  }
}
