/// What a member of a group holds at the end of a day, and earned and spent since another, as one of
/// its own people reads it.
package struct MemberBalances: Hashable, Sendable {
  package let slug: String
  package let name: String
  /// The base currency.
  package let currency: Currency
  /// Both inclusive.
  package let from: Day
  package let through: Day
  /// All accounts, parents before children.
  package let chart: [FinancialStatement.Account]
  /// Of each account and currency, the base currency too: of assets, liabilities and equity what is
  /// held at the end; of income and expenses what was booked in the days.
  package let positions: [ForeignPosition]
  /// What income and expenses of before the days come to as far as no closing took it to equity,
  /// debit-positive in the base currency.
  package let earlier: Money
  /// What moved cash in the days, in the base currency.
  package let cashFlows: FinancialStatement.CashFlows
  /// Lines in a foreign currency that no rate has valued yet and that count as nothing.
  package let unvalued: Int

  /// Without `cashFlows` no cash moved, and there was none.
  package init(
    slug: String, name: String, currency: Currency, from: Day, through: Day,
    chart: [FinancialStatement.Account], positions: [ForeignPosition], earlier: Money = .zero,
    cashFlows: FinancialStatement.CashFlows? = nil, unvalued: Int = 0
  ) {
    self.slug = slug
    self.name = name
    self.currency = currency
    self.from = from
    self.through = through
    self.chart = chart
    self.positions = positions
    self.earlier = earlier
    self.cashFlows =
      cashFlows
      ?? FinancialStatement.CashFlows(
        .init(from: from, to: through), accounts: [:], beginning: .zero, end: .zero)
    self.unvalued = unvalued
  }

  /// By how much debits exceed credits: nothing, in sound books that are seen whole.
  package func difference() throws(AmountError) -> Money {
    try positions.map(\.base).total() + earlier
  }
}
