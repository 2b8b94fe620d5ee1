import Domain
import Foundation
import Store

/// One permission of a template, as the database keeps it.
struct TemplatePermission: Codable, Hashable, Sendable, KnowsItsFields {
  static let fields: Set = ["permission", "effect", "limit", "conditions"]

  let permission: String
  let effect: String
  /// In minor units.
  let limit: Int64?
  let conditions: Known<ConditionsJSON>?

  /// Nil where it isn't an array of such objects.
  static func read(_ json: String) -> [TemplatePermission]? {
    try? JSONDecoder().decode([Known<TemplatePermission>].self, from: Data(json.utf8)).map(\.value)
  }
}

/// Which role inherits from which (RULES §4.2, 2b).
struct RoleHierarchy {
  struct Link {
    let parent: Role
    let child: Role
    let permissions: Bool
    let restrictions: Bool
  }

  let links: [Link]

  /// Those whose allows `role` has too: itself, and whoever stands below by links that pass them on.
  func allowing(_ role: Role) -> Set<Role> {
    reached(from: role) { $0.parent == $1 && $0.permissions ? $0.child : nil }
  }

  /// Those whose denies bind `role` too: itself, and whoever stands above by links that pass them on.
  func denying(_ role: Role) -> Set<Role> {
    reached(from: role) { $0.child == $1 && $0.restrictions ? $0.parent : nil }
  }

  private func reached(from role: Role, _ step: (Link, Role) -> Role?) -> Set<Role> {
    var found: Set<Role> = [role]
    var waiting = [role]
    while let next = waiting.popLast() {
      waiting += links.compactMap { step($0, next) }.filter { found.insert($0).inserted }
    }
    return found
  }
}

extension Reading {
  func roleHierarchy() throws -> RoleHierarchy {
    RoleHierarchy(
      links: try rows(
        RoleHierarchy.Link.init,
        """
        SELECT parent_role, child_role, inherit_permissions, inherit_restrictions
        FROM role_hierarchies WHERE business_id IN (0, :business)
        """))
  }

  /// What templates give the person, their role with those that it inherits from, and their
  /// department.
  func templateGrants(to person: Person, department: ID<Department>?) throws -> [Grant] {
    let assigned = try rows(
      {
        (
          id: Int64, name: String, permissions: String, role: Role?, start: Timestamp,
          end: Timestamp?
        ) in (id, name, permissions, role, Window(from: start, until: end))
      },
      """
      SELECT a.id, t.name, t.permissions, a.role, a.starts_at,
        min(coalesce(a.ends_at, a.revoked_at), coalesce(a.revoked_at, a.ends_at))
      FROM template_assignments a
      JOIN permission_templates t ON t.business_id = :business AND t.id = a.template_id
      WHERE a.business_id = :business AND t.status = 'active' AND a.created_at <= :now
        AND (a.revoked_at IS NULL OR a.revoked_at > :now)
        AND (a.user_id = :user OR a.department_id = :department OR a.role IS NOT NULL)
      ORDER BY a.id
      """, ["user": person.id, "department": department, "now": now])
    guard !assigned.isEmpty else { return [] }
    let hierarchy = try roleHierarchy()
    let (allowing, denying) = (
      hierarchy.allowing(person.role), hierarchy.denying(person.role)
    )
    return assigned.flatMap { id, name, permissions, role, window in
      (TemplatePermission.read(permissions) ?? []).compactMap { item -> Grant? in
        guard let effect = Grant.Effect(rawValue: item.effect) else { return nil }
        if let role, !(effect == .allow ? allowing : denying).contains(role) { return nil }
        return Grant(
          stored: effect, item.permission, from: .template(id: id, name: name),
          item.conditions.map(\.value.meaning) ?? Conditions(), limit: item.limit.map(Money.init),
          window)
      }
    }
  }
}
