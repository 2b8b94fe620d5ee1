import Domain

/// The comment of an entry or a posting: its lines, and the tags and days in them.
struct RawComment {
  private(set) var text = ""
  private(set) var tags: [ForeignTag] = []
  private(set) var day: Day?
  private(set) var secondaryDay: Day?
  private var isEmpty = true

  init() {}

  /// What a reader would make of `lines` below a posting of an entry of `year`.
  init(lines: [String], year: Int) throws(ImportError) {
    for (number, line) in lines.enumerated() {
      let bytes = Array(";\(line)".utf8)
      try add(
        LineCursor(
          bytes: bytes, file: "", number: number + 1, start: 0, end: bytes.count, index: 0),
        year: year)
    }
  }

  /// Adds what stands behind the semicolon that the cursor is at.
  mutating func add(_ cursor: LineCursor) {
    let line = cursor.trimmed(cursor.index + 1..<cursor.end)
    text = isEmpty ? line : text + "\n" + line
    isEmpty = false
    if line.utf8.contains(UInt8(ascii: ":")) { tags += Self.tags(in: line) }
  }

  /// The same for a posting, whose comment may name days of its own: `date:2024-01-31`,
  /// `[2024-01-31=2024-02-01]`. A year left out is the entry's.
  mutating func add(_ cursor: LineCursor, year: Int) throws(ImportError) {
    add(cursor)
    var eye = cursor
    while eye.index < eye.end {
      if eye.byte == UInt8(ascii: "[") {
        try readBracketedDays(eye, year: year)
      } else if Self.isWordStart(eye), let label = Self.dateLabel(eye) {
        eye.index += label.length
        eye.skipSpaces()
        let day = try eye.readDay(defaultYear: year)
        if label.isSecondary { secondaryDay = day } else { self.day = day }
        continue
      }
      eye.index += 1
    }
  }

  /// `name:value, other:`; a name is the word before a colon, a value ends at a comma.
  static func tags(in text: String) -> [ForeignTag] {
    var tags: [ForeignTag] = []
    for line in text.unicodeScalars.split(separator: "\n") {
      var rest = line
      while let colon = rest.firstIndex(of: ":") {
        let name = rest[..<colon].reversed().prefix { !$0.properties.isWhitespace }.count
        let after = rest[rest.index(after: colon)...]
        let value = name > 0 ? after.prefix { $0 != "," } : after.prefix(0)
        if name > 0 {
          tags.append(
            ForeignTag(name: String(rest[..<colon].suffix(name)), value: trimmed(value)))
        }
        rest = name > 0 ? after.dropFirst(value.count + 1) : after
      }
    }
    return tags
  }

  private static func trimmed(_ text: Substring.UnicodeScalarView) -> String {
    let start = text.drop(while: \.properties.isWhitespace)
    let end = start.lastIndex { !$0.properties.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }

  private static func isWordStart(_ cursor: LineCursor) -> Bool {
    guard cursor.index > cursor.start else { return false }
    let before = cursor.bytes[cursor.index - 1]
    return before == 0x20 || before == 0x09 || before == UInt8(ascii: ";")
      || before == UInt8(ascii: ",")
  }

  private static func dateLabel(_ cursor: LineCursor) -> (length: Int, isSecondary: Bool)? {
    for (label, isSecondary) in [("date:", false), ("date2:", true)] {
      let bytes = Array(label.utf8)
      let after = cursor.index + bytes.count
      if after <= cursor.end, cursor.bytes[cursor.index..<after].elementsEqual(bytes) {
        return (bytes.count, isSecondary)
      }
    }
    return nil
  }

  /// Brackets around anything but a date are nothing special.
  private mutating func readBracketedDays(_ cursor: LineCursor, year: Int) throws(ImportError) {
    var eye = cursor
    eye.index += 1
    let inside = eye.bytes[eye.index..<eye.end].prefix { $0 != UInt8(ascii: "]") }
    guard inside.endIndex < eye.end, inside.allSatisfy(Self.isDateByte),
      inside.contains(where: isDigit), !inside.allSatisfy(isDigit)
    else { return }
    if eye.byte != UInt8(ascii: "=") { day = try eye.readDay(defaultYear: year) }
    if let second = try eye.readSecondaryDay(year: day?.year ?? year) { secondaryDay = second }
    guard eye.byte == UInt8(ascii: "]") else {
      throw cursor.error(.date(.notADate(cursor.text(inside.startIndex..<inside.endIndex))))
    }
  }

  private static func isDateByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || [UInt8]("-/.=".utf8).contains(byte)
  }
}
