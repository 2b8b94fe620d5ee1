/// A civil day of the proleptic Gregorian calendar, years 1 to 9999.
package struct Day: Hashable, Sendable, Comparable {
  /// Days since 1970-01-01.
  package let sinceEpoch: Int32

  package init(sinceEpoch: Int32) { self.sinceEpoch = sinceEpoch }

  /// 0001-01-01 and 9999-12-31: before and after every day of any books.
  package static let first = Day(sinceEpoch: -719_162)
  package static let last = Day(sinceEpoch: 2_932_896)

  /// Nil where the calendar has no such day (31 February).
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...Self.daysInMonth(month, of: year)).contains(day)
    else { return nil }
    self.init(sinceEpoch: Self.daysSinceEpoch(year, month, day))
  }

  /// Reads ISO 8601's `2026-01-31` and nothing else.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard text.utf8.count == 10, parts.map(\.count) == [4, 2, 2] else { return nil }
    let numbers = parts.map { Int(Substring($0)) }
    guard !text.contains("+"), let year = numbers[0], let month = numbers[1], let day = numbers[2]
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package static func < (left: Day, right: Day) -> Bool { left.sinceEpoch < right.sinceEpoch }

  package var text: String {
    let (year, month, day) = civil
    return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
  }

  package var year: Int { civil.year }
  package var month: Int { civil.month }
  package var dayOfMonth: Int { civil.day }

  /// 1 is Monday, 7 Sunday, as ISO 8601 counts.
  package var weekday: Int {
    let monday = (Int(sinceEpoch) + 3) % 7
    return (monday < 0 ? monday + 7 : monday) + 1
  }

  /// `Mon` to `Sun`.
  package var weekdayName: String {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday - 1]
  }

  package func adding(days: Int) -> Day { Day(sinceEpoch: sinceEpoch + Int32(days)) }

  /// The same day of another month, or that month's last day where it has no such day.
  package func adding(months: Int) -> Day {
    let (year, month, day) = civil
    let count = year * 12 + month - 1 + months
    let target = (
      year: count.flooredDivision(by: 12), month: count - count.flooredDivision(by: 12) * 12 + 1
    )
    let last = Self.daysInMonth(target.month, of: target.year)
    return Day(sinceEpoch: Self.daysSinceEpoch(target.year, target.month, min(day, last)))
  }

  package var firstOfMonth: Day { adding(days: 1 - dayOfMonth) }
  package var lastOfMonth: Day { firstOfMonth.adding(months: 1).adding(days: -1) }

  package static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Howard Hinnant's days-from-civil: years start in March, so that the leap day is the last.
  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.flooredDivision(by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }

  private var civil: (year: Int, month: Int, day: Int) {
    let shifted = Int(sinceEpoch) + 719_468
    let era = shifted.flooredDivision(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }
}
