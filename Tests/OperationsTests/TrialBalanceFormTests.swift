import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// The trial balance in its forms, out of real books (RULES §3.7, §3.10).
@Suite struct TrialBalanceFormTests {
  private static let october = Day("2026-10-05") ?? .first

  private func forward(
    _ span: StatementReport.Span, _ scope: LedgerScope = LedgerScope(),
    currency: TrialBalanceReport.Currency = .base, in books: TestBooks
  ) async throws -> RollForward {
    try await books.workspace.fetch(
      RollForwardReport(span, scope, currency: currency), as: books.owner)
  }

  private func lines(_ forward: RollForward) -> [String] {
    forward.rows.map { row in
      let amounts = [row.opening, row.debit, row.credit, row.closing].map { "\($0.minorUnits)" }
      return ([row.item.ofAccount?.number ?? "earlier"] + amounts).joined(separator: " ")
    }
  }

  /// Two sales and two rents, one of each in October.
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await books.openPeriods()
    try await books.post(1_000, debit: "1120", credit: "4100", on: Self.october)
    try await books.post(300, on: Self.october.adding(days: 15))
    try await books.post(500, debit: "1120", credit: "4100", on: TestBooks.today)
    try await books.post(200, on: TestBooks.today)
    return books
  }

  /// With last year before this one, everything open and nothing booked.
  private func booksSince2025() async throws -> TestBooks {
    let books = try await TestBooks.make()
    let plan = FiscalYearPlan(holding: try #require(Day("2025-06-01")), firstMonth: 1)
    _ = try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> Void in try change.perform(OpenFiscalYear(plan)) }
    }.get()
    try await books.openPeriods()
    return books
  }

  /// Each row with what it holds and what it is compared with.
  private func balances(
    on day: Day = TestBooks.today, _ scope: LedgerScope = LedgerScope(),
    currency: TrialBalanceReport.Currency = .base, comparing comparisons: [Comparison] = [],
    in books: TestBooks
  ) async throws -> [String] {
    let report = try await books.workspace.fetch(
      TrialBalanceReport(asOf: day, scope, currency: currency, comparing: comparisons),
      as: books.owner)
    return report.lines.map { line in
      let amounts = [line.balance.minorUnits] + line.compared.map(\.minorUnits)
      return ([line.item.ofAccount?.number ?? "earlier"] + amounts.map { "\($0)" })
        .joined(separator: " ")
    }
  }

  @Test func `a period rolls what was before it forward by what was booked in it`() async throws {
    let books = try await books()
    let november = try await forward(.period(of: TestBooks.today), in: books)
    #expect([november.from.text, november.through.text] == ["2026-11-01", "2026-11-30"])
    #expect(
      lines(november) == [
        "1120 700 500 200 1000", "4100 -1000 0 500 -1500", "6200 300 200 0 500",
      ])
    #expect(try november.isBalanced())
    let year = try await forward(.year(to: TestBooks.today), in: books)
    #expect(
      lines(year) == ["1120 0 1500 500 1000", "4100 0 0 1500 -1500", "6200 0 500 0 500"])
    let range = try await forward(
      .days(Self.october.adding(days: 1), Self.october.adding(days: 20)), in: books)
    #expect(lines(range) == ["1120 1000 0 300 700", "4100 -1000 0 0 -1000", "6200 0 300 0 300"])
  }

  @Test func `income opens with its year, and earlier years that aren't closed stand apart`()
    async throws
  {
    let books = try await booksSince2025()
    try await books.post(800, debit: "1120", credit: "4100", on: try #require(Day("2025-12-10")))
    try await books.post(500, debit: "1120", credit: "4100", on: TestBooks.today)
    let november = try await forward(.period(of: TestBooks.today), in: books)
    #expect(
      lines(november) == ["1120 800 500 0 1300", "4100 0 0 500 -500", "earlier -800 0 0 -800"])
    #expect(try november.isBalanced())
    let worksheet = try await books.workspace.fetch(
      WorksheetReport(asOf: TestBooks.today), as: books.owner)
    #expect(worksheet.from.text == "2026-01-01")
    #expect(worksheet.netIncome == Money(minorUnits: 500))
    #expect(try worksheet.isBalanced())
    #expect(worksheet.rows.first { $0.item == .earlierEarnings }?.balance.minorUnits == -800)
  }

  @Test func `what was taken over on the first day of a year was there before it`() async throws {
    let books = try await TestBooks.make()
    let opening = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.kind == .opening })
    try await books.workspace.perform(
      OpenPeriod(opening.id, name: opening.label), as: books.owner)
    let batch = try await books.workspace.perform(
      EnterOpening([books.line("1120", 490)], then: .post), as: books.owner
    ).entered.entry
    try await books.post(200)
    for currency in [TrialBalanceReport.Currency.base, .transaction] {
      let year = try await forward(.year(to: TestBooks.today), currency: currency, in: books)
      #expect(year.from.text == "2026-01-01")
      #expect(
        lines(year) == ["1120 490 0 200 290", "3400 -490 0 0 -490", "6200 0 200 0 200"])
      #expect(try year.isBalanced())
    }
    // What is taken back was never there, rather than moved.
    try await books.workspace.perform(
      ReverseEntry(batch, reason: "Wrong bank."), as: books.owner)
    let year = try await forward(.year(to: TestBooks.today), in: books)
    #expect(lines(year) == ["1120 0 0 200 -200", "6200 0 200 0 200"])
  }

  @Test func `a department's income is of the fiscal year, and what else it has of all years`()
    async throws
  {
    let books = try await booksSince2025()
    for (minorUnits, day) in [(300, try #require(Day("2025-12-10"))), (40, TestBooks.today)] {
      var content = books.entry(Int64(minorUnits), on: day)
      for index in content.lines.indices { content.lines[index].department = books.department }
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
    let own = LedgerScope(department: books.department)
    // No closing takes what is a department's: its roll-forward has the same row.
    #expect(try await balances(own, in: books) == ["1120 -340", "6200 40", "earlier 300"])
    let lastYear = try #require(Day("2025-12-31"))
    #expect(try await balances(on: lastYear, own, in: books) == ["1120 -300", "6200 300"])
    let rolled = try await forward(.year(to: TestBooks.today), own, in: books)
    #expect(lines(rolled).last == "earlier 300 0 0 300")
  }

  @Test func `what a year earned that isn't closed is on no account of the next`() async throws {
    let books = try await booksSince2025()
    try await books.post(800, debit: "1120", credit: "4100", on: try #require(Day("2025-12-10")))
    try await books.post(500, debit: "1120", credit: "4100", on: TestBooks.today)
    try await books.post(120, on: TestBooks.today)
    for currency in [TrialBalanceReport.Currency.base, .transaction] {
      let now = try await balances(currency: currency, comparing: [.priorPeriod], in: books)
      // 1180 - 500 + 120 - 800 = 0, and 800 - 800 = 0.
      #expect(
        now == ["1120 1180 800", "4100 -500 0", "6200 120 0", "earlier -800 -800"], "\(currency)")
    }
    // Of the year that ends the day before it is income yet.
    let january = try await balances(
      on: try #require(Day("2026-01-15")), comparing: [.priorPeriod], in: books)
    #expect(january == ["1120 800 800", "4100 0 -800", "earlier -800 0"])
    for basis in LedgerScope.Basis.allCases {
      let forward = try await forward(
        .period(of: TestBooks.today), LedgerScope(basis), in: books)
      let closings = lines(forward).map { $0.split(separator: " ") }.map { "\($0[0]) \($0[4])" }
      #expect(try await balances(LedgerScope(basis), in: books) == closings, "\(basis)")
      #expect(closings.last == "earlier -800")
    }
  }

  private func accrue(_ minorUnits: Int64, in books: TestBooks) async throws -> ID<Entry> {
    var accrual = books.entry(minorUnits, debit: "6200", credit: "2110")
    accrual.type = .adjusting
    return try await books.workspace.perform(
      CreateEntry(accrual, then: .post), as: books.owner
    ).entry
  }

  @Test func `a worksheet's adjustments are what the bases differ by, whatever was reversed`()
    async throws
  {
    let books = try await books()
    _ = try await accrue(30, in: books)
    let mistake = try await accrue(7, in: books)
    try await books.workspace.perform(ReverseEntry(mistake, reason: "A mistake."), as: books.owner)
    let worksheet = try await books.workspace.fetch(
      WorksheetReport(asOf: TestBooks.today), as: books.owner)
    let rows = worksheet.rows.map { row in
      let amounts = [row.unadjusted, row.adjustingDebit, row.adjustingCredit, row.adjusted]
      return ([row.item.ofAccount?.number ?? "net"] + amounts.map { "\($0.minorUnits)" })
        .joined(separator: " ")
    }
    #expect(
      rows == [
        "1120 1000 0 0 1000", "2110 0 7 37 -30", "4100 -1500 0 0 -1500", "6200 500 37 7 530",
        "net 0 0 0 0",
      ])
    #expect(worksheet.netIncome == Money(minorUnits: 970))
    #expect(try worksheet.isBalanced())
  }

  @Test func `without adjusting entries neither their amounts nor their sides are moved`()
    async throws
  {
    let books = try await books()
    _ = try await accrue(30, in: books)
    let unadjusted = try await forward(
      .period(of: TestBooks.today), LedgerScope(.unadjusted), in: books)
    #expect(
      lines(unadjusted) == [
        "1120 700 500 200 1000", "4100 -1000 0 500 -1500", "6200 300 200 0 500",
      ])
    let adjusted = try await forward(
      .period(of: TestBooks.today), LedgerScope(.adjusted), in: books)
    #expect(lines(adjusted).contains("6200 300 230 0 530"))
    #expect(lines(adjusted).contains("2110 0 0 30 -30"))
  }

  @Test func `known at a moment, each form shows what it showed then`() async throws {
    let books = try await books()
    let then = books.clock.now
    let span = StatementReport.Span.period(of: TestBooks.today)
    let before = try await forward(span, in: books)
    let sheet = try await books.workspace.fetch(
      WorksheetReport(asOf: TestBooks.today), as: books.owner)
    books.clock.advance(seconds: 60)
    try await books.post(5)
    let known = try await forward(span, LedgerScope(knownAt: then), in: books)
    #expect(known.rows == before.rows)
    #expect(try await forward(span, in: books).rows != before.rows)
    let worksheet = try await books.workspace.fetch(
      WorksheetReport(asOf: TestBooks.today, knownAt: then), as: books.owner)
    #expect(worksheet.rows == sheet.rows)
  }

  @Test func `a department's roll-forward counts its lines, for whoever reads its reports`()
    async throws
  {
    let books = try await books()
    var content = books.entry(40)
    content.lines[0].department = books.department
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    let scope = LedgerScope(department: books.department)
    let own = try await forward(.period(of: TestBooks.today), scope, in: books)
    #expect(lines(own) == ["6200 0 40 0 40"])
    #expect(try !own.isBalanced())
    await #expect(throws: Refusal.notPermitted(.reportRead, .reserved(.trialBalanceAndOwn))) {
      try await books.workspace.fetch(
        RollForwardReport(.period(of: TestBooks.today), scope), as: books.employee)
    }
    // It is a trial balance: whoever may see that sees this.
    _ = try await books.workspace.fetch(
      RollForwardReport(.period(of: TestBooks.today)), as: books.employee)
  }

  @Test func `each currency rolls forward by itself`() async throws {
    let books = try await books()
    let bought = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 1_000),
      base: Money(minorUnits: 1_080))
    _ = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Euros", lines: [bought, books.line("1120", -1_080)]),
        then: .post), as: books.owner)
    let own = try await forward(
      .period(of: TestBooks.today), currency: .transaction, in: books)
    #expect(own.rows.map(\.currency) == ["USD", "EUR", "USD", "USD"])
    #expect(lines(own)[1] == "1140 0 1000 0 1000")
    let inBase = try await forward(.period(of: TestBooks.today), in: books)
    #expect(lines(inBase)[1] == "1140 0 1080 0 1080")
  }

  @Test func `balances stand beside those of other days, and what is gone by now stays`()
    async throws
  {
    let books = try await books()
    try await books.post(77, debit: "1410", credit: "1120", on: Self.october)
    try await books.post(77, debit: "6200", credit: "1410", on: TestBooks.today)
    let report = try await books.workspace.fetch(
      TrialBalanceReport(asOf: TestBooks.today, comparing: [.priorPeriod, .priorYear]),
      as: books.owner)
    #expect(report.comparisons.map(\.asOf.text) == ["2026-10-31", "2025-11-23"])
    let found = report.lines.map { line in
      "\(line.number) \(line.balance.minorUnits) \(line.compared.map(\.minorUnits))"
    }
    #expect(
      found == [
        "1120 923 [623, 0]", "1410 0 [77, 0]", "4100 -1500 [-1000, 0]", "6200 577 [300, 0]",
      ])
    #expect(try report.totalDebit() == report.totalCredit())
  }

  /// The statements and the plain trial balance are worked out in other ways.
  @Test(arguments: [UInt64(1), 2])
  func `on random books every form agrees with the statements and with each other`(
    _ seed: UInt64
  ) async throws {
    let books = try await TestBooks.make(seed: seed)
    try await books.openPeriods()
    var chance = SeededChance(seed: seed)
    let accounts = ["1120", "1310", "2110", "3200", "4100", "4400", "6100", "6200"]
    let start = try #require(Day("2026-01-01"))
    for _ in 0..<80 {
      guard let debit = accounts.randomElement(using: &chance),
        let credit = accounts.randomElement(using: &chance), debit != credit
      else { continue }
      var content = books.entry(
        Int64.random(in: 1...9_999, using: &chance), debit: debit, credit: credit,
        on: start.adding(days: Int.random(in: 0..<330, using: &chance)))
      content.type = Bool.random(using: &chance) ? .standard : .adjusting
      let entry = try await books.workspace.perform(
        CreateEntry(content, then: .post), as: books.owner
      ).entry
      guard Int.random(in: 0..<4, using: &chance) == 0 else { continue }
      try await books.workspace.perform(
        ReverseEntry(
          entry, on: content.date.adding(days: Int.random(in: 0..<20, using: &chance)),
          reason: "At random."), as: books.owner)
    }
    for _ in 0..<12 {
      let from = start.adding(days: Int.random(in: 0..<300, using: &chance))
      let day = from.adding(days: Int.random(in: 0..<60, using: &chance))
      try await check(from, day, in: books)
    }
  }

  private func check(_ from: Day, _ day: Day, in books: TestBooks) async throws {
    for basis in LedgerScope.Basis.allCases {
      let forward = try await forward(.days(from, day), LedgerScope(basis), in: books)
      #expect(try forward.isBalanced(), "\(from.text) to \(day.text), \(basis.rawValue)")
      let plain = try await books.workspace.fetch(
        TrialBalanceReport(asOf: day, LedgerScope(basis)), as: books.viewer)
      let closing = forward.rows.filter { !$0.closing.isZero }.map(\.closing)
      #expect(closing == plain.lines.map(\.balance), "\(day.text), \(basis.rawValue)")
    }
    let worksheet = try await books.workspace.fetch(WorksheetReport(asOf: day), as: books.viewer)
    #expect(try worksheet.isBalanced(), "\(day.text)")
    let income = try await books.workspace.fetch(
      StatementReport(incomeOf: .year(to: day), LedgerScope(.adjusted)), as: books.viewer)
    #expect(income.amounts(of: .netIncome)?.first == worksheet.netIncome, "\(day.text)")
    for (amounts, basis) in [
      (worksheet.rows.map(\.unadjusted), LedgerScope.Basis.unadjusted),
      (worksheet.rows.map(\.adjusted), .adjusted),
    ] {
      let plain = try await books.workspace.fetch(
        TrialBalanceReport(asOf: day, LedgerScope(basis)), as: books.viewer)
      #expect(
        amounts.filter { !$0.isZero } == plain.lines.map(\.balance),
        "\(day.text), \(basis.rawValue)")
    }
  }

  @Test func `headings of every level come to nothing in all, as accounts do`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100_00, debit: "1120", credit: "4100")
    try await books.post(20_00, debit: "6200", credit: "1130")
    let found = try await books.workspace.fetch(
      TrialBalanceReport(asOf: TestBooks.today), as: books.owner)
    func folded(to depth: Int) throws -> [String: Int64] {
      Dictionary(
        uniqueKeysWithValues: try found.lines.folded(to: depth, in: found.chart).map {
          ($0.number, $0.balance.minorUnits)
        })
    }
    #expect(try folded(to: 1) == ["1000": 80_00, "4000": -100_00, "6000": 20_00])
    #expect(try folded(to: 2) == ["1100": 80_00, "4100": -100_00, "6200": 20_00])
    #expect(
      try folded(to: 3) == ["1120": 100_00, "1130": -20_00, "4100": -100_00, "6200": 20_00])
    #expect(try found.totalDebit() == Money(minorUnits: 120_00))
  }

  @Test func `a heading adds up what its reader sees, and nothing of another department`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    for (department, minorUnits) in [(books.department, 7_00), (sales, 4_00)]
      as [(ID<Department>, Int64)]
    {
      var content = books.entry(minorUnits)
      for index in content.lines.indices { content.lines[index].department = department }
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
    func top(_ department: ID<Department>?) async throws -> [String: Int64] {
      let found = try await books.workspace.fetch(
        TrialBalanceReport(
          asOf: TestBooks.today, LedgerScope(.adjusted, department: department)),
        as: books.manager)
      return Dictionary(
        uniqueKeysWithValues: try found.lines.folded(to: 1, in: found.chart).map {
          ($0.number, $0.balance.minorUnits)
        })
    }
    // Whoever keeps books may read the trial balance of all of them.
    #expect(try await top(nil) == ["1000": -11_00, "6000": 11_00])
    #expect(try await top(books.department) == ["1000": -7_00, "6000": 7_00])
    await #expect(throws: Refusal.self) { try await top(sales) }
  }
}
