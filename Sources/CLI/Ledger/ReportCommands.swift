import ArgumentParser
import Domain
import Operations

struct ReportGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "What the books say.",
    subcommands: [
      ReportTrialBalance.self, ReportBalanceSheet.self, ReportIncomeStatement.self,
      ReportCashFlow.self, ReportRegister.self,
    ])
}

extension TrialBalanceReport.Currency: ExpressibleByArgument {}

struct ReportTrialBalance: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "trial-balance",
    abstract: "Every account's balance on a day, debits and credits summed.",
    discussion: """
      Example: coreflow report trial-balance --as-of 2026-06-30 --known-at 2026-07-05
      """)

  @Option(help: "The last day that counts; today if left out.")
  var asOf: String?

  @Option(help: "unadjusted, adjusted (without the year's closing), post-closing.")
  var basis = LedgerScope.Basis.postClosing

  @Option(help: "base, or transaction: each currency's own amounts.")
  var currency = TrialBalanceReport.Currency.base

  @Option(help: "As the books stood then: at the end of a day, or at 2026-07-05T17:00:00Z.")
  var knownAt: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let scope = LedgerScope(basis, knownAt: try knownAt.map(seat.moment))
    let day = try asOf.map(seat.day) ?? seat.today
    let inBase = try await seat.fetch(TrialBalanceReport(asOf: day, scope))
    let sheet =
      switch currency {
      case .base: seat.sheet(of: inBase)
      case .transaction:
        TrialBalanceSheet(
          try await seat.fetch(
            TrialBalanceReport(asOf: day, scope, currency: .transaction)),
          in: try await seat.fetch(Currencies()))
      }
    let output = Output(to: surroundings, output)
    if let notice = sheet.notice { output.warn(notice) }
    let heading =
      "Trial balance of \(seat.place.businessName) as of \(day.text)"
      + (basis == .postClosing ? "" : ", \(basis.rawValue)")
      + (scope.knownAt.map { ", known at \($0.text)" } ?? "")
    try output.show(
      sheet.table,
      json: sheet.json(balanced: inBase.totalDebit() == inBase.totalCredit()),
      text: TerminalText.line(heading) + "\n\n" + sheet.text())
  }
}

extension Seat {
  /// The moment that `--known-at` names. Throws what is wrong with it.
  func moment(_ text: String) throws -> Timestamp {
    if let moment = Timestamp(text.trimmed) { return moment }
    guard let moment = Timestamp(try day(text).text) else { throw Failure.unreadableMoment(text) }
    return moment
  }
}

struct ReportRegister: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "An account's lines, each with the balance after it.",
    discussion: "Example: coreflow report register 1010 --from 2026-01-01 --to 2026-03-31")

  @Argument(help: "The account, by number, path or name.")
  var account: String

  @Option(help: "The first day; balances count what came before it, too.")
  var from: String?

  @Option(name: [.long, .customLong("as-of")], help: "The last day.")
  var to: String?

  @Option(help: "As the books stood then: at the end of a day, or at 2026-07-05T17:00:00Z.")
  var knownAt: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let moment = try knownAt.map(seat.moment)
    let first = try from.map(seat.day) ?? .first
    let last = try to.map(seat.day) ?? .last
    let account = try await seat.account(account)
    let rows = try await seat.fetch(
      RegisterPage(account.id, from: first, to: last, knownAt: moment, limit: .max))
    let unvalued = try await seat.fetch(
      UnvaluedLines(of: account.id, asOf: last, knownAt: moment))
    let table = Table(
      ["date", "number", "description", "debit", "credit", "balance"],
      rows.map {
        [
          .text($0.date.text), .text($0.number), .text($0.description), seat.side($0.amount.debit),
          seat.side($0.amount.credit), seat.amount($0.balance),
        ]
      })
    var fields = [
      JSON.Field("account", .string(account.path)),
      JSON.Field("from", .text(from == nil ? nil : first.text)),
      JSON.Field("to", .text(to == nil ? nil : last.text)),
      JSON.Field("known_at", .text(moment?.text)), JSON.Field("lines", .array(table.json)),
    ]
    let output = Output(to: surroundings, output)
    if let notice = TrialBalanceSheet.notice(unvalued: unvalued) {
      output.warn(notice)
      fields.append(JSON.Field("unvalued", .integer(Int64(unvalued))))
    }
    try output.show(
      table, json: .object(fields),
      text: TerminalText.line(
        "\(account.number) \(account.path)" + (moment.map { ", known at \($0.text)" } ?? ""))
        + "\n\n" + table.text)
  }
}
