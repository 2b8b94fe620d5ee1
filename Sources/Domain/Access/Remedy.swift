/// A change that takes one rule that says no out of the way (RULES §4.8).
package enum Remedy: Hashable, Sendable {
  case activate(BusinessState)
  /// A person does it, not a program's key.
  case askPerson
  case widenKey(Permission)
  /// Whatever forbids it is taken away.
  case revoke(Grant.Source)
  /// The person is put on the thing's list.
  case admit(Thing, AccessLevel)
  case grant(Permission)
  /// The membership says that they may approve.
  case letApprove
  /// Of their membership.
  case raiseLimit(to: Money)
  /// What allows it has a limit of its own, which that of the membership doesn't raise.
  case grantUpTo(Permission, Money)
  /// Somebody who had no hand in it does it.
  case someoneElse
  /// A second holder of the permission confirms it.
  case secondPerson
}

extension Rights {
  /// The smallest change that would let the person do `permission`: each rule that says no once the
  /// others are out of the way, in order. Empty where they may, or where no change helps.
  package func remedies(
    for permission: Permission, on resource: Resource?, in circumstances: Circumstances
  ) -> [Remedy] {
    var (rights, resource) = (self, resource)
    var remedies: [Remedy] = []
    while let denial = rights.decide(permission, on: resource, in: circumstances).denial {
      guard let remedy = rights.remedy(of: denial, permission, on: resource, in: circumstances),
        !remedies.contains(remedy)
      else { return [] }
      remedies.append(remedy)
      // Of a kind of thing nothing is confirmed.
      if remedy == .secondPerson, resource == nil { break }
      remedy.apply(to: &rights, &resource, permission)
    }
    return remedies
  }

  /// What their membership can say isn't granted to them, where that is enough.
  private func remedy(
    of denial: Denial, _ permission: Permission, on resource: Resource?,
    in circumstances: Circumstances
  ) -> Remedy? {
    let remedy = Remedy(of: denial, permission)
    func helps(_ tried: Remedy) -> Bool {
      var (rights, thing) = (self, resource)
      tried.apply(to: &rights, &thing, permission)
      let next = rights.decide(permission, on: thing, in: circumstances).denial
      return next.flatMap { Remedy(of: $0, permission) } != remedy
    }
    switch remedy {
    case .grant(.journalApprove) where !person.departments.isEmpty && helps(.letApprove):
      return .letApprove
    case .raiseLimit(let amount) where !helps(.raiseLimit(to: amount)):
      return .grantUpTo(permission, amount)
    default: return remedy
    }
  }
}

extension Remedy {
  /// Nil where nothing helps.
  fileprivate init?(of denial: Denial, _ permission: Permission) {
    switch denial {
    case .readOnly(let state): self = .activate(state)
    case .peopleOnly: self = .askPerson
    case .outOfKeysScope: self = .widenKey(permission)
    case .forbidden(let source): self = .revoke(source)
    case .notListed(let thing, let needs): self = .admit(thing, needs)
    case .noGrant, .notOwn, .otherDepartment, .condition, .reserved, .lenderMayNot:
      self = .grant(permission)
    case .overLimit(let amount?, _): self = .raiseLimit(to: amount)
    case .overLimit: return nil
    case .involved, .ownPosting, .aboveThem: self = .someoneElse
    case .secondPersonNeeded: self = .secondPerson
    }
  }

  /// What the change makes of the rights and the thing.
  package func apply(
    to rights: inout Rights, _ resource: inout Resource?, _ permission: Permission
  ) {
    switch self {
    case .activate: rights.state = .active
    case .askPerson: rights.key = nil
    case .widenKey(let permission): rights.key?.append(PermissionPattern(permission))
    case .revoke(.list(let thing)): resource?.protections.removeAll { $0.thing == thing }
    case .revoke(let source): rights.grants.removeAll { $0.source == source }
    case .admit(let thing, let level): resource?.admit(rights.person.id, to: thing, level)
    case .grant(let permission):
      rights.grants.append(Grant(.allow, PermissionPattern(permission), from: .proposed))
    case .letApprove: rights.grants.append(.approving(as: rights.person))
    case .raiseLimit(let amount):
      rights.person.limit = amount
      let approving = Grant.approving(as: rights.person)
      rights.grants = rights.grants.map { $0.source == .membership ? approving : $0 }
    case .grantUpTo(let permission, let amount):
      rights.grants.append(
        Grant(.allow, PermissionPattern(permission), from: .proposed, limit: amount))
    case .someoneElse:
      resource?.involved[rights.person.id] = nil
      resource?.writers.remove(rights.person.id)
    case .secondPerson: resource?.isConfirmed = true
    }
  }
}

extension Resource {
  fileprivate mutating func admit(_ user: ID<User>, to thing: Thing, _ level: AccessLevel) {
    protections = protections.map { protection in
      guard protection.thing == thing else { return protection }
      let row = Protection.Row(
        id: 0, party: .user(user), level: level, mayShare: level == .admin, mayExport: true)
      return Protection(thing, rows: protection.rows + [row], covers: protection.covers)
    }
  }
}
