import Domain
import Testing

@Suite struct DayTests {
  @Test func `every day of ten thousand years follows the one before`() {
    var (year, month, day) = (1, 1, 1)
    var weekday = 1
    for sinceEpoch in Day.first.sinceEpoch...Day.last.sinceEpoch {
      let computed = Day(sinceEpoch: sinceEpoch)
      // Comparing first keeps three million expectations from being recorded.
      if computed.year != year || computed.month != month || computed.dayOfMonth != day
        || computed.weekday != weekday
        || Day(year: year, month: month, day: day)?.sinceEpoch != sinceEpoch
      {
        Issue.record("\(year)-\(month)-\(day) came out as \(computed.text)")
        return
      }
      weekday = weekday % 7 + 1
      day += 1
      if day > length(month, year) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect((year, month, day) == (10_000, 1, 1))
  }

  @Test(
    arguments: [
      (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2026, 11, 23, 20_780),
      (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896), (1900, 3, 1, -25_508),
    ] as [(Int, Int, Int, Int32)])
  func `a day has the number that the world gives it`(
    _ year: Int, _ month: Int, _ day: Int, _ sinceEpoch: Int32
  ) {
    #expect(Day(year: year, month: month, day: day)?.sinceEpoch == sinceEpoch)
  }

  @Test(arguments: [
    "0001-01-01", "1582-10-10", "1999-12-31", "2000-02-29", "2024-02-29", "2026-11-23",
    "9999-12-31",
  ])
  func `ISO days are read and written alike`(_ text: String) throws {
    #expect(try #require(Day(text)).text == text)
  }

  @Test(arguments: [
    "2026-02-31", "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10",
    "2026-01-00", "0000-01-01", "2026-1-1", "26-01-01", "2026/01/01", "20260101", "2026-01-01 ",
    "2026-01-0a", "+026-01-01", "2026-+1-01", "-026-01-01", "2026-01-01T", "", "２０２６-01-01",
  ])
  func `what the calendar doesn't have, or ISO doesn't write, is no day`(_ text: String) {
    #expect(Day(text) == nil)
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
    ("2026-03-31", -1, "2026-02-28"), ("2026-01-31", 3, "2026-04-30"),
    ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"),
    ("2024-02-29", 12, "2025-02-28"), ("2026-05-20", 0, "2026-05-20"),
    ("2026-05-31", -15, "2025-02-28"), ("2026-08-31", 25, "2028-09-30"),
  ])
  func `a month later is the same day, or the month's last`(
    _ start: String, _ months: Int, _ end: String
  ) throws {
    #expect(try #require(Day(start)).adding(months: months).text == end)
  }

  @Test func `months added one by one from the anchor never drift`() throws {
    let anchor = try #require(Day("2026-01-31"))
    let ends = (0..<48).map { anchor.adding(months: $0) }
    #expect(ends.allSatisfy { $0 == $0.lastOfMonth })
    #expect(ends[12].text == "2027-01-31")
  }

  @Test(arguments: [
    ("2026-02-14", "2026-02-01", "2026-02-28"), ("2024-02-01", "2024-02-01", "2024-02-29"),
    ("2026-12-31", "2026-12-01", "2026-12-31"), ("2026-04-30", "2026-04-01", "2026-04-30"),
  ])
  func `a month begins and ends`(_ day: String, _ first: String, _ last: String) throws {
    let day = try #require(Day(day))
    #expect(day.firstOfMonth.text == first)
    #expect(day.lastOfMonth.text == last)
  }

  @Test(arguments: [
    ("2026-11-23", 1, "Mon"), ("2026-11-29", 7, "Sun"), ("1970-01-01", 4, "Thu"),
    ("1969-12-31", 3, "Wed"), ("2000-01-01", 6, "Sat"), ("0001-01-01", 1, "Mon"),
  ])
  func `a day has its weekday`(_ day: String, _ number: Int, _ name: String) throws {
    let day = try #require(Day(day))
    #expect(day.weekday == number)
    #expect(day.weekdayName == name)
  }

  @Test func `days add up`() throws {
    let day = try #require(Day("2024-02-28"))
    #expect(day.adding(days: 1).text == "2024-02-29")
    #expect(day.adding(days: 366).text == "2025-02-28")
    #expect(day.adding(days: -59).text == "2023-12-31")
    #expect(day.adding(days: -1) < day)
  }

  /// The rule as people say it, not as `Day` computes it.
  private func length(_ month: Int, _ year: Int) -> Int {
    let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}
