/// Why a document is no definition of a workflow: what is wrong, and where it stands.
package struct DefinitionFault: Error, Hashable, Sendable {
  package enum Place: Hashable, Sendable {
    case definition
    case node(id: String)
    /// From 1, where a node has no id that can be told.
    case nodeNumber(Int)
    /// From 1.
    case edge(Int)
  }

  package enum Reason: Hashable, Sendable {
    case missing
    case unknownKey
    /// A key, or what must be another's alone, stands there twice.
    case repeated
    case expected(Shape)
    case range(ClosedRange<Int>)
    /// Of characters.
    case tooLong(most: Int)
    case tooMany(most: Int)
    /// Something other than small letters, digits, `_`, `-` and `.`.
    case notAKey
    /// A character that acts on the screen instead of standing there.
    case unseenCharacter
    case unknownWord(known: [String])
    case expression(GuardParseError)
    case unknownUser(String)
    case unknownDepartment(String)
    /// One of these keys must be there, and only one.
    case oneOf([String])
  }

  package enum Shape: String, Hashable, Sendable, CaseIterable {
    case object
    case list
    case text
    case wholeNumber
    case yesOrNo
    case day
  }

  package let place: Place
  /// The key, after those it stands under, those in lists counted from 1: `escalations.2.to`. Empty
  /// is the place itself.
  package let key: String
  package let reason: Reason

  package init(_ place: Place, _ key: String, _ reason: Reason) {
    self.place = place
    self.key = key
    self.reason = reason
  }
}

/// Who is meant in a document that names people and departments instead of giving their ids.
package struct DefinitionNames {
  package let user: (String) -> ID<User>?
  package let department: (String) -> ID<Department>?

  package init(
    user: @escaping (String) -> ID<User>?, department: @escaping (String) -> ID<Department>?
  ) {
    self.user = user
    self.department = department
  }

  /// For documents that were written by us, which have ids.
  package static var none: DefinitionNames {
    DefinitionNames(user: { _ in nil }, department: { _ in nil })
  }
}

/// How much a definition may have. What is longer is somebody's mistake or malice, and is refused
/// before any of it is looked at.
package enum WorkflowLimits {
  package static let nodes = 200
  package static let edges = 400
  package static let variables = 50
  package static let choices = 50
  package static let automaticApprovals = 20
  package static let formFields = 30
  package static let escalations = 5
  package static let recipients = 20
  package static let keyCharacters = 64
  package static let nameCharacters = 100
  package static let textCharacters = 2_000
  /// Two years.
  package static let minutes = 0...1_052_640
  package static let timeoutHours = 1...17_544
  package static let visits = 1...100
  package static let retries = 0...10
  package static let people = 1...100
  package static let levels = 1...10
}
