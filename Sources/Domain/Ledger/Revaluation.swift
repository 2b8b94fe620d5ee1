/// A foreign balance at a day's rate (RULES R31).
package struct Revaluation: Hashable, Sendable {
  package let position: ForeignPosition
  /// Nil where nothing is left in the currency: then what is left in the base currency is realised.
  package let rate: FoundRate?
  /// What it is worth, in the base currency.
  package let target: Money
  /// δ: above zero a gain.
  package let difference: Money

  /// Throws where books can't hold what comes of it.
  package init(
    of position: ForeignPosition, at rate: FoundRate?, foreignExponent: Int, baseExponent: Int,
    _ rounding: Rounding
  ) throws(AmountError) {
    self.position = position
    self.rate = rate
    target =
      try rate?.rate.base(
        of: position.amount, foreignExponent: foreignExponent, baseExponent: baseExponent, rounding)
      ?? .zero
    difference = try target - position.base
  }

  package var isRealised: Bool { rate == nil }
}
