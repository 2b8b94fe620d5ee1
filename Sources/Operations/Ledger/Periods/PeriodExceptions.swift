package import Domain
import Phrases
package import Store

package enum PeriodException {}

/// Who may post into a period that is closed, until when and why; the newest first.
package struct PeriodExceptions: Query {
  package static let permission: Permission? = .periodRead

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<PeriodException>
    /// Its label.
    package let period: String
    package let person: String
    /// Nil is any.
    package let series: String?
    package let reason: String
    package let until: Timestamp
    package let grantedBy: String
    package let grantedAt: Timestamp
    package let revokedAt: Timestamp?
    /// Whether it lets anybody post now.
    package let isInForce: Bool
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      {
        (
          id: ID<PeriodException>, year: Int, kind: PeriodKind, name: String, person: String,
          series: String?, reason: String, until: Timestamp, grantedBy: String,
          grantedAt: Timestamp, revokedAt: Timestamp?, isInForce: Bool
        ) in
        Row(
          id: id, period: Periods.label(name, kind, of: year), person: person, series: series,
          reason: reason, until: until, grantedBy: grantedBy, grantedAt: grantedAt,
          revokedAt: revokedAt, isInForce: isInForce)
      },
      """
      SELECT x.id, p.fiscal_year, p.kind, p.name, n.name, x.series, x.reason, x.until_at, g.name,
        x.created_at, x.revoked_at,
        x.revoked_at IS NULL AND x.until_at > :now AND p.status = 'closed' AND y.status = 'open'
      FROM period_exceptions x
      JOIN accounting_periods p ON p.business_id = :business AND p.id = x.period_id
      JOIN fiscal_years y ON y.business_id = :business AND y.year = p.fiscal_year
      JOIN member_names n ON n.business_id = :business AND n.user_id = x.user_id
      JOIN member_names g ON g.business_id = :business AND g.user_id = x.granted_by
      WHERE x.business_id = :business
      ORDER BY x.id DESC
      """, ["now": snapshot.now])
  }
}

extension Periods.Row {
  /// What the adjusting one takes goes to its month once both are closed, and nobody posts into the
  /// closing one.
  package var takesExceptions: Bool { kind == .normal || kind == .opening }
}

/// Lets somebody else post into a closed period for a time (RULES §3.5). They are told.
package struct GrantPeriodException: Command {
  package static let permission: Permission? = .periodExceptionGrant
  package static let event = AuditEvent.permissionChange
  package static let leastReason = 5
  let period: ID<Period>
  let name: String
  let user: ID<User>
  let type: EntryType?
  let until: Timestamp
  let why: String

  /// For entries of one type, or of any.
  package init(
    to user: ID<User>, in period: ID<Period>, name: String, only type: EntryType? = nil,
    until: Timestamp, reason: String
  ) {
    self.period = period
    self.name = name
    self.user = user
    self.type = type
    self.until = until
    why = reason
  }

  package var subject: Subject { Subject(.exception, name: name) }
  package func subject(after id: ID<PeriodException>) -> Subject {
    Subject(.exception, id.value)
  }
  package var reason: String? { why }

  package func run(in change: Change) throws -> ID<PeriodException> {
    try change.requireReason(why, least: Self.leastReason)
    guard user != change.actor.user else { throw Refusal.access(.ownRights) }
    let row = try change.requireClosed(period, name: name)
    guard row.takesExceptions else { throw Refusal.exception(.kind) }
    try change.requireOpenYear(of: row)
    try change.refuseLater(.locked, than: row)
    try change.requireActive(user)
    guard until > change.now else { throw Refusal.exception(.over) }
    let id = try change.insert(
      PeriodException.self,
      """
      INSERT INTO period_exceptions (business_id, period_id, user_id, series, reason, until_at,
        granted_by, created_at)
      VALUES (:business, :period, :user, :series, :reason, :until, :actor, :now)
      """,
      [
        "period": period, "user": user, "series": type?.series, "reason": why, "until": until,
        "actor": change.actor.user, "now": change.now,
      ])
    try change.notify(
      [user],
      of: .exceptionGranted(period: name, until: until, by: change.actor.name, reason: why),
      about: Subject(.period, period.value))
    return id
  }
}

/// Ends an exception before its time.
package struct EndPeriodException: Command {
  package static let permission: Permission? = .periodExceptionGrant
  package static let operation = "period.exception.end"
  package static let event = AuditEvent.permissionChange
  let exception: ID<PeriodException>

  package init(_ exception: ID<PeriodException>) { self.exception = exception }

  package var subject: Subject { Subject(.exception, exception.value) }

  package func run(in change: Change) throws {
    let end = try change.row(
      { (until: Timestamp, revoked: Timestamp?) in revoked ?? until },
      """
      SELECT until_at, revoked_at FROM period_exceptions
      WHERE business_id = :business AND id = :id
      """, ["id": exception])
    guard let end else { throw Refusal.noSuch(subject) }
    guard end > change.now else { throw Refusal.exception(.ended) }
    try change.execute(
      """
      UPDATE period_exceptions SET revoked_at = :now WHERE business_id = :business AND id = :id
      """, ["now": change.now, "id": exception])
  }
}

/// What stands against letting somebody post into a closed period, or ending that.
package enum ExceptionProblem: Hashable, Sendable, CaseIterable {
  /// It would be over already.
  case over
  case ended
  /// Of the periods of one day only the opening one has any.
  case kind
}

extension UserMessage {
  static func words(_ problem: ExceptionProblem) -> Phrase {
    switch problem {
    case .over: "It would be over already. Choose a later moment."
    case .ended: "The exception is over already."
    case .kind: "Exceptions are for months. Open the adjusting period instead."
    }
  }
}
