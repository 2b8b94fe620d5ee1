/// The worksheet of a fiscal year up to a day (RULES §3.7): balances without adjusting entries, those
/// entries, balances with them, and each of these on the statement that it belongs to. Net income
/// stands on both, so that the two columns of each pair come to the same.
package struct Worksheet: Hashable, Sendable {
  /// The first day of the fiscal year.
  package let from: Day
  /// The last day that counts.
  package let asOf: Day
  /// The moment whose knowledge is shown, where one was asked for.
  package let knownAt: Timestamp?
  /// By number; net income is the last. Those without an amount are left out.
  package let rows: [Row]
  /// Above zero it is a profit.
  package let netIncome: Money
  /// Lines in a foreign currency that no rate has valued yet.
  package let unvalued: Int

  /// In minor units of the base currency, debit-positive where it isn't one side.
  package struct Row: Hashable, Sendable {
    /// An account, what earlier years earned that no closing took away, or net income.
    package let item: FinancialStatement.Item
    package let unadjusted: Money
    package let adjustingDebit: Money
    package let adjustingCredit: Money
    package let adjusted: Money
    package let income: Money
    package let balance: Money

    fileprivate var isEmpty: Bool {
      Column.allCases.allSatisfy { amount(in: $0).isZero }
    }
  }

  /// The ten, from left to right.
  package enum Column: String, Hashable, Sendable, CaseIterable {
    case unadjustedDebit = "unadjusted_debit"
    case unadjustedCredit = "unadjusted_credit"
    case adjustingDebit = "adjusting_debit"
    case adjustingCredit = "adjusting_credit"
    case adjustedDebit = "adjusted_debit"
    case adjustedCredit = "adjusted_credit"
    case incomeDebit = "income_debit"
    case incomeCredit = "income_credit"
    case balanceDebit = "balance_debit"
    case balanceCredit = "balance_credit"
  }

  /// What was booked on an account, debit-positive.
  package struct Booked: Hashable, Sendable {
    /// Up to the day, with adjusting entries but without the closing of the year.
    package var adjusted = Money.zero
    /// Of that, by adjusting entries of the year.
    package var adjusting = Money.zero
    /// Of `adjusting`, what was debited; the rest was credited.
    package var adjustingDebit = Money.zero
    /// Of `adjusted`, before the fiscal year.
    package var beforeYear = Money.zero

    package init() {}
  }

  /// `accounts` are in the order of their numbers. Throws where a sum is larger than books can hold.
  package init(
    from: Day, asOf: Day, knownAt: Timestamp?, accounts: [FinancialStatement.Account],
    _ booked: [ID<Account>: Booked], unvalued: Int = 0
  ) throws(AmountError) {
    self.from = from
    self.asOf = asOf
    self.knownAt = knownAt
    self.unvalued = unvalued
    var rows: [Row] = []
    var earlier = Money.zero
    for account in accounts {
      guard var amounts = booked[account.id] else { continue }
      let isOfYear = account.type.isTemporary
      if isOfYear {
        amounts.adjusted = try amounts.adjusted - amounts.beforeYear
        earlier = try earlier + amounts.beforeYear
      }
      rows.append(
        Row(
          item: .account(account), unadjusted: try amounts.adjusted - amounts.adjusting,
          adjustingDebit: amounts.adjustingDebit,
          adjustingCredit: try amounts.adjustingDebit - amounts.adjusting,
          adjusted: amounts.adjusted, income: isOfYear ? amounts.adjusted : .zero,
          balance: isOfYear ? .zero : amounts.adjusted))
    }
    rows.append(
      Row(
        item: .earlierEarnings, unadjusted: earlier, adjustingDebit: .zero,
        adjustingCredit: .zero, adjusted: earlier, income: .zero, balance: earlier))
    netIncome = try rows.map(\.income).total().negated()
    rows.append(
      Row(
        item: .netIncome, unadjusted: .zero, adjustingDebit: .zero, adjustingCredit: .zero,
        adjusted: .zero, income: netIncome, balance: try netIncome.negated()))
    self.rows = rows.filter { !$0.isEmpty }
  }

  /// Throws where it is larger than books can hold.
  package func total(of column: Column) throws(AmountError) -> Money {
    try rows.map { $0.amount(in: column) }.total()
  }

  /// Whether the two columns of each pair come to the same.
  package func isBalanced() throws(AmountError) -> Bool {
    var totals: [Money] = []
    for column in Column.allCases { totals.append(try total(of: column)) }
    return stride(from: 0, to: totals.count, by: 2).allSatisfy { totals[$0] == totals[$0 + 1] }
  }
}

extension Worksheet.Row {
  /// One side; nothing where the amount is on the other.
  package func amount(in column: Worksheet.Column) -> Money {
    switch column {
    case .unadjustedDebit: unadjusted.debit
    case .unadjustedCredit: unadjusted.credit
    case .adjustingDebit: adjustingDebit
    case .adjustingCredit: adjustingCredit
    case .adjustedDebit: adjusted.debit
    case .adjustedCredit: adjusted.credit
    case .incomeDebit: income.debit
    case .incomeCredit: income.credit
    case .balanceDebit: balance.debit
    case .balanceCredit: balance.credit
    }
  }
}
