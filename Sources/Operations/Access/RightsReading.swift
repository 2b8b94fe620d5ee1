package import Domain
import Foundation
package import Store

/// The member that rights are read for.
struct MemberRow {
  let name: String
  var role: Role
  var department: ID<Department>?
  var mayApprove: Bool
  var limit: Money?
}

extension Reading {
  /// What the active member `user` holds, with everything that others lend them; where only one
  /// permission is in question, without the grants that don't speak of it. Throws `notAMember`.
  package func rights(of user: ID<User>, for permission: Permission? = nil) throws -> Rights {
    var rights = try ownRights(of: user, for: permission)
    rights.delegations = try delegations(to: user, for: permission) {
      try ownRights(of: $0, for: permission)
    }
    if rights.key == nil { rights.brokenGlass = try brokenGlass(by: user) }
    return rights
  }

  /// The same without what others lend them; in another role where one is given.
  func ownRights(
    of user: ID<User>, for permission: Permission? = nil, as role: Role? = nil
  ) throws -> Rights {
    let found = try row(
      MemberRow.init,
      """
      SELECT u.display_name, m.role, m.department_id, m.may_approve, m.spending_limit
      FROM business_memberships m JOIN users u ON u.id = m.user_id
      WHERE m.business_id = :business AND m.user_id = :user AND m.status = 'active'
        AND u.status = 'active'
      """, ["user": user])
    guard var found else { throw Refusal.notAMember }
    found.role = role ?? found.role
    return try ownRights(of: user, member: found, for: permission)
  }

  /// The same of somebody who is, or was, such a member.
  func ownRights(
    of user: ID<User>, member found: MemberRow, for permission: Permission? = nil
  ) throws -> Rights {
    let tree = try departmentTree()
    let posts = try posts(of: user)
    let led = posts.filter { $0.post.role.leadsWhatIsBelow && $0.window.holds(now) }
    let departments =
      try departmentsHeaded(by: user) + led.map(\.department)
      + [found.department].compactMap(\.self)
    let person = Person(
      id: user, name: found.name, role: found.role, departments: tree.below(departments),
      memberOf: tree.above(found.department), groups: try groups(of: user), limit: found.limit)
    var rights = Rights(person, state: try businessState())
    let grants =
      try (found.mayApprove ? [Grant.approving(as: person)] : [])
      + posts.flatMap { $0.grants(in: tree) }
      + widened(
        templateGrants(to: person, department: found.department)
          + personalGrants(to: user, for: permission), tree)
    rights.grants = grants.filter { grant in permission.map(grant.pattern.matches) ?? true }
    // Whatever else is decided of whoever acts by a key, it is by no more than the key is for.
    if user == actor.user, let scope = actor.key { rights.bind(to: scope) }
    return rights
  }

  /// What the business takes now.
  func businessState() throws -> BusinessState {
    typealias Found = (status: String, subscription: String, expires: Timestamp?)
    let found = try row(
      { (status: String, subscription: String, expires: Timestamp?) in
        Found(status, subscription, expires)
      },
      """
      SELECT status, subscription_status, subscription_expires_at FROM businesses
      WHERE id = :business
      """)
    guard let found else { throw Refusal.notAMember }
    return BusinessState(
      status: found.status, subscription: found.subscription, until: found.expires, at: now)
  }

  /// Today's, which access goes by, without what was removed.
  func departmentTree() throws -> Tree<Department> {
    Tree(
      try rows(
        { (id: ID<Department>, parent: ID<Department>?) in (id, parent) },
        """
        SELECT id, parent_id FROM departments
        WHERE business_id = :business AND deleted_at IS NULL
        """))
  }

  /// As it was on a day, with what was removed since.
  func departmentTree(on day: Day) throws -> Tree<Department> {
    Tree(
      try rows(
        { (id: ID<Department>, parent: ID<Department>?) in (id, parent) },
        """
        SELECT d.id, p.parent_id FROM departments d
        LEFT JOIN department_parents p ON p.business_id = :business AND p.department_id = d.id
          AND :day BETWEEN p.from_date AND p.until_date
        WHERE d.business_id = :business
        """, ["day": day]))
  }

  private func departmentsHeaded(by user: ID<User>) throws -> [ID<Department>] {
    try rows(
      { (id: ID<Department>) in id },
      """
      SELECT id FROM departments
      WHERE business_id = :business AND head_user_id = :user AND deleted_at IS NULL
      """, ["user": user])
  }

  private func groups(of user: ID<User>) throws -> Set<String> {
    Set(
      try rows(
        { (name: String) in name },
        "SELECT group_name FROM group_members WHERE business_id = :business AND user_id = :user",
        ["user": user]))
  }

  /// What somebody is in departments.
  private func posts(of user: ID<User>) throws -> [HeldPost] {
    try rows(
      {
        (
          department: ID<Department>, name: String, role: DepartmentRole, budget: Bool,
          members: Bool, reports: Bool, requests: Bool, limit: Money?, start: Timestamp,
          end: Timestamp?
        ) in
        HeldPost(
          department: department, name: name,
          post: DepartmentPost(
            role, budget: budget, members: members, reports: reports, requests: requests,
            limit: limit), window: Window(from: start, until: end))
      },
      """
      SELECT r.department_id, d.name, r.role, r.can_approve_budget, r.can_manage_members,
        r.can_view_reports, r.can_create_requests, r.approval_limit, r.starts_at, r.ends_at
      FROM department_roles r
      JOIN departments d ON d.business_id = :business AND d.id = r.department_id
      WHERE r.business_id = :business AND r.user_id = :user AND r.created_at <= :now
        AND d.deleted_at IS NULL
      ORDER BY r.id
      """, ["user": user, "now": now])
  }

  private func personalGrants(
    to user: ID<User>, for permission: Permission?
  ) throws -> [Grant] {
    let patterns = permission.map {
      JSON.array(PermissionPattern.texts(standingFor: $0).map(JSON.string)).text
    }
    return try rows(
      {
        (
          id: Int64, permission: String, effect: Grant.Effect, kind: String?, thing: Int64?,
          limit: Money?, conditions: String, start: Timestamp, end: Timestamp?
        ) in
        Grant(
          stored: effect, permission, from: .person(id: id),
          ConditionsJSON.read(conditions)?.about(kind, thing), limit: limit,
          Window(from: start, until: end))
      },
      """
      SELECT id, permission, effect, subject_type, subject_id, amount_limit, conditions, starts_at,
        min(coalesce(ends_at, revoked_at), coalesce(revoked_at, ends_at))
      FROM user_permissions
      WHERE business_id = :business AND user_id = :user AND created_at <= :now
        AND (revoked_at IS NULL OR revoked_at > :now)
        AND (:patterns IS NULL OR permission IN (SELECT value FROM json_each(:patterns)))
      ORDER BY id
      """, ["user": user, "now": now, "patterns": patterns]
    ).compactMap(\.self)
  }

  func brokenGlass(by user: ID<User>) throws -> Window? {
    try rows(
      { (start: Timestamp, end: Timestamp) in Window(from: start, until: end) },
      """
      SELECT starts_at, ends_at FROM broken_glass
      WHERE business_id = :business AND user_id = :user AND starts_at <= :now AND ends_at > :now
      ORDER BY ends_at DESC LIMIT 1
      """, ["user": user, "now": now]
    ).first
  }

  /// What is lent to somebody, with the rights of their lenders, as `rights` has them.
  func delegations(
    to user: ID<User>, for permission: Permission?, rights: (ID<User>) throws -> Rights
  ) throws -> [Delegation] {
    let lent = try rows(
      {
        (
          id: Int64, lender: ID<User>, patterns: String, department: ID<Department>?, cap: Money?,
          start: Timestamp, end: Timestamp
        ) in (id, lender, patterns, department, cap, Window(from: start, until: end))
      },
      """
      SELECT id, from_user_id, permissions, department_id, amount_limit, starts_at,
        min(ends_at, coalesce(revoked_at, ends_at))
      FROM approval_delegations
      WHERE business_id = :business AND to_user_id = :user AND created_at <= :now
        AND (revoked_at IS NULL OR revoked_at > :now) AND ends_at > :now
      ORDER BY id
      """, ["user": user, "now": now])
    return try lent.compactMap { id, lender, texts, department, cap, window in
      let patterns = PermissionPattern.names(inJSON: texts).compactMap(PermissionPattern.init)
      guard permission.map({ asked in patterns.contains { $0.matches(asked) } }) ?? true,
        let rights = try? rights(lender)
      else { return nil }
      var conditions = Conditions()
      if let department { conditions.departments = try departmentTree().below([department]) }
      return Delegation(
        id: id, patterns: patterns, conditions: conditions, cap: cap, window: window,
        lender: rights)
    }
  }

  /// The same grants with what stands below each department and account that they name.
  private func widened(_ grants: [Grant], _ departments: Tree<Department>) throws -> [Grant] {
    let needsAccounts = grants.contains { $0.conditions.accounts != nil }
    let accounts = needsAccounts ? try accountTree() : Tree([])
    return grants.map { grant in
      var conditions = grant.conditions
      conditions.departments = conditions.departments.map { departments.below(Array($0)) }
      conditions.accounts = conditions.accounts.map { accounts.below(Array($0)) }
      return Grant(
        grant.effect, grant.pattern, from: grant.source, conditions: conditions,
        limit: grant.limit, window: grant.window)
    }
  }

  func accountTree() throws -> Tree<Account> {
    Tree(
      try rows(
        { (id: ID<Account>, parent: ID<Account>?) in (id, parent) },
        "SELECT id, parent_id FROM accounts WHERE business_id = :business"))
  }
}

/// What somebody is in a department, and when.
private struct HeldPost {
  let department: ID<Department>
  let name: String
  let post: DepartmentPost
  let window: Window

  /// What comes with it (RULES §4.2, 2c).
  func grants(in tree: Tree<Department>) -> [Grant] {
    var conditions = Conditions()
    conditions.departments =
      post.role.leadsWhatIsBelow ? tree.below([department]) : [department]
    return post.patterns.map { pattern in
      Grant(
        .allow, pattern, from: .department(department, name: name, post: post.role.rawValue),
        conditions: conditions, limit: post.limit, window: window)
    }
  }
}

extension Grant {
  /// Nil where it makes no sense, so that it gives and takes nothing: but a deny that makes none
  /// takes everything that it names.
  init?(
    stored effect: Effect, _ permission: String, from source: Source, _ conditions: Conditions?,
    limit: Money?, _ window: Window
  ) {
    guard let pattern = PermissionPattern(permission),
      let conditions = conditions ?? (effect == .deny ? Conditions() : nil)
    else { return nil }
    self.init(effect, pattern, from: source, conditions: conditions, limit: limit, window: window)
  }
}

extension Conditions {
  /// The same, for one thing alone. Nil where there are no such things.
  fileprivate func about(_ kind: String?, _ id: Int64?) -> Conditions? {
    guard let kind else { return self }
    guard let kind = Thing.Kind(rawValue: kind), let id else { return nil }
    var conditions = self
    switch kind {
    case .account: conditions.accounts = [ID(id)]
    case .department: conditions.departments = [ID(id)]
    case .entry: conditions.thing = Thing(.entry, id)
    }
    return conditions
  }
}
