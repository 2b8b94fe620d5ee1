package import Domain
package import Store

/// Every line of some days, account by account between what the account held before and after, with
/// the accounts on the other side of its entry (RULES §3.10). A department's has its lines only.
///
/// There may be more lines than memory holds, so that they aren't what it answers: `read` is called
/// within the transaction, and walks along them as often as it takes.
package struct GeneralLedgerDetail: Query {
  package static let permission: Permission? = .reportRead
  let accounts: Set<ID<Account>>?
  let span: StatementReport.Span
  let scope: LedgerScope
  let currency: String?
  let read: @Sendable (Walk) throws -> Void

  /// Nil is every account, and all lines in the base currency; else those with an amount in
  /// `currency`, in that.
  package init(
    of accounts: Set<ID<Account>>? = nil, in span: StatementReport.Span,
    _ scope: LedgerScope = LedgerScope(), currency: String? = nil,
    read: @escaping @Sendable (Walk) throws -> Void
  ) {
    self.accounts = accounts
    self.span = span
    self.scope = scope
    self.currency = currency
    self.read = read
  }

  package struct Line: Hashable, Sendable {
    package let entry: ID<Entry>
    /// Which line of its entry it is.
    package let line: Int
    package let number: String
    package let date: Day
    package let description: String
    /// Debit-positive, in minor units of the base currency or the one asked for, as all amounts
    /// here are.
    package let amount: Money
    package let balance: Money
    /// Whether its entry was voided after it was posted, as far as that was known: see `EntryHead`.
    package let isVoid: Bool
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
    /// How many there are.
    package let lines: Int
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
    /// as nothing; 0 where lines have their own amounts.
    package let unvalued: Int
    package let footing: Footing
  }

  /// The ledger while it can be read.
  package struct Walk {
    package let ledger: Ledger
    fileprivate let reader: LinesOfAccounts

    /// The lines of an account in the order of the days and, on one day, of the numbers.
    package func lines(of section: Section, _ body: (Line) throws -> Void) throws {
      try reader.told(of: section, body)
    }
  }

  /// Throws `notPermitted` for whoever reads no reports of the department, or not of all of them,
  /// where a sum is larger than books can hold and what `read` throws.
  package func run(in snapshot: Snapshot) throws -> Ledger {
    try snapshot.requireReports(of: scope.department)
    let (from, to) = span.days(by: try snapshot.periodCalendar())
    let chart = try snapshot.reportedAccounts().filter { accounts?.contains($0.id) ?? true }
    let openings = try snapshot.openings(
      of: chart, before: from, through: to, scope, in: currency)
    let lines = LinesOfAccounts(
      from: from, to: to, scope: scope, currency: currency,
      within: try snapshot.departments(within: scope.department, on: to),
      year: try snapshot.fiscalYearStart(of: to), snapshot: snapshot)
    let ledger = Ledger(
      from: from, to: to,
      sections: try chart.sorted { $0.number < $1.number }.map {
        try lines.section(of: $0, opening: openings[$0.id] ?? .zero)
      }.filter { !$0.opening.isZero || $0.lines > 0 },
      unvalued: try currency == nil
        ? UnvaluedLines(asOf: to, knownAt: scope.knownAt).run(in: snapshot) : 0,
      footing: try snapshot.footing())
    try read(Walk(ledger: ledger, reader: lines))
    return ledger
  }
}

/// Reads the lines of one account after the other: one index has each account's in their order, and
/// nothing is sorted but what is of one day.
private struct LinesOfAccounts {
  /// Of so many lines the other sides are read at once.
  static let batch = 500
  let from: Day
  let to: Day
  let scope: LedgerScope
  let currency: String?
  /// Of which departments; nil is all.
  let within: String?
  /// The first day of the fiscal year that ends the days.
  let year: Day?
  let snapshot: Snapshot

  func section(
    of account: ReportedAccount, opening: Money
  ) throws -> GeneralLedgerDetail.Section {
    var (count, debit, credit) = (0, Money.zero, Money.zero)
    var balance = opening
    try booked(on: account.id) { line in
      count += 1
      debit = try debit + line.amount.debit
      credit = try credit + line.amount.credit
      balance = try balance + line.amount
    }
    return GeneralLedgerDetail.Section(
      account: account.id, number: account.number, path: account.path, opening: opening,
      lines: count, debit: debit, credit: credit, closing: balance)
  }

  func told(
    of section: GeneralLedgerDetail.Section,
    _ body: (GeneralLedgerDetail.Line) throws -> Void
  ) throws {
    guard section.lines > 0 else { return }
    var balance = section.opening
    var batch: [BookedLine] = []
    try booked(on: section.account) { line in
      batch.append(line)
      guard batch.count == Self.batch else { return }
      try tell(batch, &balance, body)
      batch.removeAll(keepingCapacity: true)
    }
    try tell(batch, &balance, body)
  }

  private func tell(
    _ batch: [BookedLine], _ balance: inout Money,
    _ body: (GeneralLedgerDetail.Line) throws -> Void
  ) throws {
    let entries = batch.map(\.entry)
    let across = try snapshot.counterAccounts(of: entries)
    let void = try snapshot.voided(among: entries, knownAt: scope.knownAt)
    for line in batch {
      balance = try balance + line.amount
      try body(
        GeneralLedgerDetail.Line(
          entry: line.entry, line: line.line, number: line.number, date: line.date,
          description: line.description,
          amount: line.amount, balance: balance, isVoid: void.contains(line.entry),
          counterAccounts: across.across(line.entry, isDebit: line.isDebit)))
    }
  }

  private func booked(on account: ID<Account>, _ body: (BookedLine) throws -> Void) throws {
    try snapshot.walk(
      BookedLine.init, Self.lines,
      [
        "account": account, "from": from, "to": to, "basis": scope.basis.rawValue,
        "known": scope.knownAt, "within": within, "year": year,
        "currency": currency,
      ], body)
  }

  /// The basis is that of `ledgerSums` through the last day.
  private static let lines: StaticString = """
    WITH within (id) AS (SELECT value FROM json_each(:within))
    SELECT l.entry_id, l.line_number, e.number, l.entry_date,
      CASE WHEN l.description = '' THEN e.description ELSE l.description END,
      CASE WHEN :currency IS NULL THEN l.base_debit - l.base_credit ELSE l.debit - l.credit END,
      l.debit > 0 OR l.base_debit > 0
    FROM journal_lines l
    CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
    CROSS JOIN accounting_periods p ON p.business_id = :business AND p.id = e.period_id
    LEFT JOIN journal_entries o ON o.business_id = :business AND o.id = e.reverses_entry_id
      AND o.period_id = e.period_id
    WHERE l.business_id = :business AND l.account_id = :account
      AND l.entry_date BETWEEN :from AND :to
      AND e.status IN ('posted', 'reversed') AND (:known IS NULL OR e.posted_at <= :known)
      AND (:basis = 'post-closing' OR p.kind <> 'closing' OR p.end_date < :to)
      AND (:basis <> 'unadjusted' OR :year IS NULL OR e.entry_date < :year
        OR coalesce(o.type, e.type) <> 'adjusting')
      AND (:currency IS NULL OR l.currency = :currency AND l.debit + l.credit > 0)
      AND (:within IS NULL OR l.department_id IN within)
    ORDER BY l.entry_date, e.series, e.sequence, l.line_number
    """
}

/// A line as registers and ledgers read it.
struct BookedLine {
  let entry: ID<Entry>
  let line: Int
  let number: String
  let date: Day
  let description: String
  let amount: Money
  let isDebit: Bool
}
