package import Domain
package import Store

package enum TemplateAssignment {}

/// Gives a template to a person, to everybody of a role or to everybody of a department.
package struct AssignTemplate: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.template.assign"
  package static let event = AuditEvent.permissionChange
  let template: ID<PermissionTemplate>
  let party: Party
  let start: Timestamp?
  let end: Timestamp?
  let why: String

  /// Who gets it.
  package enum Party: Hashable, Sendable {
    case user(ID<User>)
    case role(Role)
    case department(ID<Department>)
  }

  /// No `start` is at once, no `end` until it is taken back.
  package init(
    _ template: ID<PermissionTemplate>, to party: Party, from start: Timestamp? = nil,
    until end: Timestamp? = nil, reason: String
  ) {
    self.template = template
    self.party = party
    self.start = start
    self.end = end
    why = reason
  }

  package var subject: Subject { Subject(.assignment) }
  package func subject(after id: ID<TemplateAssignment>) -> Subject {
    Subject(.assignment, id.value)
  }
  package var reason: String? { why }

  package func resource(in change: Change) throws -> Resource {
    if case .user(let user) = party { try change.resource(of: user) } else { Resource() }
  }

  package func run(in change: Change) throws -> ID<TemplateAssignment> {
    try change.requireReason(why)
    try change.requireTime(from: start, until: end)
    let items = try change.row(
      { (permissions: String) in TemplateContent.items(in: permissions) },
      """
      SELECT permissions FROM permission_templates
      WHERE business_id = :business AND id = :template AND status = 'active'
      """, ["template": template])
    guard let items else { throw Refusal.noSuch(Subject(.permissionTemplate, template.value)) }
    for item in items where item.effect == .allow {
      guard let pattern = PermissionPattern(item.pattern) else { continue }
      try change.requireHeld(pattern, limit: item.limit)
    }
    let (user, role, department) = party.columns
    if let department { try change.requireThere(Thing(.department, department.value)) }
    try change.requireNotOwn(items, of: [party])
    let id = try change.insert(
      TemplateAssignment.self,
      """
      INSERT INTO template_assignments (business_id, template_id, user_id, role, department_id,
        starts_at, ends_at, granted_by, reason, created_at)
      VALUES (:business, :template, :user, :role, :department, :start, :end, :actor, :reason, :now)
      """,
      [
        "template": template, "user": user, "role": role, "department": department,
        "start": start ?? change.now, "end": end, "actor": change.actor.user, "reason": why,
        "now": change.now,
      ])
    try change.requireSomebodyInCharge()
    return id
  }
}

extension AssignTemplate.Party {
  fileprivate var columns: (ID<User>?, Role?, ID<Department>?) {
    switch self {
    case .user(let user): (user, nil, nil)
    case .role(let role): (nil, role, nil)
    case .department(let department): (nil, nil, department)
    }
  }

  /// As the columns of a row have it, one of which is set.
  init?(_ user: ID<User>?, _ role: Role?, _ department: ID<Department>?) {
    let party =
      user.map(Self.user) ?? role.map(Self.role) ?? department.map(Self.department)
    guard let party else { return nil }
    self = party
  }
}

/// Takes a template back from whom it was given to. That they had it stays on record.
package struct UnassignTemplate: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.template.unassign"
  package static let event = AuditEvent.permissionChange
  let assignment: ID<TemplateAssignment>
  let why: String

  package init(_ assignment: ID<TemplateAssignment>, reason: String) {
    self.assignment = assignment
    why = reason
  }

  package var subject: Subject { Subject(.assignment, assignment.value) }
  package var reason: String? { why }

  package func resource(in change: Change) throws -> Resource {
    guard let given = try change.given(assignment) else { throw Refusal.noSuch(subject) }
    return if case .user(let user) = given.party { try change.resource(of: user) } else {
      Resource()
    }
  }

  package func run(in change: Change) throws {
    try change.requireReason(why)
    guard let given = try change.given(assignment) else { throw Refusal.noSuch(subject) }
    try change.requireNotOwn(given.items, of: [given.party])
    try change.execute(
      """
      UPDATE template_assignments SET revoked_by = :actor, revoked_at = :now
      WHERE business_id = :business AND id = :assignment
      """, ["actor": change.actor.user, "now": change.now, "assignment": assignment])
    try change.requireSomebodyInCharge()
  }
}

/// Who has which template, now or later.
package struct TemplateAssignments: Query {
  package static let permission: Permission? = .permissionManage

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<TemplateAssignment>
    package let templateID: ID<PermissionTemplate>
    package let template: String
    /// `user`, `role` or `department`.
    package let partyKind: String
    package let party: String
    package let start: Timestamp
    package let end: Timestamp?
    package let grantedBy: String
    package let reason: String
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      Row.init,
      """
      SELECT a.id, t.id, t.name,
        CASE WHEN a.user_id IS NOT NULL THEN 'user' WHEN a.role IS NOT NULL THEN 'role'
          ELSE 'department' END,
        coalesce(n.name, a.role, d.code), a.starts_at, a.ends_at, g.display_name, a.reason
      FROM template_assignments a
      JOIN permission_templates t ON t.business_id = :business AND t.id = a.template_id
      JOIN users g ON g.id = a.granted_by
      LEFT JOIN member_names n ON n.business_id = :business AND n.user_id = a.user_id
      LEFT JOIN departments d ON d.business_id = :business AND d.id = a.department_id
      WHERE a.business_id = :business AND a.revoked_at IS NULL
        AND (a.ends_at IS NULL OR a.ends_at > :now)
      ORDER BY a.id
      """, ["now": snapshot.now])
  }
}

extension Change {
  /// What an assignment gives, and to whom; nil where there is no such one.
  func given(
    _ assignment: ID<TemplateAssignment>
  ) throws -> (items: [TemplateContent.Item], party: AssignTemplate.Party)? {
    try row(
      { (user: ID<User>?, role: Role?, department: ID<Department>?, permissions: String) in
        AssignTemplate.Party(user, role, department).map {
          (TemplateContent.items(in: permissions), $0)
        }
      },
      """
      SELECT a.user_id, a.role, a.department_id, t.permissions
      FROM template_assignments a
      JOIN permission_templates t ON t.business_id = :business AND t.id = a.template_id
      WHERE a.business_id = :business AND a.id = :assignment
      """, ["assignment": assignment]) ?? nil
  }

  /// Nobody gives, changes or takes back what binds themselves: what is given to them, to their role
  /// or to their department, and the denials that come down to them from a role above, as
  /// `templateGrants` counts them. What comes up from a role below is no such thing, or no director
  /// could manage what employees have: it only ever allows, and nobody puts into a template what they
  /// don't hold already without reserve and for good (`requireHeld`), so it never widens whoever
  /// changes it. Throws `ownRights`.
  func requireNotOwn(
    _ items: [TemplateContent.Item], of parties: [AssignTemplate.Party]
  ) throws {
    let own = try row(
      { (role: Role, department: ID<Department>?) in (role: role, department: department) },
      """
      SELECT role, department_id FROM business_memberships
      WHERE business_id = :business AND user_id = :actor
      """, ["actor": actor.user])
    guard let own else { return }
    let forbids = items.contains { $0.effect == .deny }
    let binding = try forbids ? roleHierarchy().denying(own.role) : [own.role]
    let isOwn = parties.contains {
      switch $0 {
      case .user(let user): user == actor.user
      case .role(let role): binding.contains(role)
      case .department(let department): department == own.department
      }
    }
    guard !isOwn else { throw Refusal.access(.ownRights) }
  }
}
