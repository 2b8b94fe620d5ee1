/// A whole report in another currency, all of it at one stated rate, for whoever reads it there:
/// nothing is valued by it, and it is never stored (RULES R33).
package struct ConvenienceTranslation: Hashable, Sendable {
  /// That of the books.
  package let base: Currency
  package let currency: Currency
  /// Units of `base` for one of `currency`.
  package let rate: ExchangeRate
  /// As whoever's amounts they are rounds (R28).
  package let rounding: Rounding

  package init(
    from base: Currency, to currency: Currency, at rate: ExchangeRate, _ rounding: Rounding
  ) {
    self.base = base
    self.currency = currency
    self.rate = rate
    self.rounding = rounding
  }

  /// An amount of the books in minor units of `currency`. Each is translated by itself, sums as
  /// sums: lines needn't add up to them, and nothing is plugged. Throws where it is larger than an
  /// amount can be.
  package func amount(_ money: Money) throws(AmountError) -> Money {
    let amount = Quantity(money, exponent: base.exponent)
    let decimals = currency.exponent
    // A rate that is the inverse of another knows that one's digits, and its own only rounded.
    if let back = rate.inverted() {
      return try back.worth(of: amount, decimals: decimals, rounding).money(exponent: decimals)
    }
    return try amount.divided(by: rate.quantity, decimals: decimals, rounding: rounding)
      .money(exponent: decimals)
  }
}
