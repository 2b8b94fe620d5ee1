import Domain
import Testing

/// On which days entries come again (RULES §3.8, Recurring).
@Suite struct RecurrenceRuleTests {
  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  private static let known: [(RecurrenceRule.Rhythm, Int, Int?, String, [String])] = [
    (.monthly, 1, nil, "2027-01-31", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
    (.monthly, 1, 31, "2028-01-01", ["2028-01-31", "2028-02-29", "2028-03-31"]),
    (.monthly, 1, 30, "2027-01-30", ["2027-01-30", "2027-02-28", "2027-03-30"]),
    (.monthly, 1, 1, "2026-11-15", ["2026-12-01", "2027-01-01", "2027-02-01"]),
    (.monthly, 3, nil, "2026-11-30", ["2026-11-30", "2027-02-28", "2027-05-30"]),
    (.quarterly, 1, nil, "2026-12-31", ["2026-12-31", "2027-03-31", "2027-06-30"]),
    (.quarterly, 2, 15, "2026-11-23", ["2026-12-15", "2027-06-15"]),
    (.yearly, 1, nil, "2028-02-29", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28"]),
    (.yearly, 4, nil, "2028-02-29", ["2028-02-29", "2032-02-29"]),
    (.monthlyLastDay, 1, nil, "2027-01-15", ["2027-01-31", "2027-02-28", "2027-03-31"]),
    (.monthlyLastDay, 2, nil, "2026-12-31", ["2026-12-31", "2027-02-28", "2027-04-30"]),
    // 31 January 2027 is a Sunday, as 28 February is; 31 July is a Saturday.
    (
      .monthlyLastBusinessDay, 1, nil, "2027-01-01",
      ["2027-01-29", "2027-02-26", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30"]
    ),
    (.monthlyLastBusinessDay, 1, nil, "2027-07-31", ["2027-08-31", "2027-09-30"]),
    (.weekly, 1, nil, "2026-11-23", ["2026-11-23", "2026-11-30", "2026-12-07"]),
    (.weekly, 2, nil, "2026-12-25", ["2026-12-25", "2027-01-08", "2027-01-22"]),
  ]

  @Test(arguments: known.indices)
  func `days come as a calendar has them, counted from the first`(_ index: Int) throws {
    let (rhythm, step, anchor, start, days) = Self.known[index]
    let rule = try RecurrenceRule(rhythm, every: step, on: anchor, from: day(start))
    #expect(rule.days(most: days.count).map(\.text) == days)
  }

  @Test func `the last day and the number of days are kept to`() throws {
    let start = try day("2026-01-31")
    let until = try RecurrenceRule(.monthly, from: start, until: day("2026-04-30"))
    #expect(
      until.days(most: 99).map(\.text) == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"])
    let thrice = try RecurrenceRule(.weekly, from: start, times: 3)
    #expect(thrice.days(most: 99).map(\.text) == ["2026-01-31", "2026-02-07", "2026-02-14"])
    #expect(thrice.next(after: try day("2026-02-14")) == nil)
    #expect(thrice.next(after: try day("2020-01-01")) == start)
  }

  @Test func `days of a range are those within it, its ends too`() throws {
    let rule = try RecurrenceRule(.monthly, on: 31, from: day("2026-01-31"))
    let range = try day("2026-02-28")...day("2026-05-31")
    #expect(
      rule.days(in: range).map(\.text) == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"])
    #expect(rule.days(in: try day("2026-02-01")...day("2026-02-27")) == [])
    #expect(rule.days(in: try day("2025-01-01")...day("2026-01-30")) == [])
  }

  @Test func `the calendar's end is the end`() throws {
    let rule = try RecurrenceRule(.monthlyLastDay, from: day("9999-11-01"))
    #expect(rule.days(most: 9).map(\.text) == ["9999-11-30", "9999-12-31"])
    let weekly = try RecurrenceRule(.weekly, every: 120, from: day("9999-12-30"))
    #expect(weekly.days(most: 9).map(\.text) == ["9999-12-30"])
  }

  @Test func `what can't come again is refused`() throws {
    let start = try day("2026-11-23")
    for step in [0, -1, 121] {
      #expect(throws: RecurrenceFault.step) {
        try RecurrenceRule(.weekly, every: step, from: start)
      }
    }
    for anchor in [0, 32] {
      #expect(throws: RecurrenceFault.anchor) {
        try RecurrenceRule(.monthly, on: anchor, from: start)
      }
    }
    for count in [0, 10_001] {
      #expect(throws: RecurrenceFault.count) {
        try RecurrenceRule(.monthly, from: start, times: count)
      }
    }
    for end in ["2026-11-22", "2026-11-29"] {
      let end = try day(end)
      #expect(throws: RecurrenceFault.noDay) {
        try RecurrenceRule(.monthlyLastDay, from: start, until: end)
      }
    }
  }

  @Test func `a day of the month means nothing to what comes by weeks or at the month's end`()
    throws
  {
    let start = try day("2026-11-23")
    for rhythm in RecurrenceRule.Rhythm.allCases where !rhythm.hasAnchor {
      #expect(try RecurrenceRule(rhythm, on: 77, from: start).anchor == nil)
    }
  }

  /// Whether `day` is one that `rhythm` would have, by the calendar alone.
  private func fits(_ day: Day, _ rule: RecurrenceRule) -> Bool {
    let length = Day.daysInMonth(day.month, of: day.year)
    switch rule.rhythm {
    case .weekly: return day.weekday == rule.start.weekday
    case .monthly, .quarterly, .yearly: return day.dayOfMonth == min(rule.anchor ?? 0, length)
    case .monthlyLastDay: return day.dayOfMonth == length
    case .monthlyLastBusinessDay:
      let rest = (1...3).map { day.adding(days: $0) }.filter { $0.month == day.month }
      return day.weekday < 6 && rest.allSatisfy { $0.weekday > 5 }
    }
  }

  /// How many of the rhythm's own units lie between two days that it has.
  private func distance(_ one: Day, _ other: Day, _ rhythm: RecurrenceRule.Rhythm) -> Int {
    let months = (other.year - one.year) * 12 + other.month - one.month
    return switch rhythm {
    case .weekly: Int(other.sinceEpoch - one.sinceEpoch) / 7
    case .monthly, .monthlyLastDay, .monthlyLastBusinessDay: months
    case .quarterly: months / 3
    case .yearly: months / 12
    }
  }

  private func random(_ generator: inout SplitMix) throws -> RecurrenceRule? {
    let start = Day(sinceEpoch: .random(in: -20_000...60_000, using: &generator))
    let rhythm = try #require(RecurrenceRule.Rhythm.allCases.randomElement(using: &generator))
    let end: Day? =
      Bool.random(using: &generator)
      ? start.adding(days: .random(in: 0...5_000, using: &generator)) : nil
    do throws(RecurrenceFault) {
      return try RecurrenceRule(
        rhythm, every: .random(in: 1...6, using: &generator),
        on: Bool.random(using: &generator) ? Int.random(in: 1...31, using: &generator) : nil,
        from: start, until: end,
        times: Bool.random(using: &generator) ? Int.random(in: 1...40, using: &generator) : nil)
    } catch {
      // It may end before its first day, and no other fault is drawn.
      #expect(error == .noDay)
      return nil
    }
  }

  @Test func `days never drift, go on strictly and are no more than was said`() throws {
    var generator = SplitMix(seed: 31)
    var looked = 0
    for _ in 0..<10_000 {
      guard let rule = try random(&generator) else { continue }
      let days = rule.days(most: 30)
      #expect(days.allSatisfy { fits($0, rule) }, "\(rule)")
      #expect(zip(days, days.dropFirst()).allSatisfy { distance($0, $1, rule.rhythm) == rule.step })
      let first = try #require(days.first)
      #expect(first >= rule.start)
      // Nothing that would do lies before the first.
      #expect(
        (rule.start.sinceEpoch..<first.sinceEpoch).allSatisfy {
          !fits(Day(sinceEpoch: $0), rule)
        })
      #expect(days.allSatisfy { day in rule.end.map { day <= $0 } ?? true })
      #expect(days.count <= min(30, rule.count ?? 30))
      if days.count < 30, days.count != rule.count {
        let last = try #require(days.last)
        #expect(rule.next(after: last) == nil && rule.end != nil)
      }
      looked += days.count
    }
    #expect(looked > 100_000)
  }

  @Test func `the next day and those of a range are found from any day`() throws {
    var generator = SplitMix(seed: 29)
    for _ in 0..<10_000 {
      guard let rule = try random(&generator) else { continue }
      let days = rule.days(most: 20)
      let from = rule.start.adding(days: .random(in: -50...400, using: &generator))
      let through = from.adding(days: .random(in: 0...300, using: &generator))
      guard let last = days.last, last > through || days.count < 20 else { continue }
      #expect(rule.next(after: from) == days.first(where: { $0 > from }), "\(rule) \(from)")
      #expect(
        rule.days(in: from...through) == days.filter { from <= $0 && $0 <= through },
        "\(rule) \(from)")
    }
  }

  @Test func `the schema's words stay as they are`() {
    #expect(
      RecurrenceRule.Rhythm.allCases.map(\.rawValue) == [
        "weekly", "monthly", "monthly_last_day", "monthly_last_business_day", "quarterly",
        "yearly",
      ])
    #expect(ScheduleAction.allCases.map(\.rawValue) == ["draft", "submit", "post"])
    #expect(ScheduleStatus.allCases.map(\.rawValue) == ["active", "paused", "ended"])
    #expect(OccurrenceStatus.allCases.map(\.rawValue) == ["made", "flagged", "skipped"])
    #expect(AmountRule.Kind.allCases.map(\.rawValue) == ["fixed", "share", "last"])
  }
}
