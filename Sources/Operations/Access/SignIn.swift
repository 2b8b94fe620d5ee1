package import Domain
import Store

extension Workspace {
  /// How long a session lasts at the most.
  static let sessionSeconds: Int64 = 12 * 3600
  /// How long a session lasts in which nothing is done.
  static let idleSeconds: Int64 = 12 * 3600
  /// How old the last activity on record may be before it is written again.
  static let activitySeconds: Int64 = 60

  /// Signs a person in to the instance; `enter` then opens one of their businesses.
  ///
  /// Who has a second factor gives a code of it too: six digits, or a recovery code. Throws
  /// `wrongCredentials`, `lockedOut` or `secondFactor`.
  package func signIn(
    email: String, password: String, code: String? = nil, from origin: Origin
  ) async throws -> Principal {
    let stranger = Actor(user: nil, name: email, origin: origin.text, request: newRequest())
    return try await proving(
      .email(email), password: password, .secondFactor(code), as: stranger
    ) { change, proof in
      let command = OpenSession(
        principal: proof.known.map {
          Principal(
            user: $0.user, business: Business.instance, token: proof.token, origin: origin)
        }, email: email, secondFactorAt: proof.hasSecondFactor ? change.now : nil,
        refusal: proof.refusal)
      let actor = Actor(
        user: command.refusal == nil ? proof.person?.user : nil, name: proof.person?.name ?? email,
        origin: origin.text, request: stranger.request)
      return try Gate.answer(command, by: .unasked(actor, at: change.now), in: change)
    }
  }

  /// Opens `business` for somebody who is signed in to the instance. A sign-in whose session there
  /// was revoked doesn't open it again. Throws `sessionEnded` or `notAMember`.
  package func enter(_ business: ID<Business>, as principal: Principal) async throws -> Principal {
    let request = newRequest()
    let inside = Principal(
      user: principal.user, business: business, token: newToken(), origin: principal.origin)
    let entered = try await store.change(in: recordHome(of: business), as: .system) { change in
      let lobby =
        business == Business.instance ? nil : try change.lobby(of: principal, into: business)
      var refusal: Refusal?
      if lobby == nil { refusal = .sessionEnded }
      if refusal == nil, change.business != business { refusal = .notAMember }
      do {
        if refusal == nil {
          _ = try change.rights(of: principal.user, for: .businessRead)
          if try change.businessState() == .deleted { refusal = .notAMember }
        }
      } catch let found as Refusal { refusal = found }
      let actor = Actor(
        user: principal.user, name: lobby?.name ?? "user \(principal.user.value)",
        origin: principal.origin.text, request: request)
      return try Gate.answer(
        OpenSession(
          principal: inside, email: lobby?.name ?? "", signIn: lobby?.session,
          secondFactorAt: lobby?.secondFactorAt, refusal: refusal),
        by: .unasked(actor, at: change.now), in: change)
    }.get()
    // Nobody is kept out by what can't be written just now: it stays due.
    try? await runDueSchedules(in: business)
    return entered
  }

  func newToken() -> String { hexadecimal(chance(32)) }
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
  let secondFactorAt: Timestamp?
  let refusal: Refusal?

  var subject: Subject { Subject(.session, name: email) }

  func run(in change: Change) throws -> Principal {
    if let refusal { throw refusal }
    guard let principal else { throw Refusal.wrongCredentials }
    try change.insertSession(
      of: principal, enteredFrom: signIn, secondFactorAt: secondFactorAt)
    return principal
  }
}

extension Change {
  /// The living session of `principal` in the instance, and when they gave a second factor for it; nil
  /// where it is over or was shut out of `business`.
  func lobby(
    of principal: Principal, into business: ID<Business>
  ) throws -> (session: ID<Session>, name: String, secondFactorAt: Timestamp?)? {
    try row(
      { (session: ID<Session>, name: String, at: Timestamp?) in (session, name, at) },
      """
      SELECT s.id, u.display_name, s.second_factor_at
      FROM user_sessions s JOIN users u ON u.id = s.user_id
      WHERE s.business_id = 0 AND s.token_hash = :token AND s.user_id = :user
        AND s.revoked_at IS NULL AND s.expires_at > :now AND u.status = 'active'
        AND s.created_at >= coalesce(u.password_changed_at, 0) AND :business >= 0
        AND NOT EXISTS (SELECT 1 FROM user_sessions w
          WHERE w.business_id = :inside AND w.user_id = s.user_id AND w.sign_in_id = s.id
            AND w.revoked_by IS NOT NULL)
      """,
      ["token": principal.tokenHash, "user": principal.user, "now": now, "inside": business])
  }

  /// One that is no older than the person's password, whatever the clock says: older ones are over.
  func insertSession(
    of principal: Principal, enteredFrom signIn: ID<Session>? = nil, secondFactorAt: Timestamp?
  ) throws {
    try execute(
      """
      INSERT INTO user_sessions (business_id, user_id, sign_in_id, token_hash, terminal, host,
        program, second_factor_at, created_at, last_activity_at, expires_at)
      SELECT :business, id, :signIn, :token, :terminal, :host, :program, :factor,
        max(:now, coalesce(password_changed_at, 0)), :now, :expires
      FROM users WHERE id = :user
      """,
      [
        "user": principal.user, "signIn": signIn, "token": principal.tokenHash,
        "terminal": principal.origin.terminal, "host": principal.origin.host,
        "program": principal.origin.program, "factor": secondFactorAt, "now": now,
        "expires": now.adding(seconds: Workspace.sessionSeconds),
      ])
  }
}
