/// What a person is in one business, from the most to the least.
package enum Role: String, Sendable, CaseIterable, Comparable {
  case owner
  case director
  case manager
  case employee
  case viewer

  /// `Owner`.
  package var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  /// A role is greater than those that stand below it.
  package static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .owner: 5
    case .director: 4
    case .manager: 3
    case .employee: 2
    case .viewer: 1
    }
  }
}
