import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// What is planned for the whole business (RULES R36).
@Suite struct BudgetJourneys {
  @Test func `a budget of the whole business is set, changed and approved on its screen`()
    async throws
  {
    let books = try await TestBooks.make()
    // One of a department isn't among them.
    let period = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-11" })
    _ = try await books.workspace.perform(
      SetBudget(
        BudgetContent(
          account: books.account("6100"), department: books.department, period: period.id,
          amount: Money(minorUnits: 7_00))), as: books.owner)
    let driver = await Driver(.director, in: books)
    await driver.press("8", "d", "t")
    #expect(driver.path.last == "Whole business", "\(driver.screen)")
    #expect(driver.rows.isEmpty)
    #expect(
      driver.shows("Nothing is planned for the whole business yet. n sets a budget."),
      "\(driver.screen)")
    await driver.press("n", "6200", .enter, .tab, .tab, "1,200", .function(10))
    #expect(driver.message.hasSuffix("is 1,200.00."), "\(driver.message)")
    await driver.press("e", .ctrl("u"), "1,300", .function(10))
    #expect(driver.rows.count == 1 && driver.shows("1,300.00"), "\(driver.screen)")
    let owner = await Driver(.owner, in: books)
    await owner.press("8", "d", "t", "a")
    #expect(
      owner.question == "For the whole business in 2026-11. It stays as it is then.",
      "\(owner.screen)")
    await owner.press("y")
    let rows = try await books.workspace.fetch(
      Budgets(ofWholeBusinessIn: nil), as: books.owner)
    #expect(rows.map(\.status) == [.approved] && rows.map(\.department) == [nil])
    #expect(rows.map(\.amount) == [Money(minorUnits: 1_300_00)])
  }

  @Test func `whoever sees no budgets of the whole business isn't told that there are none`()
    async throws
  {
    let driver = await Driver(.manager, in: try await TestBooks.make())
    await driver.press("8", "d", "t")
    #expect(driver.path.last == "Whole business", "\(driver.screen)")
    #expect(
      driver.shows("It is for whoever reads the reports of the whole business."),
      "\(driver.screen)")
  }
}
