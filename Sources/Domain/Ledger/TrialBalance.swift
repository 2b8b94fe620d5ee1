/// What one account holds in one currency.
package struct AccountBalance: Hashable, Sendable {
  package let account: ID<Account>
  package let number: String
  /// `Assets:Current assets:Bank`.
  package let path: String
  package let type: AccountType
  package let currency: String
  /// Debit-positive, in minor units of `currency`.
  package let balance: Money

  package init(
    account: ID<Account>, number: String, path: String, type: AccountType, currency: String,
    balance: Money
  ) {
    self.account = account
    self.number = number
    self.path = path
    self.type = type
    self.currency = currency
    self.balance = balance
  }
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

  package init(asOf: Day, knownAt: Timestamp?, lines: [AccountBalance], unvalued: Int) {
    self.asOf = asOf
    self.knownAt = knownAt
    self.lines = lines
    self.unvalued = unvalued
  }

  package func totalDebit() throws(AmountError) -> Money {
    try lines.map(\.balance.debit).total()
  }

  package func totalCredit() throws(AmountError) -> Money {
    try lines.map(\.balance.credit).total()
  }
}
