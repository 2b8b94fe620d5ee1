import Domain

/// What a journal shows about each of its commodities while it is read: how they are written, to
/// how many decimals, and which mark their writer uses for decimals.
struct CommodityReadings {
  /// What an amount is read for.
  enum Use {
    /// Posted, declared as default, or a price: decides how many decimals the commodity has.
    case counted
    /// A cost or an assertion: how many decimals these show has no bearing (as in hledger).
    case uncounted
    /// Part of a rule that isn't booked.
    case ignored
  }

  private struct Reading {
    var placement: SymbolPlacement
    var declaredDecimals: Int?
    var declaredMark: UInt8?
    /// Nil while only costs and assertions were seen.
    var shownDecimals: Int?
    var proven: Set<UInt8> = []
    var lone: Set<UInt8> = []
  }

  /// The first number of a commodity that could be read in two ways.
  private struct LoneMark {
    let mark: UInt8
    let commodity: String
    let written: String
    let position: SourcePosition

    func error(_ fault: MarkFault) -> ImportError {
      ImportError(position, .mark(fault, written: written, commodity: commodity))
    }
  }

  private var readings: [String: Reading] = [:]
  private var order: [String] = []
  private var loneMarks: [LoneMark] = []

  /// The decimal mark that a directive read so far declares.
  func declaredMark(of symbol: String) -> UInt8? { readings[symbol]?.declaredMark }

  mutating func declare(_ symbol: String, placement: SymbolPlacement) {
    see(symbol, placement)
  }

  mutating func declare(
    _ symbol: String, placement: SymbolPlacement, decimals: Int, mark: UInt8
  ) {
    see(symbol, placement)
    readings[symbol]?.placement = placement
    readings[symbol]?.declaredDecimals = decimals
    readings[symbol]?.declaredMark = mark
  }

  mutating func see(_ symbol: String, _ placement: SymbolPlacement, decimals: Int, for use: Use) {
    guard use != .ignored else { return }
    see(symbol, placement)
    guard use == .counted, decimals > readings[symbol]?.shownDecimals ?? -1 else { return }
    readings[symbol]?.shownDecimals = decimals
  }

  /// Notes what `number` shows of its writer's marks; called where nothing is declared.
  mutating func note(
    _ number: WrittenNumber, of symbol: String, _ line: LineCursor, from begin: Int
  ) {
    if let mark = number.provenMark {
      readings[symbol]?.proven.insert(mark)
    } else if number.isAmbiguous, let mark = number.loneMark,
      readings[symbol]?.lone.insert(mark).inserted == true
    {
      loneMarks.append(
        LoneMark(
          mark: mark, commodity: symbol, written: line.trimmed(begin..<line.index),
          position: line.position(at: begin)))
    }
  }

  /// Judges the lone marks once everything is read: all were taken for decimal marks, as hledger
  /// takes them. That stands where the rest of the journal bears it out. Otherwise a comma is
  /// refused, since other programs read thousands there and no total would show the difference; a
  /// point, which all programs take for a decimal mark, is a warning, unless the journal writes its
  /// decimals with commas.
  func judgeMarks() throws(ImportError) -> [ForeignWarning] {
    var warnings: [ForeignWarning] = []
    let proven = readings.values.reduce(into: Set<UInt8>()) { $0.formUnion($1.proven) }
    for lone in loneMarks {
      let reading = readings[lone.commodity]
      let marks = reading?.proven ?? []
      let isBorneOut = marks == [lone.mark]
      if let declared = reading?.declaredMark, declared != lone.mark {
        throw lone.error(.declaredLater)
      } else if reading?.declaredMark != nil || isBorneOut {
        continue
      } else if !marks.isEmpty {
        throw lone.error(.contradicted)
      } else if lone.mark == WrittenNumber.comma || proven == [WrittenNumber.comma] {
        throw lone.error(.ambiguous)
      }
      let fact = ForeignWarning.Fact.lonePoint(written: lone.written, commodity: lone.commodity)
      warnings.append(ForeignWarning(position: lone.position, fact: fact))
    }
    return warnings
  }

  /// The digits that decide whether a remainder counts as nothing; nil for a commodity that only
  /// costs are in.
  func decimals(of symbol: String) -> Int? {
    readings[symbol].flatMap { $0.declaredDecimals ?? $0.shownDecimals }
  }

  /// Every commodity seen, given what its posted amounts need.
  func commodities(needing needed: [String: Int]) -> [ForeignCommodity] {
    order.compactMap { symbol in
      guard let reading = readings[symbol] else { return nil }
      let needed = needed[symbol] ?? 0
      return ForeignCommodity(
        symbol: symbol, decimals: decimals(of: symbol) ?? needed, neededDecimals: needed,
        isDeclared: reading.declaredDecimals != nil, placement: reading.placement)
    }
  }

  private mutating func see(_ symbol: String, _ placement: SymbolPlacement) {
    guard readings[symbol] == nil else { return }
    readings[symbol] = Reading(placement: placement)
    order.append(symbol)
  }
}
