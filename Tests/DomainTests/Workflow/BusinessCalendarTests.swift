import Domain
import Testing

@Suite struct BusinessCalendarTests {
  /// Nine to five, in a zone an hour ahead of UTC; 2026-12-25 is a Friday and free.
  private static let calendar = BusinessCalendar(
    working: 540..<1020, weekend: [6, 7], holidays: Set([Day("2026-12-25")].compactMap(\.self)),
    zone: 3600)

  /// From, minutes of work, until; by UTC. 2026-11-23 is a Monday.
  @Test(arguments: [
    ("2026-11-23T08:00", 60, "2026-11-23T09:00"),
    // Before it opens, and after it has closed.
    ("2026-11-23T03:00", 60, "2026-11-23T09:00"),
    ("2026-11-23T20:00", 60, "2026-11-24T09:00"),
    // The whole day is over when it closes; one minute more is on the next.
    ("2026-11-23T08:00", 480, "2026-11-23T16:00"),
    ("2026-11-23T08:00", 481, "2026-11-24T08:01"),
    ("2026-11-23T15:30", 60, "2026-11-24T08:30"),
    // Over the weekend, begun on it, and over a holiday.
    ("2026-11-27T15:00", 120, "2026-11-30T09:00"),
    ("2026-11-28T12:00", 30, "2026-11-30T08:30"),
    ("2026-12-24T15:00", 120, "2026-12-28T09:00"),
    // Five days of work are a week.
    ("2026-11-23T10:00", 2400, "2026-11-30T10:00"),
    ("2026-11-28T12:00", 0, "2026-11-28T12:00"),
    // By UTC it is Sunday still when the business's Monday has begun.
    ("2026-11-29T23:30", 30, "2026-11-30T08:30"),
  ])
  func `working time passes only when there is work`(
    _ from: String, _ minutes: Int, _ until: String
  ) throws {
    let start = try #require(Timestamp(from))
    let calendar = try #require(Self.calendar)
    let end = calendar.adding(WorkflowDuration(minutes: minutes, .working), to: start)
    #expect(end.minute == Timestamp(until)?.minute)
  }

  @Test func `time of the calendar passes always`() throws {
    let friday = try #require(Timestamp("2026-11-27T15:00"))
    let calendar = try #require(Self.calendar)
    let end = calendar.adding(WorkflowDuration(minutes: 2880, .calendar), to: friday)
    #expect(end.minute == "2026-11-29 15:00")
  }

  @Test func `a day begins by the business's clock`() throws {
    let day = try #require(Day("2026-11-23"))
    #expect(Self.calendar?.beginning(of: day).minute == "2026-11-22 23:00")
    #expect(BusinessCalendar.standard.beginning(of: day).minute == "2026-11-23 00:00")
  }

  @Test func `a business that never works has no calendar`() {
    func calendar(_ hours: Range<Int>, _ weekend: Set<Int>) -> BusinessCalendar? {
      BusinessCalendar(working: hours, weekend: weekend, holidays: [], zone: 0)
    }
    #expect(calendar(540..<540, []) == nil)
    #expect(calendar(540..<1441, []) == nil)
    #expect(calendar(-1..<1020, []) == nil)
    #expect(calendar(540..<1020, Set(1...7)) == nil)
    #expect(calendar(0..<1440, []) != nil)
  }
}
