import Domain
import Store

/// What each commodity of a journal is in the books: a currency that they have, or a new one.
struct ImportCurrencies {
  let base: Unit
  private(set) var uses: [ImportReport.CurrencyUse] = []
  private var units: [String: Unit] = [:]

  /// A currency as amounts are booked in it.
  struct Unit: Hashable {
    let code: String
    let exponent: Int
  }

  /// Makes the currencies that `journal` uses and the business lacks.
  init(
    _ journal: ForeignJournal, mapped: [String: String], facts: BusinessFacts, in change: Change
  ) throws {
    base = Unit(code: facts.baseCurrency, exponent: facts.baseExponent)
    var known = try change.currencies()
    let sign = known[base.code]?.symbol ?? ""
    for (commodity, position) in Self.used(in: journal) {
      let symbol = commodity.symbol
      let isBase = symbol.isEmpty || (symbol == sign && !sign.isEmpty)
      let code = mapped[symbol] ?? (isBase ? base.code : symbol)
      let isNew = known[code] == nil
      if isNew {
        guard mapped[symbol] == nil else { throw Self.problem(nil, .noSuchCurrency(code)) }
        known[code] = try change.make(commodity, firstUsedAt: position)
      }
      guard let currency = known[code] else { throw StoreError.noRow }
      units[symbol] = Unit(code: code, exponent: currency.exponent)
      uses.append(
        ImportReport.CurrencyUse(
          commodity: symbol, code: code, decimals: currency.exponent, isNew: isNew))
    }
  }

  /// Every commodity that the journal counts in has one.
  func unit(of commodity: String) -> Unit {
    guard let unit = units[commodity] else {
      preconditionFailure("a journal lists every commodity that it uses")
    }
    return unit
  }

  /// What `posting` is in minor units. Digits are never dropped in silence.
  func money(of posting: ForeignPosting) throws -> Money {
    let unit = unit(of: posting.amount.commodity)
    do { return try posting.amount.quantity.money(exponent: unit.exponent) } catch {
      throw Refusal.importing(
        ImportProblem(
          posting.position,
          error == .tooManyDecimals(decimals: unit.exponent)
            ? .digitsLost(
              written: posting.amount.quantity.text, currency: unit.code, decimals: unit.exponent)
            : .refused(.amount(error))))
    }
  }

  /// What amounts, costs and prices count in, in the order of first sight. A directive alone makes
  /// no currency. Each with the place where it is used first.
  private static func used(
    in journal: ForeignJournal
  ) -> [(commodity: ForeignCommodity, position: SourcePosition?)] {
    var uses: [String: (decimals: Int, position: SourcePosition)] = [:]
    func use(_ amount: ForeignAmount, decimals: Int = 0, at position: SourcePosition) {
      let known = uses[amount.commodity] ?? (0, position)
      uses[amount.commodity] = (max(known.decimals, decimals), known.position)
    }
    for posting in journal.entries.lazy.flatMap(\.postings) {
      use(
        posting.amount, decimals: posting.amount.quantity.reduced().decimals,
        at: posting.position)
      if let cost = posting.cost { use(cost, at: posting.position) }
    }
    for price in journal.prices {
      use(ForeignAmount(.zero, price.commodity), at: price.position)
      use(price.rate, at: price.position)
    }
    let listed = journal.commodities.filter { uses[$0.symbol] != nil }
    let unlisted = Set(uses.keys).subtracting(listed.map(\.symbol)).sorted().map { symbol in
      let needed = uses[symbol]?.decimals ?? 0
      return ForeignCommodity(symbol: symbol, decimals: needed, neededDecimals: needed)
    }
    return (listed + unlisted).map { ($0, uses[$0.symbol]?.position) }
  }

  private static func problem(_ position: SourcePosition?, _ fact: ImportProblem.Fact) -> Refusal {
    .importing(ImportProblem(position, fact))
  }
}

extension Change {
  fileprivate func currencies() throws -> [String: Currency] {
    let all = try rows(
      { (code: String, exponent: Int, symbol: String, name: String) in
        Currency(code: code, exponent: exponent, symbol: symbol, name: name)
      }, "SELECT code, exponent, symbol, name FROM currencies WHERE business_id = :business")
    return Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })
  }

  /// A unit of the business's own, which keeps the decimals that the file shows or needs.
  fileprivate func make(
    _ commodity: ForeignCommodity, firstUsedAt position: SourcePosition?
  ) throws -> Currency {
    let shown = min(commodity.decimals, Currency.mostDecimals)
    let currency = Currency(
      code: commodity.symbol,
      exponent: min(max(shown, commodity.neededDecimals), Currency.mostDecimals))
    let isSpaced = commodity.symbol != commodity.symbol.trimmingSpaces
    guard !isSpaced, (1...32).contains(commodity.symbol.unicodeScalars.count) else {
      throw Refusal.importing(ImportProblem(position, .commodityName(commodity.symbol)))
    }
    try insertCurrency(currency)
    return currency
  }
}
