/// What a workflow asks of its subject before it goes one way or another (RULES §5.1):
/// `amount >= 10000 and not department in (FIN, "R&D")`. It is closed and changes nothing: it has
/// no functions and reads nothing but the facts it is given.
///
/// Nested at most `deepest` deep, so that whoever walks it may recurse.
package indirect enum GuardExpression: Hashable, Sendable {
  /// Two or more, none of which is an `all`.
  case all([GuardExpression])
  /// Two or more, none of which is an `any`.
  case any([GuardExpression])
  case not(GuardExpression)
  /// Whether something is known under a name.
  case exists(String)
  case comparison(GuardComparison)

  package static let deepest = 32
  package static let mostCharacters = 2_000
}

/// What is asked of one name. It doesn't hold where nothing is known under it.
package struct GuardComparison: Hashable, Sendable {
  package enum Relation: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    /// Any of several. Its opposite is `not`.
    case isIn = "in"

    /// Whether it asks what comes before what.
    package var isOrder: Bool {
      switch self {
      case .less, .lessOrEqual, .greater, .greaterOrEqual: true
      case .equal, .notEqual, .isIn: false
      }
    }
  }

  package let name: String
  package let relation: Relation
  /// One; one or more for `in`.
  package let values: [GuardValue]

  package init(_ name: String, _ relation: Relation, _ values: GuardValue...) {
    self.init(name, relation, values)
  }

  package init(_ name: String, _ relation: Relation, _ values: [GuardValue]) {
    self.name = name
    self.relation = relation
    self.values = values
  }
}

/// What stands in an expression, and what an instance keeps in its variables.
package enum GuardValue: Hashable, Sendable {
  /// Also an amount, in the base currency's major units: it becomes minor units where the currency
  /// is known.
  case number(Quantity)
  case text(String)
  case flag(Bool)
  case day(Day)
}

/// What a variable may hold.
package enum WorkflowValueType: Hashable, Sendable {
  /// In the base currency, with no more digits than it has.
  case amount
  case number
  case text
  case flag
  case day
  /// One of these.
  case choice([String])
}
