import Domain
import Interchange
import Store
import TestSupport
import Testing

@testable import Operations

/// Reports of days that are past read the tree of departments as it was then (RULES R37).
@Suite struct DepartmentHistoryTests {
  private static let today = TestBooks.today
  private static let tomorrow = TestBooks.today.adding(days: 1)

  private struct Moved {
    var books: TestBooks
    let sales: ID<Department>
    let trade: ID<Department>
    let export: ID<Department>

    func move(below parent: ID<Department>?) async throws {
      try await books.workspace.perform(
        UpdateDepartment(
          export, content: DepartmentContent(code: "EXP", name: "EXP", parent: parent)),
        as: books.owner)
    }

    /// Sessions end before the day does.
    mutating func pass(days: Int64) async throws {
      books.clock.advance(seconds: days * 86_400)
      books = try await books.signedInAnew(.owner).signedInAnew(.director)
    }

    @discardableResult
    func spend(
      _ minorUnits: Int64, of number: String = "6200", on day: Day, _ department: ID<Department>
    ) async throws -> ID<Entry> {
      try await books.workspace.perform(
        CreateEntry(content(minorUnits, of: number, on: day, department), then: .post),
        as: books.owner
      ).entry
    }

    func content(
      _ minorUnits: Int64, of number: String, on day: Day, _ department: ID<Department>
    ) -> EntryContent {
      var content = books.entry(minorUnits, debit: number, on: day)
      content.lines[0].department = department
      return content
    }

    /// What rent came to in a department and those below it, or nil where nothing was booked.
    func rent(
      _ department: ID<Department>, asOf day: Day, as who: Principal? = nil
    ) async throws -> Int64? {
      let report = try await books.workspace.fetch(
        TrialBalanceReport(asOf: day, LedgerScope(department: department)), as: who ?? books.owner)
      return report.lines.first { $0.number == "6200" }?.balance.minorUnits
    }

    func lines(
      _ department: ID<Department>, to day: Day, as who: Principal? = nil
    ) async throws -> Int {
      let scope = RegisterScope(to: day, LedgerScope(department: department))
      let account = books.account("6200")
      let rows = try await books.workspace.fetch(
        RegisterPage(account, in: scope, after: nil), as: who ?? books.owner)
      let size = try await books.workspace.fetch(
        RegisterSize(account, in: scope), as: who ?? books.owner)
      #expect(size == rows.count)
      return rows.count
    }

    /// Plans rent for a department, approved.
    func plan(
      _ minorUnits: Int64, _ department: ID<Department>, during period: String
    ) async throws {
      let periods = try await books.workspace.fetch(Periods(), as: books.owner)
      let budget = BudgetContent(
        account: books.account("6200"), department: department,
        period: try #require(periods.first { $0.name == period }).id,
        amount: Money(minorUnits: minorUnits))
      let id = try await books.workspace.perform(SetBudget(budget), as: books.director)
      try await books.workspace.perform(ApproveBudget(id, version: 1), as: books.owner)
    }

    /// What was booked of all expenses, and what was planned.
    func compared(
      _ department: ID<Department>?, _ from: Day, _ to: Day
    ) async throws -> [Int64]? {
      try await books.workspace.fetch(
        StatementReport(
          incomeOf: .days(from, to), comparing: [.budget],
          LedgerScope(.adjusted, department: department)), as: books.owner
      ).amounts(of: .total(.expense))?.map(\.minorUnits)
    }

    /// `SAL 2027-06 100_00`, of each budget what is used of it.
    func used(as who: Principal? = nil) async throws -> [String: Int64] {
      let rows = try await books.workspace.fetch(Budgets(), as: who ?? books.owner)
      return Dictionary(
        uniqueKeysWithValues: rows.map {
          ("\($0.code ?? "") \($0.periodName)", $0.used.minorUnits)
        })
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
    try await moved.spend(100_00, on: Self.today, moved.export)
    return moved
  }

  @Test func `a department that moves leaves the reports of earlier days as they were`()
    async throws
  {
    var moved = try await traded()
    try await moved.pass(days: 1)
    try await moved.move(below: moved.trade)
    #expect(try await moved.rent(moved.sales, asOf: Self.today) == 100_00)
    #expect(try await moved.rent(moved.trade, asOf: Self.today) == nil)
    #expect(try await moved.lines(moved.sales, to: Self.today) == 1)
    #expect(try await moved.lines(moved.trade, to: Self.today) == 0)
    // From the day of the move on it counts where it stands, with what it had.
    try await moved.spend(20_00, on: Self.tomorrow, moved.export)
    #expect(try await moved.rent(moved.sales, asOf: Self.tomorrow) == nil)
    #expect(try await moved.rent(moved.trade, asOf: Self.tomorrow) == 120_00)
    #expect(try await moved.lines(moved.sales, to: .last) == 0)
    #expect(try await moved.lines(moved.trade, to: .last) == 2)
    #expect(try await moved.rent(moved.sales, asOf: Self.today) == 100_00)
  }

  @Test func `a ledger opens with what the tree of its last day holds`() async throws {
    var moved = try await traded()
    try await moved.pass(days: 1)
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
    var moved = try await traded()
    try await moved.pass(days: 1)
    try await moved.move(below: moved.trade)
    try await moved.move(below: nil)
    #expect(try await moved.rent(moved.trade, asOf: Self.tomorrow) == nil)
    #expect(try await moved.rent(moved.sales, asOf: Self.tomorrow) == nil)
    try await moved.pass(days: 1)
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
    try await moved.spend(5_00, on: yesterday, moved.export)
    try await moved.move(below: moved.trade)
    #expect(try await moved.rent(moved.sales, asOf: yesterday) == nil)
    #expect(try await moved.rent(moved.trade, asOf: yesterday) == 5_00)
  }

  @Test func `where the clock went back, days that ended stay as they were`() async throws {
    var moved = try await traded()
    try await moved.pass(days: 1)
    try await moved.move(below: moved.trade)
    moved.books.clock.set(TestBooks.start)
    moved.books = try await moved.books.signedInAnew(.owner)
    try await moved.move(below: nil)
    #expect(try await moved.rent(moved.sales, asOf: Self.today) == 100_00)
    #expect(try await moved.rent(moved.sales, asOf: Self.tomorrow) == nil)
    #expect(try await moved.rent(moved.trade, asOf: Self.tomorrow) == nil)
    try await moved.move(below: moved.sales)
    #expect(try await moved.rent(moved.sales, asOf: Self.tomorrow) == 100_00)
  }

  @Test func `a manager sees what today's tree gives, and no more of days before a move`()
    async throws
  {
    var before = try await traded()
    try await before.spend(7_00, on: Self.today, before.sales)
    try await before.pass(days: 1)
    let moved = before
    try await moved.move(below: moved.trade)
    let sam = try await moved.books.person("Sam Seller", .manager, in: moved.sales)
    let tina = try await moved.books.person("Tina Trader", .manager, in: moved.trade)
    // That day's report of Sales is of Export too, which isn't Sam's any more.
    #expect(try await moved.rent(moved.sales, asOf: Self.today) == 107_00)
    #expect(try await moved.rent(moved.sales, asOf: Self.today, as: sam) == 7_00)
    #expect(try await moved.lines(moved.sales, to: Self.today) == 2)
    #expect(try await moved.lines(moved.sales, to: Self.today, as: sam) == 1)
    await #expect(throws: Refusal.notPermitted(.reportRead, .otherDepartment)) {
      _ = try await moved.rent(moved.export, asOf: Self.today, as: sam)
    }
    // That of Trade isn't, but Export's own is Tina's to read, of any day.
    #expect(try await moved.rent(moved.trade, asOf: Self.today, as: tina) == nil)
    #expect(try await moved.rent(moved.export, asOf: Self.today, as: tina) == 100_00)
    #expect(try await moved.rent(moved.trade, asOf: Self.tomorrow, as: tina) == 100_00)
  }

  @Test func `what was removed since stays in its manager's reports of before`() async throws {
    var moved = try await traded()
    try await moved.books.workspace.perform(
      RemoveDepartment(moved.export), as: moved.books.owner)
    try await moved.pass(days: 1)
    let sam = try await moved.books.person("Sam Seller", .manager, in: moved.sales)
    #expect(try await moved.rent(moved.sales, asOf: Self.today, as: sam) == 100_00)
  }

  // MARK: A move in July of the next year

  private static let june = (first: day(6, 1), middle: day(6, 15), last: day(6, 30))
  private static let july = (first: day(7, 1), move: day(7, 10), last: day(7, 31))

  private static func day(_ month: Int, _ day: Int) -> Day {
    Day(year: 2027, month: month, day: day) ?? .last
  }

  /// On the day on which Export moves from Sales to Trade, with both years open.
  private func inJuly() async throws -> Moved {
    var moved = try await traded()
    let plan = FiscalYearPlan(holding: Self.july.move, firstMonth: 1)
    _ = try await moved.books.store.change(in: moved.books.business, as: .system) { change in
      Result { () throws -> Void in try change.perform(OpenFiscalYear(plan)) }
    }.get()
    try await moved.books.openPeriods()
    // From the 23rd of November to the 10th of July.
    try await moved.pass(days: 229)
    try await moved.move(below: moved.trade)
    return moved
  }

  @Test func `plans and what is used of them go by the tree of their period`() async throws {
    let moved = try await inJuly()
    try await moved.spend(100_00, on: Self.june.middle, moved.export)
    try await moved.spend(30_00, on: Self.july.move, moved.export)
    for (amount, department) in [(50_00, moved.sales), (40_00, moved.export)]
      as [(Int64, ID<Department>)]
    { try await moved.plan(amount, department, during: "2027-06") }
    for (amount, department) in [
      (3_00, moved.sales), (9_00, moved.trade), (7_00, moved.export),
    ] as [(Int64, ID<Department>)] {
      try await moved.plan(amount, department, during: "2027-07")
    }
    let (from, to) = (Self.june.first, Self.july.last)
    // Export's plan is a part of that of Sales in June, of that of Trade in July: 50 + 3 + 9.
    #expect(try await moved.compared(nil, from, to) == [130_00, 62_00])
    // 40, which Trade's plan of June has no part of, and 9.
    #expect(try await moved.compared(moved.trade, from, to) == [130_00, 49_00])
    #expect(try await moved.compared(moved.sales, from, to) == [0, 53_00])
    #expect(try await moved.compared(moved.sales, from, Self.june.last) == [100_00, 50_00])
    #expect(
      try await moved.used() == [
        "SAL 2027-06": 100_00, "EXP 2027-06": 100_00, "SAL 2027-07": 0, "TRD 2027-07": 30_00,
        "EXP 2027-07": 30_00,
      ])
    let sam = try await moved.books.person("Sam Seller", .manager, in: moved.sales)
    #expect(try await moved.used(as: sam) == ["SAL 2027-06": 0, "SAL 2027-07": 0])
  }

  @Test func `what is imported of days before a move counts where it stood then`() async throws {
    let moved = try await inJuly()
    let journal = try HledgerJournal.read(
      text: """
        2027-06-15 Booth
            Running costs:Rent   5.00  ; department:EXP
            Assets:Cash and banks:Current account
        2027-07-10 Booth
            Running costs:Rent   2.00  ; department:EXP
            Assets:Cash and banks:Current account
        """)
    _ = try await moved.books.workspace.perform(
      ImportJournal(journal, file: "booths"), as: moved.books.owner)
    #expect(try await moved.rent(moved.sales, asOf: Self.june.last) == 5_00)
    #expect(try await moved.rent(moved.trade, asOf: Self.june.last) == nil)
    #expect(try await moved.rent(moved.sales, asOf: Self.july.last) == nil)
    #expect(try await moved.rent(moved.trade, asOf: Self.july.last) == 7_00)
  }

  @Test func `a correction of an earlier year is disclosed where the department stood`()
    async throws
  {
    let moved = try await inJuly()
    let old = try #require(try await moved.books.entries().last)
    _ = try await moved.books.workspace.perform(
      CorrectEntry(
        old.id, by: moved.content(15_00, of: "3300", on: Self.june.middle, moved.export),
        as: .difference, reason: "Rent was higher."), as: moved.books.owner)
    func disclosed(_ department: ID<Department>, _ to: Day) async throws -> [Int64]? {
      try await moved.books.workspace.fetch(
        StatementReport(
          incomeOf: .days(Self.june.first, to), LedgerScope(department: department)),
        as: moved.books.owner
      ).amounts(of: .priorPeriodAdjustments)?.map(\.minorUnits)
    }
    #expect(try await disclosed(moved.sales, Self.june.last) == [-15_00])
    #expect(try await disclosed(moved.trade, Self.june.last) == nil)
    #expect(try await disclosed(moved.sales, Self.july.last) == nil)
    #expect(try await disclosed(moved.trade, Self.july.last) == [-15_00])
  }
}
