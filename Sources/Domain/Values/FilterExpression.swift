/// What somebody types to find rows: words that must stand in a row, `field:text`, `field>number`,
/// `"two words"`, and `!` before what must not be there.
///
/// Every text is an expression, so that a list can follow it while it is typed.
package struct FilterExpression: Hashable, Sendable {
  package enum Comparison: Hashable, Sendable {
    case contains
    case equals
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
  }

  package struct Term: Hashable, Sendable {
    /// In lower case; nil is any field.
    package let field: String?
    package let comparison: Comparison
    /// What is looked for, in lower case; one of several is enough.
    package let values: [String]
    package let isNegated: Bool
  }

  package let terms: [Term]

  package init(_ text: String) { terms = Self.words(of: text).compactMap(Self.term) }

  /// Whether a row fits. `texts` gives what stands in a field, or in all of them, in lower case.
  package func matches(_ texts: (String?) -> [String]) -> Bool {
    terms.allSatisfy { term in
      let found = texts(term.field).contains { text in
        term.values.contains { Self.holds(text, term.comparison, $0) }
      }
      return found != term.isNegated
    }
  }

  /// Split at spaces that no quotes hold together; the quotes stay, as marks of plain text.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if character == " ", !isQuoted {
        words.append(word)
        word = ""
      } else {
        word.append(character)
      }
    }
    return (words + [word]).filter { !$0.isEmpty }
  }

  private static let signs: [(text: String, comparison: Comparison)] = [
    (">=", .greaterOrEqual), ("<=", .lessOrEqual), (">", .greater), ("<", .less), ("=", .equals),
    (":", .contains),
  ]

  private static func term(of word: String) -> Term? {
    let isNegated = word.hasPrefix("!")
    let body = isNegated ? String(word.dropFirst()) : word
    let name = body.prefix { $0.isLetter }
    let rest = body.dropFirst(name.count)
    if !name.isEmpty, let sign = signs.first(where: { rest.hasPrefix($0.text) }) {
      let values = plain(rest.dropFirst(sign.text.count)).split(separator: ",").map(String.init)
      // Half typed, it asks for nothing yet.
      guard !values.isEmpty else { return nil }
      return Term(
        field: name.lowercased(), comparison: sign.comparison, values: values,
        isNegated: isNegated)
    }
    let value = plain(body[...])
    return value.isEmpty
      ? nil : Term(field: nil, comparison: .contains, values: [value], isNegated: isNegated)
  }

  private static func plain(_ text: Substring) -> String {
    text.replacing("\"", with: "").lowercased()
  }

  private static func holds(_ text: String, _ comparison: Comparison, _ value: String) -> Bool {
    switch comparison {
    case .contains: contains(text, value)
    case .equals: compare(text, value) == 0
    case .less: compare(text, value).map { $0 < 0 } ?? false
    case .lessOrEqual: compare(text, value).map { $0 <= 0 } ?? false
    case .greater: compare(text, value).map { $0 > 0 } ?? false
    case .greaterOrEqual: compare(text, value).map { $0 >= 0 } ?? false
    }
  }

  /// Bytes tell where all letters are ASCII, as most are, and a list follows the typing: the library's
  /// search, which knows letters of several code points, prepares itself anew for each row.
  private static func contains(_ text: String, _ value: String) -> Bool {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return text.contains(value) }
    let (bytes, wanted) = (text.utf8, value.utf8)
    guard let first = wanted.first else { return true }
    return bytes.indices.contains { bytes[$0] == first && bytes[$0...].starts(with: wanted) }
  }

  /// Negative, zero or positive; numbers by what they are worth, other texts as text. Nil where
  /// nothing stands in the row.
  private static func compare(_ text: String, _ value: String) -> Int? {
    guard !text.isEmpty else { return nil }
    // Two numbers that fit lists have a difference.
    if let left = Quantity(shown: text), let right = Quantity(shown: value),
      let difference = try? left - right
    {
      return difference.mantissa < 0 ? -1 : difference.isZero ? 0 : 1
    }
    return text < value ? -1 : text == value ? 0 : 1
  }
}

extension Quantity {
  /// A number as lists show it, thousands grouped; nil for every other text.
  package init?(shown text: String) {
    self.init(text.filter { $0 != "," && $0 != " " })
  }
}
