package import Domain
package import Store

/// What each account of cash and at banks holds at the end of a day, and all of them together.
package struct CashPosition: Query {
  package static let permission: Permission? = .reportRead
  /// More accounts are in the sum only.
  package static let mostAccounts = 50
  let day: Day

  package init(on day: Day) { self.day = day }

  package struct Row: Hashable, Sendable {
    package let account: ID<Account>
    package let number: String
    package let name: String
    /// Debit-positive, in minor units of the base currency.
    package let balance: Money

    package var label: String { "\(number) \(name)" }
  }

  package struct Value: Hashable, Sendable {
    package let accounts: [Row]
    package let total: Money
  }

  /// Whole periods come from the general ledger, the days of a part of one from the lines of these
  /// accounts.
  package func run(in snapshot: Snapshot) throws -> Value {
    let all = try snapshot.rows(
      {
        (
          id: ID<Account>, number: String, name: String, isActive: Bool, whole: Money, part: Money
        )
        in
        (
          row: Row(account: id, number: number, name: name, balance: try whole + part),
          isActive: isActive
        )
      },
      """
      SELECT a.id, a.number, a.name, a.status = 'active',
        (SELECT coalesce(sum(g.base_debit - g.base_credit), 0) FROM general_ledger g
         JOIN accounting_periods p ON p.business_id = :business AND p.id = g.period_id
         WHERE g.business_id = :business AND g.account_id = a.id AND p.end_date <= :day),
        (SELECT coalesce(sum(l.base_debit - l.base_credit), 0) FROM accounting_periods p
         JOIN journal_lines l ON l.business_id = :business AND l.account_id = a.id
           AND l.entry_date >= p.start_date AND l.entry_date <= :day
         JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
           AND e.period_id = p.id AND e.status IN ('posted', 'reversed')
         WHERE p.business_id = :business AND p.start_date <= :day AND p.end_date > :day)
      FROM accounts a
      WHERE a.business_id = :business AND a.category IN ('cash', 'bank') AND a.is_header = 0
        AND a.deleted_at IS NULL
      ORDER BY a.number
      """, ["day": day])
    let shown = all.filter { $0.isActive || !$0.row.balance.isZero }.map(\.row)
    return Value(
      accounts: Array(shown.prefix(Self.mostAccounts)),
      total: try all.map(\.row.balance).total())
  }
}

/// Income less expense in each of twelve months, and the cash at their ends. All of it comes from
/// the general ledger, so the month that a day is in counts whole, as its trial balance does.
package struct MonthlyFigures: Query {
  package static let permission: Permission? = .reportRead
  package static let months = 12
  let last: Day

  /// The twelve months of which the last holds `day`.
  package init(to day: Day) { last = day.lastOfMonth }

  package struct Month: Hashable, Sendable {
    package let end: Day
    /// Positive is a profit.
    package let result: Money
    package let cash: Money
  }

  package func run(in snapshot: Snapshot) throws -> [Month] {
    let first = last.firstOfMonth.adding(months: 1 - Self.months)
    let results = Dictionary(
      uniqueKeysWithValues: try results(from: first, in: snapshot))
    let movements = Dictionary(
      uniqueKeysWithValues: try cashMovements(from: first, in: snapshot))
    var cash = Money.zero
    return try (0..<Self.months).map { index in
      let end = first.adding(months: index).lastOfMonth
      cash = try cash + (movements[end.yearAndMonth] ?? .zero)
      return Month(end: end, result: results[end.yearAndMonth] ?? .zero, cash: cash)
    }
  }

  /// Closing a year takes its result away and isn't counted; nor is what was taken over of a year,
  /// or taken back of that, which is of no month (R25).
  private func results(from first: Day, in snapshot: Snapshot) throws -> [(String, Money)] {
    // CROSS: the planner would begin with the accounts of all businesses.
    try snapshot.rows(
      { (month: String, result: Money) in (month, result) },
      """
      SELECT month, sum(result) FROM (
        SELECT substr(p.end_date, 1, 7) AS month, g.base_credit - g.base_debit AS result
        FROM accounting_periods p
        JOIN general_ledger g ON g.business_id = :business AND g.period_id = p.id
        CROSS JOIN accounts a ON a.business_id = :business AND a.id = g.account_id
        WHERE p.business_id = :business AND p.end_date >= :first AND p.end_date <= :last
          AND p.kind NOT IN ('opening', 'closing')
          AND a.type IN ('revenue', 'contra_revenue', 'expense', 'contra_expense')
        UNION ALL
        SELECT substr(b.end_date, 1, 7), l.base_debit - l.base_credit
        FROM accounting_periods p
        CROSS JOIN journal_entries o ON o.business_id = :business AND o.period_id = p.id
        CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = o.reversed_by_entry_id
          AND e.status IN ('posted', 'reversed')
        CROSS JOIN accounting_periods b ON b.business_id = :business AND b.id = e.period_id
          AND b.kind <> 'opening' AND b.end_date >= :first AND b.end_date <= :last
        CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
        CROSS JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
        WHERE p.business_id = :business AND p.kind = 'opening'
          AND a.type IN ('revenue', 'contra_revenue', 'expense', 'contra_expense'))
      GROUP BY month
      """, ["first": first, "last": last])
  }

  /// By month; what moved before the first month is in the first.
  private func cashMovements(from first: Day, in snapshot: Snapshot) throws -> [(String, Money)] {
    try snapshot.rows(
      { (month: String, moved: Money) in (month, moved) },
      """
      SELECT max(substr(p.end_date, 1, 7), :first), sum(g.base_debit - g.base_credit)
      FROM general_ledger g
      CROSS JOIN accounts a ON a.business_id = :business AND a.id = g.account_id
      CROSS JOIN accounting_periods p ON p.business_id = :business AND p.id = g.period_id
      WHERE g.business_id = :business AND p.end_date <= :last
        AND a.category IN ('cash', 'bank') AND a.is_header = 0
      GROUP BY max(substr(p.end_date, 1, 7), :first)
      """, ["first": first.yearAndMonth, "last": last])
  }
}

extension Day {
  /// `2026-11`.
  package var yearAndMonth: String { String(text.prefix(7)) }
}

/// Periods that have ended and take entries all the same.
package struct OverduePeriods: Query {
  package static let permission: Permission? = .periodRead
  /// Ten years of months; who has more begins with those.
  private static let mostPeriods = 120

  package init() {}

  package struct Row: Hashable, Sendable {
    package let year: Int
    package let name: String
    package let end: Day
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      Row.init,
      """
      SELECT fiscal_year, name, end_date FROM accounting_periods
      WHERE business_id = :business AND status = 'open' AND kind IN ('normal', 'adjusting')
        AND end_date < :today
      ORDER BY fiscal_year, number LIMIT :limit
      """, ["today": try snapshot.today(), "limit": Self.mostPeriods])
  }
}

/// Debits less credits of everything posted, in the base currency: nothing, in sound books.
package struct LedgerDifference: Query {
  package static let permission: Permission? = .auditVerify

  package init() {}

  package func run(in snapshot: Snapshot) throws -> Money {
    try snapshot.one(
      Money.self,
      """
      SELECT coalesce(sum(base_debit - base_credit), 0) FROM general_ledger
      WHERE business_id = :business
      """)
  }
}

/// The sequence of the audit chain's last record.
package struct AuditHead: Query {
  package static let permission: Permission? = .auditRead

  package init() {}

  package func run(in snapshot: Snapshot) throws -> Int64 {
    try snapshot.one(
      Int64.self, "SELECT sequence FROM audit_heads WHERE business_id = :business")
  }
}
