package import Domain
package import Store

/// Takes an entry back that waits for approval, so that it can be changed: whoever submitted it, and
/// whoever may with anybody's (RULES §3.3).
package struct WithdrawEntry: Command {
  package static let permission: Permission? = .journalSubmit
  package static let operation = "journal.withdraw"
  package static let event = AuditEvent.update
  let entry: ID<Entry>

  package init(_ entry: ID<Entry>) { self.entry = entry }

  package var subject: Subject { .entry(entry) }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: entry) }

  package func run(in change: Change) throws {
    _ = try change.entry(entry, for: .withdraw)
    try change.makeDraft(of: entry)
  }
}

/// Takes an approved entry back that isn't posted; its approvals count no more (RULES §3.3).
package struct RecallEntry: Command {
  package static let permission: Permission? = .journalRecall
  package static let event = AuditEvent.update
  let entry: ID<Entry>

  package init(_ entry: ID<Entry>) { self.entry = entry }

  package var subject: Subject { .entry(entry) }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: entry) }

  package func run(in change: Change) throws {
    _ = try change.entry(entry, for: .recall)
    try change.makeDraft(of: entry)
  }
}

extension Change {
  /// Makes a submitted or approved entry a draft again, which takes every approval anew.
  func makeDraft(of entry: ID<Entry>) throws {
    try execute(
      """
      UPDATE journal_entries SET status = 'draft', content_hash = NULL, approved_by = NULL,
        approved_at = NULL, self_approved = 0, exemption = NULL, version = version + 1
      WHERE business_id = :business AND id = :entry
      """, ["entry": entry])
  }
}
