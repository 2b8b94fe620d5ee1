import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// Entries that come again. It is the 23rd of November 2026, and only that month is open.
@Suite struct RecurringJourneys {
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    let draft = try await books.draft(by: .employee)
    _ = try await books.workspace.perform(SaveTemplate("Rent", of: draft), as: books.employee)
    try await books.workspace.perform(DiscardEntry(draft), as: books.employee)
    return books
  }

  /// One of the employee's that flagged the 20th of October and wrote the 20th of November.
  private func booksWithFlag() async throws -> TestBooks {
    let books = try await books()
    let template = try #require(
      try await books.workspace.fetch(EntryTemplates(), as: books.employee).first)
    let rule = try RecurrenceRule(.monthly, from: try #require(Day("2026-10-20")))
    _ = try await books.workspace.perform(
      CreateSchedule(ScheduleContent(template.id, rule, then: .draft)), as: books.employee)
    return books
  }

  @Test func `a template is had come again, with its next days in view while one types`()
    async throws
  {
    let driver = await Driver(.employee, in: try await books())
    await driver.press("c")
    #expect(driver.path == ["Journal", "Recurring entries"])
    #expect(driver.shows("Nothing comes again yet. n has a template come again."))
    await driver.press("n", "Rent", .enter)
    #expect(driver.shows("Comes on: 2026-11-23, 2026-12-23, 2027-01-23"), "\(driver.screen)")
    await driver.press(.enter, .enter, "31")
    #expect(
      driver.shows("Comes on: 2026-11-30, 2026-12-31, 2027-01-31, 2027-02-28, 2027-03-31"),
      "\(driver.screen)")
    await driver.press(.function(10))
    #expect(driver.message.hasPrefix("ok The schedule of Rent is kept."), "\(driver.message)")
    #expect(
      driver.rows.map { $0.prefix(5) } == [
        ["Rent", "every month on the 31st (or the last day)", "2026-11-30", "draft", "active"]
      ])
  }

  @Test func `what won't do is said beside its field, and nothing typed is lost`() async throws {
    let driver = await Driver(.employee, in: try await books())
    await driver.press("c", "n", "Rent", .enter, .enter, "0", .function(10))
    #expect(driver.form?.fields[2].fault?.english == "Every how many? From 1 to 120.")
    #expect(driver.form?.fields[0].text == "Rent" && driver.form?.focus == 2)
    await driver.press("2", .enter, .enter, .ctrl("u"), "2024-01-01", .function(10))
    #expect(
      driver.form?.fields[4].fault?.english == "A schedule begins no more than 366 days ago.",
      "\(driver.screen)")
  }

  @Test func `what was flagged is written on another date, which is asked for again`()
    async throws
  {
    let driver = await Driver(.employee, in: try await booksWithFlag())
    await driver.press("c")
    #expect(
      driver.rows.map { Array($0.prefix(2)) } == [
        ["Rent", "every month on the 20th"], ["2026-10-20", "Period 2026-10 is not open."],
      ])
    await driver.press("j", "m")
    #expect(driver.shows("Write Rent of 2026-10-20?"))
    await driver.press(.enter)
    #expect(driver.shows("Period 2026-10 is not open yet."), "\(driver.screen)")
    await driver.press(.ctrl("u"), "2026-11-02", .enter)
    #expect(driver.message.hasPrefix("ok D-"), "\(driver.message)")
    #expect(driver.rows.count == 1)
    await driver.press(.enter)
    #expect(driver.path.count == 3)
  }

  @Test func `what was flagged is skipped with a reason`() async throws {
    let driver = await Driver(.employee, in: try await booksWithFlag())
    await driver.press("c", "j", "x", "Paid by hand", .enter)
    #expect(driver.message == "ok 2026-10-20 is skipped.")
    #expect(driver.rows.count == 1)
  }

  @Test func `a schedule is paused, goes on and ends`() async throws {
    let driver = await Driver(.employee, in: try await booksWithFlag())
    func pause() -> String? {
      driver.navigator.actions.first { $0.id == "schedule.pause" }?.title.english
    }
    await driver.press("c")
    #expect(pause() == "pause")
    await driver.press("p")
    #expect(driver.message == "ok The schedule of Rent waits.")
    #expect(pause() == "go on" && driver.rows[0][4] == "paused")
    await driver.press("p")
    #expect(driver.message == "ok Nothing is due." && driver.rows[0][4] == "active")
    await driver.press("D", "y")
    #expect(driver.rows[0][4] == "ended")
    await driver.press("e")
    #expect(driver.message == "! The schedule is over. Make another.")
  }

  @Test func `a schedule is changed where it stands, and the day it comes follows`() async throws {
    let driver = await Driver(.employee, in: try await booksWithFlag())
    await driver.press("c", "e")
    #expect(driver.path.last == "Schedule of Rent")
    #expect(driver.form?.fields.map(\.text).prefix(4) == ["monthly", "1", "20", "2026-10-20"])
    await driver.press(.tab, .tab, "25", .function(10))
    #expect(driver.message.hasPrefix("ok The schedule of Rent is kept."), "\(driver.message)")
    #expect(driver.rows[0][2] == "2026-11-25")
  }

  @Test func `a line takes a share of a balance, or what it was the last time`() async throws {
    let books = try await books()
    let driver = await Driver(.employee, in: books)
    func rules() async throws -> [AmountRule] {
      try #require(try await books.workspace.fetch(EntryTemplates(), as: books.employee).first)
        .rules
    }
    await driver.press("c", "a", "Rent", .enter, "2", .enter)
    #expect(driver.path.last == "Amounts of a template")
    #expect(driver.shows("Now: -"), "\(driver.screen)")
    await driver.press("share", .enter, "150", .enter, "4100", .enter, .function(10))
    #expect(
      driver.form?.fields[3].fault?.english
        == "A share is of 100 per cent or less, on either side.",
      "\(driver.screen)")
    await driver.press(.ctrl("u"), "5.5", .function(10))
    #expect(driver.message == "ok Line 2 of Rent is kept.", "\(driver.screen)")
    #expect(try await rules() == [.fixed, .share(55_000, of: books.account("4100"))])
    await driver.press("a", "Rent", .enter, "2", .enter)
    #expect(driver.shows("Now: 5.5 % of 4100"), "\(driver.screen)")
    await driver.press("last", .enter, "5", .function(10))
    #expect(driver.form?.fields[3].fault?.english == "Only a share is of a balance.")
    await driver.press(.ctrl("u"), .function(10))
    #expect(try await rules() == [.fixed, .last])
  }

  @Test func `what a template's line is of by itself is said anew too, and another's isn't`()
    async throws
  {
    let books = try await booksWithFlag()
    let driver = await Driver(.employee, in: books)
    await driver.press("c", "a")
    #expect(driver.form?.fields[0].text == "Rent", "the schedule under the cursor")
    await driver.press(.enter, "9", .enter, .function(10))
    #expect(driver.form?.fields[1].fault?.english == "The template has no such line.")
    await driver.press(.ctrl("u"), "1", .enter, .tab, .tab, .tab, "7.50", .enter)
    #expect(driver.message == "ok Line 1 of Rent is kept.", "\(driver.screen)")
    let template = try #require(
      try await books.workspace.fetch(EntryTemplates(), as: books.employee).first)
    #expect(template.content.lines[0].amount == Money(minorUnits: 7_50))
    let other = await Driver(.owner, in: books)
    await other.press("c", "a", .enter, "1", .enter, .function(10))
    #expect(other.path.last == "Amounts of a template", "\(other.screen)")
    #expect(!other.message.hasPrefix("ok"), "\(other.screen)")
  }

  @Test func `home and the check-list of a period lead to what has to be looked at`()
    async throws
  {
    let driver = await Driver(.owner, in: try await booksWithFlag(), startsAt: "1")
    #expect(driver.shows("Recurring to check"), "\(driver.screen)")
    await driver.press("7", "/", "2026-11", .enter, .enter)
    await driver.press("/", "isn't written", .enter)
    #expect(driver.rows.map(\.first) == ["Rent of 2026-10-20 isn't written"])
    await driver.press(.enter)
    #expect(driver.path.last == "Recurring entries", "\(driver.screen)")
  }

  @Test(
    arguments: [
      (RecurrenceRule.Rhythm.monthly, 31, "jeden Monat am 31. (oder am letzten Tag)"),
      (.monthlyLastBusinessDay, nil, "jeden Monat am letzten Werktag"),
      (.yearly, 29, "jedes Jahr am 29. Feb (oder am letzten Tag)"),
    ] as [(RecurrenceRule.Rhythm, Int?, String)])
  func `when it comes is said in German too`(
    _ rhythm: RecurrenceRule.Rhythm, _ anchor: Int?, _ words: String
  ) throws {
    let rule = try RecurrenceRule(rhythm, on: anchor, from: try #require(Day("2028-02-01")))
    let language = try German.settings().language
    #expect(rule.phrase.text(in: language) == words)
  }
}
