import Domain
import Foundation
import Interchange
import Testing

/// Journals of other programs and what they sum to: ours in `Tests/Fixtures`, those of other
/// projects in the folder that `COREFLOW_ORACLES` names, where it names one.
struct OracleFile: CustomTestStringConvertible, Sendable {
  let journal: String
  /// Sums that another program found.
  let sums: String
  let name: String
  /// Whether the sums must come out; else a refusal that says where is as good.
  let isPlain: Bool

  var testDescription: String { name }

  /// The year of days that name none, as it was when the sums were found.
  static let year = 2026

  static let others: String? = ProcessInfo.processInfo.environment["COREFLOW_ORACLES"]
    .map { URL(filePath: $0, relativeTo: packageFolder).standardizedFileURL.path }
    .flatMap { FileManager.default.fileExists(atPath: $0 + "/manifest.tsv") ? $0 : nil }

  private static let packageFolder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let fixtures = packageFolder.appending(path: "Tests/Fixtures/journals").path

  static let own: [OracleFile] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: fixtures)) ?? []
    return files.filter { $0.hasSuffix(".journal") }.sorted().map { file in
      let stem = file.dropLast(".journal".count)
      return OracleFile(
        journal: "\(fixtures)/\(file)", sums: "\(fixtures)/\(stem).expected.tsv", name: file,
        isPlain: !file.contains("cost"))
    }
  }()

  static let foreign: [OracleFile] = {
    guard let others else { return [] }
    var seen: Set<String> = []
    return table("\(others)/manifest.tsv").compactMap { row in
      guard let file = row["file"], let oracle = row["oracle_file"], row["class"] != "refuse",
        seen.insert(file).inserted
      else { return nil }
      let folder = URL(filePath: oracle).deletingLastPathComponent().path
      return OracleFile(
        journal: "\(others)/\(file)",
        sums: "\(others)/oracle/\(URL(filePath: folder).lastPathComponent)/bal.exact.tsv",
        name: file, isPlain: row["class"] == "plain")
    }
  }()

  /// Amounts in dollars of more digits than dollars have, which books in dollars must refuse.
  private static let moreDigitsThanDollars: Set<String> = [
    "micro/plain-agree/l-opt-round.journal", "micro/plain-agree/l-r-2020.journal",
    "micro/plain-agree/l-r-coverage-amount-round-comm-prec.journal",
  ]

  static let micro: [OracleFile] = {
    guard let others else { return [] }
    return table("\(others)/micro.tsv").compactMap { row in
      guard let file = row["file"], let category = row["category"],
        category != "hledger-refuses"
      else { return nil }
      return OracleFile(
        journal: "\(others)/\(file)",
        sums: "\(others)/\(file.dropLast(".journal".count)).exact.tsv",
        name: file, isPlain: category == "plain-agree" && !moreDigitsThanDollars.contains(file))
    }
  }()

  /// What the other program found, by account and commodity, in decimals; zeros left out.
  func expected() throws -> [OracleSum: Quantity] {
    var found: [OracleSum: Quantity] = [:]
    for line in try String(contentsOfFile: sums, encoding: .utf8).split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= 3 else { continue }
      let key = OracleSum(account: fields[0], commodity: fields[1].replacing("\"", with: ""))
      found[key] = try (found[key] ?? .zero) + #require(Self.decimal(fields[2]))
    }
    return found.filter { !$0.value.isZero }
  }

  /// The account that most lines are on, whose register was recorded.
  func busiest() throws -> String {
    let rows = try Self.table(#require(Self.others) + "/manifest.tsv")
    let row = rows.first {
      $0["file"] == name && $0["oracle_file"]?.hasSuffix("/areg.busiest.csv") == true
    }
    let command = try #require(row?["command (run in the journal's own directory)"])
    return try String(
      #require(command.firstMatch(of: /aregister \^(.+)\$ -O csv/)).output.1)
  }

  /// The records of another answer that was recorded beside the sums: `reg.csv`.
  func recorded(_ file: String) throws -> [[String]] {
    let path = URL(filePath: sums).deletingLastPathComponent().appending(path: file)
    return try CommaSeparated.records(in: Array(Data(contentsOf: path)), file: file).map(\.cells)
  }

  private static func decimal(_ text: String) -> Quantity? {
    let parts = text.uppercased().split(separator: "E")
    guard parts.count == 2, let power = Int(parts[1]), let digits = Quantity(parts[0]) else {
      return Quantity(text)
    }
    return power < 0
      ? Quantity(digits.mantissa, decimals: digits.decimals - power)
      : try? digits * Quantity((0..<power).reduce(1) { value, _ in value * 10 })
  }

  private static func table(_ path: String) -> [[String: String]] {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let rows = text.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    return rows.dropFirst().map { row in
      Dictionary(zip(rows[0], row), uniquingKeysWith: { first, _ in first })
    }
  }
}

/// An account's path and what it counts.
struct OracleSum: Hashable, CustomStringConvertible {
  let account: String
  let commodity: String
  var description: String { "\(account) \(commodity)" }
}
