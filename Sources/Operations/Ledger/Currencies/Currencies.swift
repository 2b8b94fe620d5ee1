package import Domain
package import Store

/// The units that the business keeps amounts in.
package struct Currencies: Query {
  package static let permission: Permission? = .accountRead

  package init() {}

  package func run(in snapshot: Snapshot) throws -> [Currency] { try snapshot.currencies() }
}

/// Gives the business a unit of its own. Those of ISO 4217 are there already and stay what they are;
/// which decimals a unit has is fixed once an entry uses it. There is no draft of one, so whoever only
/// drafts rates (RULES §4.9, row 49) leaves it to others.
package struct AddCurrency: Command {
  package static let permission: Permission? = .rateEdit
  package static let operation = "currency.add"
  package static let event = AuditEvent.create
  let currency: Currency

  package init(_ currency: Currency) { self.currency = currency }

  package var subject: Subject { Subject(.currency, name: currency.code) }

  package func run(in change: Change) throws -> Currency {
    guard try !change.editsDraftsOnly() else { throw Refusal.rate(.noDraftOfCurrency) }
    try currency.symbol.requireSeen()
    try currency.name.requireName(of: .currency, most: Currency.mostNameCharacters)
    let own: Currency
    do throws(CurrencyFault) {
      own = try .own(
        code: currency.code, exponent: currency.exponent, symbol: currency.symbol,
        name: currency.name)
    } catch { throw Refusal.rate(.currency(error)) }
    let kept = try change.currencies()
    // Journals bring units in as they write them.
    guard !kept.contains(where: { $0.code.uppercased() == own.code }) else {
      throw Refusal.taken(kind: .currency, name: own.code)
    }
    // An amount that names the sign of the one, `5 Ft`, would be read as of the other.
    if let other = kept.first(where: { $0.symbol.uppercased() == own.code }) {
      throw Refusal.taken(kind: .currency, name: other.symbol)
    }
    let sign = own.symbol.uppercased()
    guard
      sign.isEmpty
        || !kept.contains(where: { $0.symbol == own.symbol || $0.code.uppercased() == sign })
    else { throw Refusal.rate(.currency(.symbol)) }
    try change.insertCurrency(own)
    return own
  }
}

extension Reading {
  func currencies() throws -> [Currency] {
    try rows(
      { (code: String, exponent: Int, symbol: String, name: String) in
        Currency(code: code, exponent: exponent, symbol: symbol, name: name)
      },
      """
      SELECT code, exponent, symbol, name FROM currencies WHERE business_id = :business
      ORDER BY code
      """)
  }
}
