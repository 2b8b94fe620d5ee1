/// On which days something comes again (RULES §3.8, Recurring). Every day is counted from the
/// first, so that the 31st comes back after a February that had none.
package struct RecurrenceRule: Hashable, Sendable {
  package enum Rhythm: String, Sendable, CaseIterable {
    case weekly
    /// On a day of the month, or its last where it has no such day; so the quarters and years.
    case monthly
    case monthlyLastDay = "monthly_last_day"
    /// From Monday to Friday: holidays are nobody's to know here.
    case monthlyLastBusinessDay = "monthly_last_business_day"
    case quarterly
    case yearly

    /// Whether it comes on a day of the month that somebody may choose.
    package var hasAnchor: Bool { self == .monthly || self == .quarterly || self == .yearly }
  }

  package let rhythm: Rhythm
  /// Every so many weeks, months, quarters or years.
  package let step: Int
  /// The day of the month, from 1 to 31; nil where the rhythm has none.
  package let anchor: Int?
  /// The first day is this or the next that the rhythm has.
  package let start: Day
  /// The last day is this or one before it; nil goes on for ever.
  package let end: Day?
  /// How many days there are at the most; nil is any number.
  package let count: Int?

  /// As many as the schema takes.
  package static let steps = 1...120
  package static let anchors = 1...31
  package static let counts = 1...10_000

  /// `anchor` nil is the day of the month that `start` is. Throws what won't do.
  package init(
    _ rhythm: Rhythm, every step: Int = 1, on anchor: Int? = nil, from start: Day,
    until end: Day? = nil, times count: Int? = nil
  ) throws(RecurrenceFault) {
    guard Self.steps.contains(step) else { throw .step }
    let anchor = rhythm.hasAnchor ? anchor ?? start.dayOfMonth : nil
    guard anchor.map({ Self.anchors.contains($0) }) ?? true else { throw .anchor }
    guard count.map({ Self.counts.contains($0) }) ?? true else { throw .count }
    self.rhythm = rhythm
    self.step = step
    self.anchor = anchor
    self.start = start
    self.end = end
    self.count = count
    guard next() != nil else { throw .noDay }
  }

  /// The first day after `day`, or of all; nil where there is none.
  package func next(after day: Day? = nil) -> Day? {
    var index = 0
    if let day, day >= start { index = max(0, self.index(before: day)) }
    while let found = self.day(at: index) {
      if day.map({ $0 < found }) ?? true { return found }
      index += 1
    }
    return nil
  }

  /// The first days after `day`, or of all, no more than `most`.
  package func days(after day: Day? = nil, most: Int) -> [Day] {
    var found: [Day] = []
    var last = day
    while found.count < most, let day = next(after: last) {
      found.append(day)
      last = day
    }
    return found
  }

  /// Those of `range`, in their order.
  package func days(in range: ClosedRange<Day>) -> [Day] {
    var found: [Day] = []
    var day = next(after: range.lowerBound.adding(days: -1))
    while let current = day, current <= range.upperBound {
      found.append(current)
      day = next(after: current)
    }
    return found
  }

  /// The day that comes after `index` others; nil where there are no more, or the calendar ends.
  private func day(at index: Int) -> Day? {
    if let count, index >= count { return nil }
    let found: Day?
    if rhythm == .weekly {
      let days = Int64(start.sinceEpoch) + Int64(index) * 7 * Int64(step)
      found = days <= Int64(Day.last.sinceEpoch) ? Day(sinceEpoch: Int32(days)) : nil
    } else {
      found = day(ofMonth: firstMonth + index * monthsBetween)
    }
    guard let found, end.map({ found <= $0 }) ?? true else { return nil }
    return found
  }

  /// One that is no later than the first day after `day`, and near it.
  private func index(before day: Day) -> Int {
    rhythm == .weekly
      ? Int(day.sinceEpoch - start.sinceEpoch) / (7 * step)
      : (day.monthNumber - firstMonth) / monthsBetween
  }

  private var monthsBetween: Int {
    switch rhythm {
    case .weekly, .monthly, .monthlyLastDay, .monthlyLastBusinessDay: step
    case .quarterly: 3 * step
    case .yearly: 12 * step
    }
  }

  /// The month of the first day: that of the start, unless its day is before that.
  private var firstMonth: Int {
    let month = start.monthNumber
    return day(ofMonth: month).map { $0 < start } ?? false ? month + 1 : month
  }

  private func day(ofMonth number: Int) -> Day? {
    guard let first = Day(year: number / 12, month: number % 12 + 1, day: 1) else { return nil }
    let length = Day.daysInMonth(first.month, of: first.year)
    switch rhythm {
    case .monthlyLastBusinessDay:
      let last = first.adding(days: length - 1)
      return last.adding(days: -max(last.weekday - 5, 0))
    case .weekly, .monthly, .monthlyLastDay, .quarterly, .yearly:
      return first.adding(days: min(anchor ?? length, length) - 1)
    }
  }
}

extension Day {
  /// Months since the year 0.
  fileprivate var monthNumber: Int { year * 12 + month - 1 }
}

/// Why days can't come again as somebody says.
package enum RecurrenceFault: Error, Hashable, Sendable, CaseIterable {
  /// Every so many is fewer than one, or more than anybody waits for.
  case step
  /// No month has such a day.
  case anchor
  case count
  /// It ends before it begins.
  case noDay
}

/// What becomes of an entry that comes again.
package enum ScheduleAction: String, Sendable, CaseIterable {
  case draft
  case submit
  /// Submits where somebody must approve it.
  case post
}

package enum ScheduleStatus: String, Sendable, CaseIterable {
  case active
  case paused
  case ended
}

/// What came of one of its days.
package enum OccurrenceStatus: String, Sendable, CaseIterable {
  case made
  /// Somebody has to look.
  case flagged
  case skipped
}
