import Domain
import Foundation
import Interchange
import Testing

/// Journals with the sums that other programs make of them.
///
/// Those of our own are in `Tests/Fixtures`. Those of other projects may not be copied into this
/// repository: they are read from the folder that `COREFLOW_ORACLES` names, and their tests are
/// skipped where it names none.
enum Oracles {
  static let folder: String? = ProcessInfo.processInfo.environment["COREFLOW_ORACLES"]
    .map { URL(filePath: $0, relativeTo: packageFolder).standardizedFileURL.path }
    .flatMap { FileManager.default.fileExists(atPath: $0 + "/manifest.tsv") ? $0 : nil }

  static let fixtures = packageFolder.appending(path: "Tests/Fixtures").path

  private static let packageFolder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The year of days that name none: that of the run that the oracles come from.
  static let year = 2026

  /// Rows of a tab-separated file by the names in its first line.
  static func table(_ path: String) throws -> [[String: String]] {
    let rows = try lines(path).map { fields($0, separator: "\t") }
    return rows.dropFirst().map { row in
      Dictionary(zip(rows[0], row), uniquingKeysWith: { first, _ in first })
    }
  }

  /// Exact sums by account and commodity, zeros left out, as `account TAB commodity TAB number`.
  static func sums(_ path: String) throws -> Sums {
    var sums = Sums()
    for row in try lines(path).map({ fields($0, separator: "\t") }) where row.count >= 3 {
      try sums.add(#require(Quantity(row[2])), row[0], row[1].replacing("\"", with: ""))
    }
    return sums
  }

  /// The same from `account,debit,credit` in one commodity.
  static func trialBalance(_ path: String, commodity: String) throws -> Sums {
    var sums = Sums()
    for row in try lines(path).dropFirst().map({ fields($0, separator: ",") }) {
      try sums.add(Quantity(row[1]) ?? .zero, row[0], commodity)
      try sums.add((Quantity(row[2]) ?? .zero).negated(), row[0], commodity)
    }
    return sums
  }

  private static func lines(_ path: String) throws -> [Substring] {
    try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
  }

  private static func fields(_ line: Substring, separator: Character) -> [String] {
    line.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}

/// What a journal's postings sum to; accounts that come to nothing don't count.
struct Sums: Equatable, CustomStringConvertible {
  private var amounts: [String: Quantity] = [:]

  init() {}

  init(_ journal: ForeignJournal) throws {
    for posting in journal.entries.flatMap(\.postings) {
      try add(posting.amount.quantity, posting.account, posting.amount.commodity)
    }
  }

  mutating func add(_ quantity: Quantity, _ account: String, _ commodity: String) throws {
    let key = "\(account)\t\(commodity)"
    let sum = try (amounts[key] ?? .zero) + quantity
    amounts[key] = sum.isZero ? nil : sum
  }

  var isEmpty: Bool { amounts.isEmpty }

  var description: String {
    amounts.map { "\($0.key)\t\($0.value.reduced().text)" }.sorted().joined(separator: "\n")
  }
}
