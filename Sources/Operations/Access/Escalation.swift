import Domain
import Store

extension Reading {
  /// Whom somebody asks whose limit an entry is over (RULES §4.7): the first of their chain who may
  /// approve it and whose vote is still wanted; nil where nobody is. `given` are the roles of those
  /// who approved it already.
  func escalation(
    from user: ID<User>, on resource: Resource, given: [Role]
  ) throws -> Person? {
    guard let amount = resource.amount else { return nil }
    let policy = try approvalPolicy()
    let circumstances = try circumstances().fromNowhere
    for candidate in try chain(from: user, departments: resource.departments ?? []) {
      let rights = try rights(of: candidate, for: .journalApprove)
      let decision = rights.decide(.journalApprove, on: resource, in: circumstances)
      guard decision.isAllowed else { continue }
      if policy.wants(rights.voter(by: decision).role, for: amount, given: given) {
        return rights.person
      }
    }
    return nil
  }

  /// Heads of the departments, then of those above them, level by level; whom the person reports to,
  /// and so on upwards; directors; owners. Active members only, each once.
  private func chain(
    from user: ID<User>, departments: Set<ID<Department>>
  ) throws -> [ID<User>] {
    let tree = try departmentTree()
    let heads = try departmentHeads()
    // Whoever heads a department heads what is below it: nobody further down heads all of it.
    let led = tree.levels(upFrom: tree.uppermost(of: departments)).flatMap(\.self)
      .flatMap { heads[$0] ?? [] }
    let reported = try reportingTree().levels(upFrom: [user]).flatMap(\.self)
    let active = Set(try activeMembers())
    var seen: Set<ID<User>> = [user]
    return try (led + reported + activeMembers(.director) + activeMembers(.owner)).filter {
      active.contains($0) && seen.insert($0).inserted
    }
  }

  /// Those that departments name as their heads, then those who are appointed so.
  private func departmentHeads() throws -> [ID<Department>: [ID<User>]] {
    let heads = try rows(
      { (department: ID<Department>, user: ID<User>) in (department, user) },
      """
      SELECT id, head_user_id FROM departments
      WHERE business_id = :business AND head_user_id IS NOT NULL AND deleted_at IS NULL
      UNION ALL
      SELECT r.department_id, r.user_id FROM department_roles r
      JOIN departments d ON d.business_id = :business AND d.id = r.department_id
      WHERE r.business_id = :business AND r.role = 'head' AND d.deleted_at IS NULL
        AND r.created_at <= :now AND r.starts_at <= :now
        AND (r.ends_at IS NULL OR r.ends_at > :now)
      """, ["now": now])
    return Dictionary(grouping: heads, by: \.0).mapValues { $0.map(\.1) }
  }

  /// Who reports to whom, those too who have left.
  func reportingTree() throws -> Tree<User> {
    Tree(
      try rows(
        { (user: ID<User>, superior: ID<User>?) in (user, superior) },
        """
        SELECT user_id, reports_to FROM business_memberships
        WHERE business_id = :business AND reports_to IS NOT NULL
        """))
  }
}

extension Rights {
  /// Whose vote it is that is given by such a decision: a lender's, where the right is lent.
  func voter(by decision: Decision) -> Person {
    delegations.first { $0.lender.person.id == decision.actingFor }?.lender.person ?? person
  }
}
