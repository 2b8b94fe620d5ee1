import Domain

/// How a directive says that a commodity is written.
struct CommodityStyle {
  var symbol: String
  var placement: SymbolPlacement
  var decimals: Int
  var mark: UInt8
}

extension JournalReader {
  /// `commodity $1,000.00`, or `commodity $` with `format $1,000.00` below.
  mutating func readCommodity(
    _ line: inout LineCursor, _ lines: inout JournalLines
  ) throws(ImportError) {
    var ahead = line
    let symbol = try ahead.readSymbol()
    let isSpaced = ahead.skipSpaces()
    guard let symbol, ahead.isAtEnd || ahead.byte == UInt8(ascii: ";") else {
      let style = try readStyle(&line)
      guard !style.symbol.isEmpty else { throw line.error(.missing(.commodity)) }
      try refuseAllButComment(&line)
      declare(style)
      return try skipComments(&lines)
    }
    commodities.declare(symbol, placement: isSpaced ? .leftSpaced : .left)
    while var next = try lines.nextIndented() {
      guard next.byte != UInt8(ascii: ";") else { continue }
      let begin = next.index
      guard next.take(word: "format") else {
        throw next.error(.ledgerOnly(next.readWord()), at: begin)
      }
      next.skipSpaces()
      let style = try readStyle(&next)
      guard style.symbol == symbol else {
        throw next.error(.formatOfOtherCommodity(expected: symbol, found: style.symbol))
      }
      try refuseAllButComment(&next)
      declare(style)
    }
  }

  private mutating func declare(_ style: CommodityStyle) {
    commodities.declare(
      style.symbol, placement: style.placement, decimals: style.decimals, mark: style.mark)
  }

  private func skipComments(_ lines: inout JournalLines) throws(ImportError) {
    while try lines.nextCommentLine() != nil {}
  }

  /// Reads an amount that shows how amounts are written. Its decimal mark must be there to be
  /// seen: `$1000` doesn't say what `$1,000` would be. `1,000 EUR` doesn't either, and is refused;
  /// `1.000 BHD` is taken for three decimals, with a warning.
  mutating func readStyle(_ line: inout LineCursor) throws(ImportError) -> CommodityStyle {
    let begin = line.index
    let written = try line.readWrittenAmount()
    let number = written.number
    let symbol = written.symbol ?? ""
    guard let mark = context.decimalMark ?? number.decimalMark ?? number.loneMark else {
      throw line.error(.missing(.decimalMark), at: begin)
    }
    if number.isAmbiguous, context.decimalMark == nil {
      let text = line.trimmed(begin..<line.index)
      guard mark == WrittenNumber.point else {
        throw line.error(
          .mark(.ambiguous, written: text, commodity: symbol), at: begin)
      }
      warnings.append(
        ForeignWarning(
          position: line.position(at: begin), fact: .lonePoint(written: text, commodity: symbol)))
    }
    let quantity = try number.quantity(loneMarkIsDecimal: mark == number.loneMark, line)
    return CommodityStyle(
      symbol: symbol, placement: written.placement, decimals: max(0, quantity.decimals), mark: mark)
  }
}
