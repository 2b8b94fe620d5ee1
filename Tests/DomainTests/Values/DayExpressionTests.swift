import Domain
import Testing

@Suite struct DayExpressionTests {
  /// A Monday.
  private static let today = Day(sinceEpoch: 20_780)
  /// 2026-02-10, a Tuesday.
  private static let reference = Day(sinceEpoch: 20_494)

  @Test func `today and the day in the field are what this table takes them for`() {
    #expect(Self.today.text == "2026-11-23")
    #expect(Self.reference.text == "2026-02-10")
  }

  @Test(arguments: [
    ("2026-10-05", "2026-10-05"), ("2026/10/5", "2026-10-05"), ("2026.10.5", "2026-10-05"),
    ("2026-1-2", "2026-01-02"), ("0050-01-01", "0050-01-01"),
    ("today", "2026-11-23"), ("t", "2026-11-23"), ("T", "2026-11-23"), (" Today ", "2026-11-23"),
    ("yesterday", "2026-11-22"), ("y", "2026-11-22"),
    ("+3", "2026-02-13"), ("-1", "2026-02-09"), ("+0", "2026-02-10"), ("-45", "2025-12-27"),
    ("5.", "2026-02-05"), ("5.10.", "2026-10-05"), ("5", "2026-02-05"), ("05", "2026-02-05"),
    ("28", "2026-02-28"),
    ("5.10", "2026-10-05"), ("5-10", "2026-10-05"), ("5/10", "2026-10-05"), ("0510", "2026-10-05"),
    ("05.1", "2026-01-05"), ("3112", "2026-12-31"),
    ("5.10.2026", "2026-10-05"), ("5/10/2026", "2026-10-05"), ("05-10-2024", "2024-10-05"),
    ("29.2.2024", "2024-02-29"),
    ("m", "2026-02-01"), ("h", "2026-02-28"),
    ("mon", "2026-11-23"), ("tue", "2026-11-17"), ("wed", "2026-11-18"), ("thu", "2026-11-19"),
    ("fri", "2026-11-20"), ("sat", "2026-11-21"), ("sun", "2026-11-22"), ("Friday", "2026-11-20"),
    ("thurs", "2026-11-19"),
  ])
  func `a short form means a day`(_ text: String, _ day: String) throws {
    let parsed = try DayExpression.parse(text, today: Self.today, reference: Self.reference)
    #expect(parsed.text == day)
  }

  @Test(arguments: [
    ("31", DayInputError.noSuchDay(year: 2026, month: 2, day: 31)),
    ("31.2", .noSuchDay(year: 2026, month: 2, day: 31)),
    ("2026-02-31", .noSuchDay(year: 2026, month: 2, day: 31)),
    ("29.2.2026", .noSuchDay(year: 2026, month: 2, day: 29)),
    ("5.13", .noSuchDay(year: 2026, month: 13, day: 5)),
    ("0", .noSuchDay(year: 2026, month: 2, day: 0)),
    ("0001", .noSuchDay(year: 2026, month: 1, day: 0)),
    ("0000-01-01", .noSuchDay(year: 0, month: 1, day: 1)),
    ("", .empty), ("  ", .empty),
    ("+", .unreadable("+")), ("-", .unreadable("-")), ("+-3", .unreadable("+-3")),
    ("+9999999", .unreadable("+9999999")), ("+x", .unreadable("+x")),
    ("mo", .unreadable("mo")), ("mondays", .unreadable("mondays")), ("tm", .unreadable("tm")),
    ("5..", .unreadable("5..")), (".5", .unreadable(".5")), ("5..10", .unreadable("5..10")),
    ("5.10-2026", .unreadable("5.10-2026")), ("1 5", .unreadable("1 5")),
    ("5.10.26", .unreadable("5.10.26")), ("510", .unreadable("510")),
    ("05102026", .unreadable("05102026")), ("2026", .noSuchDay(year: 2026, month: 26, day: 20)),
    ("5.10.2026.1", .unreadable("5.10.2026.1")),
    ("٥", .unreadable("٥")), ("\u{1B}[5", .unreadable("\u{1B}[5")),
  ])
  func `what means no day is refused with the reason`(_ text: String, _ error: DayInputError) {
    #expect(throws: error) {
      try DayExpression.parse(text, today: Self.today, reference: Self.reference)
    }
  }

  @Test func `steps stay within the calendar`() throws {
    func parse(_ text: String, from day: Day) throws -> Day {
      try DayExpression.parse(text, today: day, reference: day)
    }
    #expect(throws: DayInputError.outOfCalendar) { try parse("+1", from: .last) }
    #expect(throws: DayInputError.outOfCalendar) { try parse("-1", from: .first) }
    #expect(throws: DayInputError.outOfCalendar) { try parse("y", from: .first) }
    #expect(throws: DayInputError.outOfCalendar) { try parse("sun", from: .first) }
    #expect(throws: DayInputError.outOfCalendar) { try parse("-999999", from: Self.today) }
    #expect(try parse("+999999", from: Self.today).text == "4764-10-19")
  }

  @Test func `a paste into the wrong field is refused with its beginning`() {
    let paste = String(repeating: "1", count: 100_000)
    #expect(throws: DayInputError.unreadable(String(repeating: "1", count: 20))) {
      try DayExpression.parse(paste, today: Self.today, reference: Self.reference)
    }
  }

  @Test func `any text is a day or refused, never a crash`() {
    let alphabet = Array("0123456789.-/+tymhonfrisau ")
    var generator = SplitMix(seed: 9)
    var days = 0
    for _ in 0..<20_000 {
      let text = String(
        (0..<Int.random(in: 1...8, using: &generator)).map { _ in
          alphabet.randomElement(using: &generator) ?? "0"
        })
      let day = try? DayExpression.parse(text, today: Self.today, reference: Self.reference)
      if day != nil { days += 1 }
    }
    #expect(days > 100)
  }
}
