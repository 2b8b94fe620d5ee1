import ArgumentParser
import Domain
import Interchange
import Operations
import Phrases

struct ReportLedger: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Every line of some days, account by account, with what each held before and after.",
    discussion: """
      Example: coreflow report ledger --account 6200 --account 1000..1999 --period 2026-06
      Income and expenses are held since the beginning of the fiscal year. With --in every amount \
      of the books is translated at one rate, sums as sums. VOID before a \
      text is an entry that was taken back on its own day; csv and json have void beside it. It is \
      written as it is read, however long: Ctrl-C ends it.
      """)

  @Option(
    help: """
      Only this account and those below it, by number, path or name, or those between two numbers, \
      1000..1999; may be repeated.
      """)
  var account: [String] = []

  @OptionGroup var span: SpanOptions

  @Option(help: "The basis: unadjusted, adjusted (without the year's closing), post-closing.")
  var basis = LedgerScope.Basis.postClosing

  @OptionGroup var own: OneCurrencyOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var translation: TranslationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func validate() throws { try own.require(without: translation) }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let scope = try await scope.scope(basis, in: seat)
    let accounts = try await account.isEmpty ? nil : seat.accounts(account)
    let output = Output(to: surroundings, output)
    let only = try await own.only(at: seat)
    let days = try await span.span(in: seat)
    let translation = try await translation.translation(on: span.last(in: seat), at: seat)
    let sheet = LedgerSheet(scope, in: only, of: self.scope.department, translation, seat)
    _ = try await seat.fetch(
      GeneralLedgerDetail(of: accounts, in: days, scope, currency: only?.code) {
        try output.report(sheet.report($0))
      })
  }
}

extension Seat {
  /// The accounts that people call so, each with all below it, or two numbers with what is between.
  fileprivate func accounts(_ names: [String]) async throws -> Set<ID<Account>> {
    let chart = try await fetch(ChartOfAccounts())
    var found: Set<ID<Account>> = []
    for name in names.map(\.trimmed) {
      let ends = name.lowercased().split(separator: "..", omittingEmptySubsequences: false)
        .map(String.init)
      let between =
        ends.count == 2
        ? chart.filter { row in
          let number = row.number.lowercased()
          return ends[0] <= number && number <= ends[1]
        } : []
      found.formUnion(try between.isEmpty ? [chart.named(name).id] : between.map(\.id))
    }
    // Parents come before children.
    for row in chart where row.parent.map(found.contains) ?? false { found.insert(row.id) }
    return found
  }
}

/// A general ledger laid out for people and for scripts, as it is read.
private struct LedgerSheet: Sendable {
  private typealias Walk = GeneralLedgerDetail.Walk
  private typealias Section = GeneralLedgerDetail.Section
  private typealias Line = GeneralLedgerDetail.Line
  private let scope: LedgerScope
  /// As it was asked for.
  private let department: String?
  private let business: String
  /// The one whose lines it has; nil is all of them.
  private let only: Currency?
  /// Of its amounts, before they are translated.
  private let currency: Currency
  private let translation: ConvenienceTranslation?

  init(
    _ scope: LedgerScope, in only: Currency?, of department: String?,
    _ translation: ConvenienceTranslation?, _ seat: Seat
  ) {
    self.scope = scope
    self.translation = translation
    self.department = department
    business = seat.place.businessName
    self.only = only
    currency = only ?? seat.baseCurrency
  }

  func report(_ walk: GeneralLedgerDetail.Walk) -> StreamedReport {
    let notices = [TrialBalanceSheet.notice(unvalued: walk.ledger.unvalued)].compactMap(\.self)
    return StreamedReport(
      notices: notices,
      printout: Printout(
        title: "General ledger", heading: heading(walk.ledger),
        notes: notices + walk.ledger.footing.lines,
        titles: ["date", "number", "description", "debit", "credit", "balance"]
      ) { try print(walk, $0) },
      columns: [
        "account", "path", "kind", "date", "number", "description", "counter_accounts", "debit",
        "credit", "balance", "void",
      ],
      rows: { try rows(walk, $0) }, json: { try json(walk, $0) })
  }

  private func heading(_ ledger: GeneralLedgerDetail.Ledger) -> String {
    let whose = department.map { "\($0), \(business)," } ?? business
    return "General ledger of \(whose) from \(ledger.from.text) to \(ledger.to.text), "
      + scope.basis.rawValue + (only.map { ", in \($0.code)" } ?? "")
      + (scope.knownAt.map { ", known at \($0.text)" } ?? "") + translation.label
  }

  /// The accounts on the other side stand behind what a line is for. A page that ends within an
  /// account says what its lines have come to.
  private func print(_ walk: Walk, _ body: (Printout.Row) throws -> Void) throws {
    for section in walk.ledger.sections {
      let account = "\(section.number) \(section.path)"
      var (debit, credit) = (Money.zero, Money.zero)
      func carried(_ balance: Money) throws -> Printout.Carried {
        Printout.Carried(
          under: account, foot: try sums("Carried forward", debit, credit, balance),
          head: try sums("Brought forward", debit, credit, balance))
      }
      let opening: [Table.Cell] = [
        .none, .none, .text("Opening"), .none, .none, try amount(section.opening),
      ]
      try body(
        Printout.Row(opening.printed, under: account, carried: carried(section.opening)))
      try walk.lines(of: section) { line in
        debit = try debit + line.amount.debit
        credit = try credit + line.amount.credit
        try body(Printout.Row(cells(line).printed, carried: carried(line.balance)))
      }
      try body(
        Printout.Row(sums("Closing", section.debit, section.credit, section.closing)))
    }
  }

  private func cells(_ line: Line) throws -> [Table.Cell] {
    let across = line.counterAccounts.asCounterAccounts
    return [
      .text(line.date.text), .text(line.number),
      .text(line.text.english + (across.isEmpty ? "" : " (\(across))")),
      try side(line.amount.debit), try side(line.amount.credit), try amount(line.balance),
    ]
  }

  private func sums(
    _ name: String, _ debit: Money, _ credit: Money, _ balance: Money
  ) throws -> [Printout.Cell] {
    let cells: [Table.Cell] = [.none, .none, .text(name)]
    return try (cells + [debit, credit, balance].map(amount)).printed
  }

  /// Their `kind` is `opening`, `line` or `closing`.
  private func rows(_ walk: Walk, _ body: ([Table.Cell]) throws -> Void) throws {
    for section in walk.ledger.sections {
      func row(_ kind: String, _ cells: [Table.Cell]) throws {
        try body([.text(section.number), .text(section.path), .text(kind)] + cells)
      }
      let none: [Table.Cell] = [.none, .none, .none, .none]
      try row("opening", none + [.none, .none, amount(section.opening), .none])
      try walk.lines(of: section) { line in
        try row(
          "line",
          [
            .text(line.date.text), .text(line.number), .text(line.description),
            .text(line.counterAccounts.joined(separator: " ")), side(line.amount.debit),
            side(line.amount.credit), amount(line.balance), .flag(line.isVoid),
          ])
      }
      try row(
        "closing", none + [section.debit, section.credit, section.closing].map(amount) + [.none])
    }
  }

  private func json(_ walk: Walk, _ write: StreamedReport.Write) throws {
    let ledger = walk.ledger
    let fields = [
      JSON.Field("from", .string(ledger.from.text)), JSON.Field("to", .string(ledger.to.text)),
      JSON.Field("basis", .string(scope.basis.rawValue)),
      JSON.Field("known_at", .text(scope.knownAt?.text)),
      JSON.Field("department", .text(department)),
      JSON.Field("currency", .string(translation.code(currency.code))),
    ]
    try write(opened(.object(fields + translation.json), list: "accounts"))
    for (index, section) in ledger.sections.enumerated() {
      try write((index == 0 ? "" : ",") + opened(document(section), list: "lines"))
      var separator = ""
      try walk.lines(of: section) { line in
        try write(separator + document(line).text)
        separator = ","
      }
      try write("]}")
    }
    try write("]" + (ledger.unvalued > 0 ? ",\"unvalued\":\(ledger.unvalued)}" : "}"))
  }

  /// An object that goes on with a list.
  private func opened(_ object: JSON, list: String) -> String {
    String(object.text.dropLast()) + ",\"\(list)\":["
  }

  private func document(_ section: Section) throws -> JSON {
    try [
      "number": .string(section.number), "account": .string(section.path),
      "opening": amount(section.opening).json, "debit": amount(section.debit).json,
      "credit": amount(section.credit).json, "closing": amount(section.closing).json,
    ]
  }

  private func document(_ line: Line) throws -> JSON {
    try [
      "date": .string(line.date.text), "number": .string(line.number),
      "description": .string(line.description),
      "counter_accounts": .array(line.counterAccounts.map(JSON.string)),
      "debit": amount(line.amount.debit).json, "credit": amount(line.amount.credit).json,
      "balance": amount(line.balance).json, "void": .bool(line.isVoid),
    ]
  }

  private func amount(_ money: Money) throws -> Table.Cell {
    try translation.amount(money, exponent: currency.exponent)
  }
  private func side(_ money: Money) throws -> Table.Cell {
    try translation.side(money, exponent: currency.exponent)
  }
}
