import Domain
import Operations

/// A report on its way out: for people, for scripts and for paper.
struct Report {
  /// What it is: `Trial balance`.
  let title: String
  /// What it is, of whose books, and what it was asked for, in one line.
  let heading: String
  /// What whoever reads it must know besides.
  var notices: [String] = []
  /// As people read it.
  let sheet: Table
  /// What stands below that, for people too.
  var annex: Table?
  /// As scripts get it.
  let table: Table
  let json: JSON
  /// How far the books had come.
  let footing: Footing
  /// Of a group, how far those of each member had, by its slug.
  var members: [(slug: String, footing: Footing)] = []
}

extension Report {
  /// What people read, one below the other.
  var sheets: [Table] { [sheet] + [annex].compactMap(\.self) }

  /// Under its heading.
  var text: String {
    TerminalText.line(heading) + "\n\n" + sheets.map(\.text).joined(separator: "\n")
  }

  /// What holds paper to the books: how far they had come, and by which record that is proved.
  var footingLines: [String] {
    guard !members.isEmpty else { return lines(of: footing) }
    return members.flatMap { lines(of: $0.footing, " of \($0.slug)") }
  }

  private func lines(of footing: Footing, _ whose: String = "") -> [String] {
    [
      "Ledger high-water\(whose): record \(footing.highWater)",
      "Chain head\(whose): \(footing.chainHead)",
    ]
  }
}
