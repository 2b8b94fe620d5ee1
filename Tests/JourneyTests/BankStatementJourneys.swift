import Domain
import Operations
import TestSupport
import Testing
import ViewModels
import Widgets

/// The statements that were imported from a bank, on the screen.
@Suite struct BankStatementJourneys {
  private func open(_ role: Domain.Role, in books: TestBooks) async -> Driver {
    let driver = await Driver(role, in: books, size: Size(columns: 160, rows: 30))
    await driver.press("3", .home, "j", "j", "j", "t", "f")
    return driver
  }

  @Test func `statements are listed with their lines and what doesn't chain, and taken out`()
    async throws
  {
    let books = try await TestBooks.make()
    let before = TestBooks.today.adding(days: -1)
    _ = try await books.bankStatement(
      of: books.account("1120"), opening: 10_000, called: "october.csv",
      [BankText(-2_500, on: before, "Rent"), BankText(-100, on: before, "Fee")])
    // 74.00 would go on from it.
    _ = try await books.bankStatement(
      of: books.account("1120"), opening: 7_500, called: "november.csv", [BankText(500, "Lamp")])
    let driver = await open(.employee, in: books)
    #expect(driver.path == ["Accounts", "Reconciliations", "Bank statements"])
    #expect(
      driver.rows.map { Array($0.prefix(8)) } == [
        ["2026-11-22", "2026-11-22", "100.00", "74.00", "USD", "", "2", "2"],
        ["2026-11-23", "2026-11-23", "75.00", "80.00", "USD", "1.00", "1", "1"],
      ], "\(driver.screen)")
    await driver.press(.home, .enter)
    #expect(driver.path.last == "2026-11-22")
    #expect(
      driver.rows.map { [$0[0], $0[3], $0[4], $0[5], $0[6]] } == [
        ["1", "Rent", "-25.00", "75.00", "unmatched"], ["2", "Fee", "-1.00", "74.00", "unmatched"],
      ], "\(driver.screen)")
    await driver.press(.escape, "D")
    #expect(driver.question == "Its lines go with it. Its file can be imported once more.")
    await driver.press("y")
    #expect(driver.message == "ok The statement to 2026-11-22 is gone.")
    #expect(driver.rows.count == 1)
  }

  @Test func `what a reconciliation rests on stays, and a reader takes nothing out`() async throws {
    let books = try await TestBooks.make()
    let said = try await books.bankStatement(
      of: books.account("1120"), [BankText(-2_500, "Rent")])
    _ = try await books.workspace.perform(
      StartReconciliation(books.account("1120"), .statement(said.id)), as: books.owner)
    let owner = await open(.owner, in: books)
    await owner.press("D", "y")
    #expect(owner.message.hasPrefix("ERROR "), "\(owner.message)")
    #expect(owner.rows.count == 1)
    let viewer = await open(.viewer, in: books)
    #expect(viewer.rows.count == 1)
    #expect(!viewer.actionIDs.contains("bank.remove"))
  }

  @Test func `without any it is said where they come from`() async throws {
    let driver = await open(.owner, in: try await TestBooks.make())
    #expect(driver.shows("No statement of the bank is here."), "\(driver.screen)")
  }
}
