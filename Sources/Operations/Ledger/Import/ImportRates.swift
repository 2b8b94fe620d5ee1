import Domain
import Store

/// The rates that an import values foreign amounts with: those of the books and those of the file.
/// None is ever invented (RULES R29).
struct ImportRates {
  /// Older ones say nothing about a day any more.
  static let mostAgeDays: Int32 = 7

  private let base: String
  private var byDay: [Pair: [Day: ExchangeRate]] = [:]
  /// The same in the order of their days.
  private var ordered: [Pair: [(day: Day, rate: ExchangeRate)]] = [:]
  private(set) var warnings: [ImportReport.Warning] = []
  private(set) var new: [New] = []

  fileprivate struct Pair: Hashable {
    let from: String
    let to: String
  }

  struct New {
    let from: String
    let to: String
    let day: Day
    let rate: ExchangeRate
  }

  init(_ prices: [ForeignPrice], _ currencies: ImportCurrencies, in reading: some Reading) throws {
    base = currencies.base.code
    for stored in try reading.spotRates() { add(stored) }
    var latest: [Day: [Pair: ForeignPrice]] = [:]
    for price in prices {
      let pair = Pair(
        from: currencies.unit(of: price.commodity).code,
        to: currencies.unit(of: price.rate.commodity).code)
      guard pair.from != pair.to, price.rate.quantity > .zero else {
        warn(price, .priceLeftOut)
        continue
      }
      // The last one of a day counts.
      latest[price.day, default: [:]][pair] = price
    }
    for (day, prices) in latest.sorted(by: { $0.key < $1.key }) {
      for (pair, price) in prices.sorted(by: { $0.key < $1.key }) {
        try take(price, pair, on: day)
      }
    }
    ordered = byDay.mapValues { rates in
      rates.map { (day: $0.key, rate: $0.value) }.sorted { $0.day < $1.day }
    }
  }

  private mutating func take(_ price: ForeignPrice, _ pair: Pair, on day: Day) throws {
    let rate = try Self.exact(price)
    if let stored = byDay[pair]?[day] {
      if stored.quantity != rate.quantity { warn(price, .rateKept) }
      return
    }
    let found = New(from: pair.from, to: pair.to, day: day, rate: rate)
    new.append(found)
    add(found)
  }

  private mutating func add(_ rate: New) {
    byDay[Pair(from: rate.from, to: rate.to), default: [:]][rate.day] = rate.rate
  }

  private mutating func warn(_ price: ForeignPrice, _ fact: ImportReport.Warning.Fact) {
    warnings.append(ImportReport.Warning(position: price.position, fact: fact))
  }

  /// Units of the base currency for one of `code` on `day`, or nil where nobody knows: the newest
  /// direct rate, else the inverse, else by way of the euro.
  func rate(of code: String, on day: Day) -> ExchangeRate? {
    if let direct = direct(code, base, on: day) { return direct }
    guard code != "EUR", base != "EUR", let first = direct(code, "EUR", on: day),
      let second = direct("EUR", base, on: day)
    else { return nil }
    let product = try? (first.quantity * second.quantity)
      .rounded(to: ExchangeRate.mostDecimals)  // too large for a rate: then there is none
    return product.flatMap(ExchangeRate.init)
  }

  private func direct(_ from: String, _ to: String, on day: Day) -> ExchangeRate? {
    if let found = newest(Pair(from: from, to: to), on: day) { return found }
    guard let inverse = newest(Pair(from: to, to: from), on: day) else { return nil }
    let quotient = try? Quantity(1).divided(
      by: inverse.quantity, decimals: ExchangeRate.mostDecimals)  // as above
    return quotient.flatMap(ExchangeRate.init)
  }

  private func newest(_ pair: Pair, on day: Day) -> ExchangeRate? {
    guard let rates = ordered[pair] else { return nil }
    var (known, unknown) = (0, rates.count)
    while known < unknown {
      let middle = (known + unknown) / 2
      if rates[middle].day <= day { known = middle + 1 } else { unknown = middle }
    }
    guard known > 0, day.sinceEpoch - rates[known - 1].day.sinceEpoch <= Self.mostAgeDays else {
      return nil
    }
    return rates[known - 1].rate
  }

  private static func exact(_ price: ForeignPrice) throws -> ExchangeRate {
    let quantity = price.rate.quantity.reduced()
    guard quantity.decimals <= ExchangeRate.mostDecimals, let rate = ExchangeRate(quantity) else {
      throw Refusal.importing(
        ImportProblem(price.position, .rateNotExact(price.rate.quantity.text)))
    }
    return rate
  }
}

extension ImportRates.Pair: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    (left.from, left.to) < (right.from, right.to)
  }
}

extension ExchangeRate {
  /// Nil for what isn't above zero or has more digits than a rate can hold.
  fileprivate init?(_ quantity: Quantity) {
    let exact = quantity.reduced()
    guard let mantissa = Int64(exactly: exact.mantissa), mantissa > 0 else { return nil }
    self.init(mantissa: mantissa, scale: exact.decimals)
  }
}

extension Reading {
  fileprivate func spotRates() throws -> [ImportRates.New] {
    try rows(
      { (from: String, to: String, day: Day, mantissa: Int64, scale: Int) in
        ImportRates.New(
          from: from, to: to, day: day, rate: ExchangeRate(mantissa: mantissa, scale: scale))
      },
      """
      SELECT from_currency, to_currency, rate_date, rate_mantissa, rate_scale FROM exchange_rates
      WHERE business_id = :business AND kind = 'spot' ORDER BY rate_date
      """)
  }
}

extension Change {
  func insert(_ rate: ImportRates.New) throws {
    try execute(
      """
      INSERT INTO exchange_rates (business_id, from_currency, to_currency, rate_date, kind, source,
        rate_mantissa, rate_scale, created_by, created_at)
      VALUES (:business, :from, :to, :day, 'spot', 'import', :mantissa, :scale, :actor, :now)
      """,
      [
        "from": rate.from, "to": rate.to, "day": rate.day, "mantissa": rate.rate.mantissa,
        "scale": rate.rate.scale, "actor": actor.user, "now": now,
      ])
  }
}
