import Domain
import Testing

@Suite struct QuantityTests {
  @Test(
    arguments: [
      ("0", 0, 0), ("1", 1, 0), ("-1234.50", -123_450, 2), ("+7.5", 75, 1), (".5", 5, 1),
      ("5.", 5, 0), ("-0.001", -1, 3), ("0.000000000000000001", 1, 18),
      ("170141183460469231731687303715884105727", Int128.max, 0),
    ] as [(String, Int128, Int)])
  func `digits with a point are read exactly`(
    _ text: String, _ mantissa: Int128, _ decimals: Int
  )
    throws
  {
    let quantity = try #require(Quantity(text))
    #expect(quantity.mantissa == mantissa)
    #expect(quantity.decimals == decimals)
  }

  @Test(arguments: [
    "", ".", "-", "+", "--1", "-+1", "1.2.3", "1,5", "1e3", " 1", "1 ", "½", "１", "٣", "0x1",
    "1.0000000000000000001", "170141183460469231731687303715884105728", "1_000", "∞",
  ])
  func `anything else is no number`(_ text: String) {
    #expect(Quantity(text) == nil)
  }

  @Test func `what is written is read back`() throws {
    var generator = SplitMix(seed: 2)
    for _ in 0..<2000 {
      let quantity = Quantity(
        Int128(Int64.random(in: .min ... .max, using: &generator)),
        decimals: .random(in: 0...18, using: &generator))
      let back = try #require(Quantity(quantity.text))
      #expect(back.mantissa == quantity.mantissa && back.decimals == quantity.decimals)
    }
  }

  @Test func `zeros at the end make no difference`() throws {
    let (short, long) = (Quantity(15, decimals: 1), Quantity(15_000, decimals: 4))
    #expect(short == long)
    #expect(Set([short, long]).count == 1)
    #expect(!(short < long) && !(long < short))
    #expect(long.reduced().text == "1.5")
    #expect(Quantity(0, decimals: 5) == .zero)
  }

  @Test func `sums and products are exact`() throws {
    #expect(try Quantity(1, decimals: 1) + Quantity(2, decimals: 1) == Quantity(3, decimals: 1))
    #expect(try Quantity(1) - Quantity(1, decimals: 18) == Quantity("0.999999999999999999"))
    #expect(try Quantity(-15, decimals: 1) * Quantity(2, decimals: 2) == Quantity("-0.03"))
  }

  @Test func `adding and taking away again gives the same number`() throws {
    var generator = SplitMix(seed: 3)
    for _ in 0..<2000 {
      let (one, other) = (quantity(&generator), quantity(&generator))
      #expect(try one + other - other == one)
      #expect(try (one - other) + (other - one) == .zero)
      #expect((one < other) == (other > one))
      #expect(try (one < other) == ((one - other).mantissa < 0))
    }
  }

  @Test func `numbers beyond 128 bits are refused`() {
    let huge = Quantity(.max)
    #expect(throws: AmountError.tooLarge) { try huge + huge }
    #expect(throws: AmountError.tooLarge) { try huge * Quantity(2) }
    #expect(throws: AmountError.tooLarge) { try huge + Quantity(1, decimals: 1) }
    #expect(throws: AmountError.tooLarge) { try huge.money(exponent: 2) }
    #expect(throws: AmountError.tooLarge) { try huge.divided(by: Quantity(3), decimals: 2) }
    #expect(throws: AmountError.tooLarge) { try huge.rounded(to: 1) }
  }

  @Test func `the smallest 128 bit number, which has no opposite, is refused`() {
    let half = Quantity(.min / 2)
    #expect(throws: AmountError.tooLarge) { try half + half }
    #expect(throws: AmountError.tooLarge) { try half * Quantity(2) }
  }

  @Test func `numbers too large to subtract still compare`() {
    #expect(Quantity(-.max) < Quantity(.max, decimals: 0))
    #expect(Quantity(.max, decimals: 18) < Quantity(.max))
    #expect(!(Quantity(.max) < Quantity(.max, decimals: 18)))
  }

  @Test(arguments: [
    ("9223372036854775807", 0, Int64.max), ("92233720368547758.07", 2, .max),
    ("-92233720368547758.07", 2, -.max), ("12.5", 2, 1250), ("12.500", 2, 1250), ("12", 3, 12_000),
  ])
  func `a quantity that fits is money`(_ text: String, _ exponent: Int, _ minorUnits: Int64) throws
  {
    let quantity = try #require(Quantity(text))
    #expect(try quantity.money(exponent: exponent).minorUnits == minorUnits)
    #expect(Quantity(Money(minorUnits: minorUnits), exponent: exponent) == quantity)
  }

  @Test(arguments: ["9223372036854775808", "-9223372036854775808", "-9223372036854775809"])
  func `an amount of 2⁶³ is no money`(_ text: String) throws {
    let quantity = try #require(Quantity(text))
    #expect(throws: AmountError.tooLarge) { try quantity.money(exponent: 0) }
  }

  @Test func `digits that the currency doesn't have are never dropped`() {
    #expect(throws: AmountError.tooManyDecimals(decimals: 2)) {
      try Quantity(12_345, decimals: 3).money(exponent: 2)
    }
    #expect(throws: AmountError.tooManyDecimals(decimals: 0)) {
      try Quantity(5, decimals: 1).money(exponent: 0)
    }
  }

  @Test func `nothing is divided by nothing`() {
    #expect(throws: AmountError.divisionByZero) {
      try Quantity(1).divided(by: Quantity(0, decimals: 4), decimals: 2)
    }
  }

  private func quantity(_ generator: inout SplitMix) -> Quantity {
    Quantity(
      Int128(Int64.random(in: .min ... .max, using: &generator)),
      decimals: .random(in: 0...9, using: &generator))
  }
}
