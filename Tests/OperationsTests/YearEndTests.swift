import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// Periods and the close of a year, as the demonstration and imports use them (RULES §3.5, §3.6).
@Suite struct YearEndTests {
  private func asSystem<C: Command>(_ command: C, in books: TestBooks) async throws -> C.Output {
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> C.Output in try change.perform(command) }
    }.get()
  }

  private func period(_ name: String, in books: TestBooks) async throws -> ID<Period> {
    try await books.store.snapshot(of: books.business, as: .system) {
      try $0.one(
        ID<Period>.self,
        "SELECT id FROM accounting_periods WHERE business_id = :business AND name = :name",
        ["name": name])
    }
  }

  @Test func `closing takes income, expense and dividends to retained earnings`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100_000_00, debit: "1120", credit: "4100")
    try await books.post(2_000_00, debit: "4400", credit: "1120")
    try await books.post(60_000_00, debit: "6100", credit: "1120")
    try await books.post(5_000_00, debit: "3200", credit: "1120")
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    #expect(try await books.balances() == ["1120": 33_000_00, "3300": -33_000_00])
    let page = try await books.workspace.fetch(JournalPage(), as: books.owner)
    #expect(page.first?.name == "CL-2026-000001")
    #expect(page.first?.creator == "system")
    #expect(page.first?.total == Money(minorUnits: 100_000_00))
    for check in try await books.workspace.fetch(Examination(), as: books.owner) {
      #expect(check.findings.isEmpty, "\(check.name)")
    }
  }

  @Test func `a period closes after those before it, once nothing of it waits`() async throws {
    let books = try await TestBooks.make()
    let november = try await period("2026-11", in: books)
    await #expect(throws: Refusal.faults([.periodNotOpen(name: "2026-01", .future)])) {
      try await asSystem(ClosePeriod(november, name: "2026-11"), in: books)
    }
    for month in 1...10 {
      let name = "2026-\(padded(month, to: 2))"
      let id = try await period(name, in: books)
      try await asSystem(OpenPeriod(id, name: name), in: books)
      try await asSystem(ClosePeriod(id, name: name), in: books)
    }
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(5)), as: books.employee
    ).entry
    await #expect(throws: Refusal.entriesWaiting(1)) {
      try await asSystem(ClosePeriod(november, name: "2026-11"), in: books)
    }
    try await books.workspace.perform(DiscardEntry(draft), as: books.employee)
    try await asSystem(ClosePeriod(november, name: "2026-11"), in: books)
    await #expect(throws: Refusal.faults([.periodNotOpen(name: "2026-11", .closed)])) {
      try await books.post(1)
    }
  }
}
