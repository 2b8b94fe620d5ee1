import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// The trial balance in its forms on the screen, and its snapshots.
@Suite struct BalanceFormJourneys {
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await books.openPeriods()
    try await books.post(
      40_00, debit: "1120", credit: "4100", on: TestBooks.today.adding(days: -40))
    try await books.post(60_00, debit: "1120", credit: "4100")
    try await books.post(30_00)
    return books
  }

  private func open(_ role: Domain.Role = .owner, _ keys: Stroke...) async throws -> Driver {
    let driver = await Driver(role, in: try await books(), startsAt: "4")
    for key in keys { await driver.press(key) }
    return driver
  }

  @Test func `a roll-forward is of the year, or of the month, and leads to the register`()
    async throws
  {
    let driver = try await open(.viewer, "f")
    #expect(driver.path == ["Trial balance", "Roll-forward"])
    #expect(driver.table?.note == "2026-01-01 to 2026-11-23, USD, 1 of 3")
    #expect(
      driver.rows == [
        ["1120 Current account", "0.00", "100.00", "30.00", "70.00"],
        ["4100 Sales in the shop", "0.00", "", "100.00", "-100.00"],
        ["6200 Rent", "0.00", "30.00", "", "30.00"],
      ])
    #expect(driver.table?.totals == ["Total", "0.00", "130.00", "130.00", "0.00"])
    await driver.press("p")
    #expect(driver.table?.note == "2026-11-01 to 2026-11-30, USD, 1 of 3")
    #expect(driver.rows[0] == ["1120 Current account", "40.00", "60.00", "30.00", "70.00"])
    await driver.press("[")
    #expect(driver.table?.note == "2026-10-01 to 2026-10-31, USD, 1 of 2")
    await driver.press("]", .enter)
    #expect(driver.path == ["Trial balance", "Roll-forward", "1120 Current account"])
    #expect(driver.table?.note == "2026-11-01 to 2026-11-30, 2 of 2")
    // And on to the entry.
    await driver.press(.enter)
    #expect(driver.path.count == 4)
  }

  @Test func `what holds nothing at the end is left out by a key, and comes back`() async throws {
    let books = try await books()
    try await books.post(5_00, debit: "1410", credit: "1120")
    try await books.post(5_00, debit: "1120", credit: "1410")
    let driver = await Driver(.owner, in: books, startsAt: "4")
    #expect(driver.rows.count == 3)
    await driver.press("z")
    #expect(driver.message == "! Only what holds something is listed.")
    await driver.press("f")
    #expect(driver.rows.count == 4)
    await driver.press("z")
    #expect(driver.rows.map { $0[0].prefix(4) } == ["1120", "4100", "6200"])
    #expect(driver.table?.totals?[0] == "Total of what is shown")
    await driver.press("z")
    #expect(driver.rows.count == 4)
  }

  @Test func `a worksheet's pairs of columns come to the same, with net income between them`()
    async throws
  {
    let books = try await books()
    var accrual = books.entry(8_00, debit: "6250", credit: "2130")
    accrual.type = .adjusting
    try await books.workspace.perform(CreateEntry(accrual, then: .post), as: books.owner)
    let driver = await Driver(
      .viewer, in: books, size: Size(columns: 200, rows: 50), startsAt: "4")
    await driver.press("W")
    #expect(driver.path == ["Trial balance", "Worksheet"])
    #expect(
      driver.table?.totals == [
        "Total", "100.00", "100.00", "8.00", "8.00", "108.00", "108.00", "100.00", "100.00",
        "70.00", "70.00",
      ])
    #expect(
      driver.rows.last
        == ["Net income", "", "", "", "", "", "", "62.00", "", "", "62.00"])
    #expect(driver.shows("Unadjusted Dr"))
    driver.resize(columns: 80, rows: 24)
    await driver.settle()
    #expect(driver.shows("Unadjusted Dr") && !driver.shows("Balance Dr"), "\(driver.screen)")
    await driver.press("G", .enter)
    #expect(driver.message == "! This is a sum. Open an account of it.")
  }

  @Test func `balances are compared with the period before, the year before, and nothing`()
    async throws
  {
    let driver = try await open(.employee, "c")
    #expect(driver.table?.note == "as of 2026-11-23, USD, against 2026-10-31, 1 of 3")
    #expect(
      driver.rows.map { Array($0.dropFirst(2)) } == [
        ["70.00", "", "", "40.00", "30.00", "75.0", ""],
        ["", "100.00", "", "40.00", "60.00", "150.0", "+"],
        ["30.00", "", "", "", "30.00", "n/m", "!"],
      ])
    await driver.press("c")
    #expect(driver.table?.note == "as of 2026-11-23, USD, against 2025-11-23, 1 of 3")
    await driver.press("c")
    #expect(driver.table?.note == "as of 2026-11-23, USD, 1 of 3")
    #expect(driver.table?.columns.count == 5)
  }

  @Test func `what a year earned that isn't closed has a row without a register in the next`()
    async throws
  {
    let books = try await books()
    _ = try await books.workspace.perform(AddFiscalYear(), as: books.owner)
    let driver = await Driver(.owner, in: books, startsAt: "4")
    await driver.press("]", "]", "]")
    #expect(driver.table?.note == "as of 2027-01-31, USD, 1 of 2")
    #expect(
      driver.rows.map { Array($0.dropFirst()) } == [
        ["Assets:Cash and banks:Current account", "70.00", "", ""],
        ["Earnings of earlier years, not closed", "", "70.00", ""],
      ])
    await driver.press("G", .enter)
    #expect(driver.message == "! This is a sum. Open an account of it.")
    #expect(driver.path == ["Trial balance"])
    // Of income and expenses a register has the lines of the row's year.
    await driver.press("[", "G", .enter)
    #expect(driver.path.last == "6200 Rent", "\(driver.screen)")
    #expect(driver.table?.note == "2026-01-01 to 2026-12-31, 1 of 1")
  }

  @Test func `each currency is shown in its own amounts, without a sum of them`() async throws {
    let books = try await books()
    let bought = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 10_00),
      base: Money(minorUnits: 10_80))
    _ = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Euros",
          lines: [bought, books.line("1120", -10_80)]), then: .post), as: books.owner)
    let driver = await Driver(.owner, in: books, startsAt: "4")
    await driver.press("x")
    #expect(driver.rows.map { $0[2] } == ["USD", "EUR", "USD", "USD"])
    #expect(driver.rows[1].suffix(4) == ["EUR", "10.00", "", ""])
    #expect(driver.table?.totals == nil)
    #expect(driver.table?.note == "as of 2026-11-23, each in its own currency, 1 of 4")
    await driver.press("f")
    #expect(
      driver.rows[1] == ["1140 Foreign currency account", "EUR", "0.00", "10.00", "", "10.00"])
    await driver.press("x")
    #expect(driver.rows[1][2] == "10.80")
  }

  @Test func `one department's lines are shown, and kept as nobody's snapshot`() async throws {
    let books = try await books()
    var content = books.entry(12_00)
    content.lines[0].department = books.department
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    let driver = await Driver(.owner, in: books, startsAt: "4")
    await driver.press("d", "Accounting", .enter)
    #expect(driver.rows.map { [$0[0], $0[2]] } == [["6200", "12.00"]])
    #expect(driver.table?.note == "as of 2026-11-23, USD, Accounting, 1 of 1")
    await driver.press("n")
    #expect(driver.message.hasPrefix("! A snapshot is of the whole business."))
    await driver.press("[")
    #expect(driver.shows("Nothing of Accounting is posted yet."), "\(driver.screen)")
    await driver.press("]", "d", "all of", .enter)
    #expect(driver.rows.count == 3)
  }

  @Test func `a trial balance is kept by a key, and proved by another`() async throws {
    let driver = try await open(.owner, "n")
    #expect(driver.shows("Keep this trial balance?"), "\(driver.screen)")
    await driver.press("y")
    #expect(driver.message == "ok It is kept as snapshot 1.")
    await driver.press("S")
    #expect(driver.path == ["Trial balance", "Snapshots"])
    #expect(driver.rows.map { $0[2] } == ["2026-11-23"])
    await driver.press("V")
    #expect(driver.message == "ok Snapshot 1 is proved: the books give the same again.")
    await driver.press(.enter)
    #expect(driver.path == ["Trial balance", "Snapshots", "Snapshot 1"])
    #expect(
      driver.rows[0] == ["1120", "Current account", "USD", "0.00", "100.00", "30.00", "70.00"])
    #expect(driver.shows("SHA-256"))
    await driver.press(.enter)
    #expect(driver.path.last == "1120 Current account")
  }

  @Test func `a manager keeps what a snapshot shows to others alone`() async throws {
    let driver = try await open(.manager, "n", "y")
    #expect(driver.message == "ok It is kept as snapshot 1.")
    #expect(!driver.actionIDs.contains("balance.snapshots"))
    await driver.press("S")
    #expect(driver.path == ["Trial balance"])
  }

  @Test func `levels fold into net headings, drafts beside them, and totals stay`() async throws {
    let books = try await books()
    try await books.post(20_00, credit: "1130")
    try await books.workspace.perform(
      CreateEntry(books.entry(7_00, debit: "6250")), as: books.owner)
    let driver = await Driver(.owner, in: books, startsAt: "4")
    func amounts() -> [[String]] { driver.rows.map { [$0[0], $0[2], $0[3], $0[4]] } }
    let accounts = amounts()
    #expect(accounts.map(\.first) == ["1120", "1130", "4100", "6200"])
    await driver.press("-")
    #expect(
      amounts() == [
        ["1100", "50.00", "", ""], ["4100", "", "100.00", ""], ["6200", "50.00", "", ""],
      ], "\(driver.screen)")
    #expect(driver.table?.totals?[1...3] == ["Total", "120.00", "120.00"])
    #expect(driver.shows("Headings are net; totals are those of the accounts."))
    await driver.press(.enter)
    #expect(driver.message == "! This is a sum. Open an account of it.")
    await driver.press("-", "-", "u")
    #expect(
      amounts() == [
        ["1000", "50.00", "", ""], ["1000", "", "7.00", "~"], ["4000", "", "100.00", ""],
        ["6000", "50.00", "", ""], ["6000", "7.00", "", "~"],
      ], "\(driver.screen)")
    #expect(driver.table?.totals?[1...3] == ["Total", "120.00", "120.00"])
    await driver.press("u", "+", "+")
    #expect(amounts() == accounts)
    #expect(!driver.shows("Headings are net"))
  }

  @Test func `beside a level stand the lines of the row that the cursor came to`() async throws {
    let books = try await books()
    let driver = await Driver(
      .owner, in: books, size: Size(columns: 200, rows: 50), startsAt: "4")
    #expect(driver.shows("Last lines of 1120 Current account"), "\(driver.screen)")
    await driver.press("-", "j")
    #expect(driver.shows("Last lines of 4100 Sales in the shop"), "\(driver.screen)")
    await driver.press("k", "-")
    #expect(!driver.shows("Last lines of"), "\(driver.screen)")
    await driver.press("+", "+")
    #expect(driver.shows("Last lines of 1120 Current account"), "\(driver.screen)")
    #expect(!driver.shows("Last lines of 4100"))
  }

  @Test func `what drafts only move from one account of a heading to another, moves no heading`()
    async throws
  {
    let books = try await books()
    try await books.workspace.perform(
      CreateEntry(books.entry(7_00, debit: "1130")), as: books.owner)
    let driver = await Driver(.owner, in: books, startsAt: "4")
    await driver.press("u")
    #expect(driver.rows.filter { $0[4] == "~" }.map { $0[0] } == ["1120", "1130"])
    await driver.press("-")
    #expect(driver.rows.map { $0[0] } == ["1100", "4100", "6200"], "\(driver.screen)")
  }
}
