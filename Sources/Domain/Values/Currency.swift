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
  package static let codeLengths = 2...12
  package static let mostSymbolCharacters = 16
  package static let mostNameCharacters = 100

  /// A unit of a business's own that people name in amounts: its code in capitals, as codes are
  /// known however they are written, and its sign without what sums are written with.
  package static func own(
    code: String, exponent: Int, symbol: String = "", name: String
  ) throws(CurrencyFault) -> Currency {
    let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
    guard codeLengths.contains(code.utf8.count), code.utf8.allSatisfy({ capitals.contains($0) })
    else {
      throw .code
    }
    guard (0...mostDecimals).contains(exponent) else { throw .decimals }
    guard symbol.unicodeScalars.count <= mostSymbolCharacters,
      !WrittenAmount.isOfAmounts(symbol)
    else { throw .symbol }
    return Currency(code: code, exponent: exponent, symbol: symbol, name: name)
  }

  /// The ISO 4217 currency of that code, in capitals.
  package static func iso(_ code: String) -> Currency? { isoByCode[code] }

  private static let isoByCode = Dictionary(uniqueKeysWithValues: iso.map { ($0.code, $0) })
}

/// Why something can't be a unit of a business's own.
package enum CurrencyFault: Error, Hashable, Sendable {
  case code
  case decimals
  /// Also where it is another's.
  case symbol
}
