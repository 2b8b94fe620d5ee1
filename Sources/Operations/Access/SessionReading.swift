import Domain
import Store

/// A session that is alive, with what decisions need of the place and the moment.
struct SessionRecord {
  let id: ID<Session>
  let name: String
  let circumstances: Circumstances
  let state: BusinessState
  /// What rights were read at the same number are still so.
  let accessVersion: Int64

  fileprivate init(
    id: ID<Session>, name: String, terminal: String, host: String, hasSecondFactor: Bool,
    zone: String, status: String, subscription: String, expires: Timestamp?, accessVersion: Int64,
    now: Timestamp
  ) {
    self.id = id
    self.name = name
    circumstances = Circumstances(
      now, zone: now.seconds(ahead: zone), origins: [terminal, host],
      hasSecondFactor: hasSecondFactor)
    state = BusinessState(status: status, subscription: subscription, until: expires, at: now)
    self.accessVersion = accessVersion
  }
}

extension Change {
  /// Writes at most once a minute that something is done in the session. Only commands do: they write
  /// anyway, while a screen that reads itself again without anybody there would keep it alive.
  func noteActivity(in session: ID<Session>?) throws {
    try execute(
      """
      UPDATE user_sessions SET last_activity_at = :now
      WHERE business_id = :business AND id = :session AND last_activity_at <= :before
      """,
      [
        "now": now, "session": session,
        "before": now.adding(seconds: -Workspace.activitySeconds),
      ])
  }
}

extension Reading {
  /// Nil where the session isn't alive or isn't that person's, or is older than their password. One in
  /// a business lives no longer than the sign-in that it was entered from.
  func session(of principal: Principal) throws -> SessionRecord? {
    let now = now
    return try row(
      {
        (
          id: ID<Session>, name: String, terminal: String, host: String, hasSecondFactor: Bool,
          zone: String, status: String, subscription: String, expires: Timestamp?, version: Int64
        ) in
        SessionRecord(
          id: id, name: name, terminal: terminal, host: host, hasSecondFactor: hasSecondFactor,
          zone: zone, status: status, subscription: subscription, expires: expires,
          accessVersion: version, now: now)
      },
      """
      SELECT s.id, u.display_name, s.terminal, s.host, s.second_factor_at IS NOT NULL, b.timezone,
        b.status, b.subscription_status, b.subscription_expires_at,
        (SELECT version FROM access_version)
      FROM user_sessions s
      JOIN users u ON u.id = s.user_id
      JOIN businesses b ON b.id = s.business_id
      JOIN user_sessions i ON i.business_id = 0 AND i.id = coalesce(s.sign_in_id, s.id)
      WHERE s.business_id = :business AND s.token_hash = :token AND s.user_id = :user
        AND s.revoked_at IS NULL AND s.expires_at > :now AND s.last_activity_at > :idle
        AND i.revoked_at IS NULL AND i.expires_at > :now AND u.status = 'active'
        AND s.created_at >= coalesce(u.password_changed_at, 0)
      """,
      [
        "token": principal.tokenHash, "user": principal.user, "now": now,
        "idle": now.adding(seconds: -Workspace.idleSeconds),
      ])
  }

  /// What decisions need of where and when the actor is, for one more decision in their name.
  func circumstances() throws -> Circumstances {
    let now = now
    let found = try row(
      { (terminal: String?, host: String?, hasSecondFactor: Bool, zone: String) in
        Circumstances(
          now, zone: now.seconds(ahead: zone),
          origins: Set([terminal, host].compactMap(\.self)), hasSecondFactor: hasSecondFactor)
      },
      """
      SELECT s.terminal, s.host, s.second_factor_at IS NOT NULL, b.timezone
      FROM businesses b
      LEFT JOIN user_sessions s ON s.business_id = :business AND s.id = :session
      WHERE b.id = :business
      """, ["session": actor.session])
    return found ?? Circumstances(now)
  }
}
