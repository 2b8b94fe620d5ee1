/// Something that speaks for or against somebody's doing something, besides their role's own row of
/// RULES §4.9.
package struct Grant: Hashable, Sendable {
  package enum Effect: String, Hashable, Sendable, CaseIterable {
    case allow
    case deny
  }

  package let source: Source
  package let effect: Effect
  package let pattern: PermissionPattern
  package let conditions: Conditions
  /// The most that it lets be approved; nil is what the person's own limit is.
  package let limit: Money?
  package let window: Window

  package init(
    _ effect: Effect, _ pattern: PermissionPattern, from source: Source,
    conditions: Conditions = Conditions(), limit: Money? = nil, window: Window = .always
  ) {
    self.effect = effect
    self.pattern = pattern
    self.source = source
    self.conditions = conditions
    self.limit = limit
    self.window = window
  }

  /// Where it comes from.
  package enum Source: Hashable, Sendable {
    /// The role's row of §4.9.
    case role(Role)
    /// The membership itself, which says that somebody may approve.
    case membership
    /// What somebody is in a department.
    case department(ID<Department>, name: String, post: String)
    /// A template, given to the person, their role or a role that they inherit from, or their
    /// department.
    case template(id: Int64, name: String)
    case person(id: Int64)
    /// Lent by somebody who holds it.
    case delegation(id: Int64, from: ID<User>, name: String)
    /// A row of the thing's own list, which lets it be read.
    case list(Thing)
    /// What is only thought of.
    case proposed
  }
}

extension Grant {
  /// What a membership that may approve gives: what is their departments', up to their limit.
  package static func approving(as person: Person) -> Grant {
    var conditions = Conditions()
    conditions.departments = person.departments
    return Grant(
      .allow, PermissionPattern(.journalApprove), from: .membership, conditions: conditions,
      limit: person.limit)
  }
}

/// A right that somebody lends another for a time (RULES §4.5): never more than they hold then.
package struct Delegation: Hashable, Sendable {
  package let id: Int64
  package let patterns: [PermissionPattern]
  package let conditions: Conditions
  /// Nil is the lender's own limit.
  package let cap: Money?
  package let window: Window
  /// What the lender holds, without what others lend them.
  package let lender: Rights

  package init(
    id: Int64, patterns: [PermissionPattern], conditions: Conditions = Conditions(),
    cap: Money? = nil, window: Window, lender: Rights
  ) {
    self.id = id
    self.patterns = patterns
    self.conditions = conditions
    self.cap = cap
    self.window = window
    self.lender = lender
  }

  /// Up to which amount it is lent: no more than the lender has by their role.
  package func limit(of permission: Permission) -> Money? {
    [cap, lender.own(permission)?.limit].compactMap(\.self).min()
  }
}
