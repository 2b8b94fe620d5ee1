package import Domain
package import Store

/// Every account's balance at the end of a day, and optionally as the books stood at a moment:
/// what they said on 3 April, asked on 20 May (RULES F3).
package struct TrialBalanceReport: Query {
  package static let permission: Permission? = .reportRead

  package enum Currency: String, Hashable, Sendable, CaseIterable {
    /// One line an account, in the base currency.
    case base
    /// One line an account and currency, in that currency's own amounts.
    case transaction
  }

  let asOf: Day
  let knownAt: Timestamp?
  let currency: Currency

  package init(asOf: Day, knownAt: Timestamp? = nil, currency: Currency = .base) {
    self.asOf = asOf
    self.knownAt = knownAt
    self.currency = currency
  }

  package func run(in snapshot: Snapshot) throws -> TrialBalance {
    let inBase = currency == .base
    let baseCurrency = try snapshot.businessFacts().baseCurrency
    var sums: [Cell: Money] = [:]
    for moved in try movements(in: snapshot) {
      let cell = Cell(account: moved.account, currency: inBase ? baseCurrency : moved.currency)
      sums[cell] = try (sums[cell] ?? .zero) + (inBase ? moved.base : moved.amount)
    }
    let lines = try ChartOfAccounts().run(in: snapshot).flatMap { account in
      sums.filter { $0.key.account == account.id && !$0.value.isZero }
        .sorted { $0.key.currency < $1.key.currency }
        .map { cell, balance in
          AccountBalance(
            account: account.id, number: account.number, path: account.path, type: account.type,
            currency: cell.currency, balance: balance)
        }
    }
    return TrialBalance(
      asOf: asOf, knownAt: knownAt, lines: lines.sorted { $0.number < $1.number },
      unvalued: try UnvaluedLines(asOf: asOf, knownAt: knownAt).run(in: snapshot))
  }

  private struct Cell: Hashable {
    let account: ID<Account>
    let currency: String
  }

  private struct Movement {
    let account: ID<Account>
    let currency: String
    let amount: Money
    let base: Money
  }

  /// Whole periods come from the general ledger, the days of a part of one from its lines; as known
  /// at a moment, everything from lines, as only they say when they were posted. `CROSS JOIN` keeps
  /// SQLite from looking at every line of the books for the period that the day divides, if any.
  private func movements(in snapshot: Snapshot) throws -> [Movement] {
    guard let knownAt else {
      return try snapshot.rows(
        Movement.init,
        """
        SELECT g.account_id, g.currency, sum(g.debit - g.credit), sum(g.base_debit - g.base_credit)
        FROM general_ledger g
        JOIN accounting_periods p ON p.business_id = :business AND p.id = g.period_id
        WHERE g.business_id = :business AND p.end_date <= :asOf
        GROUP BY g.account_id, g.currency
        UNION ALL
        SELECT l.account_id, l.currency, sum(l.debit - l.credit), sum(l.base_debit - l.base_credit)
        FROM accounting_periods p
        CROSS JOIN journal_entries e ON e.business_id = :business AND e.period_id = p.id
          AND e.status IN ('posted', 'reversed') AND e.entry_date <= :asOf
        CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
        WHERE p.business_id = :business AND p.start_date <= :asOf AND p.end_date > :asOf
        GROUP BY l.account_id, l.currency
        """, ["asOf": asOf])
    }
    return try snapshot.rows(
      Movement.init,
      """
      SELECT l.account_id, l.currency, sum(l.debit - l.credit), sum(l.base_debit - l.base_credit)
      FROM journal_entries e
      JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND e.entry_date <= :asOf AND e.posted_at <= :known
      GROUP BY l.account_id, l.currency
      """, ["asOf": asOf, "known": knownAt])
  }
}
