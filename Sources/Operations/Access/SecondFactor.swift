package import Domain
package import Store

/// What an authenticator app is told, once.
package struct Enrolment: Hashable, Sendable {
  package let secret: [UInt8]
  /// What the app calls it: the person's e-mail address.
  package let account: String

  package init(secret: [UInt8], account: String) {
    self.secret = secret
    self.account = account
  }

  /// The secret as people type it.
  package var text: String { Base32.text(of: secret) }

  /// The same for a camera.
  package var uri: String {
    let name = account.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: "@"):
        String(UnicodeScalar(byte))
      default: "%" + hexadecimal(byte).uppercased()
      }
    }.joined()
    // Apps take the issuer from the name; as a parameter too it would make the code for the camera
    // larger than fits a small window.
    return "otpauth://totp/CoreFlow:\(name)?secret=\(text)"
  }
}

extension Workspace {
  private static let recoveryCodes = 10

  /// Makes a secret, which holds once a code of it is confirmed. `lobby` is the person's session in
  /// the instance, here and below.
  package func beginSecondFactor(as lobby: Principal) async throws -> Enrolment {
    let (key, secret) = (try sealing.makeKey(), chance(20))
    let sealed = try Sealing.seal(secret, for: lobby.user, key: key, nonce: chance(12))
    let account = try await perform(
      BeginSecondFactor(user: lobby.user, sealedSecret: sealed), as: lobby)
    return Enrolment(secret: secret, account: account)
  }

  /// Switches the second factor on and gives its recovery codes, which are shown only now.
  package func confirmSecondFactor(
    _ code: String, as lobby: Principal
  ) async throws -> [String] {
    try await perform(
      ConfirmSecondFactor(
        user: lobby.user, code: SecondFactorCode(code), key: try sealing.key(),
        codes: newRecoveryCodes()),
      as: lobby)
  }

  package func disableSecondFactor(
    password: String, code: String, as lobby: Principal
  ) async throws {
    try await provingBoth(password, code, as: lobby) {
      DisableSecondFactor(user: lobby.user, refusal: $0)
    }
  }

  /// New recovery codes in the place of all that there were.
  package func renewRecoveryCodes(
    password: String, code: String, as lobby: Principal
  ) async throws -> [String] {
    let codes = newRecoveryCodes()
    return try await provingBoth(password, code, as: lobby) {
      RenewRecoveryCodes(user: lobby.user, codes: codes, refusal: $0)
    }
  }

  private func newRecoveryCodes() -> [String] {
    (0..<Self.recoveryCodes).map { _ in newCode() }
  }

  private func provingBoth<C: Command>(
    _ password: String, _ code: String, as lobby: Principal,
    _ command: @Sendable (Refusal?) -> C
  ) async throws -> C.Output {
    let request = newRequest()
    let stranger = Actor(
      user: nil, name: "user \(lobby.user.value)", origin: lobby.origin.text, request: request)
    return try await proving(
      .session(lobby), password: password, .secondFactor(code), as: stranger
    ) { change, proof in
      let refusal =
        proof.refusal ?? (proof.hasSecondFactor ? nil : Refusal.secondFactor(.isOff))
      return try Gate.answer(command(refusal), by: lobby, request: request, in: change)
    }
  }
}

/// Whether whoever asks has a second factor, asked in the instance.
package struct MySecondFactor: Query {
  package static let permission: Permission? = nil

  package init() {}

  package struct State: Hashable, Sendable {
    /// Nil while it is off.
    package let since: Timestamp?
    package let recoveryCodesLeft: Int
  }

  package func run(in snapshot: Snapshot) throws -> State {
    let state = try snapshot.row(
      State.init,
      """
      SELECT totp_enabled_at,
        (SELECT count(*) FROM recovery_codes WHERE user_id = :me AND used_at IS NULL)
      FROM users WHERE id = :me AND :business >= 0
      """, ["me": snapshot.actor.user])
    guard let state else { throw Refusal.sessionEnded }
    return state
  }
}

/// What people do to their own second factor.
protocol SecondFactorCommand: Command {
  var user: ID<User> { get }
}

extension SecondFactorCommand {
  static var permission: Permission? { nil }
  static var event: AuditEvent { .permissionChange }
  var subject: Subject { Subject(.user, user.value) }
}

private struct BeginSecondFactor: SecondFactorCommand {
  static let operation = "user.factor.begin"
  let user: ID<User>
  let sealedSecret: String

  func run(in change: Change) throws -> String {
    if try change.enabledSince(user) != nil { throw Refusal.secondFactor(.isOn) }
    try change.execute(
      """
      UPDATE users SET totp_secret = :sealed, totp_last_step = NULL, updated_at = :now
      WHERE id = :user AND :business = 0
      """, ["sealed": sealedSecret, "now": change.now, "user": user])
    return try change.one(
      String.self, "SELECT email FROM users WHERE id = :user AND :business = 0", ["user": user])
  }
}

private struct ConfirmSecondFactor: SecondFactorCommand {
  static let operation = "user.factor.enable"
  let user: ID<User>
  let code: SecondFactorCode
  let key: [UInt8]?
  let codes: [String]

  func run(in change: Change) throws -> [String] {
    if try change.enabledSince(user) != nil { throw Refusal.secondFactor(.isOn) }
    let sealed = try change.row(
      { (sealed: String?) in sealed },
      "SELECT totp_secret FROM users WHERE id = :user AND :business = 0", ["user": user])
    guard let sealed = sealed ?? nil else { throw Refusal.secondFactor(.notBegun) }
    let step = try code.step(by: sealed, of: user, key: key, at: change.now, after: nil)
    try change.execute(
      """
      UPDATE users SET totp_enabled_at = :now, updated_at = :now
      WHERE id = :user AND :business = 0
      """, ["now": change.now, "user": user])
    try change.setLastStep(step, of: user)
    return try change.replaceRecoveryCodes(of: user, by: codes)
  }
}

struct DisableSecondFactor: SecondFactorCommand {
  static let operation = "user.factor.disable"
  let user: ID<User>
  let refusal: Refusal?

  func run(in change: Change) throws {
    if let refusal { throw refusal }
    try change.execute(
      """
      UPDATE users SET totp_secret = NULL, totp_enabled_at = NULL, totp_last_step = NULL,
        updated_at = :now
      WHERE id = :user AND :business = 0
      """, ["now": change.now, "user": user])
    _ = try change.replaceRecoveryCodes(of: user, by: [])
  }
}

private struct RenewRecoveryCodes: SecondFactorCommand {
  static let operation = "user.factor.codes"
  let user: ID<User>
  let codes: [String]
  let refusal: Refusal?

  func run(in change: Change) throws -> [String] {
    if let refusal { throw refusal }
    return try change.replaceRecoveryCodes(of: user, by: codes)
  }
}

extension Change {
  func enabledSince(_ user: ID<User>) throws -> Timestamp? {
    let since = try row(
      { (since: Timestamp?) in since },
      "SELECT totp_enabled_at FROM users WHERE id = :user AND :business = 0", ["user": user])
    return since ?? nil
  }

  /// No code up to that of `step` works any more.
  func setLastStep(_ step: Int64, of user: ID<User>) throws {
    try execute(
      "UPDATE users SET totp_last_step = :step WHERE id = :user AND :business = 0",
      ["step": step, "user": user])
  }

  /// Gives the codes as they are shown, once.
  fileprivate func replaceRecoveryCodes(of user: ID<User>, by codes: [String]) throws -> [String] {
    try execute(
      "DELETE FROM recovery_codes WHERE user_id = :user AND :business = 0", ["user": user])
    for code in codes {
      try execute(
        """
        INSERT INTO recovery_codes (user_id, code_hash, created_at)
        SELECT :user, :hash, :now WHERE :business = 0
        """, ["user": user, "hash": OneTimeCode.hash(of: code), "now": now])
    }
    return codes.map(SecondFactorCode.shown)
  }
}
