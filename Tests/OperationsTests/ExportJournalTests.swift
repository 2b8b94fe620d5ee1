import Domain
import Interchange
import Operations
import TestSupport
import Testing

/// The books as a journal.
@Suite struct ExportJournalTests {
  @Test(arguments: OracleFile.own.filter { !$0.name.contains("costs") }.map(\.name))
  func `what is exported and imported elsewhere gives the same trial balance`(
    _ name: String
  ) async throws {
    let file = try #require(OracleFile.own.first { $0.name == name })
    let workspace = try TestBooks.emptyWorkspace(at: TestBooks.start)
    let first = try await TestBooks.owner(of: "first", in: workspace)
    let journal = try HledgerJournal.read(path: file.journal, defaultYear: OracleFile.year)
    do {
      try await workspace.perform(
        ImportJournal(journal, file: name, untyped: .asset), as: first)
    } catch Refusal.importing where !file.isPlain { return }
    let exported = try await workspace.perform(ExportJournal(to: "out"), as: first).journal
    let text = HledgerJournal.write(exported)
    let second = try await TestBooks.owner(of: "second", in: workspace)
    let report = try await workspace.perform(
      ImportJournal(try HledgerJournal.read(text: text), file: "out", untyped: .asset), as: second)
    #expect(report.entries == exported.entries.count)
    for currency in TrialBalanceReport.Currency.allCases {
      func lines(_ principal: Principal) async throws -> [String] {
        try await workspace.fetch(
          TrialBalanceReport(asOf: .last, currency: currency), as: principal
        ).lines.map { "\($0.path) \($0.currency) \($0.balance.minorUnits)" }.sorted()
      }
      #expect(try await lines(first) == lines(second))
    }
  }

  @Test func `drafts stay inside, and so does what a role may not take out`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.workspace.perform(CreateEntry(books.entry(5)), as: books.employee)
    let exported = try await books.workspace.perform(ExportJournal(to: "out"), as: books.owner)
      .journal
    #expect(exported.entries.count == 1)
    #expect(try await books.trail(1).first?.event == .export)
    await #expect(throws: Refusal.notPermitted(.reportExport, .noGrant(.employee))) {
      try await books.workspace.perform(ExportJournal(to: "out"), as: books.employee)
    }
  }
}
