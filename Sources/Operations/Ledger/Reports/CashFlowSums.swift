import Domain
import Store

extension Reading {
  /// What moved cash in a column's days. Opening balances are of before, wherever in the days they or
  /// their reversals stand; closings move none (RULES §3.11).
  func cashFlows(
    _ method: CashFlowMethod, in column: FinancialStatement.Column,
    _ chart: [FinancialStatement.Account], _ scope: LedgerScope
  ) throws -> FinancialStatement.CashFlows {
    let cash = Set(chart.filter(\.isCash).map(\.id))
    func held(_ sums: [ID<Account>: Money]) throws -> Money {
      try cash.compactMap { sums[$0] }.total()
    }
    let days: CashDays = (column.from, column.to, scope.knownAt)
    let opened = try openings(days)
    let before =
      try column.from == .first
      ? [:] : ledgerSums(through: column.from.adding(days: -1), scope).byAccount()
    let after = try ledgerSums(through: column.to, scope).byAccount()
    let accounts =
      switch method {
      case .indirect:
        try sourcesOf(
          unclosedSums(from: column.from, through: column.to, scope).byAccount(),
          less: opened, but: cash)
      case .direct: try sourcesByEntry(days, of: cash)
      }
    let exchange =
      try revalued(days, of: cash)
      + movements(days, of: cash, touching: exchangeAccounts()).map(\.exchange).total()
    return FinancialStatement.CashFlows(
      column, accounts: accounts, exchange: exchange,
      beginning: try held(before) + held(opened), end: try held(after))
  }

  private typealias CashDays = (from: Day, through: Day, known: Timestamp?)

  /// What isn't cash brought as much as it went down by.
  private func sourcesOf(
    _ moved: [ID<Account>: Money], less opened: [ID<Account>: Money], but cash: Set<ID<Account>>
  ) throws -> [ID<Account>: Money] {
    var sources: [ID<Account>: Money] = [:]
    for (account, amount) in moved where !cash.contains(account) {
      sources[account] = try (opened[account] ?? .zero) - amount
    }
    return sources
  }

  private func sourcesByEntry(
    _ days: CashDays, of cash: Set<ID<Account>>
  ) throws -> [ID<Account>: Money] {
    var sources: [ID<Account>: Money] = [:]
    for movement in try movements(days, of: cash, touching: cash) {
      for source in try movement.sources() {
        sources[source.account] = try (sources[source.account] ?? .zero) + source.amount
      }
    }
    return sources
  }

  /// What the entries that touch `accounts` did to cash.
  private func movements(
    _ days: CashDays, of cash: Set<ID<Account>>, touching accounts: Set<ID<Account>>
  ) throws -> [CashMovement] {
    let exchange = try exchangeAccounts()
    let lines = try lines(days, touching: accounts)
    return try Dictionary(grouping: lines, by: \.entry).values.map { lines in
      try CashMovement(
        lines.map { line in
          let kind: CashMovement.Kind =
            if cash.contains(line.account) {
              line.isOfRatesAlone ? .worthOfCash : .cash(foreign: line.foreign)
            } else {
              exchange.contains(line.account) ? .difference : .other(isForeign: line.foreign != nil)
            }
          return (line: CashMovement.Line(line.account, line.amount), kind: kind)
        })
    }
  }

  /// Those that take what exchange rates gain and lose.
  private func exchangeAccounts() throws -> Set<ID<Account>> {
    Set(
      try rows(
        { (account: ID<Account>) in account },
        """
        SELECT id FROM accounts INDEXED BY accounts_number
        WHERE business_id = :business AND deleted_at IS NULL
          AND category IN (:realised, :unrealised)
        """, ["realised": AccountCategory.fxGainLoss, "unrealised": AccountCategory.fxUnrealised]))
  }

  /// What opening entries of some days brought onto each account, and reversals of any took from it.
  private func openings(_ days: CashDays) throws -> [ID<Account>: Money] {
    try Dictionary(
      uniqueKeysWithValues: rows(
        { (account: ID<Account>, amount: Money) in (account, amount) },
        """
        SELECT l.account_id, sum(l.base_debit - l.base_credit)
        FROM accounting_periods p
        CROSS JOIN journal_entries o ON o.business_id = :business AND o.period_id = p.id
        CROSS JOIN journal_entries e ON e.business_id = :business
          AND e.id IN (o.id, o.reversed_by_entry_id) AND e.entry_date BETWEEN :from AND :through
          AND e.status IN ('posted', 'reversed') AND (:known IS NULL OR e.posted_at <= :known)
        CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
        WHERE p.business_id = :business AND p.kind = 'opening'
        GROUP BY l.account_id
        """, ["from": days.from, "through": days.through, "known": days.known]))
  }

  /// The lines of the entries that touch `accounts`, by the index of accounts' lines: `CROSS JOIN`
  /// keeps SQLite from looking at those of all others.
  private func lines(_ days: CashDays, touching accounts: Set<ID<Account>>) throws -> [CashLine] {
    try rows(
      CashLine.init,
      """
      SELECT l.entry_id, l.account_id, l.base_debit - l.base_credit, l.debit + l.credit = 0,
        nullif(l.currency, :base)
      FROM (
        SELECT DISTINCT t.entry_id FROM json_each(:accounts) c
        CROSS JOIN journal_lines t ON t.business_id = :business AND t.account_id = c.value
          AND t.entry_date BETWEEN :from AND :through) touching
      CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = touching.entry_id
        AND e.status IN ('posted', 'reversed') AND (:known IS NULL OR e.posted_at <= :known)
      LEFT JOIN journal_entries o ON o.business_id = :business AND o.id = e.reverses_entry_id
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE coalesce(o.type, e.type) NOT IN ('opening', 'closing')
      ORDER BY l.entry_id, l.line_number
      """,
      [
        "accounts": JSON.list(accounts), "from": days.from, "through": days.through,
        "known": days.known, "base": try businessFacts().baseCurrency,
      ])
  }

  /// What lines without an amount of their own made of cash: revaluations, and what takes them back.
  private func revalued(_ days: CashDays, of cash: Set<ID<Account>>) throws -> Money {
    try one(
      Money.self,
      """
      SELECT coalesce(sum(l.base_debit - l.base_credit), 0)
      FROM json_each(:cash) c
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.account_id = c.value
        AND l.entry_date BETWEEN :from AND :through AND l.debit = 0 AND l.credit = 0
      CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
        AND e.status IN ('posted', 'reversed') AND (:known IS NULL OR e.posted_at <= :known)
      LEFT JOIN journal_entries o ON o.business_id = :business AND o.id = e.reverses_entry_id
      WHERE coalesce(o.type, e.type) NOT IN ('opening', 'closing')
      """,
      [
        "cash": JSON.list(cash), "from": days.from, "through": days.through, "known": days.known,
      ])
  }
}

/// A line of an entry that touches cash, or what exchange rates gain and lose.
private struct CashLine {
  let entry: ID<Entry>
  let account: ID<Account>
  /// Debit-positive, in the base currency.
  let amount: Money
  let isOfRatesAlone: Bool
  /// Its currency; nil where that is the base one.
  let foreign: String?
}
