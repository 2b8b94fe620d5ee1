/// What a bookkeeper types where an amount goes: `1,234.50`, `1200-`, `12k`, `120*3+5.50`,
/// `200+19%` (UX 3.2, 4).
///
/// The sum is exact; only division and percentages round, to the currency's digits and half away
/// from zero. A result with more digits than the currency has is refused, never cut, and so is one
/// beyond `Money.limit`.
package enum AmountExpression {
  /// Longer input is a paste into the wrong field.
  package static let mostCharacters = 200

  /// Reads `text` as an amount of a currency with `exponent` digits after the mark. `decimalMark`
  /// decides only where the text itself doesn't: `1,234` but not `1,23` or `1,234.50`.
  package static func parse(
    _ text: String, exponent: Int, decimalMark: DecimalMark = .point
  ) throws(AmountInputError) -> Money {
    let characters = Array(text.prefix(mostCharacters + 1))
    guard characters.count <= mostCharacters else { throw .tooLong(most: mostCharacters) }
    var parser = AmountParser(
      tokens: try AmountToken.read(characters, decimalMark: decimalMark), exponent: exponent)
    let amount = try parser.amount()
    guard amount.minorUnits.magnitude <= Money.limit.minorUnits.magnitude else {
      throw .amount(.tooLarge)
    }
    return amount
  }
}

/// Why what was typed is no amount. Columns count characters from 1.
package enum AmountInputError: Error, Hashable, Sendable {
  case empty
  case tooLong(most: Int)
  /// A letter, or a sign where none can stand.
  case unexpected(Character, column: Int)
  /// The text ends where a number is missing.
  case incomplete
  case unclosedParenthesis(column: Int)
  /// `1,23,4`: the separators don't stand between thousands.
  case misplacedSeparator(column: Int)
  /// There is no value before that a part could be taken of.
  case percentOfNothing(column: Int)
  case amount(AmountError)
}

/// Recursive descent over the tokens; each function reads what its name says and stands behind it.
private struct AmountParser {
  let tokens: [AmountToken]
  let exponent: Int
  private var position = 0

  init(tokens: [AmountToken], exponent: Int) {
    self.tokens = tokens
    self.exponent = exponent
  }

  mutating func amount() throws(AmountInputError) -> Money {
    guard !tokens.isEmpty else { throw .empty }
    let value: Quantity
    if let number = numberBelowZero() { value = number } else { value = try sum() }
    if let token = current { throw token.unexpected }
    return try exactly { () throws(AmountError) in try value.money(exponent: exponent) }
  }

  /// `1200-`, as adding machines and some banks write what is below zero.
  private mutating func numberBelowZero() -> Quantity? {
    guard tokens.count == 2, case .number(let value) = tokens[0].kind, tokens[1].kind == .sign("-")
    else { return nil }
    position = 2
    return value.negated()
  }

  private mutating func sum() throws(AmountInputError) -> Quantity {
    var value = try product(from: factor())
    while let sign = take("+", "-") {
      let first = try factor()
      // A percentage added is a part of what it is added to: 200 + 19 % is 238.
      let term = take("%") == nil ? try product(from: first) : try part(first, of: value)
      value = try exactly { () throws(AmountError) in
        try sign == "+" ? value + term : value - term
      }
    }
    return value
  }

  private mutating func product(from first: Quantity) throws(AmountInputError) -> Quantity {
    if let token = current, token.kind == .sign("%") {
      throw .percentOfNothing(column: token.column)
    }
    var value = first
    while let sign = take("*", "/") {
      let operand = try factor()
      let isPercentage = take("%") != nil
      switch (sign, isPercentage) {
      case ("*", true): value = try part(operand, of: value)
      case ("*", false): value = try exactly { () throws(AmountError) in try value * operand }
      case (_, true): value = try quotient(of: value, by: operand, times: Quantity(100))
      case (_, false): value = try quotient(of: value, by: operand)
      }
    }
    return value
  }

  private mutating func factor() throws(AmountInputError) -> Quantity {
    guard let token = current else { throw .incomplete }
    position += 1
    switch token.kind {
    case .number(let value): return value
    case .sign("-"): return try factor().negated()
    case .sign("+"): return try factor()
    case .sign("("):
      let value = try sum()
      if take(")") != nil { return value }
      throw current?.unexpected ?? .unclosedParenthesis(column: token.column)
    case .sign: throw token.unexpected
    }
  }

  private func part(_ rate: Quantity, of value: Quantity) throws(AmountInputError) -> Quantity {
    try quotient(of: value, by: Quantity(100), times: rate)
  }

  private func quotient(
    of value: Quantity, by divisor: Quantity, times factor: Quantity = Quantity(1)
  ) throws(AmountInputError) -> Quantity {
    try exactly { () throws(AmountError) in
      try (value * factor).divided(by: divisor, decimals: exponent)
    }
  }

  private func exactly<Result>(
    _ compute: () throws(AmountError) -> Result
  ) throws(AmountInputError) -> Result {
    do {
      return try compute()
    } catch {
      throw .amount(error)
    }
  }

  private var current: AmountToken? { position < tokens.count ? tokens[position] : nil }

  private mutating func take(_ signs: Character...) -> Character? {
    guard case .sign(let sign) = current?.kind, signs.contains(sign) else { return nil }
    position += 1
    return sign
  }
}
