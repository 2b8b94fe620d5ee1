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
    _ entry: ID<Entry>, by minorUnits: Int64, debit: String, in books: TestBooks
  ) async throws -> ID<Entry> {
    try await books.workspace.perform(
      CorrectEntry(
        entry, by: books.entry(minorUnits, debit: debit), as: .difference,
        reason: "Rent was higher."),
      as: books.owner
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
    let adjustment = try await correct(old, by: 15_00, debit: "3300", in: books)
    let expense = try await correct(old, by: 2_00, debit: "6200", in: books)
    let ofYear = try await correct(recent, by: 1_00, debit: "3300", in: books)
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
    let adjustment = try await correct(old, by: 15_00, debit: "3300", in: books)
    #expect(try await disclosed(sheet, in: books) == [-15_00, 0])
    #expect(try await disclosed(income, in: books) == [-15_00])
    let before = TestBooks.today.adding(days: -1)
    #expect(try await disclosed(StatementReport(balanceSheetOf: before), in: books) == nil)
    try await books.workspace.perform(
      ReverseEntry(adjustment, reason: "It was right."), as: books.owner)
    #expect(try await disclosed(sheet, in: books) == nil)
    #expect(try await disclosed(income, in: books) == nil)
  }
}
