package import Domain
import Foundation
package import Store

/// Lends somebody rights of one's own, or of somebody whom one may act for, until a day comes
/// (RULES §4.5). Whoever borrows them never has more than the lender has at the time.
package struct Delegate: Command {
  package static let permission: Permission? = .delegationCreate
  package static let event = AuditEvent.permissionChange
  let delegation: NewDelegation

  package init(_ delegation: NewDelegation) { self.delegation = delegation }

  package var subject: Subject { Subject(.delegation) }
  package func subject(after id: ID<Delegation>) -> Subject { Subject(.delegation, id.value) }
  package var reason: String? { delegation.reason }

  /// Whose right it is has made it.
  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: delegation.from)
  }

  package func run(in change: Change) throws -> ID<Delegation> {
    try change.requireReason(delegation.reason)
    for name in delegation.permissions where PermissionPattern(name) == nil {
      throw Refusal.access(.unknownPermission(name))
    }
    guard delegation.from != delegation.to else { throw Refusal.access(.toOneself) }
    if delegation.from != change.actor.user { try lendForAnother(in: change) }
    try requireSomethingToLend(in: change)
    for person in [delegation.from, delegation.to] { try change.requireActive(person) }
    if let department = delegation.department {
      try change.requireThere(Thing(.department, department.value))
    }
    try change.requireLimit(delegation.cap)
    try change.requireTime(from: delegation.start, until: delegation.end)
    return try change.insert(
      Delegation.self,
      """
      INSERT INTO approval_delegations (business_id, from_user_id, to_user_id, permissions,
        department_id, amount_limit, starts_at, ends_at, reason, created_by, created_at)
      VALUES (:business, :from, :to, :permissions, :department, :cap, :start, :end, :reason,
        :actor, :now)
      """,
      [
        "from": delegation.from, "to": delegation.to,
        "permissions": JSON.array(delegation.permissions.map(JSON.string)).text,
        "department": delegation.department, "cap": delegation.cap,
        "start": delegation.start ?? change.now,
        "end": delegation.end, "reason": delegation.reason, "actor": change.actor.user,
        "now": change.now,
      ])
  }
}

extension Delegate {
  /// Throws `notHeld` for a permission of which the lender has nothing to lend.
  private func requireSomethingToLend(in change: Change) throws {
    let lender = try change.ownRights(of: delegation.from)
    for pattern in delegation.permissions.compactMap(PermissionPattern.init) {
      let held = pattern.permissions.filter {
        $0.isLendable && lender.decide($0, on: nil, in: Circumstances(change.now)).isAllowed
      }
      guard held.isEmpty, let first = pattern.permissions.min(by: { $0.rawValue < $1.rawValue })
      else { continue }
      throw Refusal.access(.notHeld(first))
    }
  }

  /// Whoever lends what somebody else holds gives it as if it were their own, and never to themselves.
  private func lendForAnother(in change: Change) throws {
    guard let actor = change.actor.user else { return }
    guard delegation.to != actor else { throw Refusal.access(.ownRights) }
    let lender = try change.ownRights(of: delegation.from).person.role
    guard try lender <= change.ownRights(of: actor).person.role else {
      throw Refusal.roleAboveOwn(lender)
    }
    for pattern in delegation.permissions.compactMap(PermissionPattern.init) {
      for permission in pattern.permissions where permission.isLendable {
        try change.requireHeld(PermissionPattern(permission), limit: delegation.cap)
      }
    }
  }
}

/// What is lent, to whom and for how long.
package struct NewDelegation: Hashable, Sendable {
  /// What is lent where nobody says.
  package static let usual = [Permission.journalApprove.rawValue]

  package let from: ID<User>
  package let to: ID<User>
  /// Names or patterns.
  package var permissions = Self.usual
  package var department: ID<Department>?
  /// Minor units of the base currency; nil is the lender's own limit.
  package var cap: Money?
  /// Nil is at once.
  package var start: Timestamp?
  package let end: Timestamp
  package let reason: String

  package init(from: ID<User>, to: ID<User>, until end: Timestamp, reason: String) {
    self.from = from
    self.to = to
    self.end = end
    self.reason = reason
  }
}

/// Takes back what was lent, before its time.
package struct EndDelegation: Command {
  package static let permission: Permission? = .delegationCreate
  package static let operation = "delegation.revoke"
  package static let event = AuditEvent.permissionChange
  let delegation: ID<Delegation>

  package init(_ delegation: ID<Delegation>) { self.delegation = delegation }

  package var subject: Subject { Subject(.delegation, delegation.value) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: try lender(in: change))
  }

  private func lender(in change: Change) throws -> ID<User> {
    let from = try change.row(
      { (user: ID<User>) in user },
      """
      SELECT from_user_id FROM approval_delegations
      WHERE business_id = :business AND id = :delegation
      """, ["delegation": delegation])
    guard let from else { throw Refusal.noSuch(subject) }
    return from
  }

  package func run(in change: Change) throws {
    _ = try lender(in: change)
    try change.execute(
      """
      UPDATE approval_delegations SET revoked_by = :actor, revoked_at = :now
      WHERE business_id = :business AND id = :delegation
      """, ["actor": change.actor.user, "now": change.now, "delegation": delegation])
  }
}

/// What is lent now or will be: all of it to whoever may lend anybody's, else one's own and what one
/// has borrowed.
package struct Delegations: Query {
  package static let permission: Permission? = nil

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<Delegation>
    package let lender: ID<User>
    package let from: String
    package let to: String
    /// A JSON array of names and patterns.
    let permissions: String
    package let department: String?
    package let cap: Money?
    package let start: Timestamp
    package let end: Timestamp
    package let reason: String

    /// Names and patterns of what is lent.
    package var names: [String] { PermissionPattern.names(inJSON: permissions) }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    let seesAll = try snapshot.decide(.delegationCreate, on: Resource())?.isAllowed ?? true
    return try snapshot.rows(
      Row.init,
      """
      SELECT d.id, d.from_user_id, f.display_name, t.display_name, d.permissions, p.code,
        d.amount_limit, d.starts_at, d.ends_at, d.reason
      FROM approval_delegations d
      JOIN users f ON f.id = d.from_user_id
      JOIN users t ON t.id = d.to_user_id
      LEFT JOIN departments p ON p.business_id = :business AND p.id = d.department_id
      WHERE d.business_id = :business AND d.revoked_at IS NULL AND d.ends_at > :now
        AND (:all OR :me IN (d.from_user_id, d.to_user_id))
      ORDER BY d.id
      """, ["now": snapshot.now, "all": seesAll, "me": snapshot.actor.user])
  }
}
