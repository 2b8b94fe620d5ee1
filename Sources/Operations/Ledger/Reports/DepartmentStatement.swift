package import Domain
package import Store

/// The income statement of the whole business, and beside it what of each amount is each
/// department's own and what is no department's: they add up to it (RULES R34). A department's
/// doesn't count those below it, which have theirs.
package struct DepartmentStatement: Query, Hashable {
  package static let permission: Permission? = .reportRead
  let span: StatementReport.Span
  let scope: LedgerScope

  /// `basis` is one before the closing.
  package init(
    of span: StatementReport.Span, _ basis: LedgerScope.Basis = .adjusted,
    knownAt: Timestamp? = nil
  ) {
    self.span = span
    scope = LedgerScope(basis, knownAt: knownAt)
  }

  package struct Part: Hashable, Sendable {
    package let department: ID<Department>
    package let code: String
    package let name: String
  }

  package struct Sheet: Hashable, Sendable {
    /// Of the business, of each of the parts, and last of no department.
    package let statement: FinancialStatement
    /// The departments that something was booked for, in the order of their codes.
    package let parts: [Part]
  }

  /// Throws `notPermitted` for whoever doesn't read the reports of the whole business.
  package func run(in snapshot: Snapshot) throws -> Sheet {
    try snapshot.requireReports(of: nil)
    let calendar = try snapshot.periodCalendar()
    let (from, through) = span.days(by: calendar)
    let column = FinancialStatement.Column(
      from: from, to: through, takenOver: span.takenOver(nil, from, through, by: calendar))
    let chart = try snapshot.reportedAccounts().map(FinancialStatement.Account.init)
    let earnings = Set(chart.filter(\.type.isTemporary).map(\.id))
    let booked = try sums(column, in: snapshot).filter { earnings.contains($0.account) }
    let own = Dictionary(grouping: booked, by: \.department).mapValues { sums in
      FinancialStatement.Sums(
        column,
        accounts: Dictionary(uniqueKeysWithValues: sums.map { ($0.account, $0.amount) }))
    }
    let parts = try snapshot.parts().filter { own[$0.department] != nil }
    let whole = FinancialStatement.Sums(
      column, accounts: try snapshot.earnedSums(column, scope).byAccount())
    let columns = parts.map { own[$0.department] } + [own[nil]]
    return Sheet(
      statement: try FinancialStatement(
        .incomeStatement, chart: chart,
        [whole] + columns.map { $0 ?? FinancialStatement.Sums(column, accounts: [:]) },
        unvalued: try UnvaluedLines(asOf: through, knownAt: scope.knownAt).run(in: snapshot)),
      parts: parts)
  }

  private func sums(
    _ column: FinancialStatement.Column, in snapshot: Snapshot
  ) throws -> [DepartmentSum] {
    try snapshot.rows(
      DepartmentSum.init,
      """
      SELECT l.department_id, l.account_id, sum(l.base_debit - l.base_credit)
      FROM journal_entries e
      JOIN accounting_periods p ON p.business_id = :business AND p.id = e.period_id
        AND p.kind <> 'closing'
      LEFT JOIN journal_entries o ON o.business_id = :business AND o.id = e.reverses_entry_id
        AND o.period_id = e.period_id
      LEFT JOIN journal_entries r ON r.business_id = :business AND r.id = e.reverses_entry_id
      LEFT JOIN accounting_periods b ON b.business_id = :business
        AND b.id = coalesce(r.period_id, e.period_id)
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND e.entry_date BETWEEN :from AND :through AND (:known IS NULL OR e.posted_at <= :known)
        AND (:basis <> 'unadjusted' OR coalesce(o.type, e.type) <> 'adjusting')
        AND (:counted OR b.kind <> 'opening')
      GROUP BY l.department_id, l.account_id
      """,
      [
        "from": column.from, "through": column.to, "known": scope.knownAt,
        "basis": scope.basis.rawValue, "counted": column.takenOver == .counted,
      ])
  }
}

/// What was booked for a department on an account, debit-positive, in the base currency.
private struct DepartmentSum {
  /// Nil is no department.
  let department: ID<Department>?
  let account: ID<Account>
  let amount: Money
}

extension Reading {
  /// Every department there ever was: what was booked for it stays its own.
  fileprivate func parts() throws -> [DepartmentStatement.Part] {
    try rows(
      DepartmentStatement.Part.init,
      """
      SELECT id, code, name FROM departments WHERE business_id = :business
      ORDER BY lower(code), id
      """)
  }
}
