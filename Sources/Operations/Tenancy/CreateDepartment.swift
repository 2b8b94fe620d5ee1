import Domain
import Store

/// Adds a department to the tree.
struct CreateDepartment: Command {
  static let permission: Permission? = .departmentEdit
  static let operation = "department.create"
  static let event = AuditEvent.create
  let code: String
  let name: String
  /// As SPEC lists them: `finance`, `sales`.
  let type: String
  let parent: ID<Department>?

  var subject: Subject { Subject(.department, name: name) }
  func subject(after department: ID<Department>) -> Subject {
    Subject(.department, department.value, name: name)
  }

  func run(in change: Change) throws -> ID<Department> {
    try change.insert(
      Department.self,
      """
      INSERT INTO departments (business_id, parent_id, code, name, type, created_at)
      VALUES (:business, :parent, :code, :name, :type, :now)
      """,
      ["parent": parent, "code": code, "name": name, "type": type, "now": change.now])
  }
}
