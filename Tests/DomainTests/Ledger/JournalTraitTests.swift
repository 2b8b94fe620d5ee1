import Domain
import Testing

/// Where the traits begin that auditors look for in journals (RULES §6.8).
@Suite struct JournalTraitTests {
  @Test(
    arguments: [
      (100_000, 2, true), (200_000, 2, true), (99_999, 2, false), (100_001, 2, false),
      (50_000, 2, false), (0, 2, false), (1_000, 0, true), (100_000, 3, false),
      (1_000_000, 3, true), (1_000, 18, false),
    ] as [(Int64, Int, Bool)])
  func `a round amount is a multiple of a thousand of its currency`(
    _ minorUnits: Int64, _ exponent: Int, _ isRound: Bool
  ) {
    #expect(JournalTest.isRound(Money(minorUnits: minorUnits), exponent: exponent) == isRound)
  }

  @Test(
    arguments: [
      ("2026-11-20", false), ("2026-11-21", true), ("2026-11-22", true), ("2026-11-23", false),
    ] as [(String, Bool)])
  func `a weekend is a Saturday and a Sunday`(_ text: String, _ isWeekend: Bool) throws {
    #expect(JournalTest.isWeekend(try #require(Day(text))) == isWeekend)
  }

  @Test func `the night ends at six and begins at ten`() {
    #expect((0..<24).filter { !JournalTest.isAtNight(hour: $0) } == Array(6...21))
  }

  @Test func `what is posted thirty days after its date is in time`() {
    let day = Day(sinceEpoch: 20_000)
    #expect(!JournalTest.isBackdated(day, postedOn: day.adding(days: 30)))
    #expect(JournalTest.isBackdated(day, postedOn: day.adding(days: 31)))
    #expect(!JournalTest.isBackdated(day, postedOn: day.adding(days: -40)))
  }

  @Test(
    arguments: [
      ("", true), ("abc", true), ("a  b  c", true), ("abcd", false), ("a b c d", false),
      ("Miete", false),
    ] as [(String, Bool)])
  func `a text of fewer than four characters says nothing`(_ text: String, _ isEmpty: Bool) {
    #expect(JournalTest.saysNothing(text) == isEmpty)
  }

  private let policy = ApprovalPolicy(bands: [
    ApprovalPolicy.Band(minimum: Money(minorUnits: 100_000), role: .manager),
    ApprovalPolicy.Band(minimum: Money(minorUnits: 103_000), role: .director),
    ApprovalPolicy.Band(minimum: .zero, role: .manager),
  ])

  @Test(
    arguments: [
      (0, nil), (94_999, nil), (95_000, 100_000), (99_999, 100_000), (100_000, 103_000),
      (102_999, 103_000), (103_000, nil), (.max, nil),
    ] as [(Int64, Int64?)])
  func `just below a band is by five percent of it at the most`(_ total: Int64, _ band: Int64?) {
    let found = JournalTest.band(above: Money(minorUnits: total), in: policy)
    #expect(found?.minorUnits == band)
  }

  @Test func `no amount is too large to be compared with a band`() {
    let policy = ApprovalPolicy(bands: [
      ApprovalPolicy.Band(minimum: Money(minorUnits: .max), role: .owner)
    ])
    let total = Money(minorUnits: .max - 1)
    #expect(JournalTest.band(above: total, in: policy) == Money(minorUnits: .max))
  }

  @Test func `first digits are counted, and what is expected sums to what was found`() {
    var digits = FirstDigits()
    #expect(digits.expected == Array(repeating: 0, count: 9))
    for amount: Int64 in [0, 1, 19, 1_234, 20, 999, 9] {
      digits.count(Money(minorUnits: amount))
    }
    #expect(digits.found == [3, 1, 0, 0, 0, 0, 0, 0, 2])
    for _ in 0..<994 { digits.count(Money(minorUnits: 5)) }
    #expect(digits.found.reduce(0, +) == 1_000)
    #expect(digits.expected == [301, 176, 125, 97, 79, 67, 58, 51, 46])
  }

  @Test func `a code is one word, and each test has its own`() {
    let codes = JournalTest.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" } })
  }
}
