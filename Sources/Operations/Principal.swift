import Crypto
package import Domain
import Store

/// Who acts, in which business, by which session or key. Made by `Workspace.signIn`, `enter` and
/// `open`.
package struct Principal: Hashable, Sendable {
  package let user: ID<User>
  package let business: ID<Business>
  /// What proves the session, or a program's key; the database keeps its hash only.
  package let token: String
  package let origin: Origin
  /// Whether a program acts, by a key of the user's.
  let isKey: Bool

  package init(user: ID<User>, business: ID<Business>, token: String, origin: Origin) {
    self.user = user
    self.business = business
    self.token = token
    self.origin = origin
    isKey = false
  }

  /// A program, by a key that the user made.
  package init(user: ID<User>, business: ID<Business>, key: String, origin: Origin) {
    self.user = user
    self.business = business
    token = key
    self.origin = origin
    isKey = true
  }

  var tokenHash: String { hexadecimal(SHA256.hash(data: Array(token.utf8))) }
}

/// From where somebody works.
package struct Origin: Hashable, Sendable {
  package let terminal: String
  package let host: String
  package let program: String

  package init(terminal: String, host: String, program: String) {
    self.terminal = terminal
    self.host = host
    self.program = program
  }

  package var text: String { "\(program) \(terminal)@\(host)" }
}

/// What the gate knows of whoever acts after it has looked in the transaction that acts.
struct Standing {
  let actor: Actor
  /// Nil in the instance, where nobody has a role, and for the system.
  let rights: Rights?
  let circumstances: Circumstances
  /// Who asked for what this one confirms by doing it.
  var requester: String?
  /// The lists of the business, for who reads; what writes reads those that matter to it.
  var lists: [Protection] = []

  /// Of somebody about whom nothing is decided.
  static func unasked(_ actor: Actor, at now: Timestamp) -> Standing {
    Standing(actor: actor, rights: nil, circumstances: Circumstances(now))
  }
}

extension Principal {
  /// The session must be alive and the membership active now; anything else is `sessionEnded` or
  /// `notAMember`, or `key` of a program. Rights that `memory` has are taken from it where nothing has
  /// changed since; what else is read are those that speak of `permission`, or all where that is nil.
  func standing(
    in reading: some Reading, request: String, for permission: Permission? = nil,
    memory: RightsMemory? = nil
  ) throws -> Standing {
    if isKey { return try keyStanding(in: reading, request: request, memory: memory) }
    guard let session = try reading.session(of: self) else { throw Refusal.sessionEnded }
    let actor = Actor(
      user: user, name: session.name, session: session.id, origin: origin.text,
      request: request)
    guard business != Business.instance else { return .unasked(actor, at: reading.now) }
    var rights =
      try memory?.rights(of: user, in: reading, version: session.accessVersion)
      ?? reading.rights(of: user, for: permission)
    rights.state = session.state
    return Standing(
      actor: actor, rights: rights, circumstances: session.circumstances,
      lists: try memory?.lists(in: reading, version: session.accessVersion) ?? [])
  }

  /// Whoever claims to be this principal and hasn't proved it. By a session that is over they are
  /// known by name where they are a member, or were.
  func stranger(in reading: some Reading, request: String) throws -> Actor {
    if isKey {
      let prefix = APIKeySecret.prefix(of: token) ?? ""
      return Actor(
        user: nil, name: try reading.key(of: self)?.actorName ?? "an unknown key \(prefix)",
        origin: "key \(prefix) \(origin.text)", request: request)
    }
    let session = try reading.row(
      { (id: ID<Session>, name: String?) in (id: id, name: name) },
      """
      SELECT s.id, n.name
      FROM user_sessions s
      LEFT JOIN member_names n
        ON n.business_id = :business AND n.user_id = s.user_id AND s.user_id = :user
      WHERE s.business_id = :business AND s.token_hash = :token
      """, ["token": tokenHash, "user": user])
    return Actor(
      user: nil, name: session?.name ?? "user \(user.value)", session: session?.id,
      origin: origin.text,
      request: request)
  }
}

extension BusinessState {
  /// A word that the program doesn't know closes the business to changes.
  init(status: String, subscription: String, until end: Timestamp?, at now: Timestamp) {
    let isOver = end.map { $0 <= now } ?? false
    let states = [status, isOver ? "expired" : subscription].map {
      BusinessState(rawValue: $0) ?? .inactive
    }
    self = states.first { $0 != .active } ?? .active
  }
}
