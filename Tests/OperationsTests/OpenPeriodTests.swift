import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// How many periods are open at once (RULES R19).
@Suite struct OpenPeriodTests {
  @Test func `no more periods are open at once than the business lets be`() async throws {
    let books = try await TestBooks.make()
    func open(_ label: String) async throws {
      let period = try await self.period(label, in: books)
      try await books.workspace.perform(OpenPeriod(period.id, name: label), as: books.director)
    }
    try await open("2026-10")
    await #expect(throws: Refusal.period(.enoughOpen(["2026-10", "2026-11"]))) {
      try await open("2026-12")
    }
    try await open("Adjusting 2026")
    try await books.changeSettings { $0.openPeriodsMost = 3 }
    try await open("2026-12")
    #expect(try await period("2026-12", in: books).status == .open)
  }

  @Test func `nor is one opened again beside as many as may be`() async throws {
    let books = try await TestBooks.make()
    let october = try await period("2026-10", in: books)
    let december = try await period("2026-12", in: books)
    try await books.workspace.perform(
      OpenPeriod(october.id, name: october.label), as: books.director)
    try await books.closePeriod("2026-10")
    try await books.workspace.perform(
      OpenPeriod(december.id, name: december.label), as: books.director)
    func reopen() async throws {
      try await books.store.change(in: books.business, as: .system) { change in
        Result { () throws -> Void in
          try change.perform(
            ReopenPeriod(period: october.id, name: october.label, why: "Late bill"))
        }
      }.get()
    }
    await #expect(throws: Refusal.period(.enoughOpen(["2026-11", "2026-12"]))) {
      try await reopen()
    }
    try await books.changeSettings { $0.openPeriodsMost = 3 }
    try await reopen()
    #expect(try await period("2026-10", in: books).status == .open)
  }

  /// On the 5th of January, the 4th of which has something that comes again; 2027 isn't made yet.
  private func inJanuary() async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await books.schedule(.monthly, from: "2027-01-04", as: books.employee)
    books.clock.advance(seconds: 43 * 86_400)
    let later = try await books.signedInAnew(.owner)
    #expect(try await later.onlySchedule().flagged.map(\.flag) == [.noPeriod])
    return later
  }

  @Test func `a new year's current month waits where as many as may be are open`() async throws {
    let books = try await inJanuary()
    let december = try await period("2026-12", in: books)
    try await books.workspace.perform(
      OpenPeriod(december.id, name: december.label), as: books.owner)
    _ = try await books.workspace.perform(AddFiscalYear(), as: books.owner)
    #expect(try await period("2027-01", in: books).status == .future)
    #expect(try await books.onlySchedule().made == 0)
  }

  @Test func `a new year's current month is open, and what waited for it is written`()
    async throws
  {
    let books = try await inJanuary()
    _ = try await books.workspace.perform(AddFiscalYear(), as: books.owner)
    #expect(try await period("2027-01", in: books).status == .open)
    let row = try await books.onlySchedule()
    #expect(row.flagged.isEmpty && row.last?.day.text == "2027-01-04")
  }

  private func period(_ label: String, in books: TestBooks) async throws -> Periods.Row {
    try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.label == label })
  }
}
