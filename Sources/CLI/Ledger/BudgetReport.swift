import ArgumentParser
import Domain
import Operations

struct ReportBudget: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "budget", abstract: "What was earned and spent against what was planned.",
    discussion: """
      Example: coreflow report budget --period 2026-06 --department SAL
      Plans are of whole periods: one that the days divide counts whole. What is planned for a \
      department, or for the whole business, takes the place of what is planned below it. More \
      income is favourable, and less expense, where the days are those of whole periods. With --in \
      every amount is translated at one rate, plans like what came of them.
      """)

  @OptionGroup var span: SpanOptions

  @Option(help: "Which plan: \(BudgetEdition.allCases.map(\.rawValue).joined(separator: ", ")).")
  var edition = BudgetEdition.original

  @Flag(help: "Count what nobody has approved yet, too.")
  var drafts = false

  @OptionGroup var scope: ScopeOptions
  @OptionGroup var translation: TranslationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func validate() throws {
    guard !drafts || scope.knownAt == nil else {
      throw ValidationError("How drafts stood then isn't kept: leave --drafts or --known-at out")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let scope = try await scope.scope(.adjusted, in: seat)
    let (statement, footing) = try await seat.report(
      StatementReport(
        incomeOf: span.span(in: seat), comparing: [.budget], scope,
        budget: BudgetChoice(edition, countsDrafts: drafts)))
    let (actual, planned) = (statement.columns[0], statement.columns[1])
    let whose =
      self.scope.department.map { "\($0), \(seat.place.businessName)," }
      ?? seat.place.businessName
    let plan = "\(edition.rawValue) budget" + (drafts ? " with drafts" : "")
    var json = [
      JSON.Field("statement", .string("budget")),
      JSON.Field("edition", .string(edition.rawValue)), JSON.Field("drafts", .bool(drafts)),
      JSON.Field("known_at", .text(scope.knownAt?.text)),
      JSON.Field("department", .text(self.scope.department)),
      JSON.Field("actual", actual.json), JSON.Field("budget", planned.json),
    ]
    let translation = try await translation.translation(on: actual.to, at: seat)
    let sheet = BudgetSheet(statement, exponent: seat.place.exponent, translation)
    let table = try sheet.table
    json.append(JSON.Field("lines", .array(table.json)))
    json += translation.json
    if statement.unvalued > 0 {
      json.append(JSON.Field("unvalued", .integer(Int64(statement.unvalued))))
    }
    try Output(to: surroundings, output).report(
      Report(
        title: "Budget against actual",
        heading: "Budget against actual of \(whose) from \(actual.from.text) to "
          + "\(actual.to.text), \(plan) of \(planned.from.text) to \(planned.to.text)"
          + (scope.knownAt.map { ", known at \($0.text)" } ?? "") + translation.label,
        notices: [missing(from: statement)].compactMap(\.self) + statement.notices,
        sheet: try sheet.sheet, table: table,
        json: .object(json), footing: footing))
  }

  /// What whoever finds nothing planned must know; nil where something is, or where drafts count.
  private func missing(from statement: FinancialStatement) -> String? {
    let isPlanned =
      statement.unplaced > 0
      || statement.rows.contains { $0.amounts.dropFirst().first?.isZero == false }
    guard !drafts, !isPlanned else { return nil }
    let words = "Nothing in the \(edition.rawValue) budget is approved for these days."
    return scope.knownAt == nil ? words + " To count drafts too: --drafts" : words
  }
}

extension FinancialStatement.Column {
  fileprivate var json: JSON { ["from": .string(from.text), "to": .string(to.text)] }
}

/// An income statement against the plan that is its second column, for people and for scripts.
private struct BudgetSheet {
  private let statement: FinancialStatement
  private let exponent: Int
  private let translation: ConvenienceTranslation?

  /// In a base currency of `exponent` decimals, or translated from that.
  init(
    _ statement: FinancialStatement, exponent: Int, _ translation: ConvenienceTranslation?
  ) {
    self.statement = statement
    self.exponent = exponent
    self.translation = translation
  }

  var table: Table {
    get throws {
      Table(
        [
          "item", "number", "account", "level", "budget", "actual", "variance", "percent",
          "favourable",
        ],
        try statement.rows.map { row in
          [
            .text(row.item.name), .optional(row.item.account?.number),
            .optional(row.item.account?.path), .count(row.level),
          ]
            + (try figures(of: row, \.percentCell))
        })
    }
  }

  var sheet: Table {
    get throws {
      Table(
        ["account", "budget", "actual", "variance", "percent", "favourable"],
        try statement.rows.map { row in
          [.text(String(repeating: "  ", count: row.level) + row.item.title)]
            + (try figures(of: row) { .text($0.percent ?? "n/m") })
        })
    }
  }

  private func figures(
    of row: FinancialStatement.Row, _ percent: (Variance) -> Table.Cell
  ) throws -> [Table.Cell] {
    guard let variance = try statement.variance(of: row, against: 1) else {
      return Array(repeating: .none, count: 5)
    }
    return try [row.amounts[1], row.amounts[0], variance.amount].map {
      try translation.amount($0, exponent: exponent)
    } + [percent(variance), variance.isFavourable.map(Table.Cell.flag) ?? .none]
  }
}
