/// Whether somebody may do something, and why: every button, command and list asks `decide`.
package struct Decision: Hashable, Sendable {
  package let permission: Permission
  package let verdict: Verdict
  /// Each rule that spoke, in order (RULES §4.2).
  package let trace: [String]
  /// How much of the business a reader sees by this decision.
  package let reach: Reach

  package enum Verdict: Hashable, Sendable {
    case allowed
    case denied(Denial)
  }

  package var isAllowed: Bool { verdict == .allowed }
}

/// The rule that said no.
package enum Denial: Hashable, Sendable {
  case noGrant(Role)
  case notOwn
  case otherDepartment
  /// Nil where the amount isn't known: then no limit is high enough.
  case overLimit(amount: Money?, limit: Money)
  case involved(Involvement)
  case secondPersonNeeded
  case readOnly(BusinessState)
}

/// How a person had a hand in what they would now judge (RULES §4.6).
package enum Involvement: String, Hashable, Sendable {
  case created
  case edited
  case submitted
  case decided = "already decided"
}

/// Why a business takes no changes.
package enum BusinessState: String, Hashable, Sendable {
  case active
  case suspended
  case inactive
  case expired
  case cancelled
  case deleted
}

/// Whose rows a reader sees.
package enum Reach: Hashable, Sendable {
  case everything
  /// Their own, and those of people in these departments.
  case departments(Set<ID<Department>>)
  case own
}

/// Who asks.
package struct Person: Hashable, Sendable {
  package let id: ID<User>
  package let name: String
  package let role: Role
  /// Their department and all below it; empty for who has none.
  package let departments: Set<ID<Department>>
  /// The most they may approve, in the base currency's minor units; nil is the role's own limit.
  package let limit: Money?

  package init(
    id: ID<User>, name: String, role: Role, departments: Set<ID<Department>> = [],
    limit: Money? = nil
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.departments = departments
    self.limit = limit
  }
}

/// What is asked about, as far as access is concerned. What isn't known is nil, and a grant that
/// needs it fails closed.
package struct Resource: Hashable, Sendable {
  package var creator: ID<User>?
  /// Of every line and, where no line names one, of the creator; empty if the creator has none,
  /// and then no department's grant covers it (RULES §4.9).
  package var departments: [ID<Department>]
  /// Σ base debits, in minor units.
  package var amount: Money?
  /// Who can't judge it, and why.
  package var involved: [ID<User>: Involvement]
  /// Whether one person may approve what they made (small business mode, RULES §4.6).
  package var allowsSelfApproval: Bool

  package init(
    creator: ID<User>? = nil, departments: [ID<Department>] = [], amount: Money? = nil,
    involved: [ID<User>: Involvement] = [:], allowsSelfApproval: Bool = false
  ) {
    self.creator = creator
    self.departments = departments
    self.amount = amount
    self.involved = involved
    self.allowsSelfApproval = allowsSelfApproval
  }
}

package enum Access {
  /// The verdict over facts that were loaded in the transaction that acts on it.
  ///
  /// `resource` is nil where a kind of thing is asked about ("may I enter journals at all?"):
  /// then what narrows the grant to some of them doesn't deny it.
  package static func decide(
    _ permission: Permission, for person: Person, on resource: Resource?, state: BusinessState
  ) -> Decision {
    var trace = ["\(person.name) is \(person.role.title)"]
    func decision(_ verdict: Decision.Verdict, _ reason: String, _ reach: Reach) -> Decision {
      Decision(
        permission: permission, verdict: verdict, trace: trace + [reason], reach: reach)
    }
    let grant = permission.grant(to: person.role)
    trace.append("\(person.role.title) holds \(permission.rawValue): \(grant.words)")
    let reach = grant.reach(of: person)
    guard grant != .no else {
      return decision(.denied(.noGrant(person.role)), "no grant", reach)
    }
    guard state == .active || permission.onlyReads else {
      return decision(.denied(.readOnly(state)), "the business is \(state.rawValue)", reach)
    }
    if grant == .secondPerson {
      return decision(.denied(.secondPersonNeeded), "a second person must confirm", reach)
    }
    if let resource, let denial = grant.denial(for: person, on: resource, permission) {
      return decision(.denied(denial), denial.words, reach)
    }
    return decision(.allowed, "allowed", reach)
  }
}

extension Grant {
  fileprivate func reach(of person: Person) -> Reach {
    switch self {
    case .own: .own
    case .department, .limitedInDepartment: .departments(person.departments)
    case .no, .yes, .limited, .secondPerson, .only: .everything
    }
  }

  fileprivate func denial(
    for person: Person, on resource: Resource, _ permission: Permission
  ) -> Denial? {
    if self == .own, resource.creator != person.id { return .notOwn }
    if self == .department || self == .limitedInDepartment, resource.creator != person.id,
      resource.departments.isEmpty || !person.departments.isSuperset(of: resource.departments)
    {
      return .otherDepartment
    }
    if self == .limited || self == .limitedInDepartment, let limit = person.limit,
      resource.amount.map({ $0 > limit }) ?? true
    {
      return .overLimit(amount: resource.amount, limit: limit)
    }
    if permission == .journalApprove, !resource.allowsSelfApproval,
      let involvement = resource.involved[person.id]
    {
      return .involved(involvement)
    }
    return nil
  }

  fileprivate var words: String {
    switch self {
    case .no: "no"
    case .yes: "yes"
    case .own: "their own only"
    case .department: "within their department"
    case .limited: "up to their limit"
    case .limitedInDepartment: "up to their limit, within their department"
    case .secondPerson: "with a second person"
    case .only(let reservation): "yes, \(reservation.rawValue)"
    }
  }
}

extension Denial {
  /// The rule in a few words, for traces; `UserMessage` has the sentences.
  package var words: String {
    switch self {
    case .noGrant(let role): "no grant for \(role.title)"
    case .notOwn: "made by somebody else"
    case .otherDepartment: "belongs to another department"
    case .overLimit: "over the limit"
    case .involved(let involvement): "\(involvement.rawValue) it"
    case .secondPersonNeeded: "a second person must confirm"
    case .readOnly(let state): "the business is \(state.rawValue)"
    }
  }

  /// The code that the audit log keeps.
  package var code: String {
    switch self {
    case .noGrant: "no-grant"
    case .notOwn: "not-own"
    case .otherDepartment: "department"
    case .overLimit: "limit"
    case .involved: "sod"
    case .secondPersonNeeded: "second-person"
    case .readOnly: "read-only"
    }
  }
}
