import Domain
import Testing

@Suite struct AmountExpressionTests {
  @Test(
    arguments: [
      ("0", 0), ("5", 500), ("5.5", 550), ("1234.50", 123_450), (".5", 50), ("12.", 1200),
      ("-1200", -120_000), ("1200-", -120_000), ("−12", -1200), ("+3", 300), (" 7 ", 700),
      ("120*3+5.50", 36_550), ("2+3*4", 1400), ("(2+3)*4", 2000), ("10-2-3", 500), ("100/3", 3333),
      ("200/3", 6667), ("-200/3", -6667), ("10/3*3", 999), ("-(5+5)", -1000), ("--5", 500),
      ("2*-3", -600), ("7×2", 1400), ("9÷2", 450), ("100*1.0825", 10_825), ("1k", 100_000),
      ("1.5k", 150_000), ("2K+1", 200_100), ("12k-", -1_200_000), ("0.125k", 12_500),
      ("1.005+1.005", 201), ("5 + 3", 800), ("1.500", 150),
    ] as [(String, Int64)])
  func `an amount is computed as it is typed`(_ text: String, _ cents: Int64) throws {
    #expect(try AmountExpression.parse(text, exponent: 2).minorUnits == cents)
  }

  @Test(
    arguments: [
      ("200+19%", 23_800), ("200-10%", 18_000), ("200*10%", 2000), ("20/10%", 20_000),
      ("100+10%+10%", 12_100), ("0.50+5%", 53), ("0.49+5%", 51), ("-0.50-5%", -47),
      ("(100+100)+(9+10)%", 23_800), ("50*3+2 %", 15_300), ("2*100+10%", 22_000),
    ] as [(String, Int64)])
  func `a percentage is a part of what stands before it, rounded to the cent`(
    _ text: String, _ cents: Int64
  ) throws {
    #expect(try AmountExpression.parse(text, exponent: 2).minorUnits == cents)
  }

  @Test(
    arguments: [
      ("1,234.50", DecimalMark.point, 123_450), ("1.234,50", .point, 123_450),
      ("1,234.50", .comma, 123_450), ("1.234,50", .comma, 123_450), ("1 234,50", .point, 123_450),
      ("1 234,50", .comma, 123_450), ("1'234.50", .point, 123_450), ("1’234.50", .point, 123_450),
      ("1\u{A0}234,50", .comma, 123_450), ("1\u{202F}234,50", .comma, 123_450),
      ("1,234", .point, 123_400), ("1.234", .comma, 123_400), ("1,23", .point, 123),
      ("1.23", .comma, 123), ("1,5", .point, 150), ("1,234,567", .point, 123_456_700),
      ("1.234.567", .point, 123_456_700), ("1.234.567,8", .comma, 123_456_780),
      ("12,34,567.00", .point, 123_456_700), ("1,00,000", .point, 10_000_000),
      ("0,500", .point, 50), ("1234,50", .point, 123_450), (",5", .point, 50),
      ("1 234 567", .point, 123_456_700), ("1,234-", .point, -123_400),
      ("1,234k", .point, 123_400_000),
      ("1,234.50+1.234,50", .point, 246_900),
    ] as [(String, DecimalMark, Int64)])
  func `thousands are told from decimals by the last separator, then by the setting`(
    _ text: String, _ mark: DecimalMark, _ cents: Int64
  ) throws {
    let amount = try AmountExpression.parse(text, exponent: 2, decimalMark: mark)
    #expect(amount.minorUnits == cents)
  }

  @Test(arguments: [
    ("", AmountInputError.empty), ("   ", .empty),
    ("12a", .unexpected("a", column: 3)), ("abc", .unexpected("a", column: 1)),
    ("1e3", .unexpected("e", column: 2)), ("$5", .unexpected("$", column: 1)),
    ("5 EUR", .unexpected("E", column: 3)), ("5kk", .unexpected("k", column: 3)),
    ("k", .unexpected("k", column: 1)), ("1=2", .unexpected("=", column: 2)),
    ("٣", .unexpected("٣", column: 1)), ("3\u{20E3}", .unexpected("3\u{20E3}", column: 1)),
    ("\u{1B}[31m5", .unexpected("\u{1B}", column: 1)), ("1\u{0}", .unexpected("\u{0}", column: 2)),
    ("5  5", .unexpected("5", column: 4)), ("5 5", .misplacedSeparator(column: 2)),
    ("5(3)", .unexpected("(", column: 2)),
    ("*5", .unexpected("*", column: 1)), ("5)", .unexpected(")", column: 2)),
    ("()", .unexpected(")", column: 2)), ("(5", .unclosedParenthesis(column: 1)),
    ("2*(3+(4)", .unclosedParenthesis(column: 3)), ("5+", .incomplete), ("-", .incomplete),
    ("(", .incomplete), ("120*3-", .incomplete),
    ("50%", .percentOfNothing(column: 3)), ("100+5%%", .unexpected("%", column: 7)),
    ("1,23,4", .misplacedSeparator(column: 5)), ("1,2345.00", .misplacedSeparator(column: 2)),
    ("1.2.3", .misplacedSeparator(column: 4)), (".", .misplacedSeparator(column: 1)),
    ("1,234.5,6", .misplacedSeparator(column: 6)), ("1 23", .misplacedSeparator(column: 2)),
    ("1'2345", .misplacedSeparator(column: 2)),
  ])
  func `what is no amount is refused where the fault is`(_ text: String, _ error: AmountInputError)
  {
    #expect(throws: error) { try AmountExpression.parse(text, exponent: 2) }
  }

  @Test(arguments: [
    ("1.234", 2), ("0.005", 2), ("1,5", 0), ("1.0001", 3), ("1.5*1.5*1.5", 2), ("0.0001k", 0),
  ])
  func `more decimals than the currency has are refused`(_ text: String, _ exponent: Int) {
    #expect(throws: AmountInputError.amount(.tooManyDecimals(decimals: exponent))) {
      try AmountExpression.parse(text, exponent: exponent)
    }
  }

  @Test(arguments: [
    "92233720368547758.08", "9223372036854775808", "-9223372036854775808", "10000000000000.01",
    "99999999k*99999999k", "170141183460469231731687303715884105727k",
    "9999999999999999999999999999999999999999",
    "99999999999999999999*99999999999999999999", "0.0000000000000000001",
    "0-(-85070591730234615865843651857942052864-85070591730234615865843651857942052864)",
  ])
  func `an amount beyond what books hold is refused`(_ text: String) {
    #expect(throws: AmountInputError.amount(.tooLarge)) {
      try AmountExpression.parse(text, exponent: 2)
    }
  }

  @Test func `the largest amount is taken, on both sides`() throws {
    #expect(try AmountExpression.parse("10,000,000,000,000.00", exponent: 2) == .limit)
    #expect(try AmountExpression.parse("10000000000000-", exponent: 2) == Money.limit.negated())
  }

  @Test(arguments: ["5/0", "5/(3-3)", "5/0%"])
  func `nothing is divided by nothing`(_ text: String) {
    #expect(throws: AmountInputError.amount(.divisionByZero)) {
      try AmountExpression.parse(text, exponent: 2)
    }
  }

  @Test func `a paste into the wrong field is refused at once`() {
    #expect(throws: AmountInputError.tooLong(most: 200)) {
      try AmountExpression.parse(String(repeating: "9", count: 100_000), exponent: 2)
    }
    #expect(throws: AmountInputError.incomplete) {
      try AmountExpression.parse(String(repeating: "(", count: 200), exponent: 2)
    }
  }

  @Test func `any text is an amount or refused, never a crash`() {
    let alphabet = Array("0123456789.,'’ +-*/()%k−×a\u{A0}")
    var generator = SplitMix(seed: 7)
    var amounts = 0
    for _ in 0..<20_000 {
      let text = String(
        (0..<Int.random(in: 1...14, using: &generator)).map { _ in
          alphabet.randomElement(using: &generator) ?? "0"
        })
      if (try? AmountExpression.parse(text, exponent: 2)) != nil { amounts += 1 }
    }
    #expect(amounts > 100)
  }
}
