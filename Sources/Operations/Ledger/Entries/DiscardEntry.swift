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
    _ = try change.entry(entry, for: .discard)
    try change.removeAttachments(of: entry)
    try change.forgetWritten(entry)
    for statement: StaticString in [
      "DELETE FROM allocated_entries WHERE business_id = :business AND entry_id = :entry",
      "DELETE FROM journal_lines WHERE business_id = :business AND entry_id = :entry",
      "DELETE FROM entry_editors WHERE business_id = :business AND entry_id = :entry",
      "DELETE FROM journal_entries WHERE business_id = :business AND id = :entry",
    ] { try change.execute(statement, ["entry": entry]) }
  }
}
