import Domain
import Foundation
import Interchange
import Store
import TestSupport
import Testing

@testable import Operations

/// Balance sheets and income statements out of real books.
@Suite struct StatementTests {
  private func close(_ year: Int, in books: TestBooks) async throws {
    try await books.closeMonths()
    _ = try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> ID<Entry>? in try change.perform(CloseYear(year: year)) }
    }.get()
  }

  private func sheet(
    _ books: TestBooks, on day: Day = .last, _ scope: LedgerScope = LedgerScope()
  ) async throws -> FinancialStatement {
    try await books.workspace.fetch(
      StatementReport(balanceSheetOf: day, scope), as: books.owner)
  }

  private func income(
    _ books: TestBooks, from: Day? = nil, through day: Day,
    _ scope: LedgerScope = LedgerScope(.adjusted)
  ) async throws -> FinancialStatement {
    try await books.workspace.fetch(
      StatementReport(incomeOf: from.map { .days($0, day) } ?? .year(to: day), scope),
      as: books.owner)
  }

  private func first(
    _ item: FinancialStatement.Item, of statement: FinancialStatement
  ) -> Int64? {
    statement.amounts(of: item)?.first?.minorUnits
  }

  /// RULES §3.6's example.
  @Test func `a closing moves the year's earnings to retained earnings, on both statements`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100_000_00, debit: "1120", credit: "4100")
    try await books.post(2_000_00, debit: "4400", credit: "1120")
    try await books.post(60_000_00, debit: "6100", credit: "1120")
    try await books.post(5_000_00, debit: "3200", credit: "1120")
    let end = try #require(Day("2026-12-31"))
    let before = try await sheet(books, on: end)
    #expect(first(.currentEarnings, of: before) == 38_000_00)
    #expect(first(.total(.equity), of: before) == 33_000_00)
    #expect(first(.netIncome, of: try await income(books, through: end)) == 38_000_00)
    try await close(2026, in: books)
    let after = try await sheet(books, on: end)
    #expect(first(.currentEarnings, of: after) == nil)
    #expect(first(.total(.equity), of: after) == 33_000_00)
    #expect(first(.total(.asset), of: after) == 33_000_00)
    // Before the closing, asked after it.
    let adjusted = try await sheet(books, on: end, LedgerScope(.adjusted))
    #expect(adjusted.rows == before.rows)
    #expect(first(.netIncome, of: try await income(books, through: end)) == 38_000_00)
    // And it stays where the closing put it.
    let next = try await sheet(books, on: end.adding(days: 40), LedgerScope(.adjusted))
    #expect(first(.currentEarnings, of: next) == nil)
  }

  @Test func `adjusting entries are told apart, and reversed in a later period stay apart`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1120", credit: "4100")
    var accrual = books.entry(30, debit: "6200", credit: "2110")
    accrual.type = .adjusting
    let entry = try await books.workspace.perform(
      CreateEntry(accrual, then: .post), as: books.owner
    ).entry
    func net(_ basis: LedgerScope.Basis) async throws -> Int64? {
      first(
        .netIncome, of: try await income(books, through: TestBooks.today, LedgerScope(basis)))
    }
    #expect(try await net(.unadjusted) == 100)
    #expect(try await net(.adjusted) == 70)
    let balance = try await books.workspace.fetch(
      TrialBalanceReport(asOf: TestBooks.today, LedgerScope(.unadjusted)), as: books.owner)
    #expect(balance.lines.map(\.number) == ["1120", "4100"])
    // What takes it back in the same period is of the same class.
    try await books.workspace.perform(ReverseEntry(entry, reason: "A mistake."), as: books.owner)
    #expect(try await net(.unadjusted) == 100)
    #expect(try await net(.adjusted) == 100)
  }

  @Test func `a department's statement counts its lines and those below it`() async throws {
    let books = try await TestBooks.make()
    let below = try await books.department("PAY", under: books.department)
    let other = try await books.department("SAL", under: nil)
    for (department, amount) in [(books.department, 7), (below, 20), (other, 400)] {
      var content = books.entry(Int64(amount))
      content.lines = content.lines.map {
        var line = $0
        line.department = department
        return line
      }
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
    try await books.post(1_000)
    func spent(_ department: ID<Department>?) async throws -> Int64? {
      first(
        .total(.expense),
        of: try await income(
          books, through: TestBooks.today, LedgerScope(.adjusted, department: department)))
    }
    #expect(try await spent(nil) == 1_427)
    #expect(try await spent(books.department) == 27)
    #expect(try await spent(below) == 20)
  }

  @Test func `known at a moment, a statement shows what it showed then`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let then = books.clock.now
    let before = try await income(books, through: TestBooks.today)
    books.clock.advance(seconds: 60)
    try await books.post(5)
    let scope = LedgerScope(.adjusted, knownAt: then)
    #expect(try await income(books, through: TestBooks.today, scope) == before)
    #expect(try await income(books, through: TestBooks.today) != before)
  }

  @Test func `a year so far stands beside itself up to the period before`() async throws {
    let books = try await TestBooks.make()
    try await books.openPeriods()
    for (minorUnits, date) in [(1_000, "2026-09-30"), (300, "2026-10-05"), (20, "2026-11-02")] {
      try await books.post(
        Int64(minorUnits), debit: "1120", credit: "4100", on: try #require(Day(date)))
    }
    for (span, days, net) in [
      (.year(to: TestBooks.today), "2026-01-01 2026-10-31", [1_320, 1_300]),
      (.year(to: try #require(Day("2026-10-31"))), "2026-01-01 2026-09-30", [1_300, 1_000]),
      (.period(of: try #require(Day("2026-10-31"))), "2026-09-01 2026-09-30", [300, 1_000]),
      (.year(to: try #require(Day("2026-01-20"))), "2025-12-01 2025-12-31", [0, 0]),
    ] as [(StatementReport.Span, String, [Int64])] {
      let statement = try await books.workspace.fetch(
        StatementReport(incomeOf: span, comparing: [.priorPeriod], LedgerScope(.adjusted)),
        as: books.owner)
      let other = try #require(statement.columns.last)
      #expect("\(other.from.text) \(other.to.text)" == days)
      #expect(statement.amounts(of: .netIncome)?.map(\.minorUnits) == net)
    }
  }

  /// Taken over with 900 earned and 410 spent before; 100 earned in January and 500 in November.
  private func converted() async throws -> (books: TestBooks, batch: ID<Entry>) {
    let books = try await TestBooks.make()
    let opening = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.kind == .opening })
    try await books.workspace.perform(
      OpenPeriod(opening.id, name: opening.label), as: books.owner)
    try await books.openPeriods()
    let lines = [
      books.line("1120", 490), books.line("4100", -900), books.line("6200", 410),
    ]
    let batch = try await books.workspace.perform(
      EnterOpening(lines, then: .post), as: books.owner
    ).entered.entry
    try await books.post(
      100, debit: "1120", credit: "4100", on: try #require(Day("2026-01-10")))
    try await books.post(500, debit: "1120", credit: "4100", on: TestBooks.today)
    return (books, batch)
  }

  private func net(
    _ span: StatementReport.Span, comparing comparisons: [Comparison] = [], in books: TestBooks
  ) async throws -> [Int64]? {
    try await books.workspace.fetch(
      StatementReport(incomeOf: span, comparing: comparisons, LedgerScope(.adjusted)),
      as: books.owner
    ).amounts(of: .netIncome)?.map(\.minorUnits)
  }

  @Test func `what was earned before the books began is of the year so far, and of no month`()
    async throws
  {
    let (books, batch) = try await converted()
    let (start, january) = (try #require(Day("2026-01-01")), try #require(Day("2026-01-31")))
    for month in [StatementReport.Span.period(of: january), .days(start, january)] {
      #expect(try await net(month, in: books) == [100])
    }
    // 900 − 410 + 100 + 500, of which 490 came before.
    for soFar in [
      StatementReport.Span.year(to: TestBooks.today), .days(start, TestBooks.today),
    ] {
      #expect(try await net(soFar, in: books) == [1_090, 490])
    }
    #expect(try await net(.year(to: january), in: books) == [590, 490])
    let november = StatementReport.Span.period(of: TestBooks.today)
    #expect(
      try await net(november, comparing: [.yearToDate], in: books) == [500, 1_090, 490])
    let statement = try await income(books, through: TestBooks.today)
    #expect(statement.beforeConversion == 1)
    let sales = statement.rows.first { $0.item.ofAccount?.number == "4100" }
    #expect(sales?.amounts.map(\.minorUnits) == [1_500, 900])
    for (span, result) in [(november, [500, 500]), (.year(to: january), [590, 590])]
      as [(StatementReport.Span, [Int64])]
    {
      let sheet = try await books.workspace.fetch(
        DepartmentStatement(of: span), as: books.owner)
      #expect(sheet.statement.amounts(of: .netIncome)?.map(\.minorUnits) == result)
    }
    let ofJanuary = try await books.workspace.fetch(
      DepartmentStatement(of: .period(of: january)), as: books.owner)
    #expect(ofJanuary.statement.amounts(of: .netIncome)?.map(\.minorUnits) == [100, 100])
    func results() async throws -> [Int64] {
      try await books.workspace.fetch(MonthlyFigures(to: TestBooks.today), as: books.owner)
        .map(\.result.minorUnits)
    }
    // From December to November.
    #expect(try await results() == [0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 500])
    // Taken back in November it was never earned, rather than lost then.
    try await books.workspace.perform(
      ReverseEntry(batch, reason: "Wrong figures."), as: books.owner)
    #expect(try await net(november, in: books) == [500])
    #expect(try await net(.year(to: TestBooks.today), in: books) == [600])
    #expect(try await results() == [0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 500])
  }

  @Test func `who may look at the trial balance alone is refused a statement`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.notPermitted(.reportRead, .reserved(.trialBalanceAndOwn))) {
      try await books.workspace.fetch(StatementReport(balanceSheetOf: .last), as: books.employee)
    }
    _ = try await books.workspace.fetch(TrialBalanceReport(asOf: .last), as: books.employee)
  }

  @Test func `whoever reads a department's reports reads its statements and no others`()
    async throws
  {
    let books = try await TestBooks.make()
    let other = try await books.department("SAL", under: nil)
    func read(_ department: ID<Department>?, as who: Principal) async throws {
      _ = try await books.workspace.fetch(
        StatementReport(
          incomeOf: .year(to: TestBooks.today), LedgerScope(.adjusted, department: department)),
        as: who)
    }
    let post = DepartmentPost(.senior, [.viewReports])
    try await books.workspace.perform(
      Appoint(books.employee.user, to: post, in: other), as: books.owner)
    for (who, theirs, others) in [
      (books.manager, books.department, other), (books.employee, other, books.department),
    ] {
      try await read(theirs, as: who)
      await #expect(throws: Refusal.self) { try await read(others, as: who) }
      await #expect(throws: Refusal.self) { try await read(nil, as: who) }
    }
    try await read(nil, as: books.viewer)
    await #expect(throws: Refusal.self) {
      try await books.workspace.fetch(
        TrialBalanceReport(asOf: .last, LedgerScope(department: other)), as: books.manager)
    }
  }

  @Test func `on a day of no fiscal year what was adjusted before stays`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1120", credit: "4100")
    var accrual = books.entry(30, debit: "6200", credit: "2110")
    accrual.type = .adjusting
    try await books.workspace.perform(CreateEntry(accrual, then: .post), as: books.owner)
    try await close(2026, in: books)
    let later = try #require(Day("2031-02-10"))
    let sheet = try await sheet(books, on: later, LedgerScope(.unadjusted))
    #expect(first(.total(.equity), of: sheet) == 70)
    #expect(first(.total(.liability), of: sheet) == 30)
    #expect(first(.earlierEarnings, of: sheet) == nil)
  }

  @Test func `a closing isn't reversed, as its result would be earned anew`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1120", credit: "4100")
    try await close(2026, in: books)
    let closing = try #require(try await books.entries().first { $0.type == .closing })
    await #expect(throws: Refusal.irreversible(.closing)) {
      try await books.workspace.perform(
        ReverseEntry(closing.id, reason: "A mistake."), as: books.owner)
    }
  }

  @Test func `a sum of the ledger that isn't that of its lines is found, and no other`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.post(40, debit: "6400")
    let before = try await books.workspace.fetch(VerifyLedger(), as: books.viewer)
    #expect((before.cells, before.findings.count) == (3, 0))
    let periods = try await books.workspace.fetch(Periods(), as: books.viewer)
    var cells: [String: Int] = [:]
    for period in periods {
      let found = try await books.workspace.fetch(VerifyLedger(of: period.id), as: books.viewer)
      cells[period.label] = found.cells == 0 ? nil : found.cells
    }
    #expect(cells == ["2026-11": 3])
    try await books.dropTriggers(of: ["general_ledger"])
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      UPDATE general_ledger SET base_debit = base_debit + 1
      WHERE account_id = \(books.account("6400").value);
      DELETE FROM general_ledger WHERE account_id = \(books.account("6200").value);
      """)
    let after = try await books.workspace.fetch(VerifyLedger(), as: books.viewer)
    #expect(after.cells == 3)
    #expect(after.findings.map(\.number) == ["6200", "6400"])
    #expect(after.findings[0].expected.debit == Money(minorUnits: 100))
    #expect(after.findings[0].found.lines == 0)
    #expect(after.findings[1].expected.baseDebit == Money(minorUnits: 40))
    #expect(after.findings[1].found.baseDebit == Money(minorUnits: 41))
  }

  /// R25, over days, bases and a year that closes meanwhile.
  @Test func `every balance sheet balances, and says of the year what the income statement says`()
    async throws
  {
    let books = try await TestBooks.make()
    var chance = SeededChance(seed: 25)
    let accounts = ["1120", "4100", "4400", "6100", "6200", "3200", "2110"]
    let start = try #require(Day("2026-11-01"))
    let end = try #require(Day("2026-12-31"))
    for _ in 0..<60 {
      let pair = accounts.shuffled(using: &chance)
      var content = books.entry(
        .random(in: 1...9_999, using: &chance), debit: pair[0], credit: pair[1],
        on: start.adding(days: .random(in: 0...29, using: &chance)))
      if Bool.random(using: &chance) { content.type = .adjusting }
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
    for isClosed in [false, true] {
      if isClosed { try await close(2026, in: books) }
      for day in (0...30).map({ start.adding(days: $0) }) + [end] {
        for basis in LedgerScope.Basis.allCases {
          for knownAt in [nil, books.clock.now] as [Timestamp?] {
            let scope = LedgerScope(basis, knownAt: knownAt)
            let sheet = try await sheet(books, on: day, scope)
            #expect(
              first(.total(.asset), of: sheet) == first(.liabilitiesAndEquity, of: sheet),
              "\(day.text) \(basis)")
            guard basis != .postClosing else { continue }
            let income = try await income(books, through: day, scope)
            #expect(
              first(.currentEarnings, of: sheet) ?? 0 == first(.netIncome, of: income),
              "\(day.text) \(basis)")
          }
        }
      }
    }
  }
}

/// What hledger says of the same journals.
@Suite struct StatementOracleTests {
  /// The journals in dollars alone, with what hledger printed of them. It doesn't know the types of
  /// accounts that aren't named in English, nor do entries here have days line by line.
  private static let folders: [(journal: String, oracle: String)] = {
    guard OracleFile.others != nil else { return [] }
    let others = ["gen-unicode", "own-dates"]
    return OracleFile.foreign.filter { file in
      file.isPlain && !others.contains { file.name.contains($0) }
    }.compactMap { file in
      let oracle = URL(filePath: file.sums).deletingLastPathComponent().path
      return FileManager.default.fileExists(atPath: oracle + "/is.yearly.csv")
        ? (file.journal, oracle) : nil
    }
  }()

  @Test(.enabled(if: OracleFile.others != nil))
  func `statements are what another program prints of the same journal`() async throws {
    let workspace = try TestBooks.emptyWorkspace(at: TestBooks.start)
    var compared = 0
    for (journal, oracle) in Self.folders {
      let income = try Self.printed(oracle + "/is.yearly.csv")
      let sheets = try Self.printed(oracle + "/bs.yearly.csv")
      guard let income, let sheets, let owner = try await imported(journal, in: workspace) else {
        continue
      }
      for (year, expected) in income {
        let range = try #require(Day("\(year)-01-01").map { ($0, $0.adding(months: 12)) })
        let found = try await workspace.fetch(
          StatementReport(incomeOf: .days(range.0, range.1.adding(days: -1))), as: owner)
        #expect(Self.accounts(of: found) == expected, "\(journal) \(year)")
        compared += expected.count
      }
      for (day, expected) in sheets {
        let found = try await workspace.fetch(
          StatementReport(balanceSheetOf: try #require(Day(day))), as: owner)
        let equity = found.rows.compactMap { row -> String? in
          if case .account(let account) = row.item, account.type.accountClass == .equity {
            account.path
          } else {
            nil
          }
        }
        #expect(
          Self.accounts(of: found).filter { !equity.contains($0.key) } == expected,
          "\(journal) \(day)")
        compared += expected.count
      }
    }
    #expect(compared > 300, "\(compared)")
  }

  /// The owner of books with the journal; nil where it isn't all in one currency.
  private func imported(_ journal: String, in workspace: Workspace) async throws -> Principal? {
    guard let read = try? HledgerJournal.read(path: journal, defaultYear: OracleFile.year) else {
      return nil
    }
    let owner = try await TestBooks.owner(of: journal, in: workspace)
    let report = try await workspace.perform(
      ImportJournal(read, file: journal, untyped: .asset), as: owner)
    return report.currencies.map(\.code) == ["USD"] ? owner : nil
  }

  private static func accounts(of statement: FinancialStatement) -> [String: Money] {
    Dictionary(
      uniqueKeysWithValues: statement.rows.compactMap { row in
        guard case .account(let account) = row.item, !row.amounts[0].isZero else { return nil }
        return (account.path, row.amounts[0])
      })
  }

  /// Column by column, by its title, the accounts' amounts; nil where one isn't in dollars alone.
  private static func printed(_ path: String) throws -> [String: [String: Money]]? {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .map { $0.dropFirst().dropLast().components(separatedBy: "\",\"") }
    guard lines.count > 1 else { return nil }
    var columns: [String: [String: Money]] = [:]
    for title in lines[1].dropFirst() { columns[title] = [:] }
    let titles = ["Revenues", "Expenses", "Assets", "Liabilities", "total", "Net:"]
    for line in lines.dropFirst(2) where !titles.contains(line[0]) {
      for (title, text) in zip(lines[1].dropFirst(), line.dropFirst()) where text != "0" {
        let digits = text.replacing("$", with: "").replacing(" USD", with: "")
          .replacing(",", with: "")
        guard text.contains("$") || text.hasSuffix(" USD"), let quantity = Quantity(digits) else {
          return nil
        }
        columns[title]?[line[0]] = try quantity.money(exponent: 2)
      }
    }
    return columns
  }
}
