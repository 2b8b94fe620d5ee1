import ArgumentParser
import Domain
import Foundation
import Operations

struct Doctor: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the file and all books in it.",
    discussion: """
      Example: coreflow doctor --db books.db
      Needs nobody signed in, and reads only. With --repair it first writes sums of the general
      ledger anew that aren't those of their lines, on record in the log of the business. Entries,
      lines and the log are never repaired; where they are wrong, the sums stay as well.
      Exits 4 where something is wrong, or still is.
      """)

  @Flag(help: "Write sums anew that aren't those of their lines.")
  var repair = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let path = try Places(surroundings).database(options.db)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure.noDatabase(path: path)
    }
    let checkup = Checkup(of: path, clock: surroundings.clock)
    let repairs = try await repair ? checkup.repair(from: surroundings.origin) : []
    let reports = try await checkup.reports()
    let table = Self.table(repairs, reports)
    let count = reports.map(\.check.findings.count).reduce(0, +)
    try Output(to: surroundings, output).show(
      table,
      json: [
        "ok": .bool(count == 0),
        "checks": .array(
          reports.map {
            [
              "business": .text($0.business), "check": .string($0.check.name),
              "findings": .array($0.check.findings.map(JSON.string)),
              "notices": .array($0.check.notices.map(JSON.string)),
              "id": .text($0.check.meaning?.id),
              "severity": .text($0.check.meaning?.severity.rawValue),
              "explanation": .text($0.check.meaning?.explanation),
            ]
          }),
        "repairs": .array(repairs.map(\.json)),
      ],
      text: table.text
        + (count == 0 ? "All is well.\n" : Self.explanations(of: reports)))
    guard count == 0 else { throw Failure.findings(count: count) }
  }

  /// A line for each check that found something.
  private static func explanations(of reports: [Checkup.Report]) -> String {
    var told: Set<String> = []
    return reports.filter { !$0.check.findings.isEmpty && told.insert($0.check.name).inserted }
      .compactMap { report in
        report.check.meaning.map {
          "\(report.check.name) (\($0.severity.rawValue)): \($0.explanation)\n"
        }
      }.joined()
  }

  /// A row for each repair, for each check that found nothing, and for each thing that the others
  /// found.
  private static func table(_ repairs: [Checkup.Repair], _ reports: [Checkup.Report]) -> Table {
    Table(["business", "check", "state", "finding"], repairs.map(row) + reports.flatMap(rows))
  }

  private static func row(_ repair: Checkup.Repair) -> [Table.Cell] {
    let sums = repair.sums == 1 ? "1 sum is" : "\(repair.sums) sums are"
    return [
      .text(repair.business), .text(Examination.ledgerCheck),
      .text(repair.refusal == nil ? "repaired" : "refused"),
      .text(repair.refused ?? "\(sums) written anew"),
    ]
  }

  private static func rows(_ report: Checkup.Report) -> [[Table.Cell]] {
    let found =
      report.check.findings.map { ("wrong", $0) } + report.check.notices.map { ("notice", $0) }
    return (found.isEmpty ? [("ok", "")] : found).map { state, text in
      [.text(report.business ?? "(file)"), .text(report.check.name), .text(state), .text(text)]
    }
  }
}

extension Checkup.Repair {
  /// Why nothing was repaired, in words.
  fileprivate var refused: String? { refusal.map { UserMessage($0).text } }

  fileprivate var json: JSON {
    [
      "business": .string(business), "check": .string(Examination.ledgerCheck),
      "sums": .integer(Int64(sums)), "refused": .text(refused),
    ]
  }
}
