/// A day of the Gregorian calendar, of the years from 1 to 9999, by arithmetic alone.
public struct CalendarDay: Hashable, Comparable, Sendable {
  /// From 1 to 9999.
  public let year: Int
  /// From 1 to 12.
  public let month: Int
  /// From 1 to as many as the month has.
  public let day: Int

  private static let limitDays = 3_652_059

  /// Nil if there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, 1...Self.days(in: month, of: year) ~= day else {
      return nil
    }
    self.init(checkedYear: year, month: month, day: day)
  }

  private init(checkedYear year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Whether a day is earlier than another.
  public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// As ISO 8601 writes it: 2026-11-03.
  public var text: String {
    let years = String(repeating: "0", count: 4 - String(year).count) + "\(year)"
    return years + (month < 10 ? "-0\(month)" : "-\(month)") + (day < 10 ? "-0\(day)" : "-\(day)")
  }

  /// Its month's English name.
  public var monthName: String { Self.monthNames[month - 1] }

  /// How many days its month has.
  public var daysInMonth: Int { Self.days(in: month, of: year) }

  /// The first day of its month.
  public var firstOfMonth: CalendarDay {
    CalendarDay(checkedYear: year, month: month, day: 1)
  }

  /// Which day of the week it is.
  public var weekday: Weekday {
    // Day number 1, the first of the year 1, was a Monday.
    Weekday.monday.adding(number - 1)
  }

  /// The number of its week, as ISO 8601 counts them: the first is the one with January's first
  /// Thursday, and weeks begin on Mondays.
  public var week: Int {
    let thursday = number - (weekday.rawValue - 1) + 3
    return (thursday - Self.number(ofYearStart: Self.year(of: thursday))) / 7 + 1
  }

  /// So many days later, or earlier if negative; the first or last day there is at the limits.
  public func adding(days: Int) -> CalendarDay {
    Self.day(
      number: min(max(number + min(max(days, -Self.limitDays), Self.limitDays), 1), Self.limitDays))
  }

  /// The same day so many months later, or earlier if negative: the month's last if it has fewer.
  public func adding(months: Int) -> CalendarDay {
    let all = 12 * 9999
    let index = min(max(12 * (year - 1) + month - 1 + min(max(months, -all), all), 0), all - 1)
    let (year, month) = (index / 12 + 1, index % 12 + 1)
    return CalendarDay(
      checkedYear: year, month: month, day: min(day, Self.days(in: month, of: year)))
  }

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Counted from 1, the first of January of the year 1.
  private var number: Int {
    let earlier = (1..<month).reduce(0) { $0 + Self.days(in: $1, of: year) }
    return Self.number(ofYearStart: year) + earlier + day - 1
  }

  private static func number(ofYearStart year: Int) -> Int {
    let past = year - 1
    return 365 * past + past / 4 - past / 100 + past / 400 + 1
  }

  /// The year that a day's number is in.
  private static func year(of number: Int) -> Int {
    // No year is shorter than 365 days, so this is never too small, and soon right.
    var year = (number - 1) / 365 + 1
    while Self.number(ofYearStart: year) > number { year -= 1 }
    return year
  }

  private static func day(number: Int) -> CalendarDay {
    let year = year(of: number)
    var left = number - Self.number(ofYearStart: year)
    var month = 1
    while left >= days(in: month, of: year) {
      left -= days(in: month, of: year)
      month += 1
    }
    return CalendarDay(checkedYear: year, month: month, day: left + 1)
  }
}

/// A day of the week; numbered from Monday, 1, as ISO 8601 does.
public enum Weekday: Int, CaseIterable, Hashable, Sendable {
  case monday = 1
  case tuesday
  case wednesday
  case thursday
  case friday
  case saturday
  case sunday

  /// Two letters.
  public var shortName: String {
    switch self {
    case .monday: "Mo"
    case .tuesday: "Tu"
    case .wednesday: "We"
    case .thursday: "Th"
    case .friday: "Fr"
    case .saturday: "Sa"
    case .sunday: "Su"
    }
  }

  /// So many days later.
  public func adding(_ days: Int) -> Weekday {
    let index = (rawValue - 1 + days % 7 + 7) % 7
    return Self.allCases[index]
  }
}
