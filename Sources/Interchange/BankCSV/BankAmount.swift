import Domain

/// An amount as a bank writes it, before anybody says what a lone mark in it means: `1.234,56`,
/// `(12.00)`, `12.00-`, `+12`, `$-12`, `-12 EUR`, `1'234.50`.
struct BankAmount {
  /// Empty where it has none.
  let symbol: String
  let number: WrittenNumber
  let position: SourcePosition
  let written: String
  private let isNegative: Bool
  private let cursor: LineCursor

  /// `text` is trimmed and not empty.
  init(_ text: String, at position: SourcePosition) throws(ImportError) {
    let (bare, isNegative) = Self.withoutOuterSign(text)
    let bytes = Array(Self.plain(bare).utf8)
    var cursor = LineCursor(
      bytes: bytes, file: position.file, number: position.line, start: 0, end: bytes.count,
      index: 0)
    let amount: WrittenAmount
    do throws(ImportError) {
      amount = try cursor.readWrittenAmount()
      guard cursor.isAtEnd else { throw cursor.error(.unexpected(cursor.rest)) }
    } catch {
      throw ImportError(position, error.fault.ofAmount(text))
    }
    symbol = amount.symbol ?? ""
    number = amount.number
    self.position = position
    written = text
    self.isNegative = isNegative != amount.isNegative
    self.cursor = cursor
  }

  /// Exact. `mark` is the decimal mark; nil where no number of the file has one.
  func quantity(decimalMark mark: UInt8?) throws(ImportError) -> Quantity {
    do throws(ImportError) {
      if let mark, let proven = number.provenMark, proven != mark { throw number.misplaced(cursor) }
      let quantity = try number.quantity(
        loneMarkIsDecimal: number.loneMark == mark, cursor)
      return isNegative ? quantity.negated() : quantity
    } catch {
      throw ImportError(position, error.fault)
    }
  }

  /// Parentheses around it, or a sign behind it, as adding machines and some banks write what is
  /// below zero.
  private static func withoutOuterSign(_ text: String) -> (bare: String, isNegative: Bool) {
    if text.hasPrefix("("), text.hasSuffix(")") {
      return (String(text.dropFirst().dropLast()).trimmingSpaces, true)
    }
    guard let last = text.last, "+-−".contains(last) else { return (text, false) }
    return (String(text.dropLast()).trimmingSpaces, last != "+")
  }

  /// With the sign of the keyboard for that of typesetters, and without the Swiss marks between
  /// thousands.
  private static func plain(_ text: String) -> String {
    let characters = Array(text.replacing("−", with: "-"))
    func isDigit(_ index: Int) -> Bool {
      characters.indices.contains(index) && characters[index].isASCII
        && characters[index].isNumber
    }
    return String(
      characters.indices.filter { index in
        !("'’".contains(characters[index]) && isDigit(index - 1) && isDigit(index + 1))
      }.map { characters[$0] })
  }
}

extension ImportFault {
  /// Faults of numbers say enough by themselves; others say what is no amount.
  fileprivate func ofAmount(_ written: String) -> ImportFault {
    if case .number = self { return self }
    return .csv(.amount(written))
  }
}
