package import Domain
package import Store

/// The periods of one fiscal year with what is in them and who closed them.
package struct PeriodOverview: Query {
  package static let permission: Permission? = .periodRead
  let year: Int?

  /// Nil is the year that holds today, or the last there is.
  package init(of year: Int? = nil) { self.year = year }

  package struct Value: Hashable, Sendable {
    /// In the order of time; never none.
    package let years: [FiscalYears.Row]
    package let year: FiscalYears.Row
    package let periods: [Row]
  }

  package struct Row: Hashable, Sendable {
    package let period: Periods.Row
    /// Posted ones.
    package let entries: Int
    /// Dated in it, whatever their types; 0 of the periods of one day, whose month has them.
    package let unposted: Int
    /// Who locked it, or else closed it: a person or `system`; nil is nobody.
    package let by: String?
    package let at: Timestamp?
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    let (years, today) = (try snapshot.fiscalYears(), try snapshot.today())
    let found =
      try year.map(snapshot.fiscalYear) ?? years.first { $0.start <= today && today <= $0.end }
      ?? years.last
    guard let found else { throw StoreError.noRow }
    return Value(years: years, year: found, periods: try rows(of: found.year, in: snapshot))
  }

  private func rows(of year: Int, in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      {
        (
          id: ID<Period>, name: String, kind: PeriodKind, start: Day, end: Day,
          status: PeriodStatus, entries: Int, unposted: Int, by: String?, at: Timestamp?
        ) in
        Row(
          period: Periods.Row(
            id: id, year: year, name: name, kind: kind, start: start, end: end, status: status),
          entries: entries, unposted: unposted, by: by, at: at)
      },
      """
      SELECT p.id, p.name, p.kind, p.start_date, p.end_date, p.status,
        (SELECT count(*) FROM journal_entries e
         WHERE e.business_id = :business AND e.period_id = p.id),
        CASE WHEN p.kind <> 'normal' THEN 0 ELSE (
          SELECT count(*) FROM journal_entries e
          WHERE e.business_id = :business AND e.status IN ('draft', 'pending_approval', 'approved')
            AND e.entry_date BETWEEN p.start_date AND p.end_date) END,
        CASE WHEN p.closed_at IS NOT NULL THEN coalesce(n.name, 'system') END,
        coalesce(p.locked_at, p.closed_at)
      FROM accounting_periods p
      LEFT JOIN member_names n
        ON n.business_id = :business AND n.user_id = coalesce(p.locked_by, p.closed_by)
      WHERE p.business_id = :business AND p.fiscal_year = :year
      ORDER BY p.number
      """, ["year": year])
  }
}
