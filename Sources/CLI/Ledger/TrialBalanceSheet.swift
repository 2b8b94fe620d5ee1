import Domain
import Operations
import Phrases

/// A trial balance laid out for people and for scripts.
struct TrialBalanceSheet {
  private let balance: TrialBalance
  /// Those of the balance, or of its headings: its totals are the same.
  private let rows: [AccountBalance]
  private let exponents: [String: Int]
  /// The one currency of every line; nil where each is in its own.
  private let base: String?
  /// Whose lines alone it counts, as it was asked for.
  private let department: String?
  private let translation: ConvenienceTranslation?

  /// Every line in `base`, or translated from that.
  init(
    _ balance: TrialBalance, inBase base: Currency, of department: String? = nil,
    _ translation: ConvenienceTranslation? = nil, rows: [AccountBalance]? = nil
  ) {
    self.balance = balance
    self.rows = rows ?? balance.lines
    self.base = base.code
    self.department = department
    self.translation = translation
    exponents = [base.code: base.exponent]
  }

  /// Each line in its own currency.
  init(
    _ balance: TrialBalance, of department: String? = nil, rows: [AccountBalance]? = nil
  ) {
    self.balance = balance
    self.rows = rows ?? balance.lines
    self.department = department
    base = nil
    translation = nil
    exponents = Dictionary(balance.lines.map { ($0.currency, $0.exponent) }) { $1 }
  }

  /// As CLI.md fixes it: one row an account (and currency), no totals; below them what earlier
  /// years earned and no closing took away, without a number. Behind each, for each day that it is
  /// compared with, what it was then and how far it is from that.
  var table: Table {
    get throws {
      let columns = balance.comparisons.flatMap { compared -> [String] in
        let name = compared.comparison.rawValue.replacing("-", with: "_")
        return ["debit", "credit", "change", "percent", "favourable"].map { "\(name)_\($0)" }
      }
      return Table(
        ["number", "account", "type", "currency", "debit", "credit"] + columns,
        try rows.map { line -> [Table.Cell] in
          try [
            .optional(line.item.account?.number), .text(line.title),
            .optional(line.item.account?.type.rawValue), .text(translation.code(line.currency)),
          ] + sides(line.balance, of: line) + comparisons(of: line)
        })
    }
  }

  private func comparisons(of line: AccountBalance) throws -> [Table.Cell] {
    try line.compared.indices.flatMap { index -> [Table.Cell] in
      guard let variance = try line.variance(against: index) else { return [] }
      return try sides(line.compared[index], of: line) + [
        amount(variance.amount, line.currency), variance.percentCell,
        variance.isFavourable.map(Table.Cell.flag) ?? .none,
      ]
    }
  }

  /// The rows, and for each currency a last line `Total` with its two sums.
  func sheet() throws -> Table {
    func cells(_ first: [Table.Cell], _ currency: String, _ others: [Table.Cell]) -> [Table.Cell] {
      first + (base == nil ? [.text(currency)] : []) + others
    }
    let cellsOfRows = try rows.map { line -> [Table.Cell] in
      let amounts = try sides(line.balance, of: line) + differences(of: line)
      return cells([.text(line.number), .text(line.title)], line.currency, amounts)
    }
    let none = [Table.Cell](repeating: .none, count: balance.comparisons.count * 3)
    let totals = try totals().map { currency, debit, credit in
      cells(
        [.text("Total"), .none], currency,
        [try amount(debit, currency), try amount(credit, currency)] + none)
    }
    let columns = ["number", "account"] + (base == nil ? ["currency"] : []) + ["debit", "credit"]
    let others = balance.comparisons.flatMap { [$0.comparison.rawValue, "change", "%"] }
    var sheet = Table(columns + others, cellsOfRows)
    sheet.totals = totals
    sheet.flag(rows.map(\.isAbnormal))
    return sheet
  }

  /// For people: on the side on which such an account stands, with a mark where it is worse.
  private func differences(of line: AccountBalance) throws -> [Table.Cell] {
    try line.compared.indices.flatMap { index -> [Table.Cell] in
      guard let then = try line.shown(comparedWith: index),
        let variance = try line.variance(against: index)
      else { return [] }
      let mark = variance.isFavourable == false ? " !" : ""
      return [
        try amount(then, line.currency), try amount(variance.amount, line.currency),
        .text((variance.percent ?? "n/m") + mark),
      ]
    }
  }

  /// Whether what is debited is what is credited, in every currency that is shown.
  var isBalanced: Bool {
    get throws { try totals().allSatisfy { $0.debit == $0.credit } }
  }

  func json(balanced: Bool) throws -> JSON {
    let totals = try totals()
    var fields = [
      JSON.Field("as_of", .string(balance.asOf.text)),
      JSON.Field("known_at", .text(balance.knownAt?.text)),
      JSON.Field("lines", .array(try table.json)),
      JSON.Field("total_debit", try sum(totals.map { ($0.currency, $0.debit) })),
      JSON.Field("total_credit", try sum(totals.map { ($0.currency, $0.credit) })),
      JSON.Field("balanced", .bool(balanced)),
    ]
    fields += translation.json
    if let department { fields.append(JSON.Field("department", .string(department))) }
    if !balance.comparisons.isEmpty {
      let compared = balance.comparisons.map { compared -> JSON in
        [
          "comparison": .string(compared.comparison.rawValue),
          "as_of": .string(compared.asOf.text),
        ]
      }
      fields.append(JSON.Field("compared", .array(compared)))
    }
    if base != nil, balance.unvalued > 0 {
      fields.append(JSON.Field("unvalued", .integer(Int64(balance.unvalued))))
    }
    fields += balance.reopened.fields
    return .object(fields)
  }

  /// What whoever reads it must know besides.
  var notices: [String] {
    let unvalued = base == nil ? nil : Self.notice(unvalued: balance.unvalued)
    return [unvalued].compactMap(\.self) + balance.reopened.notices
  }

  /// What whoever reads base amounts must know of lines that no rate has valued; nil for none.
  static func notice(unvalued count: Int) -> String? {
    switch count {
    case 0: nil
    case 1: "1 line in a foreign currency has no rate yet and counts as 0."
    default: "\(count) lines in a foreign currency have no rate yet and count as 0."
    }
  }

  /// One number in the currency of every line, else one for each currency.
  private func sum(_ amounts: [(currency: String, amount: Money)]) throws -> JSON {
    let fields = try amounts.map { currency, amount in
      JSON.Field(currency, try self.amount(amount, currency).json)
    }
    guard base != nil, let only = fields.first else { return .object(fields) }
    return only.value
  }

  private func totals() throws -> [(currency: String, debit: Money, credit: Money)] {
    let currencies = base.map { [$0] } ?? Set(balance.lines.map(\.currency)).sorted()
    return try currencies.map { currency in
      let amounts = balance.lines.filter { $0.currency == currency }.map(\.balance)
      return (currency, try amounts.map(\.debit).total(), try amounts.map(\.credit).total())
    }
  }

  private func sides(_ balance: Money, of line: AccountBalance) throws -> [Table.Cell] {
    try [balance.debit, balance.credit].map {
      try translation.side($0, exponent: exponent(line.currency))
    }
  }

  private func amount(_ money: Money, _ currency: String) throws -> Table.Cell {
    try translation.amount(money, exponent: exponent(currency))
  }

  private func exponent(_ currency: String) -> Int { exponents[currency] ?? 2 }
}

extension AccountBalance {
  fileprivate var title: String { item.account?.path ?? item.title }
}

extension [ReopenedPeriod] {
  /// A sentence each.
  var notices: [String] { map { "\($0.phrase.english)." } }

  /// Nothing where there is none.
  var fields: [JSON.Field] {
    guard !isEmpty else { return [] }
    let each = map { period -> JSON in
      ["period": .string(period.label), "day": .string(period.day.text)]
    }
    return [JSON.Field("reopened", .array(each))]
  }
}
