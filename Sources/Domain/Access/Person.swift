/// Who asks.
package struct Person: Hashable, Sendable {
  package let id: ID<User>
  package let name: String
  package var role: Role
  /// Their department, those that they lead, and all below these; empty for who has none.
  package var departments: Set<ID<Department>>
  /// The departments that they are in: their own, and those above it.
  package var memberOf: Set<ID<Department>>
  package var groups: Set<String>
  /// The most they may approve, in the base currency's minor units; nil is no limit.
  package var limit: Money?

  package init(
    id: ID<User>, name: String, role: Role, departments: Set<ID<Department>> = [],
    memberOf: Set<ID<Department>> = [], groups: Set<String> = [], limit: Money? = nil
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.departments = departments
    self.memberOf = memberOf
    self.groups = groups
    self.limit = limit
  }

  /// Whether a row of a list is about them.
  package func isOf(_ party: Protection.Party) -> Bool {
    switch party {
    case .user(let user): user == id
    case .department(let department): memberOf.contains(department)
    case .role(let role): role == self.role
    case .group(let group): groups.contains(group)
    }
  }
}

/// When and from where somebody asks.
package struct Circumstances: Hashable, Sendable {
  package let now: Timestamp
  /// 1 is Monday, by the business's clock.
  package let weekday: Int
  /// 0 to 23, by the business's clock.
  package let hour: Int
  /// The terminal and the host or address.
  package let origins: Set<String>
  /// Whether they proved who they are by more than a password.
  package let hasSecondFactor: Bool

  /// The same moment, from no terminal that is known and with a password alone.
  package var fromNowhere: Circumstances {
    Circumstances(now: now, weekday: weekday, hour: hour, origins: [], hasSecondFactor: false)
  }

  private init(
    now: Timestamp, weekday: Int, hour: Int, origins: Set<String>, hasSecondFactor: Bool
  ) {
    self.now = now
    self.weekday = weekday
    self.hour = hour
    self.origins = origins
    self.hasSecondFactor = hasSecondFactor
  }

  /// `zone` is how many seconds the business's clock is ahead of UTC.
  package init(
    _ now: Timestamp, zone: Int64 = 0, origins: Set<String> = [], hasSecondFactor: Bool = false
  ) {
    let local = now.adding(seconds: zone)
    self.now = now
    weekday = local.day.weekday
    hour = local.hour
    self.origins = origins
    self.hasSecondFactor = hasSecondFactor
  }
}

/// Why a business takes no changes.
package enum BusinessState: String, Hashable, Sendable, CaseIterable {
  case active
  case suspended
  case inactive
  case expired
  case cancelled
  case deleted
}
