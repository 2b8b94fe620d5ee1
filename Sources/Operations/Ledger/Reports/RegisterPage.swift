package import Domain
package import Store

/// One page of an account's posted lines in the order of their days and, on one day, of their
/// entries' numbers (RULES §3.10), each with the balance after it. A page carries the balance on to
/// the next, so its cost grows with the lines of its days and not with the books; where not all
/// lines count, the first one's does with the account's lines before it.
package struct RegisterPage: Query {
  package static let permission: Permission? = .reportRead

  /// Where a page begins: after this line, with this balance.
  package struct Key: Hashable, Sendable {
    package let date: Day
    /// Nil is before the first of the day.
    package let entry: ID<Entry>?
    package let line: Int
    package let balance: Money

    package init(date: Day, entry: ID<Entry>?, line: Int, balance: Money) {
      self.date = date
      self.entry = entry
      self.line = line
      self.balance = balance
    }
  }

  package struct Row: Hashable, Sendable {
    package let entry: ID<Entry>
    package let line: Int
    package let number: String
    package let date: Day
    package let description: String
    /// Debit-positive, in minor units of the scope's currency.
    package let amount: Money
    package let balance: Money
    /// Whether its entry was voided after it was posted, as far as that was known: see `EntryHead`.
    package fileprivate(set) var isVoid = false
    /// Whether it stands on the debit side, which an amount of nothing doesn't say.
    let isDebit: Bool
    /// The numbers of the accounts on the other side among the first lines of its entry, as far as
    /// they may be seen.
    package fileprivate(set) var counterAccounts: [String] = []

    package var key: Key { Key(date: date, entry: entry, line: line, balance: balance) }
  }

  package enum Direction: Hashable, Sendable {
    case later
    case earlier
  }

  let account: ID<Account>
  let scope: RegisterScope
  let key: Key?
  let direction: Direction
  let limit: Int

  /// Without a key the page begins at the first day.
  package init(
    _ account: ID<Account>, in scope: RegisterScope, after: Key? = nil, limit: Int = 100
  ) {
    self.account = account
    self.scope = scope
    key = after
    direction = .later
    self.limit = limit
  }

  /// Days are inclusive. `knownAt` leaves out what was posted later.
  package init(
    _ account: ID<Account>, from: Day = .first, to: Day = .last, knownAt: Timestamp? = nil,
    after: Key? = nil, limit: Int = 100
  ) {
    let scope = RegisterScope(from: from, to: to, LedgerScope(knownAt: knownAt))
    self.init(account, in: scope, after: after, limit: limit)
  }

  /// The page that ends just before `row`, or with the last day. Throws where the balance before
  /// it is larger than books can hold.
  package init(
    _ account: ID<Account>, in scope: RegisterScope = RegisterScope(), before row: Row?,
    limit: Int = 100
  ) throws {
    self.account = account
    self.scope = scope
    key = try row.map {
      Key(date: $0.date, entry: $0.entry, line: $0.line, balance: try $0.balance - $0.amount)
    }
    direction = .earlier
    self.limit = limit
  }

  /// In the order of their days, whichever way the page was turned.
  package func run(in snapshot: Snapshot) throws -> [Row] {
    var rows = try direction == .later ? later(in: snapshot) : earlier(in: snapshot)
    let entries = rows.map(\.entry)
    let accounts = try snapshot.counterAccounts(of: entries, among: 100)
    let void = try snapshot.voided(among: entries, knownAt: scope.ledger.knownAt)
    for index in rows.indices {
      let entry = rows[index].entry
      rows[index].counterAccounts = accounts.across(entry, isDebit: rows[index].isDebit)
      rows[index].isVoid = void.contains(entry)
    }
    return rows
  }

  private func later(in snapshot: Snapshot) throws -> [Row] {
    var balance = try key?.balance ?? snapshot.held(on: account, before: scope)
    let lines = try snapshot.rows(
      BookedLine.init,
      """
      WITH within (id) AS (SELECT value FROM json_each(:within))
      SELECT l.entry_id, l.line_number, e.number, l.entry_date,
        CASE WHEN l.description = '' THEN e.description ELSE l.description END,
        CASE WHEN :currency IS NULL THEN l.base_debit - l.base_credit ELSE l.debit - l.credit END,
        l.debit > 0 OR l.base_debit > 0
      FROM journal_lines l
      CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      WHERE l.business_id = :business AND l.account_id = :account
        AND l.entry_date BETWEEN :day AND :end AND e.status IN ('posted', 'reversed')
        AND (:entry IS NULL OR l.entry_date > :day
          OR (e.series, e.sequence, l.line_number) > (
            SELECT k.series, k.sequence, :line FROM journal_entries k
            WHERE k.business_id = :business AND k.id = :entry))
        AND (:known IS NULL OR e.posted_at <= :known)
        AND (:currency IS NULL OR l.currency = :currency AND l.debit + l.credit > 0)
        AND (:within IS NULL OR l.department_id IN within)
        AND (:own IS NULL OR coalesce(l.department_id, 0) = :own)
        AND (:closed IS NULL OR NOT EXISTS (
          SELECT 1 FROM accounting_periods p WHERE p.business_id = :business
            AND p.id = e.period_id AND p.kind = 'closing' AND p.end_date >= :closed))
        AND (:adjusted IS NULL OR e.entry_date < :adjusted OR coalesce((
          SELECT o.type FROM journal_entries o WHERE o.business_id = :business
            AND o.id = e.reverses_entry_id AND o.period_id = e.period_id), e.type) <> 'adjusting')
        AND (:taken OR NOT EXISTS (
          SELECT 1 FROM accounting_periods b WHERE b.business_id = :business
            AND b.kind = 'opening' AND b.id = coalesce((
              SELECT r.period_id FROM journal_entries r WHERE r.business_id = :business
                AND r.id = e.reverses_entry_id), e.period_id)))
      ORDER BY l.entry_date, e.series, e.sequence, l.line_number LIMIT :limit
      """,
      try arguments(after: key?.date ?? scope.from, until: scope.to, in: snapshot))
    return try lines.map { line in
      balance = try balance + line.amount
      return Row(line, balance: balance)
    }
  }

  private func earlier(in snapshot: Snapshot) throws -> [Row] {
    var balance = try key?.balance ?? snapshot.held(on: account, through: scope.to, scope)
    let lines = try snapshot.rows(
      BookedLine.init,
      """
      WITH within (id) AS (SELECT value FROM json_each(:within))
      SELECT l.entry_id, l.line_number, e.number, l.entry_date,
        CASE WHEN l.description = '' THEN e.description ELSE l.description END,
        CASE WHEN :currency IS NULL THEN l.base_debit - l.base_credit ELSE l.debit - l.credit END,
        l.debit > 0 OR l.base_debit > 0
      FROM journal_lines l
      CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      WHERE l.business_id = :business AND l.account_id = :account
        AND l.entry_date BETWEEN :end AND :day AND e.status IN ('posted', 'reversed')
        AND (:entry IS NULL OR l.entry_date < :day
          OR (e.series, e.sequence, l.line_number) < (
            SELECT k.series, k.sequence, :line FROM journal_entries k
            WHERE k.business_id = :business AND k.id = :entry))
        AND (:known IS NULL OR e.posted_at <= :known)
        AND (:currency IS NULL OR l.currency = :currency AND l.debit + l.credit > 0)
        AND (:within IS NULL OR l.department_id IN within)
        AND (:own IS NULL OR coalesce(l.department_id, 0) = :own)
        AND (:closed IS NULL OR NOT EXISTS (
          SELECT 1 FROM accounting_periods p WHERE p.business_id = :business
            AND p.id = e.period_id AND p.kind = 'closing' AND p.end_date >= :closed))
        AND (:adjusted IS NULL OR e.entry_date < :adjusted OR coalesce((
          SELECT o.type FROM journal_entries o WHERE o.business_id = :business
            AND o.id = e.reverses_entry_id AND o.period_id = e.period_id), e.type) <> 'adjusting')
        AND (:taken OR NOT EXISTS (
          SELECT 1 FROM accounting_periods b WHERE b.business_id = :business
            AND b.kind = 'opening' AND b.id = coalesce((
              SELECT r.period_id FROM journal_entries r WHERE r.business_id = :business
                AND r.id = e.reverses_entry_id), e.period_id)))
      ORDER BY l.entry_date DESC, e.series DESC, e.sequence DESC, l.line_number DESC LIMIT :limit
      """,
      try arguments(after: key?.date ?? scope.to, until: scope.from, in: snapshot))
    let rows = try lines.map { line in
      let row = Row(line, balance: balance)
      balance = try balance - line.amount
      return row
    }
    return rows.reversed()
  }

  /// Of the lines behind `key`, or from the day `day` on, whichever way, as far as the day `end`.
  private func arguments(
    after day: Day, until end: Day, in snapshot: Snapshot
  ) throws -> Arguments {
    [
      "account": account, "day": day, "entry": key?.entry, "line": key?.line, "end": end,
      "known": scope.ledger.knownAt, "currency": scope.currency,
      "within": try snapshot.departments(within: scope.ledger.department, on: scope.to),
      "own": scope.own?.department, "closed": scope.closed,
      "adjusted": try scope.adjusted(in: snapshot),
      "taken": scope.takenOver, "limit": limit,
    ]
  }
}

extension RegisterPage.Row {
  fileprivate init(_ line: BookedLine, balance: Money) {
    self.init(
      entry: line.entry, line: line.line, number: line.number, date: line.date,
      description: line.description, amount: line.amount, balance: balance, isDebit: line.isDebit)
  }
}
