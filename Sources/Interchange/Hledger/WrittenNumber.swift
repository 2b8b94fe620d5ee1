import Domain

/// A number as its writer put it, before anybody says what a lone mark in it means.
struct WrittenNumber {
  /// All digits together.
  private(set) var digits: Int128 = 0
  private(set) var digitCount = 0
  /// Lengths of the digit groups before the decimal mark.
  private(set) var groups: [Int] = []
  /// What stands between the groups: a comma, a point, or a space.
  private(set) var separator: UInt8?
  /// The mark that must be the decimal mark: the second kind of mark, or one at an end.
  private(set) var decimalMark: UInt8?
  private(set) var fractionDigits = 0
  private(set) var exponent = 0
  private(set) var startsWithZero = false
  let begin: Int

  /// The two kinds of mark there are. Spaces separate groups and nothing else.
  static let point = UInt8(ascii: ".")
  static let comma = UInt8(ascii: ",")

  /// One mark with digits on both sides: a decimal mark, or one that groups.
  var loneMark: UInt8? {
    decimalMark == nil && groups.count == 2 && separator != 0x20 ? separator : nil
  }

  /// Whether nobody can tell what the lone mark is: `1,000` could be both, `12,50`, `0,125` and
  /// `1234,567` are decimals for every reader.
  var isAmbiguous: Bool {
    loneMark != nil && groups.count == 2 && groups[1] == 3 && (1...3).contains(groups[0])
      && !startsWithZero
  }

  /// The decimal mark that this number alone shows its writer to use.
  var provenMark: UInt8? {
    if let decimalMark { return decimalMark }
    if let loneMark { return isAmbiguous ? nil : loneMark }
    return switch separator {
    case Self.point: Self.comma
    case Self.comma: Self.point
    default: nil
    }
  }

  /// Reads at the cursor, which stands at a digit or a mark before one.
  init(_ cursor: inout LineCursor) throws(ImportError) {
    begin = cursor.index
    startsWithZero = cursor.byte == 0x30
    if isMark(cursor.byte) {
      try readFraction(&cursor)
    } else {
      try readGroups(&cursor)
      if let mark = decimalMarkNext(cursor) {
        decimalMark = mark
        cursor.index += 1
        fractionDigits = try readDigits(&cursor)
      }
    }
    try refuseMore(cursor)
    try readExponent(&cursor)
  }

  private mutating func readFraction(_ cursor: inout LineCursor) throws(ImportError) {
    decimalMark = cursor.byte
    cursor.index += 1
    fractionDigits = try readDigits(&cursor)
    guard fractionDigits > 0 else { throw cursor.error(.missing(.number), at: begin) }
  }

  private mutating func readGroups(_ cursor: inout LineCursor) throws(ImportError) {
    groups.append(try readDigits(&cursor))
    while let (mark, length) = groupMark(cursor), separator == nil || separator == mark {
      separator = mark
      cursor.index += length
      groups.append(try readDigits(&cursor))
    }
  }

  /// A mark with a digit after it, and its length in bytes. No-break spaces group like others.
  private func groupMark(_ cursor: LineCursor) -> (UInt8, Int)? {
    let length = cursor.spaceLength(at: cursor.index)
    if isMark(cursor.byte) {
      return isDigit(cursor.byte(after: 1)) ? (cursor.byte, 1) : nil
    }
    let isNarrow = cursor.byte == 0xE2 && cursor.byte(after: 2) == 0xAF
    guard cursor.byte == 0x20 || cursor.byte == 0xC2 || isNarrow, length > 0 else { return nil }
    return isDigit(cursor.byte(after: length)) ? (0x20, length) : nil
  }

  /// A mark of the other kind than the groups', or one at the number's end (`1000.`).
  private func decimalMarkNext(_ cursor: LineCursor) -> UInt8? {
    isMark(cursor.byte) && cursor.byte != separator ? cursor.byte : nil
  }

  private mutating func readDigits(_ cursor: inout LineCursor) throws(ImportError) -> Int {
    let first = cursor.index
    while isDigit(cursor.byte) {
      digits = digits * 10 + Int128(cursor.byte - 0x30)
      if digits > 0 { digitCount += 1 }
      guard digitCount <= JournalLimits.amountDigits else {
        throw cursor.error(
          .number(.tooManyDigits(most: JournalLimits.amountDigits)), at: begin)
      }
      cursor.index += 1
    }
    return cursor.index - first
  }

  private func refuseMore(_ cursor: LineCursor) throws(ImportError) {
    let isSpacedDigit = cursor.byte == 0x20 && isDigit(cursor.byte(after: 1))
    guard isMark(cursor.byte) || isSpacedDigit else { return }
    throw misplaced(cursor)
  }

  func misplaced(_ cursor: LineCursor) -> ImportError {
    var stop = begin
    while stop < cursor.end, isMark(cursor.bytes[stop]) || isDigit(cursor.bytes[stop]) { stop += 1 }
    return cursor.error(.number(.misplacedMark(cursor.text(begin..<stop))), at: begin)
  }

  private mutating func readExponent(_ cursor: inout LineCursor) throws(ImportError) {
    guard cursor.byte | 0x20 == UInt8(ascii: "e") else { return }
    let sign = cursor.byte(after: 1)
    let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
    guard isDigit(cursor.byte(after: isSigned ? 2 : 1)) else { return }
    guard groups.count < 2 || loneMark != nil else {
      throw cursor.error(.number(.exponentWithGroups), at: begin)
    }
    cursor.index += isSigned ? 2 : 1
    while isDigit(cursor.byte) {
      exponent = exponent * 10 + Int(cursor.byte - 0x30)
      guard exponent <= JournalLimits.amountDigits else {
        throw cursor.error(.number(.exponentTooLarge), at: begin)
      }
      cursor.index += 1
    }
    if sign == UInt8(ascii: "-") { exponent = -exponent }
  }

  /// The value, given what the lone mark is where there is one.
  func quantity(loneMarkIsDecimal: Bool, _ cursor: LineCursor) throws(ImportError) -> Quantity {
    var decimals = fractionDigits
    if loneMark != nil, loneMarkIsDecimal {
      decimals = groups[1]
    } else if !isGroupedWell {
      throw misplaced(cursor)
    } else if groups.count > 1, exponent != 0 {
      throw cursor.error(.number(.exponentWithGroups), at: begin)
    }
    decimals -= exponent
    guard decimals <= JournalLimits.amountDecimals else {
      throw cursor.error(.number(.tooManyDecimals(most: JournalLimits.amountDecimals)), at: begin)
    }
    guard decimals < 0 else { return Quantity(digits, decimals: decimals) }
    do {
      return try Quantity(digits) * Quantity(1).scaled(byPowerOfTen: -decimals)
    } catch {
      throw cursor.error(.number(.tooLarge), at: begin)
    }
  }

  /// Thousands, lakhs and crores, or myriads. hledger takes any groups, so that `1.23,45` becomes
  /// 123.45 there: what nobody writes on purpose is refused here.
  private var isGroupedWell: Bool {
    guard groups.count > 1, let first = groups.first, let last = groups.last else { return true }
    let inner = groups.dropFirst().dropLast()
    let isMyriads = last == 4 && first <= 4 && inner.allSatisfy { $0 == 4 }
    let isThousands = last == 3 && first <= 3 && inner.allSatisfy { $0 == 3 }
    let isLakhs = last == 3 && first <= 2 && inner.allSatisfy { $0 == 2 }
    return isMyriads || isThousands || isLakhs
  }
}

private func isMark(_ byte: UInt8) -> Bool {
  byte == WrittenNumber.point || byte == WrittenNumber.comma
}

extension Quantity {
  fileprivate func scaled(byPowerOfTen power: Int) throws(AmountError) -> Quantity {
    var result = self
    for _ in 0..<power { result = try result * Quantity(10) }
    return result
  }
}
