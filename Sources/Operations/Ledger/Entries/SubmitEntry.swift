package import Domain
package import Store

/// Asks for approval: the draft is frozen and its content hashed, so that what is approved is what
/// was submitted.
package struct SubmitEntry: Command {
  package static let permission: Permission? = .journalSubmit
  package static let event = AuditEvent.update
  let entry: ID<Entry>

  package init(_ entry: ID<Entry>) { self.entry = entry }

  package var subject: Subject { .entry(entry) }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: entry) }

  package struct Submitted: Hashable, Sendable {
    /// Whose approval is asked for.
    package let roles: [Role]
    /// Why it couldn't be posted yet although it were approved (R23); nil where it could.
    package let warning: EntryFault?
    package let overBudget: [OverBudget]
  }

  package func run(in change: Change) throws -> Submitted {
    let record = try change.entry(entry, for: .submit)
    let content = try change.content(of: entry)
    let period = try change.check(content, of: record, for: .submit)
    let overBudget = try change.overBudget(by: record)
    try change.execute(
      """
      UPDATE journal_entries SET status = 'pending_approval', ever_submitted = 1,
        submit_round = submit_round + 1, submitted_by = :actor, submitted_at = :now,
        content_hash = :hash, version = version + 1
      WHERE business_id = :business AND id = :entry
      """,
      [
        "actor": change.author, "now": change.now, "hash": try change.seal(of: entry),
        "entry": entry,
      ])
    return Submitted(
      roles: try change.approvalPolicy().asked(for: record.total),
      warning: try change.notOpen(period, on: content.date), overBudget: overBudget)
  }
}

extension ApprovalPolicy {
  /// Whom a submitted entry waits for: a manager where no band asks for anybody, as whoever submits
  /// wants somebody to look.
  package func asked(for amount: Money) -> [Role] {
    let required = required(for: amount)
    return required.isEmpty ? [.manager] : required
  }

  /// What a submitted entry still waits for after people of the roles `given` have approved.
  package func awaited(for amount: Money, given: [Role]) -> [Role] {
    guard required(for: amount).isEmpty else { return outstanding(for: amount, given: given) }
    // Whoever was given the right to has a manager's vote, whatever their role.
    return given.isEmpty ? [.manager] : []
  }

  /// Whether the vote of somebody who is `role` brings a submitted entry further.
  func wants(_ role: Role, for amount: Money, given: [Role]) -> Bool {
    awaited(for: amount, given: given + [role]).count < awaited(for: amount, given: given).count
  }
}
