package import Domain
package import Store

/// People against permissions, as far as the reader may ask about them.
package struct AccessGrid: Query {
  package static let permission: Permission? = .permissionExplain

  package init() {}

  /// How far somebody holds a permission.
  package enum Cell: String, Hashable, Sendable, CaseIterable {
    case yes = "y"
    /// With some of them only, or on some condition.
    case some = "."
    case no = "-"
  }

  package struct Grid: Hashable, Sendable {
    /// The highest role first.
    package let people: [Person]
    /// How many more there are, whom the reader may not ask about.
    package let leftOut: Int
    fileprivate let cells: [ID<User>: [Permission: Cell]]

    package func cell(_ permission: Permission, of user: ID<User>) -> Cell {
      cells[user]?[permission] ?? .no
    }
  }

  package func run(in snapshot: Snapshot) throws -> Grid {
    let circumstances = try snapshot.circumstances().fromNowhere
    let mayExplain = try snapshot.whole.explaining()
    let members = try snapshot.activeMembers()
    let rights = try members.filter(mayExplain).map { try snapshot.whole.rights(of: $0) }
    return Grid(
      people: rights.map(\.person).sorted { ($1.role, $0.name) < ($0.role, $1.name) },
      leftOut: members.count - rights.count,
      cells: Dictionary(
        uniqueKeysWithValues: rights.map { rights in
          let cells = Permission.allCases.map { ($0, rights.cell($0, in: circumstances)) }
          return (rights.person.id, Dictionary(uniqueKeysWithValues: cells))
        }))
  }
}

extension Rights {
  func cell(
    _ permission: Permission, in circumstances: Circumstances
  ) -> AccessGrid.Cell {
    let decision = decide(permission, on: nil, in: circumstances)
    switch decision.verdict {
    case .denied(.secondPersonNeeded): return .some
    case .denied: return .no
    case .allowed: return holdWhole(permission, upTo: nil, at: circumstances.now) ? .yes : .some
    }
  }
}
