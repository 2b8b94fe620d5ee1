package import Domain
package import Store

/// Adds a department to the tree.
package struct CreateDepartment: Command {
  package static let permission: Permission? = .departmentEdit
  package static let operation = "department.create"
  package static let event = AuditEvent.create
  let content: DepartmentContent

  package init(_ content: DepartmentContent) { self.content = content }

  package var subject: Subject { Subject(.department, name: content.code) }
  package func subject(after department: ID<Department>) -> Subject {
    Subject(.department, department.value)
  }

  package func run(in change: Change) throws -> ID<Department> {
    try change.check(content)
    if let head = content.head { try change.requireInCharge(ofRightsOf: head) }
    return try change.insert(
      Department.self,
      """
      INSERT INTO departments (business_id, parent_id, code, name, type, head_user_id,
        cost_centre_code, status, inactive_from_date, created_at)
      VALUES (:business, :parent, :code, :name, :type, :head, :costCentre,
        CASE WHEN :end IS NULL THEN 'active' ELSE 'inactive' END, :end, :now)
      """,
      [
        "parent": content.parent, "code": content.code, "name": content.name,
        "type": content.type, "head": content.head, "costCentre": content.costCentre,
        "end": content.inactiveFrom, "now": change.now,
      ])
  }
}

/// What a department is.
package struct DepartmentContent: Hashable, Sendable {
  package var code: String
  package var name: String
  package var type: DepartmentType
  package var parent: ID<Department>?
  package var head: ID<User>?
  package var costCentre: String?
  /// Lines of that day and later can't name it (R37).
  package var inactiveFrom: Day?

  package init(
    code: String, name: String, type: DepartmentType = .other, parent: ID<Department>? = nil,
    head: ID<User>? = nil, costCentre: String? = nil, inactiveFrom: Day? = nil
  ) {
    self.code = code
    self.name = name
    self.type = type
    self.parent = parent
    self.head = head
    self.costCentre = costCentre
    self.inactiveFrom = inactiveFrom
  }
}

/// Changes what a department is called, where it stands and who leads it.
package struct UpdateDepartment: Command {
  package static let permission: Permission? = .departmentEdit
  package static let operation = "department.update"
  package static let event = AuditEvent.update
  let department: ID<Department>
  let content: DepartmentContent

  package init(_ department: ID<Department>, content: DepartmentContent) {
    self.department = department
    self.content = content
  }

  package var subject: Subject { Subject(.department, department.value) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: department)
  }

  package func run(in change: Change) throws {
    try change.requireThere(Thing(.department, department.value))
    var checked = content
    let (head, parent) = try change.place(of: department)
    // Whoever led it may lead it on, in or out.
    if head == content.head { checked.head = nil }
    try change.check(checked, besides: department)
    if let head = checked.head { try change.requireInCharge(ofRightsOf: head) }
    if content.parent != parent { try change.requireMayMove(department, below: content.parent) }
    try change.execute(
      """
      UPDATE departments SET parent_id = :parent, code = :code, name = :name, type = :type,
        head_user_id = :head, cost_centre_code = :costCentre, inactive_from_date = :end,
        status = CASE WHEN :end IS NULL THEN 'active' ELSE 'inactive' END, updated_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :department AND deleted_at IS NULL
      """,
      [
        "parent": content.parent, "code": content.code, "name": content.name,
        "type": content.type, "head": content.head, "costCentre": content.costCentre,
        "end": content.inactiveFrom, "now": change.now, "department": department,
      ])
    if content.parent != parent { try change.notePlace(of: department, below: content.parent) }
  }
}

/// Marks a department deleted. Lines that name it keep it; new ones can't.
package struct RemoveDepartment: Command {
  package static let permission: Permission? = .departmentEdit
  package static let operation = "department.remove"
  package static let event = AuditEvent.delete
  let department: ID<Department>

  package init(_ department: ID<Department>) { self.department = department }

  package var subject: Subject { Subject(.department, department.value) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: department)
  }

  package func run(in change: Change) throws {
    try change.requireThere(Thing(.department, department.value))
    let members = try change.one(
      Int.self,
      """
      SELECT count(*) FROM business_memberships
      WHERE business_id = :business AND department_id = :department
        AND status IN ('active', 'pending', 'suspended')
      """, ["department": department])
    guard members == 0 else { throw Refusal.access(.peopleInDepartment(members)) }
    try change.execute(
      """
      UPDATE departments SET status = 'deleted', deleted_at = :now, updated_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :department
      """, ["now": change.now, "department": department])
  }
}

/// Brings a deleted department back to where it stood.
package struct RestoreDepartment: Command {
  package static let permission: Permission? = .departmentEdit
  package static let operation = "department.restore"
  package static let event = AuditEvent.update
  let department: ID<Department>

  package init(_ department: ID<Department>) { self.department = department }

  package var subject: Subject { Subject(.department, department.value) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: department)
  }

  /// Throws `taken` where another has its code now, and `belowDeleted`.
  package func run(in change: Change) throws {
    let found = try change.row(
      { (code: String, above: String?, isTaken: Bool) in (code, above, isTaken) },
      """
      SELECT d.code, p.code, EXISTS (
        SELECT 1 FROM departments o
        WHERE o.business_id = :business AND lower(o.code) = lower(d.code) AND o.deleted_at IS NULL)
      FROM departments d
      LEFT JOIN departments p ON p.business_id = :business AND p.id = d.parent_id
        AND p.deleted_at IS NOT NULL
      WHERE d.business_id = :business AND d.id = :department AND d.deleted_at IS NOT NULL
      """, ["department": department])
    guard let (code, above, isTaken) = found else { throw Refusal.noSuch(subject) }
    guard !isTaken else { throw Refusal.taken(kind: .department, name: code) }
    if let above { throw Refusal.belowDeleted(kind: .department, name: above) }
    try change.execute(
      """
      UPDATE departments SET deleted_at = NULL, updated_at = :now, version = version + 1,
        status = CASE WHEN inactive_from_date IS NULL THEN 'active' ELSE 'inactive' END
      WHERE business_id = :business AND id = :department
      """, ["now": change.now, "department": department])
  }
}

extension Reading {
  func resource(of department: ID<Department>) throws -> Resource {
    var resource = Resource(departments: [department])
    resource.thing = Thing(.department, department.value)
    resource.protections = try protections(of: resource.parts)
    return resource
  }
}

extension Change {
  /// Who leads it, and below what it stands.
  fileprivate func place(
    of department: ID<Department>
  ) throws -> (head: ID<User>?, parent: ID<Department>?) {
    let found = try row(
      { (head: ID<User>?, parent: ID<Department>?) in (head, parent) },
      """
      SELECT head_user_id, parent_id FROM departments
      WHERE business_id = :business AND id = :department
      """, ["department": department])
    return found ?? (nil, nil)
  }

  /// What is put below a department comes under whoever leads that, and under the lists that name
  /// it. Throws `ownRights` where the actor would lead more by it, whose rights end at what they
  /// lead, or would leave what a list binds them by.
  fileprivate func requireMayMove(
    _ department: ID<Department>, below above: ID<Department>?
  ) throws {
    guard let user = actor.user else { return }
    let person = try ownRights(of: user).person
    let leadsMore = person.role < .director && above.map(person.departments.contains) ?? false
    let isFreed =
      try person.role < .owner && person.memberOf.contains(department)
      && protections().flatMap(\.rows).contains { row in
        if case .department = row.party { person.isOf(row.party) } else { false }
      }
    guard !leadsMore, !isFreed else { throw Refusal.access(.ownRights) }
  }

  /// Where it stands from today on, for reports of those days (R37); what was put in the wrong place
  /// on the day it was made never stood there. Where the clock went back, or the business moved to a
  /// zone further west, days that ended stay as they were.
  fileprivate func notePlace(
    of department: ID<Department>, below parent: ID<Department>?
  ) throws {
    let (today, zone) = (try today(), try timeZone())
    let made = try one(
      Timestamp.self,
      "SELECT created_at FROM departments WHERE business_id = :business AND id = :department",
      ["department": department])
    let since = try one(
      Day.self,
      """
      WITH known AS (
        SELECT max(from_date) AS began,
          date(max(until_date) FILTER (WHERE until_date < '9999-12-31'), '+1 day') AS ended
        FROM department_parents WHERE business_id = :business AND department_id = :department)
      SELECT iif(:new AND ended IS NULL, '0001-01-01',
        max(:today, coalesce(began, :today), coalesce(ended, :today)))
      FROM known
      """,
      ["department": department, "today": today, "new": made.day(in: zone) >= today])
    try execute(
      """
      DELETE FROM department_parents
      WHERE business_id = :business AND department_id = :department AND from_date >= :since
      """, ["department": department, "since": since])
    try execute(
      """
      UPDATE department_parents SET until_date = date(:since, '-1 day')
      WHERE business_id = :business AND department_id = :department AND until_date >= :since
      """, ["department": department, "since": since])
    guard let parent else { return }
    try execute(
      """
      INSERT INTO department_parents (business_id, department_id, parent_id, from_date)
      VALUES (:business, :department, :parent, :since)
      """, ["department": department, "parent": parent, "since": since])
  }

  /// Throws where a field won't do, or names what isn't there.
  fileprivate func check(
    _ content: DepartmentContent, besides own: ID<Department>? = nil
  ) throws {
    try content.name.requireName(of: .department, most: 100)
    try content.code.requireSeen()
    try content.costCentre?.requireSeen()
    guard (1...32).contains(content.code.unicodeScalars.count),
      !content.code.contains(where: \.isWhitespace)
    else { throw Refusal.access(.departmentCode) }
    let isTaken = try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM departments
        WHERE business_id = :business AND lower(code) = lower(:code) AND deleted_at IS NULL
          AND id IS NOT :own)
      """, ["code": content.code, "own": own])
    guard !isTaken else { throw Refusal.taken(kind: .department, name: content.code) }
    if let parent = content.parent { try requireThere(Thing(.department, parent.value)) }
    if let head = content.head { try requireActive(head) }
  }
}
