import Crypto
package import Domain
package import Store

/// Makes a key by which a program acts with rights of whoever makes it, never with more than they
/// have at the time. It is told once; the database keeps its hash.
package struct CreateAPIKey: Command {
  package static let permission: Permission? = .apikeyCreate
  package static let event = AuditEvent.create
  static let mostCallsPerHour = 1_000_000
  static let mostNameCharacters = 100
  let content: NewAPIKey
  let secret: APIKeySecret

  /// `secret` is unguessable; `Workspace.createKey` makes one.
  init(_ content: NewAPIKey, secret: APIKeySecret) {
    self.content = content
    self.secret = secret
  }

  package var subject: Subject { Subject(.apiKey, name: content.name) }
  package func subject(after id: ID<APIKey>) -> Subject { Subject(.apiKey, id.value) }

  package func run(in change: Change) throws -> ID<APIKey> {
    try content.name.requireName(of: .apiKey, most: Self.mostNameCharacters)
    guard 1...Self.mostCallsPerHour ~= content.callsPerHour else {
      throw Refusal.access(.keyRate(most: Self.mostCallsPerHour))
    }
    try change.requireTime(from: nil, until: content.end)
    try requireScope(in: change)
    return try change.insert(
      APIKey.self,
      """
      INSERT INTO api_keys (business_id, name, prefix, key_hash, permissions, rate_limit_per_hour,
        expires_at, created_by, created_at)
      VALUES (:business, :name, :prefix, :hash, :scope, :calls, :end, :actor, :now)
      """,
      [
        "name": content.name, "prefix": secret.prefix, "hash": secret.hash,
        "scope": JSON.array(content.scope.map(JSON.string)).text, "calls": content.callsPerHour,
        "end": content.end, "actor": change.actor.user, "now": change.now,
      ])
  }

  /// A key is for what its maker holds whole, or it would promise what it can't do; what only people
  /// do it never does, so a pattern that stands for more may stand for that too.
  private func requireScope(in change: Change) throws {
    guard !content.scope.isEmpty else { throw Refusal.access(.keyWithoutScope) }
    let rights = try change.actor.user.map { try change.ownRights(of: $0) }
    for name in content.scope {
      guard let pattern = PermissionPattern(name) else {
        throw Refusal.access(.unknownPermission(name))
      }
      let usable = Permission.allCases.filter { pattern.matches($0) && !$0.isForPeopleOnly }
      if usable.isEmpty, let first = Permission.allCases.first(where: pattern.matches) {
        throw Refusal.notPermitted(first, .peopleOnly)
      }
      let lacking = usable.first {
        rights?.holdWhole($0, upTo: .zero, at: change.now) == false
      }
      if let lacking { throw Refusal.access(.notHeld(lacking)) }
    }
  }
}

/// What a key is to be.
package struct NewAPIKey: Hashable, Sendable {
  package let name: String
  /// Permissions by name or pattern: `journal.read`, `journal.*`.
  package let scope: [String]
  package var callsPerHour = 1_000
  /// Nil is until it is revoked.
  package var end: Timestamp?

  package init(_ name: String, for scope: [String]) {
    self.name = name
    self.scope = scope
  }
}

/// The key itself: `cf_`, eight characters by which people tell keys apart, and 32 bytes.
struct APIKeySecret: Hashable, Sendable {
  let text: String
  let prefix: String

  init(chance: (Int) -> [UInt8]) {
    prefix = "cf_" + hexadecimal(chance(4))
    text = prefix + "_" + hexadecimal(chance(32))
  }

  var hash: String { Self.hash(of: text) }

  static func hash(of text: String) -> String {
    hexadecimal(SHA256.hash(data: Array(text.utf8)))
  }

  /// The prefix of what looks like a key; nil for anything else, which may be somebody's password.
  static func prefix(of text: String) -> String? {
    text.wholeMatch(of: /(cf_[0-9a-f]{8})_[0-9a-f]{64}/).map { String($0.output.1) }
  }
}

extension Workspace {
  /// Makes a key; what comes out is told once.
  package func createKey(
    _ content: NewAPIKey, as principal: Principal
  ) async throws -> (id: ID<APIKey>, key: String) {
    let secret = APIKeySecret(chance: chance)
    return (try await perform(CreateAPIKey(content, secret: secret), as: principal), secret.text)
  }
}

/// Ends a key now; it stays on record.
package struct RevokeAPIKey: Command {
  package static let permission: Permission? = .apikeyRevoke
  package static let event = AuditEvent.update
  let key: ID<APIKey>
  let why: String

  package init(_ key: ID<APIKey>, reason: String) {
    self.key = key
    why = reason
  }

  package var subject: Subject { Subject(.apiKey, key.value) }
  package var reason: String? { why }

  package func run(in change: Change) throws {
    try change.requireReason(why)
    let isThere = try change.one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM api_keys
        WHERE business_id = :business AND id = :key AND status <> 'revoked')
      """, ["key": key])
    guard isThere else { throw Refusal.noSuch(subject) }
    try change.execute(
      """
      UPDATE api_keys SET status = 'revoked', revoked_by = :actor, revoked_at = :now,
        revoked_reason = :reason
      WHERE business_id = :business AND id = :key
      """, ["actor": change.actor.user, "now": change.now, "reason": why, "key": key])
  }
}

/// The keys of the business, ended ones too; never what they are.
package struct APIKeys: Query {
  package static let permission: Permission? = .apikeyRevoke

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<APIKey>
    package let name: String
    package let prefix: String
    /// A JSON array of names and patterns.
    package let scope: String
    /// The same, one by one.
    package var names: [String] { PermissionPattern.names(inJSON: scope) }
    package let callsPerHour: Int
    package let calls: Int64
    package let lastCall: Timestamp?
    /// `active`, `expired`, `revoked`, or `ended` with its maker's membership.
    package let status: String
    package let end: Timestamp?
    package let creator: String
    package let createdAt: Timestamp
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      Row.init,
      """
      SELECT k.id, k.name, k.prefix, k.permissions, k.rate_limit_per_hour, k.usage_count,
        k.last_used_at,
        CASE WHEN k.status <> 'active' THEN k.status WHEN k.expires_at <= :now THEN 'expired'
          WHEN m.status <> 'active' OR u.status <> 'active' THEN 'ended' ELSE k.status END,
        k.expires_at, u.display_name, k.created_at
      FROM api_keys k
      JOIN business_memberships m ON m.business_id = :business AND m.user_id = k.created_by
      JOIN users u ON u.id = k.created_by
      WHERE k.business_id = :business
      ORDER BY k.id
      """, ["now": snapshot.now])
  }
}
