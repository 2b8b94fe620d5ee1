package import Domain
package import Store

/// Makes a fiscal year with its periods. The one that holds today is open at once.
struct OpenFiscalYear: Command {
  static let permission: Permission? = .periodOpen
  static let operation = "period.create-year"
  static let event = AuditEvent.create
  let plan: FiscalYearPlan

  init(_ plan: FiscalYearPlan) { self.plan = plan }

  var subject: Subject { Subject(.period, name: String(plan.year)) }

  func run(in change: Change) throws { try change.insertFiscalYear(plan) }
}

/// Opens a period that hasn't been open yet. Taking back that one was closed is another matter.
package struct OpenPeriod: Command {
  package static let permission: Permission? = .periodOpen
  package static let event = AuditEvent.update
  let period: ID<Period>
  let name: String

  package init(_ period: ID<Period>, name: String) {
    self.period = period
    self.name = name
  }

  package var subject: Subject { Subject(.period, period.value, name: name) }

  package func run(in change: Change) throws {
    let status = try change.one(
      PeriodStatus.self,
      "SELECT status FROM accounting_periods WHERE business_id = :business AND id = :period",
      ["period": period])
    guard status == .future else { throw Refusal.periodBegun(name: name, status) }
    try change.execute(
      """
      UPDATE accounting_periods SET status = 'open'
      WHERE business_id = :business AND id = :period AND status = 'future'
      """, ["period": period])
  }
}

/// Closes a period; the next one that isn't closed is the only one that can be (R19). Entries dated
/// in it must be posted or given another date before.
struct ClosePeriod: Command {
  static let permission: Permission? = .periodClose
  static let event = AuditEvent.update
  let period: ID<Period>
  let name: String

  init(_ period: ID<Period>, name: String) {
    self.period = period
    self.name = name
  }

  var subject: Subject { Subject(.period, period.value, name: name) }

  func run(in change: Change) throws {
    _ = try change.one(
      PeriodStatus.self,
      "SELECT status FROM accounting_periods WHERE business_id = :business AND id = :period",
      ["period": period])
    try change.refuseEarlierOpen(than: period)
    try change.refuseWaiting(in: period)
    try change.execute(
      """
      UPDATE accounting_periods SET status = 'closed', closed_by = :actor, closed_at = :now
      WHERE business_id = :business AND id = :period AND status = 'open'
      """, ["period": period, "actor": change.actor.user, "now": change.now])
  }
}

extension Reading {
  fileprivate func refuseEarlierOpen(than period: ID<Period>) throws {
    let earlier = try rows(
      { (name: String, status: PeriodStatus) in (name, status) },
      """
      SELECT e.name, e.status FROM accounting_periods p
      JOIN accounting_periods e ON e.business_id = :business AND e.kind = 'normal'
        AND e.end_date < p.start_date AND e.status NOT IN ('closed', 'locked')
      WHERE p.business_id = :business AND p.id = :period
      ORDER BY e.start_date LIMIT 1
      """, ["period": period])
    if let (name, status) = earlier.first {
      throw Refusal.faults([.periodNotOpen(name: name, status)])
    }
  }

  func refuseWaiting(in period: ID<Period>) throws {
    let waiting = try one(
      Int.self,
      """
      SELECT count(*) FROM accounting_periods p
      JOIN journal_entries e ON e.business_id = :business
        AND e.status IN ('draft', 'pending_approval', 'approved')
        AND e.entry_date BETWEEN p.start_date AND p.end_date
      WHERE p.business_id = :business AND p.id = :period
      """, ["period": period])
    guard waiting == 0 else { throw Refusal.entriesWaiting(waiting) }
  }
}
