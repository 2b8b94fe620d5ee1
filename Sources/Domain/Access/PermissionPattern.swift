/// Permissions by name: one (`journal.post`), those that begin alike (`journal.*`) or all (`*`).
package struct PermissionPattern: Hashable, Sendable {
  package let text: String
  /// Those that it stands for.
  package let permissions: Set<Permission>

  /// Nil where there is no permission of that name.
  package init?(_ text: String) {
    guard let permissions = Self.known[text] else { return nil }
    self.text = text
    self.permissions = permissions
  }

  package init(_ permission: Permission) {
    text = permission.rawValue
    permissions = [permission]
  }

  /// The texts of all that stand for `permission`.
  package static func texts(standingFor permission: Permission) -> [String] {
    let name = permission.rawValue
    return ["*", name] + name.indices.filter { name[$0] == "." }.map { "\(name[...$0])*" }
  }

  /// All there are, made once: somebody may hold a thousand grants, and each has one.
  private static let known = Permission.allCases.reduce(into: [String: Set<Permission>]()) {
    for text in texts(standingFor: $1) { $0[text, default: []].insert($1) }
  }

  package func matches(_ permission: Permission) -> Bool { permissions.contains(permission) }
}
