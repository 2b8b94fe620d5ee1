package import ArgumentParser

/// A command of the command line. It builds one command or query of the core, has it done, and
/// shows what came of it.
package protocol Subcommand: ParsableCommand {
  func run(in surroundings: Surroundings) async throws
}

/// Which books, and which business's. May stand before or after the subcommand.
package struct BooksOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The database; else $COREFLOW_DB, else your own data folder's.", valueName: "path"))
  package var db: String?

  @Option(help: ArgumentHelp("The business, where you belong to several.", valueName: "slug"))
  package var business: String?

  @Flag(
    name: [.customLong("no-colour"), .customLong("no-color")],
    help: "No colours, as with $NO_COLOR.")
  package var noColour = false

  package init() {}
}

/// How rows are printed. Commands that print none take it too: it may stand before any of them.
package struct OutputOptions: ParsableArguments {
  @Option(help: "How rows are printed: text, csv or json.")
  var format = OutputFormat.text

  @Flag(help: "In csv, text as it is, even where a spreadsheet would take it for a formula.")
  var raw = false

  package init() {}
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text
  case csv
  case json
}

/// How a report is printed: as rows are, and for paper.
struct ReportOptions: ParsableArguments {
  @Option(
    help: """
      How it is printed: text, csv, json, html (one page for a browser) or paged (text for a \
      printer of 80 columns and 66 lines).
      """)
  var format = ReportFormat.text

  @Flag(help: "In csv, text as it is, even where a spreadsheet would take it for a formula.")
  var raw = false
}

enum ReportFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text
  case csv
  case json
  case html
  case paged

  init(_ format: OutputFormat) {
    self =
      switch format {
      case .text: .text
      case .csv: .csv
      case .json: .json
      }
  }
}

/// Where a password comes from: the terminal, or what is piped in. Never an argument, which other
/// people of the machine can read.
struct PasswordOptions: ParsableArguments {
  @Flag(help: "Read the password from standard input.")
  var passwordStdin = false
}
