import Domain
import Store

/// Takes what income and expense accounts, and equity that closes, hold to retained earnings, and
/// closes the year (RULES §3.6), of each department by itself where that was chosen. The year before
/// must be closed, and so must its periods. Only the system writes closing entries. What it leaves is
/// kept as a snapshot; the year after is made where there is none, and begins.
struct CloseYear: JointCommand {
  static let right: Permission = .yearClose
  static let event = AuditEvent.update
  let year: Int
  let byDepartment: Bool
  let why: String?

  init(year: Int, byDepartment: Bool = false, why: String? = nil) {
    self.year = year
    self.byDepartment = byDepartment
    self.why = why
  }

  var subject: Subject { Subject(.period, name: String(year)) }
  var reason: String? { why }

  /// Nil where the year held nothing to close.
  func run(in change: Change) throws -> ID<Entry>? {
    try change.requireClosable(year)
    let closing = try change.closingPeriod(of: year)
    let content = try change.closingContent(of: year, byDepartment: byDepartment, on: closing.end)
    let entry = try change.post(content, in: closing.id)
    guard try change.temporaryBalances(of: year, byDepartment: byDepartment).isEmpty else {
      throw Refusal.period(.checks([.ledger]))
    }
    // The opening and adjusting ones end with the year too; what is closed or locked stays so.
    for period in try change.periods() where period.year == year { try change.close(period.id) }
    try change.execute(
      """
      UPDATE fiscal_years SET status = 'closed', closed_by = :actor, closed_at = :now
      WHERE business_id = :business AND year = :year
      """, ["actor": change.actor.user, "now": change.now, "year": year])
    let closed = try change.fiscalYear(year)
    try change.keepBalances(closed.start, closed.end, .postClosing, .base)
    try change.begin(after: year)
    return entry
  }
}

/// Takes the closing of the latest closed year back, so that its periods can be reopened (RULES §3.6).
/// Whoever reads the whole audit log is told.
struct ReopenYear: JointCommand {
  static let right: Permission = .yearReopen
  static let event = AuditEvent.update
  let year: Int
  let why: String

  var subject: Subject { Subject(.period, name: String(year)) }
  var reason: String? { why }

  func run(in change: Change) throws {
    let found = try change.fiscalYear(year)
    guard found.isClosed else { throw Refusal.year(.notClosed(year)) }
    if let later = try change.fiscalYears().last(where: { $0.start > found.end && $0.isClosed }) {
      throw Refusal.year(.laterClosed(later.year))
    }
    let closing = try change.closingPeriod(of: year)
    guard closing.status != .locked else { throw Refusal.year(.locked(year)) }
    try change.execute(
      """
      UPDATE fiscal_years SET status = 'open', closed_by = NULL, closed_at = NULL
      WHERE business_id = :business AND year = :year
      """, ["year": year])
    for entry in try change.closings(in: closing.id) {
      var content = try change.content(of: entry).reversed()
      content.description = "Re-opening of \(year): \(try change.number(of: entry))"
      content.notes = why
      try change.post(content, in: closing.id, reversing: entry)
    }
    try change.close(closing.id)
    try change.supersedeSnapshots(from: closing.end)
    try change.notify(
      try change.holders(of: .auditRead, on: Resource()).map(\.id),
      of: .yearReopened(year: year, by: change.actor.name, reason: why),
      about: Subject(.period, closing.id.value))
  }
}

extension Change {
  /// Throws what stands against closing the year.
  fileprivate func requireClosable(_ year: Int) throws {
    let years = try fiscalYears()
    let found = try fiscalYear(year)
    guard !found.isClosed else { throw Refusal.year(.closed(year)) }
    if let earlier = years.first(where: { $0.end < found.start && !$0.isClosed }) {
      throw Refusal.year(.earlierOpen(earlier.year))
    }
    let open = try periods().first {
      $0.year == year && $0.kind != .closing
        && ($0.status == .open || $0.kind == .normal && $0.status == .future)
    }
    if let open { throw Refusal.year(.periodOpen(open.label)) }
    let waiting = try unposted(from: found.start, through: found.end)
    guard waiting.isEmpty else { throw Refusal.year(.entriesWaiting(waiting.count)) }
    guard try gaps(in: year).isEmpty else { throw Refusal.period(.checks([.numbers])) }
  }

  /// Nil where nothing is left on any account that closes.
  fileprivate func closingContent(
    of year: Int, byDepartment: Bool, on day: Day
  ) throws -> EntryContent? {
    let lines = try temporaryBalances(of: year, byDepartment: byDepartment)
    guard !lines.isEmpty else { return nil }
    let (account, currency) = (try retainedEarnings(), try businessFacts().baseCurrency)
    let results = try Dictionary(grouping: lines, by: \.department).map { department, lines in
      LineContent(
        account: account, currency: currency, amount: try lines.map(\.base).total().negated(),
        department: department)
    }.filter { !$0.amount.isZero }
    return EntryContent(
      date: day, type: .closing, source: .system, description: "Closing of \(year)",
      lines: lines
        + results.sorted { ($0.department?.value ?? 0) < ($1.department?.value ?? 0) })
  }

  private var system: Standing { .unasked(.system, at: now) }

  /// Posts what only the system writes, into a period that only it opens.
  @discardableResult
  fileprivate func post(
    _ content: EntryContent?, in period: ID<Period>, reversing entry: ID<Entry>? = nil
  ) throws -> ID<Entry>? {
    try execute(
      """
      UPDATE accounting_periods SET status = 'open', closed_by = NULL, closed_at = NULL
      WHERE business_id = :business AND id = :period AND status <> 'open'
      """, ["period": period])
    guard let content else { return nil }
    let posted = try acting(as: .system, at: now).insertDraft(content, reverses: entry)
    try perform(PostEntry(posted, exemption: content.description), by: system)
    return posted
  }

  /// The entries that closed the year and weren't taken back.
  fileprivate func closings(in period: ID<Period>) throws -> [ID<Entry>] {
    try rows(
      { (entry: ID<Entry>) in entry },
      """
      SELECT id FROM journal_entries
      WHERE business_id = :business AND period_id = :period AND type = 'closing'
        AND status = 'posted' AND reverses_entry_id IS NULL
      ORDER BY id DESC
      """, ["period": period])
  }

  /// The year after begins, and is made where there is none: its first period opens, where none of
  /// it has been yet and one more may be open.
  fileprivate func begin(after year: Int) throws {
    let end = try fiscalYear(year).end
    if try fiscalYears().allSatisfy({ $0.start <= end }) {
      try perform(AddFiscalYear(), by: system)
    }
    let next = try fiscalYears().first { $0.start > end }?.year
    let months = try periods().filter { $0.year == next && $0.kind == .normal }
    if let first = months.first, months.allSatisfy({ $0.status == .future }),
      try hasRoom(for: first)
    {
      try perform(OpenPeriod(first.id, name: first.label), by: system)
    }
  }

  /// The lines that take every temporary account to zero, by account and currency, and by department
  /// where those close by themselves. Equity that closes is taken with what earlier years left on it,
  /// as it may not have closed then.
  fileprivate func temporaryBalances(
    of year: Int, byDepartment: Bool
  ) throws -> [LineContent] {
    try (byDepartment ? balancesByDepartment(of: year) : balances(of: year)).flatMap {
      (line: LineContent) -> [LineContent] in
      // What was worth something else when it came than when it went may be left with a debit in one
      // and a credit in the other, which no single line can have.
      let (amount, base) = (line.amount, line.base)
      guard (amount > .zero && base < .zero) || (amount < .zero && base > .zero) else {
        return [line]
      }
      var parts = [line, line]
      (parts[0].base, parts[1].amount) = (.zero, .zero)
      return parts
    }
  }

  private func balances(of year: Int) throws -> [LineContent] {
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
      WHERE p.business_id = :business AND p.end_date <= :end
        AND (p.fiscal_year = :year OR a.type IN ('equity', 'contra_equity'))
        AND (a.closes = 1
          OR a.type IN ('revenue', 'contra_revenue', 'expense', 'contra_expense'))
      GROUP BY g.account_id, g.currency
      HAVING sum(g.credit) <> sum(g.debit) OR sum(g.base_credit) <> sum(g.base_debit)
      ORDER BY a.number, g.currency
      """, ["year": year, "end": fiscalYear(year).end])
  }

  /// The general ledger knows of no departments, so that these come from the lines.
  private func balancesByDepartment(of year: Int) throws -> [LineContent] {
    try rows(
      {
        (
          account: ID<Account>, currency: String, amount: Money, base: Money,
          department: ID<Department>?
        ) in
        LineContent(
          account: account, currency: currency, amount: amount, base: base,
          department: department)
      },
      """
      WITH closing (account_id, currency, amount, base, department_id) AS (
        SELECT l.account_id, l.currency, l.credit - l.debit, l.base_credit - l.base_debit,
          l.department_id
        FROM accounting_periods p
        CROSS JOIN journal_entries e ON e.business_id = :business AND e.period_id = p.id
          AND e.status IN ('posted', 'reversed')
        CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
        CROSS JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
        WHERE p.business_id = :business AND p.fiscal_year = :year
          AND (a.closes = 1
            OR a.type IN ('revenue', 'contra_revenue', 'expense', 'contra_expense'))
        UNION ALL
        SELECT l.account_id, l.currency, l.credit - l.debit, l.base_credit - l.base_debit,
          l.department_id
        FROM accounts a INDEXED BY accounts_number
        CROSS JOIN journal_lines l ON l.business_id = :business AND l.account_id = a.id
        CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
          AND e.status IN ('posted', 'reversed')
        CROSS JOIN accounting_periods p ON p.business_id = :business AND p.id = e.period_id
        WHERE a.business_id = :business AND a.deleted_at IS NULL AND a.closes = 1
          AND a.type IN ('equity', 'contra_equity')
          AND p.fiscal_year <> :year AND p.end_date <= :end)
      SELECT c.account_id, c.currency, sum(c.amount), sum(c.base), c.department_id
      FROM closing c
      JOIN accounts a ON a.business_id = :business AND a.id = c.account_id
      GROUP BY c.account_id, c.currency, c.department_id
      HAVING sum(c.amount) <> 0 OR sum(c.base) <> 0
      ORDER BY a.number, c.currency, c.department_id
      """, ["year": year, "end": fiscalYear(year).end])
  }

  fileprivate func closingPeriod(of year: Int) throws -> Periods.Row {
    let found = try periods().first { $0.year == year && $0.kind == .closing }
    guard let found else { throw StoreError.noRow }
    return found
  }

  /// Throws `year`.
  fileprivate func retainedEarnings() throws -> ID<Account> {
    guard let account = try bookedAccount(of: .retainedEarnings) else {
      throw Refusal.year(.noRetainedEarnings)
    }
    return account
  }
}
