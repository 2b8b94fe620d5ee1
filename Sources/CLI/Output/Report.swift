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
  /// As scripts get it.
  let table: Table
  let json: JSON
  let footing: Footing
}

extension Report {
  /// Under its heading.
  var text: String { TerminalText.line(heading) + "\n\n" + sheet.text }

  /// What holds paper to the books: how far they had come, and by which record that is proved.
  var footingLines: [String] {
    ["Ledger high-water: record \(footing.highWater)", "Chain head: \(footing.chainHead)"]
  }
}
