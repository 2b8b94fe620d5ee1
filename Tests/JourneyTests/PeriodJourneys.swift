import Domain
import Operations
import Store
import TestSupport
import Testing
import ViewModels
import Widgets

/// Periods on the screen: their checks, closing, exceptions and the year's end.
@Suite struct PeriodJourneys {
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await books.post(100_00, debit: "1120", credit: "4100")
    try await books.post(5_00, debit: "1900", credit: "1120")
    return books
  }

  private func open(_ role: Domain.Role = .owner, in books: TestBooks) async -> Driver {
    await Driver(role, in: books, size: Size(columns: 100, rows: 30), startsAt: "7")
  }

  private func row(_ name: String, _ driver: Driver) -> [String] {
    driver.rows.first { $0.first == name } ?? []
  }

  @Test func `the cursor is on the period that goes on, and years turn`() async throws {
    let books = try await books()
    let driver = await open(in: books)
    #expect(driver.path == ["Periods"])
    #expect(driver.table?.cursor == 11)
    #expect(
      Array(row("2026-11", driver).prefix(5)) == ["2026-11", "11-01..11-30", "open", "2", ""])
    await driver.press("[")
    #expect(driver.message == "! This is the first fiscal year.")
    await driver.press("n", .tab, .function(10))
    #expect(
      driver.message == "ok The fiscal year 2027 lasts from 2027-01-01 to 2027-12-31.",
      "\(driver.screen)")
    await driver.press("]")
    #expect(driver.shows("fiscal year 2027, 2027-01-01 to 2027-12-31, open"))
    await driver.press("]")
    #expect(driver.message == "! This is the last fiscal year.")
  }

  @Test func `a check leads to its cause, is accepted, and the month closes`() async throws {
    let books = try await books()
    for month in 1...10 {
      let name = "2026-\(padded(month, to: 2))"
      let found = try await books.workspace.fetch(Periods(), as: books.owner)
        .first { $0.name == name }
      let period = try #require(found)
      try await books.workspace.perform(ClosePeriod(period.id, name: name), as: books.director)
    }
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(5, "Stamps")), as: books.employee
    ).entry
    let driver = await open(.director, in: books)
    await driver.press("c")
    #expect(
      driver.question == "It hasn't ended yet. Nothing more is posted to it, except by exception.")
    await driver.press("y")
    #expect(driver.message.hasPrefix("ERROR 1 entries aren't posted"), "\(driver.message)")
    await driver.press(.enter, "j", .enter)
    #expect(driver.shows("Stamps") && driver.path.last == "D-3", "\(driver.screen)")
    try await books.workspace.perform(DiscardEntry(draft), as: books.employee)
    await driver.press(.escape)
    #expect(
      driver.rows.map { $0[1] }
        == ["ok", "ok", "ok", "ok", "NOT YET", ""] + Array(repeating: "ok", count: 8))
    await driver.press("c", "y")
    #expect(
      driver.message
        == "ERROR These checks fail: Nothing is left in suspense. See what they found.")
    await driver.press("g", "j", "j", "j", "j", "j", .enter)
    #expect(driver.path.last == "1900 Suspense")
    await driver.press(.escape, "k", "a", "It is with the bank.", .enter)
    #expect(
      row("Nothing is left in suspense", driver).suffix(2) == [
        "Dora Director", "It is with the bank.",
      ])
    await driver.press("c", "y")
    #expect(driver.message == "ok Period 2026-11 is closed.")
    await driver.press("a")
    #expect(driver.message.hasPrefix("! "))
  }

  @Test func `an altered record of the audit log is a finding, which leads to the log`()
    async throws
  {
    let books = try await books()
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      DROP TRIGGER audit_logs_update;
      UPDATE audit_logs SET actor_name = 'Nobody'
      WHERE business_id = \(books.business.value) AND sequence = 1;
      """)
    let driver = await open(in: books)
    await driver.press(.enter)
    #expect(row("The audit log is as it was written", driver).contains("NOT YET"))
    await driver.press("/", "Record 1", .enter)
    #expect(driver.rows.map(\.first) == ["Record 1 is modified"])
    await driver.press(.enter)
    #expect(driver.path.last == "Audit log", "\(driver.screen)")
  }

  @Test func `a director and an owner reopen, close and end a year, and owners lock`()
    async throws
  {
    let books = try await books()
    let second = try await books.person("Otto Owner", .owner)
    try await books.closeMonths()
    let director = await open(.director, in: books)
    await director.press("e", .enter, "The books are done.", .enter)
    #expect(director.message.contains("can be confirmed by"), "\(director.message)")
    let owner = await Driver(.owner, in: books, startsAt: "8")
    await owner.press("o", "a", "y")
    #expect(owner.message == "ok close the year 2026: confirmed, and done.", "\(owner.message)")
    await director.press(.function(5))
    #expect(director.shows("2026-01-01 to 2026-12-31, closed"), "\(director.screen)")
    await director.press("e")
    #expect(director.message == "! The year 2026 is closed: there is nothing to close.")
    // Only owners take that back.
    await director.press("u")
    #expect(director.shows("2026-01-01 to 2026-12-31, closed"))
    await owner.press("7", "g", "u", "Audit adjustments", .enter)
    #expect(owner.message.contains("can be confirmed by Otto Owner"), "\(owner.message)")
    let requests = try await books.workspace.fetch(Confirmations(), as: second)
    try await books.workspace.perform(Confirm(try #require(requests.first).id), as: second)
    await owner.press(.function(5))
    #expect(owner.shows("2026-01-01 to 2026-12-31, open"), "\(owner.screen)")
  }

  @Test func `a year is closed in two stages where that is chosen and there is a summary`()
    async throws
  {
    let books = try await books()
    let second = try await books.person("Otto Owner", .owner)
    try await books.closeMonths()
    let driver = await open(in: books)
    await driver.press("e", "two stages", .enter, "The books are done.", .enter)
    #expect(driver.message.contains("No account is of the category"), "\(driver.message)")
    try await books.workspace.perform(
      CreateAccount(
        AccountContent(
          number: "3600", name: "Income summary", type: .equity, category: .incomeSummary)),
      as: books.owner)
    await driver.press("e", "two stages", .enter, "The books are done.", .enter)
    #expect(driver.message.contains("can be confirmed by"), "\(driver.message)")
    let request = try #require(
      try await books.workspace.fetch(Confirmations(), as: second).first)
    try await books.workspace.perform(Confirm(request.id), as: second)
    await driver.press(.function(5))
    #expect(driver.shows("2026-01-01 to 2026-12-31, closed"), "\(driver.screen)")
    let closings = try await books.entries().filter { $0.name.hasPrefix("CL-") }
    #expect(closings.map(\.total) == [Money(minorUnits: 100_00), Money(minorUnits: 100_00)])
  }

  @Test func `a year is closed by department where that is chosen`() async throws {
    let books = try await books()
    var sale = books.entry(40_00, debit: "1120", credit: "4100")
    for index in sale.lines.indices { sale.lines[index].department = books.department }
    try await books.workspace.perform(CreateEntry(sale, then: .post), as: books.owner)
    let second = try await books.person("Otto Owner", .owner)
    try await books.closeMonths()
    let driver = await open(in: books)
    await driver.press("e")
    #expect(driver.shows("close the year 2026 by department"), "\(driver.screen)")
    await driver.press("department", .enter, "The books are done.", .enter)
    #expect(driver.message.contains("can be confirmed by"), "\(driver.message)")
    let request = try #require(
      try await books.workspace.fetch(Confirmations(), as: second).first)
    try await books.workspace.perform(Confirm(request.id), as: second)
    await driver.press(.function(5))
    #expect(driver.shows("2026-01-01 to 2026-12-31, closed"), "\(driver.screen)")
    let held = try await books.workspace.fetch(
      TrialBalanceReport(
        asOf: try #require(Day("2026-12-31")), LedgerScope(department: books.department)),
      as: books.owner)
    #expect(held.lines.map(\.number) == ["1120", "3300"])
  }

  @Test func `whoever closed a period is told that another one locks it`() async throws {
    let books = try await books()
    _ = try await books.person("Otto Owner", .owner)
    let january = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-01" })
    try await books.workspace.perform(ClosePeriod(january.id, name: "2026-01"), as: books.owner)
    let driver = await open(in: books)
    await driver.press("g", "j", "L", "It is filed.", .enter)
    #expect(driver.message.hasPrefix("ERROR "), "\(driver.message)")
    await driver.press("k", "L")
    #expect(driver.message == "! Period Opening 2026 isn't closed, and that takes a closed one.")
  }

  @Test func `somebody is let post into a closed month, and not any more`() async throws {
    let books = try await books()
    try await books.closeMonths()
    let driver = await open(in: books)
    await driver.press("x")
    #expect(driver.shows("Nobody may post into a closed period. n lets somebody."))
    await driver.press("n", .tab, "Emma Employee", .tab, .tab, "+7", .tab, "Late invoice")
    await driver.press(.function(10))
    #expect(
      driver.message == "ok Emma Employee may post into 2026-12 until 2026-11-30 23:59.",
      "\(driver.screen)")
    #expect(driver.rows.map { $0[4] } == ["in force"])
    await driver.press("D", "y")
    #expect(driver.rows.map { $0[4] } == ["taken back"], "\(driver.screen)")
    await driver.press("D")
    #expect(driver.message == "! The exception is over already.")
  }
}
