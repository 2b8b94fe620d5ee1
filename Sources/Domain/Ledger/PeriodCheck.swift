/// What must be so before a period is closed (RULES §3.5, R24).
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
  /// Nothing is left on opening-balance equity at the end of the first month: what the books opened
  /// with is whose it is (RULES §3.8).
  case opening
  /// Every line of an account that is kept by party has one (R9).
  case control
  /// Every amount in another currency has one in the base currency.
  case valued
  /// Foreign balances are worth what they are at its end (R31).
  case revalued
  /// What banks hold is what they say at its end, of those whose statements are kept here.
  case reconciled
  /// What comes again by its end was written, or somebody said why not.
  case recurring
  /// Every record of the audit log follows from the one before (RULES §6.4).
  case chain
  /// What group companies owe each other, and what each booked of it, is agreed with them. Of the
  /// other one's books nothing is known here: whoever asked there says so by accepting it.
  case intercompany

  /// Whether somebody may judge what it finds to be well all the same. The others are facts.
  package var isWaivable: Bool {
    [.suspense, .opening, .control, .valued, .revalued, .reconciled, .intercompany]
      .contains(self)
  }
}
