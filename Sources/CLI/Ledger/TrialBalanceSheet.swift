import Domain
import Operations

/// A trial balance laid out for people and for scripts.
struct TrialBalanceSheet {
  private let balance: TrialBalance
  private let exponents: [String: Int]
  /// The one currency of every line; nil where each is in its own.
  private let base: String?

  /// Every line in `base`.
  init(_ balance: TrialBalance, inBase base: Currency) {
    self.balance = balance
    self.base = base.code
    exponents = [base.code: base.exponent]
  }

  /// Each line in its own of `currencies`.
  init(_ balance: TrialBalance, in currencies: [Currency]) {
    self.balance = balance
    base = nil
    exponents = Dictionary(currencies.map { ($0.code, $0.exponent) }) { $1 }
  }

  /// As CLI.md fixes it: one row an account (and currency), no totals.
  var table: Table {
    Table(
      ["number", "account", "type", "currency", "debit", "credit"],
      balance.lines.map {
        [.text($0.number), .text($0.path), .text($0.type.rawValue), .text($0.currency)]
          + sides($0)
      })
  }

  /// The rows, and for each currency a last line `Total` with its two sums.
  func text() throws -> String {
    func cells(_ first: [Table.Cell], _ currency: String, _ sides: [Table.Cell]) -> [Table.Cell] {
      first + (base == nil ? [.text(currency)] : []) + sides
    }
    let rows = balance.lines.map {
      cells([.text($0.number), .text($0.path)], $0.currency, sides($0))
    }
    let totals = try totals().map { currency, debit, credit in
      cells(
        [.text("Total"), .none], currency,
        [amount(debit, currency), amount(credit, currency)])
    }
    let columns = ["number", "account"] + (base == nil ? ["currency"] : []) + ["debit", "credit"]
    return Table(columns, rows + totals).text
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
      JSON.Field("lines", .array(table.json)),
      JSON.Field("total_debit", sum(totals.map { ($0.currency, $0.debit) })),
      JSON.Field("total_credit", sum(totals.map { ($0.currency, $0.credit) })),
      JSON.Field("balanced", .bool(balanced)),
    ]
    if notice != nil { fields.append(JSON.Field("unvalued", .integer(Int64(balance.unvalued)))) }
    return .object(fields)
  }

  /// What whoever reads base amounts must know; nil where there is nothing.
  var notice: String? {
    base == nil ? nil : Self.notice(unvalued: balance.unvalued)
  }

  /// What whoever reads base amounts must know of lines that no rate has valued; nil for none.
  static func notice(unvalued count: Int) -> String? {
    switch count {
    case 0: nil
    case 1: "1 line in a foreign currency has no rate yet and counts as 0."
    default: "\(count) lines in a foreign currency have no rate yet and count as 0."
    }
  }

  /// One number in the base currency, else one for each currency.
  private func sum(_ amounts: [(currency: String, amount: Money)]) -> JSON {
    let fields = amounts.map { currency, amount in
      JSON.Field(currency, .decimal(amount.plain(exponent: exponent(currency))))
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

  private func sides(_ line: AccountBalance) -> [Table.Cell] {
    [line.balance.debit, line.balance.credit].map {
      .side($0, exponent: exponent(line.currency))
    }
  }

  private func amount(_ money: Money, _ currency: String) -> Table.Cell {
    .amount(money, exponent: exponent(currency))
  }

  private func exponent(_ currency: String) -> Int { exponents[currency] ?? 2 }
}
