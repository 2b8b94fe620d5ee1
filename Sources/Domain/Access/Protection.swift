/// How much a thing's own list lets somebody do to it, each level with those before it.
package enum AccessLevel: String, Sendable, CaseIterable, Comparable {
  /// Nothing, whatever else they hold.
  case none
  case read
  case write
  case delete
  case admin

  package static func < (left: AccessLevel, right: AccessLevel) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The list that says who may do what to one thing (RULES §4.2, 5). While it has a row in force,
/// whoever isn't on it may do nothing.
package struct Protection: Hashable, Sendable {
  /// What it protects: the thing asked about, or what stands above it.
  package let thing: Thing
  package let rows: [Row]
  /// All that it is the nearest list of: the thing, and what stands below it and has none.
  package let covers: Set<Thing>

  package init(_ thing: Thing, rows: [Row], covers: Set<Thing>? = nil) {
    self.thing = thing
    self.rows = rows
    self.covers = covers ?? [thing]
  }

  /// Whom a row is about.
  package enum Party: Hashable, Sendable {
    case user(ID<User>)
    /// Whoever is in it or below it.
    case department(ID<Department>)
    case role(Role)
    case group(String)
  }

  package struct Row: Hashable, Sendable {
    package let id: Int64
    package let party: Party
    package let level: AccessLevel
    package let mayShare: Bool
    package let mayExport: Bool
    package let window: Window

    package init(
      id: Int64, party: Party, level: AccessLevel, mayShare: Bool = false, mayExport: Bool = false,
      window: Window = .always
    ) {
      self.id = id
      self.party = party
      self.level = level
      self.mayShare = mayShare
      self.mayExport = mayExport
      self.window = window
    }
  }
}

/// From a moment up to, and not including, another.
package struct Window: Hashable, Sendable {
  /// Nil is since ever.
  package let start: Timestamp?
  /// Nil is for ever.
  package let end: Timestamp?

  package init(from start: Timestamp?, until end: Timestamp?) {
    self.start = start
    self.end = end
  }

  package static let always = Window(from: nil, until: nil)

  package func holds(_ moment: Timestamp) -> Bool {
    (start.map { $0 <= moment } ?? true) && (end.map { moment < $0 } ?? true)
  }
}
