/// A JSON document that was read, each part with its place, so that what is wrong in it can be
/// pointed at. Numbers stay as they are written: they never pass through floating point.
package struct JSONDocument: Sendable {
  package enum Content: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONDocument])
    case object([(name: String, value: JSONDocument)])
  }

  package let content: Content
  /// From 1, columns in Unicode scalars.
  package let line: Int
  package let column: Int

  package static let mostLevels = 32

  package init(_ bytes: [UInt8]) throws(JSONFault) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw JSONFault(.notUTF8, line: 1, column: 1)
    }
    var reader = JSONReader(bytes)
    self = try reader.wholeDocument()
  }

  fileprivate init(_ content: Content, line: Int, column: Int) {
    self.content = content
    self.line = line
    self.column = column
  }

  package func failure(_ fault: DocumentFault) -> JSONFault {
    JSONFault(fault, line: line, column: column)
  }

  /// The fields of an object, all of which must be among `known`.
  package func fields(
    _ what: String, known: Set<String>
  ) throws(JSONFault) -> [String: JSONDocument] {
    let fields = try fields(what)
    if let stranger = fields.first(where: { !known.contains($0.name) }) {
      throw stranger.value.failure(.unknownField(stranger.name))
    }
    return Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
  }

  /// The fields of an object in their order, whatever they are called.
  func fields(_ what: String) throws(JSONFault) -> [(name: String, value: JSONDocument)] {
    guard case .object(let fields) = content else {
      throw failure(.wrongKind(what, wanted: "an object in {}"))
    }
    return fields
  }

  package func items(_ what: String) throws(JSONFault) -> [JSONDocument] {
    guard case .array(let items) = content else {
      throw failure(.wrongKind(what, wanted: "a list in []"))
    }
    return items
  }

  package func text(_ what: String) throws(JSONFault) -> String {
    guard case .string(let text) = content else {
      throw failure(.wrongKind(what, wanted: "text in quotes"))
    }
    return text
  }

  /// What an amount may be written as: a number, or the same in quotes.
  package func written(_ what: String) throws(JSONFault) -> String {
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
  /// Bytes of the line so far that are no scalars of their own.
  private var continuations = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func wholeDocument() throws(JSONFault) -> JSONDocument {
    let document = try value(level: 0)
    skipSpace()
    guard position == bytes.count else { throw unexpected() }
    return document
  }

  private mutating func value(level: Int) throws(JSONFault) -> JSONDocument {
    skipSpace()
    let (line, column) = (line, column)
    guard level < JSONDocument.mostLevels else {
      throw JSONFault(.tooDeep(most: JSONDocument.mostLevels), line: line, column: column)
    }
    return JSONDocument(try content(level: level), line: line, column: column)
  }

  private mutating func content(level: Int) throws(JSONFault) -> JSONDocument.Content {
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

  private mutating func object(level: Int) throws(JSONFault) -> JSONDocument.Content {
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

  private mutating func array(level: Int) throws(JSONFault) -> JSONDocument.Content {
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

  private mutating func string() throws(JSONFault) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw unexpected() }
      position += 1
      if byte == UInt8(ascii: "\\") {
        text += try escape().utf8
      } else {
        if byte & 0xC0 == 0x80 { continuations += 1 }
        text.append(byte)
      }
    }
    guard take("\"") else { throw unexpected() }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escape() throws(JSONFault) -> String {
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

  private mutating func codeUnit() throws(JSONFault) -> UInt32 {
    let end = position + 4
    guard end <= bytes.count,
      let unit = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
    else { throw unexpected() }
    position = end
    return unit
  }

  private mutating func number() throws(JSONFault) -> String {
    let start = position
    while let byte = current, "+-.0123456789eE".utf8.contains(byte) { position += 1 }
    guard position > start else { throw unexpected() }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func word(
    _ word: String, _ content: JSONDocument.Content
  ) throws(JSONFault) -> JSONDocument.Content {
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
        continuations = 0
      }
    }
  }

  private var column: Int { position - lineStart - continuations + 1 }

  private func unexpected() -> JSONFault {
    let text = current.map { _ in
      String(decoding: bytes[position...].prefix(12), as: UTF8.self).prefix { $0 != "\n" }
    }
    return JSONFault(
      .unexpected(text.map { "“\($0)”" } ?? "the end"), line: line, column: column)
  }
}

/// What is wrong with a JSON document, and where: line and column count from 1.
package struct JSONFault: Error, Hashable, Sendable {
  package let fault: DocumentFault
  package let line: Int
  package let column: Int

  package init(_ fault: DocumentFault, line: Int, column: Int) {
    self.fault = fault
    self.line = line
    self.column = column
  }
}

package enum DocumentFault: Hashable, Sendable {
  case notUTF8
  case unexpected(String)
  case tooDeep(most: Int)
  case missing(String)
  case wrongKind(String, wanted: String)
  case unknownField(String)

  /// What is wrong, without a full stop.
  package var text: String {
    switch self {
    case .notUTF8: "this isn't UTF-8 text"
    case .unexpected(let text): "\(text) was not expected here; the document isn't JSON"
    case .tooDeep(let most): "the document is more than \(most) levels deep"
    case .missing(let name): "\(name) is missing here"
    case .wrongKind(let name, let wanted): "\(name) must be \(wanted)"
    case .unknownField(let name): "there is no field \(name) here; check its name"
    }
  }
}
