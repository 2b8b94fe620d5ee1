import Domain
import Testing

@Suite struct TrialBalanceTests {
  @Test func `both sides of a trial balance are added up`() throws {
    let balance = TrialBalance(
      asOf: .first, knownAt: nil, lines: [line(1, 900), line(2, -400), line(3, -500), line(4, 0)],
      unvalued: 0)
    #expect(try balance.totalDebit() == Money(minorUnits: 900))
    #expect(try balance.totalCredit() == Money(minorUnits: 900))
  }

  @Test func `totals beyond 2⁶³ are refused`() {
    let balance = TrialBalance(
      asOf: .first, knownAt: nil, lines: [line(1, .max), line(2, 1)], unvalued: 0)
    #expect(throws: AmountError.tooLarge) { try balance.totalDebit() }
  }

  private func line(_ account: Int64, _ balance: Int64) -> AccountBalance {
    AccountBalance(
      account: ID(account), number: "1000", path: "Assets:Bank", type: .asset, currency: "USD",
      balance: Money(minorUnits: balance))
  }
}
