/// An account held against what its bank says (RULES §3.14); `ID<Reconciliation>` is the identity
/// of one.
package enum Reconciliation {}

/// How far a reconciliation is.
package enum ReconciliationStatus: String, Sendable, CaseIterable {
  case open
  case closed
}

/// Whether the bank has a line of the books.
package enum Clearance: String, Sendable, CaseIterable {
  case uncleared
  case cleared
  /// Cleared in a reconciliation that is closed, so that it stays.
  case reconciled
}

/// The proof by which a reconciliation is closed (RULES §3.14): what the books hold on its day,
/// without what the bank doesn't have yet, is what the bank says. All in minor units of the
/// account's currency, debit-positive but for `payments`.
package struct ReconciliationProof: Hashable, Sendable {
  /// What the account holds on the day.
  package let book: Money
  /// What it received that the bank doesn't have yet.
  package let receipts: Money
  /// What it paid that the bank doesn't have yet: zero or more.
  package let payments: Money
  /// What the bank says.
  package let statement: Money
  /// Receipts less payments.
  package let outstanding: Money
  /// What of the books the bank has.
  package let cleared: Money
  /// What the bank has more than that: zero where it is proved.
  package let difference: Money

  /// Throws where books can't hold what comes of it.
  package init(
    book: Money, receipts: Money, payments: Money, statement: Money
  ) throws(AmountError) {
    self.book = book
    self.receipts = receipts
    self.payments = payments
    self.statement = statement
    outstanding = try receipts - payments
    cleared = try book - outstanding
    difference = try statement - cleared
  }

  package var isProved: Bool { difference.isZero }
}
