import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// Where the amounts of what comes again are from: shares of balances, and the last time (RULES
/// §3.8).
@Suite struct OccurrenceAmountTests {
  /// A template of such lines, debit-positive, its amounts by `rules`.
  private func template(
    _ lines: [(account: String, minorUnits: Int64, rule: AmountRule)], in books: TestBooks
  ) async throws -> ID<EntryTemplate> {
    var content = books.entry(1)
    content.lines = lines.map { books.line($0.account, $0.minorUnits) }
    let draft = try await books.workspace.perform(
      CreateEntry(content), as: books.employee
    ).entry
    let template = try await books.workspace.perform(
      SaveTemplate("Commission", of: draft), as: books.employee)
    try await books.workspace.perform(DiscardEntry(draft), as: books.employee)
    for (index, line) in lines.enumerated() {
      try await books.workspace.perform(
        SetTemplateAmount(line.rule, of: index + 1, in: template), as: books.employee)
    }
    return template
  }

  private func start(
    _ template: ID<EntryTemplate>, in books: TestBooks
  ) async throws -> ID<Schedule> {
    try await books.workspace.perform(
      CreateSchedule(
        ScheduleContent(
          template, try RecurrenceRule(.weekly, from: TestBooks.today), then: .draft)),
      as: books.employee
    ).id
  }

  private func lastAmounts(in books: TestBooks) async throws -> [Int64] {
    let entry = try #require(try await books.onlySchedule().last).entry
    return try await books.workspace.fetch(EntryDetail(entry), as: books.owner).lines
      .map(\.amount.minorUnits)
  }

  /// 1,000.00 sold for cash in December 2025, which isn't closed, and 200.00 since.
  private func soldInTwoYears() async throws -> TestBooks {
    let books = try await TestBooks.make()
    let plan = FiscalYearPlan(holding: try #require(Day("2025-06-01")), firstMonth: 1)
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> Void in try change.perform(OpenFiscalYear(plan)) }
    }.get()
    let december = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2025-12" })
    try await books.workspace.perform(
      OpenPeriod(december.id, name: december.label), as: books.director)
    try await books.post(1_000_00, debit: "1120", credit: "4100", on: december.end)
    try await books.post(200_00, debit: "1120", credit: "4100")
    return books
  }

  @Test func `a share of income is of what the fiscal year earned`() async throws {
    let books = try await soldInTwoYears()
    let sales = books.account("4100")
    // 5 per cent of 200.00, and not of 1,200.00.
    _ = try await start(
      template(
        [
          ("6400", 1, .share(-50_000, of: sales)), ("2110", -1, .share(50_000, of: sales)),
        ], in: books), in: books)
    #expect(try await lastAmounts(in: books) == [10_00, -10_00])
  }

  @Test func `a share of cash is of all there is`() async throws {
    let books = try await soldInTwoYears()
    let cash = books.account("1120")
    _ = try await start(
      template(
        [
          ("6400", 1, .share(50_000, of: cash)), ("2110", -1, .share(-50_000, of: cash)),
        ], in: books), in: books)
    #expect(try await lastAmounts(in: books) == [60_00, -60_00])
  }

  @Test func `a line is what it was the last time, although one before it came to nothing`()
    async throws
  {
    let books = try await TestBooks.make()
    let template = try await template(
      [
        ("6400", 1_00, .share(50_000, of: books.account("1310"))), ("6400", 12_00, .last),
        ("2110", -12_00, .last),
      ], in: books)
    let schedule = try await start(template, in: books)
    #expect(try await lastAmounts(in: books) == [12_00, -12_00])
    let first = try #require(try await books.onlySchedule().last).entry
    let found = try await books.workspace.fetch(EntryToEdit(first), as: books.employee)
    var content = found.content
    content.lines = [books.line("6400", 15_50), books.line("2110", -15_50)]
    _ = try await books.workspace.perform(
      EditEntry(first, content: content, version: found.version), as: books.employee)
    _ = try await books.workspace.perform(
      MakeOccurrence(TestBooks.today.adding(days: 7), of: schedule), as: books.employee)
    #expect(try await lastAmounts(in: books) == [15_50, -15_50])
  }
}
