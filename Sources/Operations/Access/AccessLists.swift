package import Domain
package import Store

/// Puts somebody on the list of one thing. From the first row on, whoever isn't on it may do nothing
/// to the thing (RULES §4.2, 5).
package struct AddToList: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.list.add"
  package static let event = AuditEvent.permissionChange
  let row: NewListRow

  package init(_ row: NewListRow) { self.row = row }

  package var subject: Subject { Subject(.list, name: row.thing.kind.rawValue) }
  package func subject(after id: ID<Protection>) -> Subject { Subject(.list, id.value) }
  package var reason: String? { row.reason }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(ofListOn: row.thing)
  }

  package func run(in change: Change) throws -> ID<Protection> {
    try change.requireReason(row.reason)
    try change.requireTime(from: nil, until: row.end)
    try change.requireThere(row.thing)
    try requireLessThanOwn(in: change)
    let (kind, user, department, role, group) = row.party.columns
    let id = try change.insert(
      Protection.self,
      """
      INSERT INTO access_control_lists (business_id, subject_type, subject_id, principal_type,
        user_id, department_id, role, group_name, level, may_share, may_export, expires_at,
        granted_by, reason, created_at)
      VALUES (:business, :kind, :thing, :party, :user, :department, :role, :group, :level, :share,
        :export, :end, :actor, :reason, :now)
      """,
      [
        "kind": row.thing.kind, "thing": row.thing.id, "party": kind, "user": user,
        "department": department, "role": role, "group": group, "level": row.level,
        "share": row.mayShare, "export": row.mayExport, "end": row.end,
        "actor": change.actor.user, "reason": row.reason, "now": change.now,
      ])
    try change.requireSomebodyInCharge(of: row.thing)
    return id
  }

  /// On a list that there is, nobody but an owner puts themselves, or others higher than they are.
  private func requireLessThanOwn(in change: Change) throws {
    let rows = try change.protections(of: [row.thing]).flatMap(\.rows)
    guard !rows.isEmpty, let person = try change.boundByLists() else { return }
    guard !person.isOf(row.party) else { throw Refusal.access(.ownRights) }
    guard row.level <= person.level(on: rows) else {
      throw Refusal.access(.notHeld(.permissionManage))
    }
  }
}

/// Who is put on a list, and how far they may go.
package struct NewListRow: Hashable, Sendable {
  package let thing: Thing
  package let party: Protection.Party
  package let level: AccessLevel
  package var mayShare = false
  package var mayExport = false
  /// Nil is until they are taken off.
  package var end: Timestamp?
  package let reason: String

  package init(_ party: Protection.Party, _ level: AccessLevel, of thing: Thing, reason: String) {
    self.party = party
    self.level = level
    self.thing = thing
    self.reason = reason
  }
}

extension Protection.Party {
  /// What kind it is, and the one column of the four that names it.
  fileprivate var columns: (String, ID<User>?, ID<Department>?, Role?, String?) {
    switch self {
    case .user(let user): ("user", user, nil, nil, nil)
    case .department(let department): ("department", nil, department, nil, nil)
    case .role(let role): ("role", nil, nil, role, nil)
    case .group(let name): ("group", nil, nil, nil, name)
    }
  }
}

/// Takes a row off a list, which stays on record. With the last of them the thing is open again to
/// whoever holds the permission.
package struct RemoveFromList: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.list.remove"
  package static let event = AuditEvent.permissionChange
  let row: ID<Protection>
  let why: String

  package init(_ row: ID<Protection>, reason: String) {
    self.row = row
    why = reason
  }

  package var subject: Subject { Subject(.list, row.value) }
  package var reason: String? { why }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(ofListOn: try thing(in: change))
  }

  private func thing(in change: Change) throws -> Thing {
    let thing = try change.row(
      { (kind: Thing.Kind, id: Int64) in Thing(kind, id) },
      """
      SELECT subject_type, subject_id FROM access_control_lists
      WHERE business_id = :business AND id = :row
      """, ["row": row])
    guard let thing else { throw Refusal.noSuch(subject) }
    return thing
  }

  package func run(in change: Change) throws {
    try change.requireReason(why)
    try requireNotFreed(in: change)
    try change.execute(
      """
      UPDATE access_control_lists SET revoked_by = :actor, revoked_at = :now
      WHERE business_id = :business AND id = :row
      """, ["actor": change.actor.user, "now": change.now, "row": row])
  }

  /// Nobody but an owner takes themselves off a list, which would free them of it, or lets those in
  /// whom it shuts out where these would come to more than they have.
  private func requireNotFreed(in change: Change) throws {
    let rows = try change.protections(of: [thing(in: change)]).flatMap(\.rows)
    guard let found = rows.first(where: { $0.id == row.value }),
      let person = try change.boundByLists()
    else { return }
    guard !person.isOf(found.party) else { throw Refusal.access(.ownRights) }
    guard found.level != .none || rows.allSatisfy({ $0.level <= person.level(on: rows) }) else {
      throw Refusal.access(.notHeld(.permissionManage))
    }
  }
}

/// The lists of the business, thing by thing; ended rows aren't on them.
package struct AccessLists: Query {
  package static let permission: Permission? = .permissionManage

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<Protection>
    package let thing: Thing
    /// What people call the thing: `1120 Bank`.
    package let thingName: String
    /// `user`, `department`, `role` or `group`.
    package let partyKind: String
    package let party: String
    package let level: AccessLevel
    package let mayShare: Bool
    package let mayExport: Bool
    package let end: Timestamp?
    package let reason: String
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      {
        (
          id: ID<Protection>, kind: Thing.Kind, thing: Int64, name: String?, partyKind: String,
          party: String?, level: AccessLevel, mayShare: Bool, mayExport: Bool, end: Timestamp?,
          reason: String
        ) in
        Row(
          id: id, thing: Thing(kind, thing), thingName: name ?? "", partyKind: partyKind,
          party: party ?? "", level: level, mayShare: mayShare, mayExport: mayExport, end: end,
          reason: reason)
      },
      """
      SELECT l.id, l.subject_type, l.subject_id,
        CASE l.subject_type
          WHEN 'account' THEN (SELECT a.number || ' ' || a.name FROM accounts a
            WHERE a.business_id = :business AND a.id = l.subject_id)
          WHEN 'department' THEN (SELECT d.code || ' ' || d.name FROM departments d
            WHERE d.business_id = :business AND d.id = l.subject_id)
          ELSE (SELECT coalesce(e.number, 'D-' || e.draft_number) FROM journal_entries e
            WHERE e.business_id = :business AND e.id = l.subject_id)
        END,
        l.principal_type,
        coalesce(l.group_name, l.role, n.name, (SELECT d.code FROM departments d
          WHERE d.business_id = :business AND d.id = l.department_id)),
        l.level, l.may_share, l.may_export, l.expires_at, l.reason
      FROM access_control_lists l
      LEFT JOIN member_names n ON n.business_id = :business AND n.user_id = l.user_id
      WHERE l.business_id = :business AND l.revoked_at IS NULL
        AND (l.expires_at IS NULL OR l.expires_at > :now)
      ORDER BY l.subject_type, l.subject_id, l.id
      """, ["now": snapshot.now])
  }
}

extension Person {
  /// How far they may go by the rows of one list.
  func level(on rows: [Protection.Row]) -> AccessLevel {
    rows.filter { isOf($0.party) }.map(\.level).max() ?? .none
  }
}

extension Change {
  /// Whoever acts, where lists bind them in what they change of lists: everybody but owners.
  func boundByLists() throws -> Person? {
    guard let user = actor.user else { return nil }
    let person = try ownRights(of: user, for: .permissionManage).person
    return person.role == .owner ? nil : person
  }

  /// A thing as far as changing its list is decided; nobody in particular is concerned.
  fileprivate func resource(ofListOn thing: Thing) throws -> Resource {
    var resource = Resource(departments: [])
    resource.thing = thing
    resource.protections = try protections(of: [thing])
    return resource
  }
}

extension Reading {
  /// Throws `noSuch` where the business has no such thing.
  func requireThere(_ thing: Thing) throws {
    let isThere = try one(
      Bool.self,
      """
      SELECT CASE :kind
        WHEN 'account' THEN EXISTS (
          SELECT 1 FROM accounts
          WHERE business_id = :business AND id = :id AND deleted_at IS NULL)
        WHEN 'department' THEN EXISTS (
          SELECT 1 FROM departments
          WHERE business_id = :business AND id = :id AND deleted_at IS NULL)
        ELSE EXISTS (
          SELECT 1 FROM journal_entries WHERE business_id = :business AND id = :id)
      END
      """, ["kind": thing.kind, "id": thing.id])
    guard isThere else { throw Refusal.noSuch(Subject(thing)) }
  }
}

extension Subject {
  fileprivate init(_ thing: Thing) {
    switch thing.kind {
    case .account: self.init(.account, thing.id)
    case .department: self.init(.department, thing.id)
    case .entry: self.init(.entry, thing.id)
    }
  }
}
