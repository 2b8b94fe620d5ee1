package import Domain
package import Store

/// Asks somebody into the business. What comes out is the one-time code that they accept with; the
/// database keeps its hash.
package struct InviteUser: Command {
  package static let permission: Permission? = .userInvite
  package static let event = AuditEvent.create
  static let validSeconds: Int64 = 7 * 86_400
  static let mostNameCharacters = 100
  let email: String
  let name: String
  let role: Role
  let department: ID<Department>?
  let code: String

  /// `code` is unguessable; `Workspace.invite` makes one.
  init(email: String, name: String, role: Role, department: ID<Department>?, code: String) {
    self.email = email
    self.name = name
    self.role = role
    self.department = department
    self.code = code
  }

  package var subject: Subject { Subject(.membership, name: email) }
  package func subject(after invitation: Invitation) -> Subject {
    .membership(invitation.membership)
  }

  package struct Invitation: Hashable, Sendable {
    package let membership: ID<Membership>
    /// To be handed over by another way than this program.
    package let code: String

    /// What whoever was invited runs; `path` is that of the database, nil for one in memory.
    package func command(at path: String?) -> String {
      "coreflow \(path.map { "--db \($0) " } ?? "")user accept \(code)"
    }
  }

  /// A manager invites into their own department.
  package func resource(in change: Change) throws -> Resource {
    Resource(departments: Set([department].compactMap(\.self)))
  }

  package func run(in change: Change) throws -> Invitation {
    try email.requireEmail()
    if let user = change.actor.user {
      let own = try change.rights(of: user, for: .userInvite).person.role
      guard role <= own else { throw Refusal.roleAboveOwn(role) }
    }
    try name.requireName(of: .user, most: Self.mostNameCharacters)
    let known = try change.row(
      { (id: ID<User>) in id },
      """
      SELECT id FROM users
      WHERE lower(email) = lower(:email) AND :business > 0
      """, ["email": email])
    let user =
      try known ?? change.insertUser(email: email, name: name, passwordHash: nil)
    if let membership = try change.openInvitation(of: user, email) {
      try renew(membership, in: change)
      return Invitation(membership: membership, code: code)
    }
    try change.requireRoomForMember()
    let membership = try change.insertMember(
      user, role: role, status: "pending", department: department,
      invitationHash: OneTimeCode.hash(of: code),
      invitationExpires: change.now.adding(seconds: Self.validSeconds))
    return Invitation(membership: membership, code: code)
  }

  /// Whoever never joined is asked anew; the code of before opens nothing any more.
  private func renew(_ membership: ID<Membership>, in change: Change) throws {
    _ = try change.requireAnother(membership)
    try change.execute(
      """
      UPDATE business_memberships SET role = :role, department_id = :department,
        status = 'pending', invitation_hash = :hash, invitation_expires_at = :expires,
        updated_at = :now, version = version + 1
      WHERE business_id = :business AND id = :membership
      """,
      [
        "role": role, "department": department, "hash": OneTimeCode.hash(of: code),
        "expires": change.now.adding(seconds: Self.validSeconds), "now": change.now,
        "membership": membership,
      ])
    try change.requireRoomForMember(0)
  }
}

/// Makes somebody's invitation good. Who has no password yet sets one, and a name; who has one proved
/// it, and keeps the name that their other businesses know.
struct AcceptInvitation: Command {
  enum Invitee {
    /// The hash, or why the password won't do.
    case newcomer(name: String?, passwordHash: Result<String, any Error>)
    /// Nil where they didn't prove to be somebody.
    case known(ID<User>?)
  }

  static let permission: Permission? = nil
  static let operation = "user.accept"
  static let event = AuditEvent.update
  /// Nil where the code fits none.
  let membership: ID<Membership>?
  let codeHash: String
  let invitee: Invitee

  var subject: Subject { .membership(membership) }

  /// Looks the code up again: meanwhile somebody else may have accepted with it.
  func run(in change: Change) throws {
    let invited = try change.row(
      { (user: ID<User>, hasPassword: Bool) in (user: user, hasPassword: hasPassword) },
      """
      SELECT m.user_id, u.password_hash IS NOT NULL
      FROM business_memberships m JOIN users u ON u.id = m.user_id
      WHERE m.business_id = :business AND m.id = :membership AND m.invitation_hash = :code
        AND m.invitation_expires_at > :now AND m.status = 'pending'
      """, ["membership": membership, "code": codeHash, "now": change.now])
    guard let invited, try change.businessState() == .active else {
      throw Refusal.invitationUnknown
    }
    // A code that another business made for them would open this one.
    try change.execute(
      """
      UPDATE users SET password_reset_hash = NULL, password_reset_expires_at = NULL
      WHERE id = :user AND :business > 0
      """, ["user": invited.user])
    switch invitee {
    case .newcomer(let name, let passwordHash):
      if invited.hasPassword { throw Refusal.wrongCredentials }
      try name?.requireName(of: .user, most: InviteUser.mostNameCharacters)
      try change.execute(
        """
        UPDATE users SET display_name = coalesce(:name, display_name), password_hash = :hash,
          status = 'active', updated_at = :now
        WHERE id = :user AND :business > 0
        """,
        ["name": name, "hash": try passwordHash.get(), "user": invited.user, "now": change.now])
    case .known(let user):
      guard user == invited.user else { throw Refusal.invitationUnknown }
    }
    try change.execute(
      """
      UPDATE business_memberships SET status = 'active', joined_at = :now, updated_at = :now,
        invitation_hash = NULL, invitation_expires_at = NULL, version = version + 1
      WHERE business_id = :business AND id = :membership
      """, ["membership": membership, "now": change.now])
  }
}

extension Workspace {
  package func invite(
    email: String, name: String, role: Role, department: ID<Department>? = nil,
    as principal: Principal
  ) async throws -> InviteUser.Invitation {
    try await perform(
      InviteUser(
        email: email, name: name, role: role, department: department, code: newCode()),
      as: principal)
  }

  /// Whom the code of an invitation is for; nil where it fits nothing.
  package func invited(by code: String) async throws -> Invited? {
    try await invitation(by: OneTimeCode.hash(of: code), as: .system)?.invited
  }

  /// Accepts an invitation as somebody new: under `name`, or else the one they were invited by.
  /// Throws `invitationUnknown`, `weakPassword`, or `wrongCredentials` for who has an account.
  package func accept(
    invitation code: String, name: String? = nil, password: String
  ) async throws {
    let hash = Result { try newPasswordHash(password) }
    try await accept(code, as: Actor(user: nil, name: name ?? "", request: newRequest())) { _ in
      .newcomer(name: name, passwordHash: hash)
    }
  }

  /// Accepts an invitation as somebody who is signed in to the instance. Throws `invitationUnknown`,
  /// also where it is somebody else's.
  package func accept(invitation code: String, as lobby: Principal) async throws {
    let actor = Actor(
      user: lobby.user, name: "user \(lobby.user.value)", origin: lobby.origin.text,
      request: newRequest())
    try await accept(code, as: actor) { change in
      .known(try change.lobby(of: lobby, into: change.business).map { _ in lobby.user })
    }
  }

  private func accept(
    _ code: String, as actor: Actor,
    _ invitee: @escaping @Sendable (Change) throws -> AcceptInvitation.Invitee
  ) async throws {
    let codeHash = OneTimeCode.hash(of: code)
    let found = try await invitation(by: codeHash, as: actor)
    // A code that fits nothing is in no business's chain, so it is in the instance's.
    try await store.change(in: found?.business ?? Business.instance, as: actor) {
      let command = AcceptInvitation(
        membership: found?.membership, codeHash: codeHash, invitee: try invitee($0))
      return try Gate.answer(command, by: .unasked(actor, at: $0.now), in: $0)
    }.get()
  }

  /// By the hash alone: who accepts doesn't know the business yet, and nobody guesses a code.
  private func invitation(by codeHash: String, as actor: Actor) async throws -> FoundInvitation? {
    try await store.snapshot(of: Business.instance, as: actor) { snapshot in
      try snapshot.row(
        FoundInvitation.init,
        """
        SELECT m.business_id, m.id, u.email, b.name, u.password_hash IS NOT NULL
        FROM business_memberships m JOIN users u ON u.id = m.user_id
          JOIN businesses b ON b.id = m.business_id
        WHERE m.invitation_hash = :code AND m.invitation_expires_at > :now
          AND m.status = 'pending' AND b.deleted_at IS NULL AND :business = 0
        """, ["code": codeHash, "now": snapshot.now])
    }
  }
}

/// Whom an invitation is for, as whoever has its code may read. What they are called elsewhere is for
/// other businesses to know.
package struct Invited: Hashable, Sendable {
  package let email: String
  package let business: String
  /// Then they accept as themselves, signed in; else a password is still to be set.
  package let hasAccount: Bool
}

private struct FoundInvitation {
  let business: ID<Business>
  let membership: ID<Membership>
  let invited: Invited

  init(
    business: ID<Business>, membership: ID<Membership>, email: String, name: String,
    hasAccount: Bool
  ) {
    self.business = business
    self.membership = membership
    invited = Invited(email: email, business: name, hasAccount: hasAccount)
  }
}

extension Reading {
  /// The membership of somebody who was asked and never joined; nil where nobody asked them. Throws
  /// `taken` for whoever is or was a member.
  fileprivate func openInvitation(of user: ID<User>, _ email: String) throws -> ID<Membership>? {
    let found = try row(
      { (membership: ID<Membership>, hasJoined: Bool) in (membership, hasJoined) },
      """
      SELECT id, joined_at IS NOT NULL FROM business_memberships
      WHERE business_id = :business AND user_id = :user
      """, ["user": user])
    if found?.1 == true { throw Refusal.taken(kind: .membership, name: email) }
    return found?.0
  }

  /// Tiers differ by limits only (SPEC, 001).
  func requireRoomForMember(_ more: Int = 1) throws {
    let (tier, members) =
      try row(
        { (tier: SubscriptionTier, members: Int) in (tier, members) },
        """
        SELECT subscription_tier, (SELECT count(*) FROM business_memberships
          WHERE business_id = :business AND status IN ('active', 'pending'))
        FROM businesses WHERE id = :business
        """) ?? (.trial, 0)
    if let limit = tier.mostMembers, members + more > limit {
      throw Refusal.memberLimit(tier: tier.rawValue, limit: limit)
    }
  }
}
