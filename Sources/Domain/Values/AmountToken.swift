/// A number or a sign of an amount that was typed.
struct AmountToken: Hashable {
  enum Kind: Hashable {
    case number(Quantity)
    /// One of `+ - * / ( ) %`.
    case sign(Character)
  }

  let kind: Kind
  /// What was typed first of it.
  let character: Character
  /// From 1.
  let column: Int

  var unexpected: AmountInputError { .unexpected(character, column: column) }

  static func read(
    _ characters: [Character], decimalMark: DecimalMark
  ) throws(AmountInputError) -> [AmountToken] {
    var tokens: [AmountToken] = []
    var position = 0
    while position < characters.count {
      let (character, column) = (characters[position], position + 1)
      if character.isWhitespace {
        position += 1
      } else if let sign = sign(character) {
        tokens.append(AmountToken(kind: .sign(sign), character: character, column: column))
        position += 1
      } else {
        let number = TypedNumber(startingAt: position, of: characters)
        guard number.end > position else { throw .unexpected(character, column: column) }
        let value = try number.value(decimalMark: decimalMark)
        tokens.append(AmountToken(kind: .number(value), character: character, column: column))
        position = number.end
      }
    }
    return tokens
  }

  /// With the signs that a word processor puts for those of the keyboard.
  private static func sign(_ character: Character) -> Character? {
    switch character {
    case "+", "-", "*", "/", "(", ")", "%": character
    case "−": "-"
    case "×": "*"
    case "÷": "/"
    default: nil
    }
  }
}

/// A number as it stands in a text: digits, separators, and a `k` for thousand.
private struct TypedNumber {
  private let digitsAndMarks: ArraySlice<Character>
  private let isThousands: Bool
  /// The position after it; where it began if there is none.
  let end: Int

  init(startingAt start: Int, of characters: [Character]) {
    var end = start
    while end < characters.count, Self.isPart(end, of: characters, from: start) { end += 1 }
    digitsAndMarks = characters[start..<end]
    isThousands = end > start && end < characters.count && "kK".contains(characters[end])
    self.end = isThousands ? end + 1 : end
  }

  /// The last separator is the decimal mark, unless it stands more than once, or is the only one
  /// and stands where only thousands are grouped.
  func value(decimalMark: DecimalMark) throws(AmountInputError) -> Quantity {
    let mark = decimalPosition(decimalMark)
    let whole = digitsAndMarks[..<(mark ?? digitsAndMarks.endIndex)]
    let fraction = mark.map { digitsAndMarks[($0 + 1)...] } ?? []
    if let wrong = fraction.firstIndex(where: { !Self.isDigit($0) }) {
      throw .misplacedSeparator(column: wrong + 1)
    }
    try checkGroups(of: whole)
    let digits = whole.filter(Self.isDigit) + fraction
    guard !digits.isEmpty else { throw .misplacedSeparator(column: digitsAndMarks.startIndex + 1) }
    guard fraction.count <= Quantity.mostDecimals, let mantissa = Int128(String(digits)) else {
      throw .amount(.tooLarge)
    }
    let number = Quantity(mantissa, decimals: fraction.count)
    do {
      return try isThousands ? number * Quantity(1000) : number
    } catch {
      throw .amount(error)
    }
  }

  private func decimalPosition(_ decimalMark: DecimalMark) -> Int? {
    let marks = digitsAndMarks.indices.filter { ".,".contains(digitsAndMarks[$0]) }
    guard let last = marks.last else { return nil }
    let mark = digitsAndMarks[last]
    if marks.contains(where: { digitsAndMarks[$0] != mark }) { return last }
    guard marks.count == 1 else { return nil }
    if mark == decimalMark.character { return last }
    let isGrouping =
      digitsAndMarks.endIndex - last == 4 && (1...3).contains(last - digitsAndMarks.startIndex)
      && digitsAndMarks.first != "0"
      && digitsAndMarks.allSatisfy { Self.isDigit($0) || $0 == mark }
    return isGrouping ? nil : last
  }

  /// Groups of three; or, in the Indian way, of two before the last three.
  private func checkGroups(of whole: ArraySlice<Character>) throws(AmountInputError) {
    let separators = whole.indices.filter { !Self.isDigit(whole[$0]) }
    guard let first = separators.first, let last = separators.last else { return }
    let bounds = [whole.startIndex - 1] + separators + [whole.endIndex]
    let sizes = zip(bounds, bounds.dropFirst()).map { $1 - $0 - 1 }
    let middle = sizes.dropFirst().dropLast()
    let isRegular =
      separators.allSatisfy { whole[$0] == whole[first] } && sizes.last == 3
      && (middle.allSatisfy { $0 == 3 } && (1...3).contains(sizes[0])
        || middle.allSatisfy { $0 == 2 } && (1...2).contains(sizes[0]))
    guard isRegular else { throw .misplacedSeparator(column: last + 1) }
  }

  /// A space belongs to a number only between digits, so that `5 + 3` is three tokens.
  private static func isPart(_ position: Int, of characters: [Character], from start: Int) -> Bool {
    let character = characters[position]
    if isDigit(character) || ".,".contains(character) { return true }
    guard position > start, isDigit(characters[position - 1]), position + 1 < characters.count
    else { return false }
    return "'’ \u{A0}\u{202F}".contains(character) && isDigit(characters[position + 1])
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }
}
