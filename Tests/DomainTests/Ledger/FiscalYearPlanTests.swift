import Domain
import Testing

@Suite struct FiscalYearPlanTests {
  @Test(arguments: 1...12, [1900, 2000, 2023, 2024, 2026])
  func `twelve months tile any year from any month`(_ firstMonth: Int, _ year: Int) throws {
    for month in 1...12 {
      let day = try #require(Day(year: year, month: month, day: 28))
      let plan = FiscalYearPlan(holding: day, firstMonth: firstMonth)
      #expect(plan.start <= day && day <= plan.end)
      #expect(plan.start.month == firstMonth && plan.start.dayOfMonth == 1)
      #expect(plan.end.adding(days: 1) == plan.start.adding(months: 12))
      #expect(plan.year == plan.end.year)
      let months = plan.periods.filter { $0.kind == .normal }
      #expect(months.map(\.number) == Array(1...12))
      #expect(months.first?.start == plan.start && months.last?.end == plan.end)
      for (one, next) in zip(months, months.dropFirst()) {
        #expect(one.start <= one.end && one.end.adding(days: 1) == next.start)
      }
    }
  }

  @Test func `the year before ends the day before`() throws {
    let plan = FiscalYearPlan(holding: try #require(Day("2026-11-23")), firstMonth: 4)
    let before = FiscalYearPlan(holding: plan.start.adding(days: -1), firstMonth: 4)
    #expect(before.end.adding(days: 1) == plan.start)
    #expect(before.year + 1 == plan.year)
  }

  @Test func `a calendar year has its opening, adjusting and closing days`() throws {
    let plan = FiscalYearPlan(holding: try #require(Day("2024-02-29")), firstMonth: 1)
    let lines = plan.periods.map { "\($0.number) \($0.kind) \($0.start.text) \($0.end.text)" }
    #expect(lines.count == 15)
    #expect(lines[0] == "0 opening 2024-01-01 2024-01-01")
    #expect(lines[2] == "2 normal 2024-02-01 2024-02-29")
    #expect(lines[13] == "13 adjusting 2024-12-31 2024-12-31")
    #expect(lines[14] == "14 closing 2024-12-31 2024-12-31")
    #expect(plan.periods[2].name == "2024-02")
  }

  @Test func `a year that begins in April is named after the one it ends in`() throws {
    let plan = FiscalYearPlan(holding: try #require(Day("2026-03-31")), firstMonth: 4)
    #expect(plan.year == 2026)
    #expect(plan.start.text == "2025-04-01")
    #expect(plan.end.text == "2026-03-31")
  }

  @Test func `the database's words for periods stay as they are`() {
    #expect(PeriodStatus.allCases.map(\.rawValue) == ["future", "open", "closed", "locked"])
    #expect(PeriodKind.allCases.map(\.rawValue) == ["opening", "normal", "adjusting", "closing"])
  }
}
