import Domain
import Interchange
import Operations

/// An entry as a JSON document: what `journal add` reads from standard input.
///
/// `{"date":"2026-01-31","type":"standard","description":"Rent","lines":[{"account":"6100",
/// "amount":1200.00},{"account":"1010","credit":"1200"}]}`; a line in a foreign currency names its
/// `currency` and, where that isn't what the rate of the day makes of it, what it is worth, `base`.
/// Any line may name its `department`, by code or name, its `project`, its `counterparty` and its
/// `tags`: `["rent","trip:Kiel"]`; one of an account that is kept by party says whose it is,
/// `counterparty`, and of what, `reference`, where that isn't the `payee` and the `reference` of
/// the entry. What a line says of tax and of how much it is of only informs: `tax_code`,
/// `tax_amount` in the line's currency, `quantity` and, with one, its `unit`. An
/// adjusting entry may name its `kind`.
struct EntryDocument {
  let document: JSONDocument

  init(_ bytes: [UInt8]) throws { document = try JSONDocument(bytes) }

  func content(at desk: EntryDesk) throws -> EntryContent {
    let fields = try document.fields(
      "an entry",
      known: [
        "date", "type", "kind", "reverse_on", "description", "reference", "payee", "notes", "lines",
      ])
    func text(_ name: String) throws -> String { try fields[name]?.text(name) ?? "" }
    guard let lines = fields["lines"] else { throw document.failure(.missing("lines")) }
    let day =
      try fields["date"].map { try desk.seat.day($0.text("date")) }
      ?? desk.seat.today
    var content = EntryContent(
      date: day,
      type: try fields["type"].map { try EntryType(byHand: $0.text("type")) } ?? .standard,
      reference: try text("reference"), description: try text("description"),
      notes: try text("notes"), payee: try text("payee"),
      lines: try lines.items("lines").map { try line($0, on: day, at: desk) })
    if let kind = fields["kind"] {
      content.adjustment = try AdjustmentKind.named(kind.text("kind"), of: content.type)
    }
    if let day = fields["reverse_on"] {
      content.reversesOn = try desk.reversal(day.text("reverse_on"), of: content)
    }
    content.lines = try absorbingRounding(content.lines)
    return content
  }

  private func line(
    _ line: JSONDocument, on day: Day, at desk: EntryDesk
  ) throws -> LineContent {
    let fields = try line.fields(
      "a line",
      known: [
        "account", "amount", "debit", "credit", "currency", "base", "description", "department",
        "project", "counterparty", "reference", "tax_code", "tax_amount", "quantity", "unit",
        "tags",
      ])
    guard let account = fields["account"] else { throw line.failure(.missing("account")) }
    let currency =
      try fields["currency"].map { try desk.currency($0.text("currency")) } ?? desk.base
    let amount = try amount(of: line, fields, exponent: currency.exponent)
    let written = WrittenAmount(
      amount, in: currency, worth: fields["base"] == nil ? .rateOfDay : .base(.zero))
    let row = try desk.account(account.text("account"))
    var content: LineContent
    do { content = try desk.line(written, on: row, day) } catch ValuationError.noRate {
      throw line.failure(.missing("base"))
    }
    if let base = fields["base"] {
      content.base = try AmountExpression.parse(
        base.written("base"), exponent: desk.base.exponent)
    }
    content.description = try fields["description"]?.text("description") ?? ""
    content.department = try fields["department"].flatMap {
      try desk.department($0.text("department"))
    }
    content.project = try fields["project"]?.text("project") ?? ""
    content.counterparty = try fields["counterparty"]?.text("counterparty") ?? ""
    content.reference = try fields["reference"]?.text("reference") ?? ""
    content.particulars = try particulars(of: line, fields, exponent: currency.exponent)
    content.retag(try fields["tags"]?.items("tags").map(tag) ?? [])
    return content
  }

  private func particulars(
    of line: JSONDocument, _ fields: [String: JSONDocument], exponent: Int
  ) throws -> LineParticulars {
    let unit = try fields["unit"]?.text("unit") ?? ""
    if fields["quantity"] == nil, !unit.trimmed.isEmpty {
      throw line.failure(.missing("quantity"))
    }
    return LineParticulars(
      taxCode: try fields["tax_code"]?.text("tax_code").trimmed ?? "",
      tax: try fields["tax_amount"].map {
        try AmountExpression.parse($0.written("tax_amount"), exponent: exponent)
      },
      quantity: try fields["quantity"].map { field in
        guard let number = Quantity(written: try field.written("quantity").trimmed),
          let quantity = LineQuantity(number, unit: unit)
        else {
          throw field.failure(
            .wrongKind("quantity", wanted: "a number such as 12.5, and its unit a word"))
        }
        return quantity
      })
  }

  private func tag(_ word: JSONDocument) throws -> EntryTag {
    guard let tag = EntryTag(typed: try word.text("a tag")) else {
      throw word.failure(.wrongKind("a tag", wanted: "as rent or trip:Kiel"))
    }
    return tag
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
