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

  /// 1000 over 1100, which has lines of its own, over 1120 and 1130; and 3100 alone.
  private static let chart = [
    node(1, "1000", nil), node(2, "1100", 1), node(3, "1120", 2), node(4, "1130", 2),
    node(5, "3100", nil),
  ]

  private static func node(
    _ id: Int64, _ number: String, _ parent: Int64?
  ) -> FinancialStatement.Account {
    FinancialStatement.Account(
      id: ID(id), number: number, name: number, path: number, parent: parent.map { ID($0) },
      type: .asset)
  }

  private static func held(
    _ item: FinancialStatement.Item, _ balance: Int64, _ then: Int64, _ currency: String = "USD"
  ) -> AccountBalance {
    AccountBalance(
      item, currency: currency, exponent: 2, balance: Money(minorUnits: balance),
      compared: [Money(minorUnits: then)])
  }

  private static let leaves = [
    held(.account(chart[1]), 10, 1), held(.account(chart[2]), 900, 2),
    held(.account(chart[2]), 7, 0, "EUR"), held(.account(chart[3]), -400, 3),
    held(.account(chart[4]), -500, -6), held(.earlierEarnings, -10, 0),
  ]

  @Test func `a heading is the signed sum of what is below it and of its own lines`() throws {
    let chart = Self.chart
    #expect(
      try Self.leaves.folded(to: 2, in: chart) == [
        Self.held(.group(chart[1]), 7, 0, "EUR"), Self.held(.group(chart[1]), 510, 6),
        Self.held(.account(chart[4]), -500, -6), Self.held(.earlierEarnings, -10, 0),
      ])
    #expect(
      try Self.leaves.folded(to: 1, in: chart) == [
        Self.held(.group(chart[0]), 7, 0, "EUR"), Self.held(.group(chart[0]), 510, 6),
        Self.held(.account(chart[4]), -500, -6), Self.held(.earlierEarnings, -10, 0),
      ])
  }

  @Test func `at the deepest level every account is itself`() throws {
    #expect(Self.leaves.deepest(in: Self.chart) == 3)
    for depth in [3, 8] {
      let folded = try Self.leaves.folded(to: depth, in: Self.chart)
      #expect(folded.count == 6 && Set(folded) == Set(Self.leaves))
    }
    #expect([AccountBalance]().deepest(in: Self.chart) == 1)
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
