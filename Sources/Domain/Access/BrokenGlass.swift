/// An emergency, in which somebody lifts limits and separate duties for themselves (RULES §4.4).
package enum BrokenGlass {
  package static let mostMinutes = 60
  /// Within how many working days another owner looks at it.
  package static let reviewWorkingDays = 3

  /// When the review is due: as the last of the working days after `end` is over, in UTC.
  package static func reviewDue(after end: Timestamp) -> Timestamp {
    var day = end.day
    var left = reviewWorkingDays
    while left > 0 {
      day = day.adding(days: 1)
      if day.weekday < 6 { left -= 1 }
    }
    return Timestamp(milliseconds: Int64(day.adding(days: 1).sinceEpoch) * 86_400_000)
  }
}
