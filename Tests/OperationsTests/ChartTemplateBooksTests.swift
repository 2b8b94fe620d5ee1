import Domain
import Operations
import TestSupport
import Testing

/// Books that are begun with each of the charts there are.
@Suite struct ChartTemplateBooksTests {
  @Test(arguments: ChartTemplate.names)
  func `books of every chart balance, empty and posted to`(_ name: String) async throws {
    let template = try #require(ChartTemplate.named(name))
    let workspace = try TestBooks.emptyWorkspace(at: TestBooks.start)
    let owner = try await Self.owner(of: template, in: workspace)
    let chart = try await workspace.fetch(ChartOfAccounts(), as: owner)
    #expect(chart.map(\.number).sorted() == template.accounts.map(\.number))
    #expect(chart.map(\.level).max() ?? 0 < 8)

    let empty = try await workspace.fetch(TrialBalanceReport(asOf: .last), as: owner)
    #expect(empty.lines.isEmpty)
    #expect(try empty.totalDebit() == empty.totalCredit())

    func line(_ category: AccountCategory, _ minorUnits: Int64) throws -> LineContent {
      let account = try #require(chart.first { $0.category == category && !$0.isHeader })
      return LineContent(
        account: account.id, currency: "EUR", amount: Money(minorUnits: minorUnits))
    }
    let lines = try [line(.bank, 10_000), line(.openingBalanceEquity, -10_000)]
    _ = try await workspace.perform(
      CreateEntry(
        EntryContent(date: TestBooks.today, description: "Money to begin with", lines: lines),
        then: .post), as: owner)
    let posted = try await workspace.fetch(TrialBalanceReport(asOf: .last), as: owner)
    #expect(posted.lines.map(\.balance.minorUnits).sorted() == [-10_000, 10_000])
  }

  private static func owner(
    of template: ChartTemplate, in workspace: Workspace
  ) async throws -> Principal {
    let email = "owner@books.example"
    let business = try await workspace.initialise(
      BusinessPlan(name: "Acme", baseCurrency: "EUR", chart: template), ownerEmail: email,
      ownerName: "Olive Owner", password: TestBooks.password)
    let lobby = try await workspace.signIn(
      email: email, password: TestBooks.password, from: TestBooks.origin)
    return try await workspace.enter(business, as: lobby)
  }
}
