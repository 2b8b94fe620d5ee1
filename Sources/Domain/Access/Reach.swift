/// Which rows somebody sees by a permission that only reads: the rule that `Rights.decide` applies to
/// one thing, in a form that can be asked of many.
package struct Reach: Hashable, Sendable {
  package let person: ID<User>?
  /// A row is within reach where one of them covers it …
  package let allows: [Conditions]
  /// … and none of them touches it …
  package let denies: [Conditions]
  /// … and it has no part in these, whose lists don't let the person read.
  package let closed: Set<Thing>
  /// What may be read by its own list alone.
  package let open: Set<Thing>

  package init(
    person: ID<User>?, allows: [Conditions], denies: [Conditions] = [], closed: Set<Thing> = [],
    open: Set<Thing> = []
  ) {
    self.person = person
    self.allows = allows
    self.denies = denies
    self.closed = closed
    self.open = open
  }

  package static let everything = Reach(person: nil, allows: [Conditions()])

  /// Whether nothing narrows it but what is denied or closed.
  package var isWhole: Bool { allows.contains(where: \.askNothingOfThings) }
  package var isEverything: Bool { isWhole && denies.isEmpty && closed.isEmpty }

  /// What is within both. Where both have conditions there is no one way to say it: then nothing is.
  func narrowed(by other: Reach) -> Reach {
    Reach(
      person: person, allows: isWhole ? other.allows : other.isWhole ? allows : [],
      denies: denies + other.denies, closed: closed.union(other.closed),
      open: open.intersection(other.open))
  }

  /// Whether somebody who reaches this sees `resource`, whose parts are `parts`.
  package func contains(_ resource: Resource, parts: Set<Thing> = []) -> Bool {
    guard closed.isDisjoint(with: parts) else { return false }
    guard let person else { return isEverything }
    if denies.contains(where: { $0.broken(on: resource, for: person, .touchingAny) == nil }) {
      return false
    }
    return resource.thing.map(open.contains) ?? false
      || allows.contains { $0.broken(on: resource, for: person, .coveringAll) == nil }
  }
}

extension Rights {
  /// What `permission` shows, given the lists of the business: those on a thing itself and, where a
  /// thing has none, that on what it stands under. What the role holds with a reservation shows what
  /// is somebody's own where `reservedIsOwn`, and the reservation's own things are elsewhere.
  package func reach(
    of permission: Permission, lists: [Protection], in circumstances: Circumstances,
    reservedIsOwn: Bool = false
  ) -> Reach {
    guard !isBeyondKey(permission) else { return Reach(person: person.id, allows: []) }
    let speaking = grants(of: permission).filter {
      $0.speaks(in: circumstances)
    }
    var (closed, open): (Set<Thing>, Set<Thing>) = ([], [])
    for list in lists {
      switch finding(of: list, for: permission, in: circumstances) {
      case .denied?: closed.formUnion(list.covers)
      case .listed? where !permission.isExport: open.insert(list.thing)
      default: break
      }
    }
    return Reach(
      person: person.id,
      allows: speaking.filter { $0.effect == .allow }.map { grant in
        guard reservedIsOwn, grant.source == .role(person.role),
          case .only = permission.grant(to: person.role)
        else { return grant.conditions }
        var conditions = grant.conditions
        conditions.ownOnly = true
        return conditions
      },
      denies: speaking.filter { $0.effect == .deny }.map(\.conditions), closed: closed,
      open: open)
  }
}
