import Domain
import Foundation
import Interchange
import Testing

/// hledger itself, where it is installed.
enum Hledger {
  static let path = ["/usr/bin/hledger", "/usr/local/bin/hledger"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// What it says each account holds of each commodity in `journal`; zeros are left out. `arguments`
  /// go on after `hledger bal`.
  static func balances(
    of journal: String, _ arguments: String...
  ) throws -> [OracleSum: Quantity] {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).journal")
    defer { try? FileManager.default.removeItem(at: file) }
    try journal.write(to: file, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(filePath: try #require(path))
    process.arguments =
      ["-f", file.path, "bal", "--flat", "-N", "--layout", "bare", "-O", "csv"] + arguments
    process.environment = ["LC_ALL": "C.UTF-8"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "hledger refuses:\n\(journal.prefix(2_000))")
    let records = try CommaSeparated.records(in: Array(data), file: "hledger").map(\.cells)
    try #require(records.first == ["account", "commodity", "balance"])
    return Dictionary(
      uniqueKeysWithValues: try records.dropFirst().map { cells in
        (OracleSum(account: cells[0], commodity: cells[1]), try #require(Quantity(cells[2])))
      }
    ).filter { !$0.value.isZero }
  }
}
