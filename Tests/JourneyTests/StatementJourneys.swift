import Domain
import Operations
import Phrases
import Store
import TestSupport
import Testing
import ViewModels
import Widgets

/// The balance sheet, the income statement and the cash-flow statement on the screen.
@Suite struct StatementJourneys {
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await books.post(100_00, debit: "1120", credit: "4100")
    try await books.post(30_00, debit: "6200", credit: "1120")
    return books
  }

  private func open(_ role: Domain.Role = .owner) async throws -> Driver {
    let driver = await Driver(
      role, in: try await books(), size: Size(columns: 100, rows: 30), startsAt: "4")
    await driver.press("t")
    return driver
  }

  private func line(_ start: String, _ driver: Driver) -> [Substring] {
    let line = driver.lines.first {
      $0.drop { !$0.isLetter && !$0.isNumber }.hasPrefix(start)
    }
    return line?.split(separator: " ") ?? []
  }

  @Test func `the balance sheet balances by what is not closed yet`() async throws {
    let driver = try await open()
    #expect(driver.path == ["Trial balance", "Balance sheet"])
    #expect(driver.shows("as of 2026-11-23, post-closing, against 2025-11-23"), "\(driver.screen)")
    #expect(line("Total assets", driver).contains("70.00"), "\(driver.screen)")
    #expect(line("Earnings of the year", driver).contains("70.00"))
    #expect(line("Total liabilities and equity", driver).contains("70.00"))
  }

  @Test func `the income statement is compared with another time, and says what is worse`()
    async throws
  {
    let driver = try await open()
    await driver.press("t")
    #expect(driver.path.last == "Income statement")
    #expect(
      driver.shows("2026-01-01 to 2026-11-23, adjusted, against 2025-01-01 to 2025-11-23"),
      "\(driver.screen)")
    #expect(line("Net income", driver).suffix(5) == ["70.00", "0.00", "70.00", "n/m", "+"])
    #expect(line("Total expenses", driver).last == "!", "\(driver.screen)")
    await driver.press("p")
    #expect(driver.shows("2026-11-01 to 2026-11-30"), "\(driver.screen)")
    await driver.press("c")
    #expect(driver.shows("against 2026-10-01 to 2026-10-31"), "\(driver.screen)")
    await driver.press("[")
    #expect(driver.shows("2026-10-01 to 2026-10-31, adjusted, against 2026-09-01"))
    #expect(line("Net income", driver).contains("-70.00") == false, "\(driver.screen)")
    await driver.press("]", "a")
    #expect(driver.shows("unadjusted"))
    // Of a day there is no month.
    await driver.press("t", "t", "p")
    #expect(driver.message == "! A balance sheet is of a day.")
  }

  @Test func `what was earned before the books began has a column where it counts`() async throws {
    let books = try await TestBooks.make()
    let opening = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.kind == .opening })
    try await books.workspace.perform(
      OpenPeriod(opening.id, name: opening.label), as: books.owner)
    let lines = [
      books.line("1120", 490_00), books.line("4100", -900_00), books.line("6200", 410_00),
    ]
    _ = try await books.workspace.perform(EnterOpening(lines, then: .post), as: books.owner)
    try await books.post(600_00, debit: "1120", credit: "4100")
    let driver = await Driver(
      .viewer, in: books, size: Size(columns: 100, rows: 30), startsAt: "4")
    await driver.press("t", "t")
    #expect(driver.shows("Before conversion"), "\(driver.screen)")
    #expect(
      line("Net income", driver).dropFirst(2) == [
        "1,090.00", "490.00", "0.00", "1,090.00", "n/m", "+",
      ], "\(driver.screen)")
    await driver.press("p")
    #expect(!driver.shows("Before conversion"), "\(driver.screen)")
    #expect(line("Net income", driver).contains("600.00"), "\(driver.screen)")
  }

  @Test func `the income statement stands against what was planned, in any of the plans`()
    async throws
  {
    let books = try await books()
    let period = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-11" }
    ).id
    for (number, edition, amount) in [
      ("6200", BudgetEdition.original, 20_00), ("4100", .original, 80_00),
      ("6200", .revised, 60_00), ("1120", .revised, 5_00),
    ] as [(String, BudgetEdition, Int64)] {
      let budget = try await books.workspace.perform(
        SetBudget(
          BudgetContent(
            account: books.account(number), department: nil, period: period, edition: edition,
            amount: Money(minorUnits: amount))), as: books.director)
      try await books.workspace.perform(ApproveBudget(budget, version: 1), as: books.owner)
    }
    let driver = await Driver(
      .viewer, in: books, size: Size(columns: 100, rows: 30), startsAt: "4")
    await driver.press("t", "e")
    #expect(driver.message == "! It is compared with no budget.")
    await driver.press("t", "p", "c", "c")
    let days = "2026-11-01 to 2026-11-30"
    #expect(
      driver.table?.scope.english == "\(days), adjusted, against the original budget of \(days)")
    #expect(
      line("4100 Sales in the shop", driver).suffix(5) == [
        "100.00", "80.00", "20.00", "25.0", "+",
      ],
      "\(driver.screen)")
    #expect(line("6200 Rent", driver).suffix(5) == ["30.00", "20.00", "10.00", "50.0", "!"])
    #expect(line("Net income", driver).suffix(5) == ["70.00", "60.00", "10.00", "16.7", "+"])
    await driver.press("p")
    #expect(
      driver.table?.scope.english == "2026-01-01 to 2026-11-23, adjusted, against the original "
        + "budget of 2026-01-01 to 2026-11-30, of which these days are a part", "\(driver.screen)")
    #expect(line("6200 Rent", driver).suffix(4) == ["30.00", "20.00", "10.00", "50.0"])
    await driver.press("p", "e")
    #expect(
      driver.table?.scope.english == "\(days), adjusted, against the revised budget of \(days),"
        + " plans of the balance sheet are left out")
    #expect(
      line("6200 Rent", driver).suffix(5) == ["30.00", "60.00", "-30.00", "-50.0", "+"],
      "\(driver.screen)")
    // Nobody plans cash.
    await driver.press("t")
    #expect(
      driver.table?.scope.english
        == "\(days), indirect, against 2025-11-01 to 2025-11-30")
  }

  @Test func `the cash flow comes after both, from net income or from each payment`()
    async throws
  {
    let driver = try await open()
    await driver.press("t", "t")
    #expect(driver.path == ["Trial balance", "Cash flow statement"])
    #expect(
      driver.shows("2026-01-01 to 2026-11-23, indirect, against 2025-01-01 to 2025-11-23"),
      "\(driver.screen)")
    #expect(line("Net income", driver).suffix(5) == ["70.00", "0.00", "70.00", "n/m", "+"])
    #expect(line("Cash at the end", driver).contains("70.00"), "\(driver.screen)")
    #expect(!driver.shows("4100 Sales in the shop"))
    await driver.press("g", "j", .enter)
    #expect(driver.message == "! What it is made of is on the income statement.")
    await driver.press("d")
    #expect(driver.shows("2026-11-23, direct, against"), "\(driver.screen)")
    #expect(line("4100 Sales in the shop", driver).contains("100.00"), "\(driver.screen)")
    #expect(line("6200 Rent", driver).contains("-30.00"), "\(driver.screen)")
    await driver.press("-")
    #expect(!driver.shows("4100 Sales in the shop"), "\(driver.screen)")
    await driver.press("+", "g", "j", .enter)
    #expect(driver.path.last == "4100 Sales in the shop", "\(driver.screen)")
    await driver.press(.escape, "G", .enter)
    #expect(driver.message == "! This is a sum. Open an account of it.")
    await driver.press("a")
    #expect(driver.message == "! Cash is the same with adjustments and without.")
    await driver.press("p", "[")
    #expect(driver.shows("2026-10-01 to 2026-10-31, direct"), "\(driver.screen)")
    #expect(line("Cash at the end", driver).contains("0.00"), "\(driver.screen)")
    await driver.press("d")
    #expect(driver.shows("2026-10-31, indirect"), "\(driver.screen)")
    await driver.press("t", "d")
    #expect(driver.message == "! Only a cash flow statement has two methods.")
  }

  @Test func `books without an account of cash say so on the cash flow`() async throws {
    let books = try await books()
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      UPDATE accounts SET cash_flow_class = 'operating' WHERE category IN ('cash', 'bank');
      """)
    let driver = await Driver(
      .owner, in: books, size: Size(columns: 130, rows: 30), startsAt: "4")
    await driver.press("t", "t", "t")
    #expect(driver.shows("no account is cash"), "\(driver.screen)")
    #expect(line("Net income", driver).contains("70.00"), "\(driver.screen)")
    #expect(line("Cash at the end", driver).contains("0.00"), "\(driver.screen)")
  }

  @Test func `rows fold by level and one by one, and an account opens its register`()
    async throws
  {
    let driver = try await open()
    #expect(driver.shows("1120 Current account"))
    await driver.press("-")
    #expect(!driver.shows("1120 Current account") && driver.shows("1100 "), "\(driver.screen)")
    await driver.press("-", "-", "-", "-")
    #expect(!driver.shows("1000 Assets") && driver.shows("Total assets"), "\(driver.screen)")
    await driver.press("+", "+", "+", "+", "g", "j", " ")
    #expect(!driver.shows("1120 Current account"), "\(driver.screen)")
    await driver.press(.enter)
    #expect(driver.shows("1120 Current account"), "\(driver.screen)")
    await driver.press("j", "j", .enter)
    #expect(driver.path.last == "1120 Current account", "\(driver.screen)")
    await driver.press(.escape)
    await driver.press("G", .enter)
    #expect(driver.message == "! This is a sum. Open an account of it.")
  }

  @Test func `the register ends with the days of the statement that it was opened from`()
    async throws
  {
    let books = try await books()
    try await books.post(7_00, debit: "6200", credit: "1120", on: TestBooks.today.adding(days: 5))
    let driver = await Driver(
      .owner, in: books, size: Size(columns: 100, rows: 30), startsAt: "4")
    await driver.press("t", "t", "p")
    #expect(line("Total expenses", driver).contains("37.00"), "\(driver.screen)")
    await driver.press("/", "6200", .enter, .enter)
    #expect(driver.path.last == "6200 Rent" && driver.rows.count == 2, "\(driver.screen)")
    await driver.press(.escape, "+")
    #expect(driver.message == "! What is filtered or sorted has no levels.")
  }

  @Test func `whoever sees the trial balance alone has no statements, and is told so`()
    async throws
  {
    let driver = try await open(.employee)
    #expect(driver.path == ["Trial balance"])
    #expect(driver.message.hasPrefix("! Statements are for whoever reads the reports of the whole"))
  }

  @Test func `what is posted meanwhile is on it at once`() async throws {
    let books = try await books()
    let driver = await Driver(.viewer, in: books, startsAt: "4")
    await driver.press("t")
    try await books.post(5_00, debit: "1120", credit: "4100")
    driver.send(.booksChanged)
    await driver.settle()
    #expect(line("Total assets", driver).contains("75.00"), "\(driver.screen)")
  }
}
