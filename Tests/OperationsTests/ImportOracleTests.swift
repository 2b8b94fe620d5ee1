import Domain
import Interchange
import Operations
import TestSupport
import Testing

/// Imports give the sums that other programs find, or refuse the file and say where.
@Suite struct ImportOracleTests {
  @Test(arguments: OracleFile.own)
  func `our own journals come in with exactly their sums`(_ file: OracleFile) async throws {
    try await check(file, in: TestBooks.emptyWorkspace(at: TestBooks.start))
  }

  @Test(.enabled(if: OracleFile.others != nil), arguments: OracleFile.foreign)
  func `journals of other projects come in with exactly their sums or are refused`(
    _ file: OracleFile
  ) async throws {
    try await check(file, in: TestBooks.emptyWorkspace(at: TestBooks.start))
  }

  @Test(.enabled(if: OracleFile.others != nil))
  func `journals of one feature each come in with exactly their sums or are refused`()
    async throws
  {
    let workspace = try TestBooks.emptyWorkspace(at: TestBooks.start)
    for file in OracleFile.micro { try await check(file, in: workspace) }
  }

  /// Imports `file` into a new business.
  private func check(_ file: OracleFile, in workspace: Workspace) async throws {
    guard let journal = read(file) else {
      #expect(!file.isPlain, "\(file.name) isn't read")
      return
    }
    let owner = try await TestBooks.owner(of: file.name, in: workspace)
    do {
      let report = try await workspace.perform(
        ImportJournal(journal, file: file.name, untyped: .asset), as: owner)
      let found = try await sums(workspace, owner)
      let expected = try renamed(file.expected(), by: report)
      #expect(found == expected, "\(file.name): \(difference(found, expected))")
    } catch Refusal.importing(let problem) {
      #expect(!file.isPlain, "\(file.name): \(problem.words)")
      #expect(problem.position != nil, "\(file.name): \(problem.words)")
    }
  }

  /// Nil where the reader refuses the file already; its own tests hold what it says.
  private func read(_ file: OracleFile) -> ForeignJournal? {
    try? HledgerJournal.read(path: file.journal, defaultYear: OracleFile.year)
  }

  private func sums(
    _ workspace: Workspace, _ owner: Principal
  ) async throws -> [OracleSum: Quantity] {
    let report = try await workspace.fetch(
      TrialBalanceReport(asOf: .last, currency: .transaction), as: owner)
    let currencies = try await workspace.fetch(Currencies(), as: owner)
    let exponents = Dictionary(uniqueKeysWithValues: currencies.map { ($0.code, $0.exponent) })
    return Dictionary(
      uniqueKeysWithValues: try report.lines.map { line in
        (
          OracleSum(account: line.path, commodity: line.currency),
          Quantity(line.balance, exponent: try #require(exponents[line.currency]))
        )
      })
  }

  /// The expected sums under the codes that commodities have in the books.
  private func renamed(
    _ sums: [OracleSum: Quantity], by report: ImportReport
  ) throws -> [OracleSum: Quantity] {
    let codes = Dictionary(
      uniqueKeysWithValues: report.currencies.map { ($0.commodity, $0.code) })
    var renamed: [OracleSum: Quantity] = [:]
    for (key, sum) in sums {
      let code = OracleSum(
        account: key.account, commodity: codes[key.commodity] ?? key.commodity)
      renamed[code] = try (renamed[code] ?? .zero) + sum
    }
    return renamed.filter { !$0.value.isZero }
  }

  private func difference(
    _ found: [OracleSum: Quantity], _ expected: [OracleSum: Quantity]
  ) -> String {
    Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }.prefix(8)
      .map { "\($0): \(found[$0]?.text ?? "-") for \(expected[$0]?.text ?? "-")" }
      .joined(separator: "; ")
  }
}
