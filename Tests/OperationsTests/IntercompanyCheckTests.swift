import Domain
import Operations
import Phrases
import TestSupport
import Testing

/// What group companies owe each other, before a period is closed (RULES R24).
@Suite struct IntercompanyCheckTests {
  @Test func `what group companies owe is agreed with them, and anew once it differs`()
    async throws
  {
    let books = try await TestBooks.make()
    let months = try await books.workspace.fetch(Periods(), as: books.director)
      .filter { $0.kind == .normal }
    func close(_ period: Periods.Row) async throws {
      try await books.workspace.perform(
        ClosePeriod(period.id, name: period.label), as: books.director)
    }
    for month in months.prefix(10) { try await close(month) }
    let period = try #require(months.dropFirst(10).first)
    func check() async throws -> PeriodChecks.Item {
      try #require(
        try await books.workspace.fetch(PeriodChecks(period.id), as: books.director).items
          .first { $0.check == .intercompany })
    }
    func accept(_ reason: String) async throws {
      try await books.workspace.perform(
        WaiveCheck(.intercompany, of: period.id, seen: check().findings, reason: reason),
        as: books.director)
    }
    #expect(try await check().passes)
    try await books.post(198_00, debit: "1250", credit: "4800")
    #expect(
      try await check().findings.map(\.phrase.english)
        == ["1250 Due from group companies: 198.00 USD debit"])
    await #expect(throws: Refusal.period(.checks([.intercompany]))) {
      try await close(period)
    }
    try await accept("They confirmed it on 30 November.")
    #expect(try await check().passes)
    try await books.post(2_00, debit: "1250", credit: "4800")
    #expect(try await !check().passes)
    try await accept("And the other two dollars.")
    try await close(period)
  }
}
