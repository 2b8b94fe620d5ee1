import Domain

/// An element of an XML document that was read, with its place. Attributes are read past: none of
/// those that charts have says anything of an account.
struct MarkupElement: Sendable {
  /// With its prefix, as written.
  let name: String
  let position: SourcePosition
  var children: [MarkupElement] = []
  /// What stands in it by itself, between its children.
  var text = ""

  /// The text of the first child that is called so, without white space around it; nil where there
  /// is none, or nothing in it.
  subscript(child: String) -> String? {
    let text = children.first { $0.name == child }?.text.trimmingSpaces ?? ""
    return text.isEmpty ? nil : text
  }
}

/// Recursive descent over an XML document, without what only makes documents larger than they look:
/// a DOCTYPE is refused, and with it entities of the document's own.
struct MarkupReader {
  private let bytes: [UInt8]
  private let file: String
  private var index: Int
  private var line = 1
  private var column = 1
  private var elements = 0

  /// `bytes` are UTF-8 without control characters.
  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func root() throws(ImportError) -> MarkupElement {
    if take("<?xml") { try readDeclaration() }
    try skipRemarks()
    if isNext("<!DOCTYPE") { throw error(.doctype) }
    let root = try element(level: 0)
    try skipRemarks()
    guard index == bytes.count else { throw unexpected() }
    return root
  }

  /// White space, comments and instructions to programs.
  private mutating func skipRemarks() throws(ImportError) {
    while true {
      skipSpace()
      if take("<!--") {
        try skip(past: "-->")
      } else if take("<?") {
        try skip(past: "?>")
      } else {
        return
      }
    }
  }

  private mutating func readDeclaration() throws(ImportError) {
    while !take("?>") {
      guard skipSpace() else { throw unexpected() }
      if take("?>") { return }
      let place = position
      let (name, value) = try attribute()
      let isUTF8 = ["utf-8", "utf8", "us-ascii"].contains(value.lowercased())
      guard name != "encoding" || isUTF8 else {
        throw ImportError(.markup(.encoding(value)), at: place)
      }
    }
  }

  private mutating func element(level: Int) throws(ImportError) -> MarkupElement {
    let begin = position
    guard level < ChartLimits.levels else { throw error(.tooDeep(most: ChartLimits.levels)) }
    elements += 1
    guard elements <= ChartLimits.elements else {
      throw error(.tooManyElements(most: ChartLimits.elements))
    }
    guard take("<") else { throw unexpected() }
    let element = MarkupElement(name: try name(), position: begin)
    while true {
      let isApart = skipSpace()
      if take("/>") { return element }
      if take(">") { return try filled(element, level: level) }
      guard isApart else { throw unexpected() }
      _ = try attribute()
    }
  }

  /// `empty` with what stands until its end.
  private mutating func filled(
    _ empty: MarkupElement, level: Int
  ) throws(ImportError) -> MarkupElement {
    var element = empty
    var text: [UInt8] = []
    while index < bytes.count {
      if bytes[index] != UInt8(ascii: "<"), bytes[index] != UInt8(ascii: "&") {
        text.append(bytes[index])
        step()
      } else if take("</") {
        guard try name() == element.name else { break }
        skipSpace()
        guard take(">") else { throw unexpected() }
        element.text = String(decoding: text, as: UTF8.self)
        return element
      } else if take("<!--") {
        try skip(past: "-->")
      } else if take("<![CDATA[") {
        let begin = index
        try skip(past: "]]>")
        text += bytes[begin..<(index - 3)]
      } else if take("<?") {
        try skip(past: "?>")
      } else if take("&") {
        let scalar = try reference()
        text += Array(String(scalar).utf8)
      } else {
        element.children.append(try self.element(level: level + 1))
      }
    }
    throw ImportError(.markup(.notClosed(element.name)), at: element.position)
  }

  private mutating func attribute() throws(ImportError) -> (name: String, value: String) {
    let name = try name()
    skipSpace()
    guard take("=") else { throw unexpected() }
    skipSpace()
    let quote: StaticString = isNext("'") ? "'" : "\""
    guard take(quote) else { throw unexpected() }
    let begin = index
    try skip(past: quote)
    return (name, String(decoding: bytes[begin..<(index - 1)], as: UTF8.self))
  }

  private mutating func name() throws(ImportError) -> String {
    let begin = index
    while index < bytes.count, Self.isInName(bytes[index]) { step() }
    guard index > begin else { throw unexpected() }
    return String(decoding: bytes[begin..<index], as: UTF8.self)
  }

  private static func isInName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "-"),
      UInt8(ascii: "_"), UInt8(ascii: "."), 0x80...0xFF:
      true
    default: false
    }
  }

  private static let mostReferenceBytes = 10

  /// What stands for one scalar between `&`, which is passed already, and `;`.
  private mutating func reference() throws(ImportError) -> Unicode.Scalar {
    let place = position
    let begin = index
    while index < bytes.count, bytes[index] != UInt8(ascii: ";"),
      index - begin < Self.mostReferenceBytes
    {
      step()
    }
    let text = String(decoding: bytes[begin..<index], as: UTF8.self)
    guard take(";"), let scalar = Self.scalar(text) else {
      throw ImportError(.markup(.reference(text)), at: place)
    }
    guard !scalar.isControl || scalar == "\n" || scalar == "\t" else {
      throw ImportError(.controlCharacter(scalar), at: place)
    }
    return scalar
  }

  private static func scalar(_ reference: String) -> Unicode.Scalar? {
    switch reference {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard reference.hasPrefix("#") else { return nil }
      let number =
        reference.hasPrefix("#x")
        ? UInt32(reference.dropFirst(2), radix: 16) : UInt32(reference.dropFirst())
      return number.flatMap { Unicode.Scalar($0) }
    }
  }

  // MARK: Going on

  private var position: SourcePosition { SourcePosition(file: file, line: line, column: column) }

  /// Passes one byte. UTF-8's continuation bytes aren't columns of their own.
  private mutating func step() {
    if bytes[index] == 0x0A {
      line += 1
      column = 1
    } else if bytes[index] & 0xC0 != 0x80 {
      column += 1
    }
    index += 1
  }

  private func isNext(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { bytes[index...].starts(with: $0) }
  }

  private mutating func take(_ word: StaticString) -> Bool {
    guard isNext(word) else { return false }
    for _ in 0..<word.utf8CodeUnitCount { step() }
    return true
  }

  @discardableResult
  private mutating func skipSpace() -> Bool {
    let begin = index
    while index < bytes.count, " \t\r\n".utf8.contains(bytes[index]) { step() }
    return index > begin
  }

  private mutating func skip(past end: StaticString) throws(ImportError) {
    let place = position
    while index < bytes.count {
      if take(end) { return }
      step()
    }
    throw ImportError(.markup(.endMissing(end.description)), at: place)
  }

  private func error(_ fault: MarkupFault) -> ImportError {
    ImportError(.markup(fault), at: position)
  }

  private func unexpected() -> ImportError {
    let rest = bytes[min(index, bytes.count)...].prefix(12)
    let text = String(decoding: rest, as: UTF8.self).prefix { $0 != "\n" }
    return error(.unexpected(rest.isEmpty ? "the end" : "“\(text)”"))
  }
}
