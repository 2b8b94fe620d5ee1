/// In whose name a transaction runs, and how much of the business it may see.
package struct Actor: Hashable, Sendable {
  /// Nil is the system itself.
  package let user: ID<User>?
  package let name: String
  package let session: ID<Session>?
  /// Terminal, host and program, as the audit log keeps them.
  package let origin: String
  /// What all records of one request share (RULES §6.1, correlation).
  package let request: String
  package let reach: Reach
  /// Whose right is used, where it is lent.
  package let actingFor: ID<User>?

  /// Those that the program's key is for by which somebody's rights are used; nil where a person
  /// acts.
  package let key: [PermissionPattern]?

  package init(
    user: ID<User>?, name: String, session: ID<Session>? = nil, origin: String = "",
    request: String = "", reach: Reach = .everything, actingFor: ID<User>? = nil,
    key: [PermissionPattern]? = nil
  ) {
    self.user = user
    self.name = name
    self.session = session
    self.origin = origin
    self.request = request
    self.reach = reach
    self.actingFor = actingFor
    self.key = key
  }

  /// The same actor, who sees `reach` of the business.
  package func reaching(_ reach: Reach) -> Actor {
    Actor(
      user: user, name: name, session: session, origin: origin, request: request, reach: reach,
      actingFor: actingFor, key: key)
  }

  /// The same actor, by a right that `lender` lends them; nil is their own.
  package func acting(for lender: ID<User>?) -> Actor {
    Actor(
      user: user, name: name, session: session, origin: origin, request: request, reach: reach,
      actingFor: lender, key: key)
  }

  package static let system = Actor(user: nil, name: "system")
}
