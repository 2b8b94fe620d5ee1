import ArgumentParser
import Domain
import Operations

struct ReconcileGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile", abstract: "Statements of banks, and the books against them.",
    subcommands: [
      BankStatementList.self,
      BankStatementLineList.self,
      BankStatementRemoval.self,
      ReconcileList.self,
      ReconcileStart.self,
      ReconcileAmend.self,
      ReconcileShow.self,
      ReconcilePropose.self,
      ReconcileMatch.self,
      ReconcileClear.self,
      ReconcileIgnore.self,
      ReconcileUndo.self,
      ReconcileClose.self,
      ReconcileReopen.self,
      ReconcileAbandon.self,
    ])
}

struct BankStatementList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "statements", abstract: "List the statements that were imported.",
    discussion: """
      Example: coreflow reconcile statements 1120
      A gap is what the account begins with more than it ended with on the statement before.
      """)

  @Argument(help: "Of which account: a number, a path or a name; of all if left out.")
  var account: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let account = try await account.asyncMap { try await seat.account($0).id }
    let statements = try await seat.fetch(BankStatements(of: account))
    try Output(to: surroundings, output).list(
      Table(
        [
          "id", "account", "from", "to", "opening", "closing", "currency", "gap", "lines",
          "unmatched", "closed", "file", "imported_by", "imported_at",
        ],
        statements.map { row in
          [
            .text(String(row.id.value)), .text(row.number), .text(row.span.from.text),
            .text(row.span.to.text), .amount(row.span.opening, exponent: row.exponent),
            .amount(row.span.closing, exponent: row.exponent), .text(row.currency),
            row.gap.map { Table.Cell.amount($0, exponent: row.exponent) } ?? .none,
            .count(row.lines),
            .count(row.unmatched), .flag(row.isClosed), .text(row.file), .text(row.importer),
            .text(row.importedAt.text),
          ]
        }))
  }
}

struct BankStatementLineList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "lines", abstract: "List the lines of a statement.",
    discussion: "Example: coreflow reconcile lines 3 --format csv")

  @Argument(help: "Its number, as reconcile statements shows it.")
  var statement: Int64

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let found = try await seat.fetch(BankStatementLines(ID(statement)))
    let exponent = found.statement.exponent
    try Output(to: surroundings, output).list(
      Table(
        [
          "id", "line", "booked", "valued", "amount", "balance", "currency", "text",
          "counterparty", "reference", "bank_id", "occurrence", "status", "suggestion",
        ],
        found.lines.map { line in
          [
            .text(String(line.id.value)), .count(line.number), .text(line.booked.text),
            .optional(line.valued?.text), .amount(line.amount, exponent: exponent),
            .amount(line.balance, exponent: exponent), .text(found.statement.currency),
            .text(line.text), .text(line.counterparty), .text(line.reference),
            .optional(line.bankID), .count(line.occurrence), .text(line.status.rawValue),
            .text(line.suggestion),
          ]
        }))
  }
}

struct BankStatementRemoval: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a statement out again that nothing rests on.",
    discussion: """
      Example: coreflow reconcile remove 3
      Its file can be imported once more, with other rules.
      """)

  @Argument(help: "Its number, as reconcile statements shows it.")
  var statement: Int64

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(RemoveBankStatement(ID(statement)))
    try Output(to: surroundings, output).say("Statement \(statement) is gone.")
  }
}
