package import Domain
package import Store

package enum Emergency {}

/// Lifts limits and separate duties for one person, for an hour at the most (RULES §4.4); never gates,
/// denials or what the books must hold. Every owner is told, and another one looks at it afterwards.
struct BreakGlass: JointCommand {
  static let right: Permission = .breakglassUse
  static let event = AuditEvent.permissionChange
  /// A word that was meant for something else lifts nothing.
  static let leastReason = RejectEntry.leastReason
  let user: ID<User>
  let minutes: Int
  let why: String

  var subject: Subject { Subject(.emergency, name: "\(minutes) minutes") }
  func subject(after id: ID<Emergency>) -> Subject { Subject(.emergency, id.value) }
  var reason: String? { why }

  func resource(in change: Change) throws -> Resource { try change.resource(of: user) }

  func run(in change: Change) throws -> ID<Emergency> {
    guard (1...BrokenGlass.mostMinutes).contains(minutes) else {
      throw Refusal.access(.emergencyMinutes)
    }
    try change.requireReason(why, least: Self.leastReason)
    try change.requireActive(user)
    let end = change.now.adding(seconds: Int64(minutes) * 60)
    let id = try change.insert(
      Emergency.self,
      """
      INSERT INTO broken_glass (business_id, user_id, reason, starts_at, ends_at, review_due_at)
      VALUES (:business, :user, :reason, :now, :end, :due)
      """,
      [
        "user": user, "reason": why, "now": change.now, "end": end,
        "due": BrokenGlass.reviewDue(after: end),
      ])
    let name = try change.ownRights(of: user, for: Self.permission).person.name
    try change.notify(
      try change.activeMembers(.owner),
      of: .limitsLifted(by: name, minutes: minutes, reason: why), about: subject(after: id))
    return id
  }
}

/// Ends one's own emergency before its time: limits and separate duties bind again from then on. It
/// is looked at by another owner all the same.
package struct EndEmergency: Command {
  package static let permission: Permission? = nil
  package static let operation = "breakglass.end"
  package static let event = AuditEvent.permissionChange
  let emergency: ID<Emergency>

  package init(_ emergency: ID<Emergency>) { self.emergency = emergency }

  package var subject: Subject { Subject(.emergency, emergency.value) }

  package func run(in change: Change) throws {
    let end = try change.row(
      { (end: Timestamp) in end },
      """
      SELECT ends_at FROM broken_glass
      WHERE business_id = :business AND id = :id AND user_id = :actor
      """, ["id": emergency, "actor": change.actor.user])
    guard let end else { throw Refusal.noSuch(subject) }
    guard change.now < end else { throw Refusal.access(.emergencyOver) }
    try change.execute(
      """
      UPDATE broken_glass SET ends_at = min(ends_at, max(starts_at + 1, :now))
      WHERE business_id = :business AND id = :id
      """, ["now": change.now, "id": emergency])
  }
}

/// What an owner found who looked at an emergency of somebody else's. One that still lasts ends.
package struct ReviewEmergency: Command {
  package static let permission: Permission? = .breakglassUse
  package static let operation = "breakglass.review"
  package static let event = AuditEvent.approve
  static let mostCharacters = 2_000
  let emergency: ID<Emergency>
  let findings: String

  package init(_ emergency: ID<Emergency>, findings: String) {
    self.emergency = emergency
    self.findings = findings
  }

  package var subject: Subject { Subject(.emergency, emergency.value) }
  package var reason: String? { findings }

  package func run(in change: Change) throws {
    let found = try change.row(
      { (user: ID<User>, reviewed: Bool) in (user, reviewed) },
      """
      SELECT user_id, reviewed_at IS NOT NULL FROM broken_glass
      WHERE business_id = :business AND id = :id
      """, ["id": emergency])
    guard let found else { throw Refusal.noSuch(subject) }
    guard found.0 != change.actor.user else { throw Refusal.access(.ownRights) }
    guard !found.1 else { throw Refusal.access(.reviewed) }
    try change.requireReason(findings, most: Self.mostCharacters)
    try change.execute(
      """
      UPDATE broken_glass SET reviewed_by = :actor, reviewed_at = :now, review = :review,
        ends_at = min(ends_at, max(starts_at + 1, :now))
      WHERE business_id = :business AND id = :id
      """,
      [
        "actor": change.actor.user, "now": change.now, "review": findings, "id": emergency,
      ])
  }
}

/// The emergencies, the newest first: all for whoever reads the whole audit log, else one's own.
package struct Emergencies: Query {
  package static let permission: Permission? = nil

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<Emergency>
    package let user: ID<User>
    package let person: String
    package let reason: String
    package let start: Timestamp
    package let end: Timestamp
    package let due: Timestamp
    package let reviewer: String?
    package let reviewedAt: Timestamp?
    package let review: String?

    /// `in force`, `to review`, `overdue` or `reviewed`.
    package func state(at now: Timestamp) -> String {
      if reviewedAt != nil { return "reviewed" }
      if now < end { return "in force" }
      return now < due ? "to review" : "overdue"
    }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    let seesAll = try snapshot.decide(.auditRead, on: Resource())?.isAllowed ?? true
    return try snapshot.rows(
      Row.init,
      """
      SELECT g.id, g.user_id, u.display_name, g.reason, g.starts_at, g.ends_at, g.review_due_at,
        r.display_name, g.reviewed_at, g.review
      FROM broken_glass g
      JOIN users u ON u.id = g.user_id
      LEFT JOIN users r ON r.id = g.reviewed_by
      WHERE g.business_id = :business AND (:all OR g.user_id = :me)
      ORDER BY g.id DESC
      """, ["all": seesAll, "me": snapshot.actor.user])
  }
}
