package import Domain
package import Store

/// The departments of the business, each after what it stands below.
package struct Departments: Query {
  package static let permission: Permission? = .departmentRead

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<Department>
    package let parent: ID<Department>?
    /// 0 at the top.
    package let depth: Int
    package let code: String
    package let name: String
    package let type: DepartmentType
    /// Whom the department itself names as its head.
    package let headUser: ID<User>?
    package let head: String?
    /// Who leads it now: its head, and whoever is appointed to be that, by name.
    package let heads: String
    package let costCentre: String?
    package let inactiveFrom: Day?

    package var content: DepartmentContent {
      DepartmentContent(
        code: code, name: name, type: type, parent: parent, head: headUser,
        costCentre: costCentre, inactiveFrom: inactiveFrom)
    }

    /// As lines of entries know it.
    package var facts: DepartmentFacts {
      DepartmentFacts(label: "\(code) \(name)", inactiveFrom: inactiveFrom)
    }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      Row.init,
      """
      WITH RECURSIVE tree (id, depth, path) AS (
        SELECT id, 0, lower(code) FROM departments
        WHERE business_id = :business AND parent_id IS NULL AND deleted_at IS NULL
        UNION ALL
        SELECT d.id, tree.depth + 1, tree.path || char(31) || lower(d.code)
        FROM tree JOIN departments d ON d.business_id = :business AND d.parent_id = tree.id
        WHERE d.deleted_at IS NULL)
      SELECT d.id, d.parent_id, tree.depth, d.code, d.name, d.type, d.head_user_id,
        u.display_name,
        (SELECT coalesce(group_concat(name, ', '), '') FROM (
          SELECT n.name FROM member_names n
          WHERE n.business_id = :business AND (n.user_id = d.head_user_id OR n.user_id IN (
            SELECT r.user_id FROM department_roles r
            WHERE r.business_id = :business AND r.department_id = d.id AND r.role = 'head'
              AND r.starts_at <= :now AND (r.ends_at IS NULL OR r.ends_at > :now)))
          ORDER BY n.name)),
        d.cost_centre_code, d.inactive_from_date
      FROM tree
      JOIN departments d ON d.business_id = :business AND d.id = tree.id
      LEFT JOIN users u ON u.id = d.head_user_id
      ORDER BY tree.path
      """, ["now": snapshot.now])
  }
}

/// The departments that were taken away.
package struct DeletedDepartments: Query {
  package static let permission: Permission? = .departmentRead

  package init() {}

  /// The last first.
  package func run(in snapshot: Snapshot) throws -> [Deleted<Department>] {
    try snapshot.rows(
      Deleted.init,
      """
      SELECT id, code, name, deleted_at FROM departments
      WHERE business_id = :business AND deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC
      """)
  }
}

extension [Departments.Row] {
  /// The one that people call so, by code or by name. Throws `noSuchNamed` or `ambiguousName`.
  package func called(_ name: String) throws -> Departments.Row {
    let folded = name.lowercased()
    if let match = first(where: { $0.code.lowercased() == folded }) { return match }
    let matches = filter { $0.name.lowercased() == folded }
    guard let match = matches.first else {
      throw Refusal.noSuchNamed(kind: .department, name: name)
    }
    guard matches.count == 1 else {
      throw Refusal.ambiguousName(kind: .department, name: name, matches: matches.map(\.code))
    }
    return match
  }
}

extension [Members.Row] {
  /// Those for whom something can be done from now on.
  package var active: [Members.Row] { filter { $0.status == "active" } }

  /// The one that people call so, by e-mail address or by name. Throws `noSuchNamed` or
  /// `ambiguousName`.
  package func called(_ name: String) throws -> Members.Row {
    let folded = name.lowercased()
    if let match = first(where: { $0.email.lowercased() == folded }) { return match }
    let matches = filter { $0.name.lowercased() == folded }
    guard let match = matches.first else { throw Refusal.noSuchNamed(kind: .user, name: name) }
    guard matches.count == 1 else {
      throw Refusal.ambiguousName(kind: .user, name: name, matches: matches.map(\.email))
    }
    return match
  }
}
