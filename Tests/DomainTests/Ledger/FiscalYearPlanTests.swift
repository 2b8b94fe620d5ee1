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

/// Years that aren't twelve calendar months.
@Suite struct FiscalYearShapeTests {
  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  private func months(_ plan: FiscalYearPlan) -> [FiscalYearPlan.PeriodPlan] {
    plan.periods.filter { $0.kind == .normal }
  }

  private func days(_ plan: FiscalYearPlan) -> [Int] {
    months(plan).map { Int($0.end.sinceEpoch - $0.start.sinceEpoch) + 1 }
  }

  private func expectTiled(_ plan: FiscalYearPlan) {
    let periods = months(plan)
    #expect(periods.first?.start == plan.start && periods.last?.end == plan.end)
    #expect(periods.map(\.number) == Array(1...periods.count))
    for (one, next) in zip(periods, periods.dropFirst()) {
      #expect(one.start <= one.end && one.end.adding(days: 1) == next.start)
    }
    #expect(Set(periods.map(\.name)).count == periods.count)
  }

  @Test func `months may begin on any day, and end on the day before it`() throws {
    let plan = try FiscalYearPlan(from: day("2026-04-06"))
    expectTiled(plan)
    #expect(plan.end.text == "2027-04-05" && plan.year == 2027)
    #expect(months(plan).count == 12)
    #expect(months(plan)[1].start.text == "2026-05-06")
  }

  @Test func `a first year that begins in the midst of a month has the rest of it`() throws {
    let plan = try FiscalYearPlan(from: day("2026-05-20"), through: day("2026-12-31"))
    expectTiled(plan)
    #expect(days(plan) == [12, 30, 31, 31, 30, 31, 30, 31])
    #expect(months(plan).map(\.name).prefix(2) == ["2026-05", "2026-06"])
  }

  @Test(arguments: [FiscalYearShape.weeks445, .weeks454, .weeks544])
  func `a year of weeks has quarters of thirteen, and its 53rd in the last period`(
    _ shape: FiscalYearShape
  ) throws {
    let start = try day("2026-02-01")
    let plan = try FiscalYearPlan(from: start, shape)
    expectTiled(plan)
    let weeks = shape.rawValue.split(separator: "-").compactMap { Int($0) }
    #expect(days(plan) == Array(repeating: weeks.map { $0 * 7 }, count: 4).flatMap(\.self))
    #expect(FiscalYearShape(days: days(plan)) == shape)
    #expect(months(plan).first?.name == "2027-P01")
    let long = try FiscalYearPlan(from: start, through: start.adding(days: 53 * 7 - 1), shape)
    expectTiled(long)
    #expect(days(long).dropLast() == days(plan).dropLast())
    #expect(days(long).last == weeks[2] * 7 + 7)
    #expect(FiscalYearShape(days: days(long)) == shape)
  }

  @Test func `years of weeks that end about New Year each have a name of their own`() throws {
    var start = try day("2026-01-04")
    var names: [Int] = []
    for weeks in [52, 52, 52, 53, 52] {
      let plan = try FiscalYearPlan(
        from: start, through: start.adding(days: weeks * 7 - 1), .weeks445)
      names.append(plan.year)
      start = plan.end.adding(days: 1)
    }
    #expect(names == [2026, 2027, 2028, 2029, 2030])
  }

  @Test func `twelve calendar months aren't weeks, whatever their days`() throws {
    for year in [2025, 2028] {
      let plan = try FiscalYearPlan(from: day("\(year)-01-01"))
      #expect(FiscalYearShape(days: days(plan)) == .months)
    }
  }

  @Test func `calendar years counted from another are those of the calendar`() throws {
    let start = try day("2026-04-01")
    for text in ["2024-03-31", "2024-04-01", "2026-03-31", "2026-04-01", "2028-02-29"] {
      #expect(
        try FiscalYearPlan(holding: day(text), from: start, named: 2027)
          == FiscalYearPlan(holding: day(text), firstMonth: 4))
    }
  }

  @Test(arguments: ["2026-01-04", "2026-05-20", "2028-02-29", "2026-03-31"])
  func `years before a first one end the day before the next, each with a name of its own`(
    _ text: String
  ) throws {
    let first = try day(text)
    var next = first
    for back in 1...9 {
      let plan = FiscalYearPlan(holding: next.adding(days: -1), from: first, named: 2026)
      expectTiled(plan)
      #expect(plan.end.adding(days: 1) == next && plan.year == 2026 - back)
      #expect(months(plan).count == 12)
      #expect(FiscalYearPlan(holding: plan.start, from: first, named: 2026) == plan)
      next = plan.start
    }
    #expect(next.year == first.year - 9)
  }

  @Test func `a year between two others has what they leave of it`() throws {
    let plan = try FiscalYearPlan(
      holding: day("2025-07-01"), from: day("2026-01-01"), named: 2026,
      notBefore: day("2025-05-20"))
    expectTiled(plan)
    #expect(plan.year == 2025)
    #expect(days(plan) == [12, 30, 31, 31, 30, 31, 30, 31])
  }

  @Test func `a year that is none is refused`() throws {
    let start = try day("2026-01-01")
    #expect(throws: FiscalYearFault.endsBeforeItBegins) {
      try FiscalYearPlan(from: start, through: start.adding(days: -1))
    }
    #expect(throws: FiscalYearFault.tooLong) {
      try FiscalYearPlan(from: start, through: start.adding(months: 13).adding(days: -1))
    }
    #expect(throws: FiscalYearFault.notWholeWeeks) {
      try FiscalYearPlan(from: start, through: start.adding(days: 364), .weeks445)
    }
    #expect(throws: FiscalYearFault.notWholeWeeks) {
      try FiscalYearPlan(from: start, through: start.adding(days: 51 * 7 - 1), .weeks445)
    }
  }

  @Test func `a year of any length up to twelve months is tiled, whatever its days`() throws {
    var chance = SplitMix(seed: 11)
    for _ in 0..<10_000 {
      let start = try day("1999-01-01").adding(days: Int.random(in: 0..<20_000, using: &chance))
      let end = start.adding(days: Int.random(in: 0..<330, using: &chance))
      expectTiled(try FiscalYearPlan(from: start, through: end))
    }
  }
}
