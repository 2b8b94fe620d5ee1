import Domain
import Testing

/// What lines say of tax and of how much they are of.
@Suite struct LineParticularsTests {
  @Test(
    arguments: [
      ("12.5 kg", 125, 1, "kg"), (" 12,50  kg ", 125, 1, "kg"), ("-3", -3, 0, ""),
      ("1500 kWh at night", 1_500, 0, "kWh at night"), ("0.000000000001", 1, 12, ""),
      ("9223372036854775807", .max, 0, ""), ("0.0 h", 0, 0, "h"),
    ] as [(String, Int64, Int, String)])
  func `a quantity is a number, and its unit`(
    _ text: String, _ mantissa: Int64, _ scale: Int, _ unit: String
  ) throws {
    let quantity = try #require(LineQuantity(typed: text))
    #expect(quantity.mantissa == mantissa && quantity.scale == scale && quantity.unit == unit)
    #expect(LineQuantity(typed: quantity.text) == quantity)
    #expect(LineQuantity(kept: mantissa, scale: scale, unit: unit) == quantity)
    #expect(quantity.negated().mantissa == -mantissa && quantity.negated().unit == unit)
  }

  @Test(arguments: [
    "", "kg", "12.5kg", "1,500", "1 a,b", "0.0000000000001", "9223372036854775808",
    "-9223372036854775808", "1 " + String(repeating: "x", count: 33), "1 \u{202E}kg", "1 [1/31]",
    "1 date:1/31",
  ])
  func `what a line couldn't keep is no quantity`(_ text: String) {
    #expect(LineQuantity(typed: text) == nil)
  }

  @Test func `what is taken back is so much less tax and so much less of the thing`() throws {
    let particulars = LineParticulars(
      taxCode: "V19", tax: Money(minorUnits: 19_00), quantity: LineQuantity(typed: "12.5 kg"))
    let line = LineContent(
      account: ID(1), currency: "USD", amount: Money(minorUnits: 119_00), particulars: particulars)
    let entry = EntryContent(date: .first, description: "Paint", lines: [line])
    let back = try #require(try entry.reversed().lines.first).particulars
    #expect(back.taxCode == "V19" && back.tax == Money(minorUnits: -19_00))
    #expect(back.quantity?.text == "-12.5 kg")
  }

  @Test func `a tax code is as long as the schema keeps it`() {
    func faults(_ count: Int) -> [EntryFault] {
      let line = LineContent(
        account: ID(1), currency: "USD", amount: Money(minorUnits: 1),
        particulars: LineParticulars(taxCode: String(repeating: "x", count: count)))
      return EntryContent(date: .first, description: "x", lines: [line]).textFaults
    }
    #expect(faults(32).isEmpty)
    #expect(faults(33) == [.line(0, .tooLong(.taxCode, count: 33))])
  }
}
