package import Domain
package import Store

/// Gives one person a right, or forbids them something, for a time and under conditions.
package struct GrantPermission: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.grant"
  package static let event = AuditEvent.permissionChange
  let grant: NewGrant

  package init(_ grant: NewGrant) { self.grant = grant }

  package var subject: Subject { Subject(.grant, name: grant.pattern) }
  package func subject(after id: ID<Grant>) -> Subject { Subject(.grant, id.value) }
  package var reason: String? { grant.reason }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: grant.user)
  }

  package func run(in change: Change) throws -> ID<Grant> {
    guard let pattern = PermissionPattern(grant.pattern) else {
      throw Refusal.access(.unknownPermission(grant.pattern))
    }
    guard let conditions = ConditionsJSON.read(grant.conditions) else {
      throw Refusal.access(.unknownCondition)
    }
    // One thing and a set of the same kind would be two answers to one question.
    guard grant.thing.map({ conditions.names($0.kind) }) != true else {
      throw Refusal.access(.unknownCondition)
    }
    try ([grant.thing].compactMap(\.self) + conditions.things).forEach(change.requireThere)
    try change.requireReason(grant.reason)
    try change.requireLimit(grant.limit)
    guard grant.effect == .allow || grant.limit == nil else {
      throw Refusal.access(.limitedDenial)
    }
    try change.requireTime(from: grant.start, until: grant.end)
    if grant.effect == .allow {
      guard grant.user != change.actor.user else { throw Refusal.access(.ownRights) }
      try change.requireHeld(pattern, limit: grant.limit)
    }
    let id = try change.insert(
      Grant.self,
      """
      INSERT INTO user_permissions (business_id, user_id, permission, effect, subject_type,
        subject_id, amount_limit, conditions, starts_at, ends_at, granted_by, reason, created_at)
      VALUES (:business, :user, :pattern, :effect, :kind, :thing, :limit, :conditions, :start,
        :end, :actor, :reason, :now)
      """,
      [
        "user": grant.user, "pattern": grant.pattern, "effect": grant.effect,
        "kind": grant.thing?.kind, "thing": grant.thing?.id, "limit": grant.limit,
        "conditions": grant.conditions, "start": grant.start ?? change.now, "end": grant.end,
        "actor": change.actor.user, "reason": grant.reason, "now": change.now,
      ])
    try change.requireSomebodyInCharge()
    return id
  }
}

/// What is granted.
package struct NewGrant: Hashable, Sendable {
  package let user: ID<User>
  package let effect: Grant.Effect
  /// `journal.post`, `journal.*` or `*`.
  package let pattern: String
  package var thing: Thing?
  /// Minor units of the base currency.
  package var limit: Money?
  /// The object of RULES §4.3.
  package var conditions = "{}"
  /// Nil is at once.
  package var start: Timestamp?
  /// Nil is until it is revoked.
  package var end: Timestamp?
  package let reason: String

  package init(_ effect: Grant.Effect, _ pattern: String, to user: ID<User>, reason: String) {
    self.effect = effect
    self.pattern = pattern
    self.user = user
    self.reason = reason
  }
}

/// Ends a grant or a denial now. It stays on record.
package struct RevokeGrant: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.revoke"
  package static let event = AuditEvent.permissionChange
  let grant: ID<Grant>
  let why: String

  package init(_ grant: ID<Grant>, reason: String) {
    self.grant = grant
    why = reason
  }

  package var subject: Subject { Subject(.grant, grant.value) }
  package var reason: String? { why }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: try holder(in: change))
  }

  private func holder(in change: Change) throws -> ID<User> {
    let user = try change.row(
      { (user: ID<User>) in user },
      "SELECT user_id FROM user_permissions WHERE business_id = :business AND id = :grant",
      ["grant": grant])
    guard let user else { throw Refusal.noSuch(subject) }
    return user
  }

  package func run(in change: Change) throws {
    try change.requireReason(why)
    guard try holder(in: change) != change.actor.user else { throw Refusal.access(.ownRights) }
    try change.execute(
      """
      UPDATE user_permissions SET status = 'revoked', revoked_by = :actor, revoked_at = :now,
        revoked_reason = :reason
      WHERE business_id = :business AND id = :grant
      """, ["actor": change.actor.user, "now": change.now, "reason": why, "grant": grant])
    try change.requireSomebodyInCharge()
  }
}

/// The grants and denials of one person, the newest first, ended ones too.
package struct GrantsOf: Query {
  package static let permission: Permission? = .permissionRead
  let user: ID<User>

  package init(_ user: ID<User>) { self.user = user }

  package struct Row: Hashable, Sendable {
    package let id: ID<Grant>
    package let effect: Grant.Effect
    package let pattern: String
    package let kind: Thing.Kind?
    package let thing: Int64?
    package let limit: Money?
    package let conditions: String
    package let start: Timestamp
    package let end: Timestamp?
    package let grantedBy: String
    package let reason: String
    package let revokedAt: Timestamp?

    /// Whether it counts: `in force`, `to come`, `over` or `taken back`.
    package func state(at now: Timestamp) -> String {
      if let revokedAt, revokedAt <= now { return "taken back" }
      if let end, end <= now { return "over" }
      return start > now ? "to come" : "in force"
    }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.decide(.permissionRead, on: try snapshot.resource(of: user))?.require()
    return try snapshot.rows(
      Row.init,
      """
      SELECT p.id, p.effect, p.permission, p.subject_type, p.subject_id, p.amount_limit,
        p.conditions, p.starts_at, p.ends_at, u.display_name, p.reason, p.revoked_at
      FROM user_permissions p JOIN users u ON u.id = p.granted_by
      WHERE p.business_id = :business AND p.user_id = :user
      ORDER BY p.id DESC
      """, ["user": user])
  }
}

extension Conditions {
  fileprivate func names(_ kind: Thing.Kind) -> Bool {
    switch kind {
    case .account: accounts != nil
    case .department: departments != nil
    case .entry: false
    }
  }

  /// What they name.
  var things: [Thing] {
    (departments ?? []).map { Thing(.department, $0.value) }
      + (accounts ?? []).map { Thing(.account, $0.value) }
  }
}

extension Change {
  static var leastReason: Int { 3 }

  static var mostReason: Int { 500 }

  func requireReason(
    _ reason: String, least: Int = leastReason, most: Int = mostReason
  ) throws {
    guard reason.drop(while: \.isWhitespace).count >= least else {
      throw Refusal.reasonNeeded(least: least)
    }
    guard reason.unicodeScalars.count <= most else { throw Refusal.access(.tooLong(most: most)) }
  }

  func requireLimit(_ limit: Money?) throws {
    guard limit.map({ $0 >= .zero }) ?? true else { throw Refusal.access(.negativeLimit) }
  }

  /// What is for a time begins before it ends, and isn't over; no start is now.
  func requireTime(from start: Timestamp?, until end: Timestamp?) throws {
    guard let end else { return }
    guard max(start ?? now, now) < end else { throw Refusal.access(.endsBeforeItBegins) }
  }

  /// Nobody gives what they don't hold themselves, whole and for good, up to that limit
  /// (RULES §4).
  func requireHeld(_ pattern: PermissionPattern, limit: Money?) throws {
    guard let user = actor.user else { return }
    let rights = try ownRights(of: user)
    for permission in Permission.allCases
    where pattern.matches(permission) && !rights.holdWhole(permission, upTo: limit, at: now) {
      throw Refusal.access(.notHeld(permission))
    }
  }

  /// No change of access leaves a business without an active owner who can take it back: whatever
  /// time or place a denial is for, it counts. `leaver` is counted no more.
  func requireSomebodyInCharge(
    of thing: Thing? = nil, without leaver: ID<User>? = nil
  ) throws {
    var resource = Resource()
    if let thing { resource.protections = try protections(of: [thing]) }
    let isLed = try activeMembers(.owner).contains { user in
      guard user != leaver else { return false }
      let rights = try ownRights(of: user, for: .permissionManage)
      return !rights.grants.contains {
        $0.effect == .deny && $0.window.end.map { now < $0 } ?? true
      }
        && rights.decide(.permissionManage, on: resource, in: Circumstances(now)).isAllowed
    }
    guard isLed else { throw Refusal.access(.nobodyInCharge) }
  }
}
