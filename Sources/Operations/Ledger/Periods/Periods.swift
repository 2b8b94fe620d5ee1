package import Domain
package import Store

/// The periods of the business with how far each is from being final, in the order of time.
package struct Periods: Query {
  package static let permission: Permission? = .periodRead

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<Period>
    package let year: Int
    package let name: String
    package let kind: PeriodKind
    package let start: Day
    package let end: Day
    package let status: PeriodStatus

    /// With its year, which the name of a month has already: `Closing 2026`.
    package var label: String { Periods.label(name, kind, of: year) }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] { try snapshot.periods() }

  static func label(_ name: String, _ kind: PeriodKind, of year: Int) -> String {
    kind == .normal ? name : "\(name) \(year)"
  }
}

extension Reading {
  func periods() throws -> [Periods.Row] {
    try rows(
      Periods.Row.init,
      """
      SELECT id, fiscal_year, name, kind, start_date, end_date, status
      FROM accounting_periods WHERE business_id = :business ORDER BY fiscal_year, number
      """)
  }
}
