import Domain

extension LineCursor {
  /// `2024-01-31`, `2024/1/31`, `2024.1.31`, and `1/31` where a year is known. The index must be
  /// at a digit or whatever stands in its place.
  mutating func readDay(defaultYear: Int?) throws(ImportError) -> Day {
    let begin = index
    guard let first = readDigits(), let separator = dateSeparator else { throw notADate(begin) }
    index += 1
    guard let second = readDigits() else { throw notADate(begin) }
    // Four digits or more are a year, as in hledger; `2024/1` alone is no day.
    guard first.count >= 4 else {
      guard let defaultYear else { throw error(.date(.noYear(text(begin..<index))), at: begin) }
      return try day(defaultYear, first.value, second.value, from: begin)
    }
    guard let last = dateSeparator else { throw notADate(begin) }
    guard last == separator else {
      throw error(.date(.mixedSeparators(writtenDate(begin))), at: begin)
    }
    index += 1
    guard let third = readDigits() else { throw notADate(begin) }
    return try day(first.value, second.value, third.value, from: begin)
  }

  /// `=2024-02-01` after a day; a year left out is that day's.
  mutating func readSecondaryDay(year: Int) throws(ImportError) -> Day? {
    guard byte == UInt8(ascii: "="), isDigit(byte(after: 1)) else { return nil }
    index += 1
    return try readDay(defaultYear: year)
  }

  private var dateSeparator: UInt8? {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."): byte
    default: nil
    }
  }

  /// Leading zeros are free, as in `2024-012-01`; the value stops growing where no calendar goes.
  private mutating func readDigits() -> (value: Int, count: Int)? {
    let begin = index
    var value = 0
    while isDigit(byte) {
      value = min(value * 10 + Int(byte - 0x30), 1_000_000)
      index += 1
    }
    return index > begin ? (value, index - begin) : nil
  }

  private func day(
    _ year: Int, _ month: Int, _ day: Int, from begin: Int
  ) throws(ImportError) -> Day {
    guard let day = Day(year: year, month: month, day: day) else {
      throw error(.date(.noSuchDay(text(begin..<index))), at: begin)
    }
    return day
  }

  private func notADate(_ begin: Int) -> ImportError {
    error(.date(.notADate(writtenDate(begin))), at: begin)
  }

  private func writtenDate(_ begin: Int) -> String {
    var stop = begin
    while stop < end, spaceLength(at: stop) == 0, bytes[stop] != UInt8(ascii: "]") { stop += 1 }
    return text(begin..<stop)
  }
}

func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
