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
  var rows: [[Cell]]
  /// A last line for people only: sums.
  var totals: [Cell]?

  init(_ columns: [String], _ rows: [[Cell]], totals: [Cell]? = nil) {
    self.columns = columns
    self.rows = rows
    self.totals = totals
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
  /// Aligned columns under their titles. Line ends inside a cell don't break it.
  var text: String {
    let titles = columns.map { $0.replacing("_", with: " ") }
    let body = (rows + [totals].compactMap(\.self)).map { row in
      row.map { TerminalText.line($0.shown) }
    }
    let widths = columns.indices.map { index in
      ([titles] + body).map { TerminalText.width($0[index]) }.max() ?? 0
    }
    let isNumeric = columns.indices.map { index in rows.contains { $0[index].isNumber } }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { index in
        let space = String(
          repeating: " ", count: widths[index] - TerminalText.width(cells[index]))
        return isNumeric[index] ? space + cells[index] : cells[index] + space
      }
      let text = padded.joined(separator: "  ")
      return String(text.reversed().drop { $0 == " " }.reversed()) + "\n"
    }
    return ([titles] + body).map(line).joined()
  }

  /// RFC 4180, with a header line. `guarding` puts an apostrophe before text that a spreadsheet
  /// would take for a formula; numbers stay numbers.
  func csv(guarding: Bool) -> String {
    CommaSeparated.lines([columns] + rows.map { row in row.map { $0.csv(guarding: guarding) } })
  }

  /// One object for each row.
  var json: [JSON] {
    rows.map { row in .object(zip(columns, row).map { JSON.Field($0, $1.json) }) }
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

  fileprivate var json: JSON {
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
