import Domain
import Operations
import Store
import TestSupport
import Testing

/// Reports of days that are past read the tree of departments as it was then (RULES R37).
@Suite struct DepartmentHistoryTests {
  private static let today = TestBooks.today
  private static let tomorrow = TestBooks.today.adding(days: 1)

  private struct Moved {
    let books: TestBooks
    let sales: ID<Department>
    let trade: ID<Department>
    let export: ID<Department>

    func move(below parent: ID<Department>?) async throws {
      try await books.workspace.perform(
        UpdateDepartment(
          export, content: DepartmentContent(code: "EXP", name: "EXP", parent: parent)),
        as: books.owner)
    }

    func spend(_ minorUnits: Int64, on day: Day) async throws {
      var content = books.entry(minorUnits, debit: "6200", on: day)
      content.lines[0].department = export
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }

    /// What rent came to in a department and those below it, or nil where nothing was booked.
    func rent(_ department: ID<Department>, asOf day: Day) async throws -> Int64? {
      let report = try await books.workspace.fetch(
        TrialBalanceReport(asOf: day, LedgerScope(department: department)), as: books.owner)
      return report.lines.first { $0.number == "6200" }?.balance.minorUnits
    }

    func lines(_ department: ID<Department>, to day: Day) async throws -> Int {
      let scope = RegisterScope(to: day, LedgerScope(department: department))
      let account = books.account("6200")
      let rows = try await books.workspace.fetch(
        RegisterPage(account, in: scope, after: nil), as: books.owner)
      let size = try await books.workspace.fetch(RegisterSize(account, in: scope), as: books.owner)
      #expect(size == rows.count)
      return rows.count
    }
  }

  /// Export, which stands below Sales and spends 100.00; Trade stands beside Sales.
  private func traded() async throws -> Moved {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let trade = try await books.department("TRD", under: nil)
    let moved = Moved(
      books: books, sales: sales, trade: trade,
      export: try await books.department("EXP", under: sales))
    try await moved.spend(100_00, on: Self.today)
    return moved
  }

  @Test func `a department that moves leaves the reports of earlier days as they were`()
    async throws
  {
    let moved = try await traded()
    moved.books.clock.advance(seconds: 86_400)
    try await moved.move(below: moved.trade)
    #expect(try await moved.rent(moved.sales, asOf: Self.today) == 100_00)
    #expect(try await moved.rent(moved.trade, asOf: Self.today) == nil)
    #expect(try await moved.lines(moved.sales, to: Self.today) == 1)
    #expect(try await moved.lines(moved.trade, to: Self.today) == 0)
    // From the day of the move on it counts where it stands, with what it had.
    try await moved.spend(20_00, on: Self.tomorrow)
    #expect(try await moved.rent(moved.sales, asOf: Self.tomorrow) == nil)
    #expect(try await moved.rent(moved.trade, asOf: Self.tomorrow) == 120_00)
    #expect(try await moved.lines(moved.sales, to: .last) == 0)
    #expect(try await moved.lines(moved.trade, to: .last) == 2)
    #expect(try await moved.rent(moved.sales, asOf: Self.today) == 100_00)
  }

  @Test func `a ledger opens with what the tree of its last day holds`() async throws {
    let moved = try await traded()
    moved.books.clock.advance(seconds: 86_400)
    try await moved.move(below: moved.trade)
    for (department, opening) in [(moved.trade, 100_00), (moved.sales, nil)]
      as [(ID<Department>, Int64?)]
    {
      let found = try await moved.books.workspace.fetch(
        GeneralLedgerAccounts(
          in: .days(Self.tomorrow, Self.tomorrow), LedgerScope(department: department)),
        as: moved.books.owner)
      #expect(found.rows.first?.opening.minorUnits == opening)
    }
  }

  @Test func `of the moves of one day the last counts, and back is where it was`() async throws {
    let moved = try await traded()
    moved.books.clock.advance(seconds: 86_400)
    try await moved.move(below: moved.trade)
    try await moved.move(below: nil)
    #expect(try await moved.rent(moved.trade, asOf: Self.tomorrow) == nil)
    #expect(try await moved.rent(moved.sales, asOf: Self.tomorrow) == nil)
    moved.books.clock.advance(seconds: 86_400)
    try await moved.move(below: moved.sales)
    let days = [Self.today, Self.tomorrow, Self.tomorrow.adding(days: 1)]
    var held: [Int64?] = []
    for day in days { held.append(try await moved.rent(moved.sales, asOf: day)) }
    #expect(held == [100_00, nil, 100_00])
  }

  @Test func `what was put in the wrong place on the day it was made never stood there`()
    async throws
  {
    let moved = try await traded()
    let yesterday = Self.today.adding(days: -1)
    try await moved.spend(5_00, on: yesterday)
    try await moved.move(below: moved.trade)
    #expect(try await moved.rent(moved.sales, asOf: yesterday) == nil)
    #expect(try await moved.rent(moved.trade, asOf: yesterday) == 5_00)
  }
}
