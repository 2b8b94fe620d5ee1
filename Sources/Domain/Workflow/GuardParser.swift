extension GuardExpression {
  /// Reads `amount >= 10000 and not department in (FIN, "R&D")`. `not` binds closest, then `and`,
  /// then `or`. A name alone asks whether a yes-or-no variable is true.
  ///
  /// Whether the names mean anything is for `GuardVocabulary` to say.
  package static func parse(_ text: String) throws(GuardParseError) -> GuardExpression {
    guard text.utf8.count <= mostCharacters else { throw GuardParseError.tooLong }
    var parser = GuardParser(tokens: try GuardToken.read(Array(text)))
    let expression = try parser.whole()
    // What is written back must be read again.
    guard expression.text.utf8.count <= mostCharacters else { throw GuardParseError.tooLong }
    return expression
  }
}

/// Why a text is no guard expression, and where.
package struct GuardParseError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// Of bytes, also with the spaces that it is written back with.
    case tooLong(most: Int)
    case tooDeep(most: Int)
    case expected(Expected)
    case unknownCharacter
    case unclosedText
  }

  package enum Expected: String, Hashable, Sendable, CaseIterable {
    case name
    case value
    case openingParenthesis
    case closingParenthesis
    case commaOrClosingParenthesis
    /// `and`, `or`, or the end.
    case connective
  }

  package let reason: Reason
  /// What stands there instead; empty at the end.
  package let found: String
  /// Characters from 1; behind the last where something is missing at the end.
  package let column: Int

  init(_ reason: Reason, found: String, column: Int) {
    self.reason = reason
    self.found = found
    self.column = column
  }

  static let tooLong = GuardParseError(
    .tooLong(most: GuardExpression.mostCharacters), found: "", column: 1)
}

/// Recursive descent over the tokens, never deeper than `GuardExpression.deepest`; each function reads
/// what its name says and stands behind it.
private struct GuardParser {
  let tokens: [GuardToken]
  private var position = 0
  private var depth = 0

  init(tokens: [GuardToken]) { self.tokens = tokens }

  mutating func whole() throws(GuardParseError) -> GuardExpression {
    let expression = try alternatives()
    if current != nil { throw failure(.connective) }
    return expression
  }

  private mutating func alternatives() throws(GuardParseError) -> GuardExpression {
    var parts = [try conjunction()]
    while take(word: "or") { parts.append(try conjunction()) }
    return .joined(any: parts)
  }

  private mutating func conjunction() throws(GuardParseError) -> GuardExpression {
    var parts = [try term()]
    while take(word: "and") { parts.append(try term()) }
    return .joined(all: parts)
  }

  private mutating func term() throws(GuardParseError) -> GuardExpression {
    let start = current?.column ?? endColumn
    depth += 1
    defer { depth -= 1 }
    guard depth <= GuardExpression.deepest else {
      throw GuardParseError(
        .tooDeep(most: GuardExpression.deepest), found: current?.text ?? "", column: start)
    }
    if take(word: "not") { return .not(try term()) }
    if take(word: "exists") { return .exists(try name()) }
    guard take(sign: "(") else { return try comparison() }
    let inner = try alternatives()
    guard take(sign: ")") else { throw failure(.closingParenthesis) }
    return inner
  }

  private mutating func comparison() throws(GuardParseError) -> GuardExpression {
    let name = try name()
    if take(word: "in") { return .comparison(GuardComparison(name, .isIn, try list())) }
    guard case .relation(let relation) = current?.kind else {
      return .comparison(GuardComparison(name, .equal, .flag(true)))
    }
    position += 1
    return .comparison(GuardComparison(name, relation, try value()))
  }

  private mutating func list() throws(GuardParseError) -> [GuardValue] {
    guard take(sign: "(") else { throw failure(.openingParenthesis) }
    var values = [try value()]
    while take(sign: ",") { values.append(try value()) }
    guard take(sign: ")") else { throw failure(.commaOrClosingParenthesis) }
    return values
  }

  private mutating func name() throws(GuardParseError) -> String {
    guard case .word(let word) = current?.kind, !GuardToken.reserved.contains(word) else {
      throw failure(.name)
    }
    position += 1
    return word
  }

  private mutating func value() throws(GuardParseError) -> GuardValue {
    let value: GuardValue? =
      switch current?.kind {
      case .word("true"): .flag(true)
      case .word("false"): .flag(false)
      case .word(let word): GuardToken.reserved.contains(word) ? nil : .text(word)
      case .quoted(let text): .text(text)
      case .number(let number): .number(number)
      case .day(let day): .day(day)
      case .relation, .sign, nil: nil
      }
    guard let value else { throw failure(.value) }
    position += 1
    return value
  }

  private var current: GuardToken? { position < tokens.count ? tokens[position] : nil }

  private var endColumn: Int { tokens.last.map { $0.column + $0.text.count } ?? 1 }

  private func failure(_ expected: GuardParseError.Expected) -> GuardParseError {
    GuardParseError(
      .expected(expected), found: current?.text ?? "", column: current?.column ?? endColumn)
  }

  private mutating func take(word: String) -> Bool { take(.word(word)) }

  private mutating func take(sign: Character) -> Bool { take(.sign(sign)) }

  private mutating func take(_ kind: GuardToken.Kind) -> Bool {
    guard current?.kind == kind else { return false }
    position += 1
    return true
  }
}

extension GuardExpression {
  /// Of one or more, without an `all` in an `all`.
  package static func joined(all parts: [GuardExpression]) -> GuardExpression {
    let flat = parts.flatMap { part in
      if case .all(let inner) = part { inner } else { [part] }
    }
    return flat.count == 1 ? flat[0] : .all(flat)
  }

  /// Of one or more, without an `any` in an `any`.
  package static func joined(any parts: [GuardExpression]) -> GuardExpression {
    let flat = parts.flatMap { part in
      if case .any(let inner) = part { inner } else { [part] }
    }
    return flat.count == 1 ? flat[0] : .any(flat)
  }

  /// As it is written back: with one space between words, and only the parentheses it needs.
  package var text: String {
    switch self {
    case .all(let parts): parts.map { $0.text(within: .all) }.joined(separator: " and ")
    case .any(let parts): parts.map(\.text).joined(separator: " or ")
    case .not(let inner): "not \(inner.text(within: .not))"
    case .exists(let name): "exists \(name)"
    case .comparison(let comparison): comparison.text
    }
  }

  private enum Binding {
    case all
    case not
  }

  private func text(within binding: Binding) -> String {
    switch self {
    case .any: "(\(text))"
    case .all: binding == .not ? "(\(text))" : text
    case .not, .exists, .comparison: text
    }
  }

  /// Every comparison in it, from left to right.
  package var comparisons: [GuardComparison] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.comparisons)
    case .not(let inner): inner.comparisons
    case .exists: []
    case .comparison(let comparison): [comparison]
    }
  }

  /// Every name that it asks about.
  package var names: Set<String> {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.names) }
    case .not(let inner): inner.names
    case .exists(let name): [name]
    case .comparison(let comparison): [comparison.name]
    }
  }
}

extension GuardComparison {
  package var text: String {
    guard relation == .isIn else { return "\(name) \(relation.rawValue) \(values[0].text)" }
    return "\(name) in (\(values.map(\.text).joined(separator: ", ")))"
  }
}

extension GuardValue {
  /// As it stands in an expression.
  package var text: String {
    switch self {
    case .number(let number): number.reduced().text
    case .flag(let flag): flag ? "true" : "false"
    case .day(let day): day.text
    case .text(let text) where GuardToken.isWord(text): text
    case .text(let text):
      "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
  }
}
