package import Domain
package import Store

/// What is done to one member.
protocol MemberCommand: Command {
  var member: ID<Membership> { get }
}

extension MemberCommand {
  package var subject: Subject { .membership(member) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: try change.user(of: member))
  }
}

/// Gives a member another role. Their sessions in the business end, so that nothing goes on under the
/// old one.
package struct AssignRole: MemberCommand {
  package static let permission: Permission? = .userRoleAssign
  package static let event = AuditEvent.permissionChange
  let member: ID<Membership>
  let role: Role

  package init(_ role: Role, to member: ID<Membership>) {
    self.role = role
    self.member = member
  }

  package func resource(in change: Change) throws -> Resource {
    var resource = try change.resource(of: try change.user(of: member))
    resource.roles?.insert(role)
    return resource
  }

  package func run(in change: Change) throws {
    let user = try change.requireAnother(member)
    if let actor = change.actor.user {
      guard try role <= change.rights(of: actor, for: Self.permission).person.role else {
        throw Refusal.roleAboveOwn(role)
      }
    }
    try change.execute(
      """
      UPDATE business_memberships SET role = :role, updated_at = :now, version = version + 1
      WHERE business_id = :business AND id = :member
      """, ["role": role, "now": change.now, "member": member])
    try change.endSessions(of: user, because: "the role changed")
    try change.requireSomebodyInCharge()
  }
}

/// Keeps a member out until they are reinstated.
package struct SuspendMember: MemberCommand {
  package static let permission: Permission? = .userSuspend
  package static let event = AuditEvent.permissionChange
  let member: ID<Membership>
  let why: String

  package init(_ member: ID<Membership>, reason: String) {
    self.member = member
    why = reason
  }

  package var reason: String? { why }

  package func run(in change: Change) throws {
    try change.requireReason(why)
    let user = try change.requireAnother(leaving: member)
    try change.setStatus("suspended", of: member, from: ["active"])
    try change.endSessions(of: user, because: "suspended")
    try change.requireSomebodyInCharge()
  }
}

/// Lets a suspended or removed member in again, in the role that they had.
package struct ReinstateMember: MemberCommand {
  package static let permission: Permission? = .userSuspend
  package static let operation = "user.reinstate"
  package static let event = AuditEvent.permissionChange
  let member: ID<Membership>

  package init(_ member: ID<Membership>) { self.member = member }

  package func run(in change: Change) throws {
    _ = try change.requireAnother(member)
    let hasJoined = try change.one(
      Bool.self,
      """
      SELECT joined_at IS NOT NULL FROM business_memberships
      WHERE business_id = :business AND id = :member
      """, ["member": member])
    // An invitation that was taken back has made nobody a member.
    guard hasJoined else { throw Refusal.access(.memberStatus("pending")) }
    try change.requireRoomForMember()
    try change.setStatus("active", of: member, from: ["suspended", "inactive"])
  }
}

/// Ends a membership, or an invitation that nobody has accepted. What the person did stays.
package struct RemoveMember: MemberCommand {
  package static let permission: Permission? = .userSuspend
  package static let operation = "user.remove"
  package static let event = AuditEvent.permissionChange
  let member: ID<Membership>
  let why: String

  package init(_ member: ID<Membership>, reason: String) {
    self.member = member
    why = reason
  }

  package var reason: String? { why }

  package func run(in change: Change) throws {
    try change.requireReason(why)
    let user = try change.requireAnother(leaving: member)
    try change.setStatus("inactive", of: member, from: ["active", "suspended", "pending"])
    try change.endSessions(of: user, because: "removed")
    try change.requireSomebodyInCharge()
  }
}

/// Says how much a member may approve; nil is no limit of their own. Nobody sets their own, and nobody
/// a higher one than they have (RULES §4.7).
package struct LimitMember: MemberCommand {
  package static let permission: Permission? = .permissionManage
  package static let operation = "user.limit"
  package static let event = AuditEvent.permissionChange
  let member: ID<Membership>
  let limit: Money?

  package init(_ member: ID<Membership>, to limit: Money?) {
    self.member = member
    self.limit = limit
  }

  package func run(in change: Change) throws {
    _ = try change.requireAnother(member)
    try change.requireLimit(limit)
    try change.requireHeld(PermissionPattern(.journalApprove), limit: limit)
    try change.execute(
      """
      UPDATE business_memberships SET spending_limit = :limit, updated_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :member
      """, ["limit": limit, "now": change.now, "member": member])
  }
}

/// Says whether a member may approve by their membership alone: what belongs to their departments, up
/// to their limit. Nobody says so of themselves, nor gives what they don't hold (RULES §4.7).
package struct LetApprove: MemberCommand {
  package static let permission: Permission? = .permissionManage
  package static let operation = "user.approver"
  package static let event = AuditEvent.permissionChange
  let member: ID<Membership>
  let may: Bool

  package init(_ member: ID<Membership>, may: Bool) {
    self.member = member
    self.may = may
  }

  package func run(in change: Change) throws {
    _ = try change.requireAnother(member)
    if may {
      let limit = try change.one(
        Money?.self,
        """
        SELECT spending_limit FROM business_memberships
        WHERE business_id = :business AND id = :member
        """, ["member": member])
      try change.requireHeld(PermissionPattern(.journalApprove), limit: limit)
    }
    try change.execute(
      """
      UPDATE business_memberships SET may_approve = :may, updated_at = :now, version = version + 1
      WHERE business_id = :business AND id = :member
      """, ["may": may, "now": change.now, "member": member])
  }
}

/// Says whom a member reports to: whoever is asked next what is over the limit of the heads of its
/// departments (RULES §4.7). It gives no rights. Whoever leaves stays where they stood, so that those
/// who report to them are still led to whom they themselves reported to.
package struct SetSuperior: MemberCommand {
  package static let permission: Permission? = .departmentMemberManage
  package static let operation = "user.superior"
  package static let event = AuditEvent.update
  let member: ID<Membership>
  let superior: ID<Membership>?

  /// Nil is nobody.
  package init(_ superior: ID<Membership>?, of member: ID<Membership>) {
    self.superior = superior
    self.member = member
  }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(placing: member)
  }

  package func run(in change: Change) throws {
    let user = try change.requireAnother(member)
    let superior = try superior.map(change.user)
    if let superior {
      try change.requireActive(superior)
      guard superior != user else { throw Refusal.access(.ownSuperior) }
      guard try !change.reportingTree().above(superior).contains(user) else {
        throw Refusal.access(.reportsAlready)
      }
    }
    try change.execute(
      """
      UPDATE business_memberships SET reports_to = :superior, updated_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :member
      """, ["superior": superior, "now": change.now, "member": member])
  }
}

/// Says what a member's job is called. It gives no rights.
package struct SetTitle: MemberCommand {
  package static let permission: Permission? = .departmentMemberManage
  package static let operation = "user.title"
  package static let event = AuditEvent.update
  package static let mostCharacters = 100
  let member: ID<Membership>
  let title: String

  package init(_ title: String, of member: ID<Membership>) {
    self.title = title
    self.member = member
  }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(placing: member)
  }

  package func run(in change: Change) throws {
    _ = try change.requireAnother(member)
    try title.requireSeen()
    guard title.unicodeScalars.count <= Self.mostCharacters else {
      throw Refusal.access(.tooLong(most: Self.mostCharacters))
    }
    try change.execute(
      """
      UPDATE business_memberships SET job_title = :title, updated_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :member
      """, ["title": title, "now": change.now, "member": member])
  }
}

/// Puts a member into a department, or into none.
package struct PlaceMember: MemberCommand {
  package static let permission: Permission? = .departmentMemberManage
  package static let event = AuditEvent.update
  let member: ID<Membership>
  let department: ID<Department>?

  package init(_ member: ID<Membership>, in department: ID<Department>?) {
    self.member = member
    self.department = department
  }

  /// Both the department that they leave and the one that they come into.
  package func resource(in change: Change) throws -> Resource {
    var resource = try change.resource(placing: member)
    resource.departments?.formUnion([department].compactMap(\.self))
    return resource
  }

  package func run(in change: Change) throws {
    _ = try change.requireAnother(member)
    if let department { try change.requireThere(Thing(.department, department.value)) }
    try change.execute(
      """
      UPDATE business_memberships SET department_id = :department, updated_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :member
      """, ["department": department, "now": change.now, "member": member])
  }
}

/// Releases somebody who typed too many wrong passwords.
package struct UnlockMember: MemberCommand {
  package static let permission: Permission? = .userSuspend
  package static let operation = "user.unlock"
  package static let event = AuditEvent.update
  let member: ID<Membership>

  package init(_ member: ID<Membership>) { self.member = member }

  package func run(in change: Change) throws {
    let user = try change.requireAnother(member)
    // Or whoever is in charge here could have passwords tried that open other businesses.
    guard try change.worksHereOnly(user) else { throw Refusal.access(.worksElsewhere) }
    try change.execute(
      """
      UPDATE users SET failed_attempts = 0, locked_until = NULL, updated_at = :now
      WHERE id = :user AND :business > 0
      """, ["user": user, "now": change.now])
  }
}

/// Gives somebody who has forgotten their password a code to set another with; until they do, the
/// old one stays. What comes out is the code; the database keeps its hash.
package struct ResetPassword: MemberCommand {
  package static let permission: Permission? = .userSuspend
  package static let operation = "user.password.reset"
  package static let event = AuditEvent.update
  static let validSeconds: Int64 = 86_400
  let member: ID<Membership>
  let code: String

  /// `code` is unguessable; `Workspace.resetPassword` makes one.
  init(_ member: ID<Membership>, code: String) {
    self.member = member
    self.code = code
  }

  /// What whoever has the code runs; `path` is that of the database, nil for one in memory.
  package static func command(for email: String, at path: String?) -> String {
    "coreflow \(path.map { "--db \($0) " } ?? "")user password \(email) --code"
  }

  package func run(in change: Change) throws -> String {
    let user = try change.requireAnother(member)
    // Or whoever is in charge here could open other businesses with it.
    guard try change.worksHereOnly(user) else { throw Refusal.access(.passwordOpensElsewhere) }
    try change.execute(
      """
      UPDATE users SET password_reset_hash = :hash, password_reset_expires_at = :expires,
        updated_at = :now
      WHERE id = :user AND :business > 0
      """,
      [
        "hash": OneTimeCode.hash(of: code),
        "expires": change.now.adding(seconds: Self.validSeconds),
        "now": change.now, "user": user,
      ])
    return code
  }
}

extension Workspace {
  package func resetPassword(
    of member: ID<Membership>, as principal: Principal
  ) async throws -> String {
    try await perform(ResetPassword(member, code: newCode()), as: principal)
  }
}

extension Change {
  func worksHereOnly(_ user: ID<User>) throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT NOT EXISTS (SELECT 1 FROM business_memberships
        WHERE user_id = :user AND CASE business_id WHEN :business THEN status <> 'active'
          ELSE status IN ('active', 'suspended') END)
      """, ["user": user])
  }

  /// The same of one who is to lead no more. The last owner is told that they are.
  fileprivate func requireAnother(leaving member: ID<Membership>) throws -> ID<User> {
    let user = try user(of: member)
    if user == actor.user { try requireSomebodyInCharge(without: user) }
    return try requireAnother(member)
  }

  /// The user that a membership is of, who is neither the actor nor above them. Throws `noSuch`,
  /// `ownRights` or `roleAboveOwn`.
  func requireAnother(_ member: ID<Membership>) throws -> ID<User> {
    let user = try user(of: member)
    guard let me = actor.user else { return user }
    guard user != me else { throw Refusal.access(.ownRights) }
    let theirs = try one(
      Role.self,
      "SELECT role FROM business_memberships WHERE business_id = :business AND id = :member",
      ["member": member])
    guard try theirs <= ownRights(of: me).person.role else { throw Refusal.roleAboveOwn(theirs) }
    return user
  }

  /// A member, as it is decided where they stand in the business.
  fileprivate func resource(placing member: ID<Membership>) throws -> Resource {
    try resource(of: try user(of: member)).placed
  }

  fileprivate func user(of member: ID<Membership>) throws -> ID<User> {
    let user = try row(
      { (user: ID<User>) in user },
      "SELECT user_id FROM business_memberships WHERE business_id = :business AND id = :member",
      ["member": member])
    guard let user else { throw Refusal.noSuch(.membership(member)) }
    return user
  }

  /// Throws `memberStatus` where it isn't one of `before`.
  fileprivate func setStatus(
    _ status: String, of member: ID<Membership>, from before: Set<String>
  ) throws {
    let now = try one(
      String.self,
      "SELECT status FROM business_memberships WHERE business_id = :business AND id = :member",
      ["member": member])
    guard before.contains(now) else { throw Refusal.access(.memberStatus(now)) }
    try execute(
      """
      UPDATE business_memberships SET status = :status, invitation_hash = NULL,
        invitation_expires_at = NULL, updated_at = :now, version = version + 1
      WHERE business_id = :business AND id = :member
      """, ["status": status, "now": self.now, "member": member])
  }

  /// Ends every session of theirs in this business.
  func endSessions(of user: ID<User>, because reason: String) throws {
    try execute(
      """
      UPDATE user_sessions SET revoked_at = :now, revoked_reason = :reason
      WHERE business_id = :business AND user_id = :user AND revoked_at IS NULL
      """, ["now": now, "reason": reason, "user": user])
  }
}

extension Resource {
  /// A member, as it is decided where they stand in the business.
  var placed: Resource {
    var resource = self
    resource.creator = nil
    // Whoever is in no department is in nobody's, so none's manager has a say about them.
    if resource.departments?.isEmpty == true { resource.departments = nil }
    return resource
  }
}
