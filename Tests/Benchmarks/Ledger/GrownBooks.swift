import Domain
import Foundation
import GRDBSQLite
import Operations
import Store

/// Three years of a business with so many posted entries of two lines each.
struct GrownBooks {
  let path: String
  let workspace: Workspace
  let business: ID<Business>
  let owner: Principal

  static func make(at path: String, entries: Int) async throws -> GrownBooks {
    let now = Timestamp(milliseconds: 1_705_312_800_000)
    let migrator = try Migrator(path: path)
    try migrator.run(at: now)
    try migrator.close()
    let workspace = Workspace(store: try Store.open(at: path, clock: { now }))
    let (email, password) = ("ada@example.com", "a password of the benchmark")
    let business = try await workspace.initialise(
      BusinessPlan(name: "Benchmark", baseCurrency: "USD", chart: ChartTemplate.named("trading")),
      ownerEmail: email, ownerName: "Ada", password: password)
    let lobby = try await workspace.signIn(
      email: email, password: password,
      from: Origin(terminal: "none", host: "none", program: "benchmark"))
    let owner = try await workspace.enter(business, as: lobby)
    for _ in 0..<2 { _ = try await workspace.perform(AddFiscalYear(), as: owner) }
    let detail = try await workspace.fetch(BusinessDetail(), as: owner)
    var settings = detail.settings
    settings.openPeriodsMost = BusinessSettings.openPeriodsMost.upperBound
    try await workspace.perform(
      UpdateBusiness(business, settings: settings, version: detail.version), as: owner)
    for period in try await workspace.fetch(Periods(), as: owner)
    where period.kind == .normal && period.status == .future {
      try await workspace.perform(OpenPeriod(period.id, name: period.label), as: owner)
    }
    try workspace.store.script(growth(entries, business))
    return GrownBooks(path: path, workspace: workspace, business: business, owner: owner)
  }

  /// Drafts first, which are posted one after the other by the schema's own triggers.
  private static func growth(_ entries: Int, _ business: ID<Business>) -> String {
    """
    UPDATE temp.scope SET business_id = \(business.value);
    BEGIN IMMEDIATE;
    CREATE TEMP TABLE posted_to AS
      SELECT row_number() OVER (ORDER BY id) - 1 AS place, id FROM accounts
      WHERE business_id = \(business.value) AND is_header = 0;
    CREATE TEMP TABLE pieces AS
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(entries))
      SELECT i, date('2024-01-01', '+' || ((i - 1) * 1096 / \(entries)) || ' days') AS day,
        100 + i * 37 % 900000 AS amount
      FROM n;
    INSERT INTO journal_entries (id, business_id, draft_number, entry_date, description, total,
      status, created_by, created_at)
      SELECT i, \(business.value), i, day, 'Invoice ' || i, amount, 'draft',
        (SELECT user_id FROM business_memberships WHERE business_id = \(business.value)), 1
      FROM pieces;
    INSERT INTO journal_lines (business_id, entry_id, line_number, account_id, entry_date,
      currency, debit, credit, base_debit, base_credit)
      SELECT \(business.value), p.i, side.n, a.id, p.day, 'USD', p.amount * (side.n = 1),
        p.amount * (side.n = 2), p.amount * (side.n = 1), p.amount * (side.n = 2)
      FROM pieces p
      JOIN (SELECT 1 AS n UNION ALL SELECT 2) side
      JOIN posted_to a
        ON a.place = (p.i * (6 + side.n) + side.n) % (SELECT count(*) FROM posted_to);
    CREATE TEMP TABLE numbered AS
      SELECT i, CAST(substr(day, 1, 4) AS INTEGER) AS year,
        row_number() OVER (PARTITION BY substr(day, 1, 4) ORDER BY i) AS sequence,
        (SELECT id FROM accounting_periods
         WHERE business_id = \(business.value) AND kind = 'normal'
           AND day BETWEEN start_date AND end_date) AS period
      FROM pieces ORDER BY i;
    UPDATE journal_entries SET status = 'posted', series = 'GJ', fiscal_year = n.year,
      sequence = n.sequence, period_id = n.period, posted_at = 1, exemption = 'benchmark',
      number = 'GJ-' || n.year || '-' || printf('%06d', n.sequence),
      content_hash = printf('%064x', n.i)
      FROM (SELECT * FROM numbered ORDER BY i) n WHERE journal_entries.id = n.i;
    COMMIT;
    DROP TABLE pieces; DROP TABLE numbered; DROP TABLE posted_to;
    ANALYZE;
    """
  }

  func trialBalance(on day: Day) async throws {
    let balance = try await workspace.store.snapshot(of: business, as: .system) {
      try TrialBalanceReport(asOf: day).run(in: $0)
    }
    precondition(!balance.lines.isEmpty)
  }

  /// The same query, for a bare loop over `sqlite3_step`: an account and currency what its year has
  /// booked up to the day and what the years before it did, whole periods from the ledger, the days of
  /// a part of one from its lines.
  func bareBalance(on day: Day, yearFrom start: Day) throws -> BareQuery {
    let parts = [(Day.first, start.adding(days: -1)), (start, day)].map { from, through in
      """
      SELECT g.account_id, g.currency, sum(g.debit - g.credit), sum(g.base_debit - g.base_credit),
        sum(g.debit), sum(g.base_debit)
      FROM general_ledger g
      WHERE g.business_id = 1 AND g.period_id IN (
        SELECT p.id FROM accounting_periods p
        WHERE p.business_id = 1 AND p.start_date >= '\(from.text)'
          AND p.end_date <= '\(through.text)')
      GROUP BY g.account_id, g.currency
      UNION ALL
      SELECT l.account_id, l.currency, sum(l.debit - l.credit), sum(l.base_debit - l.base_credit),
        sum(l.debit), sum(l.base_debit)
      FROM accounting_periods p
      CROSS JOIN journal_entries e ON e.business_id = 1 AND e.period_id = p.id
        AND e.status IN ('posted', 'reversed')
        AND e.entry_date BETWEEN '\(from.text)' AND '\(through.text)'
      CROSS JOIN journal_lines l ON l.business_id = 1 AND l.entry_id = e.id
      WHERE p.business_id = 1 AND p.start_date <= '\(through.text)'
        AND p.end_date >= '\(from.text)'
        AND (p.start_date < '\(from.text)' OR p.end_date > '\(through.text)')
      GROUP BY l.account_id, l.currency
      """
    }
    return try BareQuery(parts.joined(separator: " UNION ALL "), of: path)
  }

  /// How long a bare loop took, in milliseconds: on the thread that reports are made on, as which core
  /// that is, and what else that core does, may change every figure by half.
  func time(_ query: BareQuery) async throws -> Double {
    try await workspace.store.snapshot(of: business, as: .system) { _ in
      let start = ContinuousClock.now
      query.step()
      return (ContinuousClock.now - start) / .milliseconds(1)
    }
  }

  struct Cost {
    let rows: Int64
    let written: Int64
    let steps: Int64
    let pages: Int64
  }

  /// What posting one more took, by its records in the audit log and the pages of its log file.
  func post() async throws -> Cost {
    let chart = try await workspace.fetch(ChartOfAccounts(), as: owner).filter { !$0.isHeader }
    guard let day = Day("2026-12-30") else { throw StoreError.noRow }
    func content(_ units: Int64) -> EntryContent {
      EntryContent(
        date: day, description: "Measured",
        lines: [(chart[0], units), (chart[1], -units)].map { account, units in
          LineContent(
            account: account.id, currency: "USD", amount: Money(minorUnits: units))
        })
    }
    // The first one prepares the statements.
    _ = try await workspace.perform(CreateEntry(content(1), then: .post), as: owner)
    try workspace.store.script("PRAGMA wal_checkpoint(TRUNCATE)")
    let before = try number("SELECT max(sequence) FROM audit_logs WHERE business_id = 1")
    _ = try await workspace.perform(CreateEntry(content(2), then: .post), as: owner)
    let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int64
    func sum(_ column: String) throws -> Int64 {
      try number(
        "SELECT sum(\(column)) FROM audit_logs WHERE business_id = 1 AND sequence > \(before)")
    }
    // A frame is a page of 4,096 bytes and its head of 24.
    return Cost(
      rows: try sum("rows_read"), written: try sum("rows_written"), steps: try sum("vm_steps"),
      pages: (log ?? 0) / (4_096 + 24))
  }

  private func number(_ statement: String) throws -> Int64 {
    var found: Int64 = 0
    try BareQuery(statement, of: path).step { found = sqlite3_column_int64($0, 0) }
    return found
  }
}

/// A statement of a connection of its own, prepared once, for one thread at a time.
final class BareQuery: @unchecked Sendable {
  private var database: OpaquePointer?
  private var query: OpaquePointer?

  init(_ statement: String, of path: String) throws {
    guard sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil) == SQLITE_OK,
      sqlite3_prepare_v2(database, statement, -1, &query, nil) == SQLITE_OK
    else { throw StoreError.noRow }
  }

  deinit {
    sqlite3_finalize(query)
    sqlite3_close(database)
  }

  /// Goes through its rows, every time anew.
  func step(_ visit: (OpaquePointer?) -> Void = { _ in }) {
    while sqlite3_step(query) == SQLITE_ROW { visit(query) }
    sqlite3_reset(query)
  }
}
