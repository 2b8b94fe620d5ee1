import Domain
import Store

/// Proving who one is: by a password, and by a code once one has a second factor.
extension Workspace {
  /// Failures that cost nothing but the try.
  static let freeFailures = 5
  static let longestLockSeconds: Int64 = 15 * 60

  /// Acts on whether somebody proved who they are, in one transaction of the instance.
  ///
  /// The password is tested outside of any transaction, as that takes a fifth of a second and
  /// nobody should wait for it. Unknown people, wrong passwords and suspended accounts get the same
  /// words after the same work.
  func proving<Output: Sendable>(
    _ claimant: Claimant, password: String, _ demand: Demand, as stranger: Actor,
    _ act: @Sendable (Change, Proof) throws -> Result<Output, Refusal>
  ) async throws -> Output {
    let known = try await store.snapshot(of: Business.instance, as: stranger) {
      try $0.credentials(of: claimant)
    }
    let matches = try Passwords.verify(
      password, against: known?.hash, usual: passwordParameters)
    let code = demand.code.map(SecondFactorCode.init)
    let needsKey = known?.secondFactor != nil && code?.isTimed == true
    let key = needsKey ? try sealing.key() : nil
    let token = newToken()
    return try await store.change(in: Business.instance, as: stranger) { change in
      // Read again: what was true before the password was tested may not be true now.
      let now = try change.credentials(of: claimant)
      var proof = Proof(
        known: known, person: now, token: token,
        refusal: Self.refusal(of: now, known: known, matches: matches, at: change.now))
      if proof.refusal == nil, let now, demand != .password {
        proof.refusal = try change.takeCode(code, of: now, key: key)
        proof.hasSecondFactor = now.secondFactor != nil && proof.refusal == nil
      }
      if let now {
        try change.count(Attempt(proof.refusal, provingAllOf: now, by: demand), of: now)
      }
      return try act(change, proof)
    }.get()
  }

  private static func refusal(
    of now: Credentials?, known: Credentials?, matches: Bool, at moment: Timestamp
  ) -> Refusal? {
    // A lock that came while the password was tested holds, and so does one that has just ended.
    if let lock = lock(of: [known, now], at: moment) { return lock }
    guard matches, let now, now.user == known?.user, now.hash == known?.hash, now.isActive else {
      return .wrongCredentials
    }
    return nil
  }

  static func lock(of people: [Credentials?], at moment: Timestamp) -> Refusal? {
    guard let until = people.compactMap({ $0?.lockedUntil }).max(), until > moment else {
      return nil
    }
    let left = (until.milliseconds - moment.milliseconds + 999) / 1000
    return .lockedOut(seconds: Int(left))
  }
}

/// Who somebody says they are.
enum Claimant: Sendable {
  case email(String)
  /// By a session, which must be alive.
  case session(Principal)
}

/// What must be proved.
enum Demand: Hashable, Sendable {
  case password
  /// The code too, of who has a second factor.
  case secondFactor(String?)

  fileprivate var code: String? {
    switch self {
    case .password: nil
    case .secondFactor(let code): code
    }
  }
}

/// What an attempt at an account counts as.
enum Attempt {
  case failed
  case succeeded
  /// There is more to be proved, so neither: or the half that somebody knows would forgive them
  /// failures at the other.
  case unfinished

  init(_ refusal: Refusal?, provingAllOf person: Credentials, by demand: Demand) {
    self =
      switch refusal {
      case .secondFactor(.needed), .secondFactor(.keyMissing): .unfinished
      case .some: .failed
      case nil: demand == .password && person.secondFactor != nil ? .unfinished : .succeeded
      }
  }
}

/// What came of it.
struct Proof {
  /// As the person was when their password was tested.
  let known: Credentials?
  /// As they are in the transaction that acts.
  let person: Credentials?
  /// For a session that nobody has yet.
  let token: String
  /// Nil where they proved it.
  fileprivate(set) var refusal: Refusal?
  fileprivate(set) var hasSecondFactor = false
}

/// What a person's proof is checked against.
struct Credentials: Hashable {
  struct SecondFactor: Hashable {
    let sealedSecret: String
    let lastStep: Int64?
  }

  let user: ID<User>
  let name: String
  let hash: String?
  let isActive: Bool
  let failures: Int
  let lockedUntil: Timestamp?
  /// Nil unless it is on.
  let secondFactor: SecondFactor?

  fileprivate init(
    user: ID<User>, name: String, hash: String?, isActive: Bool, failures: Int,
    lockedUntil: Timestamp?, sealedSecret: String?, lastStep: Int64?
  ) {
    self.user = user
    self.name = name
    self.hash = hash
    self.isActive = isActive
    self.failures = failures
    self.lockedUntil = lockedUntil
    secondFactor = sealedSecret.map { SecondFactor(sealedSecret: $0, lastStep: lastStep) }
  }
}

extension Reading {
  /// Nil for somebody whom nobody knows, or whose session is over.
  func credentials(of claimant: Claimant) throws -> Credentials? {
    let user: ID<User>? =
      switch claimant {
      case .session(let principal): try session(of: principal).map { _ in principal.user }
      case .email(let email):
        try row(
          { (id: ID<User>) in id },
          """
          SELECT id FROM users
          WHERE lower(email) = lower(:email) AND deleted_at IS NULL AND :business = 0
          """, ["email": email])
      }
    return try row(
      Credentials.init,
      """
      SELECT id, display_name, password_hash, status = 'active', failed_attempts, locked_until,
        CASE WHEN totp_enabled_at IS NOT NULL THEN totp_secret END, totp_last_step
      FROM users WHERE id = :user AND deleted_at IS NULL AND :business = 0
      """, ["user": user])
  }
}

extension Change {
  /// Counts failures, and locks an account for a time that doubles with each more of them.
  func count(_ attempt: Attempt, of person: Credentials) throws {
    if let until = person.lockedUntil, until > now { return }
    if attempt == .unfinished { return }
    let failures = attempt == .succeeded ? 0 : person.failures + 1
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
