import ArgumentParser
import Domain
import Foundation
import Operations

struct Doctor: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the file and all books in it.",
    discussion: """
      Example: coreflow doctor --db books.db
      Reads only, and needs nobody signed in. Exits 4 where something is wrong.
      """)

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let path = try Places(surroundings).database(options.db)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure.noDatabase(path: path)
    }
    let reports = try await Checkup(of: path, clock: surroundings.clock).reports()
    let count = reports.map(\.check.findings.count).reduce(0, +)
    try Output(to: surroundings, output).show(
      Self.table(reports),
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
      ],
      text: Self.table(reports).text
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

  /// A row for each check that found nothing, and for each thing that the others found.
  private static func table(_ reports: [Checkup.Report]) -> Table {
    Table(["business", "check", "state", "finding"], reports.flatMap(rows))
  }

  private static func rows(_ report: Checkup.Report) -> [[Table.Cell]] {
    let found =
      report.check.findings.map { ("wrong", $0) } + report.check.notices.map { ("notice", $0) }
    return (found.isEmpty ? [("ok", "")] : found).map { state, text in
      [.text(report.business ?? "(file)"), .text(report.check.name), .text(state), .text(text)]
    }
  }
}
