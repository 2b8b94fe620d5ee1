package import Domain
package import Store

/// Opens a period that hasn't been open yet. Taking back that one was closed is another matter. No
/// more are open at once than the business lets be (R19).
package struct OpenPeriod: Command {
  package static let permission: Permission? = .periodOpen
  package static let event = AuditEvent.update
  let period: ID<Period>
  let name: String
  private let isLimited: Bool

  package init(_ period: ID<Period>, name: String) {
    self.init(period, name: name, isLimited: true)
  }

  private init(_ period: ID<Period>, name: String, isLimited: Bool) {
    self.period = period
    self.name = name
    self.isLimited = isLimited
  }

  /// For books that are taken over: what is in them is in as many periods as it is.
  static func forImport(_ period: ID<Period>, name: String) -> OpenPeriod {
    OpenPeriod(period, name: name, isLimited: false)
  }

  package var subject: Subject { Subject(.period, period.value, name: name) }

  package func run(in change: Change) throws {
    let row = try change.period(period)
    guard row.kind != .closing else { throw Refusal.year(.ofTheYear(row.label)) }
    guard row.status == .future else { throw Refusal.period(.begun(name: row.label, row.status)) }
    // What an opening entry changes, later periods stand on.
    if row.kind == .opening {
      try change.refuseLater(.locked, than: row)
      try change.refuseLater(.closed, than: row)
    }
    if isLimited { try change.requireRoom(for: row) }
    try change.execute(
      """
      UPDATE accounting_periods SET status = 'open'
      WHERE business_id = :business AND id = :period AND status = 'future'
      """, ["period": period])
    try change.postScheduledReversals()
    _ = try change.runSchedules()
  }
}

/// Closes a period; the next one that isn't closed is the only one that can be (R19). All its checks
/// must pass (R24); the audit chain is verified before the transaction, and in it only what came
/// since. One that was never needed needn't be opened before.
package struct ClosePeriod: Command {
  package static let permission: Permission? = .periodClose
  package static let event = AuditEvent.update
  let period: ID<Period>
  let name: String
  private let chain: AuditChain.End?

  package init(_ period: ID<Period>, name: String) { self.init(period, name: name, chain: nil) }

  /// With the audit chain verified up to `chain`.
  init(_ period: ID<Period>, name: String, chain: AuditChain.End?) {
    self.period = period
    self.name = name
    self.chain = chain
  }

  package var subject: Subject { Subject(.period, period.value, name: name) }

  package func prepared(in workspace: Workspace, as principal: Principal) async -> Self {
    // What can't be read is read again, and then said, where it is needed.
    let chain = try? await workspace.read(AuditChain(), as: principal)
    return Self(period, name: name, chain: chain)
  }

  package func run(in change: Change) throws {
    let row = try change.period(period)
    guard row.kind != .closing else { throw Refusal.year(.ofTheYear(row.label)) }
    guard row.status == .open || row.status == .future else {
      throw Refusal.period(.ended(name: row.label, row.status))
    }
    try change.refuseEarlierOpen(than: row)
    try change.requirePassed(row, chain: chain)
    try change.close(period)
  }
}

extension Change {
  /// In two steps where it was never open, as a period's life has no shorter way.
  func close(_ period: ID<Period>) throws {
    try execute(
      """
      UPDATE accounting_periods SET status = 'open'
      WHERE business_id = :business AND id = :period AND status = 'future'
      """, ["period": period])
    try execute(
      """
      UPDATE accounting_periods SET status = 'closed', closed_by = :actor, closed_at = :now
      WHERE business_id = :business AND id = :period AND status = 'open'
      """, ["period": period, "actor": actor.user, "now": now])
  }
}

extension Reading {
  /// Throws `period` with what nobody accepted.
  func requirePassed(
    _ period: Periods.Row, _ checks: [PeriodCheck] = PeriodCheck.allCases,
    chain: AuditChain.End? = nil
  ) throws {
    let failed = try items(of: period, checks, chain: chain).filter { !$0.passes }
    if let waiting = failed.first(where: { $0.check == .posted }) {
      throw Refusal.period(.entriesWaiting(waiting.count))
    }
    guard failed.isEmpty else { throw Refusal.period(.checks(failed.map(\.check))) }
  }

  /// Throws `noSuch`.
  func period(_ period: ID<Period>) throws -> Periods.Row {
    let found = try row(
      Periods.Row.init,
      """
      SELECT id, fiscal_year, name, kind, start_date, end_date, status
      FROM accounting_periods WHERE business_id = :business AND id = :period
      """, ["period": period])
    guard let found else { throw Refusal.noSuch(Subject(.period, period.value)) }
    return found
  }

  /// Throws `period` where as many normal ones are open as may be (R19).
  func requireRoom(for period: Periods.Row) throws {
    guard try !hasRoom(for: period) else { return }
    throw Refusal.period(.enoughOpen(try openPeriods().map(\.label)))
  }

  func hasRoom(for period: Periods.Row) throws -> Bool {
    try period.kind != .normal || hasRoomForMonth()
  }

  /// Whether one more normal period may be open.
  func hasRoomForMonth() throws -> Bool {
    let most = try one(
      Int.self, "SELECT open_periods_most FROM businesses WHERE id = :business")
    return try openPeriods().count < most
  }

  private func openPeriods() throws -> [Periods.Row] {
    try periods().filter { $0.kind == .normal && $0.status == .open }
  }

  /// An opening or adjusting period that nobody opens is in nobody's way.
  fileprivate func refuseEarlierOpen(than period: Periods.Row) throws {
    let earlier = try periods().prefix { $0.id != period.id }.first {
      $0.kind == .normal
        ? $0.status == .future || $0.status == .open : $0.kind != .closing && $0.status == .open
    }
    if let earlier { throw Refusal.period(.earlierOpen(earlier.label)) }
  }

  /// Throws `period` where a later one of the year is `status`.
  func refuseLater(_ status: PeriodStatus, than period: Periods.Row) throws {
    let later = try periods().drop { $0.id != period.id }.dropFirst().first {
      $0.year == period.year && $0.status == status
    }
    if let later { throw Refusal.period(.laterEnded(later.label, status)) }
  }
}
