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
    let currencies = try await seat.fetch(Currencies())
    let exponents = Dictionary(uniqueKeysWithValues: currencies.map { ($0.code, $0.exponent) })
    let table = Table(
      ["account", "period", "currency", "what", "expected", "found"],
      report.findings.flatMap { finding -> [[Table.Cell]] in
        let (expected, found) = (finding.expected, finding.found)
        let exponent = exponents[finding.currency] ?? seat.place.exponent
        func own(_ money: Money) -> Table.Cell { .amount(money, exponent: exponent) }
        let sums: [(String, Table.Cell, Table.Cell)] = [
          ("debit", own(expected.debit), own(found.debit)),
          ("credit", own(expected.credit), own(found.credit)),
          ("base_debit", seat.amount(expected.baseDebit), seat.amount(found.baseDebit)),
          ("base_credit", seat.amount(expected.baseCredit), seat.amount(found.baseCredit)),
          ("lines", .count(expected.lines), .count(found.lines)),
        ]
        return sums.filter { $0.1 != $0.2 }.map { what, expected, found in
          [
            .text(finding.number), .text("\(finding.period) \(finding.year)"),
            .text(finding.currency), .text(what), expected, found,
          ]
        }
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
