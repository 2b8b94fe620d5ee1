import ArgumentParser
import Domain
import Foundation
import Interchange
import Operations

struct AccountCharts: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "charts", abstract: "List the charts of accounts to start a business with.",
    discussion: """
      Example: coreflow account charts
      One is taken by: coreflow init --chart NAME, or coreflow business create --chart NAME
      """)

  // Taken as all subcommands take them; the charts are the program's own.
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try Output(to: surroundings, output).list(
      Table(
        ["name", "title", "country", "accounts"],
        ChartTemplate.all.map {
          [.text($0.name), .text($0.title), .optional($0.country), .count($0.accounts.count)]
        }))
  }
}

extension ChartFile.Format: ExpressibleByArgument {}

struct ImportAccountsFile: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "accounts", abstract: "Import a chart of accounts: whole, or not at all.",
    discussion: """
      Example: coreflow import accounts chart.json --format erpnext --dry-run
      Accounts that are there stay as they are. Importing a file twice changes nothing.
      """)

  @Argument(help: "The chart.")
  var file: String

  @Option(help: "What it is written in: gnucash, an account template, or erpnext, JSON.")
  var format: ChartFile.Format

  @Flag(help: "Say what would be imported, and import nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "What an account is, by its path, or what the file means by a word for a type.",
      valueName: "name=type"))
  var map: [String] = []

  @Option(help: ArgumentHelp("What accounts of unknown type become.", valueName: "type"))
  var untyped: String?

  @OptionGroup var options: BooksOptions

  func run(in surroundings: Surroundings) async throws {
    let mapping = try ForeignMapping(map)
    guard mapping.currencies.isEmpty else {
      throw ValidationError("--map takes a type here, such as 'Assets:Cash=asset'")
    }
    let type = try untyped.map { try AccountType(untyped: $0) }
    let seat = try await Seat(options, in: surroundings)
    let chart = try ChartFile.read(path: file, format: format)
    let command = ImportChart(
      chart, file: file, mapped: mapping.accountTypes, untyped: type)
    let report =
      dryRun
      ? try await seat.workspace.simulate(command, as: seat.principal)
      : try await seat.perform(command)
    let output = Output(to: surroundings)
    for account in report.leftOut { output.warn(account.words) }
    try output.say(report.lines(dryRun: dryRun).joined(separator: "\n"))
  }
}

extension ChartImportReport {
  /// What was done, or would be, a line for each thing worth saying.
  fileprivate func lines(dryRun: Bool) -> [String] {
    let head =
      if !changedNothing {
        "\(dryRun ? "Would import" : "Imported") "
          + (accounts.count == 1 ? "1 account." : "\(accounts.count) accounts.")
      } else if known > 0 {
        "Nothing changed: \(known) accounts are there already."
      } else if leftOut.isEmpty {
        "Nothing changed: there is nothing to import."
      } else {
        "Nothing changed: nothing of it can be taken."
      }
    let facts: [(Bool, String)] = [
      (known > 0 && !changedNothing, "there already, as they are: \(known)"),
      (numbered > 0, "numbers given to those without: \(numbered)"),
      (said > 0, "of a type that you said: \(said)"),
      (!leftOut.isEmpty, "left out, as told above: \(leftOut.count)"),
    ]
    return [head] + facts.filter(\.0).map { "  " + $0.1 }
  }
}

/// What a chart of accounts is exported in.
enum ChartExportFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case csv
  case json
}

struct ExportAccountsFile: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "accounts", abstract: "Write the chart of accounts to a file.",
    discussion: "Example: coreflow export accounts accounts.csv")

  @Argument(help: "The file to make; - is standard output.")
  var file: String

  @Option(help: "What to write it in: csv or json.")
  var format = ChartExportFormat.csv

  @OptionGroup var options: BooksOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let path = Places(surroundings).absolute(file)
    guard file == "-" || !FileManager.default.fileExists(atPath: path) else {
      throw NewFile.Fault.exists(path: path)
    }
    let accounts = try await seat.fetch(Exported(ChartOfAccounts()))
    let list = ExportedList(
      "Accounts", rows: accounts.count, to: file == "-" ? "standard output" : path)
    let remarks = try await seat.perform(ExportList(list))
    let text = text(of: accounts.table, remarks)
    guard file != "-" else { return try surroundings.write(.output, text) }
    try NewFile.write(text, to: path)
    try Output(to: surroundings).say("Wrote \(accounts.count) accounts to \(path).")
  }

  /// With what it must say of itself at its end.
  private func text(of table: Table, _ remarks: [String]) -> String {
    switch format {
    case .csv:
      table.csv(guarding: true) + CommaSeparated.lines(remarks.map { [CommaSeparated.text($0)] })
    case .json:
      JSON.object([
        JSON.Field("items", .array(table.json)),
        JSON.Field("remarks", .array(remarks.map(JSON.string))),
      ]).text + "\n"
    }
  }
}

extension [ChartOfAccounts.Row] {
  /// As scripts know accounts.
  var table: Table {
    Table(
      [
        "number", "name", "path", "type", "category", "normal_balance", "currency", "posting",
        "status", "usual_department",
      ],
      map {
        [
          .text($0.number), .text($0.name), .text($0.path), .text($0.type.rawValue),
          .text($0.category.rawValue), .text($0.type.normalSide.rawValue),
          .optional($0.currency), .flag(!$0.isHeader), .text($0.status),
          .optional($0.usualDepartmentCode),
        ]
      })
  }
}
