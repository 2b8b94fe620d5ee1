import Domain
import Store

/// The rates that an import values foreign amounts with: those of the books and those of the file.
struct ImportRates {
  private let base: String
  private var table: RateTable
  private(set) var warnings: [ImportReport.Warning] = []
  /// Those of the file that the books haven't had.
  private(set) var new: [RateQuote] = []

  private struct Key: Hashable, Comparable {
    let day: Day
    let from: String
    let to: String

    static func < (left: Self, right: Self) -> Bool {
      (left.day, left.from, left.to) < (right.day, right.from, right.to)
    }
  }

  init(_ prices: [ForeignPrice], _ currencies: ImportCurrencies, in reading: some Reading) throws {
    base = currencies.base.code
    let stored = try reading.rateQuotes(.spot)
    let known = Dictionary(
      uniqueKeysWithValues: stored.map {
        (Key(day: $0.day, from: $0.from, to: $0.to), $0.rate.quantity)
      })
    var latest: [Key: ForeignPrice] = [:]
    for price in prices {
      let key = Key(
        day: price.day, from: currencies.unit(of: price.commodity).code,
        to: currencies.unit(of: price.rate.commodity).code)
      guard key.from != key.to, price.rate.quantity > .zero else {
        warnings.append(ImportReport.Warning(position: price.position, fact: .priceLeftOut))
        continue
      }
      // The last one of a day counts.
      latest[key] = price
    }
    for (key, price) in latest.sorted(by: { $0.key < $1.key }) {
      let rate = try Self.exact(price)
      guard let kept = known[key] else {
        new.append(
          RateQuote(
            from: key.from, to: key.to, day: key.day, rate: rate, origin: RateOrigin(.imported)))
        continue
      }
      if kept != rate.quantity {
        warnings.append(ImportReport.Warning(position: price.position, fact: .rateKept))
      }
    }
    table = RateTable(
      stored + new, base: base, mostAgeDays: try reading.businessFacts().rateAgeDays)
  }

  /// Values with what is kept now that the new ones are.
  mutating func takeKept(in reading: some Reading) throws {
    table = RateTable(
      try reading.rateQuotes(.spot), base: base,
      mostAgeDays: try reading.businessFacts().rateAgeDays)
  }

  /// Units of the base currency for one of `code` on `day`, or nil where nobody knows.
  func rate(of code: String, on day: Day) -> FoundRate? { table.rate(of: code, in: base, on: day) }

  private static func exact(_ price: ForeignPrice) throws -> ExchangeRate {
    guard let rate = ExchangeRate(price.rate.quantity) else {
      throw Refusal.importing(
        ImportProblem(price.position, .rateNotExact(price.rate.quantity.text)))
    }
    return rate
  }
}
