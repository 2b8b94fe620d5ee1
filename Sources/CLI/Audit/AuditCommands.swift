import ArgumentParser
import Domain
import Operations

struct AuditGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "The audit log of the business.",
    subcommands: [AuditList.self, AuditVerify.self, AuditJournal.self, AuditSample.self])
}

struct AuditList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the records that you may see, the newest first.",
    discussion: "Example: coreflow audit list --limit 20 --format json")

  @Option(help: "Only what was done to this entry: GJ-2026-000123, or D-31.")
  var entry: String?

  @OptionGroup var paging: PagingOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let before = try paging.after.map { cursor in
      guard let sequence = Int64(cursor) else { throw PagingOptions.cursorFault }
      return sequence
    }
    let seat = try await Seat(options, in: surroundings)
    var subject: ID<Entry>?
    if let entry { subject = try await seat.entry(entry) }
    let page = paging.page(
      of: try await seat.fetch(
        AuditPage(of: subject, before: before, limit: paging.limit + 1)))
    try Output(to: surroundings, output).page(
      Self.table(page.rows), items: page.rows.map(\.json),
      next: page.last.map { String($0.sequence) })
  }

  private static func table(_ rows: [AuditPage.Row]) -> Table {
    Table(
      [
        "sequence", "at", "actor", "event_type", "operation", "resource_type", "resource_name",
        "outcome", "reason",
      ],
      rows.map {
        [
          .count(Int($0.sequence)), .text($0.at.text), .text($0.actor), .text($0.event.rawValue),
          .text($0.operation), .text($0.resourceType), .text($0.resourceName),
          .text($0.outcome.rawValue), .text($0.reason ?? $0.errorMessage ?? ""),
        ]
      })
  }
}

extension AuditPage.Row {
  fileprivate var json: JSON {
    [
      "sequence": .integer(sequence), "at": .string(at.text), "actor": .string(actor),
      "event_type": .string(event.rawValue), "resource_type": .string(resourceType),
      "resource_id": .id(resourceID), "outcome": .string(outcome.rawValue),
      "cost": [
        "compute_ms": .integer(computeMilliseconds), "rows_read": .integer(rowsReturned),
        "rows_written": .integer(rowsWritten), "credits": .integer(microCredits),
      ],
      "hash": .string(hash),
    ]
  }
}

struct AuditVerify: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Recompute the chain, and every posted entry against it.",
    discussion: """
      Example: coreflow audit verify
      Exits 4 where the log or the books aren't what was recorded.
      """)

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let result = try await Seat(options, in: surroundings).fetch(VerifyAudit())
    let table = Table(
      ["sequence", "kind", "expected", "found"],
      result.findings.map {
        [
          .count(Int($0.sequence)), .text($0.kind.rawValue), .text($0.expected), .text($0.found),
        ]
      })
    try Output(to: surroundings, output).show(
      table,
      json: [
        "ok": .bool(result.isSound), "records": .integer(Int64(result.records)),
        "head": [
          "sequence": .integer(result.headSequence), "hash": .string(result.headHash),
        ],
        "findings": .array(table.json),
      ],
      text: "\(result.records) records, the last \(result.headSequence) \(result.headHash)\n"
        + (result.findings.isEmpty ? "Nothing was changed since.\n" : table.text))
    guard result.isSound else { throw Failure.findings(count: result.findings.count) }
  }
}
