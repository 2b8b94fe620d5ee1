import Domain
import Store

/// Opens a closed period again (R20). Snapshots from then on are marked, and whoever reads the whole
/// audit log is told.
struct ReopenPeriod: JointCommand {
  static let right: Permission = .periodReopen
  static let event = AuditEvent.update
  let period: ID<Period>
  let name: String
  let why: String

  var subject: Subject { Subject(.period, period.value, name: name) }
  var reason: String? { why }

  func run(in change: Change) throws {
    let row = try change.requireClosed(period, name: name)
    guard row.kind != .closing else { throw Refusal.year(.ofTheYear(row.label)) }
    try change.requireOpenYear(of: row)
    try change.refuseLater(.locked, than: row)
    try change.requireRoom(for: row)
    try change.execute(
      """
      UPDATE accounting_periods SET status = 'open', closed_by = NULL, closed_at = NULL
      WHERE business_id = :business AND id = :period AND status = 'closed'
      """, ["period": period])
    // What else was asked about it was asked about what it was.
    try change.execute(
      """
      UPDATE confirmations SET status = 'withdrawn', decided_by = :actor, decided_at = :now
      WHERE business_id = :business AND subject_type = :kind AND subject_id = :period
        AND status = 'requested'
      """,
      [
        "actor": change.actor.user, "now": change.now, "kind": Subject.Kind.period.rawValue,
        "period": period,
      ])
    try change.supersedeSnapshots(from: row.start)
    try change.postScheduledReversals()
    _ = try change.runSchedules()
    try change.notify(
      try change.holders(of: .auditRead, on: Resource()).map(\.id),
      of: .periodReopened(name: name, by: change.actor.name, reason: why), about: subject)
  }
}

/// Makes a closed period final: nobody ever posts to it again (R21). All checks must pass, and whoever
/// closed it has no part in it.
struct LockPeriod: JointCommand {
  static let right: Permission = .periodLock
  static let event = AuditEvent.update
  let period: ID<Period>
  let name: String
  let why: String
  /// The files that were found to be what was attached, before the transaction.
  var intact: Set<IntactFile> = []

  var subject: Subject { Subject(.period, period.value, name: name) }
  var reason: String? { why }

  func outsiders(in reading: some Reading) throws -> Set<ID<User>> {
    let closer = try reading.row(
      { (user: ID<User>?) in user },
      "SELECT closed_by FROM accounting_periods WHERE business_id = :business AND id = :period",
      ["period": period])
    return Set([closer ?? nil].compactMap(\.self))
  }

  func run(in change: Change) throws {
    let row = try change.requireClosed(period, name: name)
    // Or the year could never be closed.
    if row.kind == .closing, try !change.fiscalYear(row.year).isClosed {
      throw Refusal.year(.notClosed(row.year))
    }
    // The chain is verified by the examination, with the entries that it seals.
    try change.requirePassed(row, PeriodCheck.allCases.filter { $0 != .chain })
    let checks = try Examination(besides: intact).run(in: change.snapshot)
    if let failed = checks.first(where: { !$0.findings.isEmpty }) {
      throw Refusal.checkFailed(failed.name)
    }
    try change.execute(
      """
      UPDATE accounting_periods SET status = 'locked', locked_by = :actor, locked_at = :now
      WHERE business_id = :business AND id = :period AND status = 'closed'
      """, ["period": period, "actor": change.actor.user, "now": change.now])
  }
}

extension Reading {
  /// Those that some of the days are of and that were opened again, as was known at a moment; nil is
  /// now. Only the audit log knows every time; the year's reopening is that of its closing period.
  func reopenedPeriods(
    of days: [ClosedRange<Day>], knownAt: Timestamp?
  ) throws -> [ReopenedPeriod] {
    let zone = try timeZone()
    return try rows(
      { (name: String, kind: PeriodKind, year: Int, start: Day, end: Day, at: Timestamp) in
        ReopenedPeriod(
          Periods.label(name, kind, of: year), on: at.day(in: zone), of: start...end)
      },
      """
      SELECT p.name, p.kind, p.fiscal_year, p.start_date, p.end_date, max(a.at)
      FROM audit_logs a
      CROSS JOIN accounting_periods p ON p.business_id = :business
        AND p.id = CASE a.operation WHEN :one THEN a.resource_id ELSE (
          SELECT c.id FROM accounting_periods c WHERE c.business_id = :business
            AND c.fiscal_year = a.resource_name AND c.kind = 'closing') END
      WHERE a.business_id = :business AND a.resource_type = 'accounting_period'
        AND a.operation IN (:one, :whole) AND a.status = 'success'
        AND (:known IS NULL OR a.at <= :known)
      GROUP BY p.id
      ORDER BY p.fiscal_year, p.number
      """,
      ["one": ReopenPeriod.operation, "whole": ReopenYear.operation, "known": knownAt]
    ).filter { days.contains(where: $0.concerns) }
  }

  /// Throws `noSuch`, also where the period isn't called so, or `period`.
  @discardableResult
  func requireClosed(_ period: ID<Period>, name: String) throws -> Periods.Row {
    let row = try self.period(period)
    guard row.label == name else {
      throw Refusal.noSuch(Subject(.period, period.value, name: name))
    }
    guard row.status == .closed else { throw Refusal.period(.notClosed(name: name, row.status)) }
    return row
  }

  /// Behind the closing of a year nothing changes (RULES §3.6).
  func requireOpenYear(of period: Periods.Row) throws {
    guard try !fiscalYear(period.year).isClosed else {
      throw Refusal.year(.behindClosing(period.year))
    }
  }
}
