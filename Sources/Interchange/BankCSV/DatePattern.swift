import Domain

/// How a bank writes its days: `%d.%m.%Y`, as `date-format` has it. What says the time of day or
/// the day of the week is read and left out; a statement has days only.
struct DatePattern: Hashable {
  private enum Piece: Hashable {
    case year
    /// Two digits: 69 to 99 are of the last century.
    case shortYear
    case month
    case monthName
    case day
    /// A number of at most so many digits.
    case number(most: Int)
    /// Letters, as of a day of the week or a time zone.
    case word
    /// `+0100`, or letters.
    case zone
    /// As many as there are.
    case spaces
    case literal(Character)
  }

  /// What a file is read with whose rules have no `date-format`.
  static let usual = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"].compactMap(DatePattern.init)

  let text: String
  private let pieces: [Piece]

  /// Nil where it names what isn't known, or no whole day.
  init?(_ text: String) {
    self.text = text
    var pieces: [Piece] = []
    var rest = text[...]
    while let character = rest.popFirst() {
      if character.isWhitespace {
        pieces.append(.spaces)
      } else if character != "%" {
        pieces.append(.literal(character))
      } else {
        // How a number is padded makes no difference to who reads it.
        rest = rest.drop { "-_0".contains($0) }
        guard let letter = rest.popFirst(), let known = Self.pieces(of: letter) else { return nil }
        pieces += known
      }
    }
    let isWhole =
      pieces.contains { $0 == .year || $0 == .shortYear }
      && pieces.contains { $0 == .month || $0 == .monthName } && pieces.contains(.day)
    guard isWhole else { return nil }
    self.pieces = pieces
  }

  private static func pieces(of letter: Character) -> [Piece]? {
    switch letter {
    case "Y": [.year]
    case "y": [.shortYear]
    case "m": [.month]
    case "b", "B", "h": [.monthName]
    case "d", "e": [.day]
    case "H", "I", "k", "l", "M", "S": [.number(most: 2)]
    case "a", "A", "p", "P": [.word]
    case "z", "Z": [.zone]
    case "F": [.year, .literal("-"), .month, .literal("-"), .day]
    case "D": [.month, .literal("/"), .day, .literal("/"), .shortYear]
    case "R": [.number(most: 2), .literal(":"), .number(most: 2)]
    case "T":
      [.number(most: 2), .literal(":"), .number(most: 2), .literal(":"), .number(most: 2)]
    case "%": [.literal("%")]
    default: nil
    }
  }

  /// The day that the whole of `written` names; nil where it isn't written so, or the calendar has
  /// no such day.
  func day(_ written: String) -> Day? {
    var rest = written[...]
    var (year, month, day) = (0, 0, 0)
    for piece in pieces {
      switch piece {
      case .year: year = Self.number(in: &rest, digits: 4...4) ?? 0
      case .shortYear:
        guard let short = Self.number(in: &rest, digits: 2...2) else { return nil }
        year = short < 69 ? 2000 + short : 1900 + short
      case .month: month = Self.number(in: &rest, digits: 1...2) ?? 0
      case .monthName: month = Self.month(in: &rest) ?? 0
      case .day: day = Self.number(in: &rest, digits: 1...2) ?? 0
      case .number(let most):
        guard Self.number(in: &rest, digits: 1...most) != nil else { return nil }
      case .word: rest = rest.drop(while: \.isLetter)
      case .zone: rest = rest.drop { $0.isLetter || $0.isNumber || "+-:".contains($0) }
      case .spaces: rest = rest.drop(while: \.isWhitespace)
      case .literal(let character):
        guard rest.popFirst() == character else { return nil }
      }
    }
    return rest.isEmpty ? Day(year: year, month: month, day: day) : nil
  }

  /// No year, month or day is 0, so that 0 stands for what isn't there.
  private static func number(in rest: inout Substring, digits: ClosedRange<Int>) -> Int? {
    let written = rest.prefix(digits.upperBound).prefix { $0.isASCII && $0.isNumber }
    guard written.count >= digits.lowerBound else { return nil }
    rest = rest.dropFirst(written.count)
    return Int(written)
  }

  private static func month(in rest: inout Substring) -> Int? {
    let word = rest.prefix(while: \.isLetter)
    let name = word.lowercased()
    let found = months.firstIndex { $0 == name || $0.prefix(3) == name || $0.prefix(4) == name }
    guard let found else { return nil }
    rest = rest.dropFirst(word.count)
    return found + 1
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}
