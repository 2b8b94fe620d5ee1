package import Domain
package import Store

/// Which of an account's lines a register has: those that a figure of a report is made of.
package struct RegisterScope: Hashable, Sendable {
  /// Both days inclusive.
  package var from: Day
  package var to: Day
  /// Of the fiscal year that holds the last day, the basis says what counts.
  package var ledger: LedgerScope
  /// Only lines with an amount in it, in that: those of a revaluation have none. Nil is all lines, in
  /// the base currency.
  package var currency: String?
  /// Nil is whosever `ledger` says.
  package var own: Own?
  package var opening: Opening
  /// Whether opening entries are lines of the days, which they are of no month (RULES R25). Otherwise
  /// the balance begins with them, unless it counts nothing of before.
  package var takenOver: Bool

  /// Whose lines count, without those of departments below.
  package enum Own: Hashable, Sendable {
    case department(ID<Department>)
    case untagged

    /// As the statements compare it: no department has the number 0.
    var department: Int64 {
      switch self {
      case .department(let department): department.value
      case .untagged: 0
      }
    }
  }

  /// What the balance counts of what was booked before the first day.
  package enum Opening: Hashable, Sendable {
    case all
    /// The same, but of income and expenses what their fiscal year had (RULES §3.10).
    case ofYear
    /// Nothing, as on an income statement; what a closing takes away was earned all the same.
    case nothing
  }

  package init(
    from: Day = .first, to: Day = .last, _ ledger: LedgerScope = LedgerScope(),
    currency: String? = nil, own: Own? = nil, opening: Opening = .all, takenOver: Bool = true
  ) {
    self.from = from
    self.to = to
    self.ledger = ledger
    self.currency = currency
    self.own = own
    self.opening = opening
    self.takenOver = takenOver
  }

  /// The day before which a closing counts; nil is always.
  var closed: Day? {
    if opening == .nothing { return from }
    return ledger.basis == .postClosing ? nil : to
  }

  /// The day from which on adjusting entries don't count; nil is never.
  func adjusted(in reading: some Reading) throws -> Day? {
    guard ledger.basis == .unadjusted else { return nil }
    return opening == .nothing ? from : try reading.fiscalYearStart(of: to)
  }

  /// Whether all lines count, in the base currency, so that their sums are kept.
  fileprivate var isWhole: Bool {
    ledger == LedgerScope() && currency == nil && own == nil && opening != .nothing && takenOver
  }
}

/// How many lines a register has.
package struct RegisterSize: Query {
  package static let permission: Permission? = .reportRead
  let account: ID<Account>
  let scope: RegisterScope

  package init(_ account: ID<Account>, in scope: RegisterScope = RegisterScope()) {
    self.account = account
    self.scope = scope
  }

  /// Where all lines count, counted in the general ledger, which knows how many lines each of its
  /// sums holds, but for the period that the last day divides.
  package func run(in snapshot: Snapshot) throws -> Int {
    guard scope.isWhole, scope.from == .first else {
      return try snapshot.lines(on: account, from: scope.from, through: scope.to, scope).count
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
        CROSS JOIN journal_lines l ON l.business_id = :business AND l.account_id = :account
          AND l.entry_date >= p.start_date AND l.entry_date <= :to
        CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
          AND e.period_id = p.id
        WHERE p.business_id = :business AND p.start_date <= :to AND p.end_date > :to)
      """, ["account": account, "to": scope.to])
  }
}

extension Reading {
  /// The balance that a register begins with.
  func held(on account: ID<Account>, before scope: RegisterScope) throws -> Money {
    guard scope.takenOver || scope.opening == .nothing else {
      return try held(on: account, through: scope.to, scope)
        - lines(on: account, from: scope.from, through: scope.to, scope).sum
    }
    guard scope.from > .first else { return .zero }
    return try held(on: account, through: scope.from.adding(days: -1), scope)
  }

  /// The balance of a register after a day.
  func held(
    on account: ID<Account>, through day: Day, _ scope: RegisterScope
  ) throws -> Money {
    let since = try opening(of: account, scope)
    guard since <= day else { return .zero }
    var scope = scope
    if scope.opening != .nothing { scope.takenOver = true }
    guard scope.isWhole else {
      return try lines(on: account, from: since, through: day, scope).sum
    }
    let held = try kept(on: account, before: day == .last ? nil : day.adding(days: 1))
    return since == .first ? held : try held - kept(on: account, before: since)
  }

  /// The first day that a register's balance counts.
  private func opening(of account: ID<Account>, _ scope: RegisterScope) throws -> Day {
    switch scope.opening {
    case .all: return .first
    case .nothing: return scope.from
    case .ofYear:
      let type = try row(
        { (type: AccountType) in type },
        "SELECT type FROM accounts WHERE business_id = :business AND id = :account",
        ["account": account])
      guard type?.isTemporary == true else { return .first }
      return try fiscalYearStart(of: scope.from) ?? scope.from
    }
  }

  /// What was booked before a day, or ever: whole periods from the general ledger, the rest from
  /// lines.
  private func kept(on account: ID<Account>, before day: Day?) throws -> Money {
    try one(
      Money.self,
      """
      SELECT coalesce(sum(amount), 0) FROM (
        SELECT g.base_debit - g.base_credit AS amount FROM general_ledger g
        JOIN accounting_periods p ON p.business_id = :business AND p.id = g.period_id
        WHERE g.business_id = :business AND g.account_id = :account
          AND (:from IS NULL OR p.end_date < :from)
        UNION ALL
        SELECT l.base_debit - l.base_credit FROM accounting_periods p
        CROSS JOIN journal_lines l ON l.business_id = :business AND l.account_id = :account
          AND l.entry_date >= p.start_date AND l.entry_date < :from
        CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
          AND e.period_id = p.id
        WHERE p.business_id = :business AND p.start_date < :from AND p.end_date >= :from)
      """, ["account": account, "from": day])
  }

  /// The lines of a register in some days, whatever their number: what they come to, and how many.
  fileprivate func lines(
    on account: ID<Account>, from: Day, through: Day, _ scope: RegisterScope
  ) throws -> RegisterSum {
    try row(
      RegisterSum.init,
      """
      WITH within (id) AS (SELECT value FROM json_each(:within))
      SELECT coalesce(sum(CASE WHEN :currency IS NULL THEN l.base_debit - l.base_credit
        ELSE l.debit - l.credit END), 0), count(*)
      FROM journal_lines l
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      WHERE l.business_id = :business AND l.account_id = :account
        AND l.entry_date BETWEEN :from AND :through AND e.status IN ('posted', 'reversed')
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
      """,
      [
        "account": account, "from": from, "through": through, "known": scope.ledger.knownAt,
        "currency": scope.currency,
        "within": try departments(within: scope.ledger.department, on: scope.to),
        "own": scope.own?.department, "closed": scope.closed,
        "adjusted": try scope.adjusted(in: self), "taken": scope.takenOver,
      ]) ?? RegisterSum(sum: .zero, count: 0)
  }
}

private struct RegisterSum {
  let sum: Money
  let count: Int
}
