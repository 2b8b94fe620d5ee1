/// A word, a number or a sign of a guard expression that was written.
struct GuardToken: Hashable {
  enum Kind: Hashable {
    /// Also `and`, `not` and the like.
    case word(String)
    case quoted(String)
    case number(Quantity)
    case day(Day)
    case relation(GuardComparison.Relation)
    /// One of `( ) ,`.
    case sign(Character)
  }

  let kind: Kind
  /// As it was written.
  let text: String
  /// Of its first character, from 1.
  let column: Int

  static let reserved: Set<String> = ["and", "or", "not", "in", "exists", "true", "false"]

  /// So many digits before the point and no more, so that any two numbers have a difference.
  static let mostDigits = 18

  static func read(_ characters: [Character]) throws(GuardParseError) -> [GuardToken] {
    var tokens: [GuardToken] = []
    var position = 0
    while position < characters.count {
      guard !characters[position].isWhitespace else {
        position += 1
        continue
      }
      let (kind, end) = try token(at: position, of: characters)
      tokens.append(
        GuardToken(kind: kind, text: String(characters[position..<end]), column: position + 1))
      position = end
    }
    return tokens
  }

  private static func token(
    at start: Int, of characters: [Character]
  ) throws(GuardParseError) -> (Kind, end: Int) {
    let character = characters[start]
    switch character {
    case "(", ")", ",": return (.sign(character), start + 1)
    case "=": return (.relation(.equal), start + 1)
    case "!", "<", ">":
      let isLong = start + 1 < characters.count && characters[start + 1] == "="
      let text = isLong ? "\(character)=" : String(character)
      if let relation = GuardComparison.Relation(rawValue: text) {
        return (.relation(relation), start + text.count)
      }
    case "\"": return try quoted(at: start, of: characters)
    case _ where isDigit(character) || character == "-":
      return try number(at: start, of: characters)
    case _ where character.isLetter:
      let end = end(of: start, in: characters, where: isOfWord)
      return (.word(String(characters[start..<end])), end)
    default: break
    }
    throw GuardParseError(.unknownCharacter, found: String(character), column: start + 1)
  }

  /// `\"` and `\\` stand for themselves; a line ends nowhere in a text.
  private static func quoted(
    at start: Int, of characters: [Character]
  ) throws(GuardParseError) -> (Kind, end: Int) {
    var text = ""
    var position = start + 1
    while position < characters.count, characters[position] != "\"" {
      if characters[position] == "\\", position + 1 < characters.count { position += 1 }
      guard String(characters[position]).unseen == nil else {
        throw GuardParseError(.unknownCharacter, found: "", column: position + 1)
      }
      text.append(characters[position])
      position += 1
    }
    guard position < characters.count else {
      throw GuardParseError(.unclosedText, found: "", column: start + 1)
    }
    return (.quoted(text), position + 1)
  }

  private static func number(
    at start: Int, of characters: [Character]
  ) throws(GuardParseError) -> (Kind, end: Int) {
    let end = end(of: start + 1, in: characters) { isDigit($0) || $0 == "." || $0 == "-" }
    let text = String(characters[start..<end])
    if let day = Day(text) { return (.day(day), end) }
    let digits = text.drop { $0 == "-" }
    guard let first = digits.first, isDigit(first), digits.last != ".",
      digits.prefix(while: isDigit).count <= mostDigits, let number = Quantity(text)
    else {
      throw GuardParseError(.expected(.value), found: text, column: start + 1)
    }
    return (.number(number.reduced()), end)
  }

  /// Whether a text can stand without quotes.
  static func isWord(_ text: String) -> Bool {
    guard let first = text.first else { return false }
    return first.isLetter && text.allSatisfy(isOfWord) && !reserved.contains(text)
  }

  private static func end(
    of start: Int, in characters: [Character], where belongs: (Character) -> Bool
  ) -> Int {
    characters[start...].firstIndex { !belongs($0) } ?? characters.count
  }

  private static func isOfWord(_ character: Character) -> Bool {
    character.isLetter || isDigit(character) || "_-.".contains(character)
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }
}
