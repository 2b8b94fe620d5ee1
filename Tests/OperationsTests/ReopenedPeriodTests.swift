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
    let october = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-10" })
    try await books.workspace.perform(
      OpenPeriod(october.id, name: october.label), as: books.director)
    try await books.closePeriod("2026-10")
    books.clock.advance(seconds: 60)
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> Void in
        try change.perform(
          ReopenPeriod(period: october.id, name: october.label, why: "Late bill"))
      }
    }.get()
    return books
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
}
