package import Domain
package import Store

/// What entries dated up to a day would move once they are posted: drafts, those that wait for
/// approval, and approved ones. It is shown beside a trial balance and in none of its sums. As in
/// the journal, those count that their reader sees; of a department, those with lines of it.
package struct UnpostedBalances: Query, Hashable {
  package static let permission: Permission? = .reportRead
  let asOf: Day
  let basis: LedgerScope.Basis
  let department: ID<Department>?
  let currency: TrialBalanceReport.Currency

  package init(
    asOf: Day, _ basis: LedgerScope.Basis = .postClosing, department: ID<Department>? = nil,
    currency: TrialBalanceReport.Currency = .base
  ) {
    self.asOf = asOf
    self.basis = basis
    self.department = department
    self.currency = currency
  }

  package struct Value: Hashable, Sendable {
    /// How many entries there are, with those that move nothing.
    package let entries: Int
    /// What they would move, by number; not where it comes to nothing.
    package let lines: [AccountBalance]
    /// Lines in a foreign currency that no rate has valued: they count as nothing in the base
    /// currency.
    package let unvalued: Int
  }

  /// Throws `notPermitted` for whoever reads no reports of the department.
  package func run(in snapshot: Snapshot) throws -> Value {
    if let department { try snapshot.requireReports(of: department) }
    let start = try snapshot.fiscalYearStart(of: asOf)
    let moves = try moves(since: start ?? .last, in: snapshot)
    let accounts = try snapshot.numberedAccounts()
    let known = Dictionary(uniqueKeysWithValues: accounts.map { ($0.id, $0) })
    let base = try currency == .base ? snapshot.businessFacts().baseCurrency : nil
    var sums: [AccountCell: Money] = [:]
    var earlier: [String: Money] = [:]
    for move in moves {
      guard let id = move.account, let account = known[id] else { continue }
      let (currency, amount) = (base ?? move.currency, base == nil ? move.amount : move.base)
      // As in the trial balance, income and expenses are those of the fiscal year.
      if start != nil && move.isEarlier && account.type.isTemporary {
        earlier[currency] = try (earlier[currency] ?? .zero) + amount
      } else {
        let cell = AccountCell(id, currency)
        sums[cell] = try (sums[cell] ?? .zero) + amount
      }
    }
    let exponents = try snapshot.exponents()
    func line(
      _ item: FinancialStatement.Item, _ currency: String, _ sum: Money?
    ) -> AccountBalance? {
      guard let sum, !sum.isZero else { return nil }
      return AccountBalance(
        item, currency: currency, exponent: exponents[currency] ?? 2, balance: sum)
    }
    let cells = Dictionary(grouping: sums.keys, by: \.account)
    let lines = accounts.flatMap { account in
      (cells[account.id] ?? []).sorted { $0.currency < $1.currency }.compactMap {
        line(.account(account), $0.currency, sums[$0])
      }
    }
    return Value(
      entries: moves.first?.entries ?? 0,
      lines: lines
        + earlier.keys.sorted().compactMap { line(.earlierEarnings, $0, earlier[$0]) },
      unvalued: moves.map(\.unvalued).reduce(0, +))
  }

  /// What they move on one account in one currency, before the fiscal year or since.
  private struct Move {
    /// Of all, not of this one.
    let entries: Int
    /// Nil for those without lines.
    let account: ID<Account>?
    let currency: String
    let amount: Money
    let base: Money
    let unvalued: Int
    let isEarlier: Bool
  }

  /// Those that the basis counts: of years before `start`, all; a reversal in the period of what it
  /// reverses counts as that (`ledgerSums` says the same of what is posted).
  private func moves(since start: Day, in snapshot: Snapshot) throws -> [Move] {
    try snapshot.rows(
      {
        (
          entries: Int, account: ID<Account>?, currency: String, amount: Money, base: Money,
          unvalued: Int, isEarlier: Bool
        ) in
        Move(
          entries: entries, account: account, currency: currency, amount: amount, base: base,
          unvalued: unvalued, isEarlier: isEarlier)
      },
      """
      WITH within (id) AS (SELECT value FROM json_each(:within)),
      moves AS (
        SELECT e.id AS entry_id, l.account_id, coalesce(l.currency, '') AS currency,
          coalesce(l.debit - l.credit, 0) AS amount,
          coalesce(l.base_debit - l.base_credit, 0) AS base, coalesce(l.unvalued, 0) AS unvalued,
          e.entry_date < :start AS is_earlier
        FROM journal_entries e
        LEFT JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
        LEFT JOIN journal_entries o ON o.business_id = :business AND o.id = e.reverses_entry_id
          AND EXISTS (
            SELECT 1 FROM accounting_periods p
            WHERE p.business_id = :business AND p.id = o.period_id
              AND e.entry_date BETWEEN p.start_date AND p.end_date)
        WHERE e.business_id = :business AND e.status IN ('draft', 'pending_approval', 'approved')
          AND e.entry_date <= :day AND (:within IS NULL OR l.department_id IN within)
          AND (e.entry_date < :start OR :basis = 'post-closing'
            OR coalesce(o.type, e.type) <> 'closing'
              AND (:basis = 'adjusted' OR coalesce(o.type, e.type) <> 'adjusting')))
      SELECT (SELECT count(DISTINCT entry_id) FROM moves), account_id, currency, sum(amount),
        sum(base), sum(unvalued), is_earlier
      FROM moves
      GROUP BY account_id, currency, is_earlier
      """,
      [
        "within": try snapshot.departments(within: department, on: asOf), "start": start,
        "day": asOf, "basis": basis.rawValue,
      ])
  }
}
