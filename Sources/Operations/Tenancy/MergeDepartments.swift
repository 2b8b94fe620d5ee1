package import Domain
package import Store

/// Makes one department of two (RULES §3.13, R37). The first ends: it is inactive from a day on, and
/// from today on stands below the other, to which who is in it and what stands directly below it go
/// over, as does what accounts say of lines that name none (R34). Lines and budgets that name it keep
/// it, and so count with the other from today on; reports of days that are past read the tree as it
/// was.
///
/// Each step is permitted and recorded as by hand.
package struct MergeDepartments: Command {
  package static let permission: Permission? = .departmentEdit
  package static let operation = "department.merge"
  package static let event = AuditEvent.update
  let department: ID<Department>
  let other: ID<Department>
  let day: Day

  /// `day` is the first that nothing is booked for the department any more.
  package init(_ department: ID<Department>, into other: ID<Department>, from day: Day) {
    self.department = department
    self.other = other
    self.day = day
  }

  package var subject: Subject { Subject(.department, department.value) }

  package func resource(in change: Change) throws -> Resource {
    var resource = try change.resource(of: department)
    resource.departments?.insert(other)
    resource.protections = try change.protections(of: resource.parts)
    return resource
  }

  /// Throws `noSuch`, `departmentEnds` where the other doesn't go on, and what placing a person or
  /// moving a department throws.
  package func run(in change: Change) throws -> MergedDepartment {
    let rows = try Departments().run(in: change.snapshot)
    func row(_ id: ID<Department>) throws -> Departments.Row {
      guard let row = rows.first(where: { $0.id == id }) else {
        throw Refusal.noSuch(Subject(.department, id.value))
      }
      return row
    }
    let (from, into) = (try row(department), try row(other))
    guard into.inactiveFrom == nil else { throw Refusal.access(.departmentEnds(into.name)) }
    let standing = try change.ownStanding()
    var below = rows.filter { $0.parent == department && $0.id != other }
    // First, or what stands between the two would stand below itself.
    if try change.departmentTree().above(into.parent).contains(department) {
      below.insert(into, at: 0)
    }
    for row in below {
      var content = row.content
      content.parent = row.id == other ? from.parent : other
      try change.perform(UpdateDepartment(row.id, content: content), by: standing)
    }
    let people = try change.people(in: department)
    for person in people { try change.perform(PlaceMember(person, in: other), by: standing) }
    let accounts = try change.accounts(usuallyOf: department)
    for account in accounts {
      let found = try change.content(of: account.id)
      var content = found.content
      content.usualDepartment = other
      try change.perform(
        UpdateAccount(account.id, content: content, version: found.version), by: standing)
    }
    var content = from.content
    content.parent = other
    content.inactiveFrom = min(from.inactiveFrom ?? day, day)
    try change.perform(UpdateDepartment(department, content: content), by: standing)
    let fields = [
      JSON.Field("merged_into", .string(into.code)),
      JSON.Field("moved_departments", .array(below.map { .string($0.code) })),
      JSON.Field("moved_people", .integer(Int64(people.count))),
      JSON.Field("moved_accounts", .array(accounts.map { .string($0.number) })),
    ]
    return MergedDepartment(
      people: people.count, departments: below.count,
      fields: try subject.state(in: change) + fields)
  }
}

extension MergeDepartments {
  /// What becomes of what names the department.
  enum Fate {
    /// It names the other from then on.
    case moves
    /// It is of the time, or of the rights, that the department had, and counts with the other as
    /// what stands below it.
    case stays
    /// Moving the department writes it.
    case isWritten
  }

  /// Of every column that has a key to departments, or triggers in its place.
  static let fates: [String: Fate] = [
    "business_memberships.department_id": .moves, "departments.parent_id": .moves,
    "accounts.usual_department_id": .moves,
    "department_parents.department_id": .isWritten, "department_parents.parent_id": .isWritten,
    "department_roles.department_id": .stays, "template_assignments.department_id": .stays,
    "access_control_lists.department_id": .stays, "approval_delegations.department_id": .stays,
    "workflow_steps.assigned_department_id": .stays, "budgets.department_id": .stays,
    "entry_template_lines.department_id": .stays, "allocation_rules.department_id": .stays,
    "allocation_targets.department_id": .stays, "journal_lines.department_id": .stays,
    "allocated_entries.department_id": .stays,
  ]
}

/// What came of it.
package struct MergedDepartment: Sendable, CarriesFields {
  /// How many went over.
  package let people: Int
  package let departments: Int
  /// What the record keeps: the department as it ended, and what went over.
  let fields: [JSON.Field]
}

extension Change {
  /// Those whose department it is, and who haven't left.
  fileprivate func people(in department: ID<Department>) throws -> [ID<Membership>] {
    try rows(
      { (member: ID<Membership>) in member },
      """
      SELECT id FROM business_memberships
      WHERE business_id = :business AND department_id = :department
        AND status IN ('active', 'pending', 'suspended')
      ORDER BY id
      """, ["department": department])
  }

  /// Those whose lines are of the department where they name none.
  fileprivate func accounts(
    usuallyOf department: ID<Department>
  ) throws -> [(id: ID<Account>, number: String)] {
    try rows(
      { (id: ID<Account>, number: String) in (id: id, number: number) },
      """
      SELECT id, number FROM accounts
      WHERE business_id = :business AND usual_department_id = :department AND deleted_at IS NULL
      ORDER BY id
      """, ["department": department])
  }
}
