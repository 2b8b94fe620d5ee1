/// What a statement is compared with (RULES §3.11).
package enum Comparison: String, Hashable, Sendable, CaseIterable {
  case priorPeriod = "prior-period"
  case priorYear = "prior-year"
  case yearToDate = "ytd"
  case priorYearToDate = "prior-ytd"
  /// What was planned, period by period; only of income and expenses.
  case budget
}

/// The normal periods of all fiscal years in the order of time, by which days are compared: the same
/// period of another year isn't the same dates where a year has weeks (4-4-5).
package struct PeriodCalendar: Hashable, Sendable {
  let periods: [Span]

  package struct Span: Hashable, Sendable {
    let year: Int
    let number: Int
    let start: Day
    let end: Day

    package init(year: Int, number: Int, start: Day, end: Day) {
      self.year = year
      self.number = number
      self.start = start
      self.end = end
    }
  }

  package init(_ periods: [Span]) { self.periods = periods.sorted { $0.start < $1.start } }

  /// The first day of the fiscal year that holds `day`; `day` where none does.
  package func yearStart(of day: Day) -> Day {
    guard let year = periods.first(where: { $0.holds(day) })?.year else { return day }
    return periods.first { $0.year == year }?.start ?? day
  }

  /// Whether a range holds the beginning of a fiscal year and more than its first period: a year so
  /// far, and no month of it.
  package func isYearSoFar(_ from: Day, _ through: Day) -> Bool {
    guard periods.contains(where: { $0.holds(through) }) else { return true }
    return periods.contains {
      from <= $0.start && yearStart(of: $0.start) == $0.start && $0.end < through
    }
  }

  /// The days with which a range, both ends inclusive, is compared.
  package func range(
    _ comparison: Comparison, to from: Day, _ through: Day
  ) -> (from: Day, through: Day) {
    switch comparison {
    case .priorPeriod: before(from, through)
    case .priorYear: (yearEarlier(from), yearEarlier(through))
    case .yearToDate: (yearStart(of: through), through)
    case .priorYearToDate: (yearEarlier(yearStart(of: through)), yearEarlier(through))
    // Nobody plans a part of a period: one that the days divide counts whole.
    case .budget: (period(of: from).from, period(of: through).through)
    }
  }

  /// The day with whose end the end of `day` is compared.
  package func day(_ comparison: Comparison, to day: Day) -> Day {
    comparison == .priorPeriod
      ? period(of: day).from.adding(days: -1) : range(comparison, to: day, day).through
  }

  /// What a fiscal year up to `through` is compared with of the period before: the year up to its
  /// end; in the first period, which has no such year, the period before alone.
  package func yearToDateBefore(_ through: Day) -> (from: Day, through: Day) {
    guard let own = periods.first(where: { $0.holds(through) }) else {
      return (through.adding(days: -1), through.adding(days: -1))
    }
    let (start, end) = (yearStart(of: through), own.start.adding(days: -1))
    return (start < own.start ? start : period(of: end).from, end)
  }

  /// As many periods as it has; of a year that ends within one, the year up to the one before; or
  /// else as many days.
  private func before(_ from: Day, _ through: Day) -> (from: Day, through: Day) {
    if let first = periods.firstIndex(where: { $0.start == from }),
      let last = periods.firstIndex(where: { $0.end == through }), first <= last,
      first > last - first,
      (2 * first - last...first).allSatisfy({
        periods[$0 - 1].end.adding(days: 1) == periods[$0].start
      })
    {
      return (periods[2 * first - last - 1].start, from.adding(days: -1))
    }
    if from < through, from == yearStart(of: through), through != period(of: through).through {
      return yearToDateBefore(through)
    }
    let days = Int(through.sinceEpoch - from.sinceEpoch) + 1
    return (from.adding(days: -days), from.adding(days: -1))
  }

  /// The days of the period that holds `day`; of the month, where none does.
  package func period(of day: Day) -> (from: Day, through: Day) {
    periods.first { $0.holds(day) }.map { ($0.start, $0.end) }
      ?? (day.firstOfMonth, day.lastOfMonth)
  }

  /// As far into the period of the same number of the year before, whose last day stays the last.
  package func yearEarlier(_ day: Day) -> Day {
    guard let span = periods.first(where: { $0.holds(day) }),
      let earlier = periods.first(where: { $0.year == span.year - 1 && $0.number == span.number })
    else {
      let moved = day.adding(months: -12)
      return day == day.lastOfMonth ? moved.lastOfMonth : moved
    }
    guard day != span.end else { return earlier.end }
    return min(
      earlier.start.adding(days: Int(day.sinceEpoch - span.start.sinceEpoch)), earlier.end)
  }
}

extension PeriodCalendar.Span {
  fileprivate func holds(_ day: Day) -> Bool { start <= day && day <= end }
}

/// How far an amount is from the one it is compared with.
package struct Variance: Hashable, Sendable {
  package let amount: Money
  /// Tenths of a percent of what it is compared with, half away from zero; nil where that means
  /// nothing, as that is zero or of the other sign.
  package let tenths: Int64?
  /// Nil where there is neither good nor bad in it.
  package let isFavourable: Bool?

  /// `isMoreBetter` is nil where nothing is better. Throws where the difference is larger than books
  /// can hold.
  package init(
    of amount: Money, against other: Money, isMoreBetter: Bool?
  ) throws(AmountError) {
    let difference = try amount - other
    self.amount = difference
    let (one, two) = (amount.minorUnits, other.minorUnits)
    if two == 0 || one.signum() * two.signum() < 0 {
      tenths = nil
    } else {
      let whole = Int128(difference.minorUnits) * 2_000
      let unit = Int128(two.magnitude) * 2
      let rounded = (whole + Int128(whole.signum()) * Int128(two.magnitude)) / unit
      tenths = Int64(clamping: rounded)
    }
    isFavourable = difference.isZero ? nil : isMoreBetter.map { $0 == (difference > .zero) }
  }
}
