import Domain
import Foundation
import Interchange
import Testing

/// Journals made for this project, with sums that were worked out apart from it.
struct OwnJournalTests {
  private static let journals = Oracles.fixtures + "/journals/"
  private static let malformed = Oracles.fixtures + "/malformed/"
  private static let cycle = Oracles.fixtures + "/cycles/A-service-usd/"

  @Test(arguments: [
    "own-dates-comments", "own-formats-eu", "own-costs-assertions", "gen-usd-1500",
    "gen-multi-1200", "gen-dollar-600", "gen-cost-300", "gen-unicode-300",
  ])
  func `a journal's sums are exact`(name: String) throws {
    let journal = try HledgerJournal.read(path: Self.journals + name + ".journal")
    let expected = try Oracles.sums(Self.journals + name + ".expected.tsv")
    #expect(!expected.isEmpty)
    #expect(try Sums(journal) == expected)
  }

  @Test(arguments: ["unadjusted", "adjusted", "after-reversing", "post-closing", "next-period"])
  func `an accounting cycle's trial balance is exact`(stage: String) throws {
    let journal = try HledgerJournal.read(path: Self.cycle + stage + ".journal")
    let expected = try Oracles.trialBalance(
      Self.cycle + "expected.\(stage).trial-balance.csv", commodity: "USD")
    #expect(!expected.isEmpty)
    #expect(try Sums(journal) == expected)
  }

  @Test func `what hledger refuses of malformed journals is refused, with its line`() throws {
    let rows = try Oracles.table(Self.malformed + "expected.tsv")
    #expect(rows.count == 20)
    for row in rows where row["hledger_rc"] == "1" {
      let path = Self.malformed + (row["file"] ?? "")
      let refusal = #expect(throws: ImportError.self, "\(path)") {
        try HledgerJournal.read(path: path)
      }
      #expect(refusal?.line != nil, "\(path)")
    }
  }

  @Test(arguments: ["empty.journal", "only-comments.journal"])
  func `a journal without entries is empty`(name: String) throws {
    #expect(try HledgerJournal.read(path: Self.malformed + name) == ForeignJournal())
  }

  @Test func `an entry without lines is left out with a warning`() throws {
    let journal = try HledgerJournal.read(path: Self.malformed + "no-postings.journal")
    #expect(journal.entries.count == 1)
    #expect(journal.warnings.map(\.fact) == [.noPostings])
  }

  @Test func `one space before an amount is a warning that shows the name it becomes`() throws {
    let journal = try HledgerJournal.read(path: Self.malformed + "one-space-before-amount.journal")
    #expect(journal.entries.flatMap(\.postings).contains { $0.account == "assets:cash $10" })
    #expect(journal.warnings.map(\.fact) == [.oneSpaceBeforeAmount(account: "assets:cash $10")])
  }

  @Test(arguments: [
    "blob-all.bin", "invalid-5byte.bin", "invalid-lone-continuation.bin",
    "invalid-overlong-nul.bin", "invalid-overlong-slash.bin", "invalid-surrogate.bin",
    "invalid-truncated-3.bin",
  ])
  func `what isn't text is refused`(name: String) throws {
    #expect(throws: ImportError.self) {
      try HledgerJournal.read(path: Oracles.fixtures + "/nasty/" + name)
    }
  }
}
