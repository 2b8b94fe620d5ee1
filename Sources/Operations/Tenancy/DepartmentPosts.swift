package import Domain
package import Store

/// Makes somebody something in a department, with what comes with it there (RULES §4.2, 2c). Nobody
/// appoints themselves, nor gives what they don't hold in the whole business. Whoever leads a
/// department has there what their role has in its own, so that takes who manages their rights.
package struct Appoint: Command {
  package static let permission: Permission? = .departmentMemberManage
  /// What making somebody lead takes besides.
  package static let ofLeads = Permission.permissionManage
  package static let operation = "department.appoint"
  package static let event = AuditEvent.permissionChange
  let department: ID<Department>
  let user: ID<User>
  let post: DepartmentPost
  let start: Timestamp?
  let end: Timestamp?

  /// No `start` is at once, no `end` until it is ended.
  package init(
    _ user: ID<User>, to post: DepartmentPost, in department: ID<Department>,
    from start: Timestamp? = nil, until end: Timestamp? = nil
  ) {
    self.user = user
    self.post = post
    self.department = department
    self.start = start
    self.end = end
  }

  package var subject: Subject { Subject(.departmentRole) }
  package func subject(after id: ID<DepartmentPost>) -> Subject {
    Subject(.departmentRole, id.value)
  }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: department, concerning: user)
  }

  package func run(in change: Change) throws -> ID<DepartmentPost> {
    try change.requireThere(Thing(.department, department.value))
    try change.requireActive(user)
    guard user != change.actor.user else { throw Refusal.access(.ownRights) }
    if post.role.leadsWhatIsBelow { try change.requireInCharge(ofRightsOf: user) }
    try change.requireLimit(post.limit)
    try change.requireTime(from: start, until: end)
    for pattern in post.patterns { try change.requireHeld(pattern, limit: post.limit) }
    let start = start ?? change.now
    let isTaken = try change.one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM department_roles
        WHERE business_id = :business AND department_id = :department AND user_id = :user
          AND role = :role AND (:end IS NULL OR starts_at < :end)
          AND (ends_at IS NULL OR :start < ends_at))
      """,
      [
        "department": department, "user": user, "role": post.role, "start": start, "end": end,
      ])
    guard !isTaken else { throw Refusal.access(.alreadyAppointed(post.role)) }
    return try change.insert(
      DepartmentPost.self,
      """
      INSERT INTO department_roles (business_id, department_id, user_id, role, can_approve_budget,
        can_manage_members, can_view_reports, can_create_requests, approval_limit, starts_at,
        ends_at, created_by, created_at)
      VALUES (:business, :department, :user, :role, :budget, :members, :reports, :requests, :limit,
        :start, :end, :actor, :now)
      """,
      [
        "department": department, "user": user, "role": post.role,
        "budget": post.powers.contains(.approveBudget),
        "members": post.powers.contains(.manageMembers),
        "reports": post.powers.contains(.viewReports),
        "requests": post.powers.contains(.createRequests), "limit": post.limit, "start": start,
        "end": end, "actor": change.actor.user, "now": change.now,
      ])
  }
}

/// What somebody is in a department, and what comes with it.
package struct DepartmentPost: Hashable, Sendable {
  package let role: DepartmentRole
  package let powers: Set<DepartmentPower>
  /// Up to which amount its holder approves entries of the department, in minor units of the base
  /// currency; nil approves nothing.
  package let limit: Money?

  package init(_ role: DepartmentRole, _ powers: Set<DepartmentPower> = [], limit: Money? = nil) {
    self.role = role
    self.powers = powers
    self.limit = limit
  }

  /// As the columns of a row have it.
  init(
    _ role: DepartmentRole, budget: Bool, members: Bool, reports: Bool, requests: Bool,
    limit: Money?
  ) {
    let held: [(DepartmentPower, Bool)] = [
      (.approveBudget, budget), (.manageMembers, members), (.viewReports, reports),
      (.createRequests, requests),
    ]
    self.init(role, Set(held.filter(\.1).map(\.0)), limit: limit)
  }

  /// Of which permissions it is, in its department.
  var patterns: [PermissionPattern] {
    DepartmentPower.allCases.filter(powers.contains).flatMap(\.patterns)
      + (limit == nil ? [] : [PermissionPattern(.journalApprove)])
  }
}

/// Ends what somebody is in a department now. That they were it stays on record; what hadn't begun
/// never was.
package struct EndPost: Command {
  package static let permission: Permission? = .departmentMemberManage
  package static let operation = "department.dismiss"
  package static let event = AuditEvent.permissionChange
  let post: ID<DepartmentPost>

  package init(_ post: ID<DepartmentPost>) { self.post = post }

  package var subject: Subject { Subject(.departmentRole, post.value) }

  package func resource(in change: Change) throws -> Resource {
    let (department, user) = try holder(in: change)
    return try change.resource(of: department, concerning: user)
  }

  private func holder(in change: Change) throws -> (ID<Department>, ID<User>) {
    let found = try change.row(
      { (department: ID<Department>, user: ID<User>) in (department, user) },
      """
      SELECT department_id, user_id FROM department_roles
      WHERE business_id = :business AND id = :post AND (ends_at IS NULL OR ends_at > :now)
      """, ["post": post, "now": change.now])
    guard let found else { throw Refusal.noSuch(subject) }
    return found
  }

  package func run(in change: Change) throws {
    guard try holder(in: change).1 != change.actor.user else { throw Refusal.access(.ownRights) }
    let values: Arguments = ["post": post, "now": change.now]
    try change.execute(
      """
      DELETE FROM department_roles
      WHERE business_id = :business AND id = :post AND starts_at >= :now
      """, values)
    try change.execute(
      """
      UPDATE department_roles SET ends_at = :now WHERE business_id = :business AND id = :post
      """, values)
  }
}

extension Change {
  /// Whoever leads a department holds there what their role gives in their own.
  func requireInCharge(ofRightsOf user: ID<User>) throws {
    try decide(Appoint.ofLeads, on: try resource(of: user))?.require()
  }

  /// What somebody is or becomes in a department, as it is decided.
  fileprivate func resource(
    of department: ID<Department>, concerning user: ID<User>
  ) throws -> Resource {
    var resource = try resource(of: department)
    resource.concerned = user
    return resource
  }
}

/// What the reader may make of others in departments: what they hold themselves, and no lead where
/// they manage nobody's rights. Of whom and where is decided when it is done.
package struct PostsToGive: Query {
  package static let permission: Permission? = .departmentMemberManage

  package init() {}

  package struct Offer: Hashable, Sendable {
    package let roles: [DepartmentRole]
    package let powers: [DepartmentPower]
  }

  package func run(in snapshot: Snapshot) throws -> Offer {
    guard let me = snapshot.actor.user else {
      return Offer(roles: DepartmentRole.allCases, powers: DepartmentPower.allCases)
    }
    let rights = try snapshot.ownRights(of: me)
    let leads = rights.decide(
      Appoint.ofLeads, on: nil, in: try snapshot.circumstances()
    ).isAllowed
    return Offer(
      roles: DepartmentRole.allCases.filter { leads || !$0.leadsWhatIsBelow },
      powers: DepartmentPower.allCases.filter { power in
        Permission.allCases.allSatisfy { permission in
          !power.patterns.contains { $0.matches(permission) }
            || rights.holdWhole(permission, upTo: nil, at: snapshot.now)
        }
      })
  }
}

/// Who is what in a department, now or later.
package struct DepartmentPosts: Query {
  package static let permission: Permission? = .departmentRead
  let department: ID<Department>

  package init(_ department: ID<Department>) { self.department = department }

  package struct Row: Hashable, Sendable {
    package let id: ID<DepartmentPost>
    package let user: ID<User>
    package let name: String
    package let post: DepartmentPost
    package let start: Timestamp
    package let end: Timestamp?
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      {
        (
          id: ID<DepartmentPost>, user: ID<User>, name: String, role: DepartmentRole, budget: Bool,
          members: Bool, reports: Bool, requests: Bool, limit: Money?, start: Timestamp,
          end: Timestamp?
        ) in
        Row(
          id: id, user: user, name: name,
          post: DepartmentPost(
            role, budget: budget, members: members, reports: reports, requests: requests,
            limit: limit), start: start, end: end)
      },
      """
      SELECT r.id, r.user_id, n.name, r.role, r.can_approve_budget, r.can_manage_members,
        r.can_view_reports, r.can_create_requests, r.approval_limit, r.starts_at, r.ends_at
      FROM department_roles r
      JOIN departments d ON d.business_id = :business AND d.id = r.department_id
      JOIN member_names n ON n.business_id = :business AND n.user_id = r.user_id
      WHERE r.business_id = :business AND r.department_id = :department
        AND d.deleted_at IS NULL AND (r.ends_at IS NULL OR r.ends_at > :now)
      ORDER BY r.id
      """, ["department": department, "now": snapshot.now])
  }
}
