package import Domain
package import Store

/// Whether somebody may do something, by which rules, and what would change the answer
/// (RULES §4.8). What oneself may do everybody may ask; about others `permission.explain` decides.
package struct ExplainAccess: Query {
  package static let permission: Permission? = nil
  let user: ID<User>
  let asked: Permission
  let instance: Case

  /// What is asked about.
  package enum Case: Hashable, Sendable {
    /// The permission as such: whether there is anything that they may do by it.
    case anything
    case entry(ID<Entry>)
    case account(ID<Account>)
    /// An entry of their own department that somebody else made, in minor units of the base currency.
    case amount(Money)
  }

  package init(_ asked: Permission, of user: ID<User>, on instance: Case = .anything) {
    self.asked = asked
    self.user = user
    self.instance = instance
  }

  package func run(in snapshot: Snapshot) throws -> Explanation {
    try snapshot.requireExplanation(of: user)
    let rights = try snapshot.rights(of: user)
    let resource = try resource(for: rights.person, in: snapshot)
    let circumstances = try snapshot.circumstances()
    let decision = rights.decide(asked, on: resource, in: circumstances)
    let remedies = rights.remedies(for: asked, on: resource, in: circumstances)
    let needsOthers = remedies.contains {
      switch $0 {
      case .someoneElse, .secondPerson, .raiseLimit: true
      default: false
      }
    }
    return Explanation(
      person: rights.person, decision: decision, remedies: remedies, amount: resource?.amount,
      isOfKind: resource == nil,
      candidates: needsOthers
        ? try snapshot.holders(of: asked, on: resource).filter { $0.id != user } : [])
  }

  private func resource(for person: Person, in snapshot: Snapshot) throws -> Resource? {
    switch instance {
    case .anything: return nil
    case .entry(let entry): return try snapshot.resource(of: entry)
    case .account(let account): return try snapshot.resource(of: account)
    case .amount(let amount):
      var resource = Resource(amount: amount)
      resource.departments = person.departments
      return resource
    }
  }
}

/// An answer with its reasons.
package struct Explanation: Hashable, Sendable {
  package let person: Person
  package let decision: Decision
  /// What together would make it a yes, in order; empty where it is one, or where nothing would.
  package let remedies: [Remedy]
  package let amount: Money?
  /// Whether the permission as such was asked about.
  package let isOfKind: Bool
  /// Who else may do it, the lowest role first, where that would help.
  package let candidates: [Person]
}

/// Everybody who may do something.
package struct WhoCan: Query {
  package static let permission: Permission? = .permissionExplain
  let asked: Permission
  let entry: ID<Entry>?

  package init(_ asked: Permission, on entry: ID<Entry>? = nil) {
    self.asked = asked
    self.entry = entry
  }

  package func run(in snapshot: Snapshot) throws -> [Person] {
    try snapshot.holders(of: asked, on: entry.map(snapshot.resource))
      .filter { try snapshot.mayExplain($0.id) }
  }
}

/// What somebody may do at all, permission by permission.
package struct WhatCan: Query {
  package static let permission: Permission? = nil
  let user: ID<User>

  package init(_ user: ID<User>) { self.user = user }

  package struct Row: Hashable, Sendable {
    package let permission: Permission
    package let decision: Decision
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.requireExplanation(of: user)
    let (rights, circumstances) = (try snapshot.rights(of: user), try snapshot.circumstances())
    return Permission.allCases.map {
      Row(permission: $0, decision: rights.decide($0, on: nil, in: circumstances))
    }
  }
}

/// What another role would make of what somebody may do, without giving it to them.
package struct SimulateRole: Query {
  package static let permission: Permission? = nil
  let user: ID<User>
  let role: Role

  package init(_ role: Role, for user: ID<User>) {
    self.role = role
    self.user = user
  }

  package struct Outcome: Hashable, Sendable {
    package let gained: [Permission]
    package let lost: [Permission]
    /// Pairs that one person had better not hold, which they don't hold now.
    package let conflicts: [DutyConflict]
  }

  package func run(in snapshot: Snapshot) throws -> Outcome {
    try snapshot.requireExplanation(of: user)
    let circumstances = try snapshot.circumstances()
    func held(_ rights: Rights) -> Set<Permission> {
      Set(
        Permission.allCases.filter { rights.decide($0, on: nil, in: circumstances).isAllowed })
    }
    let rights = try snapshot.rights(of: user)
    var other = rights
    other.person.role = role
    let (before, after) = (held(rights), held(other))
    return Outcome(
      gained: Permission.allCases.filter { after.contains($0) && !before.contains($0) },
      lost: Permission.allCases.filter { before.contains($0) && !after.contains($0) },
      conflicts: DutyConflict.all.filter { $0.isIn(after) && !$0.isIn(before) })
  }
}

extension Reading {
  /// Throws `notPermitted` where the reader may not hear why `user` may or may not do a thing.
  func requireExplanation(of user: ID<User>) throws {
    guard user != actor.user else { return }
    try decide(.permissionExplain, on: try resource(of: user))?.require()
  }

  func mayExplain(_ user: ID<User>) throws -> Bool {
    try user == actor.user
      || decide(.permissionExplain, on: try resource(of: user))?.isAllowed ?? true
  }

  /// A member, as what is done to them is decided. Throws `noSuch`.
  func resource(of user: ID<User>) throws -> Resource {
    let found = try row(
      { (role: Role, department: ID<Department>?) in
        var resource = Resource(departments: Set([department].compactMap(\.self)))
        resource.concerned = user
        resource.creator = user
        resource.roles = [role]
        return resource
      },
      """
      SELECT role, department_id FROM business_memberships
      WHERE business_id = :business AND user_id = :user
      """, ["user": user])
    guard let found else { throw Refusal.noSuch(Subject(.user, user.value)) }
    return found
  }

  /// An account, as what is done to it is decided. Throws `noSuch`.
  func resource(of account: ID<Account>) throws -> Resource {
    let type = try row(
      { (type: AccountType) in type },
      "SELECT type FROM accounts WHERE business_id = :business AND id = :account",
      ["account": account])
    guard let type else { throw Refusal.noSuch(.account(account)) }
    var resource = Resource(departments: [])
    resource.thing = Thing(.account, account.value)
    resource.accounts = [account]
    resource.accountClasses = [type.accountClass]
    resource.protections = try protections(of: resource.parts)
    return resource
  }

  /// The active members who may do it, the lowest role first.
  func holders(of permission: Permission, on resource: Resource?) throws -> [Person] {
    let circumstances = try circumstances()
    return try activeMembers().compactMap { user in
      let rights = try rights(of: user, for: permission)
      return rights.decide(permission, on: resource, in: circumstances).isAllowed
        ? rights.person : nil
    }.sorted { ($0.role, $0.name) < ($1.role, $1.name) }
  }

  func activeMembers() throws -> [ID<User>] {
    try rows(
      { (user: ID<User>) in user },
      """
      SELECT m.user_id FROM business_memberships m JOIN users u ON u.id = m.user_id
      WHERE m.business_id = :business AND m.status = 'active' AND u.status = 'active'
      ORDER BY m.user_id
      """)
  }
}
