import Domain
import Operations
import Phrases

/// Whom something can be for: a person, everybody of a role, everybody in a department.
struct Parties {
  private let members: [Members.Row]
  private let departments: [Departments.Row]
  private let roles: [(text: String, value: Role)]
  /// As `the group payroll`, so that none is taken for a role, a department or a person.
  private let groups: [(text: String, value: String)]

  init(
    members: [Members.Row], departments: [Departments.Row], groups: [String] = [],
    words: ChoiceWords
  ) {
    self.members = members
    self.departments = departments
    self.groups = groups.map { (Phrase.party("group", $0).text(in: words.language), $0) }
    roles = Role.allCases.map { (text: words.text($0.phrase, $0.rawValue), value: $0) }
  }

  /// As they are offered in a field.
  var names: [String] {
    members.map(\.name) + roles.map(\.text) + departments.map(\.code) + groups.map(\.text)
  }

  /// Throws `noSuchNamed` or `ambiguousName`.
  func called(_ name: String) throws -> AssignTemplate.Party {
    if let role = roles.first(where: { $0.text == name }) { return .role(role.value) }
    if let department = departments.first(where: { $0.code == name }) {
      return .department(department.id)
    }
    return .user(try members.called(name).user)
  }

  /// The same for lists, which name groups too: a group's name alone is enough where nothing else is
  /// called so.
  func listed(_ name: String) throws -> Protection.Party {
    if let group = groups.first(where: { $0.text == name }) { return .group(group.value) }
    do { return Protection.Party(try called(name)) } catch Refusal.noSuchNamed
      where groups.contains(where: { $0.value == name })
    { return .group(name) }
  }
}

extension Protection.Party {
  fileprivate init(_ party: AssignTemplate.Party) {
    self =
      switch party {
      case .user(let user): .user(user)
      case .role(let role): .role(role)
      case .department(let department): .department(department)
      }
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
