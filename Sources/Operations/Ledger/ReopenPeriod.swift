import Domain
import Store

/// Opens a closed period again (R20). Whoever reads the whole audit log is told.
struct ReopenPeriod: JointCommand {
  static let right: Permission = .periodReopen
  static let event = AuditEvent.update
  let period: ID<Period>
  let name: String
  let why: String

  var subject: Subject { Subject(.period, period.value, name: name) }
  var reason: String? { why }

  func run(in change: Change) throws {
    try change.requireClosed(period, name: name)
    try change.execute(
      """
      UPDATE accounting_periods SET status = 'open', closed_by = NULL, closed_at = NULL
      WHERE business_id = :business AND id = :period AND status = 'closed'
      """, ["period": period])
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
    try change.requireClosed(period, name: name)
    try change.refuseWaiting(in: period)
    let checks = try Examination().run(in: change.snapshot)
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
  /// Throws `noSuch`, also where the period isn't called so, or `periodNotClosed`.
  fileprivate func requireClosed(_ period: ID<Period>, name: String) throws {
    let found = try row(
      { (name: String, status: PeriodStatus) in (name, status) },
      "SELECT name, status FROM accounting_periods WHERE business_id = :business AND id = :period",
      ["period": period])
    guard let found, found.0 == name else {
      throw Refusal.noSuch(Subject(.period, period.value, name: name))
    }
    guard found.1 == .closed else { throw Refusal.periodNotClosed(name: name, found.1) }
  }
}
