import Domain
import Operations

/// An entry as a JSON document: what `journal add` reads from standard input.
///
/// `{"date":"2026-01-31","type":"standard","description":"Rent","lines":[{"account":"6100",
/// "amount":1200.00},{"account":"1010","credit":"1200"}]}`; a line in a foreign currency names its `currency` and
/// what it is worth, `base`.
struct EntryDocument {
  let document: JSONDocument

  init(_ bytes: [UInt8]) throws { document = try JSONDocument(bytes) }

  func content(at desk: EntryDesk) throws -> EntryContent {
    let fields = try document.fields(
      "an entry", known: ["date", "type", "description", "reference", "payee", "notes", "lines"])
    func text(_ name: String) throws -> String { try fields[name]?.text(name) ?? "" }
    guard let lines = fields["lines"] else { throw document.failure(.missing("lines")) }
    return EntryContent(
      date: try fields["date"].map { try desk.seat.day($0.text("date")) }
        ?? desk.seat.today,
      type: try fields["type"].map { try EntryType(byHand: $0.text("type")) } ?? .standard,
      reference: try text("reference"), description: try text("description"),
      notes: try text("notes"), payee: try text("payee"),
      lines: try lines.items("lines").map { try line($0, at: desk) })
  }

  private func line(_ line: JSONDocument, at desk: EntryDesk) throws -> LineContent {
    let fields = try line.fields(
      "a line",
      known: ["account", "amount", "debit", "credit", "currency", "base", "description"])
    guard let account = fields["account"] else { throw line.failure(.missing("account")) }
    let currency =
      try fields["currency"].map { try desk.currency($0.text("currency")) } ?? desk.base
    let amount = try amount(of: line, fields, exponent: currency.exponent)
    if currency.code != desk.base.code, fields["base"] == nil {
      throw line.failure(.missing("base"))
    }
    return LineContent(
      account: try desk.account(account.text("account")).id, currency: currency.code,
      amount: amount,
      base: try fields["base"].map {
        try AmountExpression.parse($0.written("base"), exponent: desk.base.exponent)
      },
      description: try fields["description"]?.text("description") ?? "")
  }

  /// Debit-positive, from one of the three ways to write it.
  private func amount(
    of line: JSONDocument, _ fields: [String: JSONDocument], exponent: Int
  ) throws -> Money {
    let given = ["amount", "debit", "credit"].filter { fields[$0] != nil }
    guard given.count == 1, let name = given.first, let value = fields[name] else {
      throw line.failure(.missing("one of amount, debit and credit"))
    }
    let amount = try AmountExpression.parse(value.written(name), exponent: exponent)
    return name == "credit" ? try amount.negated() : amount
  }
}
