import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// Giving an entry up, and reading in the audit log what was done to it.
@Suite struct VoidJourneys {
  @Test func `an entry that waits is voided for a reason, and leaves its approver's list`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    await Driver(.employee, in: books).postRent()
    let manager = await Driver(.manager, in: books)
    let driver = await Driver(.employee, in: books)
    await driver.press(.enter, "V")
    #expect(driver.shows("Void D-1, 100.00?"))
    await driver.press("no", .enter)
    #expect(driver.shows("Say why, in 5 characters or more."))
    await driver.press(" such rent", .enter)
    #expect(driver.message == "ok D-1 is voided.")
    #expect(driver.shows("(no such rent)"), "\(driver.screen)")
    await driver.press(.escape, "r")
    #expect(driver.rows[0][4] == "voided")
    await manager.press("r", "a")
    #expect(manager.message == "! An entry that is voided can't be approved.")
    #expect(try await books.balances().isEmpty)
  }

  @Test func `what is posted names the way to take it back instead`() async throws {
    let books = try await TestBooks.make()
    try await books.post(1_000)
    let driver = await Driver(.owner, in: books)
    await driver.press("V")
    #expect(driver.navigator.overlay == nil)
    #expect(driver.message == "! An entry that is posted can't be voided. Reverse it instead.")
  }

  @Test func `what is taken back on its own day is called void wherever it is shown`() async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.post(1_000)
    try await books.workspace.perform(
      ReverseEntry(entry, on: TestBooks.today, reason: "Typed twice."), as: books.owner)
    let driver = await Driver(.owner, in: books)
    #expect(driver.rows.map { $0[4] } == ["VOID", "VOID"])
    await driver.press(.enter)
    #expect(driver.lines.contains { $0.contains("Status") && $0.contains("VOID") })
    await driver.press(.enter)
    #expect(driver.rows.map { $0[2] }.allSatisfy { $0.hasPrefix("VOID: ") }, "\(driver.screen)")
    #expect(driver.rows.count == 2)
  }

  @Test func `the general ledger and an account's last lines call it void too`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(1_000)
    try await books.workspace.perform(
      ReverseEntry(entry, on: TestBooks.today, reason: "Typed twice."), as: books.owner)
    let driver = await Driver(
      .owner, in: books, size: Size(columns: 200, rows: 50), startsAt: "4")
    await driver.press("L", " ")
    #expect(driver.rows.count { $0[0].hasPrefix("VOID: ") } == 2, "\(driver.screen)")
    await driver.press("3", .home, "j", "j", "j")
    #expect(driver.path.last == "Accounts")
    #expect(driver.lines.count { $0.contains("VOID: Re") } == 2, "\(driver.screen)")
  }

  @Test func `from the trial balance down to the record of who posted a line`() async throws {
    let books = try await TestBooks.make()
    try await books.post(1_000)
    try await books.post(2_000, debit: "6400")
    let driver = await Driver(.owner, in: books, startsAt: "4")
    await driver.press(.enter, .enter)
    let name = try #require(driver.path.last)
    #expect(name.hasPrefix("GJ-2026-"), "\(driver.path)")
    await driver.press("o")
    #expect(driver.path.last == "Audit log of \(name)")
    #expect(driver.rows.map { $0[3] } == ["journal.create", "journal.post"], "\(driver.screen)")
    #expect(driver.rows.allSatisfy { $0[4] == name })
    let record = try #require(driver.rows.first?[0])
    await driver.press(.enter)
    #expect(driver.path.last == "#\(record)")
    await driver.press(.escape, .escape)
    #expect(driver.path.last == name)
  }
}
