import ArgumentParser
import Domain
import Interchange
import Operations

struct JournalOpening: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "opening", abstract: "Enter what accounts held when the books began.",
    discussion: """
      Example: coreflow journal opening balances.csv --dry-run
      The file's first line names its columns: number, debit, credit and, where there are, currency
      and amount of what is kept in another one, counterparty and reference. What debits and credits
      differ by goes to opening-balance equity.
      Without --post or --submit it is kept as a draft. There is one such entry.
      Once all of them are in: coreflow journal opening --transfer
      """)

  @Argument(help: "Comma-separated values; - for standard input.")
  var file: String?

  @Flag(help: "Say what would be entered, and enter nothing.")
  var dryRun = false

  @Flag(help: "Take what is left on opening-balance equity to another account.")
  var transfer = false

  @Option(help: "The account that takes it; retained earnings if left out.")
  var to: String?

  @OptionGroup var ending: EndingOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (file == nil) == transfer else {
      throw ValidationError("Name a file, or say --transfer")
    }
    guard to == nil || transfer else { throw ValidationError("--to goes with --transfer") }
    guard !(dryRun && transfer) else {
      throw ValidationError("--transfer keeps a draft that can be looked at; leave out --dry-run")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let output = Output(to: surroundings, output)
    guard let file else { return try await transferEquity(output, in: surroundings) }
    let sheet =
      try file == "-"
      ? OpeningSheet(surroundings.readInput(), file: "stdin") : OpeningSheet.read(path: file)
    let seat = try await Seat(options, in: surroundings)
    let desk = try await EntryDesk(seat)
    let lines = try sheet.lines(
      by: OpeningSheet.Names(
        base: desk.base, account: { try desk.account($0).id }, currency: desk.currency,
        words: { UserMessage($0).text }))
    let command = EnterOpening(lines.map(\.content), then: ending.ending, isTried: dryRun)
    do {
      let outcome =
        dryRun
        ? try await seat.workspace.simulate(command, as: seat.principal)
        : try await seat.perform(command)
      if let draft = outcome.standing {
        output.warn(
          "\(draft) has opening balances already. Before these are entered: coreflow journal "
            + "discard \(draft)")
      }
      try answer(outcome, lines: lines.count, at: seat, output)
    } catch let refusal as Refusal {
      throw refusal.placed(on: lines.map(\.line))
    }
  }

  private func transferEquity(_ output: Output, in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    var target: ID<Account>?
    if let to { target = try await seat.account(to).id }
    let content = try await seat.fetch(OpeningTransfer(to: target))
    let entered = try await seat.perform(CreateEntry(content, then: ending.ending))
    try EntryAnswer(entered, of: content, baseCurrency: seat.place.baseCurrency).show(output)
  }

  private func answer(
    _ outcome: EnterOpening.Outcome, lines: Int, at seat: Seat, _ output: Output
  ) throws {
    let (entered, toEquity) = (outcome.entered, outcome.toEquity)
    let id = dryRun ? nil : entered.name
    func amount(_ money: Money) -> String {
      AmountFormat().text(money, exponent: seat.place.exponent)
    }
    let equity =
      toEquity.isZero
      ? "nothing goes to \(outcome.equity)"
      : "to \(outcome.equity): \(amount(max(toEquity.debit, toEquity.credit))) "
        + (toEquity > .zero ? "debit" : "credit")
    let head =
      dryRun ? "Would enter opening balances of \(outcome.day.text)." : entered.sentence
    try output.show(
      Table(
        ["id", "status", "date", "lines", "total", "to_equity"],
        [
          [
            .optional(id), .text(entered.status.rawValue), .text(outcome.day.text), .count(lines),
            seat.amount(outcome.total), seat.amount(toEquity),
          ]
        ]),
      json: [
        "id": .text(id), "status": .string(entered.status.rawValue), "dry_run": .bool(dryRun),
        "date": .string(outcome.day.text), "lines": .integer(Int64(lines)),
        "total": .decimal(outcome.total.plain(exponent: seat.place.exponent)),
        "equity": .string(outcome.equity),
        "to_equity": .decimal(toEquity.plain(exponent: seat.place.exponent)),
      ],
      text: """
        \(head)
          lines: \(lines)
          total: \(amount(outcome.total)) on each side
          \(TerminalText.line(equity))

        """)
  }
}
