package import Domain
import Phrases
package import Store

package enum JointRequest {
  static let validSeconds: Int64 = 7 * 86_400
}

/// Asks a second holder of the permission to confirm an act, within a week. Where whoever asks may do
/// it alone, it is done at once.
package struct RequestConfirmation: Command {
  package static let permission: Permission? = nil
  package static let operation = "confirmation.request"
  package static let event = AuditEvent.create
  let act: JointAct
  let why: String
  private var intact: Set<IntactFile> = []

  package init(_ act: JointAct, reason: String) {
    self.act = act
    why = reason
  }

  package enum Outcome: Hashable, Sendable {
    case done
    case awaits(ID<JointRequest>, anyOf: [String], until: Timestamp)
  }

  package var subject: Subject { Subject(.confirmation, name: act.phrase.english) }
  package func subject(after outcome: Outcome) -> Subject {
    guard case .awaits(let id, _, _) = outcome else { return subject }
    return Subject(.confirmation, id.value, name: act.phrase.english)
  }
  package var reason: String? { why }

  package func prepared(in workspace: Workspace, as principal: Principal) async -> Self {
    var prepared = self
    prepared.intact = await act.intactFiles(in: workspace, as: principal)
    return prepared
  }

  package func run(in change: Change) throws -> Outcome {
    guard let user = change.actor.user else { throw Refusal.notAMember }
    try change.requireReason(why)
    return try request(
      act.command(for: user, reason: why, intact: intact), by: user, in: change)
  }

  private func request<C: JointCommand>(
    _ command: C, by user: ID<User>, in change: Change
  ) throws -> Outcome {
    let permission = C.right
    let rights = try change.ownRights(of: user, for: permission)
    let circumstances = try change.circumstances()
    let alone = rights.decide(permission, on: try command.resource(in: change), in: circumstances)
    if alone.isAllowed {
      try change.perform(command)
      return .done
    }
    let resource = try command.confirmedResource(in: change)
    try rights.decide(permission, on: resource, in: circumstances).require()
    guard try !command.outsiders(in: change).contains(user) else {
      throw Refusal.confirmation(.outsider)
    }
    let others = try change.confirmers(of: command, besides: user)
    guard !others.isEmpty else { throw Refusal.confirmation(.nobodyElse(permission)) }
    // Nobody is asked for what can't be done.
    try change.rehearse(command)
    let json = try act.json()
    try change.refuseSecondRequest(for: act, permission, json)
    return try insert(command, json, confirmers: others, in: change)
  }

  private func insert<C: JointCommand>(
    _ command: C, _ json: String, confirmers: [Person],
    in change: Change
  ) throws -> Outcome {
    let end = change.now.adding(seconds: JointRequest.validSeconds)
    let id = try change.insert(
      JointRequest.self,
      """
      INSERT INTO confirmations (business_id, permission, subject_type, subject_id, request, reason,
        requested_by, requested_at, expires_at)
      VALUES (:business, :permission, :type, :subject, :request, :reason, :actor, :now, :end)
      """,
      [
        "permission": C.right.rawValue, "type": command.subject.kind.rawValue,
        "subject": command.subject.id, "request": json, "reason": why,
        "actor": change.actor.user, "now": change.now, "end": end,
      ])
    try change.notify(
      confirmers.map(\.id),
      of: .confirmationAsked(by: change.actor.name, act: act, reason: why),
      about: Subject(.confirmation, id.value))
    return .awaits(id, anyOf: confirmers.map(\.name), until: end)
  }
}

/// Confirms what somebody else asked for, and so does it. Both rights are looked at anew.
package struct Confirm: Command {
  package static let permission: Permission? = nil
  package static let operation = "confirmation.confirm"
  package static let event = AuditEvent.approve
  let confirmation: ID<JointRequest>
  private var intact: Set<IntactFile> = []

  package init(_ confirmation: ID<JointRequest>) { self.confirmation = confirmation }

  package var subject: Subject { Subject(.confirmation, confirmation.value) }

  package func prepared(in workspace: Workspace, as principal: Principal) async -> Self {
    // Whoever may not see it hears so where it is done.
    let open = try? await workspace.read(Confirmations(), as: principal)
    let act = open?.first { $0.id == confirmation }?.act
    var prepared = self
    prepared.intact = await act?.intactFiles(in: workspace, as: principal) ?? []
    return prepared
  }

  package func run(in change: Change) throws {
    let request = try change.openRequest(confirmation)
    guard let user = change.actor.user else { throw Refusal.notAMember }
    guard user != request.requester else { throw Refusal.confirmation(.ownRequest) }
    try confirm(
      request.act.command(
        for: request.requester, reason: request.reason, intact: intact), request, by: user,
      in: change)
  }

  private func confirm<C: JointCommand>(
    _ command: C, _ request: OpenRequest, by user: ID<User>, in change: Change
  ) throws {
    let resource = try command.confirmedResource(in: change)
    let outsiders = try command.outsiders(in: change)
    guard !outsiders.contains(user) else { throw Refusal.confirmation(.outsider) }
    guard try change.holds(C.right, request.requester, on: resource),
      !outsiders.contains(request.requester)
    else { throw Refusal.confirmation(.requesterMayNot(request.requesterName)) }
    try change.end(confirmation, as: "confirmed")
    var standing = Standing(
      actor: change.actor, rights: try change.ownRights(of: user, for: C.right),
      circumstances: try change.circumstances())
    standing.requester = request.requesterName
    try change.perform(command, by: standing)
    try change.notify(
      [request.requester], of: .confirmed(by: change.actor.name, act: request.act),
      about: subject)
  }
}

/// Says no to what somebody else asked for. Whoever could have confirmed it can.
package struct DeclineConfirmation: Command {
  package static let permission: Permission? = nil
  package static let operation = "confirmation.decline"
  package static let event = AuditEvent.reject
  let confirmation: ID<JointRequest>
  let why: String

  package init(_ confirmation: ID<JointRequest>, reason: String) {
    self.confirmation = confirmation
    why = reason
  }

  package var subject: Subject { Subject(.confirmation, confirmation.value) }
  package var reason: String? { why }

  package func run(in change: Change) throws {
    try change.requireReason(why)
    let request = try change.openRequest(confirmation)
    guard let user = change.actor.user else { throw Refusal.notAMember }
    guard user != request.requester else { throw Refusal.confirmation(.ownRequest) }
    try requireHeld(
      request.act.command(for: request.requester, reason: request.reason), by: user, in: change)
    try change.end(confirmation, as: "declined")
    try change.notify(
      [request.requester],
      of: .declined(by: change.actor.name, act: request.act, reason: why), about: subject)
  }

  private func requireHeld<C: JointCommand>(
    _ command: C, by user: ID<User>, in change: Change
  ) throws {
    try change.decide(C.right, on: try command.confirmedResource(in: change))?.require()
    guard try !command.outsiders(in: change).contains(user) else {
      throw Refusal.confirmation(.outsider)
    }
  }
}

/// Takes back what one asked for oneself.
package struct WithdrawConfirmation: Command {
  package static let permission: Permission? = nil
  package static let operation = "confirmation.withdraw"
  package static let event = AuditEvent.cancel
  let confirmation: ID<JointRequest>

  package init(_ confirmation: ID<JointRequest>) { self.confirmation = confirmation }

  package var subject: Subject { Subject(.confirmation, confirmation.value) }

  package func run(in change: Change) throws {
    let request = try change.openRequest(confirmation)
    guard request.requester == change.actor.user else {
      throw Refusal.confirmation(.somebodyElses)
    }
    try change.end(confirmation, as: "withdrawn")
  }
}

/// What waits for a second person, or did: what one asked for oneself and what one could confirm; all
/// of it for whoever reads the whole audit log. The newest first.
package struct Confirmations: Query {
  package static let permission: Permission? = nil
  let decidedToo: Bool

  package init(decidedToo: Bool = false) { self.decidedToo = decidedToo }

  package struct Row: Hashable, Sendable {
    package let id: ID<JointRequest>
    package let permission: Permission
    /// Nil where this program knows no such act.
    package let act: JointAct?
    package let reason: String
    package let requester: String
    package let requestedAt: Timestamp
    package let expiresAt: Timestamp
    /// `requested`, `confirmed`, `declined`, `withdrawn` or `expired`.
    package let status: String
    package let decider: String?
    package let decidedAt: Timestamp?
    package let requesterID: ID<User>
    /// Whether whoever asks may confirm or decline it, as far as their rights go.
    package fileprivate(set) var mayAnswer = false
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    let all = try snapshot.rows(
      {
        (
          id: ID<JointRequest>, permission: String, request: String, reason: String,
          requester: String, requesterID: ID<User>, requestedAt: Timestamp, expiresAt: Timestamp,
          status: String, decider: String?, decidedAt: Timestamp?
        ) -> Row? in
        Permission(rawValue: permission).map {
          Row(
            id: id, permission: $0, act: JointAct(json: request), reason: reason,
            requester: requester, requestedAt: requestedAt, expiresAt: expiresAt, status: status,
            decider: decider, decidedAt: decidedAt, requesterID: requesterID)
        }
      },
      """
      SELECT c.id, c.permission, c.request, c.reason, r.display_name, c.requested_by,
        c.requested_at, c.expires_at,
        CASE WHEN c.status = 'requested' AND c.expires_at <= :now THEN 'expired' ELSE c.status END,
        d.display_name, c.decided_at
      FROM confirmations c
      JOIN users r ON r.id = c.requested_by
      LEFT JOIN users d ON d.id = c.decided_by
      WHERE c.business_id = :business
        AND (:all OR (c.status = 'requested' AND c.expires_at > :now))
      ORDER BY c.id DESC
      """, ["now": snapshot.now, "all": decidedToo]
    ).compactMap(\.self)
    guard let me = snapshot.actor.user else { return all }
    let seesAll = try snapshot.decide(.auditRead, on: Resource())?.isAllowed ?? true
    let rights = try snapshot.ownRights(of: me)
    let circumstances = try snapshot.circumstances()
    var confirmed = Resource()
    confirmed.isConfirmed = true
    return all.map { row in
      var row = row
      row.mayAnswer =
        row.requesterID != me
        && rights.decide(row.permission, on: confirmed, in: circumstances).isAllowed
      return row
    }.filter { seesAll || $0.requesterID == me || $0.mayAnswer }
  }
}

/// Of what takes two people, what whoever asks could do with another one and nobody else here could
/// confirm. For a thing in particular there may be fewer.
package struct Unconfirmable: Query {
  package static let permission: Permission? = nil

  package init() {}

  package func run(in snapshot: Snapshot) throws -> Set<Permission> {
    guard let me = snapshot.actor.user else { return [] }
    let circumstances = try snapshot.circumstances()
    let others = try snapshot.activeMembers().filter { $0 != me }
    var confirmed = Resource()
    confirmed.isConfirmed = true
    return try JointAct.rights.filter { right in
      let rights = try snapshot.ownRights(of: me, for: right)
      let takesTwo =
        rights.decide(right, on: confirmed, in: circumstances).isAllowed
        && !rights.decide(right, on: Resource(), in: circumstances).isAllowed
      return try takesTwo && !others.contains { try snapshot.holds(right, $0, on: confirmed) }
    }
  }
}

/// What stands against asking for something together, or answering.
package enum ConfirmationProblem: Hashable, Sendable {
  /// Nobody else could confirm it.
  case nobodyElse(Permission)
  case askedAlready(Int64)
  /// Whoever had a hand in it, such as who closed what is to be locked.
  case outsider
  case ownRequest
  case somebodyElses
  case over(String)
  case requesterMayNot(String)
  case unknownAct

  var code: String {
    switch self {
    case .nobodyElse: "nobody-else"
    case .askedAlready: "asked-already"
    case .outsider: "sod"
    case .ownRequest: "second-person"
    case .somebodyElses: "not-own"
    case .over: "over"
    case .requesterMayNot: "requester"
    case .unknownAct: "unknown-act"
    }
  }
}

/// A request that somebody may still answer.
private struct OpenRequest {
  let act: JointAct
  let reason: String
  let requester: ID<User>
  let requesterName: String
}

/// What undoes a rehearsal.
private struct Rehearsed: Error {}

extension Reading {
  /// Whether `user` may do it with a second person, by rights of their own; what others lend them
  /// would make one right out of two.
  fileprivate func holds(
    _ permission: Permission, _ user: ID<User>, on resource: Resource
  ) throws -> Bool {
    let isActive = try activeMembers().contains(user)
    return try isActive
      && ownRights(of: user, for: permission).decide(
        permission, on: resource, in: try circumstances().fromNowhere
      ).isAllowed
  }
}

extension Change {
  fileprivate func openRequest(_ confirmation: ID<JointRequest>) throws -> OpenRequest {
    typealias Found = (
      request: String, reason: String, requester: ID<User>, name: String, end: Timestamp,
      status: String
    )
    let found = try row(
      {
        (
          request: String, reason: String, requester: ID<User>, name: String, end: Timestamp,
          status: String
        ) in Found(request, reason, requester, name, end, status)
      },
      """
      SELECT c.request, c.reason, c.requested_by, u.display_name, c.expires_at, c.status
      FROM confirmations c JOIN users u ON u.id = c.requested_by
      WHERE c.business_id = :business AND c.id = :id
      """, ["id": confirmation])
    guard let found else { throw Refusal.noSuch(Subject(.confirmation, confirmation.value)) }
    guard found.status == "requested" else { throw Refusal.confirmation(.over(found.status)) }
    guard now < found.end else { throw Refusal.confirmation(.over("expired")) }
    guard let act = JointAct(json: found.request) else { throw Refusal.confirmation(.unknownAct) }
    return OpenRequest(
      act: act, reason: found.reason, requester: found.requester, requesterName: found.name)
  }

  fileprivate func end(_ confirmation: ID<JointRequest>, as status: String) throws {
    try execute(
      """
      UPDATE confirmations SET status = :status, decided_by = :actor, decided_at = :now
      WHERE business_id = :business AND id = :id
      """, ["status": status, "actor": actor.user, "now": now, "id": confirmation])
  }

  fileprivate func refuseSecondRequest(
    for act: JointAct, _ permission: Permission, _ json: String
  ) throws {
    let open = try row(
      { (id: Int64?) in id },
      """
      SELECT min(id) FROM confirmations
      WHERE business_id = :business AND permission = :permission AND request = :request
        AND status = 'requested' AND expires_at > :now
        AND (:anybody OR requested_by = :actor)
      """,
      [
        "permission": permission.rawValue, "request": json, "now": now,
        "anybody": !act.isForRequester, "actor": actor.user,
      ])
    if let id = open ?? nil { throw Refusal.confirmation(.askedAlready(id)) }
  }

  fileprivate func confirmers<C: JointCommand>(
    of command: C, besides user: ID<User>
  ) throws -> [Person] {
    let resource = try command.confirmedResource(in: self)
    let outsiders = try command.outsiders(in: self).union([user])
    return try activeMembers().filter {
      try !outsiders.contains($0) && holds(C.right, $0, on: resource)
    }.map { try ownRights(of: $0, for: C.right).person }
  }

  /// Throws what `command` would be refused for, and leaves nothing of it.
  fileprivate func rehearse<C: JointCommand>(_ command: C) throws {
    do {
      try whole {
        _ = try command.run(in: self)
        throw Rehearsed()
      }
    } catch is Rehearsed {
      // As it was meant to end.
    }
  }
}
