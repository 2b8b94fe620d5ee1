/// Words that a person reads: an English text with places for arguments, which is also the key that
/// a language's catalogue has its translation under, or a text out of the books, which nothing
/// translates.
///
/// A literal is such a key, and what is interpolated in it its arguments: texts and numbers as they
/// are, phrases translated in their turn. What somebody typed is therefore never looked up, even
/// where the program has the same word.
package struct Phrase: Sendable {
  private indirect enum Content: Sendable {
    case verbatim(String)
    /// A word that means one thing there and something else elsewhere.
    case word(String, context: String)
    case key(String, [Phrase])
    /// What only holds others together has no words of its own.
    case frame(String, [Phrase])
    case joined([Phrase], separator: String)
  }

  private let content: Content

  /// A text as it is, in whatever language.
  package init(verbatim text: some StringProtocol) { content = .verbatim(String(text)) }

  /// A word of the program's that is no literal where it is said: the title of a role or a status.
  package init(word: String) { self.init(key: word, arguments: []) }

  /// The same where it means something else elsewhere: `open` of a period. Catalogues have it with
  /// its context in parentheses.
  package init(word: String, context: String) { content = .word(word, context: context) }

  private init(key: String, arguments: [Phrase]) {
    // Numbers and signs are the same everywhere.
    content =
      key.contains(where: \.isLetter)
      ? .key(key, arguments) : arguments.isEmpty ? .verbatim(key) : .frame(key, arguments)
  }

  private init(_ content: Content) { self.content = content }

  package static let empty = Phrase(verbatim: "")

  package var isEmpty: Bool { english.isEmpty }

  /// The keys themselves, filled in.
  package var english: String { text(in: .english) }

  /// In a language; in English where that lacks it.
  package func text(in language: Language) -> String {
    switch content {
    case .verbatim(let text): return text
    case .word(let word, let context):
      return language.translation(of: "\(word) (\(context))") ?? word
    case .joined(let phrases, let separator):
      return phrases.map { $0.text(in: language) }.joined(separator: separator)
    case .key(let key, let arguments):
      let template = language.translation(of: key) ?? key
      if arguments.isEmpty { return template }
      return Template(template).filled(with: arguments.map { $0.text(in: language) })
    case .frame(let frame, let arguments):
      return Template(frame).filled(with: arguments.map { $0.text(in: language) })
    }
  }

  /// One after the other, those that say nothing left out.
  package static func joined(_ phrases: [Phrase], separator: String = " ") -> Phrase {
    Phrase(.joined(phrases.filter { !$0.isEmpty }, separator: separator))
  }

  /// `a manager and a director`.
  package static func all(_ phrases: [Phrase]) -> Phrase {
    guard let first = phrases.first else { return .empty }
    return phrases.dropFirst().reduce(first) { "\($0) and \($1)" }
  }
}

extension Phrase: CustomStringConvertible {
  package var description: String { english }
}

extension Phrase: Hashable {
  /// Those that say the same.
  package static func == (left: Phrase, right: Phrase) -> Bool { left.english == right.english }
  package func hash(into hasher: inout Hasher) { hasher.combine(english) }
}

extension Phrase: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(key: text, arguments: []) }

  package init(stringInterpolation: StringInterpolation) {
    self.init(key: stringInterpolation.key, arguments: stringInterpolation.arguments)
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate private(set) var key = ""
    fileprivate private(set) var arguments: [Phrase] = []

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ text: String) { key += text }

    package mutating func appendInterpolation(_ phrase: Phrase) {
      key += "{}"
      arguments.append(phrase)
    }

    /// Not for a literal, which is a phrase.
    @_disfavoredOverload
    package mutating func appendInterpolation(_ text: some StringProtocol) {
      appendInterpolation(Phrase(verbatim: text))
    }

    package mutating func appendInterpolation(_ number: some BinaryInteger) {
      appendInterpolation(Phrase(verbatim: String(number)))
    }
  }
}
