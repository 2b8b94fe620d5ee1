package import Domain
package import Store

/// Closes a reconciliation once its difference is nothing, so that what the bank has stays as it
/// was proved (RULES §3.14). Whoever had a hand in it doesn't (RULES §4.6).
package struct CloseReconciliation: ReconciliationCommand {
  package static let permission: Permission? = .reconApprove
  package static let operation = "recon.close"
  package static let event = AuditEvent.approve
  package let id: ID<Reconciliation>
  let version: Int

  /// `version` is the one that was looked at.
  package init(_ id: ID<Reconciliation>, version: Int) {
    self.id = id
    self.version = version
  }

  package func resource(in change: Change) throws -> Resource { try change.resource(closing: id) }

  package func run(in change: Change) throws {
    let row = try change.openReconciliation(id, by: .reconApprove)
    guard row.version == version else { throw Refusal.changedMeanwhile }
    let left = try change.bankLinesLeft(of: row)
    guard left == 0 else { throw Refusal.reconciliation(.bankLinesLeft(left)) }
    let proof = try change.proof(of: row)
    guard proof.isProved else {
      throw Refusal.reconciliation(.difference(proof.difference, in: row.currency))
    }
    let hands = try change.hands(in: id)
    let isOwn = [change.actor.user, change.actor.actingFor].contains {
      $0.map { hands[$0] != nil } ?? false
    }
    try change.execute(
      """
      UPDATE journal_lines SET reconciliation_status = 'reconciled'
      WHERE business_id = :business AND reconciliation_id = :id
      """, ["id": id])
    try change.execute(
      """
      UPDATE reconciliations SET status = 'closed', book_balance = :book,
        outstanding = :outstanding, approved_by = :actor, self_approved = :own, closed_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :id
      """,
      [
        "book": proof.book, "outstanding": proof.outstanding, "actor": change.actor.user,
        "own": isOwn, "now": change.now, "id": id,
      ])
    try change.noteReconciled(row.account)
  }
}

/// Opens the latest reconciliation of an account again, and says why: what it cleared can be
/// changed then, until it is closed anew (RULES §3.14).
package struct ReopenReconciliation: ReconciliationCommand {
  package static let permission: Permission? = .reconApprove
  package static let operation = "recon.reopen"
  package static let event = AuditEvent.update
  package static let leastReason = 5
  package let id: ID<Reconciliation>
  let why: String

  package init(_ id: ID<Reconciliation>, reason: String) {
    self.id = id
    why = reason
  }

  package var reason: String? { why }

  package func run(in change: Change) throws {
    try change.requireReason(why, least: Self.leastReason)
    let row = try change.reconciliation(id)
    try change.requireWhole(row.account, by: .reconApprove)
    guard row.status == .closed else { throw Refusal.reconciliation(.notClosed) }
    if let later = try change.later(than: row) {
      throw Refusal.reconciliation(.notLatest(later))
    }
    try change.execute(
      """
      UPDATE reconciliations SET status = 'open', book_balance = NULL, outstanding = NULL,
        approved_by = NULL, self_approved = 0, closed_at = NULL, version = version + 1
      WHERE business_id = :business AND id = :id
      """, ["id": id])
    try change.execute(
      """
      UPDATE journal_lines SET reconciliation_status = 'cleared'
      WHERE business_id = :business AND reconciliation_id = :id
      """, ["id": id])
    try change.noteReconciled(row.account)
  }
}

extension Reading {
  /// One that is to be closed, with everybody who had a hand in it. Throws `noSuch`.
  func resource(closing id: ID<Reconciliation>) throws -> Resource {
    var resource = try self.resource(of: reconciliation(id).account)
    resource.involved = try hands(in: id)
    resource.allowsSelfApproval = try allowsSelfApproval(of: resource, by: .reconApprove)
    return resource
  }

  /// Who began it, said anew what the bank says, or did anything to a line of it.
  fileprivate func hands(in id: ID<Reconciliation>) throws -> [ID<User>: Involvement] {
    var hands: [ID<User>: Involvement] = [:]
    let found = try rows(
      { (user: ID<User>, hand: String) in (user, hand) },
      """
      SELECT matched_by, 'edited' FROM reconciliation_matches
      WHERE business_id = :business AND reconciliation_id = :id
      UNION
      SELECT cleared_by, 'edited' FROM journal_lines
      WHERE business_id = :business AND reconciliation_id = :id AND cleared_by IS NOT NULL
      UNION
      SELECT a.actor_id, 'edited' FROM audit_logs a
      WHERE a.business_id = :business AND a.resource_type = 'reconciliation'
        AND a.resource_id = :id AND a.status = 'success' AND a.actor_id IS NOT NULL
        AND a.operation IN ('recon.amend', 'recon.match', 'recon.clear', 'recon.undo')
      UNION
      SELECT a.actor_id, 'edited' FROM reconciliations r
      JOIN bank_statement_lines b ON b.business_id = :business AND b.account_id = r.account_id
        AND b.booked_on <= r.as_of_date AND b.status = 'ignored'
      JOIN audit_logs a ON a.business_id = :business AND a.resource_type = 'bank_statement_line'
        AND a.resource_id = b.id AND a.operation = 'recon.ignore' AND a.status = 'success'
        AND a.actor_id IS NOT NULL
      WHERE r.business_id = :business AND r.id = :id
        AND a.at > coalesce((SELECT max(p.closed_at) FROM reconciliations p
          WHERE p.business_id = :business AND p.account_id = r.account_id
            AND p.as_of_date < r.as_of_date), 0)
      UNION ALL
      SELECT prepared_by, 'created' FROM reconciliations
      WHERE business_id = :business AND id = :id
      ORDER BY 2 DESC
      """, ["id": id])
    for (user, hand) in found { hands[user] = Involvement(rawValue: hand) }
    return hands
  }
}

extension Change {
  /// How many lines of the bank nothing was done to up to its day.
  fileprivate func bankLinesLeft(of row: Reconciliations.Row) throws -> Int {
    try one(
      Int.self,
      """
      SELECT count(*) FROM bank_statement_lines b
      JOIN bank_statements s ON s.business_id = :business AND s.id = b.statement_id
      WHERE b.business_id = :business AND b.account_id = :account AND b.booked_on <= :day
        AND b.status = 'unmatched' AND s.currency = :currency
      """, ["account": row.account, "day": row.asOf, "currency": row.currency])
  }

  /// The day of the next one of its account.
  fileprivate func later(than row: Reconciliations.Row) throws -> Day? {
    try one(
      Day?.self,
      """
      SELECT min(as_of_date) FROM reconciliations
      WHERE business_id = :business AND account_id = :account AND as_of_date > :day
      """, ["account": row.account, "day": row.asOf])
  }

  /// Says beside the account to what it is reconciled.
  fileprivate func noteReconciled(_ account: ID<Account>) throws {
    let last = try lastReconciled(account)
    try execute(
      """
      UPDATE accounts SET last_reconciled_on = :day, last_reconciled_balance = :balance
      WHERE business_id = :business AND id = :account
      """, ["day": last?.asOf, "balance": last?.balance, "account": account])
  }
}
