/// What people type where a day goes: `5`, `5.10`, `0510`, `+3`, `t`, `fri`, `2026-10-05`
/// (UX 3.2, 2).
package enum DayExpression {
  /// The day that `text` means. `reference` is the day that stands in the field: it gives the month
  /// to `5`, the year to `5.10`, and is what `+3`, `m` and `h` count from; `today` is what `t`, `y`
  /// and the names of weekdays mean.
  package static func parse(
    _ text: String, today: Day, reference: Day
  ) throws(DayInputError) -> Day {
    let word = trimmed(text).lowercased()
    guard !word.isEmpty else { throw .empty }
    guard word.count <= mostCharacters else {
      throw .unreadable(String(word.prefix(mostCharacters)))
    }
    if let day = try named(word, today: today, reference: reference) { return day }
    if word.hasPrefix("+") || word.hasPrefix("-") { return try step(word, from: reference) }
    return try written(word, reference: reference)
  }

  /// Longer input is a paste into the wrong field.
  package static let mostCharacters = 20

  private static func trimmed(_ text: String) -> Substring {
    var rest = text.drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }

  private static func named(
    _ word: String, today: Day, reference: Day
  ) throws(DayInputError) -> Day? {
    switch word {
    case "t", "today": return today
    case "y", "yesterday": return try day(-1, after: today)
    case "m": return reference.firstOfMonth
    case "h": return reference.lastOfMonth
    default:
      guard word.count >= 3, let index = weekdays.firstIndex(where: { $0.hasPrefix(word) })
      else { return nil }
      return try day(-((today.weekday - 1 - index + 7) % 7), after: today)
    }
  }

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  private static func step(_ word: String, from reference: Day) throws(DayInputError) -> Day {
    guard let count = number(word.dropFirst()) else { throw .unreadable(word) }
    return try day(word.hasPrefix("-") ? -count : count, after: reference)
  }

  private static func day(_ count: Int, after start: Day) throws(DayInputError) -> Day {
    let sinceEpoch = Int64(start.sinceEpoch) + Int64(count)
    guard Int64(Day.first.sinceEpoch)...Int64(Day.last.sinceEpoch) ~= sinceEpoch else {
      throw .outOfCalendar
    }
    return Day(sinceEpoch: Int32(sinceEpoch))
  }

  /// In figures: the day alone, the day before the month, or all three with the year at either end.
  private static func written(_ word: String, reference: Day) throws(DayInputError) -> Day {
    let fields = fields(of: word)
    let numbers = fields.compactMap(number)
    guard numbers.count == fields.count else { throw .unreadable(word) }
    let (year, month, day) =
      switch shape(of: fields) {
      case "d": (reference.year, reference.month, numbers[0])
      case "dd": (reference.year, numbers[1], numbers[0])
      case "ddy": (numbers[2], numbers[1], numbers[0])
      case "ydd": (numbers[0], numbers[1], numbers[2])
      default: throw DayInputError.unreadable(word)
      }
    guard let result = Day(year: year, month: month, day: day) else {
      throw .noSuchDay(year: year, month: month, day: day)
    }
    return result
  }

  /// `d` for each field of one or two digits, `y` for one of four.
  private static func shape(of fields: [Substring]) -> String {
    String(fields.map { (1...2).contains($0.count) ? "d" : $0.count == 4 ? "y" : "?" })
  }

  private static func fields(of word: String) -> [Substring] {
    if word.count == 4, number(word[...]) != nil { return [word.prefix(2), word.suffix(2)] }
    let separator = word.first { "./-".contains($0) } ?? "-"
    // A dot behind a number is how German writes days and months: `5.`, `5.10.`.
    return (word.hasSuffix(".") && !word.hasSuffix("..") ? word.dropLast() : word[...]).split(
      separator: separator, omittingEmptySubsequences: false)
  }

  /// Digits only, and no more of them than a day could need.
  private static func number(_ digits: Substring) -> Int? {
    guard (1...6).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return Int(digits)
  }
}

/// Why what was typed is no day.
package enum DayInputError: Error, Hashable, Sendable {
  case empty
  case unreadable(String)
  /// The calendar has no such day: 31 February, or a month 13.
  case noSuchDay(year: Int, month: Int, day: Int)
  /// Before the year 1 or after 9999.
  case outOfCalendar
}
