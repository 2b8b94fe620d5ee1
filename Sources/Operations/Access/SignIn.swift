package import Domain
import Store

extension Workspace {
  /// How long a session lasts at the most.
  static let sessionSeconds: Int64 = 12 * 3600
  /// How long a session lasts in which nothing is done.
  static let idleSeconds: Int64 = 12 * 3600
  /// How old the last activity on record may be before it is written again.
  static let activitySeconds: Int64 = 60
  /// Failures that cost nothing but the try.
  static let freeFailures = 5
  static let longestLockSeconds: Int64 = 15 * 60

  /// Signs a person in to the instance; `enter` then opens one of their businesses.
  ///
  /// The password is tested outside of any transaction, as that takes a fifth of a second and
  /// nobody should wait for it. Unknown people, wrong passwords and suspended accounts get the same
  /// words after the same work. Throws `wrongCredentials` or `lockedOut`.
  package func signIn(
    email: String, password: String, from origin: Origin
  ) async throws
    -> Principal
  {
    let stranger = Actor(user: nil, name: email, origin: origin.text, request: newRequest())
    let known = try await store.snapshot(of: Business.instance, as: stranger) {
      try $0.credentials(email)
    }
    let matches = try Passwords.verify(
      password, against: known?.hash, usual: passwordParameters)
    let token = newToken()
    return try await store.change(in: Business.instance, as: stranger) { change in
      let principal = known.map {
        Principal(user: $0.user, business: Business.instance, token: token, origin: origin)
      }
      // Read again: what was true before the password was tested may not be true now.
      let now = try change.credentials(email)
      let refusal = refusal(of: now, known: known, matches: matches, at: change.now)
      if let now { try change.countAttempt(by: now, succeeded: refusal == nil) }
      let command = OpenSession(principal: principal, email: email, refusal: refusal)
      let actor = Actor(
        user: command.refusal == nil ? now?.user : nil, name: now?.name ?? email,
        origin: origin.text, request: stranger.request)
      return try Gate.answer(
        command, by: .unasked(actor, at: change.now), in: change)
    }.get()
  }

  /// Opens `business` for somebody who is signed in to the instance. A sign-in whose session there
  /// was revoked doesn't open it again. Throws `sessionEnded` or `notAMember`.
  package func enter(_ business: ID<Business>, as principal: Principal) async throws -> Principal {
    let request = newRequest()
    let inside = Principal(
      user: principal.user, business: business, token: newToken(), origin: principal.origin)
    return try await store.change(in: recordHome(of: business), as: .system) { change in
      let signIn = try change.signIn(of: principal, into: business)
      var refusal: Refusal?
      if signIn == nil { refusal = .sessionEnded }
      if refusal == nil, change.business != business { refusal = .notAMember }
      do {
        if refusal == nil { _ = try change.rights(of: principal.user, for: .businessRead) }
      } catch let found as Refusal { refusal = found }
      let actor = Actor(
        user: principal.user, name: signIn?.name ?? "user \(principal.user.value)",
        origin: principal.origin.text, request: request)
      return try Gate.answer(
        OpenSession(
          principal: inside, email: signIn?.name ?? "", signIn: signIn?.id, refusal: refusal),
        by: .unasked(actor, at: change.now), in: change)
    }.get()
  }

  private func newToken() -> String { hexadecimal(chance(32)) }

  private func refusal(
    of now: Credentials?, known: Credentials?, matches: Bool, at moment: Timestamp
  ) -> Refusal? {
    // A lock that came while the password was tested holds, and so does one that has just ended.
    if let until = [known, now].compactMap({ $0?.lockedUntil }).max(), until > moment {
      let left = (until.milliseconds - moment.milliseconds + 999) / 1000
      return .lockedOut(seconds: Int(left))
    }
    guard matches, let now, now.user == known?.user, now.hash == known?.hash, now.isActive else {
      return .wrongCredentials
    }
    return nil
  }
}

/// What signing in is checked against.
private struct Credentials: Hashable {
  let user: ID<User>
  let name: String
  let hash: String?
  let isActive: Bool
  let failures: Int
  let lockedUntil: Timestamp?
}

extension Reading {
  /// The living sign-in of `principal`, unless it was shut out of `business`.
  fileprivate func signIn(
    of principal: Principal, into business: ID<Business>
  ) throws -> (id: ID<Session>, name: String)? {
    try row(
      { (id: ID<Session>, name: String) in (id, name) },
      """
      SELECT s.id, u.display_name FROM user_sessions s JOIN users u ON u.id = s.user_id
      WHERE s.business_id = 0 AND s.token_hash = :token AND s.user_id = :user
        AND s.revoked_at IS NULL AND s.expires_at > :now AND u.status = 'active'
        AND :business >= 0 AND :inside > 0
        AND NOT EXISTS (SELECT 1 FROM user_sessions w
          WHERE w.business_id = :inside AND w.user_id = s.user_id AND w.sign_in_id = s.id
            AND w.revoked_by IS NOT NULL)
      """,
      ["token": principal.tokenHash, "user": principal.user, "now": now, "inside": business])
  }

  fileprivate func credentials(_ email: String) throws -> Credentials? {
    try row(
      Credentials.init,
      """
      SELECT id, display_name, password_hash, status = 'active', failed_attempts, locked_until
      FROM users WHERE lower(email) = lower(:email) AND deleted_at IS NULL AND :business = 0
      """, ["email": email])
  }
}

extension Change {
  /// Counts failures, and locks an account for a time that doubles with each more of them.
  fileprivate func countAttempt(by person: Credentials, succeeded: Bool) throws {
    if let until = person.lockedUntil, until > now { return }
    let failures = succeeded ? 0 : person.failures + 1
    let excess = failures - Workspace.freeFailures
    let seconds =
      excess < 0 ? 0 : min(Workspace.longestLockSeconds, Int64(30) << Int64(min(excess, 8)))
    try execute(
      """
      UPDATE users SET failed_attempts = :failures, locked_until = :until,
        last_sign_in_at = CASE WHEN :failures = 0 THEN :now ELSE last_sign_in_at END
      WHERE id = :user AND :business = 0
      """,
      [
        "failures": failures, "until": seconds == 0 ? nil : now.adding(seconds: seconds),
        "user": person.user, "now": now,
      ])
  }
}

/// Makes the session of somebody whose password, or whose other session, was found right; or records
/// that it wasn't.
private struct OpenSession: Command {
  static let permission: Permission? = nil
  static let operation = "session.open"
  static let event = AuditEvent.login
  let principal: Principal?
  let email: String
  /// What a business is entered from.
  var signIn: ID<Session>?
  let refusal: Refusal?

  var subject: Subject { Subject(.session, name: email) }

  func run(in change: Change) throws -> Principal {
    if let refusal { throw refusal }
    guard let principal else { throw Refusal.wrongCredentials }
    try change.execute(
      """
      INSERT INTO user_sessions (business_id, user_id, sign_in_id, token_hash, terminal, host,
        program, created_at, last_activity_at, expires_at)
      VALUES (:business, :user, :signIn, :token, :terminal, :host, :program, :now, :now, :expires)
      """,
      [
        "user": principal.user, "signIn": signIn, "token": principal.tokenHash,
        "terminal": principal.origin.terminal, "host": principal.origin.host,
        "program": principal.origin.program, "now": change.now,
        "expires": change.now.adding(seconds: Workspace.sessionSeconds),
      ])
    return principal
  }
}
