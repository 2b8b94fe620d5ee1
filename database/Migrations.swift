/// One step of the schema: the file that takes it and the file that takes it back.
package struct Migration: Sendable {
  /// From 1, in the order in which they apply.
  package let number: Int
  /// What the file is called after its number: `core_tenant_users`.
  package let name: String
  package let up: String
  package let down: String

  package init(_ number: Int, _ name: String, up: String, down: String) {
    self.number = number
    self.name = name
    self.up = up
    self.down = down
  }

  fileprivate init(_ number: Int, _ name: String, up: [UInt8], down: [UInt8]) {
    self.init(
      number, name, up: String(decoding: up, as: UTF8.self),
      down: String(decoding: down, as: UTF8.self))
  }
}

/// The files of `migrations` and `rollbacks`, embedded in the program. The build can't list a
/// folder, so the list is kept here; a test holds it to the folders.
package enum Migrations {
  package static let all = [
    Migration(
      1, "core_tenant_users", up: PackageResources._01_core_tenant_users_sql,
      down: PackageResources._01_core_tenant_users_down_sql),
    Migration(
      2, "rbac_departments", up: PackageResources._02_rbac_departments_sql,
      down: PackageResources._02_rbac_departments_down_sql),
    Migration(
      3, "double_entry_ledger", up: PackageResources._03_double_entry_ledger_sql,
      down: PackageResources._03_double_entry_ledger_down_sql),
    Migration(
      4, "audit_workflows", up: PackageResources._04_audit_workflows_sql,
      down: PackageResources._04_audit_workflows_down_sql),
    Migration(
      5, "additional_indexes", up: PackageResources._05_additional_indexes_sql,
      down: PackageResources._05_additional_indexes_down_sql),
  ]
}
