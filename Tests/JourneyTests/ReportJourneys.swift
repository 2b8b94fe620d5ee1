import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

@Suite struct ReportJourneys {
  @Test func `the trial balance shows both sides and that they are equal`() async throws {
    let books = try await TestBooks.make()
    try await books.post(123_456)
    let driver = await Driver(.viewer, in: books)
    await driver.press("4")
    #expect(
      driver.rows.map { [$0[0], $0[2], $0[3]] } == [
        ["1120", "", "1,234.56"], ["6200", "1,234.56", ""],
      ])
    #expect(driver.table?.totals == ["", "Total", "1,234.56", "1,234.56", ""])
    #expect(driver.table?.note == "as of 2026-11-23, USD, 1 of 2")
  }

  @Test func `it drills down to the register and on to the entry, and back`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.post(200, debit: "6250")
    let driver = await Driver(.owner, in: books)
    await driver.press("4", "j", .enter)
    #expect(driver.path == ["Trial balance", "6200 Rent"])
    await driver.press(.escape, "k", .enter)
    #expect(driver.path == ["Trial balance", "1120 Current account"])
    #expect(driver.rows.map { $0[6] } == ["-1.00", "-3.00"])
    #expect(driver.rows.map { $0[3] } == ["6200", "6250"])
    // The newest line is under the cursor.
    #expect(driver.table?.cursor == 1)
    await driver.press(.enter)
    #expect(driver.path == ["Trial balance", "1120 Current account", "GJ-2026-000002"])
    await driver.press(.escape, "q")
    #expect(driver.path == ["Trial balance"])
  }

  @Test func `brackets go to the ends of months`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await Driver(.owner, in: books)
    await driver.press("4", "[")
    #expect(driver.table?.note == "as of 2026-10-31, USD")
    #expect(driver.shows("Nothing is posted yet."))
    await driver.press("[")
    #expect(driver.table?.note == "as of 2026-09-30, USD")
    await driver.press("]", "]")
    #expect(driver.table?.note == "as of 2026-11-30, USD, 1 of 2")
    #expect(driver.rows.count == 2)
  }

  @Test func `adjusting entries are left out of the trial balance, and taken in again`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100)
    var accrual = books.entry(30, debit: "6250", credit: "2130")
    accrual.type = .adjusting
    try await books.workspace.perform(CreateEntry(accrual, then: .post), as: books.owner)
    let driver = await Driver(.employee, in: books, startsAt: "4")
    #expect(driver.rows.count == 4, "\(driver.screen)")
    await driver.press("a")
    #expect(driver.table?.note == "as of 2026-11-23, USD, adjusted, 1 of 4")
    await driver.press("a")
    #expect(driver.table?.note == "as of 2026-11-23, USD, unadjusted, 1 of 2")
    #expect(driver.rows.map { $0[0] } == ["1120", "6200"])
    await driver.press("a")
    #expect(driver.rows.count == 4)
  }

  @Test func `a register ends with the day of the trial balance that it was opened from`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100, on: TestBooks.today.adding(days: -1))
    try await books.post(50, on: TestBooks.today.adding(days: 3))
    let driver = await Driver(.owner, in: books)
    await driver.press("4", .enter)
    #expect(driver.table?.note == "to 2026-11-23, 1 of 1")
    #expect(driver.rows.map { $0[6] } == ["-1.00"])
    await driver.press(.escape, "]", .enter)
    #expect(driver.table?.note == "to 2026-11-30, 2 of 2")
    #expect(driver.rows.map { $0[6] } == ["-1.00", "-1.50"])
  }

  @Test func `brackets pressed faster than books are read are all counted`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("4")
    for _ in 1...3 { driver.send(.key(.character("["))) }
    await driver.settle()
    #expect(driver.table?.note == "as of 2026-08-31, USD")
  }

  @Test func `the audit log tells what was done and what was refused`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    await driver.postRent()
    await driver.press("6")
    #expect(driver.rows.prefix(3).contains { $0[3] == "journal.post" && $0[5] == "ok" })
    try await books.closePeriod("2026-11")
    await driver.press("2")
    await driver.postRent()
    await driver.press(.alt("6"), "y")
    #expect(driver.rows[0][5].hasPrefix("REFUSED"))
    await driver.press(.enter)
    #expect(driver.shows("Period 2026-11 is closed."))
    #expect(driver.shows("Hash before"))
  }

  @Test func `a running balance is left out where the order isn't that of the days`() async throws {
    let books = try await TestBooks.make()
    for amount in [300, 100, 200] { try await books.post(Int64(amount)) }
    let driver = await Driver(.owner, in: books)
    await driver.press("4", .enter)
    #expect(driver.table?.columns.last?.title == "Balance")
    await driver.press("s", "debit", .enter)
    #expect(driver.table?.columns.contains { $0.title == "Balance" } == false)
    #expect(driver.table?.scope.english.hasSuffix("without Balance") == true)
    await driver.press("s", "date", .enter)
    #expect(driver.table?.columns.last?.title == "Balance")
  }

  @Test func `a log too long to be sorted is filtered as far as it is read, and says so`()
    async throws
  {
    let books = try await TestBooks.make()
    for number in 1...30 { try await books.draft(by: .owner, Int64(number)) }
    var settings = Settings()
    settings.mostArrangedRows = 20
    let driver = await Driver(.owner, in: books, settings: settings, startsAt: "6")
    let all = driver.rows.count
    #expect(driver.table?.position == "1 of \(all)")
    await driver.press("s", "when", .enter)
    #expect(driver.message.contains("More than 20 rows"))
    #expect(driver.rows.count == all)
    await driver.press("/", "journal.create")
    #expect(1...20 ~= driver.rows.count)
    #expect(driver.table?.scope == "among the newest 20")
    await driver.press(.down, .escape)
    #expect(driver.rows.count == all)
    #expect(driver.table?.scope == "")
  }

  @Test func `verifying says how many records prove what`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await Driver(.viewer, in: books)
    await driver.press("6", "V")
    let records = try await books.trail(1).first?.sequence ?? 0
    #expect(driver.message.hasPrefix("ok \(records) records verified; the head is \(records),"))
  }

  @Test func `a record shows field by field what it changed, beside its facts where there is room`()
    async throws
  {
    let books = try await TestBooks.make()
    let draft = try await books.draft(by: .owner)
    let found = try await books.workspace.fetch(EntryToEdit(draft), as: books.owner)
    var content = found.content
    content.description = "Rent of the cellar"
    try await books.workspace.perform(
      EditEntry(draft, content: content, version: found.version), as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.press("6", "/", "journal.edit", .enter, .enter)
    #expect(driver.shows("Decided by"))
    #expect(!driver.shows("Rent of the cellar"))
    #expect(driver.lines.last?.contains("Tab changes") == true)
    await driver.press(.tab)
    #expect(driver.lines.last?.contains("Tab facts") == true)
    #expect(driver.lines.contains { $0.contains("+ Rent of the cellar") })
    #expect(!driver.shows("Decided by"))
    driver.resize(columns: 120, rows: 40)
    #expect(driver.shows("Decided by") && driver.shows("+ Rent of the cellar"))
  }

  @Test func `a record is read to its end and back, with no key that goes nowhere`() async throws {
    let books = try await TestBooks.make()
    var content = books.entry(100)
    content.notes = String(repeating: "a long story ", count: 200)
    try await books.workspace.perform(CreateEntry(content), as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.press("6", "/", "journal.create", .enter, .enter, .tab)
    #expect(!driver.shows(" type"))
    await driver.press("G")
    #expect(driver.shows(" type"))
    let end = driver.screen
    await driver.press("k", "k", "k", "k")
    #expect(driver.screen != end)
    await driver.press("g")
    #expect(!driver.shows("lines above"))
  }
}
