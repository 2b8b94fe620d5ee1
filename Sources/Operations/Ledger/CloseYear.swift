import Domain
import Store

/// Takes what income and expense accounts, and equity that closes, hold to retained earnings, and
/// closes the year (RULES §3.6). Only the system writes closing entries.
struct CloseYear: Command {
  static let permission: Permission? = .yearClose
  static let event = AuditEvent.update
  let year: Int

  var subject: Subject { Subject(.period, name: String(year)) }

  func run(in change: Change) throws -> ID<Entry> {
    let lines = try change.temporaryBalances(of: year)
    let closing = try change.closingPeriod(of: year)
    let profit = try lines.map(\.base).total()
    let content = EntryContent(
      date: closing.day, type: .closing, source: .system, description: "Closing of \(year)",
      lines: try lines
        + [
          LineContent(
            account: try change.retainedEarnings(), currency: change.businessFacts().baseCurrency,
            amount: profit.negated())
        ].filter { !$0.amount.isZero })
    try change.setStatus("open", of: closing.period)
    let entry = try change.insertDraft(content)
    try change.perform(PostEntry(entry, exemption: "closing of \(year)"))
    for period in try [closing.period] + change.specialPeriods(of: year) {
      try change.setStatus("open", of: period)
      try change.setStatus("closed", of: period)
    }
    try change.execute(
      """
      UPDATE fiscal_years SET status = 'closed', closed_by = :actor, closed_at = :now
      WHERE business_id = :business AND year = :year
      """, ["actor": change.actor.user, "now": change.now, "year": year])
    return entry
  }
}

extension Change {
  /// The lines that take every temporary account to zero, by account and currency.
  fileprivate func temporaryBalances(of year: Int) throws -> [LineContent] {
    // CROSS: the planner would begin with the accounts of all businesses.
    try rows(
      { (account: ID<Account>, currency: String, amount: Money, base: Money) in
        LineContent(account: account, currency: currency, amount: amount, base: base)
      },
      """
      SELECT g.account_id, g.currency, sum(g.credit - g.debit), sum(g.base_credit - g.base_debit)
      FROM accounting_periods p
      JOIN general_ledger g ON g.business_id = :business AND g.period_id = p.id
      CROSS JOIN accounts a ON a.business_id = :business AND a.id = g.account_id
      WHERE p.business_id = :business AND p.fiscal_year = :year
        AND (a.closes = 1
          OR a.type IN ('revenue', 'contra_revenue', 'expense', 'contra_expense'))
      GROUP BY g.account_id, g.currency
      HAVING sum(g.credit) <> sum(g.debit) OR sum(g.base_credit) <> sum(g.base_debit)
      ORDER BY a.number, g.currency
      """, ["year": year])
  }

  fileprivate func closingPeriod(of year: Int) throws -> (period: ID<Period>, day: Day) {
    let found = try row(
      { (period: ID<Period>, day: Day) in (period: period, day: day) },
      """
      SELECT id, end_date FROM accounting_periods
      WHERE business_id = :business AND fiscal_year = :year AND kind = 'closing'
      """, ["year": year])
    guard let found else { throw StoreError.noRow }
    return found
  }

  /// The opening and adjusting periods that nobody has needed.
  fileprivate func specialPeriods(of year: Int) throws -> [ID<Period>] {
    try rows(
      { (period: ID<Period>) in period },
      """
      SELECT id FROM accounting_periods
      WHERE business_id = :business AND fiscal_year = :year
        AND kind IN ('opening', 'adjusting') AND status IN ('future', 'open')
      """, ["year": year])
  }

  fileprivate func retainedEarnings() throws -> ID<Account> {
    try one(
      ID<Account>.self,
      """
      SELECT id FROM accounts
      WHERE business_id = :business AND category = 'retained_earnings' AND is_header = 0
        AND status = 'active'
      ORDER BY id LIMIT 1
      """)
  }

  /// Only where it isn't so already.
  fileprivate func setStatus(_ status: String, of period: ID<Period>) throws {
    try execute(
      """
      UPDATE accounting_periods SET status = :status,
        closed_by = CASE WHEN :status = 'closed' THEN :actor END,
        closed_at = CASE WHEN :status = 'closed' THEN :now END
      WHERE business_id = :business AND id = :period AND status <> :status
      """, ["status": status, "period": period, "actor": actor.user, "now": now])
  }
}
