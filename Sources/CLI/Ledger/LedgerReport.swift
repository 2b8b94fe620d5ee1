import ArgumentParser
import Domain
import Operations

struct ReportLedger: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Every line of some days, account by account, with what each held before and after.",
    discussion: """
      Example: coreflow report ledger --account 6200 --account 1000..1999 --period 2026-06
      Income and expenses are held since the beginning of the fiscal year.
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

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let scope = try await scope.scope(basis, in: seat)
    let accounts = try await account.isEmpty ? nil : seat.accounts(account)
    let (found, footing) = try await seat.report(
      GeneralLedgerDetail(of: accounts, in: span.span(in: seat), scope))
    guard let ledger = found else {
      throw Failure.tooManyLines(most: GeneralLedgerDetail.mostLines)
    }
    let sheet = LedgerSheet(ledger, scope, of: self.scope.department, seat)
    try Output(to: surroundings, output).report(
      Report(
        title: "General ledger", heading: sheet.heading,
        notices: [TrialBalanceSheet.notice(unvalued: ledger.unvalued)].compactMap(\.self),
        sheet: sheet.sheet, table: sheet.table, json: sheet.json, footing: footing))
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

/// A general ledger laid out for people and for scripts.
private struct LedgerSheet {
  private let ledger: GeneralLedgerDetail.Ledger
  private let scope: LedgerScope
  /// As it was asked for.
  private let department: String?
  private let seat: Seat

  init(
    _ ledger: GeneralLedgerDetail.Ledger, _ scope: LedgerScope, of department: String?,
    _ seat: Seat
  ) {
    self.ledger = ledger
    self.scope = scope
    self.department = department
    self.seat = seat
  }

  var heading: String {
    let whose = department.map { "\($0), \(seat.place.businessName)," } ?? seat.place.businessName
    return "General ledger of \(whose) from \(ledger.from.text) to \(ledger.to.text), "
      + scope.basis.rawValue + (scope.knownAt.map { ", known at \($0.text)" } ?? "")
  }

  /// The accounts on the other side stand behind what a line is for.
  var sheet: Table {
    var sheet = Table(["date", "number", "description", "debit", "credit", "balance"], [])
    for section in ledger.sections {
      sheet.headings[sheet.rows.count] = "\(section.number) \(section.path)"
      sheet.rows.append(
        [.none, .none, .text("Opening"), .none, .none, seat.amount(section.opening)])
      sheet.rows += section.lines.map { line -> [Table.Cell] in
        let across = line.counterAccounts.asCounterAccounts
        return [
          .text(line.date.text), .text(line.number),
          .text(line.description + (across.isEmpty ? "" : " (\(across))")),
          seat.side(line.amount.debit), seat.side(line.amount.credit), seat.amount(line.balance),
        ]
      }
      sheet.rows.append(
        [
          .none, .none, .text("Closing"), seat.amount(section.debit), seat.amount(section.credit),
          seat.amount(section.closing),
        ])
    }
    return sheet
  }

  /// `kind` is `opening`, `line` or `closing`.
  var table: Table {
    Table(
      [
        "account", "path", "kind", "date", "number", "description", "counter_accounts", "debit",
        "credit", "balance",
      ],
      ledger.sections.flatMap { section -> [[Table.Cell]] in
        let account: [Table.Cell] = [.text(section.number), .text(section.path)]
        func row(_ kind: String, _ cells: [Table.Cell]) -> [Table.Cell] {
          account + [.text(kind)] + cells
        }
        let lines = section.lines.map { line in
          row(
            "line",
            [
              .text(line.date.text), .text(line.number), .text(line.description),
              .text(line.counterAccounts.joined(separator: " ")), seat.side(line.amount.debit),
              seat.side(line.amount.credit), seat.amount(line.balance),
            ])
        }
        let none: [Table.Cell] = [.none, .none, .none, .none]
        let closing = [section.debit, section.credit, section.closing].map(seat.amount)
        return [row("opening", none + [.none, .none, seat.amount(section.opening)])] + lines
          + [row("closing", none + closing)]
      })
  }

  var json: JSON {
    var fields = [
      JSON.Field("from", .string(ledger.from.text)), JSON.Field("to", .string(ledger.to.text)),
      JSON.Field("basis", .string(scope.basis.rawValue)),
      JSON.Field("known_at", .text(scope.knownAt?.text)),
      JSON.Field("department", .text(department)),
      JSON.Field("accounts", .array(ledger.sections.map(object))),
    ]
    if ledger.unvalued > 0 {
      fields.append(JSON.Field("unvalued", .integer(Int64(ledger.unvalued))))
    }
    return .object(fields)
  }

  private func object(_ section: GeneralLedgerDetail.Section) -> JSON {
    [
      "number": .string(section.number), "account": .string(section.path),
      "opening": decimal(section.opening), "debit": decimal(section.debit),
      "credit": decimal(section.credit), "closing": decimal(section.closing),
      "lines": .array(
        section.lines.map { line in
          [
            "date": .string(line.date.text), "number": .string(line.number),
            "description": .string(line.description),
            "counter_accounts": .array(line.counterAccounts.map(JSON.string)),
            "debit": decimal(line.amount.debit), "credit": decimal(line.amount.credit),
            "balance": decimal(line.balance),
          ]
        }),
    ]
  }

  private func decimal(_ money: Money) -> JSON {
    .decimal(money.plain(exponent: seat.place.exponent))
  }
}
