import ArgumentParser
import Domain
import Operations
import Phrases

struct ReportGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "What the books say.",
    subcommands: [
      ReportTrialBalance.self, ReportBalanceSheet.self, ReportIncomeStatement.self,
      ReportCashFlow.self, ReportDepartments.self, ReportBudget.self, ReportLedger.self,
      ReportRegister.self, ReportOpenItems.self, ReportConsolidated.self,
      ReportSnapshotGroup.self,
    ])
}

extension TrialBalanceReport.Currency: ExpressibleByArgument {}

struct ReportTrialBalance: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "trial-balance",
    abstract: "Every account's balance on a day, debits and credits summed.",
    discussion: """
      Example: coreflow report trial-balance --as-of 2026-06-30 --compare prior-year
      With --roll-forward, what was before, in and after --period or --from and --to; with \
      --worksheet, the year's adjusting entries and the two statements beside the balances.
      With --depth, headings stand for what is below them, net; totals are those of the accounts.
      With --in every amount of any form is translated at one rate, sums as sums.
      Any report is printed for paper by --format html or paged.
      """)

  @Option(help: "The last day that counts; today if left out.")
  var asOf: String?

  @OptionGroup var span: SpanOptions

  @Flag(help: "Opening, debits, credits and closing of a range of days.")
  var rollForward = false

  @Flag(help: "Unadjusted, adjustments, adjusted, income and balance: ten columns.")
  var worksheet = false

  @Option(help: "unadjusted, adjusted (without the year's closing); post-closing if left out.")
  var basis: LedgerScope.Basis?

  @Option(help: "base, or transaction: each currency's own amounts.")
  var currency = TrialBalanceReport.Currency.base

  @Option(help: "Beside it: prior-period, prior-year; may be repeated.")
  var compare: [Comparison] = []

  @Option(help: "Only so many levels of the chart: 1 is its top headings.")
  var depth: Int?

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var translation: TranslationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func validate() throws {
    guard translation.currency == nil || currency == .base else {
      throw TranslationOptions.baseOnly
    }
    guard compare.allSatisfy({ $0 == .priorPeriod || $0 == .priorYear }) else {
      throw ValidationError("A trial balance is compared with prior-period or prior-year")
    }
    try compare.requireOnce()
    guard !rollForward || !worksheet else {
      throw ValidationError("Take either --roll-forward or --worksheet")
    }
    guard compare.isEmpty || !rollForward && !worksheet else {
      throw ValidationError("Only balances are compared: leave --compare out, or the form")
    }
    guard depth.map({ $0 > 0 }) ?? true else { throw ValidationError("A depth is 1 or more") }
    guard depth == nil || !rollForward && !worksheet else {
      throw ValidationError("Only balances have levels: leave --depth out, or the form")
    }
    guard asOf == nil || !rollForward && !span.areGiven else {
      throw ValidationError("Give either --as-of or a range of days")
    }
    guard rollForward || span.from == nil && span.to == nil else {
      throw ValidationError("A range of days is for --roll-forward: else give --as-of")
    }
    guard worksheet else { return }
    guard basis == nil, currency == .base, scope.department == nil else {
      throw ValidationError(
        "A worksheet has both bases, in the base currency, of the whole business: leave --basis,"
          + " --currency and --department out")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let scope = try await scope.scope(basis ?? .postClosing, in: seat)
    try Output(to: surroundings, output).report(try await report(scope, at: seat))
  }

  private func report(_ scope: LedgerScope, at seat: Seat) async throws -> Report {
    if rollForward { return try await rolledForward(scope, at: seat) }
    let period = try await span.period.asyncMap(seat.period)
    let day = try period?.end ?? asOf.map(seat.day) ?? seat.today
    if worksheet { return try await onWorksheet(of: day, scope, at: seat) }
    return try await balances(on: day, scope, at: seat)
  }

  private func balances(
    on day: Day, _ scope: LedgerScope, at seat: Seat
  ) async throws -> Report {
    let inBase: TrialBalance
    var footing: Footing
    (inBase, footing) = try await seat.report(
      TrialBalanceReport(asOf: day, scope, comparing: compare))
    let translation = try await translation.translation(on: day, at: seat)
    let sheet: TrialBalanceSheet
    switch currency {
    case .base:
      sheet = TrialBalanceSheet(
        inBase, inBase: seat.baseCurrency, of: self.scope.department, translation,
        rows: try depth.map { try inBase.lines.folded(to: $0, in: inBase.chart) })
    case .transaction:
      let own: TrialBalance
      (own, footing) = try await seat.report(
        TrialBalanceReport(asOf: day, scope, currency: .transaction, comparing: compare))
      sheet = TrialBalanceSheet(
        own, of: self.scope.department,
        rows: try depth.map { try own.lines.folded(to: $0, in: own.chart) })
    }
    return Report(
      title: "Trial balance",
      heading: heading("Trial balance", "as of \(day.text)", scope, at: seat)
        + (depth.map { ", depth \($0)" } ?? "") + translation.label,
      notices: sheet.notices, sheet: try sheet.sheet(), table: try sheet.table,
      json: try sheet.json(balanced: inBase.totalDebit() == inBase.totalCredit()),
      footing: footing)
  }

  private func rolledForward(_ scope: LedgerScope, at seat: Seat) async throws -> Report {
    let (forward, footing) = try await seat.report(
      RollForwardReport(span.span(in: seat), scope, currency: currency))
    let translation = try await translation.translation(on: forward.through, at: seat)
    let sheet = RollForwardSheet(
      forward, scope.basis, of: self.scope.department,
      inBase: currency == .base ? seat.baseCurrency : nil, translation)
    let days = "from \(forward.from.text) to \(forward.through.text)"
    return Report(
      title: "Roll-forward",
      heading: heading("Roll-forward", days, scope, at: seat) + translation.label,
      notices: [sheet.notice].compactMap(\.self), sheet: try sheet.sheet(),
      table: try sheet.table, json: try sheet.json(), footing: footing)
  }

  private func onWorksheet(
    of day: Day, _ scope: LedgerScope, at seat: Seat
  ) async throws -> Report {
    let (found, footing) = try await seat.report(
      WorksheetReport(asOf: day, knownAt: scope.knownAt))
    let translation = try await translation.translation(on: found.asOf, at: seat)
    let sheet = WorksheetSheet(found, exponent: seat.place.exponent, translation)
    let days = "from \(found.from.text) to \(found.asOf.text)"
    return Report(
      title: "Worksheet",
      heading: heading("Worksheet", days, scope, at: seat) + translation.label,
      notices: [sheet.notice].compactMap(\.self), sheet: try sheet.sheet(),
      table: try sheet.table, json: try sheet.json(), footing: footing)
  }

  private func heading(
    _ title: String, _ days: String, _ scope: LedgerScope, at seat: Seat
  ) -> String {
    let business = seat.place.businessName
    let whose = self.scope.department.map { "\($0), \(business)," } ?? business
    return "\(title) of \(whose) \(days)"
      + (scope.basis == .postClosing ? "" : ", \(scope.basis.rawValue)")
      + (scope.knownAt.map { ", known at \($0.text)" } ?? "")
  }
}

extension Seat {
  /// What `query` answers, and how far the books had come then.
  func report<Q: Query>(_ query: Q) async throws -> (Q.Output, Footing) {
    let answer = try await fetch(Footed(query))
    return (answer.output, answer.footing)
  }

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
    discussion: """
      Example: coreflow report register 1010 --from 2026-01-01 --to 2026-03-31 --department OFF
      As a bank in another currency has it: coreflow report register 1150 --currency EUR
      With --in every amount of the books is translated at one rate, balances as balances.
      On the basis unadjusted or adjusted the last day is today if left out. VOID before a text is \
      an entry that was taken back on its own day; csv and json have void beside it.
      """)

  @Argument(help: "The account, by number, path or name.")
  var account: String

  @Option(help: "The first day; balances count what came before it, too.")
  var from: String?

  @Option(name: [.long, .customLong("as-of")], help: "The last day.")
  var to: String?

  @Option(help: "The days of this period: 2026-06.")
  var period: String?

  @Option(help: "The basis: unadjusted, adjusted (without the year's closing), post-closing.")
  var basis = LedgerScope.Basis.postClosing

  @OptionGroup var own: OneCurrencyOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var translation: TranslationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func validate() throws {
    guard period == nil || from == nil && to == nil else {
      throw ValidationError("Give either a period or its first and last day")
    }
    try own.require(without: translation)
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let only = try await own.only(at: seat)
    let scope = try await registerScope(in: only, at: seat)
    let account = try await seat.account(account)
    let (rows, footing) = try await seat.report(
      RegisterPage(account.id, in: scope, limit: .max))
    // What no rate has valued has its own amounts.
    let unvalued =
      try await only == nil
      ? seat.fetch(
        UnvaluedLines(of: account.id, asOf: scope.to, knownAt: scope.ledger.knownAt)) : 0
    let translation = try await translation.translation(on: scope.lastDay ?? seat.today, at: seat)
    let currency = only ?? seat.baseCurrency
    func cells(_ row: RegisterPage.Row, _ description: String) throws -> [Table.Cell] {
      [
        .text(row.date.text), .text(row.number), .text(description),
        try translation.side(row.amount.debit, exponent: currency.exponent),
        try translation.side(row.amount.credit, exponent: currency.exponent),
        try translation.amount(row.balance, exponent: currency.exponent),
      ]
    }
    let columns = ["date", "number", "description", "debit", "credit", "balance"]
    let table = Table(
      columns + ["void"], try rows.map { try cells($0, $0.description) + [.flag($0.isVoid)] })
    var fields = [
      JSON.Field("account", .string(account.path)),
      JSON.Field("from", .text(scope.firstDay?.text)), JSON.Field("to", .text(scope.lastDay?.text)),
      JSON.Field("basis", .string(basis.rawValue)),
      JSON.Field("known_at", .text(scope.ledger.knownAt?.text)),
      JSON.Field("department", .text(self.scope.department)),
      JSON.Field("currency", .string(translation.code(currency.code))),
      JSON.Field("lines", .array(table.json)),
    ]
    fields += translation.json
    let notice = TrialBalanceSheet.notice(unvalued: unvalued)
    if notice != nil { fields.append(JSON.Field("unvalued", .integer(Int64(unvalued)))) }
    try Output(to: surroundings, output).report(
      Report(
        title: "Register",
        heading: heading("\(account.number) \(account.path)", scope, at: seat)
          + translation.label,
        notices: [notice].compactMap(\.self),
        sheet: Table(columns, try rows.map { try cells($0, $0.text.english) }), table: table,
        json: .object(fields), footing: footing))
  }

  private func registerScope(in only: Currency?, at seat: Seat) async throws -> RegisterScope {
    let period = try await period.asyncMap(seat.period)
    let first = try period?.start ?? from.map(seat.day) ?? .first
    let open = basis == .postClosing ? Day.last : seat.today
    let last = try period?.end ?? to.map(seat.day) ?? open
    return RegisterScope(
      from: first, to: last, try await scope.scope(basis, in: seat), currency: only?.code)
  }

  private func heading(_ account: String, _ scope: RegisterScope, at seat: Seat) -> String {
    let business = seat.place.businessName
    return "\(account) of " + (self.scope.department.map { "\($0), \(business)," } ?? business)
      + (scope.firstDay.map { " from \($0.text)" } ?? "")
      + (scope.lastDay.map { " to \($0.text)" } ?? "")
      + (basis == .postClosing ? "" : ", \(basis.rawValue)")
      + (scope.currency.map { ", in \($0)" } ?? "")
      + (scope.ledger.knownAt.map { ", known at \($0.text)" } ?? "")
  }
}

extension RegisterScope {
  /// Nil where there is no bound.
  fileprivate var firstDay: Day? { from == .first ? nil : from }
  fileprivate var lastDay: Day? { to == .last ? nil : to }
}
