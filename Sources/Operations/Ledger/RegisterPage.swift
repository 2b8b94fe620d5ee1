package import Domain
package import Store

/// One page of an account's posted lines in the order of their days, each with the balance after
/// it, as the books stand or as they stood at a moment. A page carries the balance on to the next,
/// so its cost doesn't grow with the books.
package struct RegisterPage: Query {
  package static let permission: Permission? = .reportRead

  /// Where a page begins: after this line, with this balance.
  package struct Key: Hashable, Sendable {
    package let date: Day
    package let entry: ID<Entry>
    package let line: Int
    package let balance: Money

    package init(date: Day, entry: ID<Entry>, line: Int, balance: Money) {
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
    /// Debit-positive, in minor units of the base currency.
    package let amount: Money
    package let balance: Money
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
  let from: Day
  let to: Day
  let knownAt: Timestamp?
  let key: Key?
  let direction: Direction
  let limit: Int

  /// Days are inclusive. `knownAt` leaves out what was posted later. Without a key the page begins
  /// at the first day or, going earlier, ends at the last.
  package init(
    _ account: ID<Account>, from: Day = .first, to: Day = .last, knownAt: Timestamp? = nil,
    after: Key? = nil, limit: Int = 100
  ) {
    self.account = account
    self.from = from
    self.to = to
    self.knownAt = knownAt
    key = after
    direction = .later
    self.limit = limit
  }

  /// The page that ends just before `row`, or with the last day.
  package init(
    _ account: ID<Account>, to: Day = .last, knownAt: Timestamp? = nil, before row: Row?,
    limit: Int = 100
  ) throws {
    self.account = account
    from = .first
    self.to = to
    self.knownAt = knownAt
    key = try row.map {
      Key(date: $0.date, entry: $0.entry, line: $0.line, balance: try $0.balance - $0.amount)
    }
    direction = .earlier
    self.limit = limit
  }

  /// In the order of their days, whichever way the page was turned.
  package func run(in snapshot: Snapshot) throws -> [Row] {
    var rows = try direction == .later ? later(in: snapshot) : earlier(in: snapshot)
    let accounts = try snapshot.counterAccounts(of: rows.map(\.entry), among: 100)
    for index in rows.indices {
      rows[index].counterAccounts = accounts.across(
        rows[index].entry, isDebit: rows[index].isDebit)
    }
    return rows
  }

  private func later(in snapshot: Snapshot) throws -> [Row] {
    var balance = try key?.balance ?? held(before: from, in: snapshot)
    return try snapshot.rows(
      {
        (
          entry: ID<Entry>, line: Int, number: String, date: Day, description: String,
          amount: Money, isDebit: Bool
        ) in
        balance = try balance + amount
        return Row(
          entry: entry, line: line, number: number, date: date, description: description,
          amount: amount, balance: balance, isDebit: isDebit)
      },
      """
      SELECT l.entry_id, l.line_number, e.number, l.entry_date,
        CASE WHEN l.description = '' THEN e.description ELSE l.description END,
        l.base_debit - l.base_credit, l.debit > 0 OR l.base_debit > 0
      FROM journal_lines l
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      WHERE l.business_id = :business AND l.account_id = :account
        AND (l.entry_date, l.entry_id, l.line_number) > (:day, :entry, :line)
        AND l.entry_date <= :to AND e.status IN ('posted', 'reversed')
        AND (:known IS NULL OR e.posted_at <= :known)
      ORDER BY l.entry_date, l.entry_id, l.line_number LIMIT :limit
      """,
      [
        "account": account, "day": key?.date ?? from, "entry": key?.entry.value ?? .min,
        "line": key?.line ?? -1, "to": to, "known": knownAt, "limit": limit,
      ])
  }

  private func earlier(in snapshot: Snapshot) throws -> [Row] {
    var balance =
      try key?.balance ?? held(before: to == .last ? nil : to.adding(days: 1), in: snapshot)
    let rows = try snapshot.rows(
      {
        (
          entry: ID<Entry>, line: Int, number: String, date: Day, description: String,
          amount: Money, isDebit: Bool
        ) in
        let row = Row(
          entry: entry, line: line, number: number, date: date, description: description,
          amount: amount, balance: balance, isDebit: isDebit)
        balance = try balance - amount
        return row
      },
      """
      SELECT l.entry_id, l.line_number, e.number, l.entry_date,
        CASE WHEN l.description = '' THEN e.description ELSE l.description END,
        l.base_debit - l.base_credit, l.debit > 0 OR l.base_debit > 0
      FROM journal_lines l
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      WHERE l.business_id = :business AND l.account_id = :account
        AND (l.entry_date, l.entry_id, l.line_number) < (:day, :entry, :line)
        AND e.status IN ('posted', 'reversed') AND (:known IS NULL OR e.posted_at <= :known)
      ORDER BY l.entry_date DESC, l.entry_id DESC, l.line_number DESC LIMIT :limit
      """,
      [
        "account": account, "day": key?.date ?? to, "entry": key?.entry.value ?? .max,
        "line": key?.line ?? .max, "known": knownAt, "limit": limit,
      ])
    return rows.reversed()
  }

  /// What the account held before a day, or holds after all: whole periods from the general ledger,
  /// the rest from lines; as known at a moment, everything from lines.
  private func held(before day: Day?, in snapshot: Snapshot) throws -> Money {
    guard day != .first else { return .zero }
    if let knownAt {
      return try snapshot.one(
        Money.self,
        """
        SELECT coalesce(sum(l.base_debit - l.base_credit), 0) FROM journal_lines l
        JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
        WHERE l.business_id = :business AND l.account_id = :account
          AND (:from IS NULL OR l.entry_date < :from)
          AND e.status IN ('posted', 'reversed') AND e.posted_at <= :known
        """, ["account": account, "from": day, "known": knownAt])
    }
    return try snapshot.one(
      Money.self,
      """
      SELECT coalesce(sum(amount), 0) FROM (
        SELECT g.base_debit - g.base_credit AS amount FROM general_ledger g
        JOIN accounting_periods p ON p.business_id = :business AND p.id = g.period_id
        WHERE g.business_id = :business AND g.account_id = :account
          AND (:from IS NULL OR p.end_date < :from)
        UNION ALL
        SELECT l.base_debit - l.base_credit FROM accounting_periods p
        JOIN journal_lines l ON l.business_id = :business AND l.account_id = :account
          AND l.entry_date >= p.start_date AND l.entry_date < :from
        JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
          AND e.period_id = p.id
        WHERE p.business_id = :business AND p.start_date < :from AND p.end_date >= :from)
      """, ["account": account, "from": day])
  }
}

/// How many posted lines an account has up to a day, inclusive, or had as known at a moment.
package struct RegisterSize: Query {
  package static let permission: Permission? = .reportRead
  let account: ID<Account>
  let to: Day
  let knownAt: Timestamp?

  package init(_ account: ID<Account>, to: Day = .last, knownAt: Timestamp? = nil) {
    self.account = account
    self.to = to
    self.knownAt = knownAt
  }

  /// Counted in the general ledger, which knows how many lines each of its sums holds, but for the
  /// period that `to` divides; as known at a moment line by line.
  package func run(in snapshot: Snapshot) throws -> Int {
    if let knownAt {
      return try snapshot.one(
        Int.self,
        """
        SELECT count(*) FROM journal_lines l
        JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
        WHERE l.business_id = :business AND l.account_id = :account AND l.entry_date <= :to
          AND e.status IN ('posted', 'reversed') AND e.posted_at <= :known
        """, ["account": account, "to": to, "known": knownAt])
    }
    return try snapshot.one(
      Int.self,
      """
      SELECT coalesce(sum(counted), 0) FROM (
        SELECT sum(g.line_count) AS counted FROM general_ledger g
        JOIN accounting_periods p ON p.business_id = :business AND p.id = g.period_id
        WHERE g.business_id = :business AND g.account_id = :account AND p.end_date <= :to
        UNION ALL
        SELECT count(*) FROM accounting_periods p
        JOIN journal_lines l ON l.business_id = :business AND l.account_id = :account
          AND l.entry_date >= p.start_date AND l.entry_date <= :to
        JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
          AND e.period_id = p.id
        WHERE p.business_id = :business AND p.start_date <= :to AND p.end_date > :to)
      """, ["account": account, "to": to])
  }
}
