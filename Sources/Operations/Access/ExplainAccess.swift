package import Domain
package import Store

/// Whether somebody may do something, by which rules, and what would change the answer
/// (RULES §4.8). What oneself may do everybody may ask; about others `permission.explain` decides.
package struct ExplainAccess: Query {
  package static let permission: Permission? = nil
  let user: ID<User>
  let asked: Permission
  let instance: Case
  let moment: Timestamp?

  /// What is asked about.
  package enum Case: Hashable, Sendable {
    /// The permission as such: whether there is anything that they may do by it.
    case anything
    case entry(ID<Entry>)
    case account(ID<Account>)
    case department(ID<Department>)
    case member(ID<User>)
    /// A member, as what may be done to nobody who is above one, nor to oneself.
    case governed(ID<User>)
    /// One that is to be closed.
    case reconciliation(ID<Reconciliation>)
    /// An entry of their own department that somebody else made, in minor units of the base currency.
    case amount(Money)

    /// Whether the permission is one for such things.
    package func fits(_ permission: Permission) -> Bool {
      switch self {
      case .anything, .amount: true
      case .entry: Kind(of: permission) == .entry
      case .account: Kind(of: permission) == .account
      case .department:
        Kind(of: permission) == .department || permission == .departmentMemberManage
      case .member, .governed: Kind(of: permission) == .member
      case .reconciliation: permission == .reconApprove
      }
    }
  }

  /// What kind of thing a permission is used on.
  package enum Kind {
    case entry
    case account
    case department
    case member

    /// Nil where there is none that anybody asks about.
    package init?(of permission: Permission) {
      switch permission {
      case .userRoleAssign, .userSuspend, .sessionRevoke, .departmentMemberManage, .permissionRead,
        .permissionManage, .permissionExplain, .delegationCreate:
        self = .member
      case .departmentEdit: self = .department
      case _ where permission.rawValue.hasPrefix("journal."): self = .entry
      case _ where permission.rawValue.hasPrefix("account."): self = .account
      default: return nil
      }
    }
  }

  /// `moment` is that of which it is asked; nil is now.
  package init(
    _ asked: Permission, of user: ID<User>, on instance: Case = .anything,
    at moment: Timestamp? = nil
  ) {
    self.asked = asked
    self.user = user
    self.instance = instance
    self.moment = moment
  }

  package func run(in snapshot: Snapshot) throws -> Explanation {
    try snapshot.requireExplanation(of: user)
    let rights =
      try moment.map { try snapshot.whole.rights(of: user, at: $0) }
      ?? snapshot.whole.rights(of: user)
    let snapshot = moment.map(snapshot.at) ?? snapshot
    let resource = try instance.resource(
      for: asked, of: rights.person.departments, in: snapshot)
    let circumstances = try snapshot.circumstances(of: user)
    var decision = rights.decide(asked, on: resource, in: circumstances)
    var remedies = rights.remedies(for: asked, on: resource, in: circumstances)
    if let denial = instance.sparing(from: rights.person, asked, resource) {
      decision = decision.refused(denial)
      remedies = [.someoneElse]
    }
    var status: EntryStatus?
    if case .entry(let entry) = instance { status = try snapshot.entry(entry).status }
    return Explanation(
      person: rights.person, decision: decision,
      loans: rights.loans(of: asked, at: circumstances.now),
      remedies: moment == nil ? remedies : [],
      amount: resource?.amount, isOfKind: resource == nil,
      candidates: !decision.isAllowed && moment == nil
        ? try snapshot.whole.holders(of: asked, on: resource).filter {
          $0.id != user && instance.sparing(from: $0, asked, resource) == nil
        } : [],
      escalation: try escalation(after: decision, on: resource, in: snapshot.whole), status: status,
      moment: moment)
  }

  private func escalation(
    after decision: Decision, on resource: Resource?, in snapshot: Snapshot
  ) throws -> Person? {
    guard asked == .journalApprove, moment == nil, case .overLimit? = decision.denial, let resource
    else { return nil }
    var given: [Role] = []
    if case .entry(let entry) = instance {
      given = try snapshot.approvingRoles(of: try snapshot.entry(entry))
    }
    return try snapshot.escalation(from: user, on: resource, given: given)
  }
}

extension ExplainAccess.Case {
  /// Why a member is safe from `person`.
  fileprivate func sparing(
    from person: Person, _ permission: Permission, _ resource: Resource?
  ) -> Denial? {
    switch self {
    case .governed(let member): person.denial(governing: member, resource)
    case .member(let member) where permission.sparesOneselfAndThoseAbove:
      person.denial(governing: member, resource)
    default: nil
    }
  }

  /// What is decided about; nil where that is no thing in particular. `departments` are those of an
  /// amount. Whoever asks about what they don't see hears that there is no such thing.
  func resource(
    for permission: Permission, of departments: Set<ID<Department>>?, in snapshot: Snapshot
  ) throws -> Resource? {
    placed(try resource(of: departments, in: snapshot), for: permission)
  }

  /// A member as they are decided about by `permission`.
  func placed(_ resource: Resource?, for permission: Permission) -> Resource? {
    switch self {
    case .member, .governed: permission == .departmentMemberManage ? resource?.placed : resource
    default: resource
    }
  }

  /// The same before it is known what is done to it.
  func resource(
    of departments: Set<ID<Department>>?, in snapshot: Snapshot
  ) throws -> Resource? {
    switch self {
    case .anything: return nil
    case .entry(let entry):
      _ = try snapshot.entry(entry)
      return try snapshot.whole.resource(of: entry)
    case .account(let account):
      _ = try snapshot.resource(of: account)
      return try snapshot.whole.resource(of: account)
    case .department(let department):
      try snapshot.requireThere(Thing(.department, department.value))
      return try snapshot.whole.resource(of: department)
    case .member(let member), .governed(let member):
      return try snapshot.whole.resource(of: member)
    case .reconciliation(let id):
      _ = try snapshot.reconciliation(id)
      return try snapshot.whole.resource(closing: id)
    case .amount(let amount):
      var resource = Resource(amount: amount)
      resource.departments = departments
      return resource
    }
  }
}

/// An answer with its reasons.
package struct Explanation: Hashable, Sendable {
  package let person: Person
  package let decision: Decision
  /// What is lent to them of it at that moment.
  package let loans: [Loan]
  /// What together would make it a yes, in order; empty where it is one, or where nothing would.
  package let remedies: [Remedy]
  package let amount: Money?
  /// Whether the permission as such was asked about.
  package let isOfKind: Bool
  /// Who else may do it, the lowest role first; empty where the person may.
  package let candidates: [Person]
  /// Whom to ask for it whose limit is high enough (RULES §4.7), where theirs is too low.
  package let escalation: Person?
  /// What state the entry is in that was asked about.
  package let status: EntryStatus?
  /// Of which moment it was asked; nil is now.
  package let moment: Timestamp?

  package struct Loan: Hashable, Sendable {
    package let lender: String
    /// Nil is any amount, or a permission for which there are no limits.
    package let limit: Money?
    package let end: Timestamp
  }
}

extension Rights {
  fileprivate func loans(of permission: Permission, at now: Timestamp) -> [Explanation.Loan] {
    guard permission.isLendable else { return [] }
    return delegations.compactMap { delegation in
      guard let end = delegation.window.end, delegation.window.holds(now),
        delegation.patterns.contains(where: { $0.matches(permission) })
      else { return nil }
      return Explanation.Loan(
        lender: delegation.lender.person.name,
        limit: permission.isMonetary ? delegation.limit(of: permission) : nil, end: end)
    }
  }

  /// Whoever may do it, up to the limit that they may it to: of what is lent, that of the loan.
  fileprivate func holder(by decision: Decision) -> Person {
    var holder = person
    if case .delegation(let id, _, _)? = decision.trace.last?.source {
      holder.limit = delegations.first { $0.id == id }?.limit(of: decision.permission)
    }
    return holder
  }
}

/// Everybody who may do something, of those whose rights the reader may look at.
package struct WhoCan: Query {
  package static let permission: Permission? = .permissionExplain
  let asked: Permission
  let instance: ExplainAccess.Case

  package init(_ asked: Permission, on instance: ExplainAccess.Case = .anything) {
    self.asked = asked
    self.instance = instance
  }

  package struct Answer: Hashable, Sendable {
    /// The lowest role first.
    package let holders: [Holder]
    /// Whether nobody else may.
    package let areAll: Bool
  }

  package struct Holder: Hashable, Sendable {
    /// With the limit that they may it to: of what is lent, that of the loan.
    package let person: Person
    package let decision: Decision
  }

  package func run(in snapshot: Snapshot) throws -> Answer {
    let resource = try instance.resource(for: asked, of: nil, in: snapshot)
    let mayExplain = try snapshot.whole.explaining()
    let all = try snapshot.whole.holdings(of: asked, on: resource)
      .filter { instance.sparing(from: $0.person, asked, resource) == nil }
    let holders = try all.filter { try mayExplain($0.person.id) }
    return Answer(holders: holders, areAll: holders.count == all.count)
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
    let rights = try snapshot.whole.rights(of: user)
    let circumstances = try snapshot.circumstances(of: user)
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
    let circumstances = try snapshot.circumstances(of: user)
    func held(_ rights: Rights) -> Set<Permission> {
      Set(
        Permission.allCases.filter { rights.decide($0, on: nil, in: circumstances).isAllowed })
    }
    let rights = try snapshot.whole.rights(of: user)
    var other = try snapshot.whole.ownRights(of: user, as: role)
    // What is lent to them and an emergency aren't their role's.
    (other.delegations, other.brokenGlass) = (rights.delegations, rights.brokenGlass)
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
    try requireActive(user)
  }

  /// Whether the reader may hear why somebody may or may not do a thing, for many people.
  func explaining() throws -> (ID<User>) throws -> Bool {
    let mayExplain = try deciding(.permissionExplain)
    return { user in
      try user == self.actor.user || mayExplain(try self.resource(of: user))
    }
  }

  /// Whether the reader may do it, for many things.
  func deciding(_ permission: Permission) throws -> (Resource) -> Bool {
    guard let me = actor.user else { return { _ in true } }
    let (rights, circumstances) = (try ownRights(of: me, for: permission), try circumstances())
    return { rights.decide(permission, on: $0, in: circumstances).isAllowed }
  }

  /// When and where somebody asks: as the reader does, of themselves; from where others would isn't
  /// known, so no grant that needs it is counted.
  func circumstances(of user: ID<User>) throws -> Circumstances {
    let own = try circumstances()
    return user == actor.user ? own : own.fromNowhere
  }

  /// Throws `memberStatus` for who isn't an active member, and `noSuch` for who isn't one.
  func requireActive(_ user: ID<User>) throws {
    let status = try row(
      { (status: String) in status },
      "SELECT status FROM business_memberships WHERE business_id = :business AND user_id = :user",
      ["user": user])
    guard let status else { throw Refusal.noSuch(Subject(.user, user.value)) }
    guard status == "active" else { throw Refusal.access(.memberStatus(status)) }
  }

  /// A member, as what is done to them is decided. Throws `noSuch`.
  func resource(of user: ID<User>) throws -> Resource {
    let found = try row(
      { (role: Role, department: ID<Department>?) in
        Resource(member: user, role: role, department: department)
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

  /// An account, or a new one, that is to stand under `parent`, whose list counts too.
  func resource(of account: ID<Account>?, under parent: ID<Account>?) throws -> Resource {
    var resource = try account.map { try self.resource(of: $0) } ?? Resource(departments: [])
    guard let parent else { return resource }
    let above = try protections(of: [Thing(.account, parent.value)])
    resource.protections += above.filter { !resource.protections.contains($0) }
    return resource
  }

  /// The active members who may do it, the lowest role first.
  func holders(of permission: Permission, on resource: Resource?) throws -> [Person] {
    try holdings(of: permission, on: resource).map(\.person)
  }

  /// The same with the decisions that let them.
  fileprivate func holdings(
    of permission: Permission, on resource: Resource?
  ) throws -> [WhoCan.Holder] {
    let circumstances = try circumstances().fromNowhere
    return try activeMembers().compactMap { user in
      let rights = try rights(of: user, for: permission)
      let decision = rights.decide(permission, on: resource, in: circumstances)
      return decision.isAllowed
        ? WhoCan.Holder(person: rights.holder(by: decision), decision: decision) : nil
    }.sorted { ($0.person.role, $0.person.name) < ($1.person.role, $1.person.name) }
  }

  /// Whether those who had a hand in a thing may decide on it: an owner allows that, and nobody else
  /// may decide (RULES §4.6). `wants` says of whose role the decision is still wanted.
  func allowsSelfApproval(
    of resource: Resource, by permission: Permission, wants: (Role) throws -> Bool = { _ in true }
  ) throws -> Bool {
    guard try businessFacts().allowsSelfApproval else { return false }
    let circumstances = try circumstances().fromNowhere
    return try !activeMembers().contains { user in
      let rights = try rights(of: user, for: permission)
      let decision = rights.decide(permission, on: resource, in: circumstances)
      return try decision.isAllowed && wants(rights.voter(by: decision).role)
    }
  }

  /// Those who can sign in: all, or those of one role.
  func activeMembers(_ role: Role? = nil) throws -> [ID<User>] {
    try rows(
      { (user: ID<User>) in user },
      """
      SELECT m.user_id FROM business_memberships m JOIN users u ON u.id = m.user_id
      WHERE m.business_id = :business AND m.status = 'active' AND u.status = 'active'
        AND (:role IS NULL OR m.role = :role)
      ORDER BY m.user_id
      """, ["role": role])
  }
}

extension Resource {
  /// A member, as what is done to them is decided.
  init(member: ID<User>, role: Role, department: ID<Department>?) {
    self.init(departments: Set([department].compactMap(\.self)))
    concerned = member
    creator = member
    roles = [role]
  }
}
