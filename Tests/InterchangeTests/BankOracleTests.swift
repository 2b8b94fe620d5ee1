import Domain
import Foundation
import Interchange
import Testing

/// Banks' files with the rules that hledger reads them by, against what it makes of them.
///
/// Ours are in `Tests/Fixtures`; those of other projects are read from the folder that
/// `COREFLOW_ORACLES` names, and skipped where it names none.
struct BankOracleTests {
  @Test(arguments: ["gen-us", "gen-us-overlap", "gen-de", "gen-de-overlap"])
  func `our own files are read as hledger reads them`(name: String) throws {
    try expect(name, in: Oracles.fixtures + "/bankcsv")
  }

  @Test(
    .enabled(if: Oracles.folder != nil, "COREFLOW_ORACLES names no folder of oracles"),
    arguments: ["chase", "lloyds", "monefy", "nationwide", "nordea-dk"])
  func `files of real banks are read as hledger reads them`(name: String) throws {
    try expect(name, in: #require(Oracles.folder) + "/bankcsv")
  }

  /// A line with all that hledger has of it, in the order of their days.
  private func expect(_ name: String, in folder: String) throws {
    let path = "\(folder)/\(name).csv"
    let lines = try BankFile.read(path: path, rules: path + ".rules").lines
    let byDay = lines.enumerated().sorted {
      ($0.element.booked, $0.offset) < ($1.element.booked, $1.offset)
    }.map { Line($0.element) }
    let oracle = try Line.oracle("\(folder)/\(name).print.csv.oracle")
    #expect(byDay.count == oracle.count)
    for (found, expected) in zip(byDay, oracle) { #expect(found == expected) }
  }

  private struct Line: Equatable {
    let booked: String
    let valued: String
    let code: String
    let description: String
    let account: String
    let amount: Quantity?
    let currency: String
    let counterAccount: String

    init(_ line: ForeignStatementLine) {
      booked = line.booked.text
      valued = line.valued?.text ?? ""
      code = line.code
      description = line.description
      account = line.account
      amount = line.amount
      currency = line.currency
      counterAccount = line.counterAccount
    }

    /// From the bank's posting and the one against it.
    private init(_ row: [String], _ other: [String]) {
      booked = row[1]
      valued = row[2]
      code = row[4]
      description = row[5]
      account = row[7]
      amount = Quantity(row[8].replacing(",", with: "."))
      currency = row[9]
      counterAccount = other[7]
    }

    static func oracle(_ path: String) throws -> [Line] {
      let rows = try String(contentsOfFile: path, encoding: .utf8)
        .split(whereSeparator: \.isNewline).dropFirst().map(cells)
      return stride(from: 0, to: rows.count - 1, by: 2).map { Line(rows[$0], rows[$0 + 1]) }
    }

    /// The values of a row all of which are in quotes.
    private static func cells(_ row: Substring) -> [String] {
      var cells = [""]
      var isQuoted = false
      var before: Character?
      for character in row {
        if character == "\"" {
          isQuoted.toggle()
          // The second of two within a value.
          if isQuoted, before == "\"" { cells[cells.count - 1] += "\"" }
        } else if character == ",", !isQuoted {
          cells.append("")
        } else {
          cells[cells.count - 1].append(character)
        }
        before = character
      }
      return cells
    }
  }
}
