package import Domain
package import Store

/// Keeps a trial balance as it is now, or as the books stood at a moment before: its rows, what it was
/// made of, the last audit record there was, and a SHA-256 of all that (RULES §3.7). It is of the whole
/// business, however much of that whoever takes it sees.
package struct TakeSnapshot: Command {
  package static let permission: Permission? = .snapshotCreate
  package static let event = AuditEvent.create
  let span: StatementReport.Span
  let basis: LedgerScope.Basis
  let currency: TrialBalanceReport.Currency
  let knownAt: Timestamp?

  package init(
    _ span: StatementReport.Span, _ basis: LedgerScope.Basis = .postClosing,
    currency: TrialBalanceReport.Currency = .base, knownAt: Timestamp? = nil
  ) {
    self.span = span
    self.basis = basis
    self.currency = currency
    self.knownAt = knownAt
  }

  /// What was kept.
  package struct Taken: Hashable, Sendable, CarriesContentHash {
    package let id: ID<TrialBalanceSnapshot>
    package let sha256: String
    var contentHash: String? { sha256 }
  }

  package var subject: Subject { Subject(.snapshot) }
  package func subject(after taken: Taken) -> Subject { Subject(.snapshot, taken.id.value) }

  package func run(in change: Change) throws -> Taken {
    let (from, through) = span.days(by: try change.periodCalendar())
    return try change.keepBalances(from, through, basis, currency, knownAt: knownAt)
  }
}

extension Change {
  /// Both days inclusive. A moment that is still to come can't be known yet: then it is this one.
  @discardableResult
  func keepBalances(
    _ from: Day, _ through: Day, _ basis: LedgerScope.Basis,
    _ currency: TrialBalanceReport.Currency, knownAt: Timestamp? = nil
  ) throws -> TakeSnapshot.Taken {
    let known = knownAt.flatMap { $0 < now ? $0 : nil }
    let balances = try snapshot.balancesToKeep(
      from, through, LedgerScope(basis, knownAt: known), currency)
    let kept = KeptParameters(
      from: from, asOf: through, knownAt: known, basis: basis, currency: currency,
      auditSequence: try one(
        Int64.self, "SELECT sequence FROM audit_heads WHERE business_id = :business"))
    let hash = kept.sha256(of: balances)
    let id = try insert(
      TrialBalanceSnapshot.self,
      """
      INSERT INTO trial_balance (business_id, period_id, from_date, as_of_date, known_at, kind,
        basis, run_number, audit_sequence, total_debit, total_credit, sha256, created_by,
        created_at)
      VALUES (:business,
        (SELECT id FROM accounting_periods
         WHERE business_id = :business AND start_date = :from AND end_date = :through
           AND kind = 'normal'),
        :from, :through, :known, :basis, :currency,
        (SELECT coalesce(max(run_number), 0) + 1 FROM trial_balance
         WHERE business_id = :business AND as_of_date = :through AND kind = :basis
           AND basis = :currency),
        :sequence, :debit, :credit, :hash, :actor, :now)
      """,
      [
        "from": from, "through": through, "known": known, "basis": basis, "currency": currency,
        "sequence": kept.auditSequence, "debit": balances.totalDebit,
        "credit": balances.totalCredit, "hash": hash, "actor": actor.user, "now": now,
      ])
    for (index, line) in balances.lines.enumerated() { try keep(line, at: index + 1, of: id) }
    return TakeSnapshot.Taken(id: id, sha256: hash)
  }

  private func keep(
    _ line: SnapshotDetail.Line, at number: Int, of snapshot: ID<TrialBalanceSnapshot>
  ) throws {
    try execute(
      """
      INSERT INTO trial_balance_lines (business_id, trial_balance_id, line_number, account_id,
        currency, account_number, account_name, opening, debit, credit, closing)
      VALUES (:business, :snapshot, :line, :account, :currency, :number, :name, :opening, :debit,
        :credit, :closing)
      """,
      [
        "snapshot": snapshot, "line": number, "account": line.account, "currency": line.currency,
        "number": line.number, "name": line.name, "opening": line.opening, "debit": line.debit,
        "credit": line.credit, "closing": line.closing,
      ])
  }

  /// What is reported of days from `day` on may be another from now on (R20).
  func supersedeSnapshots(from day: Day) throws {
    try execute(
      """
      UPDATE trial_balance SET superseded_at = :now
      WHERE business_id = :business AND as_of_date >= :day AND superseded_at IS NULL
      """, ["now": now, "day": day])
  }
}
