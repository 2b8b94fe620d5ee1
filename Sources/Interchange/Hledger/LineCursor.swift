import Domain

/// One line of a journal and how far it has been read.
///
/// Works on bytes: journals have a hundred thousand entries, and comparing Characters costs a
/// hundred times as much. The bytes are known to be UTF-8.
struct LineCursor {
  let bytes: [UInt8]
  let file: String
  /// From 1.
  let number: Int
  let start: Int
  /// After the last byte, line end excluded.
  let end: Int
  var index: Int

  var isAtEnd: Bool { index >= end }

  /// The byte at the index; 0, which no journal holds, at the line's end.
  var byte: UInt8 { index < end ? bytes[index] : 0 }

  func byte(after offset: Int) -> UInt8 {
    index + offset < end ? bytes[index + offset] : 0
  }

  /// How many bytes the white space at `place` takes; 0 where there is none. Unicode's spaces
  /// count, as they do for Haskell's `isSpace`.
  func spaceLength(at place: Int) -> Int {
    guard place < end else { return 0 }
    switch bytes[place] {
    case 0x20, 0x09, 0x0B, 0x0C: return 1
    case 0xC2: return place + 1 < end && bytes[place + 1] == 0xA0 ? 2 : 0
    case 0xE1, 0xE2, 0xE3:
      guard place + 2 < end else { return 0 }
      switch (bytes[place], bytes[place + 1], bytes[place + 2]) {
      case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F),
        (0xE3, 0x80, 0x80):
        return 3
      default: return 0
      }
    default: return 0
    }
  }

  /// Goes on to the next byte that isn't white space; says whether there was any to pass.
  @discardableResult
  mutating func skipSpaces() -> Bool {
    let before = index
    while case let length = spaceLength(at: index), length > 0 { index += length }
    return index > before
  }

  /// Passes `expected` where it is next.
  mutating func take(_ expected: UInt8) -> Bool {
    guard byte == expected, !isAtEnd else { return false }
    index += 1
    return true
  }

  /// Passes `word` where it is next and ends there.
  mutating func take(word: String) -> Bool {
    let bytesOfWord = Array(word.utf8)
    let after = index + bytesOfWord.count
    guard after <= end, bytes[index..<after].elementsEqual(bytesOfWord),
      after == end || spaceLength(at: after) > 0
    else { return false }
    index = after
    return true
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// `range` without white space at its ends.
  func trimmed(_ range: Range<Int>) -> String {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, case let length = spaceLength(at: low), length > 0 { low += length }
    while low < high, let before = spaceStart(endingAt: high) { high = before }
    return text(min(low, high)..<high)
  }

  /// From the index to the line's end, trimmed.
  var rest: String { trimmed(min(index, end)..<end) }

  var position: SourcePosition { position(at: index) }

  func position(at place: Int) -> SourcePosition {
    SourcePosition(file: file, line: number, column: column(at: place))
  }

  func error(_ fault: ImportFault) -> ImportError { error(fault, at: index) }

  func error(_ fault: ImportFault, at place: Int) -> ImportError {
    ImportError(file: file, line: number, column: column(at: place), fault: fault)
  }

  /// UTF-8's continuation bytes aren't scalars of their own.
  private func column(at place: Int) -> Int {
    bytes[start..<min(place, end)].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
  }

  private func spaceStart(endingAt place: Int) -> Int? {
    for length in 1...3 where place - length >= start && spaceLength(at: place - length) == length {
      return place - length
    }
    return nil
  }
}
