/// When a business works, to count working time by (RULES §5.5).
package struct BusinessCalendar: Hashable, Sendable {
  /// The minutes of a day between which work is done, by the business's clock.
  package let hours: Range<Int>
  /// 1 is Monday.
  package let weekend: Set<Int>
  package let holidays: Set<Day>
  /// How many seconds the business's clock is ahead of UTC.
  package let zone: Int64

  /// Monday to Friday from nine to five, by UTC.
  package static let standard = BusinessCalendar(
    hours: 540..<1020, weekend: [6, 7], holidays: [], zone: 0)

  /// Nil where no work would ever be done, or at hours that no day has.
  package init?(working hours: Range<Int>, weekend: Set<Int>, holidays: Set<Day>, zone: Int64) {
    guard !hours.isEmpty, hours.lowerBound >= 0, hours.upperBound <= 1440,
      !weekend.isSuperset(of: 1...7)
    else { return nil }
    self.init(hours: hours, weekend: weekend, holidays: holidays, zone: zone)
  }

  private init(hours: Range<Int>, weekend: Set<Int>, holidays: Set<Day>, zone: Int64) {
    self.hours = hours
    self.weekend = weekend
    self.holidays = holidays
    self.zone = zone
  }

  package func isWorkingDay(_ day: Day) -> Bool {
    !weekend.contains(day.weekday) && !holidays.contains(day)
  }

  /// When that much has passed since `start`. Working time that ends with the day is over then, not
  /// on the next morning.
  package func adding(_ duration: WorkflowDuration, to start: Timestamp) -> Timestamp {
    switch duration.clock {
    case .calendar: start.adding(seconds: Int64(duration.minutes) * 60)
    case .working: addingWork(Int64(duration.minutes) * 60_000, to: start)
    }
  }

  /// The first moment of a day.
  package func beginning(of day: Day) -> Timestamp {
    Timestamp(milliseconds: Int64(day.sinceEpoch) * Self.perDay - zone * 1000)
  }

  private static let perDay: Int64 = 86_400_000

  private func addingWork(_ milliseconds: Int64, to start: Timestamp) -> Timestamp {
    guard milliseconds > 0 else { return start }
    let local = start.adding(seconds: zone)
    let opens = Int64(hours.lowerBound) * 60_000
    let perWorkingDay = Int64(hours.count) * 60_000
    var day = local.day
    let inDay = local.milliseconds - Int64(day.sinceEpoch) * Self.perDay
    var passed = isWorkingDay(day) ? min(max(inDay - opens, 0), perWorkingDay) : perWorkingDay
    var left = milliseconds
    while left > perWorkingDay - passed {
      left -= perWorkingDay - passed
      repeat { day = day.adding(days: 1) } while !isWorkingDay(day)
      passed = 0
    }
    return Timestamp(milliseconds: beginning(of: day).milliseconds + opens + passed + left)
  }
}
