package import Domain
package import Store

/// The units that the business keeps amounts in.
package struct Currencies: Query {
  package static let permission: Permission? = .accountRead

  package init() {}

  package func run(in snapshot: Snapshot) throws -> [Currency] { try snapshot.currencies() }
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
