import Domain
import Interchange

/// Rows to print, in any of the three formats.
struct Table {
  enum Cell: Hashable {
    case text(String)
    /// An amount of a currency with `exponent` digits after the mark.
    case amount(Money, exponent: Int)
    /// An amount whose column is left empty for people where it is zero.
    case side(Money, exponent: Int)
    case count(Int)
    case flag(Bool)
    case none
  }

  /// In snake_case, as scripts know them.
  let columns: [String]
  /// As people read them.
  let titles: [String]
  var rows: [[Cell]]
  /// Last lines for people only: sums.
  var totals: [[Cell]] = []
  /// For people only: lines of their own, each above the row of its index.
  var headings: [Int: String] = [:]

  init(_ columns: [String], _ rows: [[Cell]]) {
    self.columns = columns
    titles = columns.map { $0.replacing("_", with: " ") }
    self.rows = rows
  }

  /// For people alone, under titles that are to stand as they are.
  init(titles: [String], _ rows: [[Cell]]) {
    columns = titles
    self.titles = titles
    self.rows = rows
  }
}

extension Table {
  /// Puts `!` behind the rows that people should look at, by their places.
  mutating func flag(_ flags: [Bool]) {
    guard flags.contains(true) else { return }
    var flagged = Table(
      columns + [""],
      zip(rows, flags).map { $0 + [$1 ? Cell.text("!") : Cell.none] })
    flagged.totals = totals.map { $0 + [Cell.none] }
    flagged.headings = headings
    self = flagged
  }
}

extension Table.Cell {
  static func optional(_ text: String?) -> Table.Cell { text.map(Table.Cell.text) ?? .none }

  var isNumber: Bool {
    switch self {
    case .amount, .side, .count: true
    case .text, .flag, .none: false
    }
  }
}

extension Table {
  /// As people read them, with the totals.
  var printed: [Printout.Row] {
    rows.indices.map { Printout.Row(rows[$0].printed, under: headings[$0]) }
      + totals.map { Printout.Row($0.printed, isTotal: true) }
  }

  /// As a part of a printout.
  var part: Printout.Part {
    Printout.Part(titles: titles) { body in
      for row in printed { try body(row) }
    }
  }

  /// Aligned columns under their titles.
  var text: String {
    var columns = titles.map { PrintedColumn($0) }
    for cells in rows + totals { columns.see(cells.printed) }
    return columns.titleLine + printed.map { columns.lines(of: $0) }.joined()
  }

  /// RFC 4180, with a header line. `guarding` puts an apostrophe before text that a spreadsheet
  /// would take for a formula; numbers stay numbers.
  func csv(guarding: Bool) -> String {
    columns.csvHeader(guarding: guarding) + rows.map { $0.csv(guarding: guarding) }.joined()
  }

  /// One object for each row.
  var json: [JSON] {
    rows.map { row in .object(zip(columns, row).map { JSON.Field($0, $1.json) }) }
  }
}

extension [String] {
  /// The columns' names as the first line of CSV.
  func csvHeader(guarding: Bool) -> String {
    CommaSeparated.lines([map { CommaSeparated.text($0, guarding: guarding) }])
  }
}

extension [Table.Cell] {
  var printed: [Printout.Cell] { map { Printout.Cell($0.shown, isNumber: $0.isNumber) } }

  /// A line of CSV.
  func csv(guarding: Bool) -> String {
    CommaSeparated.lines([map { $0.csv(guarding: guarding) }])
  }
}

extension Table.Cell {
  fileprivate var shown: String {
    switch self {
    case .text(let text): text
    case .amount(let money, let exponent): AmountFormat().text(money, exponent: exponent)
    case .side(let money, let exponent):
      money.isZero ? "" : AmountFormat().text(money, exponent: exponent)
    case .count(let count): String(count)
    case .flag(let flag): flag ? "yes" : "no"
    case .none: ""
    }
  }

  fileprivate func csv(guarding: Bool) -> String {
    switch self {
    case .text(let text): CommaSeparated.text(text, guarding: guarding)
    case .amount(let money, let exponent), .side(let money, let exponent):
      money.plain(exponent: exponent)
    case .count(let count): String(count)
    case .flag(let flag): flag ? "true" : "false"
    case .none: ""
    }
  }

  var json: JSON {
    switch self {
    case .text(let text): .string(text)
    case .amount(let money, let exponent), .side(let money, let exponent):
      .decimal(money.plain(exponent: exponent))
    case .count(let count): .integer(Int64(count))
    case .flag(let flag): .bool(flag)
    case .none: .null
    }
  }
}

extension Money {
  /// `-1234.50`, as scripts and other programs read it.
  func plain(exponent: Int) -> String { Quantity(self, exponent: exponent).text }
}
