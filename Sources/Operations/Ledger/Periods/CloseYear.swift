import Domain
import Store

/// Takes what income and expense accounts, and equity that closes, hold to retained earnings, and
/// closes the year (RULES §3.6): of each department by itself, and income and expenses by way of the
/// income summary, where that was chosen. The year before must be closed, and so must its periods.
/// Only the system writes closing entries. What it leaves is kept as a snapshot; the year after is
/// made where there is none, and begins.
struct CloseYear: JointCommand {
  static let right: Permission = .yearClose
  static let event = AuditEvent.update
  let year: Int
  let byDepartment: Bool
  let twoStage: Bool
  let why: String?

  init(
    year: Int, byDepartment: Bool = false, twoStage: Bool = false, why: String? = nil
  ) {
    self.year = year
    self.byDepartment = byDepartment
    self.twoStage = twoStage
    self.why = why
  }

  var subject: Subject { Subject(.period, name: String(year)) }
  var reason: String? { why }

  /// The first of its entries; nil where the year held nothing to close.
  func run(in change: Change) throws -> ID<Entry>? {
    try change.requireClosable(year)
    let closing = try change.closingPeriod(of: year)
    let summary = try twoStage ? change.incomeSummary() : nil
    let lines = try change.temporaryBalances(of: year, and: summary, byDepartment: byDepartment)
    let contents = try change.closingContents(of: year, lines, by: summary, on: closing.end)
    try change.open(closing.id)
    let entries = try contents.map { try change.post($0) }
    guard
      try change.temporaryBalances(of: year, and: summary, byDepartment: byDepartment).isEmpty
    else { throw Refusal.period(.checks([.ledger])) }
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
    return entries.first
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
    try change.open(closing.id)
    for entry in try change.closings(in: closing.id) {
      var content = try change.content(of: entry).reversed()
      content.description = "Re-opening of \(year): \(try change.number(of: entry))"
      content.notes = why
      try change.post(content, reversing: entry)
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

  /// What takes `lines` to retained earnings: one entry, or by way of the income summary up to four
  /// (RULES §3.6). None where there are no lines.
  fileprivate func closingContents(
    of year: Int, _ lines: [LineContent], by summary: ID<Account>?, on day: Day
  ) throws -> [EntryContent] {
    guard !lines.isEmpty else { return [] }
    let (retained, currency) = (try retainedEarnings(), try businessFacts().baseCurrency)
    func content(
      _ stage: String, _ lines: [LineContent], to account: ID<Account>
    ) throws -> EntryContent {
      EntryContent(
        date: day, type: .closing, source: .system, description: "Closing of \(year)\(stage)",
        lines: try lines + lines.counter(on: account, in: currency))
    }
    guard let summary else { return [try content("", lines, to: retained)] }
    let types = Dictionary(uniqueKeysWithValues: try reportedAccounts().map { ($0.id, $0.type) })
    let classes = Dictionary(grouping: lines) { types[$0.account]?.accountClass }
    let (income, expenses) = (classes[.revenue] ?? [], classes[.expense] ?? [])
    let equity = classes[.equity] ?? []
    let summed = try [income, expenses].flatMap { try $0.counter(on: summary, in: currency) }
    let back = try Dictionary(grouping: summed, by: \.currency).sorted { $0.key < $1.key }
      .flatMap { try $0.value.counter(on: summary, in: $0.key) }
    let stages = [
      ("income", income, summary), ("expenses", expenses, summary),
      ("income summary", back + equity.filter { $0.account == summary }, retained),
      ("equity", equity.filter { $0.account != summary }, retained),
    ]
    return try stages.filter { !$0.1.isEmpty }.map { try content(": \($0.0)", $0.1, to: $0.2) }
  }

  private var system: Standing { .unasked(.system, at: now) }

  /// Opens what only the system posts into.
  fileprivate func open(_ period: ID<Period>) throws {
    try execute(
      """
      UPDATE accounting_periods SET status = 'open', closed_by = NULL, closed_at = NULL
      WHERE business_id = :business AND id = :period AND status <> 'open'
      """, ["period": period])
  }

  /// Posts what only the system writes.
  @discardableResult
  fileprivate func post(
    _ content: EntryContent, reversing entry: ID<Entry>? = nil
  ) throws -> ID<Entry> {
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
  /// as it may not have closed then; so is the income summary, where the year closes by way of it.
  fileprivate func temporaryBalances(
    of year: Int, and summary: ID<Account>?, byDepartment: Bool
  ) throws -> [LineContent] {
    let held =
      try byDepartment
      ? balancesByDepartment(of: year, and: summary) : balances(of: year, and: summary)
    return held.flatMap { (line: LineContent) -> [LineContent] in
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

  private func balances(of year: Int, and summary: ID<Account>?) throws -> [LineContent] {
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
        AND (a.closes = 1 OR a.id = :summary
          OR a.type IN ('revenue', 'contra_revenue', 'expense', 'contra_expense'))
      GROUP BY g.account_id, g.currency
      HAVING sum(g.credit) <> sum(g.debit) OR sum(g.base_credit) <> sum(g.base_debit)
      ORDER BY a.number, g.currency
      """, ["year": year, "end": fiscalYear(year).end, "summary": summary])
  }

  /// The general ledger knows of no departments, so that these come from the lines.
  private func balancesByDepartment(
    of year: Int, and summary: ID<Account>?
  ) throws -> [LineContent] {
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
          AND (a.closes = 1 OR a.id = :summary
            OR a.type IN ('revenue', 'contra_revenue', 'expense', 'contra_expense'))
        UNION ALL
        SELECT l.account_id, l.currency, l.credit - l.debit, l.base_credit - l.base_debit,
          l.department_id
        FROM accounts a INDEXED BY accounts_number
        CROSS JOIN journal_lines l ON l.business_id = :business AND l.account_id = a.id
        CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
          AND e.status IN ('posted', 'reversed')
        CROSS JOIN accounting_periods p ON p.business_id = :business AND p.id = e.period_id
        WHERE a.business_id = :business AND a.deleted_at IS NULL
          AND (a.closes = 1 OR a.id = :summary)
          AND a.type IN ('equity', 'contra_equity')
          AND p.fiscal_year <> :year AND p.end_date <= :end)
      SELECT c.account_id, c.currency, sum(c.amount), sum(c.base), c.department_id
      FROM closing c
      JOIN accounts a ON a.business_id = :business AND a.id = c.account_id
      GROUP BY c.account_id, c.currency, c.department_id
      HAVING sum(c.amount) <> 0 OR sum(c.base) <> 0
      ORDER BY a.number, c.currency, c.department_id
      """, ["year": year, "end": fiscalYear(year).end, "summary": summary])
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

  /// Throws `year`.
  fileprivate func incomeSummary() throws -> ID<Account> {
    guard let account = try bookedAccount(of: .incomeSummary) else {
      throw Refusal.year(.noIncomeSummary)
    }
    return account
  }
}

extension [LineContent] {
  /// What balances these lines in the base currency, by department; none of one that they balance in.
  /// Where they all do but are of one other currency alone, an entry must balance in that too (V4):
  /// what they leave in it goes along, worth nothing.
  fileprivate func counter(
    on account: ID<Account>, in base: String
  ) throws(AmountError) -> [LineContent] {
    let worth = try counter(on: account, in: base, of: \.base)
    guard worth.isEmpty, let own = first?.currency, allSatisfy({ $0.currency == own }) else {
      return worth
    }
    return try counter(on: account, in: own, of: \.amount).map { line in
      var line = line
      line.base = .zero
      return line
    }
  }

  private func counter(
    on account: ID<Account>, in currency: String, of part: KeyPath<LineContent, Money>
  ) throws(AmountError) -> [LineContent] {
    var totals: [ID<Department>?: Money] = [:]
    for line in self {
      totals[line.department] = try (totals[line.department] ?? .zero) - line[keyPath: part]
    }
    return totals.filter { !$0.value.isZero }.map { department, amount in
      LineContent(
        account: account, currency: currency, amount: amount, department: department)
    }.sorted { ($0.department?.value ?? 0) < ($1.department?.value ?? 0) }
  }
}
