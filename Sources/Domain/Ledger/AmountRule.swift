/// Where the amount of a template's line comes from each time it is written (RULES §3.8,
/// Recurring).
package enum AmountRule: Hashable, Sendable {
  case fixed
  /// So many millionths of what an account holds at the end of the day, debit-positive: a share of
  /// a credit balance is a credit.
  case share(Int64, of: ID<Account>)
  /// What it was the last time, by then perhaps changed by hand.
  case last

  /// What the schema calls it.
  package enum Kind: String, Sendable, CaseIterable {
    case fixed
    case share
    case last
  }

  package var kind: Kind {
    switch self {
    case .fixed: .fixed
    case .share: .share
    case .last: .last
    }
  }

  /// All of a balance; a share is that or less, on either side.
  package static let whole: Int64 = 1_000_000
  /// A millionth has so many as a percentage.
  package static let percentDecimals = 4
}

extension Money {
  /// What each of `millionths` is of it. Those of one sign sum to what they are together, rounded:
  /// no part of a balance is lost or given twice (RULES R28).
  package func shares(
    _ millionths: [Int64], _ rounding: Rounding
  ) throws(AmountError) -> [Money] {
    var shares = Array(repeating: Money.zero, count: millionths.count)
    for sign: Int64 in [1, -1] {
      let places = millionths.indices.filter { millionths[$0].signum() == sign }
      guard !places.isEmpty else { continue }
      let total = places.reduce(Int128(0)) { $0 + Int128(millionths[$1].magnitude) }
      let exact = Int128(sign) * Int128(minorUnits) * total
      guard let whole = Int64(exactly: rounding.divide(exact, by: Int128(AmountRule.whole))),
        whole != .min
      else { throw .tooLarge }
      let parts = try Money(minorUnits: whole).split(
        by: places.map { Int64(millionths[$0].magnitude) })
      for (place, part) in zip(places, parts) { shares[place] = part }
    }
    return shares
  }
}
