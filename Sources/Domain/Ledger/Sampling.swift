/// How auditors draw some of many items to look into (RULES §6.8).
package enum SamplingMethod: Hashable, Sendable {
  /// Each item has the same chance.
  case random
  /// Each minor unit has: every so many of them, from one by chance on, the item that has it.
  case monetaryUnit
  /// By chance within each stratum, which begins where the one before ends: at a bound, in rising
  /// order. A stratum has of the sample what it has of the amounts, as far as it has items.
  case stratified([Money])
}

/// Which items were drawn.
package struct Sample: Hashable, Sendable {
  /// Their places among all, rising.
  package private(set) var picks: [Int]
  /// Of monetary units: how far apart they are, and the first, from 1. Nil otherwise.
  package private(set) var interval: Money?
  package private(set) var start: Money?
  /// Of a stratified sample, the smallest amounts first.
  package private(set) var strata: [Stratum] = []

  package struct Stratum: Hashable, Sendable {
    /// Nil is without a bound.
    package let from: Money?
    /// Not in it any more.
    package let below: Money?
    package let items: Int
    package let amount: Money
    package let picked: Int
  }

  /// No more than `size` of items with such amounts, none below zero; all of them where there are no
  /// more. The same for the same seed. Throws where a sum is larger than books can hold.
  package init(
    _ method: SamplingMethod, size: Int, of amounts: [Money], seed: UInt64
  ) throws(AmountError) {
    precondition(size > 0, "a sample has something in it")
    var chance = SplitMix(seed: seed)
    switch method {
    case .random:
      picks = Self.drawn(size, of: Array(amounts.indices), by: &chance)
    case .monetaryUnit:
      picks = []
      try pickUnits(size, of: amounts, by: &chance)
    case .stratified(let bounds):
      picks = []
      try pickStrata(size, of: amounts, at: bounds, by: &chance)
    }
  }

  /// The first steps of a shuffle.
  private static func drawn(_ size: Int, of items: [Int], by chance: inout SplitMix) -> [Int] {
    var items = items
    let count = min(size, items.count)
    for place in 0..<count {
      let other = place + Int(chance.number(below: UInt64(items.count - place)))
      items.swapAt(place, other)
    }
    return items.prefix(count).sorted()
  }

  /// An item with at least an interval of them has one of the units, wherever the first is.
  private mutating func pickUnits(
    _ size: Int, of amounts: [Money], by chance: inout SplitMix
  ) throws(AmountError) {
    let units = try amounts.total().minorUnits
    guard units > 0 else { return }
    let step = (units - 1) / Int64(size) + 1
    let first = Int64(chance.number(below: UInt64(step))) + 1
    (interval, start) = (Money(minorUnits: step), Money(minorUnits: first))
    var passed: Int64 = 0
    for (index, amount) in amounts.enumerated() {
      let before = passed
      passed += amount.minorUnits
      // How many of the units are among all up to here.
      func hits(_ units: Int64) -> Int64 { units < first ? 0 : (units - first) / step + 1 }
      if hits(passed) > hits(before) { picks.append(index) }
    }
  }

  private mutating func pickStrata(
    _ size: Int, of amounts: [Money], at bounds: [Money], by chance: inout SplitMix
  ) throws(AmountError) {
    let items = Dictionary(grouping: amounts.indices) { index in
      bounds.count { $0 <= amounts[index] }
    }
    var sums: [Money] = []
    for stratum in 0...bounds.count {
      sums.append(try (items[stratum] ?? []).map { amounts[$0] }.total())
    }
    let counts = (0...bounds.count).map { items[$0]?.count ?? 0 }
    let shares = try Self.shares(of: size, counts, sums)
    for stratum in 0...bounds.count {
      picks += Self.drawn(shares[stratum], of: items[stratum] ?? [], by: &chance)
      strata.append(
        Stratum(
          from: stratum == 0 ? nil : bounds[stratum - 1],
          below: stratum == bounds.count ? nil : bounds[stratum], items: counts[stratum],
          amount: sums[stratum], picked: shares[stratum]))
    }
    picks.sort()
  }

  /// What a stratum has no items for goes to the others, those of the largest amounts first.
  private static func shares(
    of size: Int, _ counts: [Int], _ sums: [Money]
  ) throws(AmountError) -> [Int] {
    guard sums.contains(where: { $0 > .zero }) else { return counts.map { min($0, size) } }
    let parts = try Money(minorUnits: Int64(size)).split(by: sums.map(\.minorUnits))
    var shares = zip(parts, counts).map { min(Int($0.minorUnits), $1) }
    var left = size - shares.reduce(0, +)
    for stratum in counts.indices.reversed() {
      let more = min(left, counts[stratum] - shares[stratum])
      shares[stratum] += more
      left -= more
    }
    return shares
  }
}
