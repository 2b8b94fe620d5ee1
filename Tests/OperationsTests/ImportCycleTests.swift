import Domain
import Foundation
import Interchange
import Operations
import TestSupport
import Testing

/// A business's accounting cycle, whose figures were worked out by hand, booked through the gate
/// stage by stage.
@Suite struct ImportCycleTests {
  private static let folder =
    URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/cycles/A-service-usd").path + "/"

  /// The stage's journal in books of its own.
  private static func trialBalance(after stage: String) async throws -> TrialBalance {
    let books = try await TestBooks.make { $0.chart = nil }
    let journal = try HledgerJournal.read(path: folder + stage + ".journal")
    let report = try await books.workspace.perform(
      ImportJournal(journal, file: stage), as: books.owner)
    #expect(report.entries == journal.entries.count)
    for check in try await books.workspace.fetch(Examination(), as: books.owner) {
      #expect(check.findings.isEmpty, "\(stage), \(check.name)")
    }
    return try await books.workspace.fetch(TrialBalanceReport(asOf: .last), as: books.owner)
  }

  @Test(arguments: ["unadjusted", "adjusted", "after-reversing", "post-closing", "next-period"])
  func `every stage has the trial balance that was worked out`(_ stage: String) async throws {
    let text = try String(
      contentsOfFile: Self.folder + "expected.\(stage).trial-balance.csv", encoding: .utf8)
    var expected: [String: [String]] = [:]
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      expected[cells[0]] = Array(cells[1...])
    }
    let balance = try await Self.trialBalance(after: stage)
    func shown(_ money: Money) -> String { money.isZero ? "" : Quantity(money, exponent: 2).text }
    var found = Dictionary(
      uniqueKeysWithValues: balance.lines.map {
        ($0.path, [shown($0.balance.debit), shown($0.balance.credit)])
      })
    found["TOTAL"] = [shown(try balance.totalDebit()), shown(try balance.totalCredit())]
    #expect(!expected.isEmpty)
    #expect(found == expected)
  }

  @Test func `the results of the year are those that were worked out`() async throws {
    let adjusted = try await Self.trialBalance(after: "adjusted")
    let closed = try await Self.trialBalance(after: "post-closing")
    func sum(_ accountClass: AccountType.Class, of balance: TrialBalance) throws -> Money {
      try balance.lines.filter { $0.type.accountClass == accountClass }.map(\.balance).total()
    }
    let revenue = try sum(.revenue, of: adjusted).negated()
    let expenses = try sum(.expense, of: adjusted)
    let facts = try [
      "net_revenue": revenue, "total_expenses": expenses,
      "net_income": revenue + expenses.negated(),
      "total_assets": sum(.asset, of: closed),
      "total_liabilities": sum(.liability, of: closed).negated(),
      "total_equity_after_close": sum(.equity, of: closed).negated(),
    ].mapValues { Quantity($0, exponent: 2).text }
    let text = try Data(contentsOf: URL(filePath: Self.folder + "expected.facts.json"))
    #expect(try JSONDecoder().decode([String: String].self, from: text) == facts)
  }
}
