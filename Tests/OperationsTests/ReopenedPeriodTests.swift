import Domain
import Phrases
import Store
import TestSupport
import Testing

@testable import Operations

/// Reports of periods that were opened again say so (RULES R20).
@Suite struct ReopenedPeriodTests {
  private static let october = Day(year: 2026, month: 10, day: 31) ?? .first
  private static let reopened = ["2026-10 reopened since, on 2026-11-23"]

  /// October is closed and, a minute later, reopened.
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    let october = try await october(of: books)
    try await books.workspace.perform(
      OpenPeriod(october.id, name: october.label), as: books.director)
    try await books.closePeriod("2026-10")
    books.clock.advance(seconds: 60)
    try await reopenOctober(of: books)
    return books
  }

  private func october(of books: TestBooks) async throws -> Periods.Row {
    try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-10" })
  }

  private func asSystem<C: Command>(_ command: C, in books: TestBooks) async throws -> C.Output {
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> C.Output in try change.perform(command) }
    }.get()
  }

  private func reopenOctober(of books: TestBooks) async throws {
    let october = try await october(of: books)
    try await asSystem(
      ReopenPeriod(period: october.id, name: october.label, why: "Late bill"), in: books)
  }

  private func said(_ report: StatementReport, in books: TestBooks) async throws -> [String] {
    try await books.workspace.fetch(report, as: books.owner).reopened.map(\.phrase.english)
  }

  private func said(
    asOf day: Day, _ scope: LedgerScope = LedgerScope(), in books: TestBooks
  ) async throws -> [String] {
    try await books.workspace.fetch(TrialBalanceReport(asOf: day, scope), as: books.owner)
      .reopened.map(\.phrase.english)
  }

  @Test func `what is of a period that was reopened says so, closed again or not`() async throws {
    let books = try await books()
    #expect(try await said(asOf: Self.october, in: books) == Self.reopened)
    try await books.closePeriod("2026-10")
    #expect(try await said(asOf: Self.october, in: books) == Self.reopened)
    #expect(
      try await said(StatementReport(balanceSheetOf: Self.october), in: books) == Self.reopened)
    #expect(
      try await said(StatementReport(incomeOf: .year(to: TestBooks.today)), in: books)
        == Self.reopened)
    #expect(
      try await said(
        StatementReport(balanceSheetOf: TestBooks.today, comparing: [.priorPeriod]), in: books)
        == Self.reopened)
  }

  @Test func `whoever sees nothing of it in the audit log is told too`() async throws {
    let books = try await books()
    let scopes = [
      (books.employee, LedgerScope()), (books.manager, LedgerScope(department: books.department)),
    ]
    for (reader, scope) in scopes {
      let trail = try await books.workspace.fetch(AuditPage(limit: 100), as: reader)
      #expect(!trail.contains { $0.operation == ReopenPeriod.operation })
      let balance = try await books.workspace.fetch(
        TrialBalanceReport(asOf: Self.october, scope), as: reader)
      #expect(balance.reopened.map(\.phrase.english) == Self.reopened)
    }
    #expect(try await books.trail().contains { $0.operation == ReopenPeriod.operation })
  }

  @Test func `what is of other days doesn't, nor what was known before`() async throws {
    let books = try await books()
    #expect(try await said(asOf: TestBooks.today, in: books).isEmpty)
    #expect(
      try await said(StatementReport(balanceSheetOf: TestBooks.today), in: books).isEmpty)
    #expect(
      try await said(StatementReport(incomeOf: .period(of: TestBooks.today)), in: books).isEmpty)
    let before = LedgerScope(knownAt: TestBooks.start)
    #expect(try await said(asOf: Self.october, before, in: books).isEmpty)
  }

  @Test func `known between two reopenings, it says the first`() async throws {
    let books = try await books()
    let between = LedgerScope(knownAt: books.clock.now)
    try await books.closePeriod("2026-10")
    books.clock.advance(seconds: 2 * 86_400)
    let later = try await books.signedInAnew(.owner)
    try await reopenOctober(of: later)
    #expect(
      try await said(asOf: Self.october, in: later) == ["2026-10 reopened since, on 2026-11-25"])
    #expect(try await said(asOf: Self.october, between, in: later) == Self.reopened)
  }

  @Test func `a refused reopening isn't one`() async throws {
    let books = try await TestBooks.make()
    let october = try await october(of: books)
    await #expect(throws: Refusal.period(.notClosed(name: "2026-10", .future))) {
      try await reopenOctober(of: books)
    }
    #expect(try await said(asOf: october.end, in: books).isEmpty)
  }

  @Test func `a year that was reopened is said of its last day, every time`() async throws {
    let books = try await TestBooks.make()
    let yearEnd = try #require(Day("2026-12-31"))
    try await books.post(100, debit: "1120", credit: "4100")
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    try await asSystem(ReopenYear(year: 2026, why: "Audit"), in: books)
    let between = LedgerScope(knownAt: books.clock.now)
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    books.clock.advance(seconds: 2 * 86_400)
    let later = try await books.signedInAnew(.owner)
    try await asSystem(ReopenYear(year: 2026, why: "Audit again"), in: books)
    #expect(
      try await said(asOf: yearEnd, in: later)
        == ["Closing 2026 reopened since, on 2026-11-25"])
    #expect(
      try await said(asOf: yearEnd, between, in: later)
        == ["Closing 2026 reopened since, on 2026-11-23"])
    #expect(try await said(asOf: Self.october, in: later).isEmpty)
  }
}
