import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// What was earned and spent against what was planned (RULES §3.11, R36).
@Suite struct BudgetReportTests {
  /// Sets a plan as the director and, where it is to be, approves it as the owner.
  private func plan(
    _ minorUnits: Int64, of account: String, for department: ID<Department>? = nil,
    during period: String = "2026-11", _ edition: BudgetEdition = .original, approves: Bool = true,
    in books: TestBooks
  ) async throws {
    let found = try await books.workspace.fetch(Periods(), as: books.owner)
    let budget = BudgetContent(
      account: books.account(account), department: department,
      period: try #require(found.first { $0.name == period }).id, edition: edition,
      amount: Money(minorUnits: minorUnits))
    let id = try await books.workspace.perform(SetBudget(budget), as: books.director)
    guard approves else { return }
    try await books.workspace.perform(ApproveBudget(id, version: 1), as: books.owner)
  }

  private func statement(
    _ books: TestBooks, of span: StatementReport.Span = .period(of: TestBooks.today),
    _ scope: LedgerScope = LedgerScope(.adjusted), _ choice: BudgetChoice = BudgetChoice(),
    as who: Principal? = nil
  ) async throws -> FinancialStatement {
    try await books.workspace.fetch(
      StatementReport(incomeOf: span, comparing: [.budget], scope, budget: choice),
      as: who ?? books.owner)
  }

  /// What was booked on an account, and what is planned for it.
  private func amounts(_ number: String, _ statement: FinancialStatement) -> [Int64]? {
    statement.rows.first { row in
      if case .account(let account) = row.item { account.number == number } else { false }
    }?.amounts.map(\.minorUnits)
  }

  private func planned(_ statement: FinancialStatement) -> Int64? {
    statement.amounts(of: .total(.expense))?.last?.minorUnits
  }

  @Test func `what is approved is compared with what was booked, and drafts where one asks`()
    async throws
  {
    let books = try await TestBooks.make()
    try await plan(100_00, of: "4100", in: books)
    try await plan(40_00, of: "6200", in: books)
    try await plan(45_00, of: "6200", .revised, in: books)
    try await plan(9_00, of: "6250", approves: false, in: books)
    try await books.post(120_00, debit: "1120", credit: "4100")
    try await books.post(50_00)
    try await books.post(1_00, debit: "6250")
    let found = try await statement(books)
    #expect(amounts("4100", found) == [120_00, 100_00])
    #expect(amounts("6200", found) == [50_00, 40_00])
    #expect(amounts("6250", found) == [1_00, 0])
    #expect(found.amounts(of: .netIncome)?.map(\.minorUnits) == [69_00, 60_00])
    let revised = try await statement(books, LedgerScope(.adjusted), BudgetChoice(.revised))
    #expect(amounts("6200", revised) == [50_00, 45_00])
    let all = try await statement(
      books, LedgerScope(.adjusted), BudgetChoice(countsDrafts: true))
    #expect(amounts("6250", all) == [1_00, 9_00])
  }

  @Test func `what is planned above takes the place of what is planned below`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let export = try await books.department("EXP", under: sales)
    try await plan(3_00, of: "6200", for: export, in: books)
    #expect(planned(try await statement(books)) == 3_00)
    try await plan(10_00, of: "6200", for: sales, in: books)
    try await plan(50, of: "6200", for: books.department, in: books)
    // Of another account, so nothing is above it.
    try await plan(7, of: "6250", for: export, in: books)
    #expect(planned(try await statement(books)) == 10_57)
    func share(of department: ID<Department>) async throws -> Int64? {
      planned(try await statement(books, LedgerScope(.adjusted, department: department)))
    }
    #expect(try await share(of: export) == 3_07)
    #expect(try await share(of: sales) == 10_07)
    try await plan(80_00, of: "6200", in: books)
    #expect(planned(try await statement(books)) == 80_07)
    #expect(try await share(of: sales) == 10_07)
  }

  @Test func `a period that the days divide is planned whole, and no other counts`() async throws {
    let books = try await TestBooks.make()
    for (period, amount) in [("2026-10", 1), ("2026-11", 20), ("2026-12", 300)] {
      try await plan(Int64(amount), of: "6200", during: period, in: books)
    }
    let (first, last) = (try #require(Day("2026-11-03")), try #require(Day("2026-11-15")))
    let days = try await statement(books, of: .days(first, last))
    #expect(planned(days) == 20)
    #expect(days.columns[0].to == last)
    #expect(days.columns[1].from == first.firstOfMonth && days.columns[1].to == last.lastOfMonth)
    #expect(planned(try await statement(books, of: .year(to: last))) == 21)
  }

  @Test func `known at a moment, what was approved by then is the plan`() async throws {
    let books = try await TestBooks.make()
    try await plan(20, of: "6200", in: books)
    let then = books.clock.now
    books.clock.advance(seconds: 60)
    try await plan(5, of: "6250", in: books)
    #expect(planned(try await statement(books)) == 25)
    #expect(planned(try await statement(books, LedgerScope(.adjusted, knownAt: then))) == 20)
  }

  /// RULES R37: last year's comparison is what it was.
  @Test func `what was planned for a department counts when it is removed, but nothing ahead`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    try await plan(40, of: "6200", for: sales, in: books)
    try await plan(300, of: "6200", for: sales, during: "2026-12", in: books)
    let year = StatementReport.Span.days(
      try #require(Day("2026-01-01")), try #require(Day("2026-12-31")))
    #expect(planned(try await statement(books, of: year)) == 340)
    try await books.workspace.perform(RemoveDepartment(sales), as: books.owner)
    #expect(planned(try await statement(books)) == 40)
    #expect(planned(try await statement(books, of: year)) == 40)
  }

  @Test func `a plan for what the balance sheet has is counted as left out`() async throws {
    let books = try await TestBooks.make()
    try await plan(20, of: "1520", in: books)
    try await plan(4, of: "6200", in: books)
    let found = try await statement(books)
    #expect(found.unplaced == 1 && planned(found) == 4)
  }

  @Test func `a manager compares their own department with its plan, and nothing else`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    try await plan(20, of: "6200", for: books.department, in: books)
    try await plan(400, of: "6200", for: sales, in: books)
    let own = try await statement(
      books, LedgerScope(.adjusted, department: books.department), as: books.manager)
    #expect(planned(own) == 20)
    for department in [sales, nil] {
      await #expect(throws: Refusal.notPermitted(.reportRead, .otherDepartment)) {
        _ = try await statement(
          books, LedgerScope(.adjusted, department: department), as: books.manager)
      }
    }
  }
}
