import Domain
import Testing

@Suite struct ValuationTests {
  private static let base = Currency(code: "EUR", exponent: 2, symbol: "€")
  private static let dollar = Currency(code: "USD", exponent: 2)
  private static let yen = Currency(code: "JPY", exponent: 0)
  private static let day = Day(sinceEpoch: 20_780)
  private let valuation = Valuation(
    base: base, currencies: [base, dollar, yen],
    rates: RateTable([
      RateQuote(
        from: "USD", to: "EUR", day: day.adding(days: -2),
        rate: ExchangeRate(mantissa: 92_175, scale: 5))
    ]),
    positions: [
      ForeignPosition(
        account: ID(7), currency: "JPY", amount: Money(minorUnits: -238_001),
        base: Money(minorUnits: -149_726))
    ])

  private func read(_ text: String, usual: Currency = base) throws -> WrittenAmount {
    try WrittenAmount.parse(
      text, of: valuation.currencies, usual: usual, base: Self.base)
  }

  private func line(_ text: String, on account: Int64 = 1) throws -> LineContent {
    try valuation.line(try read(text), on: ID(account), day: Self.day)
  }

  @Test(arguments: [
    ("100", "EUR", 10_000), ("100 USD", "USD", 10_000), ("USD 100", "USD", 10_000),
    ("100usd", "USD", 10_000), ("-1,234.50 USD", "USD", -123_450), ("12k", "EUR", 1_200_000),
    ("3*4 JPY", "JPY", 12), ("€5", "EUR", 500), ("12k USD", "USD", 1_200_000),
  ])
  func `an amount is in the currency that is written with it`(
    _ text: String, _ code: String, _ units: Int64
  ) throws {
    let written = try read(text)
    #expect(written.currency.code == code)
    #expect(written.amount.minorUnits == units)
    #expect(written.worth == .rateOfDay)
  }

  @Test func `an amount without a code is in the account's currency, and written back with it`()
    throws
  {
    let written = try read("100", usual: Self.dollar)
    #expect(written.currency.code == "USD")
    #expect(written.text(usual: Self.dollar, base: Self.base) == "100.00 USD")
    #expect(try read("100").text(usual: Self.base, base: Self.base) == "100.00")
    #expect(try read("100").text(usual: Self.dollar, base: Self.base) == "100.00 EUR")
  }

  @Test(arguments: ["100 USD @ 0.95", "100 USD @@ 95", "100 JPY @ book", "100.00 USD"])
  func `what is written back reads as the same`(_ text: String) throws {
    let written = try read(text)
    #expect(try read(written.text(usual: Self.base, base: Self.base)) == written)
  }

  @Test func `what can't be read says what is wrong`() {
    #expect(throws: WrittenAmountError.amount(.unexpected("x", column: 3))) { try read("12x") }
    #expect(throws: WrittenAmountError.unknownCurrency("XYZ")) { try read("100 XYZ") }
    #expect(throws: WrittenAmountError.noRate("1.2.3")) { try read("100 USD @ 1.2.3") }
    #expect(throws: WrittenAmountError.baseHasNoRate("EUR")) { try read("100 @ 0.9") }
    #expect(throws: WrittenAmountError.amount(.empty)) { try read("USD") }
    #expect(throws: WrittenAmountError.amount(.amount(.tooManyDecimals(decimals: 0)))) {
      try read("1.5 JPY")
    }
  }

  @Test func `a line is worth what the rate of the day, an agreed rate or its worth says`() throws {
    let byDay = try line("100.01 USD")
    // 100.01 × 0.92175 = 92.184…
    #expect(byDay.base == Money(minorUnits: 9_218))
    #expect(byDay.rateDay == Self.day.adding(days: -2))
    #expect(try line("-100 USD @ 0.95").base == Money(minorUnits: -9_500))
    #expect(try line("-100 USD @@ 95.01").base == Money(minorUnits: -9_501))
    #expect(try line("-100 USD @@ 95.01").rate == nil)
    #expect(throws: ValuationError.noRate(of: "JPY", in: "EUR", on: Self.day)) {
      try line("100 JPY")
    }
  }

  @Test func `a line is worth what the rate that is kept makes of it, and keeps its inverse`()
    throws
  {
    let dong = Currency(code: "VND", exponent: 0)
    let rates = RateTable([
      RateQuote(
        from: "EUR", to: "VND", day: Self.day, rate: ExchangeRate(mantissa: 26_300, scale: 0))
    ])
    let line = try Valuation(base: Self.base, currencies: [Self.base, dong], rates: rates).line(
      WrittenAmount(Money(minorUnits: 9_000_000_000_000), in: dong), on: ID(1), day: Self.day)
    // 9,000,000,000,000 / 26300 = 342,205,323.193…
    #expect(line.base.minorUnits == 342_205_323_19)
    #expect(line.rate == ExchangeRate(mantissa: 38_022_814, scale: 12))
    #expect(line.rateDay == Self.day)
  }

  @Test func `settling takes a share of what the account holds, and the last takes the rest`()
    throws
  {
    // 1,497.26 × 90,001 / 238,001 = 566.19…
    #expect(try line("90001 JPY @ book", on: 7).base == Money(minorUnits: 56_619))
    #expect(try line("238001 JPY @ book", on: 7).base == Money(minorUnits: 149_726))
    #expect(throws: ValuationError.moreThanHeld(Money(minorUnits: -238_001), currency: "JPY")) {
      try line("238002 JPY @ book", on: 7)
    }
    #expect(throws: ValuationError.nothingToSettle) { try line("-1 JPY @ book", on: 7) }
    #expect(throws: ValuationError.nothingToSettle) { try line("1 JPY @ book", on: 8) }
  }

  /// RULES R32's example in books kept in rupees, beside 1,000 dollars that another is owed at 90.
  private static func payables() -> Valuation {
    let rupee = Currency(code: "INR", exponent: 2)
    func position(_ amount: Int64, _ base: Int64) -> ForeignPosition {
      ForeignPosition(
        account: ID(7), currency: "USD", amount: Money(minorUnits: amount),
        base: Money(minorUnits: base))
    }
    return Valuation(
      base: rupee, currencies: [rupee, dollar],
      positions: [position(-138_800, -12_662_332)],
      items: [
        ItemPlace(account: ID(7), currency: "USD"): [
          ItemName(party: "Acme", reference: "A-7"): position(-38_800, -3_662_332),
          ItemName(party: "Bolt", reference: "B-1"): position(-100_000, -9_000_000),
        ]
      ])
  }

  private func relief(
    _ minorUnits: Int64, of name: ItemName, on account: Int64 = 7
  ) throws -> Int64 {
    let written = WrittenAmount(
      Money(minorUnits: minorUnits), in: Self.dollar, worth: .book)
    return try Self.payables().line(written, on: ID(account), of: name, day: Self.day).base
      .minorUnits
  }

  @Test func `what is settled of an open item takes a share of that, or all of it`() throws {
    let acme = ItemName(party: "Acme", reference: "A-7")
    // 388 at 94.39. Paid at 94.125 that is 36,520.50: a gain of 102.82.
    #expect(try relief(38_800, of: acme) == 3_662_332)
    // 36,623.32 × 100 / 388 = 9,439.00, and × 0.01 / 388 = 0.94…
    #expect(try relief(10_000, of: acme) == 943_900)
    #expect(try relief(1, of: acme) == 94)
    #expect(try relief(38_800, of: ItemName(party: "Bolt", reference: "B-1")) == 3_492_000)
    #expect(
      throws: ValuationError.moreThanHeld(Money(minorUnits: -38_800), currency: "USD")
    ) { try relief(38_801, of: acme) }
    #expect(throws: ValuationError.nothingToSettle) { try relief(-1, of: acme) }
  }

  @Test(arguments: [
    ItemName(), ItemName(party: "Acme"), ItemName(reference: "A-7"),
    ItemName(party: "Acme", reference: "B-1"),
  ])
  func `what is of no open item takes a share of what the account holds`(
    _ name: ItemName
  ) throws {
    // 126,623.32 × 388 / 1,388 = 35,396.144…
    #expect(try relief(38_800, of: name) == 3_539_614)
  }

  @Test func `an item is of its account alone`() {
    #expect(throws: ValuationError.nothingToSettle) {
      try relief(100, of: ItemName(party: "Acme", reference: "A-7"), on: 8)
    }
  }

  @Test func `a line's own party and document go before its entry's`() {
    let own = ItemName(
      party: " Bolt ", orOfEntry: "Acme", reference: "B-1", orOfEntry: "A-7")
    #expect(own == ItemName(party: "Bolt", reference: "B-1"))
    let entrys = ItemName(party: " ", orOfEntry: "Acme", reference: "", orOfEntry: " A-7")
    #expect(entrys == ItemName(party: "Acme", reference: "A-7"))
  }

  @Test func `whatever the parts, settling them all leaves nothing`() throws {
    var chance = SplitMix(seed: 31)
    for _ in 0..<10_000 {
      var (amount, base) = (
        Int64.random(in: 1...1_000_000, using: &chance),
        Int64.random(in: 0...1_000_000, using: &chance)
      )
      while amount > 0 {
        let part = Int64.random(in: 1...amount, using: &chance)
        let position = ForeignPosition(
          account: ID(1), currency: "JPY", amount: Money(minorUnits: amount),
          base: Money(minorUnits: base))
        let relief = try position.relief(of: Money(minorUnits: -part), .halfAwayFromZero)
        #expect(relief <= .zero && -relief.minorUnits <= base)
        amount -= part
        base += relief.minorUnits
      }
      #expect(base == 0)
    }
  }

  @Test func `a revaluation is the difference between the rate of the day and the books`() throws {
    let position = ForeignPosition(
      account: ID(1), currency: "USD", amount: Money(minorUnits: -38_800),
      base: Money(minorUnits: -3_662_332))
    let rate = FoundRate(
      rate: ExchangeRate(mantissa: 939_325, scale: 4), day: Self.day, way: .direct)
    let result = try Revaluation(
      of: position, at: rate, foreignExponent: 2, baseExponent: 2, .halfAwayFromZero)
    // RULES §3.9's example: a payable gains 177.51.
    #expect(result.target == Money(minorUnits: -3_644_581))
    #expect(result.difference == Money(minorUnits: 17_751))
    let gone = ForeignPosition(
      account: ID(1), currency: "USD", amount: .zero, base: Money(minorUnits: 5))
    let rest = try Revaluation(
      of: gone, at: nil, foreignExponent: 2, baseExponent: 2, .halfAwayFromZero)
    #expect(rest.isRealised)
    #expect(rest.difference == Money(minorUnits: -5))
  }
}
