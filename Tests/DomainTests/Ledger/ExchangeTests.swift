import Domain
import Testing

@Suite struct ExchangeTests {
  private let rate = ExchangeRate(mantissa: 108_555, scale: 5)

  /// RULES R30's own example.
  @Test func `the largest line takes the cent that rounding leaves`() throws {
    let lines = try [1000, -333, -333, -334].map { try line($0) }
    #expect(lines.map(\.base.minorUnits) == [1086, -361, -361, -363])
    let absorbed = try absorbingRounding(lines)
    #expect(absorbed.map(\.base.minorUnits) == [1085, -361, -361, -363])
    #expect(absorbed.map(\.amount) == lines.map(\.amount))
  }

  @Test func `of equal lines the first takes it`() throws {
    let lines = [line(100, base: 51), line(100, base: 51), line(-200, base: -101)]
    #expect(try absorbingRounding(lines).map(\.base.minorUnits) == [51, 51, -102])
    let equals = [line(100, base: 101), line(-100, base: -101), line(0, base: 1)]
    #expect(try absorbingRounding(equals).map(\.base.minorUnits) == [100, -101, 1])
  }

  @Test func `what isn't rounding is left for the check to find`() throws {
    let offByTwo = [line(100, base: 110), line(-100, base: -108)]
    #expect(try absorbingRounding(offByTwo) == offByTwo)
    let threeOffByTwo = [line(100, base: 110), line(-50, base: -54), line(-50, base: -54)]
    #expect(try absorbingRounding(threeOffByTwo) == threeOffByTwo)
    let unbalanced = [line(100, base: 110), line(-99, base: -109)]
    #expect(try absorbingRounding(unbalanced) == unbalanced)
    let mixed = [line(100, base: 110), line(-111, base: -111, "USD")]
    #expect(try absorbingRounding(mixed) == mixed)
    var unvalued = [line(100, base: 0), line(-100, base: -1)]
    unvalued[0].isUnvalued = true
    #expect(try absorbingRounding(unvalued) == unvalued)
    #expect(try absorbingRounding([]) == [])
  }

  @Test func `no line changes its side, and the rate goes from the one that takes a cent`() throws {
    let small = [line(1, base: 1), line(1, base: 1), line(-1, base: 0), line(-1, base: 0)]
    #expect(try absorbingRounding(small) == small)
    var rated = try [1000, -333, -333, -334].map { try line($0) }
    for index in rated.indices { rated[index].rate = rate }
    #expect(try absorbingRounding(rated).map(\.rate) == [nil, rate, rate, rate])
  }

  @Test func `any entry that balances abroad balances at home after rounding`() throws {
    var generator = SplitMix(seed: 30)
    for _ in 0..<500 {
      let rate = ExchangeRate(mantissa: .random(in: 1...10_000_000, using: &generator), scale: 5)
      var amounts = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
        Int64.random(in: -1_000_000...1_000_000, using: &generator)
      }
      amounts.append(-amounts.reduce(0, +))
      let lines = try amounts.map { try line($0, at: rate) }
      #expect(try absorbingRounding(lines).map(\.base).total() == .zero)
    }
  }

  @Test(
    arguments: [
      (1000, 2, 2, Rounding.halfAwayFromZero, 1086), (-1000, 2, 2, .halfAwayFromZero, -1086),
      (1000, 0, 2, .halfAwayFromZero, 108_555), (1000, 3, 0, .halfAwayFromZero, 1),
      (10_000_000, 2, 2, .halfEven, 10_855_500),
    ] as [(Int64, Int, Int, Rounding, Int64)])
  func `a rate turns minor units of one currency into those of another`(
    _ amount: Int64, _ foreign: Int, _ base: Int, _ rounding: Rounding, _ result: Int64
  ) throws {
    let money = try rate.base(
      of: Money(minorUnits: amount), foreignExponent: foreign, baseExponent: base, rounding)
    #expect(money.minorUnits == result)
  }

  @Test func `half a cent goes where the business chose`() throws {
    let half = ExchangeRate(mantissa: 5, scale: 1)
    let amount = Money(minorUnits: 5)
    #expect(
      try half.base(of: amount, foreignExponent: 2, baseExponent: 2, .halfAwayFromZero).minorUnits
        == 3)
    #expect(
      try half.base(of: amount, foreignExponent: 2, baseExponent: 2, .halfEven).minorUnits == 2)
  }

  @Test func `the largest amount at the largest rate is refused, not wrapped`() {
    #expect(throws: AmountError.tooLarge) {
      try ExchangeRate(mantissa: .max, scale: 0).base(
        of: Money(minorUnits: .max), foreignExponent: 2, baseExponent: 2, .halfEven)
    }
  }

  private func line(_ amount: Int64, at rate: ExchangeRate? = nil) throws -> LineContent {
    let money = Money(minorUnits: amount)
    let base = try (rate ?? self.rate).base(
      of: money, foreignExponent: 2, baseExponent: 2, .halfAwayFromZero)
    return line(amount, base: base.minorUnits)
  }

  private func line(_ amount: Int64, base: Int64, _ currency: String = "EUR") -> LineContent {
    LineContent(
      account: ID(1), currency: currency, amount: Money(minorUnits: amount),
      base: Money(minorUnits: base))
  }
}
