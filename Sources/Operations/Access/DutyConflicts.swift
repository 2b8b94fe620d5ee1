package import Domain
package import Phrases
package import Store

package enum DutyWaiver {}

/// Who holds two permissions that one person had better not hold, as far as the reader may ask about
/// them (RULES §4.6).
package struct DutyConflicts: Query {
  package static let permission: Permission? = .permissionExplain

  package init() {}

  package struct Row: Hashable, Sendable {
    package let person: Person
    package let conflict: DutyConflict
    /// Nil where nobody has waived it for now.
    package let waiver: Waiver?
  }

  package struct Waiver: Hashable, Sendable {
    package let id: ID<DutyWaiver>
    package let reason: String
    package let waivedBy: String
    package let end: Timestamp
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    let circumstances = try snapshot.circumstances().fromNowhere
    let mayExplain = try snapshot.whole.explaining()
    let waivers = try snapshot.waivers()
    return try snapshot.activeMembers().filter(mayExplain).flatMap { user in
      let rights = try snapshot.whole.rights(of: user)
      let held = Set(
        Permission.allCases.filter {
          let decision = rights.decide($0, on: nil, in: circumstances)
          return decision.isAllowed || decision.denial == .secondPersonNeeded
        })
      return DutyConflict.all.filter { $0.isIn(held) }.map { conflict in
        Row(
          person: rights.person, conflict: conflict,
          waiver: waivers.first {
            $0.user == user && $0.first == conflict.first.rawValue
              && $0.second == conflict.second.rawValue
          }?.waiver)
      }
    }
  }
}

/// Accepts, until a day comes, that one person holds both of two permissions.
package struct WaiveConflict: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.waive"
  package static let event = AuditEvent.permissionChange
  let user: ID<User>
  let first: Permission
  let second: Permission
  let end: Timestamp
  let why: String

  package init(
    _ first: Permission, _ second: Permission, of user: ID<User>, until end: Timestamp,
    reason: String
  ) {
    self.user = user
    self.first = first
    self.second = second
    self.end = end
    why = reason
  }

  package var subject: Subject { Subject(.waiver) }
  package func subject(after id: ID<DutyWaiver>) -> Subject { Subject(.waiver, id.value) }
  package var reason: String? { why }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: user) }

  package func run(in change: Change) throws -> ID<DutyWaiver> {
    try change.requireReason(why)
    guard user != change.actor.user else { throw Refusal.access(.ownRights) }
    try change.requireActive(user)
    let conflict = DutyConflict.all.first { $0.isIn([first, second]) }
    guard let conflict, first != second else { throw Refusal.access(.noConflict(first, second)) }
    try change.requireTime(from: nil, until: end)
    return try change.insert(
      DutyWaiver.self,
      """
      INSERT INTO duty_waivers (business_id, user_id, first_permission, second_permission, reason,
        granted_by, created_at, ends_at)
      VALUES (:business, :user, :first, :second, :reason, :actor, :now, :end)
      """,
      [
        "user": user, "first": conflict.first.rawValue, "second": conflict.second.rawValue,
        "reason": why, "actor": change.actor.user, "now": change.now, "end": end,
      ])
  }
}

/// Ends a waiver before its time.
package struct EndWaiver: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.waiver.end"
  package static let event = AuditEvent.permissionChange
  let waiver: ID<DutyWaiver>
  let why: String

  package init(_ waiver: ID<DutyWaiver>, reason: String) {
    self.waiver = waiver
    why = reason
  }

  package var subject: Subject { Subject(.waiver, waiver.value) }
  package var reason: String? { why }

  package func run(in change: Change) throws {
    try change.requireReason(why)
    let user = try change.row(
      { (user: ID<User>) in user },
      "SELECT user_id FROM duty_waivers WHERE business_id = :business AND id = :waiver",
      ["waiver": waiver])
    guard user != nil else { throw Refusal.noSuch(subject) }
    try change.execute(
      """
      UPDATE duty_waivers SET revoked_by = :actor, revoked_at = :now
      WHERE business_id = :business AND id = :waiver
      """, ["actor": change.actor.user, "now": change.now, "waiver": waiver])
  }
}

extension DutyConflict {
  /// What can be done about it where it can't be avoided.
  package var mitigation: Phrase {
    switch (first, second) {
    case (.accountCreate, _): "Have somebody else look at new accounts each month."
    case (.userRoleAssign, _): "Have another owner look at changes of roles each month."
    case (.rateEdit, _): "Have somebody else compare the rates with their source."
    case (.workflowPublish, _): "Have somebody else read each workflow before it is published."
    case (.periodClose, _): "A second person confirms each reopening; read why."
    case (.auditRetention, _): "A second owner confirms each archive; keep copies elsewhere."
    case (.importRun, _): "Have somebody else approve what they imported."
    default: "Have another owner look at keys and what was done by them."
    }
  }
}

extension Reading {
  fileprivate func waivers() throws -> [(
    user: ID<User>, first: String, second: String, waiver: DutyConflicts.Waiver
  )] {
    try rows(
      {
        (
          id: ID<DutyWaiver>, user: ID<User>, first: String, second: String, reason: String,
          by: String, end: Timestamp
        ) in
        (
          user: user, first: first, second: second,
          waiver: DutyConflicts.Waiver(id: id, reason: reason, waivedBy: by, end: end)
        )
      },
      """
      SELECT w.id, w.user_id, w.first_permission, w.second_permission, w.reason, u.display_name,
        w.ends_at
      FROM duty_waivers w JOIN users u ON u.id = w.granted_by
      WHERE w.business_id = :business AND w.revoked_at IS NULL AND w.ends_at > :now
      ORDER BY w.ends_at DESC
      """, ["now": now])
  }
}
