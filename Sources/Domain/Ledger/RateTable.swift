/// What one unit of a currency was worth in another on a day.
package struct RateQuote: Hashable, Sendable {
  package let from: String
  package let to: String
  package let day: Day
  package let rate: ExchangeRate
  package let origin: RateOrigin

  package init(
    from: String, to: String, day: Day, rate: ExchangeRate, origin: RateOrigin = .manual
  ) {
    self.from = from
    self.to = to
    self.day = day
    self.rate = rate
    self.origin = origin
  }
}

/// Where a rate comes from (RULES R29).
package struct RateOrigin: Hashable, Sendable {
  package let source: RateSource
  /// The one that it is, or is the inverse of; nil where it follows from two or is kept nowhere.
  package let id: ID<Rate>?

  /// Somebody gave it where it is used.
  package static let manual = RateOrigin(.manual)

  package init(_ source: RateSource, _ id: ID<Rate>? = nil) {
    self.source = source
    self.id = id
  }
}

/// Who said what a rate is.
package enum RateSource: String, Sendable, CaseIterable {
  case manual
  case imported = "import"
  /// It follows from others: from one the other way round, or by way of another currency.
  case derived
}

/// What a rate is for: an entry of the day, a range's income, balances at a period's end, a plan.
package enum RateKind: String, Sendable, CaseIterable {
  case spot
  case average
  case closing
  case budget
}

/// A rate that was looked up.
package struct FoundRate: Hashable, Sendable {
  /// How it follows from what is kept.
  package enum Way: Hashable, Sendable {
    case direct
    case inverse
    /// By way of another currency.
    case through(String)
  }

  package let rate: ExchangeRate
  /// The day it is of; of two, the earlier.
  package let day: Day
  package let way: Way
  /// Of what follows from others, `derived`.
  package let origin: RateOrigin

  package init(rate: ExchangeRate, day: Day, way: Way, origin: RateOrigin = .manual) {
    self.rate = rate
    self.day = day
    self.way = way
    self.origin = origin
  }
}

/// Exchange rates of one kind. None is ever invented (RULES R29).
package struct RateTable: Hashable, Sendable {
  /// As many as businesses have that say nothing else.
  package static let usualAgeDays = 7
  /// What most others are quoted in.
  package static let common = "EUR"

  private struct Pair: Hashable {
    let from: String
    let to: String
  }

  private struct Dated: Hashable {
    let day: Day
    let rate: ExchangeRate
    let origin: RateOrigin
  }

  private var quotes: [Pair: [Dated]]
  /// By way of which others are found, the first first.
  private let hubs: [String]
  /// Older ones say nothing about a day any more.
  private let mostAgeDays: Int

  /// Of several for one pair and day, the last counts. `base` is the currency of the books.
  package init(
    _ quotes: some Sequence<RateQuote>, base: String = RateTable.common,
    mostAgeDays: Int = RateTable.usualAgeDays
  ) {
    hubs = [base, Self.common]
    self.mostAgeDays = mostAgeDays
    var days: [Pair: [Day: Dated]] = [:]
    for quote in quotes {
      days[Pair(from: quote.from, to: quote.to), default: [:]][quote.day] = Dated(
        day: quote.day, rate: quote.rate, origin: quote.origin)
    }
    self.quotes = days.mapValues { rates in rates.values.sorted { $0.day < $1.day } }
  }

  /// Units of `to` for one of `from` on `day`, or nil where nobody knows: the newest direct rate, else
  /// the inverse, else by way of the base currency, else of the euro.
  package func rate(of from: String, in to: String, on day: Day) -> FoundRate? {
    if let found = known(from, to, on: day) { return found }
    for hub in hubs where hub != from && hub != to {
      guard let first = known(from, hub, on: day), let second = known(hub, to, on: day),
        let rate = first.rate.followed(by: second.rate)
      else { continue }
      return FoundRate(
        rate: rate, day: min(first.day, second.day), way: .through(hub),
        origin: RateOrigin(.derived))
    }
    return nil
  }

  private func known(_ from: String, _ to: String, on day: Day) -> FoundRate? {
    if let found = newest(Pair(from: from, to: to), on: day) {
      return FoundRate(
        rate: found.rate, day: found.day, way: .direct, origin: found.origin)
    }
    guard let found = newest(Pair(from: to, to: from), on: day),
      let rate = found.rate.inverted()
    else { return nil }
    return FoundRate(
      rate: rate, day: found.day, way: .inverse, origin: RateOrigin(.derived, found.origin.id))
  }

  private func newest(_ pair: Pair, on day: Day) -> Dated? {
    guard let rates = quotes[pair] else { return nil }
    var (known, unknown) = (0, rates.count)
    while known < unknown {
      let middle = (known + unknown) / 2
      if rates[middle].day <= day { known = middle + 1 } else { unknown = middle }
    }
    guard known > 0, rates[known - 1].day >= day.adding(days: -mostAgeDays) else {
      return nil
    }
    return rates[known - 1]
  }
}

extension ExchangeRate {
  /// Nil for what isn't above zero or has more digits than a rate can hold.
  package init?(_ quantity: Quantity) {
    let exact = quantity.reduced()
    guard exact.decimals <= Self.mostDecimals, let mantissa = Int64(exactly: exact.mantissa),
      mantissa > 0
    else { return nil }
    self.init(mantissa: mantissa, scale: exact.decimals)
  }

  /// As people write a quantity; nil for anything else.
  package init?(written text: String) {
    guard let quantity = Quantity(written: text), let rate = Self(quantity) else { return nil }
    self = rate
  }

  /// `0.9217`
  package var text: String { quantity.reduced().text }
}
