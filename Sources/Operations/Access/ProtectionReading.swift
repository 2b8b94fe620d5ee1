import Domain
import Store

extension Reading {
  /// The members whose doings are within `reach`.
  func people(within reach: Reach) throws -> [ID<User>] {
    try rows(
      { (user: ID<User>, department: ID<Department>?) in
        var doing = Resource(creator: user)
        doing.departments = Set([department].compactMap(\.self))
        return reach.contains(doing) ? user : nil
      },
      "SELECT user_id, department_id FROM business_memberships WHERE business_id = :business"
    ).compactMap(\.self)
  }

  /// Whether any list has a row in force.
  func hasLists() throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM access_control_lists
        WHERE business_id = :business AND revoked_at IS NULL
          AND (expires_at IS NULL OR expires_at > :now))
      """, ["now": now])
  }

  /// The lists of the business, each with all that it is the nearest list of.
  func protections() throws -> [Protection] {
    let lists = try rows(
      {
        (
          id: Int64, kind: Thing.Kind, thing: Int64, user: ID<User>?,
          department: ID<Department>?, role: Role?, group: String?, level: AccessLevel,
          mayShare: Bool, mayExport: Bool, end: Timestamp?
        ) in
        let party: Protection.Party =
          user.map { .user($0) } ?? department.map { .department($0) } ?? role.map { .role($0) }
          ?? .group(group ?? "")
        let row = Protection.Row(
          id: id, party: party, level: level, mayShare: mayShare, mayExport: mayExport,
          window: Window(from: nil, until: end))
        return (Thing(kind, thing), row)
      },
      """
      SELECT id, subject_type, subject_id, user_id, department_id, role, group_name, level,
        may_share, may_export, min(coalesce(expires_at, revoked_at), coalesce(revoked_at, expires_at))
      FROM access_control_lists
      WHERE business_id = :business AND created_at <= :now
        AND (revoked_at IS NULL OR revoked_at > :now) AND (expires_at IS NULL OR expires_at > :now)
      ORDER BY id
      """, ["now": now])
    guard !lists.isEmpty else { return [] }
    let byThing = Dictionary(grouping: lists, by: \.0).mapValues { $0.map(\.1) }
    let (accounts, departments) = (try accountTree(), try departmentTree())
    func covered(by thing: Thing) -> Set<Thing> {
      switch thing.kind {
      case .account:
        return Set(
          accounts.below([ID(thing.id)], stoppingAt: { byThing[Thing(.account, $0.value)] != nil })
            .map { Thing(.account, $0.value) })
      case .department:
        return Set(
          departments.below(
            [ID(thing.id)], stoppingAt: { byThing[Thing(.department, $0.value)] != nil }
          ).map { Thing(.department, $0.value) })
      case .entry: return [thing]
      }
    }
    return byThing.map { Protection($0.key, rows: $0.value, covers: covered(by: $0.key)) }
  }

  /// The nearest list of each of `things`, where there is one.
  func protections(of things: Set<Thing>) throws -> [Protection] {
    try protections().filter { !$0.covers.isDisjoint(with: things) }
  }
}
