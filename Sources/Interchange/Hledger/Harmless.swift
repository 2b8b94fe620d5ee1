import Domain

/// Text as it may stand in a journal without being taken for anything but text.
///
/// Works on scalars, as readers do: to Swift `;` with an accent on it is another Character, to a
/// reader it is a semicolon.
enum Harmless {
  /// A description: nothing in it begins a comment.
  static func words(_ text: String) -> String { swapping(";", for: ",", in: oneLine(text)) }

  /// The first `|` of a line ends its payee.
  static func payee(_ text: String) -> String { swapping("|", for: "/", in: words(text)) }

  static func code(_ text: String) -> String { swapping(")", for: "]", in: words(text)) }

  /// Not in brackets as a whole, which would make a posting virtual, and not begun by a mark of
  /// status or a comment.
  static func account(_ path: String) -> String {
    var name = Array(oneSpaced(path).unicodeScalars)
    for place in name.indices.prefix(while: { [";", "*", "!"].contains(name[$0]) }) {
      name[place] = "_"
    }
    switch (name.first, name.last) {
    case ("(", ")"), ("[", "]"):
      name[0] = "<"
      name[name.count - 1] = ">"
    default: break
    }
    return name.allSatisfy { $0 == ":" } ? "_" : string(name)
  }

  /// In quotes wherever it isn't plain.
  static func symbol(_ symbol: String) -> String {
    let name = swapping("\"", for: "'", in: swapping(";", for: ",", in: oneSpaced(symbol)))
    guard let first = name.unicodeScalars.first else { return "_" }
    let isPlain =
      name.utf8.allSatisfy(LineCursor.isPlainSymbol)
      && !name.unicodeScalars.contains(where: \.properties.isWhitespace)
    // Begins a comment for some reader where it begins a line.
    let isComment = ["#", "*", "%", "|"].contains(first)
    return isPlain && !isComment ? name : "\"\(name)\""
  }

  static func commentLines(_ comment: String) -> [String] {
    if comment.isEmpty { return [] }
    return comment.split(whereSeparator: \.isNewline).map { oneLine(String($0)) }
  }

  /// The same without days: `date:` and `[2024-01-31]` would move a posting, or stop a reader that
  /// can make no sense of them.
  static func withoutDays(_ line: String) -> String {
    let spaced = spacingColon(after: "date2", in: spacingColon(after: "date", in: line))
    return swapping("[", for: "(", in: spaced)
  }

  /// `type:` as words: a space before the colon keeps it from being a tag.
  static func withoutType(_ line: String) -> String { spacingColon(after: "type", in: line) }

  static func tag(_ tag: ForeignTag) -> ForeignTag {
    let name = [" ", ":", ","].reduce(oneSpaced(tag.name)) { swapping($1, for: "-", in: $0) }
    return ForeignTag(name: name, value: swapping(",", for: " ", in: oneLine(tag.value)))
  }

  /// One line, with the spaces it has. Line ends become spaces, control characters U+FFFD.
  private static func oneLine(_ text: String) -> String {
    // Nearly all text is like this, and there is much of it.
    let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    if isPlain, text.utf8.first != 0x20, text.utf8.last != 0x20 { return text }
    var result: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if !result.isEmpty { result.append(isSpace(scalar) ? scalar : " ") }
      } else {
        result.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
      }
    }
    while let last = result.last, last.properties.isWhitespace { result.removeLast() }
    return string(result)
  }

  /// The same with single spaces, since two end a name.
  private static func oneSpaced(_ text: String) -> String {
    let words = oneLine(text).unicodeScalars.split(whereSeparator: \.properties.isWhitespace)
    return words.map { String($0) }.joined(separator: " ")
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\t" || scalar.properties.generalCategory == .spaceSeparator
  }

  private static func swapping(
    _ old: Unicode.Scalar, for new: Unicode.Scalar, in text: String
  ) -> String {
    guard text.unicodeScalars.contains(old) else { return text }
    return string(text.unicodeScalars.map { $0 == old ? new : $0 })
  }

  private static func spacingColon(after word: String, in text: String) -> String {
    let label = Array((word + ":").unicodeScalars)
    var result: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      result.append(scalar)
      if result.suffix(label.count).elementsEqual(label) {
        result.insert(" ", at: result.count - 1)
      }
    }
    return string(result)
  }

  private static func string(_ scalars: [Unicode.Scalar]) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}
