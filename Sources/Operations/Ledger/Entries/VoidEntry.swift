package import Domain
package import Store

/// Gives an entry up for good that isn't posted, with the reason. It stays where people can read it and
/// counts nowhere; no number was used, so its series has no gap (RULES §3.3).
package struct VoidEntry: Command {
  package static let permission: Permission? = .journalVoid
  package static let event = AuditEvent.void
  package static let leastReason = RejectEntry.leastReason
  let entry: ID<Entry>
  let why: String

  package init(_ entry: ID<Entry>, reason: String) {
    self.entry = entry
    why = reason
  }

  package var subject: Subject { .entry(entry) }
  package var reason: String? { why }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: entry) }

  package func run(in change: Change) throws {
    try change.requireReason(why, least: Self.leastReason)
    try change.requireVoidable(change.entry(entry, for: .void))
    try change.execute(
      """
      UPDATE journal_entries SET status = 'voided', voided_by = :actor, voided_at = :now,
        void_reason = :reason, version = version + 1
      WHERE business_id = :business AND id = :entry
      """,
      ["actor": change.actor.user, "now": change.now, "reason": why, "entry": entry])
  }
}

extension Reading {
  /// Throws `irreversible` where something is to be booked in place of what the entry takes back:
  /// without it both would count.
  func requireVoidable(_ record: EntryRecord) throws {
    guard let original = record.reverses else { return }
    let correction = try row(
      { (name: String) in name },
      """
      SELECT 'D-' || draft_number FROM journal_entries
      WHERE business_id = :business AND corrects_entry_id = :original
        AND status IN ('draft', 'pending_approval', 'approved')
      LIMIT 1
      """, ["original": original])
    if let correction { throw Refusal.irreversible(.replaced(correction)) }
  }
}
