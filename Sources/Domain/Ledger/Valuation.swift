/// What an account holds in a foreign currency, debit-positive.
package struct ForeignPosition: Hashable, Sendable {
  package let account: ID<Account>
  package let currency: String
  /// T, in the minor units of `currency`.
  package let amount: Money
  /// B, in those of the base currency.
  package let base: Money

  package init(account: ID<Account>, currency: String, amount: Money, base: Money) {
    self.account = account
    self.currency = currency
    self.amount = amount
    self.base = base
  }

  /// The part of B that `settled`, of the other side than T and no more, takes away; all of it with
  /// the last (R32). Debit-positive, as `settled` is.
  package func relief(
    of settled: Money, _ rounding: Rounding
  ) throws(ValuationError) -> Money {
    guard !settled.isZero, !amount.isZero, (settled > .zero) != (amount > .zero) else {
      throw .nothingToSettle
    }
    guard settled.minorUnits.magnitude <= amount.minorUnits.magnitude else {
      throw .moreThanHeld(amount, currency: currency)
    }
    let part = rounding.divide(
      Int128(base.minorUnits) * Int128(settled.minorUnits), by: Int128(amount.minorUnits))
    guard let relief = Int64(exactly: part) else { throw .amount(.tooLarge) }
    return Money(minorUnits: relief)
  }
}

/// Turns what people write of lines into the base currency (RULES R30, R32).
package struct Valuation: Hashable, Sendable {
  package let base: Currency
  package let rounding: Rounding
  package let currencies: [Currency]
  /// Those of the day, in the base currency or by way of others.
  package let rates: RateTable
  package let positions: [ForeignPosition]

  package init(
    base: Currency, rounding: Rounding = .halfAwayFromZero, currencies: [Currency] = [],
    rates: RateTable = RateTable([]), positions: [ForeignPosition] = []
  ) {
    self.base = base
    self.rounding = rounding
    self.currencies = currencies
    self.rates = rates
    self.positions = positions
  }

  package func currency(_ code: String) -> Currency? { currencies.first { $0.code == code } }

  /// The line that `written` is on `account`; before an account is chosen none is settled.
  package func line(
    _ written: WrittenAmount, on account: ID<Account>?, day: Day?
  ) throws(ValuationError) -> LineContent {
    let currency = written.currency
    var line = LineContent(
      account: account ?? ID(0), currency: currency.code, amount: written.amount)
    guard currency.code != base.code else { return line }
    switch written.worth {
    case .base(let size):
      do throws(AmountError) {
        line.base = written.amount < .zero ? try size.negated() : size
      } catch { throw .amount(error) }
    case .book:
      let position = positions.first { $0.account == account && $0.currency == currency.code }
      guard let position else { throw .nothingToSettle }
      line.base = try position.relief(of: written.amount, rounding)
    case .rate(let rate): try value(&line, at: rate, of: day, currency)
    case .rateOfDay:
      guard let day else { throw .noDay }
      guard let found = rates.rate(of: currency.code, in: base.code, on: day) else {
        throw .noRate(of: currency.code, in: base.code, on: day)
      }
      try value(&line, at: found.rate, of: found.day, currency)
    }
    return line
  }

  private func value(
    _ line: inout LineContent, at rate: ExchangeRate, of day: Day?, _ currency: Currency
  ) throws(ValuationError) {
    do throws(AmountError) {
      line.base = try rate.base(
        of: line.amount, foreignExponent: currency.exponent, baseExponent: base.exponent, rounding)
    } catch { throw .amount(error) }
    line.rate = rate
    line.rateDay = day
  }
}

/// Why a foreign amount has no worth in the base currency.
package enum ValuationError: Error, Hashable, Sendable {
  case noDay
  case noRate(of: String, in: String, on: Day)
  /// The account holds nothing on the other side, in that currency.
  case nothingToSettle
  case moreThanHeld(Money, currency: String)
  case amount(AmountError)
}
