import Domain
import Testing

@Suite struct RateTableTests {
  private func quote(_ pair: String, _ day: String, _ rate: String) throws -> RateQuote {
    let codes = pair.split(separator: "/").map(String.init)
    return RateQuote(
      from: codes[0], to: codes[1], day: try #require(Day(day)),
      rate: try #require(ExchangeRate(written: rate)))
  }

  private func found(
    _ quotes: [RateQuote], _ from: String, _ to: String, _ day: String
  ) throws -> FoundRate? {
    RateTable(quotes).rate(of: from, in: to, on: try #require(Day(day)))
  }

  @Test func `the newest rate of the week counts, and none that is older or later`() throws {
    let quotes = [
      try quote("USD/EUR", "2026-11-02", "0.91"), try quote("USD/EUR", "2026-11-09", "0.92"),
      try quote("USD/EUR", "2026-11-10", "0.93"),
    ]
    #expect(try found(quotes, "USD", "EUR", "2026-11-09")?.rate.text == "0.92")
    #expect(try found(quotes, "USD", "EUR", "2026-11-17")?.rate.text == "0.93")
    #expect(try found(quotes, "USD", "EUR", "2026-11-17")?.day.text == "2026-11-10")
    #expect(try found(quotes, "USD", "EUR", "2026-11-18") == nil)
    #expect(try found(quotes, "USD", "EUR", "2026-11-01") == nil)
  }

  @Test(arguments: [(0, "2026-11-10", "2026-11-11"), (30, "2026-12-10", "2026-12-11")])
  func `a rate holds for as many days as is said`(
    _ days: Int, _ last: String, _ first: String
  ) throws {
    let rates = RateTable([try quote("USD/EUR", "2026-11-10", "0.93")], mostAgeDays: days)
    let (last, first) = (try #require(Day(last)), try #require(Day(first)))
    #expect(rates.rate(of: "USD", in: "EUR", on: last)?.rate.text == "0.93")
    #expect(rates.rate(of: "USD", in: "EUR", on: first) == nil)
  }

  @Test func `a direct rate goes before an inverse one, and that before one by way of the euro`()
    throws
  {
    let direct = try quote("USD/CHF", "2026-11-02", "0.8")
    let inverse = try quote("CHF/USD", "2026-11-03", "1.6")
    let legs = [
      try quote("USD/EUR", "2026-11-04", "0.9"), try quote("CHF/EUR", "2026-11-05", "1.25"),
    ]
    let day = "2026-11-06"
    #expect(try found([direct, inverse] + legs, "USD", "CHF", day)?.way == .direct)
    #expect(try found([inverse] + legs, "USD", "CHF", day)?.rate.text == "0.625")
    #expect(try found([inverse] + legs, "USD", "CHF", day)?.way == .inverse)
    let through = try #require(try found(legs, "USD", "CHF", day))
    // 0.9 / 1.25
    #expect(through.rate.text == "0.72")
    #expect(through.way == .through("EUR"))
    #expect(through.day.text == "2026-11-04")
    #expect(try found([legs[0]], "USD", "CHF", day) == nil)
  }

  @Test func `what is found says which rate it rests on, and whether it follows from it`() throws {
    let day = try #require(Day("2026-11-04"))
    let one = ExchangeRate(mantissa: 2, scale: 0)
    let rates = RateTable(
      [
        RateQuote(
          from: "GBP", to: "USD", day: day, rate: one, origin: RateOrigin(.imported, ID(7))),
        RateQuote(from: "JPY", to: "USD", day: day, rate: one, origin: RateOrigin(.manual, ID(8))),
      ], base: "USD")
    #expect(rates.rate(of: "GBP", in: "USD", on: day)?.origin == RateOrigin(.imported, ID(7)))
    #expect(rates.rate(of: "USD", in: "GBP", on: day)?.origin == RateOrigin(.derived, ID(7)))
    #expect(rates.rate(of: "GBP", in: "JPY", on: day)?.origin == RateOrigin(.derived))
  }

  @Test func `by way of the currency of the books before that of the euro`() throws {
    let quotes = [
      try quote("GBP/USD", "2026-11-02", "1.25"), try quote("JPY/USD", "2026-11-02", "0.005"),
      try quote("GBP/EUR", "2026-11-03", "1.2"), try quote("EUR/JPY", "2026-11-03", "200"),
    ]
    let day = try #require(Day("2026-11-04"))
    let found = try #require(RateTable(quotes, base: "USD").rate(of: "GBP", in: "JPY", on: day))
    // 1.25 / 0.005
    #expect(found.rate.text == "250" && found.way == .through("USD"))
    let other = try #require(RateTable(quotes, base: "CHF").rate(of: "GBP", in: "JPY", on: day))
    #expect(other.rate.text == "240" && other.way == .through("EUR"))
    #expect(RateTable(quotes.dropLast(2)).rate(of: "GBP", in: "JPY", on: day) == nil)
  }

  private func worth(
    _ minorUnits: Int64, exponent: Int, _ quotes: [RateQuote], _ from: String, _ to: String
  ) throws -> Int64 {
    try #require(try found(quotes, from, to, "2026-11-02")).rate.base(
      of: Money(minorUnits: minorUnits), foreignExponent: exponent, baseExponent: 2,
      .halfAwayFromZero
    ).minorUnits
  }

  /// RULES R29: the inverse is computed at use.
  @Test func `an amount is divided by the rate that is kept, not multiplied by its inverse`()
    throws
  {
    let dong = try quote("EUR/VND", "2026-11-02", "26300")
    // 1 / 26300 = 0.000038022813688…
    #expect(try found([dong], "VND", "EUR", "2026-11-02")?.rate.text == "0.000038022814")
    // 9,000,000,000,000 / 26300 = 342,205,323.193…
    #expect(try worth(9_000_000_000_000, exponent: 0, [dong], "VND", "EUR") == 342_205_323_19)
    #expect(try worth(-9_000_000_000_000, exponent: 0, [dong], "VND", "EUR") == -342_205_323_19)
    // 100,000,000,000.00 / 17500 = 5,714,285.714…
    let rupiah = try quote("EUR/IDR", "2026-11-02", "17500")
    #expect(
      try worth(10_000_000_000_000, exponent: 2, [rupiah], "IDR", "EUR") == 5_714_285_71)
    // 9,000,000,000,000 / 26300 × 1.1 = 376,425,855.513…
    let dollar = try quote("EUR/USD", "2026-11-02", "1.1")
    #expect(
      try worth(9_000_000_000_000, exponent: 0, [dong, dollar], "VND", "USD") == 376_425_855_51)
  }

  @Test func `where that has more digits than can be worked with, the digits of the rate do`()
    throws
  {
    let quotes = [
      try quote("EUR/GBP", "2026-11-02", "1.000000000001"),
      try quote("CHF/EUR", "2026-11-02", "1.000000000001"),
    ]
    // 10,000,000,000,000.00 × 0.999999999998
    #expect(
      try worth(1_000_000_000_000_000, exponent: 2, quotes, "GBP", "CHF") == 999_999_999_998_000)
  }

  @Test(arguments: ["0", "-1", "", "a", "1.2.3", "0.0000000000001", "9223372036854775808"])
  func `what is no rate is refused`(_ text: String) {
    #expect(ExchangeRate(written: text) == nil)
  }

  @Test func `a rate may be written with a comma`() {
    #expect(ExchangeRate(written: "0,9217")?.text == "0.9217")
    // Fifteen, or fifteen thousand.
    #expect(ExchangeRate(written: "15,000") == nil)
    #expect(ExchangeRate(written: "15.000")?.text == "15")
  }
}
