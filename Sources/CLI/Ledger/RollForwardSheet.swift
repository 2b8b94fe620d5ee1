import Domain
import Operations

/// A roll-forward laid out for people and for scripts.
struct RollForwardSheet {
  private let forward: RollForward
  private let basis: LedgerScope.Basis
  /// Whose lines alone it counts, as it was asked for.
  private let department: String?
  /// The one currency of every row; nil where each is in its own.
  private let base: Currency?
  private let translation: ConvenienceTranslation?

  /// Every row in `base`, or translated from that; or each in its own currency.
  init(
    _ forward: RollForward, _ basis: LedgerScope.Basis, of department: String?,
    inBase base: Currency?, _ translation: ConvenienceTranslation?
  ) {
    self.forward = forward
    self.basis = basis
    self.department = department
    self.base = base
    self.translation = translation
  }

  /// One row an account (and currency); what earlier years earned and no closing took away has one
  /// too, without an account.
  var table: Table {
    get throws {
      Table(
        ["item", "number", "account", "type", "currency", "opening", "debit", "credit", "closing"],
        try forward.rows.map { row -> [Table.Cell] in
          try [
            .text(row.item.name), .optional(row.item.account?.number),
            .optional(row.item.account?.path), .optional(row.item.account?.type.rawValue),
            .text(translation.code(row.currency)),
          ] + amounts(row)
        })
    }
  }

  /// The rows, and for each currency a last line `Total`.
  func sheet() throws -> Table {
    func cells(_ first: [Table.Cell], _ currency: String, _ others: [Table.Cell]) -> [Table.Cell] {
      first + (base == nil ? [.text(currency)] : []) + others
    }
    let rows = try forward.rows.map { row in
      let account = row.item.account
      return try cells(
        [.optional(account?.number), .text(account?.path ?? row.item.title)], row.currency,
        amounts(row))
    }
    let columns = ["number", "account"] + (base == nil ? ["currency"] : [])
    var sheet = Table(columns + ["opening", "debit", "credit", "closing"], rows)
    sheet.totals = try totals.rows.map { total -> [Table.Cell] in
      [.text("Total"), .none] + (base == nil ? total : Array(total.dropFirst()))
    }
    return sheet
  }

  func json() throws -> JSON {
    var fields = [
      JSON.Field("from", .string(forward.from.text)),
      JSON.Field("to", .string(forward.through.text)),
      JSON.Field("basis", .string(basis.rawValue)),
      JSON.Field("known_at", .text(forward.knownAt?.text)),
      JSON.Field("department", .text(department)), JSON.Field("lines", .array(try table.json)),
      JSON.Field("totals", .array(try totals.json)),
      JSON.Field("balanced", .bool(try forward.isBalanced())),
    ]
    fields += translation.json
    if notice != nil { fields.append(JSON.Field("unvalued", .integer(Int64(forward.unvalued)))) }
    return .object(fields)
  }

  /// What whoever reads base amounts must know; nil where there is nothing.
  var notice: String? {
    base == nil ? nil : TrialBalanceSheet.notice(unvalued: forward.unvalued)
  }

  /// One row a currency.
  private var totals: Table {
    get throws {
      let own = Set(forward.rows.map(\.currency)).sorted()
      return Table(
        ["currency", "opening", "debit", "credit", "closing"],
        try (base.map { [$0.code] } ?? own).map { currency -> [Table.Cell] in
          let rows = forward.rows.filter { $0.currency == currency }
          let exponent = base?.exponent ?? rows.first?.exponent ?? 2
          let amounts = [
            rows.map(\.opening), rows.map(\.debit), rows.map(\.credit), rows.map(\.closing),
          ]
          return try [.text(translation.code(currency))]
            + amounts.map { try translation.amount($0.total(), exponent: exponent) }
        })
    }
  }

  private func amounts(_ row: RollForward.Row) throws -> [Table.Cell] {
    [
      try translation.amount(row.opening, exponent: row.exponent),
      try translation.side(row.debit, exponent: row.exponent),
      try translation.side(row.credit, exponent: row.exponent),
      try translation.amount(row.closing, exponent: row.exponent),
    ]
  }
}

/// A worksheet laid out for people and for scripts.
struct WorksheetSheet {
  private let worksheet: Worksheet
  private let exponent: Int
  private let translation: ConvenienceTranslation?

  /// In a base currency of `exponent` decimals, or translated from that.
  init(_ worksheet: Worksheet, exponent: Int, _ translation: ConvenienceTranslation?) {
    self.worksheet = worksheet
    self.exponent = exponent
    self.translation = translation
  }

  /// Every row with its ten columns.
  var table: Table {
    get throws {
      Table(
        ["item", "number", "account", "type"] + Worksheet.Column.allCases.map(\.rawValue),
        try worksheet.rows.map { row -> [Table.Cell] in
          try [
            .text(row.item.name), .optional(row.item.account?.number),
            .optional(row.item.account?.path), .optional(row.item.account?.type.rawValue),
          ] + amounts(row)
        })
    }
  }

  /// The rows and a last line `Total`, whose pairs are equal. On paper columns go on beside the first
  /// on further pages, so that it alone says what a row is, and each title which side.
  func sheet() throws -> Table {
    let titles = ["unadjusted", "adjusting", "adjusted", "income", "balance"].flatMap {
      ["\($0) dr", "\($0) cr"]
    }
    var sheet = Table(
      ["account"] + titles, try worksheet.rows.map { try [.text($0.item.title)] + amounts($0) })
    let totals = try Worksheet.Column.allCases.map { try amount(worksheet.total(of: $0)) }
    sheet.totals = [[.text("Total")] + totals]
    return sheet
  }

  func json() throws -> JSON {
    let totals = try Worksheet.Column.allCases.map {
      JSON.Field($0.rawValue, try amount(worksheet.total(of: $0)).json)
    }
    var fields = [
      JSON.Field("from", .string(worksheet.from.text)),
      JSON.Field("as_of", .string(worksheet.asOf.text)),
      JSON.Field("known_at", .text(worksheet.knownAt?.text)),
      JSON.Field("lines", .array(try table.json)), JSON.Field("totals", .object(totals)),
      JSON.Field("net_income", try amount(worksheet.netIncome).json),
      JSON.Field("balanced", .bool(try worksheet.isBalanced())),
    ]
    fields += translation.json
    if notice != nil { fields.append(JSON.Field("unvalued", .integer(Int64(worksheet.unvalued)))) }
    return .object(fields)
  }

  /// What whoever reads it must know; nil where there is nothing.
  var notice: String? { TrialBalanceSheet.notice(unvalued: worksheet.unvalued) }

  private func amount(_ money: Money) throws -> Table.Cell {
    try translation.amount(money, exponent: exponent)
  }

  private func amounts(_ row: Worksheet.Row) throws -> [Table.Cell] {
    try Worksheet.Column.allCases.map {
      try translation.side(row.amount(in: $0), exponent: exponent)
    }
  }
}
