import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// An account held against what its bank says, on the screen (RULES §3.14).
@Suite struct ReconciliationJourneys {
  /// To the reconciliations of the current account.
  private func driver(_ role: Domain.Role, in books: TestBooks) async -> Driver {
    let driver = await Driver(role, in: books)
    await driver.press("3", .home, "j", "j", "j", "t")
    #expect(driver.path == ["Accounts", "Reconciliations"], "\(driver.screen)")
    return driver
  }

  /// How much still lies between the two sides, as it stands above them.
  private func difference(_ driver: Driver) -> String {
    driver.table?.scope.english.split(separator: ",").first.map(String.init) ?? ""
  }

  private func begin(_ minorUnits: Int64, in books: TestBooks) async throws {
    _ = try await books.workspace.perform(
      StartReconciliation(
        books.account("1120"),
        .balance(Money(minorUnits: minorUnits), on: TestBooks.today)), as: books.employee)
  }

  @Test func `what the bank wrote is taken, booked and matched, and somebody else closes it`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(5_000)
    _ = try await books.bankStatement(
      of: books.account("1120"), [BankText(-5_000, "Rent"), BankText(-250, "Fee")])
    let employee = await driver(.employee, in: books)
    #expect(employee.shows("never held against what the bank says. n begins, i imports."))
    // The statement that was imported says up to when and how much.
    await employee.press("n", .function(10))
    #expect(
      employee.message == "ok The reconciliation to 2026-11-23 is begun.", "\(employee.screen)")
    await employee.press(.enter)
    #expect(difference(employee) == "difference -52.50 USD", "\(employee.screen)")
    let dates = employee.lines.filter { $0.contains("2026-11-23 ") && $0.contains("Rent") }
    #expect(dates.count == 2, "what is set in below another is whole, too: \(employee.screen)")
    await employee.press("x")
    #expect(!employee.shows("Close the reconciliation"), "it isn't theirs to close")
    await employee.press("a")
    #expect(employee.message == "ok Matched.", "\(employee.screen)")
    #expect(difference(employee) == "difference -2.50 USD")
    await employee.press("g", "n")
    #expect(employee.path.last == "New entry", "\(employee.screen)")
    await employee.press(.enter, "6250", .enter, .function(10))
    #expect(employee.message == "ok GJ-2026-000002 is posted.", "\(employee.screen)")
    await employee.press("g", "a")
    #expect(employee.message == "ok Matched.", "\(employee.screen)")
    #expect(difference(employee) == "difference 0.00 USD", "\(employee.screen)")
    let manager = await driver(.manager, in: books)
    await manager.press(.enter, "x")
    #expect(manager.question?.hasPrefix("In the books -52.50 USD, without 0.00 USD") == true)
    await manager.press("y")
    #expect(manager.message == "ok 1120 Current account is reconciled to 2026-11-23.")
    await manager.press("u")
    #expect(manager.message.contains("The reconciliation is closed."), "\(manager.screen)")
    await manager.press(.escape, "R", "A cheque came back", .enter)
    #expect(manager.message == "ok The reconciliation to 2026-11-23 is open again.")
  }

  @Test func `a line is booked against the account that the bank's rules name, if there is one`()
    async throws
  {
    let books = try await TestBooks.make()
    _ = try await books.bankStatement(
      of: books.account("1120"),
      [BankText(-250, "Fee", suggestion: "6250"), BankText(-80, "Stamps", suggestion: "Post")])
    try await begin(-330, in: books)
    let driver = await driver(.employee, in: books)
    await driver.press(.enter, "n", .function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    #expect(try await books.balances() == ["6250": 250, "1120": -250])
    await driver.press("G", "n", .function(10))
    #expect(driver.path.last == "New entry", "somebody has to say against which")
    #expect(try await books.entries().count == 1)
  }

  @Test func `marked lines of both sides are matched, and that is taken back`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.post(250)
    _ = try await books.bankStatement(of: books.account("1120"), [BankText(-350)])
    try await begin(-350, in: books)
    let driver = await driver(.employee, in: books)
    await driver.press(.enter, "m")
    #expect(driver.message.contains("Mark lines of the bank and of the books first"))
    await driver.press(.space, .space, "m")
    #expect(driver.message.contains("The two sides differ by"), "\(driver.screen)")
    await driver.press(.space, "m")
    #expect(driver.message == "ok Matched.", "\(driver.screen)")
    #expect(difference(driver) == "difference 0.00 USD" && driver.shows("#1"), "\(driver.screen)")
    await driver.press("u")
    #expect(driver.message == "ok Undone." && difference(driver) == "difference -3.50 USD")
  }

  @Test func `a line is ticked off or ignored by hand, with a reason for that`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    _ = try await books.bankStatement(of: books.account("1120"), [BankText(900)])
    try await begin(-100, in: books)
    let driver = await driver(.employee, in: books)
    await driver.press(.enter, "c")
    #expect(driver.message.contains("It is for lines of the books"), "\(driver.screen)")
    await driver.press("i", "Sent twice", .enter)
    #expect(driver.message == "ok The line is ignored.", "\(driver.screen)")
    await driver.press("g", "c")
    #expect(driver.message == "ok Cleared: 1.", "\(driver.screen)")
    #expect(difference(driver) == "difference 0.00 USD")
    await driver.press(.escape, "e", .tab, "-1.50", .function(10))
    #expect(driver.message == "ok The reconciliation goes up to 2026-11-23.", "\(driver.screen)")
    let owner = await self.driver(.owner, in: books)
    await owner.press(.enter, "x")
    #expect(owner.message.contains("differ by -0.50 USD"), "\(owner.screen)")
    await driver.press("D", "y")
    #expect(driver.message == "ok The reconciliation to 2026-11-23 is gone.", "\(driver.screen)")
  }

  @Test func `who had a hand in it hears at once that others close it, and who`() async throws {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(
      StartReconciliation(books.account("1120"), .balance(.zero, on: TestBooks.today)),
      as: books.manager)
    let driver = await driver(.manager, in: books)
    await driver.press(.enter, "x")
    #expect(driver.question == nil, "\(driver.screen)")
    #expect(
      driver.message.hasPrefix("! Ask Dora Director, Olive Owner. You created it"),
      "\(driver.message)")
    await driver.press("w", "close it", .enter)
    #expect(driver.shows("may not "), "\(driver.screen)")
  }

  @Test func `a heading and what a year end empties have no bank`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("3", "t")
    #expect(driver.message.contains("1000 Assets isn't reconciled."), "\(driver.screen)")
    #expect(driver.path == ["Accounts"])
  }

  @Test func `the check-list of a month leads to what isn't reconciled`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await begin(-100, in: books)
    let driver = await Driver(.owner, in: books, size: Size(columns: 120, rows: 40))
    await driver.press("7", .enter, "/", "reconciled", .enter, "j", .enter)
    #expect(driver.path.last == "Reconciliations", "\(driver.screen)")
  }
}
