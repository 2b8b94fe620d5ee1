/// What accounts held before some days, what was booked on them in those, and what they held after:
/// `closing = opening + debit − credit` (RULES §3.10). Balance-sheet accounts open with all that came
/// before, income and expenses with what did since their fiscal year began (§3.7).
package struct RollForward: Hashable, Sendable {
  /// The first day that counts as movement.
  package let from: Day
  /// The last.
  package let through: Day
  /// The moment whose knowledge is shown, where one was asked for.
  package let knownAt: Timestamp?
  /// By number and currency; those without opening, movement and closing are left out.
  package let rows: [Row]
  /// Lines in a foreign currency that no rate has valued yet.
  package let unvalued: Int

  package struct Row: Hashable, Sendable {
    /// An account; or what income and expenses of earlier years left that no closing took away,
    /// which is on none.
    package let item: FinancialStatement.Item
    package let currency: String
    /// Digits after the mark of `currency`.
    package let exponent: Int
    /// Debit-positive like `closing`, in minor units of `currency`.
    package let opening: Money
    package let debit: Money
    package let credit: Money
    package let closing: Money

    fileprivate var isEmpty: Bool {
      opening.isZero && debit.isZero && credit.isZero && closing.isZero
    }
  }

  /// What was booked on an account in one currency, debit-positive in minor units of it.
  package struct Booked: Hashable, Sendable {
    /// Up to the last day.
    package var all = Money.zero
    /// Of that, in the days themselves.
    package var moved = Money.zero
    /// Of `moved`, what was debited; the rest was credited.
    package var debited = Money.zero
    /// Of `all`, before the fiscal year of the first day.
    package var beforeYear = Money.zero

    package init() {}
  }

  /// `accounts` are in the order of their numbers, `exponents` say how many decimals a currency has.
  /// Throws where a sum is larger than books can hold.
  package init(
    from: Day, through: Day, knownAt: Timestamp?, accounts: [FinancialStatement.Account],
    _ booked: [AccountCell: Booked], exponents: [String: Int], unvalued: Int = 0
  ) throws(AmountError) {
    self.from = from
    self.through = through
    self.knownAt = knownAt
    self.unvalued = unvalued
    let currencies = Dictionary(grouping: booked.keys, by: \.account)
    var rows: [Row] = []
    var earlier: [String: Money] = [:]
    for account in accounts {
      for cell in (currencies[account.id] ?? []).sorted(by: { $0.currency < $1.currency }) {
        guard var amounts = booked[cell] else { continue }
        if account.type.isTemporary {
          amounts.all = try amounts.all - amounts.beforeYear
          earlier[cell.currency] = try (earlier[cell.currency] ?? .zero) + amounts.beforeYear
        }
        rows.append(
          Row(
            item: .account(account), currency: cell.currency,
            exponent: exponents[cell.currency] ?? 2, opening: try amounts.all - amounts.moved,
            debit: amounts.debited, credit: try amounts.debited - amounts.moved,
            closing: amounts.all))
      }
    }
    for (currency, amount) in earlier.sorted(by: { $0.key < $1.key }) {
      rows.append(
        Row(
          item: .earlierEarnings, currency: currency, exponent: exponents[currency] ?? 2,
          opening: amount, debit: .zero, credit: .zero, closing: amount))
    }
    self.rows = rows.filter { !$0.isEmpty }
  }

  /// Whether what is debited is what is credited, before, in and after the days, in every currency.
  package func isBalanced() throws(AmountError) -> Bool {
    for own in Dictionary(grouping: rows, by: \.currency).values {
      let (debit, credit) = (try own.map(\.debit).total(), try own.map(\.credit).total())
      let (opening, closing) = (try own.map(\.opening).total(), try own.map(\.closing).total())
      guard debit == credit, opening.isZero, closing.isZero else { return false }
    }
    return true
  }
}
