package import Domain
package import Store

extension LedgerScope.Basis: Storable {}
extension TrialBalanceReport.Currency: Storable {}

/// The trial balances that were kept, the newest first. They are of the whole business, and so only
/// for whoever sees all of it.
package struct Snapshots: Query {
  package static let permission: Permission? = .reportRead

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<TrialBalanceSnapshot>
    /// The first day that counts as movement.
    package let from: Day
    /// The last day that counts.
    package let asOf: Day
    /// The moment whose knowledge it shows, where that isn't when it was taken.
    package let knownAt: Timestamp?
    package let basis: LedgerScope.Basis
    package let currency: TrialBalanceReport.Currency
    /// Which one it is of those of its day, basis and currency.
    package let run: Int
    /// The last audit record there was.
    package let auditSequence: Int64
    /// In the base currency, whatever its rows are in.
    package let totalDebit: Money
    package let totalCredit: Money
    package let sha256: String
    /// Nil is the system, as at the end of a year.
    package let takenBy: String?
    package let takenAt: Timestamp
    /// When a period that it counts was opened again.
    package let supersededAt: Timestamp?

    /// `2026-11-30, post-closing`.
    package var label: String { "\(asOf.text), \(basis.rawValue)" }
  }

  /// Throws `notPermitted` or `notAllSeen`.
  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.requireWholeBooks()
    return try snapshot.snapshots()
  }
}

/// One of them with its rows.
package struct SnapshotDetail: Query {
  package static let permission: Permission? = .reportRead
  let snapshot: ID<TrialBalanceSnapshot>

  package init(_ snapshot: ID<TrialBalanceSnapshot>) { self.snapshot = snapshot }

  package struct Line: Hashable, Sendable {
    /// Nil for what earlier years earned that no closing took away: that is on no account.
    package let account: ID<Account>?
    /// Both as they were then; empty where there is no account.
    package let number: String
    package let name: String
    package let currency: String
    /// Debit-positive like `closing`, in minor units of `currency`.
    package let opening: Money
    package let debit: Money
    package let credit: Money
    package let closing: Money
  }

  package struct Detail: Hashable, Sendable {
    package let head: Snapshots.Row
    package let lines: [Line]
    /// How many decimals each currency has.
    package let exponents: [String: Int]
  }

  /// Throws `notPermitted`, `notAllSeen` or `noSuch`.
  package func run(in snapshot: Snapshot) throws -> Detail {
    try snapshot.requireWholeBooks()
    let (head, balances) = try snapshot.keptBalances(self.snapshot)
    return Detail(head: head, lines: balances.lines, exponents: try snapshot.exponents())
  }
}

/// What the rows of a snapshot come to.
struct KeptBalances: Hashable {
  let lines: [SnapshotDetail.Line]
  /// In the base currency.
  let totalDebit: Money
  let totalCredit: Money
}

extension Reading {
  /// The newest first, or the one that is `id`.
  func snapshots(_ id: ID<TrialBalanceSnapshot>? = nil) throws -> [Snapshots.Row] {
    try rows(
      Snapshots.Row.init,
      """
      SELECT t.id, t.from_date, t.as_of_date, t.known_at, t.kind, t.basis, t.run_number,
        t.audit_sequence, t.total_debit, t.total_credit, t.sha256, n.name, t.created_at,
        t.superseded_at
      FROM trial_balance t
      LEFT JOIN member_names n ON n.business_id = :business AND n.user_id = t.created_by
      WHERE t.business_id = :business AND (:id IS NULL OR t.id = :id)
      ORDER BY t.id DESC
      """, ["id": id])
  }

  /// Throws `noSuch`.
  func keptBalances(
    _ id: ID<TrialBalanceSnapshot>
  ) throws -> (head: Snapshots.Row, balances: KeptBalances) {
    guard let head = try snapshots(id).first else {
      throw Refusal.noSuch(Subject(.snapshot, id.value))
    }
    let lines = try rows(
      SnapshotDetail.Line.init,
      """
      SELECT account_id, account_number, account_name, currency, opening, debit, credit, closing
      FROM trial_balance_lines
      WHERE business_id = :business AND trial_balance_id = :snapshot ORDER BY line_number
      """, ["snapshot": id])
    return (
      head,
      KeptBalances(lines: lines, totalDebit: head.totalDebit, totalCredit: head.totalCredit)
    )
  }
}

extension Snapshot {
  /// What a snapshot of such a report keeps.
  func balancesToKeep(
    _ from: Day, _ through: Day, _ scope: LedgerScope, _ currency: TrialBalanceReport.Currency
  ) throws -> KeptBalances {
    let inBase = try rollForward(from, through, scope, .base)
    let shown = try currency == .base ? inBase : rollForward(from, through, scope, currency)
    return KeptBalances(
      lines: shown.rows.map(\.kept),
      totalDebit: try inBase.rows.map(\.closing.debit).total(),
      totalCredit: try inBase.rows.map(\.closing.credit).total())
  }

  /// What was kept for ever can't be cut to what its reader sees. Throws `notPermitted` for whoever
  /// doesn't read the reports of the whole business, `notAllSeen` where something is hidden from them.
  func requireWholeBooks() throws {
    try requireReports(of: nil)
    guard narrowing == nil else { throw Refusal.notAllSeen }
  }
}

extension RollForward.Row {
  fileprivate var kept: SnapshotDetail.Line {
    let account = item.ofAccount
    return SnapshotDetail.Line(
      account: account?.id, number: account?.number ?? "", name: account?.name ?? "",
      currency: currency, opening: opening, debit: debit, credit: credit, closing: closing)
  }
}
