import Domain
import Testing

@Suite struct RoundingTests {
  @Test(arguments: [
    ("2.5", "3", "2"), ("3.5", "4", "4"), ("-2.5", "-3", "-2"), ("-3.5", "-4", "-4"),
    ("0.5", "1", "0"), ("-0.5", "-1", "0"), ("1.5", "2", "2"), ("2.4999", "2", "2"),
    ("2.5001", "3", "3"), ("-2.5001", "-3", "-3"), ("7", "7", "7"), ("0", "0", "0"),
  ])
  func `a half goes away from zero, or to the even neighbour`(
    _ text: String, _ away: String, _ even: String
  ) throws {
    let quantity = try #require(Quantity(text))
    #expect(try quantity.rounded(to: 0, .halfAwayFromZero) == Quantity(away))
    #expect(try quantity.rounded(to: 0, .halfEven) == Quantity(even))
  }

  @Test(
    arguments: [
      (7, 2, 4, 4), (5, 2, 3, 2), (-5, 2, -3, -2), (5, -2, -3, -2), (-5, -2, 3, 2), (1, 3, 0, 0),
      (2, 3, 1, 1), (-2, 3, -1, -1), (6, 3, 2, 2), (1, -3, 0, 0),
    ] as [(Int128, Int128, Int128, Int128)])
  func `a quotient is rounded whatever the signs`(
    _ numerator: Int128, _ denominator: Int128, _ away: Int128, _ even: Int128
  ) {
    #expect(Rounding.halfAwayFromZero.divide(numerator, by: denominator) == away)
    #expect(Rounding.halfEven.divide(numerator, by: denominator) == even)
  }

  @Test(arguments: Rounding.allCases)
  func `rounding moves by half a unit at most, keeps the sign and is settled at once`(
    _ rounding: Rounding
  ) throws {
    var generator = SplitMix(seed: 4)
    for _ in 0..<2000 {
      let number = Quantity(
        Int128(Int64.random(in: .min ... .max, using: &generator)), decimals: 6)
      let rounded = try number.rounded(to: 2, rounding)
      let error = try rounded - number
      #expect(error <= Quantity(5, decimals: 3) && error >= Quantity(-5, decimals: 3))
      #expect(try rounded.rounded(to: 2, rounding) == rounded)
      #expect(try number.negated().rounded(to: 2, rounding) == rounded.negated())
      #expect(rounded.isZero || (rounded > .zero) == (number > .zero))
    }
  }

  @Test(arguments: [
    ("100", "3", 2, "33.33"), ("200", "3", 2, "66.67"), ("-200", "3", 2, "-66.67"),
    ("1", "8", 2, "0.13"), ("1", "0.125", 0, "8"), ("0.01", "300", 2, "0"), ("1000", "3", 0, "333"),
  ])
  func `division rounds to the digits asked for`(
    _ dividend: String, _ divisor: String, _ decimals: Int, _ quotient: String
  ) throws {
    let (dividend, divisor) = (try #require(Quantity(dividend)), try #require(Quantity(divisor)))
    #expect(try dividend.divided(by: divisor, decimals: decimals) == Quantity(quotient))
  }

  @Test func `more digits than there are change nothing`() throws {
    let rounded = try Quantity(15, decimals: 1).rounded(to: 4)
    #expect(rounded.text == "1.5000")
  }

  @Test func `the database's words for rounding stay as they are`() {
    #expect(Rounding.allCases.map(\.rawValue) == ["half_away", "half_even"])
  }
}
