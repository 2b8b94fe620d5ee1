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

  private static let changes:
    [(AccountType, now: Int64, then: Int64, change: Int64, tenths: Int64?, isBetter: Bool?)] = [
      (.liability, -500, -400, 100, 250, nil), (.revenue, -1_500, -1_000, 500, 500, true),
      (.contraRevenue, 30, 10, 20, 2_000, false), (.expense, 80, 100, -20, -200, true),
      (.contraExpense, -30, -10, 20, 2_000, true), (.contraAsset, -50, -50, 0, 0, nil),
      (.asset, -5, 10, -15, nil, nil),
    ]

  @Test func `more is more on the side on which an account stands, and better where it earns`()
    throws
  {
    for (type, now, then, change, tenths, isBetter) in Self.changes {
      let balance = AccountBalance(
        .account(account(1, type)), currency: "USD", exponent: 2,
        balance: Money(minorUnits: now), compared: [Money(minorUnits: then)])
      let variance = try #require(try balance.variance(against: 0))
      #expect(variance.amount == Money(minorUnits: change), "\(type)")
      #expect(variance.tenths == tenths, "\(type)")
      #expect(variance.isFavourable == isBetter, "\(type)")
      #expect(try balance.variance(against: 1) == nil)
    }
  }

  private func account(_ id: Int64, _ type: AccountType) -> FinancialStatement.Account {
    FinancialStatement.Account(
      id: ID(id), number: "1000", name: "Bank", path: "Assets:Bank", parent: nil, type: type)
  }

  private func line(_ id: Int64, _ balance: Int64) -> AccountBalance {
    AccountBalance(
      .account(account(id, .asset)), currency: "USD", exponent: 2,
      balance: Money(minorUnits: balance))
  }
}
