package import Domain
package import Store

/// Marks an account deleted that nothing has ever used (R11).
package struct RemoveAccount: Command {
  package static let permission: Permission? = .accountArchive
  package static let operation = "account.remove"
  package static let event = AuditEvent.delete
  let account: ID<Account>

  package init(_ account: ID<Account>) { self.account = account }

  package var subject: Subject { .account(account) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: account, under: nil)
  }

  package func run(in change: Change) throws {
    try change.requireThere(Thing(.account, account.value))
    guard try !change.isNeeded(account, change.account(account)) else {
      throw Refusal.account(.isSystem)
    }
    guard try !change.isUsed(account) else { throw Refusal.account(.everUsed) }
    if let below = try change.firstBelow(account, .any) {
      throw Refusal.account(.hasBelow(below))
    }
    try change.markDeleted(account)
  }
}

/// Brings a deleted account back as it was, in use or archived.
package struct RestoreAccount: Command {
  package static let permission: Permission? = .accountArchive
  package static let operation = "account.restore"
  package static let event = AuditEvent.update
  let account: ID<Account>

  package init(_ account: ID<Account>) { self.account = account }

  package var subject: Subject { .account(account) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: account, under: nil)
  }

  /// Throws `taken` where another has its number now, and `belowDeleted`.
  package func run(in change: Change) throws {
    let found = try change.row(
      { (number: String, above: String?, isTaken: Bool) in (number, above, isTaken) },
      """
      SELECT a.number, p.number, EXISTS (
        SELECT 1 FROM accounts o
        WHERE o.business_id = :business AND lower(o.number) = lower(a.number)
          AND o.deleted_at IS NULL)
      FROM accounts a
      LEFT JOIN accounts p ON p.business_id = :business AND p.id = a.parent_id
        AND p.deleted_at IS NOT NULL
      WHERE a.business_id = :business AND a.id = :account AND a.deleted_at IS NOT NULL
      """, ["account": account])
    guard let (number, above, isTaken) = found else { throw Refusal.noSuch(subject) }
    guard !isTaken else { throw Refusal.taken(kind: .account, name: number) }
    if let above { throw Refusal.belowDeleted(kind: .account, name: above) }
    try change.execute(
      """
      UPDATE accounts SET deleted_at = NULL, updated_at = :now, version = version + 1,
        status = CASE WHEN archived_at IS NULL THEN 'active' ELSE 'inactive' END
      WHERE business_id = :business AND id = :account
      """, ["now": change.now, "account": account])
  }
}

/// The accounts that were taken away.
package struct DeletedAccounts: Query {
  package static let permission: Permission? = .accountRead

  package init() {}

  /// The last first.
  package func run(in snapshot: Snapshot) throws -> [Deleted<Account>] {
    try snapshot.rows(
      Deleted.init,
      """
      SELECT id, number, name, deleted_at FROM accounts
      WHERE business_id = :business AND deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC
      """)
  }
}

extension Change {
  func markDeleted(_ account: ID<Account>) throws {
    try execute(
      """
      UPDATE accounts SET status = 'deleted', deleted_at = :now, updated_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :account
      """, ["now": now, "account": account])
  }

  fileprivate func isUsed(_ account: ID<Account>) throws -> Bool {
    let hasLines = try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM journal_lines
        WHERE business_id = :business AND account_id = :account)
      """, ["account": account])
    return try hasLines || !ties(of: account).isEmpty
  }
}
