package import Domain
package import Store

/// Every sum of the general ledger, of one period or all, against the lines that it is the sum of
/// (RULES §3.10).
package struct VerifyLedger: Query {
  package static let permission: Permission? = .auditVerify

  let period: ID<Period>?

  package init(of period: ID<Period>? = nil) { self.period = period }

  package struct Report: Hashable, Sendable {
    /// How many sums there are, or should be.
    package let cells: Int
    package let findings: [Finding]
  }

  /// An account's sums of a period in a currency that aren't those of its lines.
  package struct Finding: Hashable, Sendable {
    package let account: ID<Account>
    package let number: String
    package let name: String
    package let year: Int
    package let period: String
    package let currency: String
    /// What the lines come to.
    package let expected: Sums
    /// What the ledger keeps.
    package let found: Sums

    package var label: String { "\(number) \(name)" }
  }

  package struct Sums: Hashable, Sendable {
    /// In minor units of the currency.
    package let debit: Money
    package let credit: Money
    package let baseDebit: Money
    package let baseCredit: Money
    package let lines: Int
  }

  /// Throws `notAllSeen` for whoever doesn't see all entries: what is summed for them is what they
  /// see, which proves nothing.
  package func run(in snapshot: Snapshot) throws -> Report {
    guard snapshot.narrowing == nil else { throw Refusal.notAllSeen }
    let cells = try snapshot.ledgerCells(of: period)
    return Report(cells: cells.count, findings: cells.filter { $0.expected != $0.found })
  }
}

extension Reading {
  /// Every sum of the general ledger, of one period or all, beside what its lines come to.
  func ledgerCells(of period: ID<Period>? = nil) throws -> [VerifyLedger.Finding] {
    try rows(
      {
        (
          account: ID<Account>, number: String, name: String, year: Int, period: String,
          currency: String, debit: Money, credit: Money, baseDebit: Money, baseCredit: Money,
          lines: Int, keptDebit: Money, keptCredit: Money, keptBaseDebit: Money,
          keptBaseCredit: Money, kept: Int
        ) in
        VerifyLedger.Finding(
          account: account, number: number, name: name, year: year, period: period,
          currency: currency,
          expected: VerifyLedger.Sums(
            debit: debit, credit: credit, baseDebit: baseDebit, baseCredit: baseCredit,
            lines: lines),
          found: VerifyLedger.Sums(
            debit: keptDebit, credit: keptCredit, baseDebit: keptBaseDebit,
            baseCredit: keptBaseCredit, lines: kept))
      },
      """
      WITH counted AS MATERIALIZED (
        SELECT l.account_id, e.period_id, l.currency, sum(l.debit) AS debit,
          sum(l.credit) AS credit, sum(l.base_debit) AS base_debit,
          sum(l.base_credit) AS base_credit, count(*) AS line_count
        FROM journal_entries e
        JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
        WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
          AND e.period_id BETWEEN :first AND :last
        GROUP BY l.account_id, e.period_id, l.currency),
      cells AS (
        SELECT account_id, period_id, currency FROM counted
        UNION
        SELECT account_id, period_id, currency FROM general_ledger
        WHERE business_id = :business AND period_id BETWEEN :first AND :last)
      SELECT a.id, a.number, a.name, p.fiscal_year, p.name, k.currency, coalesce(c.debit, 0),
        coalesce(c.credit, 0), coalesce(c.base_debit, 0), coalesce(c.base_credit, 0),
        coalesce(c.line_count, 0), coalesce(g.debit, 0), coalesce(g.credit, 0),
        coalesce(g.base_debit, 0), coalesce(g.base_credit, 0), coalesce(g.line_count, 0)
      FROM cells k
      JOIN accounts a ON a.business_id = :business AND a.id = k.account_id
      JOIN accounting_periods p ON p.business_id = :business AND p.id = k.period_id
      LEFT JOIN counted c ON c.account_id = k.account_id AND c.period_id = k.period_id
        AND c.currency = k.currency
      LEFT JOIN general_ledger g ON g.business_id = :business AND g.account_id = k.account_id
        AND g.period_id = k.period_id AND g.currency = k.currency
      ORDER BY a.number, p.fiscal_year, p.number, k.currency
      """, ["first": period?.value ?? 0, "last": period?.value ?? .max])
  }
}
