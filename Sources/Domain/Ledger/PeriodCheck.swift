/// What must be so before a period is closed (RULES §3.5, R24). The audit chain is verified before one
/// is locked, as that takes reading all of it.
package enum PeriodCheck: String, Sendable, CaseIterable {
  /// Nothing dated in it waits to be posted.
  case posted
  /// Debits are credits in every entry of it.
  case balanced
  /// The general ledger is the sum of its lines.
  case ledger
  /// The year's numbers have no gaps.
  case numbers
  /// Nothing is left on suspense accounts at its end.
  case suspense
  /// Every amount in another currency has one in the base currency.
  case valued
  /// Foreign balances are worth what they are at its end (R31).
  case revalued

  /// Whether somebody may judge what it finds to be well all the same. The others are facts.
  package var isWaivable: Bool { [.suspense, .valued, .revalued].contains(self) }
}
