import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// A register of a part of an account's lines: what a report's figure is made of. Closings and years
/// of everything are in `LedgerSeasonTests`.
@Suite struct RegisterScopeTests {
  private func day(_ number: Int) throws -> Day {
    try #require(Day(year: 2026, month: 11, day: number))
  }

  /// Amounts and balances, in the order of their days, whichever way the page is turned.
  private func register(
    _ books: TestBooks, _ number: String = "6200", in scope: RegisterScope
  ) async throws -> (amounts: [Int64], balances: [Int64]) {
    let account = books.account(number)
    let later = try await books.workspace.fetch(
      RegisterPage(account, in: scope), as: books.owner)
    let earlier = try await books.workspace.fetch(
      RegisterPage(account, in: scope, before: nil), as: books.owner)
    #expect(later == earlier)
    let size = try await books.workspace.fetch(
      RegisterSize(account, in: scope), as: books.owner)
    #expect(size == later.count)
    return (later.map(\.amount.minorUnits), later.map(\.balance.minorUnits))
  }

  private func spend(
    _ minorUnits: Int64, for department: ID<Department>?, on day: Day, in books: TestBooks
  ) async throws {
    var content = books.entry(minorUnits, on: day)
    for index in content.lines.indices { content.lines[index].department = department }
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
  }

  @Test func `a department's has its lines, with or without those below, and none's the rest`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let export = try await books.department("EXP", under: sales)
    try await spend(20, for: sales, on: day(2), in: books)
    try await spend(3, for: export, on: day(10), in: books)
    try await spend(7, for: books.department, on: day(11), in: books)
    try await spend(50, for: nil, on: day(12), in: books)
    let below = try await register(
      books, in: RegisterScope(LedgerScope(department: sales)))
    #expect(below.amounts == [20, 3] && below.balances == [20, 23])
    let own = try await register(books, in: RegisterScope(own: .department(sales)))
    #expect(own.amounts == [20] && own.balances == [20])
    let untagged = try await register(books, in: RegisterScope(own: .untagged))
    #expect(untagged.amounts == [50] && untagged.balances == [50])
    // From a day on, the balance counts what came before of the same lines, or nothing.
    let scope = RegisterScope(from: try day(5), to: try day(20), LedgerScope(department: sales))
    let later = try await register(books, in: scope)
    #expect(later.amounts == [3] && later.balances == [23])
    var earned = scope
    earned.opening = .nothing
    #expect(try await register(books, in: earned).balances == [3])
  }

  @Test func `it turns its pages both ways, and none goes beyond its days`() async throws {
    let books = try await TestBooks.make()
    for number in 1...9 {
      try await spend(Int64(number), for: books.department, on: day(number), in: books)
    }
    let scope = RegisterScope(
      from: try day(3), to: try day(7), LedgerScope(department: books.department))
    let account = books.account("6200")
    func page(_ query: RegisterPage) async throws -> [RegisterPage.Row] {
      try await books.workspace.fetch(query, as: books.owner)
    }
    let whole = try await page(RegisterPage(account, in: scope))
    // 1 and 2 came before.
    #expect(whole.map(\.balance.minorUnits) == [6, 10, 15, 21, 28])
    let last = try await page(RegisterPage(account, in: scope, before: nil, limit: 2))
    #expect(last == Array(whole.suffix(2)))
    let before = try await page(RegisterPage(account, in: scope, before: last.first, limit: 9))
    #expect(before == Array(whole.prefix(3)))
    let after = try await page(RegisterPage(account, in: scope, after: before.last?.key))
    #expect(after == last)
  }

  @Test
  func `entries of one day stand in the order of their numbers, on each page and in the ledger`()
    async throws
  {
    let books = try await TestBooks.make()
    func enter(
      _ minorUnits: Int64, _ type: EntryType = .standard, then ending: EntryEnding
    ) async throws -> ID<Entry> {
      var content = books.entry(minorUnits, on: try day(10))
      content.type = type
      return try await books.workspace.perform(CreateEntry(content, then: ending), as: books.owner)
        .entry
    }
    // Written before all others, posted after them.
    let draft = try await enter(1, then: .keepDraft)
    _ = try await enter(2, then: .post)
    _ = try await enter(4, .adjusting, then: .post)
    _ = try await books.workspace.perform(PostEntry(draft), as: books.owner)
    try await books.post(8, on: day(11))
    let account = books.account("6200")
    let rows = try await books.workspace.fetch(RegisterPage(account), as: books.owner)
    #expect(
      rows.map(\.number) == [
        "AJ-2026-000001", "GJ-2026-000001", "GJ-2026-000002", "GJ-2026-000003",
      ])
    #expect(try await register(books, in: RegisterScope()).balances == [4, 6, 7, 15])
    for index in rows.indices {
      let next = try await books.workspace.fetch(
        RegisterPage(account, in: RegisterScope(), after: rows[index].key, limit: 1),
        as: books.owner)
      #expect(next == Array(rows.dropFirst(index + 1).prefix(1)))
      let previous = try await books.workspace.fetch(
        RegisterPage(account, before: rows[index], limit: 1), as: books.owner)
      #expect(previous == Array(rows.prefix(index).suffix(1)))
    }
    let ledger = try await books.generalLedger(of: [account], in: .days(day(1), day(20)))
    #expect(ledger.first?.lines.map(\.number) == rows.map(\.number))
    #expect(ledger.first?.lines.map(\.balance) == rows.map(\.balance))
  }

  @Test func `what the basis leaves out is neither in it nor in its balance`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, on: day(3))
    var accrual = books.entry(30, credit: "2110", on: try day(5))
    accrual.type = .adjusting
    try await books.workspace.perform(CreateEntry(accrual, then: .post), as: books.owner)
    try await books.post(4, on: day(8))
    let expected: [(LedgerScope.Basis, [Int64])] = [
      (.unadjusted, [100, 104]), (.adjusted, [100, 130, 134]), (.postClosing, [100, 130, 134]),
    ]
    for (basis, balances) in expected {
      let found = try await register(
        books, in: RegisterScope(to: day(20), LedgerScope(basis)))
      #expect(found.balances == balances, "\(basis)")
      let since = try await register(
        books, in: RegisterScope(from: day(6), to: day(20), LedgerScope(basis)))
      #expect(since.balances == Array(balances.suffix(1)), "\(basis)")
    }
  }

  @Test func `what was taken over is left out with what took it back, or counts`() async throws {
    let (books, batch) = try await takenOver()
    try await books.post(100, on: try #require(Day("2026-01-10")))
    try await books.workspace.perform(
      ReverseEntry(batch, reason: "Wrong figures."), as: books.owner)
    let start = try #require(Day("2026-01-01"))
    func balances(takenOver: Bool) async throws -> [Int64] {
      try await register(
        books,
        in: RegisterScope(from: start, opening: .nothing, takenOver: takenOver)
      ).balances
    }
    #expect(try await balances(takenOver: true) == [410, 510, 100])
    #expect(try await balances(takenOver: false) == [100])
  }

  /// Of the books taken over on the first of January: 410 spent, of the bank.
  private func takenOver() async throws -> (books: TestBooks, batch: ID<Entry>) {
    let books = try await TestBooks.make()
    let opening = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.kind == .opening })
    try await books.workspace.perform(
      OpenPeriod(opening.id, name: opening.label), as: books.owner)
    try await books.openPeriods()
    let batch = try await books.workspace.perform(
      EnterOpening([books.line("1120", -410), books.line("6200", 410)], then: .post),
      as: books.owner
    ).entered.entry
    return (books, batch)
  }

  @Test
  func `a roll-forward's begins with what it opens with, whatever was taken over in its days`()
    async throws
  {
    let (books, _) = try await takenOver()
    try await books.post(100, on: try #require(Day("2026-01-10")))
    try await books.post(7, on: try #require(Day("2026-02-10")))
    try await expectBegun(
      books,
      [
        ("2026-01-01", "2026-11-23", [100, 7], 410), ("2026-01-01", "2026-01-31", [100], 410),
        ("2026-02-01", "2026-02-28", [7], 510),
      ])
    // As much as an income statement has before conversion.
    let income = try await books.workspace.fetch(
      StatementReport(incomeOf: .year(to: TestBooks.today)), as: books.owner)
    let column = try #require(income.beforeConversion)
    let row = try #require(income.rows.first { $0.item.ofAccount?.number == "6200" })
    #expect(row.amounts[column].minorUnits == 410)
  }

  @Test func `a roll-forward's has what took the opening back at its beginning too`() async throws {
    let (books, batch) = try await takenOver()
    try await books.post(100, on: try #require(Day("2026-01-10")))
    try await books.post(7, on: try #require(Day("2026-02-10")))
    // On 2026-11-23.
    try await books.workspace.perform(
      ReverseEntry(batch, reason: "Wrong figures."), as: books.owner)
    try await expectBegun(
      books,
      [
        ("2026-01-01", "2026-11-23", [100, 7], 0), ("2026-02-01", "2026-11-23", [7], 100),
        ("2026-02-01", "2026-02-28", [7], 510),
      ])
  }

  /// What a roll-forward and its register say of the days of 6200, and of 1120 the other way round.
  private func expectBegun(
    _ books: TestBooks,
    _ expected: [(from: String, to: String, amounts: [Int64], opening: Int64)]
  ) async throws {
    for (first, last, amounts, opening) in expected {
      let (from, to) = (try #require(Day(first)), try #require(Day(last)))
      let forward = try await books.workspace.fetch(
        RollForwardReport(.days(from, to)), as: books.owner)
      let closing = opening + amounts.reduce(0, +)
      for (number, sign) in [("6200", Int64(1)), ("1120", -1)] {
        let row = try #require(forward.rows.first { $0.item.ofAccount?.number == number })
        #expect(row.opening.minorUnits == sign * opening, "\(number) from \(first)")
        #expect(row.closing.minorUnits == sign * closing, "\(number) from \(first)")
        let found = try await register(
          books, number,
          in: RegisterScope(from: from, to: to, opening: .ofYear, takenOver: false))
        #expect(found.amounts == amounts.map { sign * $0 }, "\(number) from \(first)")
        #expect(found.balances.last == sign * closing, "\(number) from \(first)")
        let begun = try #require(found.balances.first) - sign * amounts[0]
        #expect(begun == sign * opening, "\(number) from \(first)")
      }
    }
  }

  @Test func `in one currency it has that currency's lines in their own amounts`() async throws {
    let books = try await TestBooks.make()
    let bought = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 1_000),
      base: Money(minorUnits: 1_080))
    _ = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Euros",
          lines: [bought, books.line("1120", -1_080)]), then: .post), as: books.owner)
    #expect(
      try await register(books, "1140", in: RegisterScope(currency: "EUR")).balances == [1_000])
    #expect(try await register(books, "1140", in: RegisterScope()).balances == [1_080])
    #expect(
      try await register(books, "1140", in: RegisterScope(currency: "USD")).amounts.isEmpty)
  }

  @Test func `in one currency it has no lines of revaluations, whichever way the page is turned`()
    async throws
  {
    let books = try await TestBooks.make()
    let bought = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 1_000),
      base: Money(minorUnits: 1_080))
    _ = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Euros",
          lines: [bought, books.line("1120", -1_080)]), then: .post), as: books.owner)
    let quote = RateQuote(
      from: "EUR", to: "USD", day: try day(30), rate: ExchangeRate(mantissa: 11, scale: 1))
    _ = try await books.workspace.perform(SetRate(RateContent(quote)), as: books.director)
    let rows = try await books.workspace.fetch(Revaluations(on: day(30)), as: books.manager)
    _ = try await books.workspace.perform(Revalue(on: day(30), seen: rows), as: books.manager)
    // 10.00 EUR at 1.1 are 11.00 USD, and were 10.80.
    #expect(try await register(books, "1140", in: RegisterScope()).amounts == [1_080, 20])
    let euros = RegisterScope(currency: "EUR")
    let own = try await register(books, "1140", in: euros)
    #expect(own.amounts == [1_000] && own.balances == [1_000])
    let last = try await books.workspace.fetch(
      RegisterPage(books.account("1140"), in: euros, before: nil, limit: 1), as: books.owner)
    #expect(last.map(\.amount.minorUnits) == [1_000])
    let ledger = try await books.generalLedger(
      in: .days(try day(1), try day(30)), currency: "EUR")
    #expect(ledger.map(\.lines.count) == [1] && ledger.map(\.closing.minorUnits) == [1_000])
  }

  @Test func `known at a moment, its pages end where the books ended then`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, on: day(3))
    let then = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.post(5, on: day(2))
    let scope = RegisterScope(LedgerScope(knownAt: then))
    #expect(try await register(books, in: scope).balances == [100])
    #expect(try await register(books, in: RegisterScope()).balances == [5, 105])
  }

  @Test func `income and expenses open with what their year had, all else with everything`()
    async throws
  {
    let books = try await TestBooks.make()
    let december = try #require(Day("2025-12-01"))
    try await books.store.change(in: books.business, as: .system) { change in
      let plan = FiscalYearPlan(holding: december, firstMonth: 1)
      _ = try change.perform(OpenFiscalYear(plan))
      try change.execute(
        """
        UPDATE accounting_periods SET status = 'open'
        WHERE business_id = :business AND name = '2025-12'
        """)
    }
    try await books.post(1_00, on: december)
    try await books.post(20, on: day(2))
    try await books.post(3, on: day(10))
    func balances(_ number: String, _ opening: RegisterScope.Opening) async throws -> [Int64] {
      try await register(
        books, number, in: RegisterScope(from: day(5), to: day(20), opening: opening)
      ).balances
    }
    #expect(try await balances("6200", .ofYear) == [23])
    #expect(try await balances("6200", .all) == [123])
    #expect(try await balances("6200", .nothing) == [3])
    #expect(try await balances("1120", .ofYear) == [-123])
  }
}
