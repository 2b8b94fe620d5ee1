import Domain
import Testing

@Suite struct AmountFormatTests {
  @Test(
    arguments: [
      (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (123_450, 2, "1,234.50"),
      (99_999, 2, "999.99"), (100_000, 2, "1,000.00"), (-100_000_000, 2, "-1,000,000.00"),
      (1_234_567, 0, "1,234,567"), (1, 3, "0.001"), (12, 4, "0.0012"),
      (.max, 2, "92,233,720,368,547,758.07"), (.min, 0, "-9,223,372,036,854,775,808"),
    ] as [(Int64, Int, String)])
  func `an amount has its thousands grouped and all digits of its currency`(
    _ minorUnits: Int64, _ exponent: Int, _ text: String
  ) {
    #expect(AmountFormat().text(Money(minorUnits: minorUnits), exponent: exponent) == text)
  }

  @Test(arguments: [
    (DecimalMark.comma, AmountFormat.Grouping.mark, "1.234.567,89"),
    (.comma, .space, "1 234 567,89"), (.point, .apostrophe, "1'234'567.89"),
    (.point, .none, "1234567.89"), (.comma, .none, "1234567,89"),
  ])
  func `marks are as people are used to`(
    _ mark: DecimalMark, _ grouping: AmountFormat.Grouping, _ text: String
  ) {
    let format = AmountFormat(decimalMark: mark, grouping: grouping)
    #expect(format.text(Money(minorUnits: 123_456_789), exponent: 2) == text)
  }

  @Test(arguments: [
    (AmountFormat.Negative.minus, "-1,234.50"), (.parentheses, "(1,234.50)"),
    (.trailing, "1,234.50-"),
  ])
  func `below zero has its style, and zero has none`(
    _ negative: AmountFormat.Negative, _ text: String
  ) {
    let format = AmountFormat(negative: negative)
    #expect(format.text(Money(minorUnits: -123_450), exponent: 2) == text)
    #expect(format.text(.zero, exponent: 2) == "0.00")
  }

  @Test func `what is written can be typed`() throws {
    var generator = SplitMix(seed: 8)
    for mark in DecimalMark.allCases {
      for grouping in AmountFormat.Grouping.allCases {
        for negative in [AmountFormat.Negative.minus, .trailing] {
          for exponent in [0, 2, 3] {
            let format = AmountFormat(decimalMark: mark, grouping: grouping, negative: negative)
            let limit = Money.limit.minorUnits
            let amount = Money(minorUnits: .random(in: -limit...limit, using: &generator))
            let text = format.text(amount, exponent: exponent)
            #expect(
              try AmountExpression.parse(text, exponent: exponent, decimalMark: mark) == amount)
          }
        }
      }
    }
  }
}
