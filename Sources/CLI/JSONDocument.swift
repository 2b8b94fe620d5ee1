/// A JSON document that was read, each part with its place, so that what is wrong in it can be
/// pointed at. Numbers stay as they are written: they never pass through floating point.
struct JSONDocument {
  enum Content {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONDocument])
    case object([(name: String, value: JSONDocument)])
  }

  let content: Content
  /// From 1, columns in bytes.
  let line: Int
  let column: Int

  static let mostLevels = 32

  /// Throws `Failure.document`.
  init(_ bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure.inputNotUTF8 }
    var reader = JSONReader(Array(text.utf8))
    self = try reader.wholeDocument()
  }

  fileprivate init(_ content: Content, line: Int, column: Int) {
    self.content = content
    self.line = line
    self.column = column
  }

  func failure(_ fault: DocumentFault) -> Failure {
    .document(fault, line: line, column: column)
  }

  /// The fields of an object, all of which must be among `known`.
  func fields(_ what: String, known: Set<String>) throws -> [String: JSONDocument] {
    guard case .object(let fields) = content else {
      throw failure(.wrongKind(what, wanted: "an object in {}"))
    }
    if let stranger = fields.first(where: { !known.contains($0.name) }) {
      throw stranger.value.failure(.unknownField(stranger.name))
    }
    return Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
  }

  func items(_ what: String) throws -> [JSONDocument] {
    guard case .array(let items) = content else {
      throw failure(.wrongKind(what, wanted: "a list in []"))
    }
    return items
  }

  func text(_ what: String) throws -> String {
    guard case .string(let text) = content else {
      throw failure(.wrongKind(what, wanted: "text in quotes"))
    }
    return text
  }

  /// What an amount may be written as: a number, or the same in quotes.
  func written(_ what: String) throws -> String {
    switch content {
    case .number(let text), .string(let text): return text
    case .null, .bool, .array, .object: throw failure(.wrongKind(what, wanted: "an amount"))
    }
  }
}

/// Recursive descent over the bytes of a document (RFC 8259).
private struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var lineStart = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func wholeDocument() throws -> JSONDocument {
    let document = try value(level: 0)
    skipSpace()
    guard position == bytes.count else { throw unexpected() }
    return document
  }

  private mutating func value(level: Int) throws -> JSONDocument {
    skipSpace()
    let (line, column) = (line, position - lineStart + 1)
    guard level < JSONDocument.mostLevels else {
      throw Failure.document(.tooDeep(most: JSONDocument.mostLevels), line: line, column: column)
    }
    return JSONDocument(try content(level: level), line: line, column: column)
  }

  private mutating func content(level: Int) throws -> JSONDocument.Content {
    switch current {
    case UInt8(ascii: "{"): return try object(level: level)
    case UInt8(ascii: "["): return try array(level: level)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func object(level: Int) throws -> JSONDocument.Content {
    var fields: [(name: String, value: JSONDocument)] = []
    position += 1
    skipSpace()
    if take("}") { return .object([]) }
    repeat {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw unexpected() }
      let name = try string()
      skipSpace()
      guard take(":") else { throw unexpected() }
      fields.append((name, try value(level: level + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw unexpected() }
    return .object(fields)
  }

  private mutating func array(level: Int) throws -> JSONDocument.Content {
    var items: [JSONDocument] = []
    position += 1
    skipSpace()
    if take("]") { return .array([]) }
    repeat {
      items.append(try value(level: level + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw unexpected() }
    return .array(items)
  }

  private mutating func string() throws -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw unexpected() }
      position += 1
      if byte == UInt8(ascii: "\\") {
        text += try escape().utf8
      } else {
        text.append(byte)
      }
    }
    guard take("\"") else { throw unexpected() }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escape() throws -> String {
    guard let byte = current else { throw unexpected() }
    let simple: [Character: String] = [
      "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r",
      "t": "\t",
    ]
    if let text = simple[Character(Unicode.Scalar(byte))] {
      position += 1
      return text
    }
    guard take("u") else { throw unexpected() }
    var unit = try codeUnit()
    if (0xD800..<0xDC00).contains(unit), take("\\"), take("u") {
      let low = try codeUnit()
      guard (0xDC00..<0xE000).contains(low) else { throw unexpected() }
      unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(unit) else { throw unexpected() }
    return String(scalar)
  }

  private mutating func codeUnit() throws -> UInt32 {
    let end = position + 4
    guard end <= bytes.count,
      let unit = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw unexpected() }
    position = end
    return unit
  }

  private mutating func number() throws -> String {
    let start = position
    while let byte = current, "+-.0123456789eE".utf8.contains(byte) { position += 1 }
    guard position > start else { throw unexpected() }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func word(
    _ word: String, _ content: JSONDocument.Content
  ) throws -> JSONDocument.Content {
    guard bytes[position...].starts(with: word.utf8) else { throw unexpected() }
    position += word.utf8.count
    return content
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: sign) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = current, " \t\r\n".utf8.contains(byte) {
      position += 1
      if byte == UInt8(ascii: "\n") {
        line += 1
        lineStart = position
      }
    }
  }

  private func unexpected() -> Failure {
    let text = current.map { _ in
      String(decoding: bytes[position...].prefix(12), as: UTF8.self).prefix { $0 != "\n" }
    }
    return .document(
      .unexpected(text.map { "“\($0)”" } ?? "the end"), line: line,
      column: position - lineStart + 1)
  }
}
