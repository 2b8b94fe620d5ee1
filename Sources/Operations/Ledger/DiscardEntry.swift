package import Domain
package import Store

/// Deletes a draft of one's own that was never submitted.
package struct DiscardEntry: Command {
  package static let permission: Permission? = .journalDeleteOwn
  package static let event = AuditEvent.delete
  let entry: ID<Entry>

  package init(_ entry: ID<Entry>) { self.entry = entry }

  package var subject: Subject { .entry(entry) }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: entry) }

  package func run(in change: Change) throws {
    let record = try change.entry(entry, for: .discard)
    guard record.creator == change.actor.user else {
      throw Refusal.notPermitted(.journalDeleteOwn, .notOwn)
    }
    guard !record.wasSubmitted else { throw Refusal.wrongStatus(.discard, record.status) }
    for statement: StaticString in [
      "DELETE FROM journal_lines WHERE business_id = :business AND entry_id = :entry",
      "DELETE FROM entry_editors WHERE business_id = :business AND entry_id = :entry",
      "DELETE FROM journal_entries WHERE business_id = :business AND id = :entry",
    ] { try change.execute(statement, ["entry": entry]) }
  }
}

extension Reading {
  /// What one made needs only the command's own permission; what others made needs `permission`.
  func requireOwn(_ record: EntryRecord, or permission: Permission) throws {
    guard let user = actor.user, record.creator != user else { return }
    try requirePermission(permission, on: record.id)
  }

  /// The system needs none. Throws `notPermitted`.
  func requirePermission(_ permission: Permission, on entry: ID<Entry>) throws {
    try decide(permission, on: try resource(of: entry))?.require()
  }
}
