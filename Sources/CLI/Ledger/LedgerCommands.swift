import ArgumentParser
import Domain
import Operations

struct LedgerGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "The sums that reports are made of.",
    subcommands: [LedgerVerify.self])
}

struct LedgerVerify: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Recompute every sum of the general ledger from its lines.",
    discussion: """
      Example: coreflow ledger verify --format json
      Exits 4 where one isn't what its lines come to.
      """)

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let report = try await seat.fetch(VerifyLedger())
    let table = Table(
      [
        "account", "period", "currency", "expected_debit", "found_debit", "expected_credit",
        "found_credit", "expected_lines", "found_lines",
      ],
      report.findings.map { finding in
        [
          .text(finding.number), .text("\(finding.period) \(finding.year)"),
          .text(finding.currency), seat.amount(finding.expected.baseDebit),
          seat.amount(finding.found.baseDebit), seat.amount(finding.expected.baseCredit),
          seat.amount(finding.found.baseCredit), .count(finding.expected.lines),
          .count(finding.found.lines),
        ]
      })
    let count = report.findings.count
    try Output(to: surroundings, output).show(
      table,
      json: [
        "ok": .bool(count == 0), "cells": .integer(Int64(report.cells)),
        "findings": .array(table.json),
      ],
      text: "\(report.cells) sums\n"
        + (count == 0 ? "Each is what its lines come to.\n" : table.text))
    guard count == 0 else { throw Failure.findings(count: count) }
  }
}
