/// What an account holds in one currency, debit-positive; where it is settled or revalued, a foreign
/// one.
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

/// Where open items are: an account that is kept by party, in one foreign currency.
package struct ItemPlace: Hashable, Sendable {
  package let account: ID<Account>
  package let currency: String

  package init(account: ID<Account>, currency: String) {
    self.account = account
    self.currency = currency
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
  /// What is open of each document that names somebody or itself, at what it came in at: what is
  /// revalued is taken back, or is the account's (R32). Nothing of places that weren't read.
  package var items: [ItemPlace: [ItemName: ForeignPosition]]

  package init(
    base: Currency, rounding: Rounding = .halfAwayFromZero, currencies: [Currency] = [],
    rates: RateTable = RateTable([]), positions: [ForeignPosition] = [],
    items: [ItemPlace: [ItemName: ForeignPosition]] = [:]
  ) {
    self.base = base
    self.rounding = rounding
    self.currencies = currencies
    self.rates = rates
    self.positions = positions
    self.items = items
  }

  package func currency(_ code: String) -> Currency? { currencies.first { $0.code == code } }

  /// The line that `written` is on `account`; before an account is chosen none is settled. What is
  /// settled of an open item of that name takes a share of the item, anything else one of all that
  /// the account holds.
  package func line(
    _ written: WrittenAmount, on account: ID<Account>?, of name: ItemName = ItemName(), day: Day?
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
      func isThere(_ position: ForeignPosition) -> Bool {
        position.account == account && position.currency == currency.code
      }
      let item = account.flatMap { items[ItemPlace(account: $0, currency: currency.code)]?[name] }
      guard let position = item ?? positions.first(where: isThere) else { throw .nothingToSettle }
      line.base = try position.relief(of: written.amount, rounding)
      // What is held at less than nothing is no balance to settle.
      guard (line.base > .zero) == (line.amount > .zero) || line.base.isZero else {
        throw .nothingToSettle
      }
    case .rate(let rate): try value(&line, at: rate, of: day, currency)
    case .rateOfDay:
      guard let day else { throw .noDay }
      guard let found = rates.rate(of: currency.code, in: base.code, on: day) else {
        throw .noRate(of: currency.code, in: base.code, on: day)
      }
      try value(&line, at: found.rate, of: found.day, currency)
      line.rateOrigin = found.origin
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

extension Valuation {
  /// The currency that lines add up in: the one that all of them share, unless they balance in it and
  /// not in what they are worth, as where something was settled; else the base currency.
  package func sumCurrency(of lines: [LineContent]) -> Currency {
    let codes = Set(lines.map(\.currency))
    guard codes.count == 1, let shared = codes.first.flatMap(currency),
      // A sum that is larger than books hold is none.
      let sum = try? lines.map(\.amount).total(), let worth = try? lines.map(\.base).total()
    else { return base }
    let isRounding = worth.minorUnits.magnitude <= mostRounding(lines: lines.count)
    return sum.isZero && !isRounding ? base : shared
  }

  /// What a line must be for an entry with `others` to balance, debit-positive; nil where nobody can
  /// say, as its account holds another currency. What is agreed with the others holds for it too, but
  /// not what they are settled at, which leaves a difference of exchange.
  package func balancing(
    _ others: [LineContent], _ worths: [WrittenAmount.Worth], on currency: String?
  ) throws(AmountError) -> WrittenAmount? {
    let shared = sumCurrency(of: others)
    let worth = try others.map(\.base).total().negated()
    guard shared.code != base.code, currency == nil || currency == shared.code else {
      return currency == nil || currency == base.code ? WrittenAmount(worth, in: base) : nil
    }
    let isAgreed = !worths.contains(.book) && worths.contains { $0 != .rateOfDay }
    return WrittenAmount(
      try others.map(\.amount).total().negated(), in: shared,
      worth: isAgreed ? .base(max(worth.debit, worth.credit)) : .rateOfDay)
  }
}

/// Why a foreign amount has no worth in the base currency.
package enum ValuationError: Error, Hashable, Sendable {
  case noDay
  case noRate(of: String, in: String, on: Day)
  /// The account, or the open item, has nothing on the other side, in that currency.
  case nothingToSettle
  case moreThanHeld(Money, currency: String)
  case amount(AmountError)
}
