/// A whole report in another currency, all of it at one stated rate, for whoever reads it there:
/// nothing is valued by it, and it is never stored (RULES R33).
package struct ConvenienceTranslation: Hashable, Sendable {
  /// That of the books.
  package let base: Currency
  package let currency: Currency
  /// Units of `base` for one of `currency`.
  package let rate: ExchangeRate

  package init(from base: Currency, to currency: Currency, at rate: ExchangeRate) {
    self.base = base
    self.currency = currency
    self.rate = rate
  }

  /// An amount of the books in minor units of `currency`, half away from zero. Each is translated
  /// by itself, sums as sums: lines needn't add up to them, and nothing is plugged. Throws where it
  /// is larger than an amount can be.
  package func amount(_ money: Money) throws(AmountError) -> Money {
    let amount = Quantity(money, exponent: base.exponent)
    // A rate that is the inverse of another knows that one's digits, and its own only rounded.
    if let back = rate.inverted() {
      return try back.worth(of: amount, decimals: currency.exponent, .halfAwayFromZero)
        .money(exponent: currency.exponent)
    }
    return try amount.divided(by: rate.quantity, decimals: currency.exponent)
      .money(exponent: currency.exponent)
  }
}
