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
  package let account: ID<Account>
  package let number: String
  /// `Assets:Current assets:Bank`.
  package let path: String
  package let type: AccountType
  package let currency: String
  /// Digits after the mark of `currency`.
  package let exponent: Int
  /// Debit-positive, in minor units of `currency`.
  package let balance: Money
  /// The same on the days that the trial balance is compared with, in their order.
  package let compared: [Money]

  package init(
    account: ID<Account>, number: String, path: String, type: AccountType, currency: String,
    exponent: Int, balance: Money, compared: [Money] = []
  ) {
    self.account = account
    self.number = number
    self.path = path
    self.type = type
    self.currency = currency
    self.exponent = exponent
    self.balance = balance
    self.compared = compared
  }

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
  package var isAbnormal: Bool { balance.isAbnormal(on: type.normalSide) }
}

/// Every account's balance on one day, debits and credits proved equal (RULES §3.7).
package struct TrialBalance: Hashable, Sendable {
  /// The last day that counts.
  package let asOf: Day
  /// The moment whose knowledge is shown, where one was asked for.
  package let knownAt: Timestamp?
  package let lines: [AccountBalance]
  /// Lines in a foreign currency that no rate has valued yet.
  package let unvalued: Int
  package let comparisons: [Compared]

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
