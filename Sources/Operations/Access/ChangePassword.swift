import Domain
import Store

extension Workspace {
  /// Changes the password of whoever is signed in by `lobby`, their session in the instance.
  ///
  /// Every session of theirs ends, in all businesses; what comes out is a new one in the place of
  /// `lobby`. Throws `wrongCredentials`, `lockedOut`, `weakPassword` or `sessionEnded`.
  package func changePassword(
    from old: String, to new: String, as lobby: Principal
  ) async throws -> Principal {
    let hash = Result { try newPasswordHash(new) }
    let request = newRequest()
    let stranger = Actor(
      user: nil, name: "user \(lobby.user.value)", origin: lobby.origin.text, request: request)
    return try await proving(
      .session(lobby), password: old, .password, as: stranger
    ) { change, proof in
      let command = ChangePassword(
        principal: Principal(
          user: lobby.user, business: Business.instance, token: proof.token, origin: lobby.origin),
        hash: hash, refusal: proof.refusal)
      return try Gate.answer(command, by: lobby, request: request, in: change)
    }
  }

  /// Sets a new password by the code that somebody else had made. A wrong one counts as a wrong
  /// password does. Throws `resetCodeUnknown`, `lockedOut` or `weakPassword`.
  package func setPassword(
    _ password: String, byCode code: String, email: String, from origin: Origin
  ) async throws {
    let hash = Result { try newPasswordHash(password) }
    let stranger = Actor(user: nil, name: email, origin: origin.text, request: newRequest())
    try await store.change(in: Business.instance, as: stranger) { change in
      let claimant = Claimant.email(email)
      let person = try change.credentials(of: claimant)
      let failures = try change.failures(of: claimant, person)
      var refusal = Self.lock(of: [failures], at: change.now)
      if refusal == nil, try !change.isResetCode(code, of: person) { refusal = .resetCodeUnknown }
      try change.count(
        Attempt(refusal, provingAllOf: person, by: .password), after: failures, of: claimant,
        person)
      let command = SetPassword(user: person?.user, email: email, hash: hash, refusal: refusal)
      return try Gate.answer(command, by: .unasked(stranger, at: change.now), in: change)
    }.get()
  }
}

private struct ChangePassword: Command {
  static let permission: Permission? = nil
  static let operation = "user.password.change"
  static let event = AuditEvent.update
  let principal: Principal
  /// Or why the password won't do.
  let hash: Result<String, any Error>
  let refusal: Refusal?

  var subject: Subject { Subject(.user, principal.user.value) }

  func run(in change: Change) throws -> Principal {
    if let refusal { throw refusal }
    let secondFactorAt = try change.row(
      { (secondFactorAt: Timestamp?) in secondFactorAt },
      "SELECT second_factor_at FROM user_sessions WHERE business_id = :business AND id = :session",
      ["session": change.actor.session])
    try change.setPassword(try hash.get(), of: principal.user)
    try change.insertSession(of: principal, secondFactorAt: secondFactorAt ?? nil)
    return principal
  }
}

private struct SetPassword: Command {
  static let permission: Permission? = nil
  static let operation = "user.password.set"
  static let event = AuditEvent.update
  let user: ID<User>?
  let email: String
  let hash: Result<String, any Error>
  let refusal: Refusal?

  var subject: Subject { Subject(.user, refusal == nil ? user?.value : nil, name: email) }

  func run(in change: Change) throws {
    if let refusal { throw refusal }
    guard let user else { throw Refusal.resetCodeUnknown }
    try change.setPassword(try hash.get(), of: user)
  }
}

extension Change {
  /// Every session from before is over with that, also where this transaction can't write.
  fileprivate func setPassword(_ hash: String, of user: ID<User>) throws {
    try execute(
      """
      UPDATE users SET password_hash = :hash, password_changed_at = :now,
        password_reset_hash = NULL, password_reset_expires_at = NULL, updated_at = :now,
        version = version + 1
      WHERE id = :user AND :business = 0
      """, ["hash": hash, "now": now, "user": user])
    try endSessions(of: user, because: "the password changed")
  }

  fileprivate func isResetCode(_ code: String, of person: Credentials?) throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM users
        WHERE id = :user AND password_reset_hash = :hash AND password_reset_expires_at > :now
          AND status = 'active' AND :business = 0)
      """, ["user": person?.user, "hash": OneTimeCode.hash(of: code), "now": now])
  }
}
