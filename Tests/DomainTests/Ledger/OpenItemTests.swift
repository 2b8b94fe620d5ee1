import Domain
import Testing

@Suite struct OpenItemTests {
  @Test(
    arguments: [
      (0, AgeBand.upTo30), (30, .upTo30), (31, .upTo60), (60, .upTo60), (61, .upTo90),
      (90, .upTo90), (91, .older), (4_000, .older),
    ])
  func `a month is 30 days to whoever waits for money`(_ days: Int, _ band: AgeBand) {
    #expect(AgeBand(days: days) == band)
  }

  @Test func `what is left is what wasn't settled, in both currencies`() throws {
    let item = try item("Acme", day: 0, 388, base: 36_623, settled: 388, base: 36_521)
    #expect(item.remaining == amount(0, 102))
    #expect(item.isOpen)
    #expect(try item.with(base: 36_623).isOpen == false)
    #expect(item.age(on: Day.first.adding(days: 40)) == 40)
  }

  @Test func `a party's items are summed by currency and age`() throws {
    let items = [
      try item("Acme", day: 0, 100, base: 110), try item("Acme", day: 80, 50, base: 60),
      try item("Acme", day: 85, 30, base: 30, "USD"), try item("Bolt", day: 99, 7, base: 8),
    ]
    let sums = try items.byParty(on: Day.first.adding(days: 100))
    #expect(sums.map(\.party) == ["Acme", "Acme", "Bolt"])
    #expect(sums.map(\.currency) == ["EUR", "USD", "EUR"])
    #expect(sums.map(\.items) == [2, 1, 1])
    #expect(sums[0].remaining == amount(150, 170))
    #expect(
      sums[0].bands == [.older: Money(minorUnits: 110), .upTo30: Money(minorUnits: 60)])
  }

  @Test func `a revaluation is nobody's, and lacks nobody`() throws {
    let revaluation = try OpenItem(
      party: "", reference: "", currency: "EUR", exponent: 2, isRevaluation: true, first: .first,
      lines: 1, invoiced: amount(0, 5), settled: .zero)
    #expect(!revaluation.lacksParty)
    let unnamed = try item("", day: 0, 5, base: 5)
    #expect(unnamed.lacksParty)
    #expect(try [unnamed, revaluation].byParty(on: .first).count == 2)
  }

  @Test func `a sum that books can't hold is refused`() throws {
    let items = [
      try item("Acme", day: 0, .max, base: 0), try item("Acme", day: 0, .max, base: 0),
    ]
    #expect(throws: AmountError.tooLarge) { try items.byParty(on: .first) }
  }

  private func amount(_ amount: Int64, _ base: Int64) -> ItemAmount {
    ItemAmount(amount: Money(minorUnits: amount), base: Money(minorUnits: base))
  }

  private func item(
    _ party: String, day: Int, _ invoiced: Int64, base: Int64, _ currency: String = "EUR",
    settled: Int64 = 0, base settledBase: Int64 = 0
  ) throws -> OpenItem {
    try OpenItem(
      party: party, reference: "I-\(day)", currency: currency, exponent: 2,
      first: Day.first.adding(days: day), lines: 1, invoiced: amount(invoiced, base),
      settled: amount(settled, settledBase))
  }
}

extension OpenItem {
  /// The same, settled at what it is worth.
  fileprivate func with(base: Int64) throws -> OpenItem {
    try OpenItem(
      party: party, reference: reference, currency: currency, exponent: exponent, first: first,
      lines: lines, invoiced: invoiced,
      settled: ItemAmount(amount: settled.amount, base: Money(minorUnits: base)))
  }
}
