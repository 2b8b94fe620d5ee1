import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// What a correction takes straight to retained earnings for an earlier year (RULES §3.8).
@Suite struct PriorPeriodTests {
  private static let december = Day(year: 2025, month: 12, day: 10) ?? .last

  /// With last year before this one, everything open and nothing booked.
  private func booksSince2025() async throws -> TestBooks {
    let books = try await TestBooks.make()
    let plan = FiscalYearPlan(holding: Self.december, firstMonth: 1)
    _ = try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> Void in try change.perform(OpenFiscalYear(plan)) }
    }.get()
    try await books.openPeriods()
    return books
  }

  private func correct(
    _ entry: ID<Entry>, by content: EntryContent, as way: CorrectEntry.Way = .difference,
    in books: TestBooks
  ) async throws -> ID<Entry> {
    try await books.workspace.perform(
      CorrectEntry(entry, by: content, as: way, reason: "Rent was higher."), as: books.owner
    ).correction.entry
  }

  private func isFlagged(_ entry: ID<Entry>, in books: TestBooks) async throws -> Bool {
    try await books.workspace.fetch(EntryDetail(entry), as: books.viewer).isPriorPeriod
  }

  private func disclosed(_ report: StatementReport, in books: TestBooks) async throws -> [Int64]? {
    try await books.workspace.fetch(report, as: books.owner)
      .amounts(of: .priorPeriodAdjustments)?.map(\.minorUnits)
  }

  @Test func `a correction of an earlier year in retained earnings is flagged, others aren't`()
    async throws
  {
    let books = try await booksSince2025()
    let old = try await books.post(40_00, on: Self.december)
    let recent = try await books.post(5_00)
    let adjustment = try await correct(old, by: books.entry(15_00, debit: "3300"), in: books)
    let expense = try await correct(old, by: books.entry(2_00, debit: "6200"), in: books)
    let ofYear = try await correct(recent, by: books.entry(1_00, debit: "3300"), in: books)
    #expect(try await isFlagged(adjustment, in: books))
    for entry in [old, recent, expense, ofYear] {
      #expect(try await !isFlagged(entry, in: books))
    }
  }

  @Test func `statements of its year disclose what it comes to, until it is taken back`()
    async throws
  {
    let books = try await booksSince2025()
    let old = try await books.post(40_00, on: Self.december)
    let sheet = StatementReport(balanceSheetOf: TestBooks.today, comparing: [.priorYear])
    let income = StatementReport(incomeOf: .year(to: TestBooks.today))
    #expect(try await disclosed(sheet, in: books) == nil)
    let adjustment = try await correct(old, by: books.entry(15_00, debit: "3300"), in: books)
    #expect(try await disclosed(sheet, in: books) == [-15_00, 0])
    #expect(try await disclosed(income, in: books) == [-15_00])
    let before = TestBooks.today.adding(days: -1)
    #expect(try await disclosed(StatementReport(balanceSheetOf: before), in: books) == nil)
    try await books.workspace.perform(
      ReverseEntry(adjustment, reason: "It was right."), as: books.owner)
    #expect(try await disclosed(sheet, in: books) == nil)
    #expect(try await disclosed(income, in: books) == nil)
  }

  /// RULES R37: what stands below a department is what stood there on the last day.
  @Test func `of a department what its own lines took is disclosed, and what those below took`()
    async throws
  {
    var books = try await booksSince2025()
    let sales = try await books.department("SAL", under: nil)
    let trade = try await books.department("TRD", under: nil)
    let export = try await books.department("EXP", under: sales)
    let old = try await books.post(40_00, on: Self.december)
    var content = books.entry(15_00, debit: "3300")
    content.lines[0].department = export
    _ = try await correct(old, by: content, in: books)
    _ = try await correct(old, by: books.entry(2_00, debit: "3300"), in: books)
    func disclosed(_ department: ID<Department>?, on day: Day) async throws -> [[Int64]?] {
      let scope = LedgerScope(.adjusted, department: department)
      return [
        try await self.disclosed(StatementReport(balanceSheetOf: day, scope), in: books),
        try await self.disclosed(StatementReport(incomeOf: .year(to: day), scope), in: books),
      ]
    }
    let (today, tomorrow) = (TestBooks.today, TestBooks.today.adding(days: 1))
    #expect(try await disclosed(nil, on: today) == [[-17_00], [-17_00]])
    #expect(try await disclosed(export, on: today) == [[-15_00], [-15_00]])
    #expect(try await disclosed(sales, on: today) == [[-15_00], [-15_00]])
    #expect(try await disclosed(trade, on: today) == [nil, nil])
    books.clock.advance(seconds: 86_400)
    books = try await books.signedInAnew(.owner)
    try await books.workspace.perform(
      UpdateDepartment(
        export, content: DepartmentContent(code: "EXP", name: "EXP", parent: trade)),
      as: books.owner)
    #expect(try await disclosed(sales, on: today) == [[-15_00], [-15_00]])
    #expect(try await disclosed(sales, on: tomorrow) == [nil, nil])
    #expect(try await disclosed(trade, on: tomorrow) == [[-15_00], [-15_00]])
  }

  @Test func `what is replaced there counts for the difference, also where that is replaced again`()
    async throws
  {
    let books = try await booksSince2025()
    let sheet = StatementReport(balanceSheetOf: TestBooks.today)
    let old = try await books.post(100_00, debit: "3300", on: Self.december)
    #expect(try await disclosed(sheet, in: books) == nil)
    let first = try await correct(
      old, by: books.entry(120_00, debit: "3300"), as: .replacement, in: books)
    #expect(try await disclosed(sheet, in: books) == [-20_00])
    let second = try await correct(
      first, by: books.entry(110_00, debit: "3300"), as: .replacement, in: books)
    #expect(try await disclosed(sheet, in: books) == [-10_00])
    let third = try await correct(second, by: books.entry(3_00, debit: "3300"), in: books)
    #expect(try await disclosed(sheet, in: books) == [-13_00])
    for entry in [first, second, third] { #expect(try await isFlagged(entry, in: books)) }
  }

  @Test func `as known at a moment it is what it was then`() async throws {
    let books = try await booksSince2025()
    let old = try await books.post(40_00, on: Self.december)
    var moments = [books.clock.now]
    books.clock.advance(seconds: 60)
    let adjustment = try await correct(old, by: books.entry(15_00, debit: "3300"), in: books)
    moments.append(books.clock.now)
    books.clock.advance(seconds: 60)
    try await books.workspace.perform(
      ReverseEntry(adjustment, reason: "It was right."), as: books.owner)
    moments.append(books.clock.now)
    var known: [[Int64]?] = []
    for moment in moments {
      known.append(
        try await disclosed(
          StatementReport(balanceSheetOf: TestBooks.today, LedgerScope(knownAt: moment)),
          in: books))
    }
    #expect(known == [nil, [-15_00], nil])
  }
}
