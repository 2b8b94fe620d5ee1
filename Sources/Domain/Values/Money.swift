/// An amount in minor units (cents) of a currency that the place it stands in names.
///
/// Every sum is checked: an overflow is an error, never a wrong total (RULES R27). The smallest
/// Int64 has no opposite, so it counts as an overflow too.
package struct Money: Hashable, Sendable, Comparable {
  package let minorUnits: Int64

  package init(minorUnits: Int64) { self.minorUnits = minorUnits }

  package static let zero = Money(minorUnits: 0)

  package static func < (left: Money, right: Money) -> Bool { left.minorUnits < right.minorUnits }

  package static func + (left: Money, right: Money) throws(AmountError) -> Money {
    let (sum, overflow) = left.minorUnits.addingReportingOverflow(right.minorUnits)
    guard !overflow, sum != .min else { throw .tooLarge }
    return Money(minorUnits: sum)
  }

  package static func - (left: Money, right: Money) throws(AmountError) -> Money {
    let (difference, overflow) = left.minorUnits.subtractingReportingOverflow(right.minorUnits)
    guard !overflow, difference != .min else { throw .tooLarge }
    return Money(minorUnits: difference)
  }

  package func negated() throws(AmountError) -> Money { try .zero - self }

  package var isZero: Bool { minorUnits == 0 }

  /// What a debit column shows of a debit-positive amount.
  package var debit: Money { self > .zero ? self : .zero }

  /// What a credit column shows of a debit-positive amount.
  package var credit: Money { self < .zero ? Money(minorUnits: -minorUnits) : .zero }
}

extension Money {
  /// The largest amount that a person may enter, in any currency: it leaves room for nine thousand
  /// such amounts in one sum.
  package static let limit = Money(minorUnits: 1_000_000_000_000_000)
}

/// Why an amount cannot be worked with.
package enum AmountError: Error, Hashable, Sendable {
  case tooLarge
  /// The currency keeps `decimals` digits after the mark; more would be lost.
  case tooManyDecimals(decimals: Int)
  case divisionByZero
}

extension Sequence<Money> {
  /// The checked sum.
  package func total() throws(AmountError) -> Money {
    var sum = Money.zero
    for amount in self { sum = try sum + amount }
    return sum
  }
}
