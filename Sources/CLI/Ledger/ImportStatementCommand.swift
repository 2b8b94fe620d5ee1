import ArgumentParser
import Domain
import Interchange
import Operations
import Phrases

struct ImportStatementFile: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "csv", abstract: "Import a bank's statement: whole, or not at all.",
    discussion: """
      Example: coreflow import csv march.csv --rules bank.rules --account 1120 --opening 1523.47
      Rules are hledger's CSV rules, such as: skip 1; fields date, description, amount, balance;
      date-format %d.%m.%Y; decimal-mark ,; newest-first; if PATTERN with what holds then indented
      below it. Fields called counterparty, reference and bank-id are kept too; account2 is kept as
      what the other side may be. minor-units 2 reads whole numbers of cents.
      Lines that an earlier import brought are known again, so files may overlap, but each must
      begin with a whole day. Without a balance column, say the opening or the closing balance.
      """)

  @Argument(help: "The bank's file, in UTF-8.")
  var file: String

  @Option(help: ArgumentHelp("How it is read.", valueName: "file"))
  var rules: String

  @Option(help: "The account that it is of: a number, a path or a name.")
  var account: String

  @Option(help: "The first day that it tells of; that of its first line if left out.")
  var from: String?

  @Option(help: "The last day that it tells of; that of its last line if left out.")
  var to: String?

  @Option(help: "What was in the account before the first line.")
  var opening: String?

  @Option(help: "What is in the account after the last line.")
  var closing: String?

  @Flag(help: "Say what would be imported, and import nothing.")
  var dryRun = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let holder = try await seat.account(account)
    let exponent = try await seat.exponent(of: holder)
    func money(_ text: String) throws -> Money {
      try AmountExpression.parse(text, exponent: exponent)
    }
    let statement = try BankFile.read(path: file, rules: rules)
    let command = ImportBankStatement(
      statement, named: file, into: holder.id, from: try from.map(seat.day),
      to: try to.map(seat.day), opening: try opening.map(money), closing: try closing.map(money))
    let report =
      dryRun
      ? try await seat.workspace.simulate(command, as: seat.principal)
      : try await seat.perform(command)
    let output = Output(to: surroundings, output)
    let warnings =
      statement.warnings.map(\.text) + report.warnings.map { report.phrase(of: $0).english }
    warnings.forEach(output.warn)
    try output.show(
      report.table(isRehearsal: dryRun),
      json: report.json(isRehearsal: dryRun, warnings: warnings),
      text: report.lines(isRehearsal: dryRun).joined(separator: "\n") + "\n")
  }
}

extension Seat {
  /// The decimals of what an account holds, in the base currency where it holds any.
  fileprivate func exponent(of account: ChartOfAccounts.Row) async throws -> Int {
    let code = account.currency ?? place.baseCurrency
    return try await fetch(Currencies()).first { $0.code == code }?.exponent ?? place.exponent
  }
}

extension BankStatementImport {
  /// A row for each run of lines that were new. What was only rehearsed has no id.
  fileprivate func table(isRehearsal: Bool) -> Table {
    Table(
      ["id", "account", "from", "to", "opening", "closing", "currency", "lines"],
      statements.map {
        [
          isRehearsal ? .none : .text(String($0.id.value)), .text(account),
          .text($0.span.from.text), .text($0.span.to.text),
          .amount($0.span.opening, exponent: currency.exponent),
          .amount($0.span.closing, exponent: currency.exponent), .text(currency.code),
          .count($0.lines),
        ]
      })
  }

  fileprivate func json(isRehearsal: Bool, warnings: [String]) -> JSON {
    [
      "dry_run": .bool(isRehearsal), "lines": .integer(Int64(lines)),
      "known": .integer(Int64(known)), "zero_lines": .integer(Int64(zeroLines)),
      "statements": .array(table(isRehearsal: isRehearsal).json),
      "warnings": .array(warnings.map(JSON.string)),
    ]
  }

  /// What was done, or would be, a line for each thing worth saying.
  fileprivate func lines(isRehearsal: Bool) -> [String] {
    guard !statements.isEmpty else {
      return ["Nothing changed: all \(known) lines were imported before."]
    }
    let count = lines == 1 ? "1 line" : "\(lines) lines"
    var told = ["\(isRehearsal ? "Would import" : "Imported") \(count) into \(account)."]
    if known > 0 { told.append("  \(known) lines were imported before and stay as they are") }
    if zeroLines > 0 { told.append("  lines of amount zero left out: \(zeroLines)") }
    told += statements.map { statement in
      let span = statement.span
      let amounts = [span.opening, span.closing].map {
        AmountFormat().text($0, exponent: currency.exponent)
      }
      return "  \(span.from.text) to \(span.to.text): from \(amounts[0]) to \(amounts[1]) "
        + "\(currency.code), lines: \(statement.lines)"
    }
    return told
  }
}
