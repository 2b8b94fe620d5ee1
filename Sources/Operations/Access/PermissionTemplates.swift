package import Domain
package import Store

package enum PermissionTemplate {}

/// What a template is called, gives and forbids.
package struct TemplateContent: Hashable, Sendable {
  package static let nameMostCharacters = 100
  package static let descriptionMostCharacters = 1_000

  package var name: String
  package var description: String
  package var items: [Item]
  /// Whether it can be given; one out of use gives nothing to anybody.
  package var isInUse: Bool

  package init(
    _ name: String, description: String = "", items: [Item], isInUse: Bool = true
  ) {
    self.name = name
    self.description = description
    self.items = items
    self.isInUse = isInUse
  }

  /// One of its grants or denials.
  package struct Item: Hashable, Sendable {
    package let effect: Grant.Effect
    /// `journal.post`, `journal.*` or `*`.
    package let pattern: String
    /// Minor units of the base currency.
    package let limit: Money?
    /// The object of RULES §4.3.
    package let conditions: String

    package init(
      _ effect: Grant.Effect, _ pattern: String, limit: Money? = nil, conditions: String = "{}"
    ) {
      self.effect = effect
      self.pattern = pattern
      self.limit = limit
      self.conditions = conditions
    }
  }

  fileprivate var json: String {
    JSON.array(
      items.map { item in
        var fields = [
          JSON.Field("permission", .string(item.pattern)),
          JSON.Field("effect", .string(item.effect.rawValue)),
          JSON.Field("conditions", .written(item.conditions)),
        ]
        if let limit = item.limit { fields.append(.init("limit", .integer(limit.minorUnits))) }
        return .object(fields)
      }
    ).text
  }
}

/// Makes a set of grants and denials that can be given to people, roles and departments.
package struct CreatePermissionTemplate: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.template.create"
  package static let event = AuditEvent.create
  let content: TemplateContent

  package init(_ content: TemplateContent) { self.content = content }

  package var subject: Subject { Subject(.permissionTemplate, name: content.name) }
  package func subject(after id: ID<PermissionTemplate>) -> Subject {
    Subject(.permissionTemplate, id.value)
  }

  package func run(in change: Change) throws -> ID<PermissionTemplate> {
    try change.check(content)
    return try change.insert(
      PermissionTemplate.self,
      """
      INSERT INTO permission_templates (business_id, name, description, type, permissions, status,
        created_by, created_at)
      VALUES (:business, :name, :description, 'custom', :permissions,
        CASE WHEN :used THEN 'active' ELSE 'inactive' END, :actor, :now)
      """,
      [
        "name": content.name, "description": content.description, "permissions": content.json,
        "used": content.isInUse, "actor": change.actor.user, "now": change.now,
      ])
  }
}

/// Changes what a template gives, to all who have it.
package struct UpdatePermissionTemplate: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.template.update"
  package static let event = AuditEvent.permissionChange
  let template: ID<PermissionTemplate>
  let content: TemplateContent
  let version: Int

  package init(_ template: ID<PermissionTemplate>, content: TemplateContent, version: Int) {
    self.template = template
    self.content = content
    self.version = version
  }

  package var subject: Subject { Subject(.permissionTemplate, template.value) }

  package func run(in change: Change) throws {
    let now = try change.row(
      { (version: Int, permissions: String) in
        (version: version, items: TemplateContent.items(in: permissions))
      },
      """
      SELECT version, permissions FROM permission_templates
      WHERE business_id = :business AND id = :template
      """, ["template": template])
    guard let now else { throw Refusal.noSuch(subject) }
    guard now.version == version else { throw Refusal.changedMeanwhile }
    try change.check(content, besides: template)
    try change.requireNotOwn(now.items, of: try change.parties(of: template))
    try change.execute(
      """
      UPDATE permission_templates SET name = :name, description = :description,
        permissions = :permissions, status = CASE WHEN :used THEN 'active' ELSE 'inactive' END,
        updated_at = :now, version = version + 1
      WHERE business_id = :business AND id = :template
      """,
      [
        "name": content.name, "description": content.description, "permissions": content.json,
        "used": content.isInUse, "now": change.now, "template": template,
      ])
    try change.requireSomebodyInCharge()
  }
}

/// The templates of the business, by name.
package struct PermissionTemplates: Query {
  package static let permission: Permission? = .permissionManage

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<PermissionTemplate>
    package let content: TemplateContent
    /// How many people, roles and departments have it.
    package let assignments: Int
    package let version: Int
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      {
        (
          id: ID<PermissionTemplate>, name: String, description: String, permissions: String,
          isInUse: Bool, assignments: Int, version: Int
        ) in
        Row(
          id: id,
          content: TemplateContent(
            name, description: description, items: TemplateContent.items(in: permissions),
            isInUse: isInUse),
          assignments: assignments, version: version)
      },
      """
      SELECT t.id, t.name, t.description, t.permissions, t.status = 'active',
        (SELECT count(*) FROM template_assignments a
         WHERE a.business_id = :business AND a.template_id = t.id AND a.revoked_at IS NULL
           AND (a.ends_at IS NULL OR a.ends_at > :now)),
        t.version
      FROM permission_templates t WHERE t.business_id = :business
      ORDER BY lower(t.name)
      """, ["now": snapshot.now])
  }
}

extension [PermissionTemplates.Row] {
  /// The one of that name. Throws `noSuchNamed`.
  package func called(_ name: String) throws -> PermissionTemplates.Row {
    guard let match = first(where: { $0.content.name.lowercased() == name.lowercased() }) else {
      throw Refusal.noSuchNamed(kind: .permissionTemplate, name: name)
    }
    return match
  }
}

extension TemplateContent {
  /// What the database keeps of a template; what nobody understands is left out, as it gives nothing.
  static func items(in json: String) -> [Item] {
    (TemplatePermission.read(json) ?? []).compactMap { item in
      Grant.Effect(rawValue: item.effect).map {
        Item(
          $0, item.permission, limit: item.limit.map(Money.init),
          conditions: item.conditions?.value.text ?? "{}")
      }
    }
  }
}

extension Change {
  /// Nobody puts into a template what they couldn't grant.
  fileprivate func check(
    _ content: TemplateContent, besides own: ID<PermissionTemplate>? = nil
  ) throws {
    try content.name.requireName(
      of: .permissionTemplate, most: TemplateContent.nameMostCharacters)
    try content.description.requireSeen()
    guard content.description.unicodeScalars.count <= TemplateContent.descriptionMostCharacters
    else {
      throw Refusal.access(.tooLong(most: TemplateContent.descriptionMostCharacters))
    }
    let isTaken = try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM permission_templates
        WHERE business_id = :business AND lower(name) = lower(:name) AND id IS NOT :own)
      """, ["name": content.name, "own": own])
    guard !isTaken else { throw Refusal.taken(kind: .permissionTemplate, name: content.name) }
    guard !content.items.isEmpty else { throw Refusal.access(.emptyTemplate) }
    for item in content.items { try check(item) }
  }

  /// The same rules as for a grant of it.
  private func check(_ item: TemplateContent.Item) throws {
    guard let pattern = PermissionPattern(item.pattern) else {
      throw Refusal.access(.unknownPermission(item.pattern))
    }
    guard let conditions = ConditionsJSON.read(item.conditions) else {
      throw Refusal.access(.unknownCondition)
    }
    try conditions.things.forEach(requireThere)
    try requireLimit(item.limit)
    guard item.effect == .allow || item.limit == nil else {
      throw Refusal.access(.limitedDenial)
    }
    if item.effect == .allow { try requireHeld(pattern, limit: item.limit) }
  }

  /// Who has it, now or later.
  fileprivate func parties(
    of template: ID<PermissionTemplate>
  ) throws -> [AssignTemplate.Party] {
    try rows(
      { (user: ID<User>?, role: Role?, department: ID<Department>?) in
        AssignTemplate.Party(user, role, department)
      },
      """
      SELECT user_id, role, department_id FROM template_assignments
      WHERE business_id = :business AND template_id = :template AND revoked_at IS NULL
        AND (ends_at IS NULL OR ends_at > :now)
      """, ["template": template, "now": now]
    ).compactMap(\.self)
  }
}
