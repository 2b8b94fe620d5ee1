import Domain
import Operations
import Phrases

/// Whom something can be for: a person, everybody of a role, everybody in a department.
struct Parties {
  private let members: [Members.Row]
  private let departments: [Departments.Row]
  private let roles: [(text: String, value: Role)]

  init(members: [Members.Row], departments: [Departments.Row], words: ChoiceWords) {
    self.members = members
    self.departments = departments
    roles = Role.allCases.map { (text: words.text($0.phrase, $0.rawValue), value: $0) }
  }

  /// As they are offered in a field.
  var names: [String] { members.map(\.name) + roles.map(\.text) + departments.map(\.code) }

  /// Throws `noSuchNamed` or `ambiguousName`.
  func called(_ name: String) throws -> AssignTemplate.Party {
    if let role = roles.first(where: { $0.text == name }) { return .role(role.value) }
    if let department = departments.first(where: { $0.code == name }) {
      return .department(department.id)
    }
    return .user(try members.called(name).user)
  }
}

extension Phrase {
  /// `everybody in 200`, or a person's name alone.
  static func party(_ kind: String, _ name: String) -> Phrase {
    switch kind {
    case "user": Phrase(verbatim: name)
    case "role": "everybody who is \(Phrase(word: name, context: "list role"))"
    case "department": "everybody in \(name)"
    default: "the group \(name)"
    }
  }
}
