import ArgumentParser
import Domain
import Operations

struct ReconcileList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the reconciliations, the latest of each account first.",
    discussion: "Example: coreflow reconcile list 1120 --format csv")

  @Argument(help: "Those of one account: a number, a path or a name.")
  var account: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let account = try await account.asyncMap { try await seat.account($0).id }
    let rows = try await seat.fetch(Reconciliations(of: account))
    try Output(to: surroundings, output).list(
      Table(
        [
          "account", "name", "to", "currency", "opening_balance", "statement_balance", "status",
          "prepared_by", "approved_by", "self_approved", "closed_at",
        ],
        rows.map { row in
          [
            .text(row.number), .text(row.name), .text(row.asOf.text), .text(row.currency),
            row.opening.map { Table.Cell.amount($0, exponent: row.exponent) } ?? .none,
            .amount(row.statementBalance, exponent: row.exponent), .text(row.status.rawValue),
            .text(row.preparer), .optional(row.approver), .flag(row.isSelfApproved),
            .optional(row.closedAt?.text),
          ]
        }))
  }
}

struct ReconcileStart: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Begin to hold an account against what its bank says.",
    discussion: """
      Example: coreflow reconcile start 1120 12345.67 --date 2026-11-30
      Without a balance it is the next statement of the bank that was imported. What the bank owes
      is positive, what is owed to it negative.
      """)

  @OptionGroup var which: ReconcileOptions

  @Argument(help: "What the bank says, in the currency of the account.")
  var balance: String?

  @Option(help: "On which day; today if left out.")
  var date: String?

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(which.options, in: surroundings)
    let account = try await seat.account(which.account)
    let next = try await seat.fetch(NextReconciliation(of: account.id))
    let said = try said(next, at: seat)
    let id = try await seat.perform(StartReconciliation(account.id, said))
    let row = try await seat.fetch(Reconciliations(of: account.id)).first { $0.id == id }
    try Output(to: surroundings, which.output).say(
      "The reconciliation of \(account.label) to \(row?.asOf.text ?? "") is begun.")
  }

  private func said(
    _ next: NextReconciliation.Value, at seat: Seat
  ) throws -> StartReconciliation.Said {
    if let balance {
      let amount = try AmountExpression.parse(balance, exponent: next.exponent)
      return .balance(amount, on: try date.map(seat.day) ?? seat.today)
    }
    guard date == nil, let statement = next.statement else {
      throw ValidationError("Say what the bank says, or import its next statement first")
    }
    return .statement(statement.id)
  }
}

struct ReconcileAmend: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "amend", abstract: "Say anew what the bank says, before it is closed.",
    discussion: "Example: coreflow reconcile amend 1120 12345.76 --date 2026-11-30")

  @OptionGroup var which: ReconcileOptions

  @Argument(help: "What the bank says, in the currency of the account.")
  var balance: String

  @Option(help: "On which day; as it is if left out.")
  var date: String?

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(which.options, in: surroundings)
    let row = try await seat.reconciliation(of: which.account)
    let day = try date.map(seat.day) ?? row.asOf
    try await seat.perform(
      AmendReconciliation(
        row.id, to: try AmountExpression.parse(balance, exponent: row.exponent), on: day,
        version: row.version))
    try Output(to: surroundings, which.output).say(
      "The reconciliation of \(row.label) goes up to \(day.text).")
  }
}

struct ReconcileClose: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close a reconciliation whose difference is nothing.",
    discussion: """
      Example: coreflow reconcile close 1120
      Somebody does it who neither began nor amended it nor did anything to a line of it. What
      it cleared stays as it is then.
      """)

  @OptionGroup var which: ReconcileOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(which.options, in: surroundings)
    let row = try await seat.reconciliation(of: which.account)
    try await seat.perform(CloseReconciliation(row.id, version: row.version))
    try Output(to: surroundings, which.output).say(
      "\(row.label) is reconciled to \(row.asOf.text).")
  }
}

struct ReconcileReopen: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Open the latest reconciliation of an account again.",
    discussion: "Example: coreflow reconcile reopen 1120 --reason \"A cheque came back\"")

  @OptionGroup var which: ReconcileOptions

  @Option(help: "Why.")
  var reason: String

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(which.options, in: surroundings)
    let account = try await seat.account(which.account)
    guard let row = try await seat.fetch(Reconciliations(of: account.id)).first else {
      throw Refusal.noSuchNamed(kind: .reconciliation, name: account.number)
    }
    try await seat.perform(ReopenReconciliation(row.id, reason: reason))
    try Output(to: surroundings, which.output).say(
      "The reconciliation of \(row.label) to \(row.asOf.text) is open again.")
  }
}

struct ReconcileAbandon: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "abandon", abstract: "Give up a reconciliation that isn't closed.",
    discussion: """
      Example: coreflow reconcile abandon 1120
      What was matched and cleared in it is open again; what was ignored stays so.
      """)

  @OptionGroup var which: ReconcileOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(which.options, in: surroundings)
    let row = try await seat.reconciliation(of: which.account)
    try await seat.perform(AbandonReconciliation(row.id))
    try Output(to: surroundings, which.output).say(
      "The reconciliation of \(row.label) to \(row.asOf.text) is gone.")
  }
}
