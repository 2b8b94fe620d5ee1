import ArgumentParser
import Domain
import Interchange
import Operations

struct ImportGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take books over from other programs, and banks' statements.",
    subcommands: [ImportJournalFile.self, ImportAccountsFile.self, ImportStatementFile.self])
}

/// What other programs' journals are written in.
enum JournalFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case hledger
}

struct ImportJournalFile: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Import a journal: whole, or not at all.",
    discussion: """
      Example: coreflow import journal 2025.journal --map 'Vermögen=asset' --map '$=USD'
      Importing a file twice changes nothing.
      """)

  @Argument(help: "The journal.")
  var file: String

  @Option(help: "What it is written in: hledger.")
  var format = JournalFormat.hledger

  @Flag(help: "Say what would be imported, and import nothing.")
  var dryRun = false

  @Option(help: ArgumentHelp("What an account or a commodity is.", valueName: "name=type|code"))
  var map: [String] = []

  @Option(help: ArgumentHelp("What accounts of unknown type become.", valueName: "type"))
  var untyped: String?

  @OptionGroup var options: BooksOptions

  func run(in surroundings: Surroundings) async throws {
    let mapping = try ForeignMapping(map)
    let type = try untyped.map { try AccountType(untyped: $0) }
    let seat = try await Seat(options, in: surroundings)
    let journal = try HledgerJournal.read(path: file)
    let command = ImportJournal(journal, file: file, mapping: mapping, untyped: type)
    let report =
      dryRun
      ? try await seat.workspace.simulate(command, as: seat.principal)
      : try await seat.perform(command)
    let output = Output(to: surroundings)
    for warning in journal.warnings.map(\.text) + report.warnings.map(\.words) {
      output.warn(warning)
    }
    try output.say(report.lines(dryRun: dryRun).joined(separator: "\n"))
  }
}

extension AccountType {
  /// What `--untyped` says.
  init(untyped word: String) throws {
    guard let type = AccountType(foreignWord: word) else {
      throw ValidationError("--untyped takes asset, liability, equity, revenue or expense")
    }
    self = type
  }
}

extension ImportReport {
  /// What was done, or would be, a line for each thing worth saying.
  fileprivate func lines(dryRun: Bool) -> [String] {
    guard !changedNothing else {
      return [
        known > 0
          ? "Nothing changed: all \(known) entries were imported before."
          : "Nothing changed: there is nothing to import."
      ]
    }
    let made = currencies.filter(\.isNew).map { "\($0.code) with \($0.decimals) decimals" }
    let renamed = currencies.filter { $0.commodity != $0.code }.map {
      "\($0.commodity.isEmpty ? "amounts without a commodity" : $0.commodity) as \($0.code)"
    }
    let facts: [(Bool, String)] = [
      (known > 0, "\(known) entries were imported before and stay as they are"),
      (!accounts.isEmpty, "accounts made: \(accounts.count)"),
      (!opened.isEmpty, "headings that take lines now: \(opened.joined(separator: ", "))"),
      (!made.isEmpty, "currencies made: \(made.joined(separator: ", "))"),
      (!renamed.isEmpty, "booked \(renamed.joined(separator: ", "))"),
      (!years.isEmpty, "fiscal years made: \(years.map(String.init).joined(separator: ", "))"),
      (!exceptions.isEmpty, "posted by exception into: \(exceptions.joined(separator: ", "))"),
      (rates > 0, "exchange rates kept: \(rates)"),
      (zeroLines > 0, "lines of amount zero left out: \(zeroLines)"),
      (emptyEntries > 0, "entries without lines left out: \(emptyEntries)"),
      (unvalued > 0, "lines without a rate, booked with base 0 until one is known: \(unvalued)"),
    ]
    let sums = totals.map {
      "total \($0.currency): \(AmountFormat().text($0.debit, exponent: $0.decimals)) on each side"
    }
    let count = entries == 1 ? "1 entry" : "\(entries) entries"
    let head =
      "\(dryRun ? "Would import" : "Imported") \(count)\(areDrafts ? " as drafts" : "")."
    return [head] + facts.filter(\.0).map { "  " + $0.1 } + sums.map { "  " + $0 }
  }
}
