import Domain
import Testing

@Suite struct CurrencyTests {
  @Test func `the list has every active code of ISO 4217 that has a minor unit`() {
    #expect(Currency.iso.count == 165)
    #expect(Set(Currency.iso.map(\.code)).count == 165)
    #expect(Currency.iso.map(\.code) == Currency.iso.map(\.code).sorted())
    for code in ["USD", "EUR", "GBP", "JPY", "CHF", "XCG", "ZWG", "SLE", "VED", "XAD"] {
      #expect(Currency.iso(code)?.code == code)
    }
  }

  @Test(arguments: ["XAU", "XXX", "XDR", "BGN", "HRK", "ANG", "DEM", "usd", "US", "", "$"])
  func `metals, withdrawn codes and other words are no currency`(_ code: String) {
    #expect(Currency.iso(code) == nil)
  }

  @Test(arguments: [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
  ])
  func `exactly these have other than two digits`(_ exponent: Int, _ codes: String) {
    let found = Currency.iso.filter { $0.exponent == exponent }.map(\.code)
    #expect(found.joined(separator: " ") == codes)
  }

  @Test(arguments: ["USD", "EUR", "IDR", "HUF", "TWD", "MGA", "MRU"])
  func `the rest have two, also those that payment providers round`(_ code: String) {
    #expect(Currency.iso(code)?.exponent == 2)
    #expect(Set(Currency.iso.map(\.exponent)) == [0, 2, 3, 4])
  }

  @Test(arguments: [("USD", "$"), ("EUR", "€"), ("GBP", "£"), ("JPY", "¥"), ("INR", "₹")])
  func `well known signs are there`(_ code: String, _ symbol: String) {
    #expect(Currency.iso(code)?.symbol == symbol)
  }

  @Test func `no sign means two currencies, and every name is a name`() {
    let symbols = Currency.iso.map(\.symbol).filter { !$0.isEmpty }
    #expect(symbols.count == Set(symbols).count)
    #expect(Currency.iso.allSatisfy { $0.name.count >= 2 && $0.name.first != " " })
  }

  @Test func `a unit of a business's own is what it says`() throws {
    let gold = try Currency.own(code: "XAU", exponent: 4, symbol: "oz", name: "Gold")
    #expect(gold == Currency(code: "XAU", exponent: 4, symbol: "oz", name: "Gold"))
  }

  @Test(arguments: ["", "X", "oil", "OIL2", "OI L", "ÖL", "ABCDEFGHIJKLM"])
  func `its code is letters that amounts are known by`(_ code: String) {
    #expect(throws: CurrencyFault.code) { try Currency.own(code: code, exponent: 2, name: "Oil") }
  }

  @Test(arguments: [-1, 10])
  func `it has from none to nine decimals`(_ exponent: Int) {
    #expect(throws: CurrencyFault.decimals) {
      try Currency.own(code: "OIL", exponent: exponent, name: "Oil")
    }
  }

  @Test(arguments: ["k", "K", "m2", "a b", "@", "%", "abcdefghijklmnopq"])
  func `its sign is nothing that amounts are written with`(_ symbol: String) {
    #expect(throws: CurrencyFault.symbol) {
      try Currency.own(code: "OIL", exponent: 2, symbol: symbol, name: "Oil")
    }
  }
}
