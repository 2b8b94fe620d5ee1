/// Permissions by name: one (`journal.post`), those that begin alike (`journal.*`) or all (`*`).
package struct PermissionPattern: Hashable, Sendable {
  package let text: String
  /// Those that it stands for.
  package let permissions: Set<Permission>

  /// Nil where there is no permission of that name.
  package init?(_ text: String) {
    let beginning = text.hasSuffix(".*") ? String(text.dropLast()) : nil
    let permissions = Permission.allCases.filter {
      text == "*" || $0.rawValue == text || beginning.map($0.rawValue.hasPrefix) ?? false
    }
    guard !permissions.isEmpty else { return nil }
    self.text = text
    self.permissions = Set(permissions)
  }

  package init(_ permission: Permission) {
    text = permission.rawValue
    permissions = [permission]
  }

  package func matches(_ permission: Permission) -> Bool { permissions.contains(permission) }
}
