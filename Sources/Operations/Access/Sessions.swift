package import Domain
package import Store

/// A session that is alive. `business` is nil for a sign-in, from which businesses are entered.
package struct SessionRow: Hashable, Sendable {
  package let id: ID<Session>
  package let user: ID<User>
  package let person: String
  package let business: String?
  package let terminal: String
  package let host: String
  package let program: String
  package let start: Timestamp
  package let lastActivity: Timestamp
  package let end: Timestamp
  /// Whether it is the one that asks, or was entered from that.
  package let isThis: Bool
}

/// Everything that somebody is signed in to, wherever they did; asked in the instance.
package struct OwnSessions: Query {
  package static let permission: Permission? = nil

  package init() {}

  package func run(in snapshot: Snapshot) throws -> [SessionRow] {
    try snapshot.rows(
      SessionRow.init,
      """
      SELECT s.id, s.user_id, u.display_name, CASE WHEN b.id > 0 THEN b.slug END, s.terminal,
        s.host, s.program, s.created_at,
        (SELECT max(a.last_activity_at) FROM user_sessions a
         WHERE a.business_id >= 0 AND a.user_id = :me AND s.id IN (a.id, a.sign_in_id)),
        s.expires_at, :session IN (s.id, i.id)
      FROM user_sessions s
      JOIN user_sessions i ON i.business_id = 0 AND i.id = coalesce(s.sign_in_id, s.id)
      JOIN users u ON u.id = s.user_id
      JOIN businesses b ON b.id = s.business_id
      WHERE s.user_id = :me AND s.revoked_at IS NULL AND s.expires_at > :now
        AND s.last_activity_at > :idle AND i.revoked_at IS NULL AND i.expires_at > :now
        AND :business = 0
      ORDER BY i.id, s.id
      """,
      [
        "me": snapshot.actor.user, "session": snapshot.actor.session, "now": snapshot.now,
        "idle": snapshot.now.adding(seconds: -Workspace.idleSeconds),
      ])
  }
}

/// Who is at work in the business: one's own sessions, and those of everybody whose sessions one may
/// revoke.
package struct Sessions: Query {
  package static let permission: Permission? = .sessionRevoke

  package init() {}

  package func run(in snapshot: Snapshot) throws -> [SessionRow] {
    guard let me = snapshot.actor.user else { return [] }
    let rows = try living(in: snapshot)
    let (rights, circumstances) = (
      try snapshot.ownRights(of: me, for: .sessionRevoke), try snapshot.circumstances()
    )
    let shown = try Set(rows.map(\.user)).filter { user in
      let resource = try snapshot.resource(of: user)
      return user == me
        || rights.decide(.sessionRevoke, on: resource, in: circumstances).isAllowed
    }
    return rows.filter { shown.contains($0.user) }
  }

  private func living(in snapshot: Snapshot) throws -> [SessionRow] {
    try snapshot.rows(
      SessionRow.init,
      """
      SELECT s.id, s.user_id, u.display_name, b.slug, s.terminal, s.host, s.program, s.created_at,
        s.last_activity_at, s.expires_at, s.id = :session
      FROM user_sessions s
      JOIN user_sessions i ON i.business_id = 0 AND i.id = s.sign_in_id
      JOIN users u ON u.id = s.user_id
      JOIN businesses b ON b.id = s.business_id
      WHERE s.business_id = :business AND s.revoked_at IS NULL AND s.expires_at > :now
        AND s.last_activity_at > :idle AND i.revoked_at IS NULL AND i.expires_at > :now
      ORDER BY s.id
      """,
      [
        "session": snapshot.actor.session, "now": snapshot.now,
        "idle": snapshot.now.adding(seconds: -Workspace.idleSeconds),
      ])
  }
}

/// Why a session is over that somebody ended or something that was done.
package struct SessionEnd: Hashable, Sendable {
  /// Nil where nobody ended it by itself.
  package let by: String?
  /// Free text by whoever did, or the program's own words.
  package let reason: String
}

extension Workspace {
  /// For whoever holds the token of a session that is over. Nil where it isn't, or just ran out.
  package func end(of principal: Principal) async throws -> SessionEnd? {
    try await store.snapshot(of: principal.business, as: .system) { snapshot in
      try snapshot.row(
        SessionEnd.init,
        """
        SELECT n.name, coalesce(s.revoked_reason, '')
        FROM user_sessions s
        LEFT JOIN member_names n ON n.business_id = :business AND n.user_id = s.revoked_by
        WHERE s.business_id = :business AND s.token_hash = :token AND s.user_id = :user
          AND s.revoked_at IS NOT NULL
        """, ["token": principal.tokenHash, "user": principal.user])
    }
  }
}

/// Ends a session in the business, one's own or somebody else's: whoever worked in it has to sign in
/// anew before they come in again, whatever else they entered from the same sign-in. What is open in other businesses isn't this one's to end.
package struct RevokeSession: Command {
  package static let permission: Permission? = .sessionRevoke
  package static let event = AuditEvent.logout
  let session: ID<Session>
  let why: String

  package init(_ session: ID<Session>, reason: String = "") {
    self.session = session
    why = reason
  }

  package var subject: Subject { Subject(.session, session.value) }
  package var reason: String? { why.isEmpty ? nil : why }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: try holder(in: change))
  }

  package func run(in change: Change) throws {
    if try holder(in: change) != change.actor.user { try change.requireReason(why) }
    try change.execute(
      """
      UPDATE user_sessions SET revoked_at = :now, revoked_by = :actor, revoked_reason = :reason
      WHERE business_id = :business AND revoked_at IS NULL
        AND (user_id, sign_in_id) = (SELECT user_id, sign_in_id FROM user_sessions
          WHERE business_id = :business AND id = :session)
      """,
      [
        "now": change.now, "actor": change.actor.user, "reason": reason,
        "session": session,
      ])
  }

  private func holder(in change: Change) throws -> ID<User> {
    let user = try change.row(
      { (user: ID<User>) in user },
      """
      SELECT user_id FROM user_sessions
      WHERE business_id = :business AND id = :session AND revoked_at IS NULL AND expires_at > :now
      """, ["session": session, "now": change.now])
    guard let user else { throw Refusal.noSuch(subject) }
    return user
  }
}

/// Ends sign-ins of one's own, with every business that was entered from them; done in the instance.
/// It takes no permission: nobody can be kept from it.
package struct EndSignIns: Command {
  package static let permission: Permission? = nil
  package static let operation = "session.end"
  package static let event = AuditEvent.logout

  package enum Which: Hashable, Sendable {
    case one(ID<Session>)
    /// All but the one that this is done in.
    case others
  }

  let which: Which
  let why: String

  package init(_ which: Which, reason: String = "") {
    self.which = which
    why = reason
  }

  private var session: ID<Session>? {
    if case .one(let session) = which { session } else { nil }
  }

  package var subject: Subject { Subject(.session, session?.value) }
  package var reason: String? { why.isEmpty ? nil : why }

  /// Gives how many were ended.
  package func run(in change: Change) throws -> Int {
    let found = try change.rows(
      { (id: ID<Session>) in id },
      """
      SELECT id FROM user_sessions
      WHERE business_id = :business AND user_id = :me AND revoked_at IS NULL AND expires_at > :now
        AND sign_in_id IS NULL AND id IS NOT :this AND id = coalesce(:session, id)
      """,
      [
        "me": change.actor.user, "now": change.now,
        "this": session == nil ? change.actor.session : nil, "session": session,
      ])
    guard session == nil || !found.isEmpty else { throw Refusal.noSuch(subject) }
    for session in found {
      try change.execute(
        """
        UPDATE user_sessions SET revoked_at = :now, revoked_by = :me, revoked_reason = :reason
        WHERE business_id = :business AND id = :session
        """,
        ["now": change.now, "me": change.actor.user, "reason": reason, "session": session])
    }
    return found.count
  }
}
