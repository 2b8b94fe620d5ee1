/// What two members hold against each other, matched in passes (RULES §3.12, 4).
package struct Elimination: Hashable, Sendable {
  package let pair: ConsolidationGroup.Pair
  package let matches: [Match]

  /// Why amounts of the two sides go together, the surest first.
  package enum Pass: String, Hashable, Sendable, CaseIterable {
    /// They are opposite in the group's currency.
    case exact
    /// They are opposite in the currency of the document: the difference is one of exchange.
    case document
    /// They differ by no more than is tolerated, those that are closest first.
    case tolerance
    /// They don't: they are eliminated all the same, and the difference is shown.
    case unmatched
  }

  package struct Match: Hashable, Sendable {
    package let pass: Pass
    /// Of each side; one but where nothing matches.
    package let here: [Consolidation.Item]
    package let there: [Consolidation.Item]
    /// What both come to, debit-positive.
    package let difference: Money

    fileprivate init(
      _ pass: Pass, _ here: [Consolidation.Item], _ there: [Consolidation.Item]
    ) throws(AmountError) {
      self.pass = pass
      self.here = here
      self.there = there
      difference = try (here + there).map(\.amount).total()
    }
  }

  init(
    _ pair: ConsolidationGroup.Pair, here: [Consolidation.Item], there: [Consolidation.Item],
    tolerance: Money
  ) throws(AmountError) {
    self.pair = pair
    var open = Open(here: here.filter(\.holdsSomething), there: there.filter(\.holdsSomething))
    try open.match(.exact) { $0.amount.isOpposite(of: $1.amount) }
    try open.match(.document) {
      $0.currency == $1.currency && $0.document.isOpposite(of: $1.document)
    }
    try open.matchClosest(within: tolerance)
    if !open.here.isEmpty || !open.there.isEmpty {
      open.matches.append(try Match(.unmatched, open.here, open.there))
    }
    matches = open.matches
  }

  /// What nothing has been found for yet.
  private struct Open {
    var here: [Consolidation.Item]
    var there: [Consolidation.Item]
    var matches: [Match] = []

    mutating func match(
      _ pass: Pass, _ fits: (Consolidation.Item, Consolidation.Item) -> Bool
    ) throws(AmountError) {
      var left: [Consolidation.Item] = []
      for item in here {
        if let index = there.firstIndex(where: { fits(item, $0) }) {
          matches.append(try Match(pass, [item], [there.remove(at: index)]))
        } else {
          left.append(item)
        }
      }
      here = left
    }

    mutating func matchClosest(within tolerance: Money) throws(AmountError) {
      while let (one, other) = closest(within: tolerance) {
        matches.append(try Match(.tolerance, [here.remove(at: one)], [there.remove(at: other)]))
      }
    }

    /// Of opposite sides; of equals the first.
    private func closest(within tolerance: Money) -> (Int, Int)? {
      var found: (one: Int, other: Int, distance: UInt64)?
      for (one, item) in here.enumerated() {
        for (other, candidate) in there.enumerated() {
          let (left, right) = (item.amount.minorUnits, candidate.amount.minorUnits)
          guard left.signum() * right.signum() < 0 else { continue }
          let distance = (left + right).magnitude
          if distance <= tolerance.minorUnits.magnitude, distance < found?.distance ?? .max {
            found = (one, other, distance)
          }
        }
      }
      return found.map { ($0.one, $0.other) }
    }
  }
}

extension Consolidation.Item {
  fileprivate var holdsSomething: Bool { !amount.isZero || !document.isZero }
}

extension Money {
  /// Neither is nothing.
  fileprivate func isOpposite(of other: Money) -> Bool {
    !isZero && minorUnits == -other.minorUnits
  }
}
