import Domain
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

  private func period(_ label: String, in books: TestBooks) async throws -> Periods.Row {
    try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.label == label })
  }
}
