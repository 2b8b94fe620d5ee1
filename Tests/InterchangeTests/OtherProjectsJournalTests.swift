import Domain
import Foundation
import Interchange
import Testing

/// Journals of hledger, ledger and others, against the sums that hledger makes of them.
@Suite(.enabled(if: Oracles.folder != nil, "COREFLOW_ORACLES names no folder of oracles"))
struct OtherProjectsJournalTests {
  private let folder: String

  init() throws { folder = try #require(Oracles.folder) }

  @Test func `whole journals give hledger's sums, or say where they can't`() throws {
    let rows = try Oracles.table(folder + "/manifest.tsv")
      .filter { $0["oracle_file"]?.hasSuffix("/bal.exact.tsv") == true }
    #expect(rows.count >= 25)
    for row in rows {
      let file = try #require(row["file"])
      let oracle = try Oracles.sums(folder + "/" + #require(row["oracle_file"]))
      try expect(file, sums: oracle, mayRefuse: row["class"] != "plain")
    }
  }

  @Test func `journals that hledger refuses are refused with their line`() throws {
    let rows = try Oracles.table(folder + "/manifest.tsv").filter { $0["class"] == "refuse" }
    for file in Set(rows.compactMap { $0["file"] }) { try expectRefusal(file) }
  }

  @Test(arguments: ["plain-agree", "exotic-agree", "hledger-only-or-differs"])
  func `one-feature journals give hledger's sums, or say where they can't`(
    category: String
  ) throws {
    let files = try files(of: category)
    #expect(files.count >= 100)
    for file in files where Self.otherSums[name(file)] == nil {
      let oracle = folder + "/" + file.replacing(".journal", with: ".exact.tsv")
      try expect(file, sums: Oracles.sums(oracle), mayRefuse: category != "plain-agree")
    }
  }

  @Test func `one-feature journals that hledger refuses are refused with their line`() throws {
    let files = try files(of: "hledger-refuses")
    #expect(files.count >= 100)
    for file in files where Self.taken[name(file)] == nil { try expectRefusal(file) }
  }

  @Test(arguments: taken.keys.sorted())
  func `what is taken although hledger 1.25 refuses it is taken`(name: String) throws {
    #expect(throws: Never.self) { try read("micro/hledger-refuses/\(name).journal") }
  }

  /// Where these sums are right and the oracle's are not.
  private static let otherSums = [
    "h-balance-1148-02": "its numbers went through floating point on their way out of hledger"
  ]

  /// Journals that hledger 1.25 refuses and that are taken here, with the reason.
  private static let taken = [
    "h-journal-amounts-and-commodities-22": "a tab ends an account's name, as in ledger",
    "l-r-707": "`year` sets the default year, as in newer versions",
    "l-r-cov4-directive-year": "the same",
    "l-r-coverage-year-directive": "the same",
    "l-r-coverage-commodity-blank-subdir": "a line of spaces is a blank line",
  ]

  private func files(of category: String) throws -> [String] {
    try Oracles.table(folder + "/micro.tsv").filter { $0["category"] == category }
      .compactMap { $0["file"] }
  }

  private func name(_ file: String) -> String {
    URL(filePath: file).deletingPathExtension().lastPathComponent
  }

  private func read(_ file: String) throws -> ForeignJournal {
    try HledgerJournal.read(path: folder + "/" + file, defaultYear: Oracles.year)
  }

  private func expect(_ file: String, sums: Sums, mayRefuse: Bool) throws {
    do {
      let journal = try read(file)
      #expect(try Sums(journal) == sums, "\(file)")
    } catch let refusal as ImportError {
      #expect(mayRefuse, "\(file) is refused: \(refusal.text)")
      #expect(refusal.line != nil, "\(refusal.text)")
    }
  }

  private func expectRefusal(_ file: String) throws {
    let refusal = #expect(throws: ImportError.self, "\(file) is taken") { try read(file) }
    #expect(refusal?.line != nil, "\(file)")
  }
}
