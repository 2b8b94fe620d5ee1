import Domain
import Foundation
import Operations
import Store
import TestSupport
import Testing
import ViewModels
import Widgets

/// The journal put to auditors' tests on the screen.
@Suite struct JournalTestJourneys {
  /// Two that are the same, made and posted by the owner.
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await books.post(1_000_00)
    try await books.post(1_000_00)
    return books
  }

  private func open(
    _ role: Domain.Role = .viewer, in books: TestBooks, settings: Settings = Settings()
  ) async -> Driver {
    await Driver(
      role, in: books, size: Size(columns: 120, rows: 40), settings: settings, startsAt: "6")
  }

  @Test func `each test leads to what it found, and that to the entry`() async throws {
    let driver = await open(in: try await books())
    await driver.press("t")
    #expect(driver.path == ["Audit log", "Journal tests"])
    #expect(driver.shows("2026-01-01 to 2026-11-23"), "\(driver.screen)")
    #expect(driver.rows.count == JournalTest.allCases.count)
    let found = driver.rows.filter { $0[1] != "" }
    #expect(
      found == [
        ["Made and posted by one person alone", "2"], ["Round amounts", "2"],
        ["The same once more", "1"],
      ])
    await driver.press(.end, .enter)
    #expect(driver.path.last == "The same once more")
    #expect(
      driver.rows == [
        [
          "GJ-2026-000002", "2026-11-23", "Rent", "1,000.00", "Olive Owner",
          "the same as GJ-2026-000001",
        ]
      ], "\(driver.screen)")
    await driver.press(.enter)
    #expect(driver.path.last == "GJ-2026-000002")
    await driver.press(.escape, .escape, .home, "j", "j", .enter)
    #expect(driver.path.last == "Dated or posted on a weekend")
    #expect(driver.shows("Nothing was found."))
    await driver.press(.enter)
    #expect(driver.message == "! There is nothing here.")
  }

  @Test func `what was tested is said, and that it is all`() async throws {
    let driver = await open(in: try await books())
    await driver.press("t")
    #expect(driver.shows("GJ-2026 up to 2"), "\(driver.screen)")
    #expect(driver.shows("2,000.00 debit, 2,000.00 credit"))
    #expect(driver.shows("debits are credits, and no number is missing"))
  }

  @Test func `a number that is missing is found, and leads to no entry`() async throws {
    let books = try await books()
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      DROP TRIGGER main.entry_sequences_update;
      UPDATE entry_sequences SET last_number = 4 WHERE business_id = \(books.business.value);
      """)
    let driver = await open(in: books)
    await driver.press("t", "/", "missing", .enter)
    #expect(driver.shows("GJ-2026 up to 4, 2 MISSING"), "\(driver.screen)")
    #expect(driver.shows("NOT COMPLETE"))
    await driver.press(.enter)
    #expect(
      driver.rows == [
        ["GJ-2026-000003", "", "", "", "", "missing up to GJ-2026-000004: 2"]
      ], "\(driver.screen)")
    await driver.press(.enter)
    #expect(driver.message == "! No entry has that number.")
  }

  @Test func `what the system posted is found apart from what people did`() async throws {
    let books = try await books()
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      DROP TRIGGER main.journal_entries_tenant;
      DROP TRIGGER main.journal_entries_settled;
      UPDATE journal_entries SET created_by = NULL, posted_by = NULL
      WHERE number = 'GJ-2026-000001';
      """)
    let driver = await open(in: books)
    await driver.press("t", "/", "system", .enter)
    #expect(driver.rows == [["Posted by the system", "1"]], "\(driver.screen)")
    await driver.press(.enter)
    #expect(
      driver.rows == [
        ["GJ-2026-000001", "2026-11-23", "Rent", "1,000.00", "system", "no person posted it"]
      ], "\(driver.screen)")
  }

  @Test func `another fiscal year is chosen, and tested to its end`() async throws {
    let books = try await books()
    _ = try await books.workspace.perform(AddFiscalYear(), as: books.owner)
    let driver = await open(.owner, in: books)
    await driver.press("t", "f", "2027", .enter)
    #expect(driver.shows("2027-01-01 to 2027-12-31"), "\(driver.screen)")
    #expect(driver.rows.allSatisfy { $0[1] == "" })
    await driver.press("f", "2026", .enter)
    #expect(driver.shows("2026-01-01 to 2026-11-23"), "\(driver.screen)")
  }

  @Test func `any days are tested, and those that are none are said`() async throws {
    let driver = await open(.owner, in: try await books())
    await driver.press("t", "f", "other", .enter)
    #expect(driver.path.last == "Days to test", "\(driver.screen)")
    await driver.press(.ctrl("u"), "2026-11-24", .tab, .ctrl("u"), "2026-11-23", .function(10))
    #expect(driver.shows("The last day is before the first."), "\(driver.screen)")
    await driver.press(.ctrl("u"), "2026-11-30", .function(10))
    #expect(driver.path == ["Audit log", "Journal tests"])
    #expect(driver.shows("2026-11-24 to 2026-11-30"), "\(driver.screen)")
    #expect(driver.rows.allSatisfy { $0[1] == "" }, "what was posted is of the 23rd")
  }

  @Test func `what is found goes out like every list`() async throws {
    let folder = try TemporaryFolder()
    var settings = Settings()
    settings.workingFolder = folder.location
    let driver = await open(in: try await books(), settings: settings)
    await driver.press("t", .enter, "E", .enter)
    #expect(driver.message.hasPrefix("ok 2 rows are in "), "\(driver.screen)")
    let text = try String(
      contentsOfFile: folder.path("journal-findings-2026-11-23.csv"), encoding: .utf8)
    let lines = text.split(separator: "\r\n").map(String.init)
    #expect(lines[0] == "No,Date,Description,Amount,Posted by,Why")
    #expect(
      lines[1]
        == "GJ-2026-000001,2026-11-23,Rent,1000.00,Olive Owner,nobody else had a hand in it")
    #expect(lines.dropLast(2).last?.hasPrefix("\"Exported by ") == true)
  }

  @Test(arguments: [Domain.Role.manager, .employee])
  func `who may not take out the log has no key for it`(_ role: Domain.Role) async throws {
    let driver = await open(role, in: try await books())
    #expect(!driver.actionIDs.contains("audit.tests"))
    await driver.press("t")
    #expect(driver.path == ["Audit log"])
  }
}
