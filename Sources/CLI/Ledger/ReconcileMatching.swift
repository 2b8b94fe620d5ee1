import ArgumentParser
import Domain
import Operations
import Phrases

/// The account that is reconciled, and in which books.
struct ReconcileOptions: ParsableArguments {
  @Argument(help: "The account: a number, a path or a name.")
  var account: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions
}

/// Lines of either side, by their ids.
struct ReconciledLines: ParsableArguments {
  @Option(help: "A line of the bank, by the id that 'reconcile show' has; once for each.")
  var bank: [Int64] = []

  @Option(help: "A line of the books, by the id that 'reconcile show' has; once for each.")
  var line: [Int64] = []

  var bankLines: [ID<StatementLine>] { bank.map { ID($0) } }
  var bookLines: [ID<Line>] { line.map { ID($0) } }
}

struct ReconcileShow: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show both sides of a reconciliation, and its proof.",
    discussion: """
      Example: coreflow reconcile show 1120 --date 2026-11-30
      It is the one that is open or, with --date, the one to that day.
      """)

  @OptionGroup var which: ReconcileOptions

  @Option(help: "That which goes up to this day.")
  var date: String?

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(which.options, in: surroundings)
    let row = try await seat.reconciliation(of: which.account, to: date.map(seat.day))
    let sheet = try await seat.fetch(ReconciliationSheet(row.id))
    let table = sheet.table
    try Output(to: surroundings, which.output).show(
      table,
      json: [
        "account": .string(row.number), "name": .string(row.name), "to": .string(row.asOf.text),
        "currency": .string(row.currency), "status": .string(row.status.rawValue),
        "statement_balance": .decimal(row.statementBalance.plain(exponent: row.exponent)),
        "proof": sheet.proof?.json(exponent: row.exponent) ?? .null, "lines": .array(table.json),
      ], text: table.text + sheet.words)
  }
}

struct ReconcilePropose: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "propose", abstract: "List what seems to be the same on both sides.",
    discussion: """
      Example: coreflow reconcile propose 1120
      The best comes first; a score is from 0 to 1000. 'reconcile match --proposed 900' takes all
      from there on.
      """)

  @OptionGroup var which: ReconcileOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(which.options, in: surroundings)
    let row = try await seat.reconciliation(of: which.account)
    let proposals = try await seat.fetch(ProposedMatches(row.id))
    try Output(to: surroundings, which.output).list(
      Table(
        ["proposal", "score", "side", "id", "date", "amount", "text", "why"],
        proposals.enumerated().flatMap { index, proposal -> [[Table.Cell]] in
          let head: [Table.Cell] = [.count(index + 1), .count(proposal.score.value)]
          let why = Table.Cell.text(proposal.score.phrase.english)
          let bank = proposal.bank.map { $0.cells(exponent: row.exponent) }
          let books = proposal.books.map { $0.cells(exponent: row.exponent) }
          return (bank + books).map { head + $0 + [why] }
        }))
  }
}

struct ReconcileMatch: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "match", abstract: "Say which lines of the bank are which of the books.",
    discussion: """
      Example: coreflow reconcile match 1120 --bank 12 --line 45 --line 46
      One line goes with one or more of the other side, and both come to the same sum.
      """)

  @OptionGroup var which: ReconcileOptions
  @OptionGroup var lines: ReconciledLines

  @Option(help: "Instead of lines, all that is proposed with this score or a better one.")
  var proposed: Int?

  func validate() throws {
    let isNamed = !lines.bank.isEmpty && !lines.line.isEmpty
    let isProposed = proposed != nil && lines.bank.isEmpty && lines.line.isEmpty
    guard isNamed && proposed == nil || isProposed else {
      throw ValidationError("Name lines with --bank and --line, or a score with --proposed")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(which.options, in: surroundings)
    let row = try await seat.reconciliation(of: which.account)
    let output = Output(to: surroundings, which.output)
    guard let proposed else {
      try await seat.perform(
        MatchLines(in: row.id, bank: lines.bankLines, books: lines.bookLines))
      return try output.say("Matched.")
    }
    let proposals = try await seat.fetch(ProposedMatches(row.id)).filter {
      $0.score.value >= proposed
    }
    for proposal in proposals { try await seat.perform(proposal.match(in: row.id)) }
    try output.say("Matched: \(proposals.count) proposals.")
  }
}

struct ReconcileClear: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "clear", abstract: "Say that the bank has lines of the books, without matching.",
    discussion: """
      Example: coreflow reconcile clear 1120 --through 2026-10-31
      It is for books that are older than the first statement, and for banks that send none.
      """)

  @OptionGroup var which: ReconcileOptions

  @Option(help: "A line of the books, by the id that 'reconcile show' has; once for each.")
  var line: [Int64] = []

  @Option(help: "Instead of lines, all that aren't cleared up to this day.")
  var through: String?

  func validate() throws {
    guard line.isEmpty == (through != nil) else {
      throw ValidationError("Name lines with --line, or a day with --through")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(which.options, in: surroundings)
    let row = try await seat.reconciliation(of: which.account)
    let day = try through.map(seat.day)
    let lines = day.map { ClearLines.Lines.through($0) } ?? .these(line.map { ID($0) })
    let count = try await seat.perform(ClearLines(lines, in: row.id))
    try Output(to: surroundings, which.output).say("Cleared: \(count) lines.")
  }
}

struct ReconcileIgnore: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "ignore",
    abstract: "Say that the books have nothing to do with a line of the bank.",
    discussion: "Example: coreflow reconcile ignore 1120 --bank 12 --reason \"Sent twice\"")

  @OptionGroup var which: ReconcileOptions

  @Option(help: "The line of the bank, by the id that 'reconcile show' has.")
  var bank: Int64

  @Option(help: "Why.")
  var reason: String

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(which.options, in: surroundings)
    let row = try await seat.reconciliation(of: which.account)
    try await seat.perform(IgnoreBankLine(ID(bank), in: row.id, reason: reason))
    try Output(to: surroundings, which.output).say("The line is ignored.")
  }
}

struct ReconcileUndo: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back what was done to lines.",
    discussion: """
      Example: coreflow reconcile undo 1120 --bank 12
      A match is undone on both sides, whichever line of it is named.
      """)

  @OptionGroup var which: ReconcileOptions
  @OptionGroup var lines: ReconciledLines

  func validate() throws {
    guard !lines.bank.isEmpty || !lines.line.isEmpty else {
      throw ValidationError("Name lines with --bank or --line")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(which.options, in: surroundings)
    let row = try await seat.reconciliation(of: which.account)
    try await seat.perform(
      UndoMatch(in: row.id, bank: lines.bankLines, books: lines.bookLines))
    try Output(to: surroundings, which.output).say("Undone.")
  }
}

extension Seat {
  /// That of the account which is open or, with a day, which goes up to it. Throws `noSuchNamed`.
  func reconciliation(of name: String, to day: Day? = nil) async throws -> Reconciliations.Row {
    let account = try await account(name)
    let found = try await fetch(Reconciliations(of: account.id)).first { row in
      day.map { $0 == row.asOf } ?? (row.status == .open)
    }
    guard let found else {
      let which = day.map { "to \($0.text)" } ?? "that is open"
      throw Refusal.noSuchNamed(kind: .reconciliation, name: "of \(account.number) \(which)")
    }
    return found
  }
}

extension ReconciliationSheet.Bank {
  /// Side, id, day, amount and text.
  fileprivate func cells(exponent: Int) -> [Table.Cell] {
    [
      .text("bank"), .text(String(id.value)), .text(day.text), .amount(amount, exponent: exponent),
      .text(text),
    ]
  }
}

extension ReconciliationSheet.Book {
  fileprivate func cells(exponent: Int) -> [Table.Cell] {
    [
      .text("books"), .text(String(id.value)), .text(day.text),
      .amount(amount, exponent: exponent), .text(text),
    ]
  }
}

extension ReconciliationSheet.Value {
  fileprivate var table: Table {
    let exponent = reconciliation.exponent
    func match(_ number: Int?) -> Table.Cell { number.map(Table.Cell.count) ?? .none }
    let bankRows: [[Table.Cell]] = bank.map { line in
      line.cells(exponent: exponent) + [
        .text(line.counterparty), .text(line.reference), .text(line.status.rawValue),
        match(line.match), .none,
      ]
    }
    let bookRows: [[Table.Cell]] = books.map { line in
      line.cells(exponent: exponent) + [
        .text(line.counterparty), .text(line.reference), .text(line.clearance.rawValue),
        match(line.match), .text(line.number),
      ]
    }
    return Table(
      [
        "side", "id", "date", "amount", "text", "counterparty", "reference", "status", "match",
        "entry",
      ],
      bankRows + bookRows)
  }

  /// The proof in two lines.
  fileprivate var words: String {
    guard let proof else {
      return "\nYou don't see every line of the account, so there is no proof.\n"
    }
    func text(_ money: Money) -> String { money.signed(in: reconciliation.currency).english }
    return """

      In the books \(text(proof.book)), without \(text(proof.receipts)) received and \
      \(text(proof.payments)) paid that the bank doesn't have yet: \(text(proof.cleared)).
      The bank says \(text(proof.statement)); the difference is \(text(proof.difference)).

      """
  }
}

extension ReconciliationProof {
  fileprivate func json(exponent: Int) -> JSON {
    func plain(_ money: Money) -> JSON { .decimal(money.plain(exponent: exponent)) }
    return [
      "book_balance": plain(book), "outstanding_receipts": plain(receipts),
      "outstanding_payments": plain(payments), "cleared_balance": plain(cleared),
      "statement_balance": plain(statement), "difference": plain(difference),
    ]
  }
}
