import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// What went straight to retained earnings for an earlier year, on the screen.
@Suite struct PriorPeriodJourneys {
  @Test func `an entry says so, and the statements disclose it beneath`() async throws {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(AddFiscalYear(), as: books.owner)
    try await books.openPeriods()
    let old = try await books.post(40_00)
    let january = try #require(Day("2027-01-05"))
    try await books.workspace.perform(
      CorrectEntry(
        old, by: books.entry(15_00, debit: "3300", on: january), as: .difference,
        reason: "Rent was higher."),
      as: books.owner)
    let driver = await Driver(
      .owner, in: books, size: Size(columns: 100, rows: 40), startsAt: "2")
    await driver.press(.enter)
    #expect(driver.path.last == "CO-2027-000001")
    #expect(
      driver.lines.contains {
        $0.contains("Prior period") && $0.contains("straight to retained earnings")
      }, "\(driver.screen)")
    await driver.press("4", "t", "]", "]", "]")
    let words = "Prior-period adjustments, in retained earnings"
    #expect(
      driver.lines.contains { $0.contains(words) && $0.contains("-15.00") }, "\(driver.screen)")
    await driver.press("G", .enter)
    #expect(driver.message == "! The corrections are among the lines of retained earnings.")
    await driver.press("t")
    #expect(driver.path.last == "Income statement")
    #expect(
      driver.lines.contains { $0.contains(words) && $0.contains("-15.00") }, "\(driver.screen)")
  }
}
