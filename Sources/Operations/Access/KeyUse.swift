import Domain
import Foundation
import Store

/// What stands against the use of a program's key (RULES §4.2, 1).
package enum KeyProblem: Hashable, Sendable {
  case unknown
  case revoked
  case expired
  /// Whoever made it is no active member any more.
  case creatorGone
  /// So many calls are made of this hour's, which is over in so many seconds.
  case rate(calls: Int, seconds: Int)
  /// The same of all keys of the business together.
  case tierRate(tier: String, calls: Int, seconds: Int)
  /// What takes no permission is for people who signed in.
  case forPeople

  var code: String {
    switch self {
    case .unknown: "key-unknown"
    case .revoked: "key-revoked"
    case .expired: "key-expired"
    case .creatorGone: "key-creator"
    case .rate, .tierRate: "rate-limit"
    case .forPeople: "people-only"
    }
  }
}

extension Workspace {
  /// Opens the business that a program's key is for, for one call: a command of the command line, or
  /// one request. The call is counted here, whatever it reads and does then, in one transaction with
  /// the look at what is left of the hour: one small write for each call, where counting each
  /// query would take several. Throws `Refusal.key`.
  package func open(key: String, from origin: Origin) async throws -> Principal {
    let request = newRequest()
    let found = try await store.snapshot(of: Business.instance, as: .system) { snapshot in
      // By the hash alone: the key says which business, and nobody guesses one.
      try snapshot.row(
        { (business: ID<Business>, creator: ID<User>) in (business, creator) },
        """
        SELECT business_id, created_by FROM api_keys WHERE key_hash = :key AND :business = 0
        """, ["key": APIKeySecret.hash(of: key)])
    }
    let principal = Principal(
      user: found?.1 ?? ID(0), business: found?.0 ?? Business.instance, key: key, origin: origin)
    return try await store.change(in: principal.business, as: .system) {
      change -> Result<Principal, Refusal> in
      do {
        try change.admit(principal, request: request)
        return .success(principal)
      } catch let refusal as Refusal {
        return try change.refuse(refusal, to: principal, request: request)
      }
    }.get()
  }
}

extension Change {
  fileprivate func admit(_ principal: Principal, request: String) throws {
    _ = try principal.standing(in: self, request: request)
    guard let key = try key(of: principal) else { throw Refusal.key(.unknown) }
    try countCall(of: key)
  }

  /// Whoever keeps trying leaves one record a minute, as whoever keeps looking does.
  fileprivate func refuse(
    _ refusal: Refusal, to principal: Principal, request: String
  ) throws -> Result<Principal, Refusal> {
    let stranger = try principal.stranger(in: self, request: request)
    guard try !hasRefused(UseKey.operation, UseKey.event, to: stranger, as: refusal.code) else {
      return .failure(refusal)
    }
    return try Gate.answer(
      UseKey(name: try key(of: principal)?.name ?? "", refusal: refusal),
      by: .unasked(stranger, at: now), in: self)
  }

  private func countCall(of key: KeyRecord) throws {
    let hour = Timestamp(milliseconds: now.milliseconds - now.milliseconds % 3_600_000)
    let left = hour.adding(seconds: 3600).milliseconds - now.milliseconds
    let seconds = Int((left + 999) / 1000)
    let used = key.windowStart == hour ? key.windowCalls : 0
    guard used < key.callsPerHour else {
      throw Refusal.key(.rate(calls: key.callsPerHour, seconds: seconds))
    }
    let (tier, all) =
      try row(
        { (tier: SubscriptionTier, all: Int) in (tier, all) },
        """
        SELECT subscription_tier, (SELECT coalesce(sum(window_count), 0) FROM api_keys
          WHERE business_id = :business AND window_started_at = :hour)
        FROM businesses WHERE id = :business
        """, ["hour": hour]) ?? (.trial, 0)
    guard all < tier.mostCallsPerHour else {
      throw Refusal.key(
        .tierRate(tier: tier.rawValue, calls: tier.mostCallsPerHour, seconds: seconds))
    }
    try execute(
      """
      UPDATE api_keys SET window_started_at = :hour, window_count = :used + 1,
        usage_count = usage_count + 1, last_used_at = :now
      WHERE business_id = :business AND id = :key
      """, ["hour": hour, "used": used, "now": now, "key": key.id])
  }
}

/// What a call that was refused is recorded as.
private struct UseKey: Command {
  static let permission: Permission? = nil
  static let operation = "apikey.use"
  static let event = AuditEvent.apiCall
  let name: String
  let refusal: Refusal

  var subject: Subject { Subject(.apiKey, name: name) }
  func run(in change: Change) throws -> Principal { throw refusal }
}

/// A key as it is now, alive or not.
struct KeyRecord {
  let id: ID<APIKey>
  let name: String
  let prefix: String
  /// A JSON array of names and patterns.
  let permissions: String
  let status: String
  let end: Timestamp?
  let callsPerHour: Int
  let windowStart: Timestamp?
  let windowCalls: Int
  let creator: ID<User>
  let creatorName: String
  let zone: String
  let accessVersion: Int64

  /// Who acts, as the audit log names them.
  var actorName: String { "\(creatorName) by key \(name)" }

  /// A pattern that makes no sense, as of another version, gives nothing.
  var scope: [PermissionPattern] {
    PermissionPattern.names(inJSON: permissions).compactMap(PermissionPattern.init)
  }

  fileprivate func requireLife(at now: Timestamp) throws {
    if status == "expired" || end.map({ $0 <= now }) ?? false { throw Refusal.key(.expired) }
    guard status == "active" else { throw Refusal.key(.revoked) }
  }
}

extension Reading {
  /// Nil where no key of this business is that.
  func key(of principal: Principal) throws -> KeyRecord? {
    try row(
      KeyRecord.init,
      """
      SELECT k.id, k.name, k.prefix, k.permissions, k.status, k.expires_at, k.rate_limit_per_hour,
        k.window_started_at, k.window_count, k.created_by, u.display_name, b.timezone,
        (SELECT version FROM access_version)
      FROM api_keys k
      JOIN users u ON u.id = k.created_by
      JOIN businesses b ON b.id = k.business_id
      WHERE k.business_id = :business AND k.key_hash = :key
      """, ["key": principal.tokenHash])
  }
}

extension Principal {
  /// The key must be alive and whoever made it an active member now: it has their rights of this
  /// moment, as far as it is for them.
  func keyStanding(
    in reading: some Reading, request: String, memory: RightsMemory?
  ) throws -> Standing {
    guard let key = try reading.key(of: self) else { throw Refusal.key(.unknown) }
    try key.requireLife(at: reading.now)
    var rights: Rights
    do {
      rights =
        try memory?.rights(of: key.creator, in: reading, version: key.accessVersion)
        ?? reading.rights(of: key.creator)
    } catch Refusal.notAMember { throw Refusal.key(.creatorGone) }
    rights.bind(to: key.scope)
    rights.state = try reading.businessState()
    let actor = Actor(
      user: key.creator, name: key.actorName, origin: "key \(key.prefix) \(origin.text)",
      request: request, key: key.scope)
    // From where a program acts it says itself, so no grant that depends on that counts.
    let circumstances = Circumstances(
      reading.now, zone: reading.now.seconds(ahead: key.zone))
    return Standing(
      actor: actor, rights: rights, circumstances: circumstances,
      lists: try memory?.lists(in: reading, version: key.accessVersion) ?? [])
  }
}
