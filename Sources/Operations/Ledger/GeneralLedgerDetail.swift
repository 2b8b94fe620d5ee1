package import Domain
package import Store

/// Every line of some days, account by account between what the account held before and after, with
/// the accounts on the other side of its entry (RULES §3.10). A department's has its lines only.
package struct GeneralLedgerDetail: Query, Hashable {
  package static let permission: Permission? = .reportRead
  /// More lines nobody reads at once, and no terminal holds them.
  package static let mostLines = 100_000
  let accounts: Set<ID<Account>>?
  let span: StatementReport.Span
  let scope: LedgerScope

  /// Nil is every account.
  package init(
    of accounts: Set<ID<Account>>? = nil, in span: StatementReport.Span,
    _ scope: LedgerScope = LedgerScope()
  ) {
    self.accounts = accounts
    self.span = span
    self.scope = scope
  }

  package struct Line: Hashable, Sendable {
    package let entry: ID<Entry>
    package let number: String
    package let date: Day
    package let description: String
    /// Debit-positive, in minor units of the base currency, as all amounts here are.
    package let amount: Money
    package let balance: Money
    /// The numbers of the accounts on the other side of its entry, as far as they may be seen.
    package let counterAccounts: [String]
  }

  /// An account that something was booked on in the days, or that held something before.
  package struct Section: Hashable, Sendable {
    package let account: ID<Account>
    package let number: String
    package let path: String
    /// Of income and expenses that of the fiscal year.
    package let opening: Money
    /// In the order of the days and, on one day, of the numbers.
    package let lines: [Line]
    /// What the lines debit, and what they credit.
    package let debit: Money
    package let credit: Money
    package let closing: Money
  }

  package struct Ledger: Hashable, Sendable {
    package let from: Day
    package let to: Day
    /// In the order of their numbers.
    package let sections: [Section]
    /// Lines in a foreign currency, up to the last day, that no rate has valued yet and that count
    /// as nothing.
    package let unvalued: Int
  }

  /// Nil where there are more than `mostLines`. Throws `notPermitted` for whoever reads no reports
  /// of the department, or not of all of them.
  package func run(in snapshot: Snapshot) throws -> Ledger? {
    try snapshot.requireReports(of: scope.department)
    let (from, to) = span.days(by: try snapshot.periodCalendar())
    let booked = try lines(from, to, in: snapshot)
    guard booked.count <= Self.mostLines else { return nil }
    let chart = try snapshot.reportedAccounts().filter { accounts?.contains($0.id) ?? true }
    let openings = try snapshot.openings(of: chart, before: from, through: to, scope)
    let across = try snapshot.counterAccounts(of: booked.map(\.entry))
    let byAccount = Dictionary(grouping: booked, by: \.account)
    return Ledger(
      from: from, to: to,
      sections: try chart.sorted { $0.number < $1.number }.compactMap { account -> Section? in
        let (opening, lines) = (openings[account.id] ?? .zero, byAccount[account.id] ?? [])
        guard !opening.isZero || !lines.isEmpty else { return nil }
        return try Section(account, opening: opening, lines, across)
      },
      unvalued: try UnvaluedLines(asOf: to, knownAt: scope.knownAt).run(in: snapshot))
  }

  private func lines(_ from: Day, _ to: Day, in snapshot: Snapshot) throws -> [BookedLine] {
    try snapshot.rows(
      BookedLine.init, Self.lines,
      [
        "from": from, "to": to, "basis": scope.basis.rawValue, "known": scope.knownAt,
        "department": scope.department, "year": try snapshot.fiscalYearStart(of: to),
        "accounts": accounts.map { JSON.list($0) },
        "limit": Self.mostLines + 1,
      ])
  }

  /// The basis is that of `ledgerSums` through the last day.
  private static let lines: StaticString = """
    WITH RECURSIVE within (id) AS (
      SELECT id FROM departments WHERE business_id = :business AND id = :department
      UNION
      SELECT d.id FROM within
      JOIN departments d ON d.business_id = :business AND d.parent_id = within.id)
    SELECT l.account_id, l.entry_id, e.number, l.entry_date,
      CASE WHEN l.description = '' THEN e.description ELSE l.description END,
      l.base_debit - l.base_credit, l.debit > 0 OR l.base_debit > 0
    FROM journal_entries e
    JOIN accounting_periods p ON p.business_id = :business AND p.id = e.period_id
    LEFT JOIN journal_entries o ON o.business_id = :business AND o.id = e.reverses_entry_id
      AND o.period_id = e.period_id
    CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
    WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
      AND e.entry_date BETWEEN :from AND :to AND (:known IS NULL OR e.posted_at <= :known)
      AND (:basis = 'post-closing' OR p.kind <> 'closing' OR p.end_date < :to)
      AND (:basis <> 'unadjusted' OR :year IS NULL OR e.entry_date < :year
        OR coalesce(o.type, e.type) <> 'adjusting')
      AND (:accounts IS NULL OR l.account_id IN (SELECT value FROM json_each(:accounts)))
      AND (:department IS NULL OR l.department_id IN within)
    ORDER BY e.entry_date, e.series, e.sequence, l.line_number LIMIT :limit
    """
}

private struct BookedLine {
  let account: ID<Account>
  let entry: ID<Entry>
  let number: String
  let date: Day
  let description: String
  let amount: Money
  let isDebit: Bool
}

extension GeneralLedgerDetail.Section {
  /// Throws where a sum is larger than books can hold.
  fileprivate init(
    _ account: ReportedAccount, opening: Money, _ booked: [BookedLine], _ across: CounterAccounts
  ) throws {
    var balance = opening
    lines = try booked.map { line in
      balance = try balance + line.amount
      return GeneralLedgerDetail.Line(
        entry: line.entry, number: line.number, date: line.date, description: line.description,
        amount: line.amount, balance: balance,
        counterAccounts: across.across(line.entry, isDebit: line.isDebit))
    }
    closing = balance
    debit = try booked.map(\.amount.debit).total()
    credit = try booked.map(\.amount.credit).total()
    self.account = account.id
    (number, path) = (account.number, account.path)
    self.opening = opening
  }
}
