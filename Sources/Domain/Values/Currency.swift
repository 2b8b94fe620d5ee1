/// A unit that amounts are kept in, and how many digits its minor unit has.
package struct Currency: Hashable, Sendable {
  /// `EUR`; or, for a unit of a business's own, as it writes it.
  package let code: String
  /// Digits after the mark, 0 to 9.
  package let exponent: Int
  /// Empty where no sign means this currency alone: `$` is the US dollar and no other.
  package let symbol: String
  package let name: String

  package init(code: String, exponent: Int, symbol: String = "", name: String = "") {
    self.code = code
    self.exponent = exponent
    self.symbol = symbol
    self.name = name
  }

  /// As many digits as the schema allows a unit of a business's own.
  package static let mostDecimals = 9

  /// The ISO 4217 currency of that code, in capitals.
  package static func iso(_ code: String) -> Currency? { isoByCode[code] }

  private static let isoByCode = Dictionary(uniqueKeysWithValues: iso.map { ($0.code, $0) })
}
