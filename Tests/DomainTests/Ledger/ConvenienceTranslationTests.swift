import Domain
import Testing

/// A report in another currency at one rate (RULES R33).
struct ConvenienceTranslationTests {
  private func translated(
    _ minorUnits: Int64, to exponent: Int = 2, at rate: String,
    _ rounding: Rounding = .halfAwayFromZero
  ) throws -> Int64 {
    let rate = try #require(ExchangeRate(written: rate))
    let translation = ConvenienceTranslation(
      from: Currency(code: "USD", exponent: 2), to: Currency(code: "XYZ", exponent: exponent),
      at: rate, rounding)
    return try translation.amount(Money(minorUnits: minorUnits)).minorUnits
  }

  @Test func `an amount is divided by what one unit of the other currency is worth`() throws {
    #expect(try translated(108_00, at: "1.08") == 100_00)
    #expect(try translated(-108_00, at: "1.08") == -100_00)
    #expect(try translated(0, at: "1.08") == 0)
  }

  @Test func `halves are rounded as the books do`() throws {
    // 0.05 : 2 = 0.025, and 0.03 : 2 = 0.015.
    #expect(try translated(5, at: "2") == 3)
    #expect(try translated(-5, at: "2") == -3)
    #expect(try translated(3, at: "2") == 2)
    #expect(try translated(5, at: "2", .halfEven) == 2)
    #expect(try translated(-5, at: "2", .halfEven) == -2)
    #expect(try translated(3, at: "2", .halfEven) == 2)
    // 1.00 : 7 = 0.142857…
    #expect(try translated(100, at: "7") == 14)
  }

  @Test func `the other currency has its own decimals`() throws {
    // 293.00 : 0.0067 = 43,731.34… and 1.00 : 3 = 0.333…
    #expect(try translated(293_00, to: 0, at: "0.0067") == 43_731)
    #expect(try translated(100, to: 3, at: "3") == 333)
  }

  @Test func `the largest amount is translated exactly, and what is larger is refused`() throws {
    // 92,233,720,368,547,758.07 : 0.5 has no room, : 2 has: …,879.035 is …,879.04.
    #expect(try translated(.max, at: "2") == 4_611_686_018_427_387_904)
    #expect(throws: AmountError.tooLarge) { try translated(.max, at: "0.5") }
  }
}
