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
