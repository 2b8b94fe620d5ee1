import Domain

/// One value of a record, with the place where it begins.
struct CSVField: Hashable {
  let text: String
  let position: SourcePosition
}

/// One record of a file: usually a line, but values in quotes may go over several.
struct CSVRecord: Hashable {
  /// One at the least.
  let fields: [CSVField]

  var position: SourcePosition { fields[0].position }
  var isBlank: Bool { fields.count == 1 && fields[0].text.allSatisfy(\.isWhitespace) }

  /// What conditions without a field are tried on; quotes are gone, and the separator is a comma
  /// whatever it was, as in hledger.
  var joined: String { fields.map(\.text).joined(separator: ",") }

  /// The trimmed text of a value; a record that ends before has nothing there.
  func text(at index: Int) -> String {
    index < fields.count ? fields[index].text.trimmingSpaces : ""
  }
}

/// Comma-separated values as RFC 4180 has them, record by record, with whatever separator, with or
/// without a byte order mark, with LF or CR LF.
struct CSVReader {
  private let bytes: [UInt8]
  private let file: String
  private let separator: UInt8
  private var index: Int
  private var line = 1
  private var lineStart: Int

  init(_ bytes: [UInt8], file: String, separator: UInt8) throws(ImportError) {
    try JournalLines.checkText(bytes, file: file)
    self.bytes = bytes
    self.file = file
    self.separator = separator
    index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    lineStart = index
  }

  /// The next record that isn't blank.
  mutating func next() throws(ImportError) -> CSVRecord? {
    while index < bytes.count {
      let record = try readRecord()
      if !record.isBlank { return record }
    }
    return nil
  }

  private mutating func readRecord() throws(ImportError) -> CSVRecord {
    var fields = [try readField()]
    while index < bytes.count, bytes[index] == separator {
      index += 1
      fields.append(try readField())
      guard fields.count <= BankLimits.fields else {
        throw ImportError(fields[0].position, .csv(.tooManyFields(most: BankLimits.fields)))
      }
    }
    if index < bytes.count, bytes[index] == carriageReturn { index += 1 }
    if index < bytes.count { startLine(after: index) }
    return CSVRecord(fields: fields)
  }

  private mutating func startLine(after lineFeed: Int) {
    index = lineFeed + 1
    line += 1
    lineStart = index
  }

  private mutating func readField() throws(ImportError) -> CSVField {
    let begin = index
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    if index < bytes.count, bytes[index] == quote { return try readQuoted() }
    index = begin
    while index < bytes.count, !endsField(bytes[index]) { index += 1 }
    return try field(String(decoding: bytes[begin..<index], as: UTF8.self), at: position(begin))
  }

  /// What is between quotes; two of them are one that belongs to the text.
  private mutating func readQuoted() throws(ImportError) -> CSVField {
    let opening = position(index)
    var text: [UInt8] = []
    index += 1
    while true {
      guard index < bytes.count else { throw ImportError(opening, .csv(.quoteNotClosed)) }
      let byte = bytes[index]
      if byte == quote {
        index += 1
        guard index < bytes.count, bytes[index] == quote else { break }
      }
      text.append(byte)
      if byte == lineFeed { startLine(after: index) } else { index += 1 }
    }
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    guard index == bytes.count || endsField(bytes[index]) else {
      throw ImportError(position(index), .csv(.textAfterQuote))
    }
    return try field(String(decoding: text, as: UTF8.self), at: opening)
  }

  private func field(
    _ text: String, at position: SourcePosition
  ) throws(ImportError) -> CSVField {
    guard text.utf8.count <= BankLimits.fieldBytes else {
      throw ImportError(position, .lineTooLong(mostBytes: BankLimits.fieldBytes))
    }
    return CSVField(text: text, position: position)
  }

  /// A CR stands before a LF only: the text was checked.
  private func endsField(_ byte: UInt8) -> Bool {
    byte == separator || byte == lineFeed || byte == carriageReturn
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    (byte == 0x20 || byte == 0x09) && byte != separator
  }

  /// UTF-8's continuation bytes aren't scalars of their own.
  private func position(_ place: Int) -> SourcePosition {
    let column = bytes[lineStart..<place].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return SourcePosition(file: file, line: line, column: column)
  }
}

private let quote = UInt8(ascii: "\"")
private let lineFeed: UInt8 = 0x0A
private let carriageReturn: UInt8 = 0x0D
