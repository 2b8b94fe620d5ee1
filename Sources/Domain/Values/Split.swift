extension Money {
  /// The amount in parts that stand to each other as `weights` do. The parts always sum to the
  /// whole: what rounding leaves goes, one minor unit each, to the parts that lost the largest
  /// remainder, the first of equals first (RULES R28).
  ///
  /// Weights are zero or more, and one of them is more.
  package func split(by weights: [Int64]) throws(AmountError) -> [Money] {
    precondition(weights.allSatisfy { $0 >= 0 }, "a part can't be less than nothing")
    let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard total > 0 else { throw .divisionByZero }
    let exact = weights.map {
      (Int128(minorUnits) * Int128($0)).quotientAndRemainder(dividingBy: total)
    }
    var parts = exact.map { Int64($0.quotient) }
    let left = minorUnits - parts.reduce(0, +)
    let largestFirst = weights.indices.sorted {
      let (one, other) = (exact[$0].remainder.magnitude, exact[$1].remainder.magnitude)
      return one == other ? $0 < $1 : one > other
    }
    for index in largestFirst.prefix(Int(left.magnitude)) { parts[index] += left.signum() }
    return parts.map(Money.init)
  }
}
