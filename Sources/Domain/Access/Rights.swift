/// All that decides what one person may do in one business, as it is at one moment.
package struct Rights: Hashable, Sendable {
  package var person: Person
  package var state: BusinessState
  /// Those that aren't the role's own.
  package var grants: [Grant] { didSet { index = Self.index(of: grants) } }
  private var index: [Permission: [Grant]]
  package var delegations: [Delegation]
  /// What a key of a program may do at the most; nil where a person asks.
  package var key: [PermissionPattern]?
  /// While the person has broken the glass (RULES §4.4): limits and separate duties don't bind.
  package var brokenGlass: Window?

  package init(
    _ person: Person, state: BusinessState = .active, grants: [Grant] = [],
    delegations: [Delegation] = [], key: [PermissionPattern]? = nil, brokenGlass: Window? = nil
  ) {
    self.person = person
    self.state = state
    self.grants = grants
    index = Self.index(of: grants)
    self.delegations = delegations
    self.key = key
    self.brokenGlass = brokenGlass
  }

  private static func index(of grants: [Grant]) -> [Permission: [Grant]] {
    var index: [Permission: [Grant]] = [:]
    for grant in grants {
      for permission in grant.pattern.permissions { index[permission, default: []].append(grant) }
    }
    return index
  }

  /// Every grant that speaks of `permission` besides the role's own.
  func given(_ permission: Permission) -> [Grant] { index[permission] ?? [] }

  /// The same with the role's own before them.
  package func grants(of permission: Permission) -> [Grant] {
    (own(permission).map { [$0] } ?? []) + given(permission)
  }
}

extension Rights {
  /// What a program's key that is for `scope` has of them. An emergency is its person's alone.
  package mutating func bind(to scope: [PermissionPattern]) {
    key = scope
    brokenGlass = nil
  }

  /// Whether a key keeps them from it, whatever they hold.
  func isBeyondKey(_ permission: Permission) -> Bool {
    guard let key else { return false }
    return permission.isForPeopleOnly || !key.contains { $0.matches(permission) }
  }

  /// When something of them begins or ends by itself; nil where nothing does.
  package func nextChange(after moment: Timestamp) -> Timestamp? {
    let windows =
      grants.map(\.window) + delegations.map(\.window)
      + delegations.flatMap { $0.lender.grants.map(\.window) } + [brokenGlass].compactMap(\.self)
    return windows.flatMap { [$0.start, $0.end] }.compactMap(\.self).filter { $0 > moment }.min()
  }

  /// Whether they may do it whatever it is done to, at any time and from anywhere, up to `limit`
  /// where there are limits (nil is any amount), for as long as nobody changes anything: what one
  /// must hold to give it.
  package func holdWhole(_ permission: Permission, upTo limit: Money?, at now: Timestamp) -> Bool {
    let speaking = grants(of: permission).filter { $0.window.end.map { now < $0 } ?? true }
    guard !isBeyondKey(permission) else { return false }
    guard !speaking.contains(where: { $0.effect == .deny }) else { return false }
    return speaking.contains { grant in
      let isOwn = grant.source == .role(person.role)
      // A reason is asked of whoever has it by their role, whatever gives it them besides.
      if isOwn, case .only(let reserve) = permission.grant(to: person.role), reserve != .withReason
      {
        return false
      }
      guard grant.conditions == Conditions(), grant.window.end == nil, grant.window.holds(now)
      else { return false }
      guard permission.isMonetary, let most = isOwn ? grant.limit : grant.limit ?? person.limit
      else { return true }
      return limit.map { $0 <= most } ?? false
    }
  }

  /// Whether what a permission is used on can make a difference, lists apart.
  package func depend(onThingsFor permission: Permission) -> Bool {
    if permission.isJudgement || permission == .journalPost || permission.isMonetary
      || !delegations.isEmpty
    {
      return true
    }
    guard index[permission] == nil else { return true }
    let own = permission.grant(to: person.role)
    return switch own {
    case .no, .yes: false
    case .only: own.isReservedForSome
    case .own, .department, .limited, .limitedInDepartment, .secondPerson: true
    }
  }

  /// The role's own row as a grant; nil where the role holds nothing.
  func own(_ permission: Permission) -> Grant? {
    var conditions = Conditions()
    var limit: Money?
    switch permission.grant(to: person.role) {
    case .no: return nil
    case .yes, .secondPerson, .only: break
    case .own: conditions.ownOnly = true
    case .department: conditions = .within(person.departments)
    case .limited: limit = person.limit
    case .limitedInDepartment:
      conditions = .within(person.departments)
      limit = person.limit
    }
    return Grant(
      .allow, PermissionPattern(permission), from: .role(person.role), conditions: conditions,
      limit: limit)
  }
}

extension Conditions {
  fileprivate static func within(_ departments: Set<ID<Department>>) -> Conditions {
    var conditions = Conditions()
    conditions.departments = departments
    conditions.ownCounts = true
    return conditions
  }
}
