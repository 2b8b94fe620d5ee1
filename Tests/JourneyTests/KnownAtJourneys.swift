import Domain
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// The trial balance as known at a moment, and what isn't posted yet beside it.
@Suite struct KnownAtJourneys {
  /// 100.00 was posted at ten, and 5.00 at two minutes past.
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await books.post(100_00)
    books.clock.advance(seconds: 120)
    try await books.post(5_00)
    return books
  }

  private func amounts(_ driver: Driver) -> [[String]] {
    driver.rows.map { [$0[0], $0[2], $0[3]] }
  }

  @Test func `the books are shown as known at a moment, and so is the register behind them`()
    async throws
  {
    let driver = await Driver(.viewer, in: try await books(), startsAt: "4")
    #expect(amounts(driver) == [["1120", "", "105.00"], ["6200", "105.00", ""]])
    await driver.press("i")
    #expect(driver.shows("Known at which moment?"), "\(driver.screen)")
    await driver.press("2026-11-23T10:01", .enter)
    #expect(amounts(driver) == [["1120", "", "100.00"], ["6200", "100.00", ""]])
    #expect(
      driver.table?.note == "as of 2026-11-23, known at 2026-11-23 10:01, USD, 1 of 2")
    await driver.press(.enter)
    #expect(driver.path == ["Trial balance", "1120 Current account"])
    #expect(driver.table?.note == "to 2026-11-23, known at 2026-11-23 10:01, 1 of 1")
    #expect(driver.rows.map { $0[6] } == ["-100.00"])
    // Nothing in its place is the newest again.
    await driver.press(.escape, "i", .backspace, .enter)
    #expect(amounts(driver) == [["1120", "", "105.00"], ["6200", "105.00", ""]])
    #expect(driver.table?.note == "as of 2026-11-23, USD, 1 of 2")
    // What the note has shown can be typed as it stood there.
    await driver.press("i", "2026-11-23 10:01", .enter)
    #expect(amounts(driver) == [["1120", "", "100.00"], ["6200", "100.00", ""]])
  }

  @Test func `what is no moment is said, and before the first nothing was known`() async throws {
    let driver = await Driver(.owner, in: try await books(), startsAt: "4")
    await driver.press("i", "soon", .enter)
    #expect(driver.shows("soon is no moment"), "\(driver.screen)")
    await driver.press(.escape)
    #expect(driver.rows.count == 2)
    await driver.press("i", "-1", .enter)
    #expect(driver.shows("Nothing was posted by 2026-11-22 23:59."), "\(driver.screen)")
  }

  @Test func `the forms and statements that it leads to are known at the same moment`()
    async throws
  {
    let driver = await Driver(.owner, in: try await books(), startsAt: "4")
    await driver.press("i", "2026-11-23T10:01", .enter, "f")
    #expect(
      driver.table?.note
        == "2026-01-01 to 2026-11-23, known at 2026-11-23 10:01, USD, 1 of 2")
    #expect(driver.rows[0] == ["1120 Current account", "0.00", "", "100.00", "-100.00"])
    await driver.press(.escape, "W")
    #expect(driver.path.last == "Worksheet")
    #expect(driver.table?.scope.english.contains("known at 2026-11-23 10:01") == true)
    #expect(driver.table?.totals?.contains("100.00") == true)
    await driver.press(.escape, "L")
    #expect(
      driver.table?.note
        == "2026-01-01 to 2026-11-23, known at 2026-11-23 10:01, USD, 1 of 2")
    #expect(driver.shows("100.00") && !driver.shows("105.00"), "\(driver.screen)")
    await driver.press(.escape, "t", "v")
    #expect(driver.path.last == "Income by department")
    #expect(
      driver.table?.scope.english
        == "2026-01-01 to 2026-11-23, known at 2026-11-23 10:01, adjusted")
    await driver.press(.escape)
    #expect(driver.path.last == "Balance sheet")
    #expect(driver.table?.scope.english.contains("known at 2026-11-23 10:01") == true)
    #expect(driver.shows("100.00") && !driver.shows("105.00"), "\(driver.screen)")
    await driver.press("i", .backspace, .enter)
    #expect(driver.table?.scope.english.contains("known at") == false)
    #expect(driver.shows("105.00"), "\(driver.screen)")
  }

  @Test func `a snapshot keeps what is shown, known at its moment`() async throws {
    let books = try await books()
    let driver = await Driver(.owner, in: books, startsAt: "4")
    await driver.press("i", "2026-11-23T10:01", .enter, "n", "y")
    #expect(driver.message == "ok It is kept as snapshot 1.")
    let kept = try await books.workspace.fetch(Snapshots(), as: books.owner)
    #expect(kept.map(\.knownAt?.minute) == ["2026-11-23 10:01"])
    #expect(kept.map(\.totalDebit.minorUnits) == [100_00])
  }

  // MARK: What isn't posted

  @Test func `what isn't posted stands below its account, and in no total`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100_00)
    try await books.draft(by: .employee, 20_00)
    _ = try await books.workspace.perform(
      CreateEntry(books.entry(7_00, debit: "6250")), as: books.owner)
    let driver = await Driver(.owner, in: books, startsAt: "4")
    #expect(
      driver.shows("2 entries aren't posted. u shows what they would move."), "\(driver.screen)")
    #expect(driver.rows.count == 2)
    await driver.press("u")
    #expect(
      driver.rows.map { [$0[0], $0[2], $0[3], $0[4]] } == [
        ["1120", "", "100.00", "!"], ["1120", "", "27.00", "~"], ["6200", "100.00", "", ""],
        ["6200", "20.00", "", "~"], ["6250", "7.00", "", "~"],
      ])
    #expect(driver.table?.rows.map(\.shape.tone).suffix(2) == [.ghost, .ghost])
    #expect(driver.table?.totals == ["", "Total", "100.00", "100.00", ""])
    #expect(
      driver.shows("~ is what 2 entries that aren't posted would move; no total has it."),
      "\(driver.screen)")
    await driver.press("j", .enter)
    #expect(driver.message == "! It isn't posted. The journal has its entries.")
    await driver.press("u")
    #expect(driver.rows.count == 2)
    // At the end of the month before nothing waited.
    await driver.press("[")
    #expect(!driver.shows("aren't posted"), "\(driver.screen)")
    await driver.press("u")
    #expect(driver.message == "! No entry up to this day waits to be posted.")
  }

  @Test func `what wasn't posted at another moment is on no record, and isn't guessed`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.draft(by: .owner, 20_00)
    let driver = await Driver(.owner, in: books, startsAt: "4")
    #expect(driver.shows("1 entry isn't posted. u shows what it would move."), "\(driver.screen)")
    await driver.press("u")
    #expect(driver.rows.map { [$0[0], $0[4]] } == [["1120", "~"], ["6200", "~"]])
    await driver.press("i", "2026-11-23", .enter)
    #expect(driver.rows.isEmpty && !driver.shows("isn't posted"), "\(driver.screen)")
    await driver.press("u")
    #expect(driver.message == "! What isn't posted is known of now only.")
  }

  @Test func `whoever may not see a draft in the journal isn't told of it here`() async throws {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(
      CreateEntry(books.entry(9_00, debit: "6100")), as: books.owner)
    try await books.workspace.perform(
      AddToList(
        NewListRow(
          .user(books.director.user), .write, of: Thing(.account, books.account("6100").value),
          reason: "Pay")), as: books.owner)
    let employee = await Driver(.employee, in: books, startsAt: "4")
    #expect(!employee.shows("posted."), "\(employee.screen)")
    let director = await Driver(.director, in: books, startsAt: "4")
    #expect(director.shows("1 entry isn't posted."), "\(director.screen)")
  }
}
