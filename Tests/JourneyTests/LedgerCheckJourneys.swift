import Domain
import Operations
import Phrases
import Store
import TestSupport
import Testing
import ViewModels
import Widgets

/// The sums of the general ledger held against their lines, on the screen.
@Suite struct LedgerCheckJourneys {
  private func open(_ role: Domain.Role = .owner, in books: TestBooks) async -> Driver {
    let driver = await Driver(
      role, in: books, size: Size(columns: 120, rows: 30), startsAt: "4")
    await driver.press("V")
    return driver
  }

  @Test(arguments: [Domain.Role.owner, .viewer])
  func `sums that equal their lines are counted, and none is listed`(
    _ role: Domain.Role
  ) async throws {
    let books = try await TestBooks.make()
    try await books.post(100_00)
    try await books.post(40_00, debit: "6400")
    let driver = await open(role, in: books)
    #expect(driver.path == ["Trial balance", "Ledger check"])
    #expect(driver.shows("All 3 sums equal their lines."), "\(driver.screen)")
    #expect(driver.rows.isEmpty)
    await driver.press(.enter)
    #expect(driver.message == "! There is nothing here.")
  }

  @Test func `a sum that differs is listed and leads to its lines, until it is verified anew`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100_00)
    try await books.post(40_00, debit: "6400")
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      DROP TRIGGER main.general_ledger_update;
      UPDATE general_ledger SET base_debit = base_debit + 1, line_count = 2
      WHERE account_id = \(books.account("6400").value);
      """)
    let driver = await open(in: books)
    #expect(driver.table?.note.english.hasPrefix("3 sums at 2026-11-23") == true)
    let rows = driver.rows.map { [$0[1], $0[3], $0[4], $0[5]] }
    #expect(
      rows == [
        ["2026-11 2026", "base debit", "40.00", "40.01"], ["2026-11 2026", "lines", "1", "2"],
      ], "\(driver.screen)")
    #expect(driver.rows.allSatisfy { $0[0].hasPrefix("6400 ") })
    await driver.press(.enter)
    #expect(driver.path.last?.hasPrefix("6400 ") == true)
    #expect(driver.rows.count == 1)
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      UPDATE general_ledger SET base_debit = base_debit - 1, line_count = 1
      WHERE account_id = \(books.account("6400").value);
      """)
    await driver.press(.escape)
    #expect(driver.rows.count == 2, "coming back doesn't verify again")
    await driver.press("V")
    #expect(driver.shows("All 3 sums equal their lines."), "\(driver.screen)")
  }
}
