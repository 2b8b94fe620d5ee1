/// The lines of one file: checked to be text, then taken one after the other.
struct JournalLines {
  private let bytes: [UInt8]
  private let file: String
  private var start: Int
  private var number = 0

  /// Takes UTF-8 with or without a byte order mark, with LF or CR LF. Control characters are
  /// refused: none has a meaning in a journal, and a terminal obeys them.
  init(_ bytes: [UInt8], file: String) throws(ImportError) {
    self.bytes = bytes
    self.file = file
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    try Self.checkText(bytes, file: file)
  }

  mutating func next() throws(ImportError) -> LineCursor? {
    guard start < bytes.count else { return nil }
    number += 1
    let line = line(from: start, number: number)
    start = line.end + (line.end < bytes.count && bytes[line.end] == 0x0D ? 2 : 1)
    guard line.end - line.start <= JournalLimits.lineBytes else {
      throw line.error(.lineTooLong(mostBytes: JournalLimits.lineBytes))
    }
    return line
  }

  /// The next line where it is indented: part of what the line before began. Blank lines end it.
  mutating func nextIndented() throws(ImportError) -> LineCursor? {
    guard start < bytes.count else { return nil }
    var line = line(from: start, number: number + 1)
    guard line.skipSpaces(), !line.isAtEnd else { return nil }
    let indented = line.index
    guard var taken = try next() else { return nil }
    taken.index = indented
    return taken
  }

  private func line(from start: Int, number: Int) -> LineCursor {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return LineCursor(
      bytes: bytes, file: file, number: number, start: start, end: end, index: start)
  }

  static func checkText(_ bytes: [UInt8], file: String) throws(ImportError) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw place(of: firstInvalidLine(bytes), .notUTF8, bytes, file)
    }
    for (index, byte) in bytes.enumerated() where byte < 0x20 || byte == 0x7F || byte == 0xC2 {
      guard let scalar = control(bytes, at: index) else { continue }
      throw place(of: index, .controlCharacter(scalar), bytes, file)
    }
  }

  /// C0 without tab, line feed and the form feeds that some editors page with; CR before LF; DEL;
  /// and C1, which terminals take for escape sequences.
  private static func control(_ bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch bytes[index] {
    case 0x09, 0x0A, 0x0B, 0x0C: return nil
    case 0x0D: return next == 0x0A ? nil : "\r"
    case 0xC2: return (0x80...0x9F).contains(next) ? Unicode.Scalar(next) : nil
    default: return Unicode.Scalar(bytes[index])
    }
  }

  private static func firstInvalidLine(_ bytes: [UInt8]) -> Int {
    var start = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if String(validating: line, as: UTF8.self) == nil { return start }
      start += line.count + 1
    }
    return 0
  }

  private static func place(
    of index: Int, _ fault: ImportFault, _ bytes: [UInt8], _ file: String
  ) -> ImportError {
    let lineStart = bytes[..<index].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = bytes[..<index].count { $0 == 0x0A } + 1
    let column = bytes[lineStart..<index].count { $0 & 0xC0 != 0x80 } + 1
    return ImportError(
      file: file, line: line, column: fault == .notUTF8 ? 1 : column, fault: fault)
  }
}
