import Crypto
import Domain
import Store

/// Proving who one is: by a password, and by a code once one has a second factor.
extension Workspace {
  /// Failures that cost nothing but the try.
  static let freeFailures = 5
  static let longestLockSeconds: Int64 = 15 * 60
  /// How long a failure is remembered.
  static let failureSeconds: Int64 = 30 * 24 * 3600

  /// Acts on whether somebody proved who they are, in one transaction of the instance.
  ///
  /// The password is tested outside of any transaction, as that takes a fifth of a second and
  /// nobody should wait for it. Unknown people, wrong passwords and suspended accounts get the same
  /// words after the same work.
  func proving<Output: Sendable>(
    _ claimant: Claimant, password: String, _ demand: Demand, as stranger: Actor,
    _ act: @Sendable (Change, Proof) throws -> Result<Output, Refusal>
  ) async throws -> Output {
    let (known, before) = try await store.snapshot(of: Business.instance, as: stranger) {
      let person = try $0.credentials(of: claimant)
      return (person, try $0.failures(of: claimant, person))
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
      let failures = try change.failures(of: claimant, now)
      var proof = Proof(
        known: known, person: now, token: token,
        // A lock that came while the password was tested holds, and so does one that has just ended.
        refusal: Self.lock(of: [before, failures], at: change.now)
          ?? Self.refusal(of: now, known: known, matches: matches))
      if proof.refusal == nil, let now, demand != .password {
        proof.refusal = try change.takeCode(code, of: now, key: key)
        proof.hasSecondFactor = now.secondFactor != nil && proof.refusal == nil
      }
      try change.count(
        Attempt(proof.refusal, provingAllOf: now, by: demand), after: failures, of: claimant, now)
      return try act(change, proof)
    }.get()
  }

  private static func refusal(
    of now: Credentials?, known: Credentials?, matches: Bool
  ) -> Refusal? {
    guard matches, let now, now.user == known?.user, now.hash == known?.hash, now.isActive else {
      return .wrongCredentials
    }
    return nil
  }

  static func lock(of failures: [Failures], at moment: Timestamp) -> Refusal? {
    guard let until = failures.compactMap(\.lockedUntil).max(), until > moment else {
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

extension Claimant {
  /// Nil for whoever has a session: then there is somebody.
  fileprivate var addressHash: String? {
    guard case .email(let email) = self else { return nil }
    // Folded as SQLite folds the addresses of people, or what it doesn't fold would tell them apart.
    let folded = email.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
    return hexadecimal(SHA256.hash(data: folded))
  }
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

  init(_ refusal: Refusal?, provingAllOf person: Credentials?, by demand: Demand) {
    self =
      switch refusal {
      case .secondFactor(.needed), .secondFactor(.keyMissing): .unfinished
      case .some: .failed
      case nil: demand == .password && person?.secondFactor != nil ? .unfinished : .succeeded
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

/// How often in a row somebody failed to prove who they are, until that is long ago.
struct Failures: Hashable {
  let count: Int
  let lockedUntil: Timestamp?

  init(count: Int, lockedUntil: Timestamp?, last: Timestamp?, at now: Timestamp) {
    let isPast = last.map { $0.adding(seconds: Workspace.failureSeconds) < now } ?? true
    self.count = isPast ? 0 : count
    self.lockedUntil = lockedUntil
  }
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
  let failures: Failures
  /// Nil unless it is on.
  let secondFactor: SecondFactor?

  fileprivate init(
    user: ID<User>, name: String, hash: String?, isActive: Bool, failures: Failures,
    sealedSecret: String?, lastStep: Int64?
  ) {
    self.user = user
    self.name = name
    self.hash = hash
    self.isActive = isActive
    self.failures = failures
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
          WHERE lower(email) = lower(:email) AND :business = 0
          """, ["email": email])
      }
    return try row(
      {
        (
          user: ID<User>, name: String, hash: String?, isActive: Bool, failures: Int,
          lockedUntil: Timestamp?, last: Timestamp?, sealedSecret: String?, lastStep: Int64?
        ) in
        Credentials(
          user: user, name: name, hash: hash, isActive: isActive,
          failures: Failures(count: failures, lockedUntil: lockedUntil, last: last, at: now),
          sealedSecret: sealedSecret, lastStep: lastStep)
      },
      """
      SELECT id, display_name, password_hash, status = 'active', failed_attempts, locked_until,
        failed_at,
        CASE WHEN totp_enabled_at IS NOT NULL THEN totp_secret END, totp_last_step
      FROM users WHERE id = :user AND :business = 0
      """, ["user": user])
  }
}

extension Reading {
  /// Those of an address are counted whether or not somebody has it, or a lock would tell.
  func failures(of claimant: Claimant, _ person: Credentials?) throws -> Failures {
    if let person { return person.failures }
    let found = try claimant.addressHash.flatMap { hash in
      try row(
        { (count: Int, lockedUntil: Timestamp?, last: Timestamp) in
          Failures(count: count, lockedUntil: lockedUntil, last: last, at: now)
        },
        """
        SELECT failed_attempts, locked_until, attempted_at FROM unknown_addresses
        WHERE address_hash = :hash AND :business = 0
        """, ["hash": hash])
    }
    return found ?? Failures(count: 0, lockedUntil: nil, last: nil, at: now)
  }
}

extension Change {
  /// Counts failures, and locks an account for a time that doubles with each more of them.
  func count(
    _ attempt: Attempt, after earlier: Failures, of claimant: Claimant, _ person: Credentials?
  ) throws {
    if let until = earlier.lockedUntil, until > now { return }
    if attempt == .unfinished { return }
    let failures = attempt == .succeeded ? 0 : earlier.count + 1
    let excess = failures - Workspace.freeFailures
    let seconds =
      excess < 0 ? 0 : min(Workspace.longestLockSeconds, Int64(30) << Int64(min(excess, 8)))
    let until = seconds == 0 ? nil : now.adding(seconds: seconds)
    guard let person else { return try note(failures, of: claimant, lockedUntil: until) }
    try execute(
      """
      UPDATE users SET failed_attempts = :failures, locked_until = :until,
        failed_at = CASE WHEN :failures > 0 THEN :now END,
        last_sign_in_at = CASE WHEN :failures = 0 THEN :now ELSE last_sign_in_at END
      WHERE id = :user AND :business = 0
      """,
      ["failures": failures, "until": until, "user": person.user, "now": now])
  }

  private func note(
    _ failures: Int, of claimant: Claimant, lockedUntil until: Timestamp?
  ) throws {
    guard let hash = claimant.addressHash else { return }
    try execute(
      "DELETE FROM unknown_addresses WHERE attempted_at < :before AND :business = 0",
      ["before": now.adding(seconds: -Workspace.failureSeconds)])
    try execute(
      """
      INSERT INTO unknown_addresses (address_hash, failed_attempts, locked_until, attempted_at)
      SELECT :hash, :failures, :until, :now WHERE :business = 0
      ON CONFLICT (address_hash) DO UPDATE SET failed_attempts = :failures,
        locked_until = :until, attempted_at = :now
      """, ["hash": hash, "failures": failures, "until": until, "now": now])
  }
}
