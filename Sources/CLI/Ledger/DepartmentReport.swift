import ArgumentParser
import Domain
import Operations

struct ReportDepartments: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "departments",
    abstract: "The income statement with a column for each department.",
    discussion: """
      Example: coreflow report departments --period 2026-06
      A department's column has its own lines, not those of departments below it; what is of no \
      department is untagged. Together they are the total, but for roundings where --in translates \
      every amount at one rate.
      """)

  @OptionGroup var span: SpanOptions

  @Option(help: "unadjusted leaves adjusting entries out.")
  var basis = LedgerScope.Basis.adjusted

  @Option(help: "As the books stood then: at the end of a day, or at 2026-07-05T17:00:00Z.")
  var knownAt: String?

  @OptionGroup var translation: TranslationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: ReportOptions

  func validate() throws {
    guard basis != .postClosing else {
      throw ValidationError("After closing an income statement is empty: take adjusted")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let moment = try knownAt.map(seat.moment)
    let (found, footing) = try await seat.report(
      DepartmentStatement(of: span.span(in: seat), basis, knownAt: moment))
    let (statement, codes) = (found.statement, found.parts.map(\.code))
    let column = statement.columns[0]
    let translation = try await translation.translation(on: column.to, at: seat)
    func amounts(_ row: FinancialStatement.Row) throws -> [Table.Cell] {
      guard !row.amounts.isEmpty else {
        return Array(repeating: .none, count: statement.columns.count)
      }
      return try row.amounts.map { try translation.amount($0, exponent: seat.place.exponent) }
    }
    try Output(to: surroundings, output).report(
      Report(
        title: "Income by department",
        heading: "Income statement of \(seat.place.businessName) by department from "
          + "\(column.from.text) to \(column.to.text), \(basis.rawValue)"
          + (moment.map { ", known at \($0.text)" } ?? "") + translation.label,
        notices: statement.notices,
        sheet: Table(
          titles: ["account", "total"] + codes + ["untagged"],
          try statement.rows.map { row in
            try [.text(String(repeating: "  ", count: row.level) + row.item.title)] + amounts(row)
          }),
        table: Table(
          ["item", "number", "account", "level", "total"] + codes + ["untagged"],
          try statement.rows.map { row in
            try [
              .text(row.item.name), .optional(row.item.account?.number),
              .optional(row.item.account?.path), .count(row.level),
            ] + amounts(row)
          }),
        json: try json(found, knownAt: moment, translation, seat), footing: footing))
  }

  /// A line's amounts stand in the order of the columns: codes may be called like anything.
  private func json(
    _ sheet: DepartmentStatement.Sheet, knownAt moment: Timestamp?,
    _ translation: ConvenienceTranslation?, _ seat: Seat
  ) throws -> JSON {
    let days = sheet.statement.columns[0]
    func column(_ kind: String, _ part: DepartmentStatement.Part? = nil) -> JSON {
      ["kind": .string(kind), "code": .text(part?.code), "name": .text(part?.name)]
    }
    let columns =
      [column("total")] + sheet.parts.map { column("department", $0) } + [column("untagged")]
    let lines: [JSON] = try sheet.statement.rows.map { row in
      [
        "item": .string(row.item.name), "number": .text(row.item.account?.number),
        "account": .text(row.item.account?.path), "level": .integer(Int64(row.level)),
        "amounts": .array(
          try row.amounts.map { try translation.amount($0, exponent: seat.place.exponent).json }),
      ]
    }
    var fields = [
      JSON.Field("from", .string(days.from.text)), JSON.Field("to", .string(days.to.text)),
      JSON.Field("basis", .string(basis.rawValue)), JSON.Field("known_at", .text(moment?.text)),
      JSON.Field("columns", .array(columns)), JSON.Field("lines", .array(lines)),
    ]
    fields += translation.json
    if sheet.statement.unvalued > 0 {
      fields.append(JSON.Field("unvalued", .integer(Int64(sheet.statement.unvalued))))
    }
    return .object(fields)
  }
}
