/// An account in one of the currencies that are booked on it.
package struct AccountCell: Hashable, Sendable {
  package let account: ID<Account>
  package let currency: String

  package init(_ account: ID<Account>, _ currency: String) {
    self.account = account
    self.currency = currency
  }
}

/// What one account holds in one currency.
package struct AccountBalance: Hashable, Sendable {
  /// An account, or a heading with all below it; or what income and expenses of earlier years left
  /// that no closing took away, which is on none (R25).
  package let item: FinancialStatement.Item
  package let currency: String
  /// Digits after the mark of `currency`.
  package let exponent: Int
  /// Debit-positive, in minor units of `currency`.
  package let balance: Money
  /// The same on the days that the trial balance is compared with, in their order.
  package let compared: [Money]

  package init(
    _ item: FinancialStatement.Item, currency: String, exponent: Int, balance: Money,
    compared: [Money] = []
  ) {
    self.item = item
    self.currency = currency
    self.exponent = exponent
    self.balance = balance
    self.compared = compared
  }

  /// Empty where it is no account.
  package var number: String { item.account?.number ?? "" }
  /// `Assets:Current assets:Bank`; empty where it is no account.
  package var path: String { item.account?.path ?? "" }
  /// What was earned before and is on no account is equity.
  package var type: AccountType { item.account?.type ?? .equity }

  /// What it held on one of the days that it is compared with, on the side on which such an account
  /// stands; nil where there is no such day. Throws only for the smallest Int64.
  package func shown(comparedWith index: Int) throws(AmountError) -> Money? {
    guard compared.indices.contains(index) else { return nil }
    return try compared[index].shown(on: type.normalSide)
  }

  /// How far the balance is from that: more of what is owed is more. More income is better, as are
  /// less expenses and less of what takes off income (RULES §3.11).
  package func variance(against index: Int) throws(AmountError) -> Variance? {
    guard let other = try shown(comparedWith: index) else { return nil }
    return try Variance(
      of: balance.shown(on: type.normalSide), against: other,
      isMoreBetter: type.accountClass.isMoreBetter.map { $0 != type.isContra })
  }

  /// Whether it stands on the side where such an account usually has nothing (R3).
  package var isAbnormal: Bool {
    item.account.map { balance.isAbnormal(on: $0.type.normalSide) } ?? false
  }
}

/// Every account's balance on one day, debits and credits proved equal (RULES §3.7): income and
/// expenses since their fiscal year began, everything else since the books did.
package struct TrialBalance: Hashable, Sendable {
  /// The last day that counts.
  package let asOf: Day
  /// The moment whose knowledge is shown, where one was asked for.
  package let knownAt: Timestamp?
  package let lines: [AccountBalance]
  /// Lines in a foreign currency that no rate has valued yet.
  package let unvalued: Int
  package let comparisons: [Compared]
  /// What its accounts are folded in: all there are, by number.
  package var chart: [FinancialStatement.Account] = []
  /// The first day whose income and expenses count; nil is ever.
  package var earnedSince: Day?
  /// Of its days.
  package var reopened: [ReopenedPeriod] = []

  /// A day whose balances stand beside those of the first.
  package struct Compared: Hashable, Sendable {
    package let comparison: Comparison
    package let asOf: Day

    package init(_ comparison: Comparison, asOf: Day) {
      self.comparison = comparison
      self.asOf = asOf
    }
  }

  package init(
    asOf: Day, knownAt: Timestamp?, lines: [AccountBalance], unvalued: Int,
    comparisons: [Compared] = []
  ) {
    self.asOf = asOf
    self.knownAt = knownAt
    self.lines = lines
    self.unvalued = unvalued
    self.comparisons = comparisons
  }

  package func totalDebit() throws(AmountError) -> Money {
    try lines.map(\.balance.debit).total()
  }

  package func totalCredit() throws(AmountError) -> Money {
    try lines.map(\.balance.credit).total()
  }
}
