package import Domain
package import Store

package enum GroupMember {}

/// Puts somebody into a group, which lists can name. A group is there while anybody is in it.
package struct AddToGroup: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.group.add"
  package static let event = AuditEvent.permissionChange
  static let nameMostCharacters = 64
  let group: String
  let user: ID<User>

  package init(_ user: ID<User>, to group: String) {
    self.user = user
    self.group = group
  }

  package var subject: Subject { Subject(.group, name: group) }
  package func subject(after id: ID<GroupMember>) -> Subject { Subject(.group, id.value) }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: user) }

  package func run(in change: Change) throws -> ID<GroupMember> {
    try group.requireName(of: .group, most: Self.nameMostCharacters)
    guard user != change.actor.user else { throw Refusal.access(.ownRights) }
    try change.requireActive(user)
    guard try !change.groupMembers(group).contains(user) else {
      throw Refusal.taken(kind: .group, name: group)
    }
    let lists = try change.lists(naming: group)
    try change.requireOwn(on: lists) { $0.party != .group(group) || $0.level <= $1 }
    let id = try change.insert(
      GroupMember.self,
      """
      INSERT INTO group_members (business_id, group_name, user_id, created_by, created_at)
      VALUES (:business, :group, :user, :actor, :now)
      """, ["group": group, "user": user, "actor": change.actor.user, "now": change.now])
    for list in lists { try change.requireSomebodyInCharge(of: list.thing) }
    return id
  }
}

/// Takes somebody out of a group.
package struct RemoveFromGroup: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.group.remove"
  package static let event = AuditEvent.permissionChange
  let group: String
  let user: ID<User>

  package init(_ user: ID<User>, from group: String) {
    self.user = user
    self.group = group
  }

  /// Who left, for the record: the row is gone.
  package struct Left: Hashable, Sendable, CarriesFields {
    let group: String
    let name: String

    var fields: [JSON.Field] {
      [JSON.Field("group", .string(group)), JSON.Field("left", .string(name))]
    }
  }

  package var subject: Subject { Subject(.group, name: group) }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: user) }

  package func run(in change: Change) throws -> Left {
    guard user != change.actor.user else { throw Refusal.access(.ownRights) }
    guard try change.groupMembers(group).contains(user) else { throw Refusal.noSuch(subject) }
    let lists = try change.lists(naming: group)
    // Whoever leaves is no longer shut out by what shuts the group out.
    try change.requireOwn(on: lists) {
      $0.party != .group(group) || $0.level != .none || $1 > .none
    }
    try change.execute(
      """
      DELETE FROM group_members
      WHERE business_id = :business AND group_name = :group AND user_id = :user
      """, ["group": group, "user": user])
    for list in lists { try change.requireSomebodyInCharge(of: list.thing) }
    let name = try change.one(
      String.self,
      "SELECT name FROM member_names WHERE business_id = :business AND user_id = :user",
      ["user": user])
    return Left(group: group, name: name)
  }
}

/// The groups and who is in them.
package struct Groups: Query {
  package static let permission: Permission? = .permissionManage

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<GroupMember>
    package let group: String
    package let user: ID<User>
    package let member: String
    package let since: Timestamp
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      Row.init,
      """
      SELECT g.id, g.group_name, g.user_id, u.display_name, g.created_at
      FROM group_members g JOIN users u ON u.id = g.user_id
      WHERE g.business_id = :business ORDER BY g.group_name, u.display_name
      """)
  }
}

extension Change {
  fileprivate func lists(naming group: String) throws -> [Protection] {
    try protections().filter { list in list.rows.contains { $0.party == .group(group) } }
  }

  /// Nobody but an owner puts others higher on a list than they are themselves: `allows` is asked
  /// of each row, with the level that whoever acts has on its list.
  fileprivate func requireOwn(
    on lists: [Protection], _ allows: (Protection.Row, AccessLevel) -> Bool
  ) throws {
    guard let person = try boundByLists() else { return }
    for list in lists {
      let own = person.level(on: list.rows)
      guard list.rows.allSatisfy({ allows($0, own) }) else {
        throw Refusal.access(.notHeld(.permissionManage))
      }
    }
  }
}

extension Reading {
  fileprivate func groupMembers(_ group: String) throws -> [ID<User>] {
    try rows(
      { (user: ID<User>) in user },
      "SELECT user_id FROM group_members WHERE business_id = :business AND group_name = :group",
      ["group": group])
  }
}
