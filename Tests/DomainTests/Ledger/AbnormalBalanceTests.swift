import Domain
import Testing

/// Which balances stand where such an account usually has nothing (RULES §3.1, R3).
@Suite struct AbnormalBalanceTests {
  private static let balances: [(AccountType, Int64, Bool)] = [
    (.asset, 1, false), (.asset, -1, true), (.asset, 0, false),
    (.contraAsset, -1, false), (.contraAsset, 1, true), (.liability, -1, false),
    (.liability, 1, true), (.contraLiability, 1, false), (.contraLiability, -1, true),
    (.equity, 1, true), (.contraEquity, -1, true), (.revenue, -1, false), (.revenue, 1, true),
    (.contraRevenue, -1, true), (.expense, 1, false), (.expense, -1, true),
    (.contraExpense, 1, true), (.contraExpense, 0, false),
  ]

  @Test(arguments: balances)
  func `a balance is abnormal on the other side than its type's`(
    _ type: AccountType, _ minorUnits: Int64, _ isAbnormal: Bool
  ) {
    let balance = AccountBalance(
      .account(Self.account(1, type)), currency: "USD", exponent: 2,
      balance: Money(minorUnits: minorUnits))
    #expect(balance.isAbnormal == isAbnormal)
  }

  @Test func `what earlier years lost is not on an account, and nothing is abnormal about it`() {
    let loss = AccountBalance(
      .earlierEarnings, currency: "USD", exponent: 2, balance: Money(minorUnits: 1))
    #expect(!loss.isAbnormal && loss.number.isEmpty)
  }

  private static func account(
    _ id: Int64, _ type: AccountType, below parent: Int64? = nil
  ) -> FinancialStatement.Account {
    FinancialStatement.Account(
      id: ID(id), number: "\(id)", name: "A\(id)", path: "A\(id)",
      parent: parent.map { ID<Account>($0) }, type: type)
  }

  private static func abnormal(_ balances: [Int64: Int64]) throws -> [String] {
    let chart = [
      account(1, .asset), account(2, .asset, below: 1), account(3, .contraAsset, below: 1),
      account(4, .liability),
    ]
    let sums = FinancialStatement.Sums(
      FinancialStatement.Column(from: .first, to: .last),
      accounts: Dictionary(
        uniqueKeysWithValues: balances.map { (ID<Account>($0), Money(minorUnits: $1)) }))
    let rows = try FinancialStatement(.balanceSheet, chart: chart, [sums]).rows
    return rows.filter(\.isAbnormal).map { row in
      switch row.item {
      case .account(let account): account.number
      case .group(let account): "group \(account.number)"
      default: "\(row.item)"
      }
    }
  }

  @Test func `on a statement what a contra account takes off is usual, and what it adds isn't`()
    throws
  {
    #expect(try Self.abnormal([2: 100, 3: -30, 4: -70]) == [])
    #expect(try Self.abnormal([2: 100, 3: 30, 4: -130]) == ["3"])
    #expect(try Self.abnormal([2: -100, 3: -30, 4: 130]) == ["group 1", "2", "4"])
  }

  @Test func `what isn't money or a claim to it follows no exchange rate`() {
    let things = AccountCategory.allCases.filter(\.isOfThings)
    #expect(
      things == [
        .inventory, .prepaid, .fixedAssets, .accumulatedDepreciation, .intangibles,
      ])
  }
}
