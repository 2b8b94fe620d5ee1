package import Domain
import Store

/// Which entries a report counts.
package struct LedgerScope: Hashable, Sendable {
  package var basis: Basis
  /// The moment whose knowledge is shown; nil is now.
  package var knownAt: Timestamp?
  /// Whose lines, with those of the departments below it; nil is all.
  package var department: ID<Department>?
  /// The day whose tree says what is below it (R37): the report's last, of whichever days some of its
  /// figures are; nil is the last of those that are asked for.
  var tree: Day?

  package init(
    _ basis: Basis = .postClosing, knownAt: Timestamp? = nil, department: ID<Department>? = nil
  ) {
    self.basis = basis
    self.knownAt = knownAt
    self.department = department
  }

  /// What of the fiscal year's end counts (RULES §3.7). Earlier years are as they ended.
  package enum Basis: String, Hashable, Sendable, CaseIterable {
    /// Neither adjusting nor closing entries.
    case unadjusted
    /// No closing entries.
    case adjusted
    /// All.
    case postClosing = "post-closing"
  }
}

/// What was booked on an account in one currency, debit-positive.
struct LedgerSum {
  let account: ID<Account>
  /// Of `amount` and `debited`.
  let currency: String
  let amount: Money
  /// In the base currency.
  let base: Money
  /// What was debited to come to `amount`; the rest was credited.
  let debited: Money
  /// The same of `base`.
  let baseDebited: Money

  func negated() throws(AmountError) -> LedgerSum {
    LedgerSum(
      account: account, currency: currency, amount: try amount.negated(),
      base: try base.negated(), debited: try debited.negated(),
      baseDebited: try baseDebited.negated())
  }
}

extension [LedgerSum] {
  /// By account and currency, each in its own; or by account, all of it in `base`. Throws where a sum
  /// is larger than books can hold.
  func byCell(inBase base: String?) throws -> [AccountCell: (net: Money, debited: Money)] {
    var sums: [AccountCell: (net: Money, debited: Money)] = [:]
    for sum in self {
      let cell = AccountCell(sum.account, base ?? sum.currency)
      let (amount, debited) =
        base == nil ? (sum.amount, sum.debited) : (sum.base, sum.baseDebited)
      let known = sums[cell]
      sums[cell] = (
        net: try (known?.net ?? .zero) + amount,
        debited: try (known?.debited ?? .zero) + debited
      )
    }
    return sums
  }
}

extension Reading {
  /// The first day of the fiscal year that holds `day`; nil where none does.
  func fiscalYearStart(of day: Day) throws -> Day? {
    try row(
      { (start: Day) in start },
      """
      SELECT start_date FROM fiscal_years
      WHERE business_id = :business AND :day BETWEEN start_date AND end_date
      """, ["day": day])
  }

  /// What was booked from a day through another, an account and currency more than once where that is
  /// cheaper. Of the fiscal year that ends it, the basis says what counts.
  func ledgerSums(
    from: Day = .first, through: Day, _ scope: LedgerScope
  ) throws -> [LedgerSum] {
    guard scope.basis != .postClosing else {
      return try sums(from, through, closedBefore: nil, scope)
    }
    // A closing counts where it is of a year that ended before.
    let sums = try sums(from, through, closedBefore: through, scope)
    guard let start = try fiscalYearStart(of: through) else { return sums }
    return try sums + adjustments(from: max(from, start), through: through, scope)
  }

  /// The same of what no closing took away, whichever years the days are of.
  func unclosedSums(
    from: Day, through: Day, _ scope: LedgerScope
  ) throws -> [LedgerSum] {
    try sums(from, through, closedBefore: from, scope)
      + adjustments(from: from, through: through, scope)
  }

  /// What an income statement's column counts of them.
  func earnedSums(
    _ column: FinancialStatement.Column, _ scope: LedgerScope
  ) throws -> [LedgerSum] {
    let sums = try unclosedSums(from: column.from, through: column.to, scope)
    guard column.takenOver == .leftOut else { return sums }
    return try sums
      + openingSums(from: column.from, through: column.to, scope).map { try $0.negated() }
  }

  /// What accounts held before a day, of what the basis counts in days that end with `through`:
  /// since the books began or, of income and expenses, the fiscal year (RULES §3.10). In the base
  /// currency, or what is in `currency` in its own.
  func openings(
    of chart: [ReportedAccount], before day: Day, through: Day, _ scope: LedgerScope,
    in currency: String? = nil
  ) throws -> [ID<Account>: Money] {
    guard day > .first else { return [:] }
    var scope = scope
    scope.tree = through
    let (last, year) = (day.adding(days: -1), try fiscalYearStart(of: day) ?? day)
    let adjusted = try fiscalYearStart(of: through) ?? .last
    func held(since first: Day) throws -> [ID<Account>: Money] {
      guard first <= last else { return [:] }
      let closed = scope.basis == .postClosing ? nil : through
      let found =
        try sums(first, last, closedBefore: closed, scope)
        + adjustments(from: max(first, adjusted), through: last, scope)
      guard let currency else { return try found.byAccount() }
      let own = try found.filter { $0.currency == currency }.byCell(inBase: nil)
      return Dictionary(uniqueKeysWithValues: own.map { ($0.key.account, $0.value.net) })
    }
    let (ever, ofYear) = (try held(since: .first), try held(since: year))
    return Dictionary(
      uniqueKeysWithValues: chart.compactMap { account in
        (account.type.isTemporary ? ofYear : ever)[account.id].map { (account.id, $0) }
      })
  }

  /// Of which departments a report of the scope has the lines, as JSON; nil is of all.
  func departments(of scope: LedgerScope, through: Day) throws -> String? {
    try departments(within: scope.department, on: scope.tree ?? through)
  }

  /// What sums of entries of one kind are asked by.
  private func asked(from: Day, through: Day, _ scope: LedgerScope) throws -> Arguments {
    [
      "from": from, "through": through, "known": scope.knownAt,
      "within": try departments(of: scope, through: through),
    ]
  }

  private func sums(
    _ from: Day, _ through: Day, closedBefore: Day?, _ scope: LedgerScope
  ) throws -> [LedgerSum] {
    if scope.department != nil {
      return try sumsOfLines(
        [
          "from": from, "through": through, "closed": closedBefore, "known": scope.knownAt,
          "within": try departments(of: scope, through: through),
        ])
    }
    guard let knownAt = scope.knownAt else {
      return try sumsKept(["from": from, "through": through, "closed": closedBefore])
    }
    return try sumsOfEntries(
      ["from": from, "through": through, "closed": closedBefore, "known": knownAt])
  }

  /// Whole periods come from the general ledger, in the order of its key, the days of a part of one
  /// from its lines. `CROSS JOIN` keeps SQLite from looking at every line of the books for the periods
  /// that a day divides.
  private func sumsKept(_ asked: Arguments) throws -> [LedgerSum] {
    try rows(
      LedgerSum.init,
      """
      SELECT g.account_id, g.currency, sum(g.debit - g.credit), sum(g.base_debit - g.base_credit),
        sum(g.debit), sum(g.base_debit)
      FROM general_ledger g
      WHERE g.business_id = :business AND g.period_id IN (
        SELECT p.id FROM accounting_periods p
        WHERE p.business_id = :business AND p.start_date >= :from AND p.end_date <= :through
          AND (p.kind <> 'closing' OR :closed IS NULL OR p.end_date < :closed))
      GROUP BY g.account_id, g.currency
      UNION ALL
      SELECT l.account_id, l.currency, sum(l.debit - l.credit), sum(l.base_debit - l.base_credit),
        sum(l.debit), sum(l.base_debit)
      FROM accounting_periods p
      CROSS JOIN journal_entries e ON e.business_id = :business AND e.period_id = p.id
        AND e.status IN ('posted', 'reversed') AND e.entry_date BETWEEN :from AND :through
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE p.business_id = :business AND p.start_date <= :through AND p.end_date >= :from
        AND (p.start_date < :from OR p.end_date > :through)
      GROUP BY l.account_id, l.currency
      """, asked)
  }

  /// As known at a moment everything comes from lines, as only they say when they were posted.
  private func sumsOfEntries(_ asked: Arguments) throws -> [LedgerSum] {
    try rows(
      LedgerSum.init,
      """
      SELECT l.account_id, l.currency, sum(l.debit - l.credit), sum(l.base_debit - l.base_credit),
        sum(l.debit), sum(l.base_debit)
      FROM journal_entries e
      JOIN accounting_periods p ON p.business_id = :business AND p.id = e.period_id
      JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND e.entry_date BETWEEN :from AND :through AND e.posted_at <= :known
        AND (p.kind <> 'closing' OR :closed IS NULL OR p.end_date < :closed)
      GROUP BY l.account_id, l.currency
      """, asked)
  }

  /// A department's come from its lines: `CROSS JOIN` keeps SQLite from reading everybody's for the
  /// order of the groups.
  private func sumsOfLines(_ asked: Arguments) throws -> [LedgerSum] {
    try rows(
      LedgerSum.init,
      """
      WITH within (id) AS (SELECT value FROM json_each(:within))
      SELECT l.account_id, l.currency, sum(l.debit - l.credit), sum(l.base_debit - l.base_credit),
        sum(l.debit), sum(l.base_debit)
      FROM within
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.department_id = within.id
        AND l.entry_date BETWEEN :from AND :through
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
        AND e.status IN ('posted', 'reversed') AND (:known IS NULL OR e.posted_at <= :known)
      JOIN accounting_periods p ON p.business_id = :business AND p.id = e.period_id
        AND (p.kind <> 'closing' OR :closed IS NULL OR p.end_date < :closed)
      GROUP BY l.account_id, l.currency
      """, asked)
  }

  /// What adjusting entries booked, with the sign turned, where the basis leaves them out.
  private func adjustments(
    from: Day, through: Day, _ scope: LedgerScope
  ) throws -> [LedgerSum] {
    guard scope.basis == .unadjusted else { return [] }
    return try adjustingSums(from: from, through: through, scope).map { try $0.negated() }
  }

  /// What adjusting entries booked, whatever the basis. A reversal counts as what it reverses in the
  /// same period, and in a later one as what it is.
  func adjustingSums(
    from: Day, through: Day, _ scope: LedgerScope
  ) throws -> [LedgerSum] {
    try rows(
      LedgerSum.init,
      """
      WITH within (id) AS (SELECT value FROM json_each(:within))
      SELECT l.account_id, l.currency, sum(l.debit - l.credit), sum(l.base_debit - l.base_credit),
        sum(l.debit), sum(l.base_debit)
      FROM journal_entries e
      LEFT JOIN journal_entries o ON o.business_id = :business AND o.id = e.reverses_entry_id
        AND o.period_id = e.period_id
      JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND e.entry_date BETWEEN :from AND :through AND (:known IS NULL OR e.posted_at <= :known)
        AND coalesce(o.type, e.type) = 'adjusting'
        AND (:within IS NULL OR l.department_id IN within)
      GROUP BY l.account_id, l.currency
      """, try asked(from: from, through: through, scope))
  }

  /// What opening entries booked in some days, and what took them back.
  func openingSums(
    from: Day, through: Day, _ scope: LedgerScope
  ) throws -> [LedgerSum] {
    try rows(
      LedgerSum.init,
      """
      WITH within (id) AS (SELECT value FROM json_each(:within))
      SELECT l.account_id, l.currency, sum(l.debit - l.credit), sum(l.base_debit - l.base_credit),
        sum(l.debit), sum(l.base_debit)
      FROM accounting_periods p
      CROSS JOIN journal_entries o ON o.business_id = :business AND o.period_id = p.id
      CROSS JOIN journal_entries e ON e.business_id = :business
        AND e.id IN (o.id, o.reversed_by_entry_id) AND e.entry_date BETWEEN :from AND :through
        AND e.status IN ('posted', 'reversed') AND (:known IS NULL OR e.posted_at <= :known)
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE p.business_id = :business AND p.kind = 'opening'
        AND (:within IS NULL OR l.department_id IN within)
      GROUP BY l.account_id, l.currency
      """, try asked(from: from, through: through, scope))
  }
}
