import Domain
import Interchange
import Operations

/// A report on its way out: for people, for scripts and for paper.
struct Report {
  /// What it is: `Trial balance`.
  let title: String
  /// What it is, of whose books, and what it was asked for, in one line.
  let heading: String
  /// What whoever reads it must know besides.
  var notices: [String] = []
  /// What people read on a screen, where that isn't the sheet under its heading.
  var onScreen: String?
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

/// A report whose forms are written as they are read, for what has more rows than memory holds.
struct StreamedReport {
  typealias Write = (String) throws -> Void

  let notices: [String]
  /// As people read it.
  let printout: Printout
  /// As scripts get it: the names of the columns.
  let columns: [String]
  /// Every row, in their order.
  let rows: (_ body: ([Table.Cell]) throws -> Void) throws -> Void
  /// One document, piece by piece.
  let json: (_ write: Write) throws -> Void
  /// What people read on a screen, where that isn't the printout.
  var onScreen: String?
}

extension Report {
  var streamed: StreamedReport {
    StreamedReport(
      notices: notices,
      printout: Printout(
        title: title, heading: heading, notes: notices + footingLines,
        parts: [sheet.part] + [annex?.part].compactMap(\.self)),
      columns: table.columns, rows: { try table.rows.forEach($0) },
      json: { write in try write(json.text) }, onScreen: onScreen)
  }

  /// What holds paper to the books, of each of several businesses.
  private var footingLines: [String] {
    guard !members.isEmpty else { return footing.lines }
    return members.flatMap { $0.footing.lines(of: $0.slug) }
  }
}
