import Domain
import Store

/// The periods that an import posts into.
///
/// Past periods that nobody has opened yet are closed and posted into by an exception, which is
/// recorded and ends with the import: what comes from other books is not a reason to leave the past
/// open. A period that begins after today is opened.
struct ImportPeriods {
  private(set) var years: [Int] = []
  private(set) var exceptions: [String] = []
  private let file: String
  private let change: Change
  private let standing: Standing
  /// Days of periods that can be posted into.
  private var ready: [ClosedRange<Day>] = []

  init(file: String, in change: Change, by standing: Standing) {
    self.file = file
    self.change = change
    self.standing = standing
  }

  /// Makes the period of `entry` one that can be posted into. Throws for one that was closed or
  /// locked before.
  mutating func prepare(for entry: ForeignEntry) throws {
    let day = entry.day
    guard !ready.contains(where: { $0.contains(day) }) else { return }
    if let plan = try change.missingYear(holding: day) {
      try change.perform(OpenFiscalYear(plan), by: standing)
      years.append(plan.year)
    }
    guard let period = try change.period(of: .standard, on: day) else {
      throw Refusal.importing(ImportProblem(entry.position, .refused(.faults([.noPeriod(day)]))))
    }
    let (days, today) = (try change.days(of: period.id), try change.today())
    switch period.status {
    case .open: break
    case .future where days.upperBound >= today:
      try change.perform(OpenPeriod.forImport(period.id, name: period.name), by: standing)
    case .future:
      try change.perform(AdmitImport(period.id, name: period.name, file: file), by: standing)
      exceptions.append(period.name)
    case .closed
    where try change.hasException(for: period.id, series: EntryType.standard.series): break
    case .closed, .locked:
      throw Refusal.importing(
        ImportProblem(entry.position, .periodNotOpen(period.name, period.status)))
    }
    ready.append(days)
  }

  /// Ends the exceptions: the import has posted what it had to.
  func finish() throws {
    guard !exceptions.isEmpty else { return }
    try change.execute(
      """
      UPDATE period_exceptions SET revoked_at = :now
      WHERE business_id = :business AND user_id = :actor AND created_at = :now
        AND reason = :reason AND revoked_at IS NULL
      """,
      [
        "now": change.now, "actor": change.actor.user,
        "reason": AdmitImport.reason(for: file),
      ])
  }
}

/// Closes a past period that was never opened, and lets the person who imports post into it.
private struct AdmitImport: Command {
  static let permission: Permission? = .periodExceptionGrant
  static let event = AuditEvent.permissionChange
  static let validSeconds: Int64 = 3600
  private static let mostReasonCharacters = 500
  let period: ID<Period>
  let name: String
  let file: String

  init(_ period: ID<Period>, name: String, file: String) {
    self.period = period
    self.name = name
    self.file = file
  }

  static func reason(for file: String) -> String {
    String("Import of \(file)".prefix(mostReasonCharacters))
  }

  var subject: Subject { Subject(.period, period.value, name: name) }
  var reason: String? { Self.reason(for: file) }

  func run(in change: Change) throws {
    try change.close(period)
    try change.execute(
      """
      INSERT INTO period_exceptions (business_id, period_id, user_id, reason, until_at, granted_by,
        created_at)
      VALUES (:business, :period, :actor, :reason, :until, :actor, :now)
      """,
      [
        "period": period, "actor": change.actor.user, "reason": Self.reason(for: file),
        "until": change.now.adding(seconds: Self.validSeconds), "now": change.now,
      ])
  }
}

extension Reading {
  /// That which holds a day of no year yet: a whole number of years before the next or, after the
  /// last, of the shape of that. Nil where the day has its year.
  fileprivate func missingYear(holding day: Day) throws -> FiscalYearPlan? {
    let years = try fiscalYears()
    let last = years.last { $0.start <= day }
    if let last, day <= last.end { return nil }
    if let next = years.first(where: { $0.start > day }) {
      return FiscalYearPlan(
        holding: day, from: next.start, named: next.year, notBefore: last?.end.adding(days: 1))
    }
    guard let last else { throw StoreError.noRow }
    let shape = try shape(of: last.year)
    var plan = try FiscalYearPlan(from: last.end.adding(days: 1), shape)
    while plan.end < day { plan = try FiscalYearPlan(from: plan.end.adding(days: 1), shape) }
    return plan
  }

  fileprivate func days(of period: ID<Period>) throws -> ClosedRange<Day> {
    let found = try row(
      { (start: Day, end: Day) in start...end },
      """
      SELECT start_date, end_date FROM accounting_periods
      WHERE business_id = :business AND id = :period
      """, ["period": period])
    guard let found else { throw StoreError.noRow }
    return found
  }
}
