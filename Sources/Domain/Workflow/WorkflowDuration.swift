/// How long something may take or waits (RULES §5.5).
package struct WorkflowDuration: Hashable, Sendable {
  /// What the minutes are counted on.
  package enum Clock: String, Sendable, CaseIterable {
    case calendar
    /// The business's hours: no weekends, no holidays.
    case working
  }

  package let minutes: Int
  package let clock: Clock

  package init(minutes: Int, _ clock: Clock = .calendar) {
    self.minutes = minutes
    self.clock = clock
  }
}
