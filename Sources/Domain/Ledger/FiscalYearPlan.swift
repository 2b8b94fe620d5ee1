/// How the normal periods of a fiscal year tile it (RULES §3.5).
package enum FiscalYearShape: String, Sendable, CaseIterable {
  /// Calendar months, or months that begin on another day.
  case months
  /// Quarters of 13 weeks, divided so. A year of 53 has the last week in its last period.
  case weeks445 = "4-4-5"
  case weeks454 = "4-5-4"
  case weeks544 = "5-4-4"

  /// Of the periods of a quarter; nil of months.
  fileprivate var weeks: [Int]? {
    switch self {
    case .months: nil
    case .weeks445: [4, 4, 5]
    case .weeks454: [4, 5, 4]
    case .weeks544: [5, 4, 4]
    }
  }

  /// The shape of a year whose normal periods have so many days.
  package init(days: [Int]) {
    let quarter = days.prefix(3).map { $0 / 7 }
    let isWhole = days.count == 12 && days.allSatisfy { $0 % 7 == 0 }
    self = isWhole ? Self.allCases.first { $0.weeks == quarter } ?? .months : .months
  }
}

/// Why no fiscal year can be made so.
package enum FiscalYearFault: Error, Hashable, Sendable {
  case endsBeforeItBegins
  /// It would have more than twelve periods.
  case tooLong
  /// A year of weeks has 52 or 53.
  case notWholeWeeks
}

/// The plan of one fiscal year: its days and the normal periods that tile it, with opening (0),
/// adjusting (13) and closing (14) periods of one day.
package struct FiscalYearPlan: Hashable, Sendable {
  /// The calendar year in which the fiscal year ends, which names it. One of weeks, which ends some
  /// days before or after a month, is named after the day a week before; one that is counted from
  /// another has its number counted too, so that no two have the same.
  package let year: Int
  package let start: Day
  package let end: Day
  package let periods: [PeriodPlan]

  package struct PeriodPlan: Hashable, Sendable {
    package let number: Int
    package let kind: PeriodKind
    package let name: String
    package let start: Day
    package let end: Day
  }

  /// The twelve calendar months from `firstMonth` that hold `day`.
  package init(holding day: Day, firstMonth: Int) {
    let monthsIn = (day.month - firstMonth + 12) % 12
    let start = day.firstOfMonth.adding(months: -monthsIn)
    let end = start.adding(months: 12).adding(days: -1)
    self.init(
      year: end.year, from: start, through: end,
      spans: (1...12).map { start.adding(months: $0).adding(days: -1) })
  }

  /// The year of months that holds `day` where one named `name` begins on `start`: twelve months
  /// after twelve are counted from there. What is before `first` isn't of it.
  package init(holding day: Day, from start: Day, named name: Int, notBefore first: Day? = nil) {
    func beginning(_ years: Int) -> Day { start.adding(months: 12 * years) }
    var years = day.year - start.year
    if beginning(years) > day { years -= 1 }
    let begins = max(beginning(years), first ?? beginning(years))
    let ends = beginning(years + 1).adding(days: -1)
    self.init(
      year: name + years, from: begins, through: ends,
      spans: Self.monthEnds(from: begins, through: ends))
  }

  /// A year of `shape` through `end`, or else as long as such a year usually is. Months end on that
  /// day of the month, so that of a first one that begins in their midst only the rest is there.
  package init(
    from start: Day, through end: Day? = nil, _ shape: FiscalYearShape = .months
  )
    throws(FiscalYearFault)
  {
    let end = end ?? Self.usualEnd(of: start, shape)
    guard start <= end else { throw .endsBeforeItBegins }
    guard let weeks = shape.weeks else {
      let ends = Self.monthEnds(from: start, through: end)
      guard ends.count <= 12 else { throw .tooLong }
      self.init(year: end.year, from: start, through: end, spans: ends)
      return
    }
    let days = Int(end.sinceEpoch - start.sinceEpoch) + 1
    guard days == 52 * 7 || days == 53 * 7 else { throw .notWholeWeeks }
    var last = start.adding(days: -1)
    var ends = (0..<12).map { index in
      last = last.adding(days: weeks[index % 3] * 7)
      return last
    }
    ends[11] = end
    let year = end.adding(days: -7).year
    self.init(year: year, from: start, through: end, spans: ends, named: { "\(year)-P\($0)" })
  }

  private static func usualEnd(of start: Day, _ shape: FiscalYearShape) -> Day {
    shape == .months
      ? start.adding(months: 12).adding(days: -1) : start.adding(days: 52 * 7 - 1)
  }

  /// Counted back from the end, so that its day of the month is that of them all as far as months
  /// have it.
  private static func monthEnds(from start: Day, through end: Day) -> [Day] {
    let next = end.adding(days: 1)
    return sequence(first: 0) { $0 + 1 }.lazy
      .map { next.adding(months: -$0).adding(days: -1) }
      .prefix { $0 >= start }.reversed()
  }

  /// By the first day where the next period begins in the same month.
  private static func month(of start: Day, before next: Day?) -> String {
    let month = String(start.text.prefix(7))
    return next?.text.hasPrefix(month) == true ? start.text : month
  }

  private init(
    year: Int, from start: Day, through end: Day, spans ends: [Day],
    named name: (String) -> String? = { _ in nil }
  ) {
    (self.year, self.start, self.end) = (year, start, end)
    let starts = [start] + ends.dropLast().map { $0.adding(days: 1) }
    let normal = zip(starts, ends).enumerated().map { index, span in
      PeriodPlan(
        number: index + 1, kind: .normal,
        name: name(padded(index + 1, to: 2))
          ?? Self.month(of: span.0, before: index + 1 < starts.count ? starts[index + 1] : nil),
        start: span.0, end: span.1)
    }
    periods =
      [PeriodPlan(number: 0, kind: .opening, name: "Opening", start: start, end: start)] + normal
      + [
        PeriodPlan(number: 13, kind: .adjusting, name: "Adjusting", start: end, end: end),
        PeriodPlan(number: 14, kind: .closing, name: "Closing", start: end, end: end),
      ]
  }
}
