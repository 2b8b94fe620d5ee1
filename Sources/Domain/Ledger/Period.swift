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

/// A period that was closed and opened again, closed since or not: what is reported of it may be
/// another than it was (R20).
package struct ReopenedPeriod: Hashable, Sendable {
  /// `2026-10`, or `Adjusting 2026`.
  package let label: String
  /// The last time.
  package let day: Day
  private let days: ClosedRange<Day>

  package init(_ label: String, on day: Day, of days: ClosedRange<Day>) {
    self.label = label
    self.day = day
    self.days = days
  }

  /// Whether something of a report of such days is of it.
  package func concerns(_ other: ClosedRange<Day>) -> Bool { days.overlaps(other) }
}
