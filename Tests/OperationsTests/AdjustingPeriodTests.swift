import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// What is taken back or put right of the adjusting period (RULES §3.7, §3.8).
@Suite struct AdjustingPeriodTests {
  /// The months are closed and the adjusting period is open, with 9.00 adjusted in it.
  private func adjusted() async throws -> (books: TestBooks, entry: ID<Entry>, day: Day) {
    let books = try await TestBooks.make()
    try await books.closeMonths()
    let adjusting = try await period("Adjusting 2026", in: books)
    try await books.workspace.perform(
      OpenPeriod(adjusting.id, name: adjusting.label), as: books.director)
    var content = books.entry(9_00, on: adjusting.end)
    content.type = .adjusting
    let entry = try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner
    ).entry
    return (books, entry, adjusting.end)
  }

  private func period(_ label: String, in books: TestBooks) async throws -> Periods.Row {
    try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.label == label })
  }

  private func reopen(_ label: String, in books: TestBooks) async throws {
    let period = try await period(label, in: books)
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> Void in
        try change.perform(ReopenPeriod(period: period.id, name: label, why: "Late bill"))
      }
    }.get()
  }

  /// What isn't zero by account on the last day of the year.
  private func balances(
    _ basis: LedgerScope.Basis, in books: TestBooks
  ) async throws -> [String: Int64] {
    let day = try await period("Adjusting 2026", in: books).end
    let report = try await books.workspace.fetch(
      TrialBalanceReport(asOf: day, LedgerScope(basis)), as: books.owner)
    return Dictionary(
      uniqueKeysWithValues: report.lines.map { ($0.number, $0.balance.minorUnits) }
    ).filter { $0.value != 0 }
  }

  private func periods(of type: EntryType, in books: TestBooks) async throws -> [String] {
    try await books.store.snapshot(of: books.business, as: .system) {
      try $0.rows(
        { (name: String) in name },
        """
        SELECT p.name FROM journal_entries e
        JOIN accounting_periods p ON p.business_id = :business AND p.id = e.period_id
        WHERE e.business_id = :business AND e.type = :type
        """, ["type": type])
    }
  }

  @Test func `it is taken back where it is, although December is closed`() async throws {
    let (books, entry, _) = try await adjusted()
    let outcome = try await books.workspace.perform(
      ReverseEntry(entry, reason: "Entered twice."), as: books.owner)
    guard case .posted = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(try await periods(of: .reversing, in: books) == ["Adjusting"])
    for basis in LedgerScope.Basis.allCases {
      #expect(try await balances(basis, in: books).isEmpty, "\(basis)")
    }
  }

  @Test func `it is taken back where it is, although December is open again`() async throws {
    let (books, entry, day) = try await adjusted()
    try await reopen("2026-12", in: books)
    _ = try await books.workspace.perform(
      ReverseEntry(entry, on: day, reason: "Entered twice."), as: books.owner)
    #expect(try await periods(of: .reversing, in: books) == ["Adjusting"])
    for basis in LedgerScope.Basis.allCases {
      #expect(try await balances(basis, in: books).isEmpty, "\(basis)")
    }
  }

  @Test func `once that is closed it isn't taken back on its own day, not in December either`()
    async throws
  {
    let (books, entry, day) = try await adjusted()
    let adjusting = try await period("Adjusting 2026", in: books)
    try await books.workspace.perform(
      ClosePeriod(adjusting.id, name: adjusting.label), as: books.director)
    try await reopen("2026-12", in: books)
    await #expect(throws: Refusal.faults([.periodNotOpen(name: "Adjusting", .closed)])) {
      _ = try await books.workspace.perform(
        ReverseEntry(entry, on: day, reason: "Entered twice."), as: books.owner)
    }
  }

  @Test func `its correction begins on its own day, and both go where it is`() async throws {
    let (books, entry, day) = try await adjusted()
    var content = try await books.workspace.fetch(EntryToCorrect(entry), as: books.owner)
    #expect(content.date == day)
    content.lines = [books.line("6200", 7_00), books.line("1120", -7_00)]
    let outcome = try await books.workspace.perform(
      CorrectEntry(entry, by: content, reason: "It was less."), as: books.owner)
    #expect(outcome.correction.state == .posted(number: "CO-2026-000001"))
    #expect(try await periods(of: .reversing, in: books) == ["Adjusting"])
    #expect(try await periods(of: .correction, in: books) == ["Adjusting"])
    #expect(try await balances(.adjusted, in: books) == ["6200": 7_00, "1120": -7_00])
  }
}
