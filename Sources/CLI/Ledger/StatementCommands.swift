import ArgumentParser
import Domain
import Operations
import Phrases

extension LedgerScope.Basis: ExpressibleByArgument {}
extension Comparison: ExpressibleByArgument {}
extension CashFlowMethod: ExpressibleByArgument {}

extension [Comparison] {
  /// Each is a column, of which scripts know the name.
  func requireOnce() throws {
    guard Set(self).count == count else { throw ValidationError("Compare with each time once") }
  }
}

/// Which entries a report counts.
struct ScopeOptions: ParsableArguments {
  @Option(help: "As the books stood then: at the end of a day, or at 2026-07-05T17:00:00Z.")
  var knownAt: String?

  @Option(help: "Only lines of this department and those below it: a code or a name.")
  var department: String?

  func scope(_ basis: LedgerScope.Basis, in seat: Seat) async throws -> LedgerScope {
    LedgerScope(
      basis, knownAt: try knownAt.map(seat.moment),
      department: try await department.asyncMap { try await seat.department($0).id })
  }
}

/// Which days a statement or a roll-forward is of.
struct SpanOptions: ParsableArguments {
  @Option(help: "The first day; that of the fiscal year if left out.")
  var from: String?

  @Option(help: "The last day; today if left out.")
  var to: String?

  @Option(help: "The days of this period: 2026-06.")
  var period: String?

  func validate() throws {
    guard period == nil || from == nil && to == nil else {
      throw ValidationError("Give either a period or its first and last day")
    }
  }

  var areGiven: Bool { from != nil || to != nil || period != nil }

  func span(in seat: Seat) async throws -> StatementReport.Span {
    let period = try await period.asyncMap(seat.period)
    let last = try to.map(seat.day) ?? seat.today
    let span: StatementReport.Span =
      try period.map { .days($0.start, $0.end) }
      ?? from.map { .days(try seat.day($0), last) } ?? .year(to: last)
    if case .days(let first, let last) = span { try first.requireNotAfter(last) }
    return span
  }

  func last(in seat: Seat) async throws -> Day {
    let period = try await period.asyncMap(seat.period)
    return try period?.end ?? to.map(seat.day) ?? seat.today
  }
}

extension Day {
  /// Of two that are typed as the first and the last.
  func requireNotAfter(_ last: Day) throws {
    guard self <= last else {
      throw ValidationError("The last day, \(last.text), is before the first, \(text)")
    }
  }
}

struct ReportBalanceSheet: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "balance-sheet", abstract: "What the business owns and owes on a day.",
    discussion: """
      Example: coreflow report balance-sheet --as-of 2026-06-30 --compare prior-year
      What income and expenses come to stands in equity until a closing takes it there. With --in \
      every amount is translated at one rate, sums as sums: lines needn't add up to them.
      """)

  @Option(help: "The last day that counts; today if left out.")
  var asOf: String?

  @Option(help: "The basis: unadjusted, adjusted (without the year's closing), post-closing.")
  var basis = LedgerScope.Basis.postClosing

  @Option(help: "Beside it: prior-period, prior-year; may be repeated.")
  var compare: [Comparison] = []

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var translation: TranslationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func validate() throws {
    guard compare.allSatisfy({ $0 == .priorPeriod || $0 == .priorYear }) else {
      throw ValidationError("A balance sheet is compared with prior-period or prior-year")
    }
    try compare.requireOnce()
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let day = try asOf.map(seat.day) ?? seat.today
    let scope = try await scope.scope(basis, in: seat)
    let statement = try await seat.report(
      StatementReport(balanceSheetOf: day, comparing: compare, scope))
    try await seat.show(
      statement, scope, of: self.scope.department, translation, in: surroundings, output)
  }
}

struct ReportIncomeStatement: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "income-statement", abstract: "What was earned and spent in a range of days.",
    discussion: """
      Example: coreflow report income-statement --period 2026-06 --compare prior-period --compare ytd
      Closings don't count: they only take to equity what was earned.
      """)

  @OptionGroup var span: SpanOptions

  @Option(help: "unadjusted leaves adjusting entries out.")
  var basis = LedgerScope.Basis.adjusted

  @Option(
    help: """
      Beside it: prior-period, prior-year, ytd, prior-ytd, budget (what is approved of the \
      original plan; see report budget); may be repeated.
      """)
  var compare: [Comparison] = []

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var translation: TranslationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func validate() throws {
    guard basis != .postClosing else {
      throw ValidationError("After closing an income statement is empty: take adjusted")
    }
    try compare.requireOnce()
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let scope = try await scope.scope(basis, in: seat)
    let statement = try await seat.report(
      StatementReport(incomeOf: span.span(in: seat), comparing: compare, scope))
    try await seat.show(
      statement, scope, of: self.scope.department, translation, in: surroundings, output)
  }
}

struct ReportCashFlow: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "cash-flow", abstract: "What brought cash in a range of days, and what took it.",
    discussion: """
      Example: coreflow report cash-flow --period 2026-06 --method direct --compare prior-year
      Cash is what accounts of the categories cash and bank hold. Opening balances are no flow.
      """)

  @OptionGroup var span: SpanOptions

  @Option(help: "indirect: from net income to cash; direct: by what each payment was for.")
  var method = CashFlowMethod.indirect

  @Option(help: "Beside it: prior-period, prior-year, ytd, prior-ytd; may be repeated.")
  var compare: [Comparison] = []

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var translation: TranslationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func validate() throws {
    guard scope.department == nil else {
      throw ValidationError("Cash is of no department: a cash-flow statement is of the business")
    }
    guard !compare.contains(.budget) else {
      throw ValidationError("Nobody plans cash: compare it with another time")
    }
    try compare.requireOnce()
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let scope = try await scope.scope(.adjusted, in: seat)
    let statement = try await seat.report(
      StatementReport(
        cashFlowOf: span.span(in: seat), method, comparing: compare, knownAt: scope.knownAt))
    try await seat.show(statement, scope, of: nil, translation, in: surroundings, output)
  }
}

extension Seat {
  fileprivate func show(
    _ answer: (FinancialStatement, Footing), _ scope: LedgerScope, of department: String?,
    _ translation: TranslationOptions, in surroundings: Surroundings, _ options: ReportOptions
  ) async throws {
    let (statement, footing) = answer
    let sheet = StatementSheet(
      statement, scope, of: department, in: baseCurrency,
      try await translation.translation(on: statement.columns[0].to, at: self))
    try Output(to: surroundings, options).report(
      Report(
        title: statement.kind.phrase.english, heading: sheet.heading(of: place.businessName),
        notices: statement.notices, sheet: try sheet.sheet(), table: try sheet.table(),
        json: try sheet.json(), footing: footing))
  }
}

extension FinancialStatement {
  /// What whoever reads it must know besides.
  var notices: [String] {
    let cash = lacksCash ? "No account is cash: none has the category cash or bank." : nil
    let plans: String? =
      switch unplaced {
      case 0: nil
      case 1: "1 account of the balance sheet has a plan that isn't on it: see budget list."
      default:
        "\(unplaced) accounts of the balance sheet have plans that aren't on it: see budget list."
      }
    let part = dividedPlan.map { plan in
      "The budget is of whole periods, \(plan.from.text) to \(plan.to.text): what is of a part of "
        + "them is neither favourable nor not."
    }
    return [TrialBalanceSheet.notice(unvalued: unvalued), cash, plans, part].compactMap(\.self)
      + reopened.notices
  }
}

/// A statement laid out for people and for scripts.
private struct StatementSheet {
  private let statement: FinancialStatement
  private let scope: LedgerScope
  /// As it was asked for.
  private let department: String?
  private let base: Currency
  private let translation: ConvenienceTranslation?

  init(
    _ statement: FinancialStatement, _ scope: LedgerScope, of department: String?,
    in base: Currency, _ translation: ConvenienceTranslation?
  ) {
    self.statement = statement
    self.scope = scope
    self.department = department
    self.base = base
    self.translation = translation
  }

  func heading(of business: String) -> String {
    let column = statement.columns[0]
    let days =
      statement.kind == .balanceSheet
      ? "as of \(column.to.text)" : "from \(column.from.text) to \(column.to.text)"
    let whose = department.map { "\($0), \(business)," } ?? business
    return "\(statement.kind.phrase.english) of \(whose) \(days), "
      + (statement.kind.method?.rawValue ?? scope.basis.rawValue)
      + (scope.knownAt.map { ", known at \($0.text)" } ?? "") + translation.label
  }

  /// Every row, each comparison with how far the first column is from it.
  func table() throws -> Table {
    let columns = statement.columns.dropFirst().flatMap { column -> [String] in
      if column.takenOver == .alone { return ["before_conversion"] }
      let name = (column.comparison?.rawValue ?? "").replacing("-", with: "_")
      return [name, "\(name)_change", "\(name)_percent", "\(name)_favourable"]
    }
    return Table(
      ["item", "number", "account", "level", "amount"] + columns,
      try statement.rows.map { row in
        [
          .text(row.item.name), .optional(row.item.account?.number),
          .optional(row.item.account?.path), .count(row.level),
          try row.amounts.first.map(amount) ?? .none,
        ] + (try comparisons(of: row))
      })
  }

  private func comparisons(of row: FinancialStatement.Row) throws -> [Table.Cell] {
    try statement.columns.indices.dropFirst().flatMap { column -> [Table.Cell] in
      if column == statement.beforeConversion { return [try taken(of: row, column)] }
      guard let variance = try statement.variance(of: row, against: column) else {
        return [.none, .none, .none, .none]
      }
      return [
        try amount(row.amounts[column]), try amount(variance.amount), variance.percentCell,
        variance.isFavourable.map(Table.Cell.flag) ?? .none,
      ]
    }
  }

  /// Titles above what they sum up, deeper ones further in.
  func sheet() throws -> Table {
    let titles = statement.columns.flatMap { column -> [String] in
      if column.takenOver == .alone { return ["before conversion"] }
      return column.comparison.map { [$0.rawValue, "change", "%"] } ?? [
        column.title(statement.kind)
      ]
    }
    return Table(
      titles: ["account"] + titles,
      try statement.rows.map { row in
        let comparisons = try statement.columns.indices.dropFirst().flatMap { try cells(row, $0) }
        return [.text(String(repeating: "  ", count: row.level) + row.item.title)]
          + [try row.amounts.first.map(amount) ?? .none] + comparisons
      })
  }

  /// What is unfavourable has a mark.
  private func cells(_ row: FinancialStatement.Row, _ column: Int) throws -> [Table.Cell] {
    if column == statement.beforeConversion { return [try taken(of: row, column)] }
    guard let variance = try statement.variance(of: row, against: column) else {
      return [.none, .none, .none]
    }
    let mark = variance.isFavourable == false ? " !" : ""
    return [
      try amount(row.amounts[column]), try amount(variance.amount),
      .text((variance.percent ?? "n/m") + mark),
    ]
  }

  func json() throws -> JSON {
    var fields = [
      JSON.Field("statement", .string(statement.kind.rawValue)),
      JSON.Field("basis", .string(scope.basis.rawValue)),
      JSON.Field("known_at", .text(scope.knownAt?.text)),
      JSON.Field("department", .text(department)),
      JSON.Field(
        "columns",
        .array(
          statement.columns.map { column in
            [
              "comparison": .text(
                column.takenOver == .alone ? "before-conversion" : column.comparison?.rawValue),
              "from": .text(statement.kind == .balanceSheet ? nil : column.from.text),
              "to": .string(column.to.text),
            ]
          })),
      JSON.Field("lines", .array(try table().json)),
    ]
    fields += translation.json
    if statement.unvalued > 0 {
      fields.append(JSON.Field("unvalued", .integer(Int64(statement.unvalued))))
    }
    fields += statement.reopened.fields
    return .object(fields)
  }

  /// Of what was taken over there is nothing to be compared.
  private func taken(of row: FinancialStatement.Row, _ column: Int) throws -> Table.Cell {
    try row.amounts.isEmpty ? .none : amount(row.amounts[column])
  }

  private func amount(_ money: Money) throws -> Table.Cell {
    try translation.amount(money, exponent: base.exponent)
  }
}

extension Variance {
  /// `-12.5`; nil where it means nothing.
  var percent: String? { tenths.map { Quantity(Money(minorUnits: $0), exponent: 1).text } }

  /// For scripts: a number, or nothing where it means nothing.
  var percentCell: Table.Cell {
    tenths.map { .amount(Money(minorUnits: $0), exponent: 1) } ?? .none
  }
}

extension FinancialStatement.Column {
  fileprivate func title(_ kind: FinancialStatement.Kind) -> String {
    kind == .balanceSheet ? to.text : "\(from.text)..\(to.text)"
  }
}

extension FinancialStatement.Item {
  /// As scripts know it.
  var name: String {
    switch self {
    case .section(let accountClass): accountClass.rawValue
    case .group: "group"
    case .account: "account"
    case .currentEarnings: "current_earnings"
    case .earlierEarnings: "earlier_earnings"
    case .total(let accountClass): "total_\(accountClass.rawValue)"
    case .liabilitiesAndEquity: "total_liabilities_and_equity"
    case .netIncome: "net_income"
    case .activity(let activity): activity.rawValue
    case .adjustments: "adjustments"
    case .exchangeAdjustment: "exchange_adjustment"
    case .workingCapital: "working_capital"
    case .totalOf(let activity): "total_\(activity.rawValue)"
    case .exchangeEffect: "exchange_effect"
    case .netChange: "net_change"
    case .cashAtBeginning: "cash_at_beginning"
    case .unexplained: "unexplained"
    case .cashAtEnd: "cash_at_end"
    case .priorPeriodAdjustments: "prior_period_adjustments"
    }
  }

  var title: String { phrase.english }
}
