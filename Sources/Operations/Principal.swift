import Crypto
package import Domain
import Store

/// Who acts, in which business, by which session. Made by `Workspace.signIn` and `enter`.
package struct Principal: Hashable, Sendable {
  package let user: ID<User>
  package let business: ID<Business>
  /// What proves the session; the database keeps its hash only.
  package let token: String
  package let origin: Origin

  package init(user: ID<User>, business: ID<Business>, token: String, origin: Origin) {
    self.user = user
    self.business = business
    self.token = token
    self.origin = origin
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

/// What the gate knows of a principal after it has looked in the transaction that acts.
struct Standing {
  let actor: Actor
  /// Nil in the instance, where nobody has a role.
  let person: Person?
  let state: BusinessState
}

extension Principal {
  /// The session must be alive and the membership active now; anything else is `sessionEnded` or
  /// `notAMember`.
  func standing(in reading: some Reading, request: String) throws -> Standing {
    typealias SessionRow = (session: ID<Session>, name: String)
    let session = try reading.row(
      { (session: ID<Session>, name: String) in SessionRow(session, name) },
      """
      SELECT s.id, u.display_name FROM user_sessions s JOIN users u ON u.id = s.user_id
      WHERE s.business_id = :business AND s.token_hash = :token AND s.user_id = :user
        AND s.revoked_at IS NULL AND s.expires_at > :now AND u.status = 'active'
      """, ["token": tokenHash, "user": user, "now": reading.now])
    guard let session else { throw Refusal.sessionEnded }
    let actor = Actor(
      user: user, name: session.name, session: session.session, origin: origin.text,
      request: request)
    guard business != Business.instance else {
      return Standing(actor: actor, person: nil, state: .active)
    }
    let (person, state) = try reading.member(user)
    return Standing(actor: actor, person: person, state: state)
  }

  /// Whoever claims to be this principal and hasn't proved it.
  func stranger(in reading: some Reading, request: String) throws -> Actor {
    let session = try reading.row(
      { (session: ID<Session>) in session },
      """
      SELECT id FROM user_sessions WHERE business_id = :business AND token_hash = :token
      """, ["token": tokenHash])
    return Actor(
      user: nil, name: "user \(user.value)", session: session, origin: origin.text,
      request: request)
  }
}

extension BusinessState {
  /// A word that the program doesn't know closes the business to changes.
  init(status: String, subscription: String) {
    let states = [status, subscription].map { BusinessState(rawValue: $0) ?? .inactive }
    self = states.first { $0 != .active } ?? .active
  }
}

extension Reading {
  /// The active member `user` and the state that the business is in. Throws `notAMember`.
  func member(_ user: ID<User>) throws -> (Person, BusinessState) {
    typealias MemberRow = (
      name: String, role: Role, department: ID<Department>?, limit: Money?, status: String,
      subscription: String, expires: Timestamp?
    )
    let found = try row(
      {
        (
          name: String, role: Role, department: ID<Department>?, limit: Money?, status: String,
          subscription: String, expires: Timestamp?
        ) in MemberRow(name, role, department, limit, status, subscription, expires)
      },
      """
      SELECT u.display_name, m.role, m.department_id, m.spending_limit, b.status,
        b.subscription_status, b.subscription_expires_at
      FROM business_memberships m
      JOIN users u ON u.id = m.user_id
      JOIN businesses b ON b.id = m.business_id
      WHERE m.business_id = :business AND m.user_id = :user AND m.status = 'active'
      """, ["user": user])
    guard let found else { throw Refusal.notAMember }
    let person = Person(
      id: user, name: found.name, role: found.role,
      departments: try found.department.map(departments(under:)) ?? [], limit: found.limit)
    let isOver = found.expires.map { $0 <= now } ?? false
    let state = BusinessState(
      status: found.status, subscription: isOver ? "expired" : found.subscription)
    return (person, state)
  }

  private func departments(under top: ID<Department>) throws -> Set<ID<Department>> {
    Set(
      try rows(
        { (id: ID<Department>) in id },
        """
        WITH RECURSIVE below (id) AS (
          SELECT :top
          UNION SELECT d.id FROM departments d JOIN below ON d.parent_id = below.id
            AND d.business_id = :business AND d.deleted_at IS NULL)
        SELECT id FROM below
        """, ["top": top]))
  }
}
