/// How far a period is from being final (RULES §3.5).
package enum PeriodStatus: String, Sendable, CaseIterable {
  case future
  case open
  case closed
  case locked
}

package enum PeriodKind: String, Sendable, CaseIterable {
  case opening
  case normal
  case adjusting
  case closing
}

/// The plan of one fiscal year: its first day and the normal periods that tile it.
package struct FiscalYearPlan: Hashable, Sendable {
  /// The calendar year in which the fiscal year ends, which names it.
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

  /// Twelve calendar months from `firstMonth`, with opening (0), adjusting (13) and closing (14)
  /// periods of one day. The year that holds `day`.
  package init(holding day: Day, firstMonth: Int) {
    let monthsIn = (day.month - firstMonth + 12) % 12
    start = day.firstOfMonth.adding(months: -monthsIn)
    end = start.adding(months: 12).adding(days: -1)
    year = end.year
    let first = start
    let last = end
    let months = (0..<12).map { index in
      let begins = first.adding(months: index)
      return PeriodPlan(
        number: index + 1, kind: .normal, name: String(begins.text.prefix(7)), start: begins,
        end: begins.lastOfMonth)
    }
    periods =
      [PeriodPlan(number: 0, kind: .opening, name: "Opening", start: first, end: first)] + months
      + [
        PeriodPlan(number: 13, kind: .adjusting, name: "Adjusting", start: last, end: last),
        PeriodPlan(number: 14, kind: .closing, name: "Closing", start: last, end: last),
      ]
  }
}
