import Domain

/// An amount before its lone mark, if it has one, is interpreted.
struct WrittenAmount {
  /// Nil where the number stands alone.
  var symbol: String?
  var placement: SymbolPlacement
  var isNegative: Bool
  var number: WrittenNumber
}

extension JournalReader {
  /// Reads an amount; what it shows of its commodity is noted as `use` says.
  mutating func readAmount(
    _ line: inout LineCursor, use: CommodityReadings.Use
  ) throws(ImportError) -> ForeignAmount {
    let begin = line.index
    let written = try line.readWrittenAmount()
    let symbol = written.symbol ?? context.defaultCommodity?.symbol ?? ""
    let declared = mark(of: symbol)
    let number = written.number
    let isDecimal = declared == nil || declared == number.loneMark
    let quantity = try number.quantity(loneMarkIsDecimal: isDecimal, line)
    commodities.see(symbol, written.placement, decimals: max(0, quantity.decimals), for: use)
    if declared == nil, use != .ignored { commodities.note(number, of: symbol, line, from: begin) }
    return ForeignAmount(written.isNegative ? quantity.negated() : quantity, symbol)
  }

  /// What a directive says of the decimal mark: for all, for this commodity, by default.
  private func mark(of symbol: String) -> UInt8? {
    context.decimalMark ?? commodities.declaredMark(of: symbol) ?? context.defaultCommodity?.mark
  }

  /// `@ unit cost` or `@@ total cost` of the amount before it.
  mutating func readCost(
    _ line: inout LineCursor, of amount: ForeignAmount?, use: CommodityReadings.Use
  ) throws(ImportError) -> RawCost? {
    line.skipSpaces()
    let begin = line.index
    guard let amount, line.take(UInt8(ascii: "@")) else { return nil }
    let isTotal = line.take(UInt8(ascii: "@"))
    line.skipSpaces()
    let price = try readAmount(&line, use: use == .ignored ? .ignored : .uncounted)
    line.skipSpaces()
    do {
      let quantity = amount.quantity
      let total: Quantity =
        if isTotal {
          quantity < .zero ? price.quantity.negated() : price.quantity
        } else {
          try quantity * price.quantity
        }
      return RawCost(
        total: ForeignAmount(total, price.commodity), decimals: price.quantity.decimals)
    } catch {
      throw line.error(.number(.tooLarge), at: begin)
    }
  }

  mutating func readAssertion(
    _ line: inout LineCursor, use: CommodityReadings.Use
  ) throws(ImportError) -> RawAssertion? {
    let position = line.position
    guard line.take(UInt8(ascii: "=")) else { return nil }
    let isTotal = line.take(UInt8(ascii: "="))
    let isInclusive = line.take(UInt8(ascii: "*"))
    line.skipSpaces()
    let amount = try readAmount(&line, use: use == .ignored ? .ignored : .uncounted)
    return RawAssertion(
      amount: amount, isTotal: isTotal, isInclusive: isInclusive, position: position)
  }

  /// Whether the words at a name's end read as an amount.
  func endsInAmount(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard bytes.drop(while: { $0 != 0x20 }).contains(where: isDigit) else { return false }
    return bytes.indices.contains { place in
      guard bytes[place] == 0x20 else { return false }
      var line = LineCursor(
        bytes: bytes, file: "", number: 1, start: 0, end: bytes.count, index: place + 1)
      // A failure to read it is the answer that it isn't an amount.
      return (try? line.readWrittenAmount()) != nil && line.isAtEnd
    }
  }
}

extension LineCursor {
  /// `10`, `$10`, `-$10`, `$-10`, `10 USD`, `"5 % bond" 3`, a sign on either side.
  mutating func readWrittenAmount() throws(ImportError) -> WrittenAmount {
    var isNegative = readSign() ?? false
    guard !startsNumber else { return try readNumberFirst(isNegative) }
    guard let symbol = try readSymbol() else { throw missingAmount }
    let isSpaced = skipSpaces()
    if let sign = readSign() { isNegative = isNegative != sign }
    guard startsNumber else { throw error(.missing(.number)) }
    let number = try WrittenNumber(&self)
    skipSpaces()
    return WrittenAmount(
      symbol: symbol, placement: isSpaced ? .leftSpaced : .left, isNegative: isNegative,
      number: number)
  }

  private mutating func readNumberFirst(_ isNegative: Bool) throws(ImportError) -> WrittenAmount {
    let number = try WrittenNumber(&self)
    let isSpaced = skipSpaces()
    let symbol = try readSymbol()
    skipSpaces()
    return WrittenAmount(
      symbol: symbol, placement: symbol == nil || isSpaced ? .right : .rightClose,
      isNegative: isNegative, number: number)
  }

  /// A commodity's symbol: in quotes, or without anything that could belong to a number.
  mutating func readSymbol() throws(ImportError) -> String? {
    let begin = index
    if take(UInt8(ascii: "\"")) {
      while !isAtEnd, byte != UInt8(ascii: "\""), byte != UInt8(ascii: ";") { index += 1 }
      let name = text(begin + 1..<index)
      guard take(UInt8(ascii: "\"")) else { throw error(.missing(.closingQuote), at: begin) }
      guard !name.isEmpty else { throw error(.missing(.commodity), at: begin) }
      return try checked(name, from: begin)
    }
    while !isAtEnd, Self.isPlainSymbol(byte), spaceLength(at: index) == 0 { index += 1 }
    return index > begin ? try checked(text(begin..<index), from: begin) : nil
  }

  /// What a symbol without quotes may hold.
  static func isPlainSymbol(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39: false
    case 0...0x20, 0x7F: false
    default: !Self.reserved.contains(byte)
    }
  }

  private static let reserved = Set("-+.,@*;\"{}=()[]".utf8)

  private func checked(_ name: String, from begin: Int) throws(ImportError) -> String {
    guard name.utf8.count <= JournalLimits.commodityBytes else {
      throw error(.lineTooLong(mostBytes: JournalLimits.commodityBytes), at: begin)
    }
    return name
  }

  private mutating func readSign() -> Bool? {
    let isNegative = byte == UInt8(ascii: "-")
    guard isNegative || byte == UInt8(ascii: "+"), !isAtEnd else { return nil }
    index += 1
    skipSpaces()
    return isNegative
  }

  private var startsNumber: Bool {
    isDigit(byte)
      || (byte == WrittenNumber.point || byte == WrittenNumber.comma) && isDigit(byte(after: 1))
  }

  private var missingAmount: ImportError {
    switch byte {
    case UInt8(ascii: "("): error(.amount(.expression))
    case UInt8(ascii: "{"), UInt8(ascii: "["): error(.amount(.lot))
    default: error(.missing(isAtEnd ? .number : .amount))
    }
  }
}
