import Testing

@testable import Widgets

private func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDay {
  guard let day = CalendarDay(year: year, month: month, day: day) else {
    preconditionFailure("there is no such day")
  }
  return day
}

struct CalendarDayTests {
  @Test(
    arguments: [
      (day(1, 1, 1), Weekday.monday, 1), (day(1970, 1, 1), .thursday, 1),
      (day(2000, 2, 29), .tuesday, 9), (day(2020, 12, 31), .thursday, 53),
      (day(2021, 1, 3), .sunday, 53), (day(2021, 1, 4), .monday, 1),
      (day(2024, 12, 30), .monday, 1), (day(2026, 11, 25), .wednesday, 48),
      (day(9999, 12, 31), .friday, 52),
    ])
  func `a day has its weekday and its week`(day: CalendarDay, weekday: Weekday, week: Int) {
    #expect(day.weekday == weekday)
    #expect(day.week == week)
  }

  @Test func `days that are not in the calendar are refused`() {
    for (year, month, day) in [
      (2023, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0),
      (0, 1, 1), (10_000, 1, 1),
    ] {
      #expect(CalendarDay(year: year, month: month, day: day) == nil)
    }
  }

  @Test func `days follow each other through four centuries, weeks with them`() {
    var current = day(1899, 12, 31)
    var length = 0
    for _ in 0..<146_200 {
      let next = current.adding(days: 1)
      guard current < next, next.adding(days: -1) == current,
        next.weekday == current.weekday.adding(1),
        next.week == current.week || next.weekday == .monday
      else {
        Issue.record("after \(current.text) comes \(next.text)")
        return
      }
      length += next.day == 1 ? 1 : 0
      current = next
    }
    #expect(current == day(2300, 4, 13))
    #expect(length == 4804)
  }

  @Test func `months end on the last day there is, and time stops at its ends`() {
    #expect(day(2026, 1, 31).adding(months: 1) == day(2026, 2, 28))
    #expect(day(2026, 1, 31).adding(months: -11) == day(2025, 2, 28))
    #expect(day(2026, 12, 5).adding(months: 1) == day(2027, 1, 5))
    #expect(day(9999, 12, 31).adding(months: .max) == day(9999, 12, 31))
    #expect(day(9999, 12, 31).adding(days: .max) == day(9999, 12, 31))
    #expect(day(1, 1, 1).adding(days: .min) == day(1, 1, 1))
    #expect(day(50, 3, 1).text == "0050-03-01")
  }
}

struct MonthCalendarTests {
  private static let november = MonthCalendar(
    day(2026, 11, 12), today: day(2026, 11, 25), disabled: [day(2026, 11, 1), day(2026, 11, 29)])

  private func text(_ calendar: MonthCalendar, _ columns: Int, _ rows: Int) -> String {
    Surface(Size(columns: columns, rows: rows), drawing: calendar).text()
  }

  @Test func `a month shows weeks, and what each day is in a sign`() {
    var surface = Surface(MonthCalendar.fullSize)
    let cursor = Self.november.draw(on: &surface, in: surface.bounds)
    #expect(
      surface.text() == """
                 November 2026
            Mo  Tu  We  Th  Fr  Sa  Su
        44                         ( 1)
        45   2   3   4   5   6   7   8
        46   9  10  11 >12  13  14  15
        47  16  17  18  19  20  21  22
        48  23  24  25* 26  27  28 (29)
        49  30
        """)
    #expect(cursor == Point(column: 15, row: 4))
    #expect(
      [surface[16, 4].role, surface[12, 6].role, surface[28, 2].role, surface[0, 3].role]
        == [.selection, .marked, .muted, .muted])
  }

  @Test func `weeks can begin on any weekday`() {
    var calendar = Self.november
    calendar.firstWeekday = .sunday
    #expect(
      text(calendar, 31, 7) == """
                 November 2026
            Su  Mo  Tu  We  Th  Fr  Sa
        45 ( 1)  2   3   4   5   6   7
        46   8   9  10  11 >12  13  14
        47  15  16  17  18  19  20  21
        48  22  23  24  25* 26  27  28
        49 (29) 30
        """)
  }

  @Test func `in little room weeks' numbers go, then signs after days, then far weeks`() {
    #expect(text(Self.november, 30, 8).contains("Mo  Tu"))
    #expect(!text(Self.november, 30, 8).contains("46"))
    #expect(
      text(Self.november, 21, 3)
        == """
                          ( 1
          2  3  4  5  6  7  8
          9 10 11>12 13 14 15
        """)
    #expect(text(Self.november, 21, 1) == "  9 10 11>12 13 14 15")
  }

  @Test func `a click finds its day, disabled or not, and nothing beside the month`() {
    let rect = Rect(column: 2, row: 1, columns: 40, rows: 9)
    let calendar = Self.november
    #expect(calendar.day(at: Point(column: 5, row: 4), in: rect) == day(2026, 11, 2))
    #expect(calendar.day(at: Point(column: 32, row: 3), in: rect) == day(2026, 11, 1))
    for (column, row) in [(5, 3), (4, 4), (33, 4), (9, 8), (5, 2), (5, 9)] {
      #expect(calendar.day(at: Point(column: column, row: row), in: rect) == nil)
    }
    #expect(calendar.days.count == 30)
  }
}
