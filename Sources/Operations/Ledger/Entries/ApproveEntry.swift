package import Domain
package import Store

/// Approves a submitted entry. The last approval that its amount asks for makes it approved and,
/// where the business says so, posts it.
package struct ApproveEntry: Command {
  package static let permission: Permission? = .journalApprove
  package static let event = AuditEvent.approve
  let entry: ID<Entry>

  package init(_ entry: ID<Entry>) { self.entry = entry }

  package enum Outcome: Hashable, Sendable {
    case awaits([Role])
    case approved
    case posted(number: String)
    /// Approved, but it can't be posted now: the reason.
    case notPosted(Refusal)
  }

  package var subject: Subject { .entry(entry) }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: entry) }

  /// Whoever's limit it is over hears whom to ask instead.
  package func refusal(for denial: Denial, in change: Change) throws -> Refusal? {
    guard case .overLimit = denial, let user = change.actor.user else { return nil }
    let record = try change.entry(entry)
    guard record.status == .pendingApproval else { return nil }
    let target = try change.escalation(
      from: user, on: try change.resource(of: entry), given: try change.approvingRoles(of: record))
    return target.map { .escalates(.journalApprove, denial, to: $0.name) }
  }

  package func run(in change: Change) throws -> Outcome {
    let record = try change.entry(entry, for: .approve)
    guard let user = change.actor.user else { throw Refusal.notAMember }
    // A vote has the weight of whose right it is.
    let voter = change.actor.actingFor ?? user
    let person = try change.rights(of: voter, for: .journalApprove).person
    guard try change.seal(of: entry) == record.contentHash else { throw Refusal.contentChanged }
    let left = try change.awaited(after: person.role, on: record)
    let involved = try change.resource(of: entry).involved
    let isOwn = involved[user] != nil || involved[voter] != nil
    try change.recordDecision("approve", on: record, reason: "")
    guard left.isEmpty else { return .awaits(left) }
    try change.execute(
      """
      UPDATE journal_entries SET status = 'approved', approved_by = :actor, approved_at = :now,
        self_approved = :own, version = version + 1
      WHERE business_id = :business AND id = :entry
      """, ["actor": user, "now": change.now, "own": isOwn, "entry": entry])
    guard try change.businessFacts().postsOnApproval else { return .approved }
    do {
      return .posted(number: try change.perform(PostEntry(entry)).number)
    } catch let refusal as Refusal {
      return .notPosted(refusal)
    }
  }
}

/// Sends a submitted entry back to its maker as a draft, with the reason, and tells them.
package struct RejectEntry: Command {
  package static let permission: Permission? = .journalApprove
  package static let operation = "journal.reject"
  package static let event = AuditEvent.reject
  package static let leastReason = 5
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
    let record = try change.entry(entry, for: .reject)
    try change.recordDecision("reject", on: record, reason: why)
    try change.makeDraft(of: entry)
    let name = subject.name(from: try subject.state(in: change))
    try change.notify(
      [record.creator].compactMap(\.self),
      of: .entryRejected(name: name, by: change.actor.name, reason: why), about: subject)
  }
}

extension Change {
  fileprivate func recordDecision(_ decision: String, on record: EntryRecord, reason: String) throws
  {
    try execute(
      """
      INSERT INTO journal_approvals (business_id, entry_id, round, user_id, acting_for, decision,
        reason, content_hash, decided_at)
      VALUES (:business, :entry, :round, :actor, :lender, :decision, :reason, :hash, :now)
      """,
      [
        "entry": record.id, "round": record.round, "actor": actor.user,
        "lender": actor.actingFor, "decision": decision, "reason": reason,
        "hash": record.contentHash, "now": now,
      ])
  }
}

extension Reading {
  /// The roles, as they are now, of those who approved the entry in this round.
  func approvingRoles(of record: EntryRecord) throws -> [Role] {
    try rows(
      { (role: Role) in role },
      """
      SELECT m.role FROM journal_approvals a
      JOIN business_memberships m
        ON m.business_id = a.business_id AND m.user_id = coalesce(a.acting_for, a.user_id)
      WHERE a.business_id = :business AND a.entry_id = :entry AND a.round = :round
        AND a.decision = 'approve'
      """, ["entry": record.id, "round": record.round])
  }
}
