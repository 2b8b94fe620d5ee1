package import Domain
package import Phrases
package import Store

/// What nobody keeps the past of: a question about a past moment takes it as it is now.
package enum KeptAsNow: String, Hashable, Sendable, CaseIterable {
  case groups = "groups"
  case templates = "what templates give"
  case departments = "which departments stand below which, and who leads them"
  case thing = "the thing itself"
  case state = "whether the business takes changes"

  /// What any answer about the past says of itself.
  package static var phrase: Phrase {
    let all = Phrase.joined(allCases.map { Phrase(word: $0.rawValue) }, separator: "; ")
    return "Taken as they are now, as nobody keeps their past: \(all)."
  }

  package static var sentence: String { phrase.english }
}

extension Snapshot {
  /// The rights of somebody as they were at `moment`. Grants, denials, templates' assignments,
  /// delegations and emergencies are never deleted, so they are exact; role, limit, department and
  /// membership come from the audit log. Throws `notMemberThen`.
  func rights(of user: ID<User>, at moment: Timestamp) throws -> Rights {
    let past = at(moment)
    var rights = try past.ownRights(of: user, member: try member(user, at: moment))
    rights.delegations = try past.delegations(to: user, for: nil) { lender in
      try past.ownRights(of: lender, member: try member(lender, at: moment))
    }
    rights.brokenGlass = try past.brokenGlass(by: user)
    return rights
  }

  /// A member as they were, by undoing what the audit log has of them since.
  private func member(_ user: ID<User>, at moment: Timestamp) throws -> MemberRow {
    typealias Found = (id: ID<Membership>, status: String, member: MemberRow, since: Timestamp)
    let found = try row(
      {
        (
          id: ID<Membership>, status: String, since: Timestamp, name: String, role: Role,
          department: ID<Department>?, mayApprove: Bool, limit: Money?
        ) in
        Found(
          id, status,
          MemberRow(
            name: name, role: role, department: department, mayApprove: mayApprove, limit: limit),
          since)
      },
      """
      SELECT m.id, m.status, m.created_at, u.display_name, m.role, m.department_id, m.may_approve,
        m.spending_limit
      FROM business_memberships m JOIN users u ON u.id = m.user_id
      WHERE m.business_id = :business AND m.user_id = :user
      """, ["user": user])
    guard var found else { throw Refusal.noSuch(Subject(.user, user.value)) }
    for step in try changes(of: found.id, since: moment) { step.undo(&found.member, &found.status) }
    guard found.since <= moment, found.status == "active" else {
      throw Refusal.access(.notMemberThen)
    }
    return found.member
  }

  /// What was changed of a membership, the newest first, with what it was before.
  private func changes(
    of member: ID<Membership>, since moment: Timestamp
  ) throws -> [MemberStep] {
    try rows(
      MemberStep.init,
      """
      SELECT json_extract(old_values, '$.role'), json_extract(old_values, '$.status'),
        json_type(old_values, '$.spending_limit') IS NOT NULL,
        json_extract(old_values, '$.spending_limit'),
        json_type(old_values, '$.department_id') IS NOT NULL,
        json_extract(old_values, '$.department_id'), json_extract(old_values, '$.may_approve')
      FROM audit_logs
      WHERE business_id = :business AND resource_type = 'membership' AND resource_id = :member
        AND at > :moment AND status = 'success' AND old_values IS NOT NULL
      ORDER BY sequence DESC
      """, ["member": member, "moment": moment])
  }
}

/// What one change of a membership replaced.
private struct MemberStep {
  let role: Role?
  let status: String?
  let hasLimit: Bool
  let limit: Money?
  let hasDepartment: Bool
  let department: ID<Department>?
  let mayApprove: Bool?

  func undo(_ member: inout MemberRow, _ status: inout String) {
    if let role { member.role = role }
    if let before = self.status { status = before }
    if hasLimit { member.limit = limit }
    if hasDepartment { member.department = department }
    if let mayApprove { member.mayApprove = mayApprove }
  }
}

/// What became of somebody's rights between two moments that have been; of today, what of it has.
package struct AccessDiff: Query {
  package static let permission: Permission? = nil
  let user: ID<User>
  let from: Timestamp
  let to: Timestamp

  package init(_ user: ID<User>, from: Timestamp, to: Timestamp) {
    self.user = user
    self.from = from
    self.to = to
  }

  package struct Outcome: Hashable, Sendable {
    /// Nil where they were no active member.
    package let before: Person?
    package let after: Person?
    package let changes: [Change]

    package struct Change: Hashable, Sendable {
      package let permission: Permission
      package let before: AccessGrid.Cell
      package let after: AccessGrid.Cell
    }
  }

  package func run(in snapshot: Snapshot) throws -> Outcome {
    try snapshot.requireExplanation(of: user)
    guard from <= snapshot.now, to.day <= snapshot.now.day else {
      throw Refusal.access(.toCome)
    }
    guard from <= to else { throw Refusal.access(.endsBeforeItBegins) }
    let to = min(to, snapshot.now)
    func rights(_ moment: Timestamp) throws -> Rights? {
      do {
        return try snapshot.whole.rights(of: user, at: moment)
      } catch Refusal.access(.notMemberThen) { return nil }
    }
    let (before, after) = (try rights(from), try rights(to))
    func cells(_ rights: Rights?, _ moment: Timestamp) throws -> [AccessGrid.Cell] {
      let circumstances = try snapshot.at(moment).circumstances().fromNowhere
      return Permission.allCases.map { rights?.cell($0, in: circumstances) ?? .no }
    }
    let pairs = zip(try cells(before, from), try cells(after, to))
    return Outcome(
      before: before?.person, after: after?.person,
      changes: zip(Permission.allCases, pairs).compactMap { permission, pair in
        pair.0 == pair.1
          ? nil : Outcome.Change(permission: permission, before: pair.0, after: pair.1)
      })
  }
}
