/// Which groups of a tree are folded: what is below them is hidden.
struct Folding<Group: Hashable> {
  private var folded: Set<Group> = []

  func contains(_ group: Group) -> Bool { folded.contains(group) }

  mutating func turn(_ group: Group) {
    if folded.remove(group) == nil { folded.insert(group) }
  }

  /// Folds those and no others.
  mutating func fold(_ groups: some Sequence<Group>) { folded = Set(groups) }

  /// The rows that no folded group hides, of a tree whose parents come before their children.
  func visible<Row>(
    _ rows: [Row], level: (Row) -> Int, group: (Row) -> Group
  ) -> [Row] {
    var hiddenBelow: Int?
    return rows.filter { row in
      if let hidden = hiddenBelow {
        if level(row) > hidden { return false }
        hiddenBelow = nil
      }
      if folded.contains(group(row)) { hiddenBelow = level(row) }
      return true
    }
  }
}
