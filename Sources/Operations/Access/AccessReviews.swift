import Crypto
package import Domain
package import Store

package enum AccessReview {}

/// Writes down what everybody may do at this moment beyond nothing, line by line, for somebody else to
/// look at.
package struct StartAccessReview: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.review.start"
  package static let event = AuditEvent.create
  static let titleMostCharacters = 100
  let title: String

  package init(_ title: String) { self.title = title }

  package var subject: Subject { Subject(.review, name: title) }
  package func subject(after id: ID<AccessReview>) -> Subject { Subject(.review, id.value) }

  package func run(in change: Change) throws -> ID<AccessReview> {
    try title.requireName(of: .review, most: Self.titleMostCharacters)
    let id = try change.insert(
      AccessReview.self,
      """
      INSERT INTO access_reviews (business_id, title, started_by, started_at)
      VALUES (:business, :title, :actor, :now)
      """, ["title": title, "actor": change.actor.user, "now": change.now])
    for (index, line) in try change.reviewable().enumerated() {
      try change.execute(
        """
        INSERT INTO access_review_lines (business_id, review_id, line_number, user_id, kind,
          thing_id, value, description)
        VALUES (:business, :review, :line, :user, :kind, :thing, :value, :description)
        """,
        [
          "review": id, "line": index + 1, "user": line.user, "kind": line.kind,
          "thing": line.thing, "value": line.value, "description": line.description,
        ])
    }
    return id
  }
}

/// Says of one line that it stays, or that it must go. What must go is taken away by its own command,
/// and is listed until then. Until the review is signed a decision can be another. Nobody decides on
/// their own, but that it stays, where nobody else could: or no sole owner could ever sign.
package struct DecideReviewLine: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.review.decide"
  package static let event = AuditEvent.update
  let review: ID<AccessReview>
  let line: Int
  let decision: Decision
  let comment: String

  package enum Decision: String, Hashable, Sendable, CaseIterable {
    case keep
    case revoke
  }

  package init(
    _ decision: Decision, line: Int, of review: ID<AccessReview>, comment: String = ""
  ) {
    self.review = review
    self.line = line
    self.decision = decision
    self.comment = comment
  }

  package var subject: Subject { Subject(.review, review.value) }
  package var reason: String? { comment.isEmpty ? nil : comment }

  package func resource(in change: Change) throws -> Resource {
    try person(in: change).map(change.resource) ?? Resource()
  }

  /// Whom the line is about; nil where it is about a role or a department.
  private func person(in change: Change) throws -> ID<User>? {
    let found = try change.row(
      { (user: ID<User>?) in user },
      """
      SELECT user_id FROM access_review_lines
      WHERE business_id = :business AND review_id = :review AND line_number = :line
      """, ["review": review, "line": line])
    guard let found else { throw Refusal.noSuch(subject) }
    return found
  }

  /// Throws `ownRights` where it is about the actor, or about a template that binds them.
  private func requireNotOwn(_ person: ID<User>?, in change: Change) throws {
    if let person, person == change.actor.user { throw Refusal.access(.ownRights) }
    let assignment = try change.row(
      { (assignment: ID<TemplateAssignment>) in assignment },
      """
      SELECT thing_id FROM access_review_lines
      WHERE business_id = :business AND review_id = :review AND line_number = :line
        AND kind = 'template'
      """, ["review": review, "line": line])
    if let given = try assignment.flatMap(change.given) {
      try change.requireNotOwn(given.items, of: [given.party])
    }
  }

  package func run(in change: Change) throws {
    let person = try person(in: change)
    let isForOthers = try decision == .revoke || change.othersDecide(on: resource(in: change))
    if isForOthers { try requireNotOwn(person, in: change) }
    try change.requireUnsigned(review)
    guard comment.unicodeScalars.count <= 500 else { throw Refusal.access(.tooLong(most: 500)) }
    try change.execute(
      """
      UPDATE access_review_lines SET decision = :decision, decided_by = :actor, decided_at = :now,
        comment = :comment
      WHERE business_id = :business AND review_id = :review AND line_number = :line
      """,
      [
        "decision": decision.rawValue, "actor": change.actor.user, "now": change.now,
        "comment": comment, "review": review, "line": line,
      ])
  }
}

/// Signs a review of which every line is decided. From then on nothing of it changes, and its digest
/// shows if it did.
package struct SignReview: Command {
  package static let permission: Permission? = .permissionManage
  package static let operation = "permission.review.sign"
  package static let event = AuditEvent.approve
  let review: ID<AccessReview>

  package init(_ review: ID<AccessReview>) { self.review = review }

  package var subject: Subject { Subject(.review, review.value) }

  package func run(in change: Change) throws {
    try change.requireUnsigned(review)
    let (begun, lines) = try change.review(review)
    var head = begun
    let undecided = lines.filter { $0.decision == nil }.count
    guard undecided == 0 else { throw Refusal.access(.linesUndecided(undecided)) }
    head.signer = change.actor.user
    head.signedAt = change.now
    try change.execute(
      """
      UPDATE access_reviews SET signed_by = :actor, signed_at = :now, digest = :digest
      WHERE business_id = :business AND id = :review
      """,
      [
        "actor": change.actor.user, "now": change.now,
        "digest": head.digest(with: lines), "review": review,
      ])
  }
}

/// The reviews there were, the newest first.
package struct AccessReviews: Query {
  package static let permission: Permission? = .auditRead

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<AccessReview>
    package let title: String
    package let startedBy: String
    package let startedAt: Timestamp
    package let lines: Int
    package let undecided: Int
    package let signedBy: String?
    package let signedAt: Timestamp?
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.decide(.auditRead, on: Resource())?.require()
    return try snapshot.rows(
      Row.init,
      """
      SELECT r.id, r.title, u.display_name, r.started_at,
        (SELECT count(*) FROM access_review_lines l
         WHERE l.business_id = :business AND l.review_id = r.id),
        (SELECT count(*) FROM access_review_lines l
         WHERE l.business_id = :business AND l.review_id = r.id AND l.decision IS NULL),
        s.display_name, r.signed_at
      FROM access_reviews r
      JOIN users u ON u.id = r.started_by
      LEFT JOIN users s ON s.id = r.signed_by
      WHERE r.business_id = :business ORDER BY r.id DESC
      """)
  }
}

/// One review with all its lines.
package struct AccessReviewDetail: Query {
  package static let permission: Permission? = .auditRead
  let review: ID<AccessReview>

  package init(_ review: ID<AccessReview>) { self.review = review }

  package struct Detail: Hashable, Sendable {
    package let title: String
    package let lines: [Line]
    /// Nil until it is signed; false where it isn't what was signed any more.
    package let isIntact: Bool?
    package let digest: String?
    /// Whether the reader may keep what is about themselves: nobody else is there who could decide,
    /// and a review that nobody can finish would never be signed.
    package let mayKeepOwn: Bool
  }

  package struct Line: Hashable, Sendable {
    package let number: Int
    /// Nil where it is about a role or a department.
    package let person: String?
    /// Whether it is about the reader.
    package let isOwn: Bool
    package let kind: String
    package let description: String
    package let decision: String?
    package let decidedBy: String?
    package let comment: String
    /// Whether what the line tells of is so no more.
    package let isGone: Bool
  }

  package func run(in snapshot: Snapshot) throws -> Detail {
    try snapshot.decide(.auditRead, on: Resource())?.require()
    let (head, lines) = try snapshot.review(review)
    return Detail(
      title: head.title, lines: try shown(in: snapshot),
      isIntact: head.digest.map { $0 == head.digest(with: lines) }, digest: head.digest,
      mayKeepOwn: try snapshot.actor.user.map {
        try !snapshot.whole.othersDecide(on: snapshot.whole.resource(of: $0))
      } ?? false)
  }

  private func shown(in snapshot: Snapshot) throws -> [Line] {
    try snapshot.rows(
      Line.init,
      """
      SELECT l.line_number, n.name, l.user_id IS :me AND :me IS NOT NULL, l.kind, l.description,
        l.decision, d.display_name, l.comment,
        NOT CASE l.kind
          WHEN 'role' THEN EXISTS (SELECT 1 FROM business_memberships m
            WHERE m.business_id = :business AND m.user_id = l.user_id AND m.status = 'active'
              AND m.role = l.value)
          WHEN 'limit' THEN EXISTS (SELECT 1 FROM business_memberships m
            WHERE m.business_id = :business AND m.user_id = l.user_id AND m.status = 'active'
              AND m.spending_limit = CAST(l.value AS INTEGER))
          WHEN 'approver' THEN EXISTS (SELECT 1 FROM business_memberships m
            WHERE m.business_id = :business AND m.user_id = l.user_id AND m.status = 'active'
              AND m.may_approve)
          WHEN 'grant' THEN EXISTS (SELECT 1 FROM user_permissions p
            WHERE p.business_id = :business AND p.id = l.thing_id AND p.revoked_at IS NULL
              AND (p.ends_at IS NULL OR p.ends_at > :now))
          WHEN 'template' THEN EXISTS (SELECT 1 FROM template_assignments a
            WHERE a.business_id = :business AND a.id = l.thing_id AND a.revoked_at IS NULL
              AND (a.ends_at IS NULL OR a.ends_at > :now))
          WHEN 'delegation' THEN EXISTS (SELECT 1 FROM approval_delegations a
            WHERE a.business_id = :business AND a.id = l.thing_id AND a.revoked_at IS NULL
              AND a.ends_at > :now)
          WHEN 'post' THEN iif(l.thing_id IS NULL,
            EXISTS (SELECT 1 FROM departments d
              WHERE d.business_id = :business AND d.head_user_id = l.user_id
                AND d.code = l.value AND d.deleted_at IS NULL),
            EXISTS (SELECT 1 FROM department_roles r
              WHERE r.business_id = :business AND r.id = l.thing_id
                AND (r.ends_at IS NULL OR r.ends_at > :now)))
          WHEN 'list' THEN EXISTS (SELECT 1 FROM access_control_lists c
            WHERE c.business_id = :business AND c.id = l.thing_id AND c.revoked_at IS NULL
              AND (c.expires_at IS NULL OR c.expires_at > :now))
          WHEN 'key' THEN EXISTS (SELECT 1 FROM api_keys k
            WHERE k.business_id = :business AND k.id = l.thing_id AND k.status = 'active'
              AND (k.expires_at IS NULL OR k.expires_at > :now))
          ELSE EXISTS (SELECT 1 FROM group_members g
            WHERE g.business_id = :business AND g.user_id = l.user_id AND g.group_name = l.value)
        END
      FROM access_review_lines l
      LEFT JOIN member_names n ON n.business_id = :business AND n.user_id = l.user_id
      LEFT JOIN users d ON d.id = l.decided_by
      WHERE l.business_id = :business AND l.review_id = :review
      ORDER BY l.line_number
      """, ["review": review, "me": snapshot.actor.user, "now": snapshot.now])
  }
}

extension Reading {
  /// Whether somebody else than the reader is there who could decide on a line.
  fileprivate func othersDecide(on resource: Resource) throws -> Bool {
    try holders(of: .permissionManage, on: resource).contains { $0.id != actor.user }
  }
}

/// A review as its digest is made of it.
private struct ReviewHead {
  let id: ID<AccessReview>
  let business: ID<Business>
  let title: String
  let starter: ID<User>
  let startedAt: Timestamp
  var signer: ID<User>?
  var signedAt: Timestamp?
  let digest: String?

  /// SHA-256 over everything that a review says, so that a later alteration shows.
  func digest(with lines: [ReviewLine]) -> String {
    let document: JSON = [
      "business": .integer(business.value), "review": .integer(id.value),
      "title": .string(title), "started_by": .integer(starter.value),
      "started_at": .integer(startedAt.milliseconds), "signed_by": .id(signer?.value),
      "signed_at": .id(signedAt?.milliseconds), "lines": .array(lines.map(\.json)),
    ]
    return hexadecimal(SHA256.hash(data: Array(document.text.utf8)))
  }
}

/// A line of one.
private struct ReviewLine {
  let number: Int
  let user: ID<User>?
  let kind: String
  let thing: Int64?
  let value: String
  let description: String
  let decision: String?
  let decider: ID<User>?
  let decidedAt: Timestamp?
  let comment: String

  var json: JSON {
    [
      "line": .integer(Int64(number)), "user": .id(user?.value), "kind": .string(kind),
      "thing": .id(thing), "value": .string(value), "description": .string(description),
      "decision": .text(decision), "decided_by": .id(decider?.value),
      "decided_at": .id(decidedAt?.milliseconds), "comment": .string(comment),
    ]
  }
}

/// What is to be looked at.
private struct Reviewable {
  let user: ID<User>?
  let kind: String
  let thing: Int64?
  let value: String
  let description: String
}

extension Reading {
  fileprivate func review(
    _ review: ID<AccessReview>
  ) throws -> (head: ReviewHead, lines: [ReviewLine]) {
    let business = business
    let head = try row(
      {
        (
          title: String, starter: ID<User>, startedAt: Timestamp, signer: ID<User>?,
          signedAt: Timestamp?, digest: String?
        ) in
        ReviewHead(
          id: review, business: business, title: title, starter: starter, startedAt: startedAt,
          signer: signer, signedAt: signedAt, digest: digest)
      },
      """
      SELECT title, started_by, started_at, signed_by, signed_at, digest FROM access_reviews
      WHERE business_id = :business AND id = :review
      """, ["review": review])
    guard let head else { throw Refusal.noSuch(Subject(.review, review.value)) }
    let lines = try rows(
      ReviewLine.init,
      """
      SELECT line_number, user_id, kind, thing_id, value, description, decision, decided_by,
        decided_at, comment
      FROM access_review_lines WHERE business_id = :business AND review_id = :review
      ORDER BY line_number
      """, ["review": review])
    return (head, lines)
  }

  fileprivate func requireUnsigned(_ review: ID<AccessReview>) throws {
    guard try self.review(review).head.signedAt == nil else { throw Refusal.access(.reviewed) }
  }

  /// What everybody has: person by person, roles first.
  fileprivate func reviewable() throws -> [Reviewable] {
    let exponent = try businessFacts().baseExponent
    return try rows(
      {
        (
          user: ID<User>?, kind: String, thing: Int64?, value: String, description: String,
          limit: Money?, end: Timestamp?
        ) in
        let limit = limit.map { " up to \(AmountFormat().text($0, exponent: exponent))" } ?? ""
        let end = end.map { " until \($0.text)" } ?? ""
        return Reviewable(
          user: user, kind: kind, thing: thing, value: value,
          description: String("\(description)\(limit)\(end)".unicodeScalars.prefix(1_000)))
      },
      whatEverybodyHas, ["now": now])
  }
}

/// Person by person, roles first; last what is of nobody in person.
private let whatEverybodyHas: StaticString = """
  WITH lines (user_id, place, kind, thing_id, value, description, amount, ends_at) AS (
    SELECT m.user_id, 1, 'role', NULL, m.role, 'is ' || m.role, NULL, NULL
    FROM business_memberships m WHERE m.business_id = :business AND m.status = 'active'
    UNION ALL
    SELECT m.user_id, 2, 'approver', NULL, '', 'approves as a member, in their departments', NULL,
      NULL
    FROM business_memberships m
    WHERE m.business_id = :business AND m.status = 'active' AND m.may_approve
    UNION ALL
    SELECT m.user_id, 2, 'limit', NULL, CAST(m.spending_limit AS TEXT), 'may approve',
      m.spending_limit, NULL
    FROM business_memberships m
    WHERE m.business_id = :business AND m.status = 'active' AND m.spending_limit IS NOT NULL
    UNION ALL
    SELECT p.user_id, 3, 'grant', p.id, '', p.effect || ' ' || p.permission
        || coalesce(' of ' || p.subject_type || ' ' || p.subject_id, '')
        || CASE p.conditions WHEN '{}' THEN '' ELSE ' where ' || p.conditions END
        || ' (' || p.reason || ')',
      p.amount_limit, p.ends_at
    FROM user_permissions p
    WHERE p.business_id = :business AND p.revoked_at IS NULL
      AND (p.ends_at IS NULL OR p.ends_at > :now)
    UNION ALL
    SELECT a.user_id, 4, 'template', a.id, '', 'has the template ' || t.name || ': '
        || (SELECT group_concat(value ->> 'effect' || ' ' || (value ->> 'permission'), ', ')
            FROM json_each(t.permissions))
        || coalesce(' as ' || a.role, ' in ' || d.code, ''),
      NULL, a.ends_at
    FROM template_assignments a
    JOIN permission_templates t ON t.business_id = :business AND t.id = a.template_id
    LEFT JOIN departments d ON d.business_id = :business AND d.id = a.department_id
    WHERE a.business_id = :business AND a.revoked_at IS NULL
      AND (a.ends_at IS NULL OR a.ends_at > :now)
    UNION ALL
    SELECT a.to_user_id, 5, 'delegation', a.id, '', 'borrows '
        || (SELECT group_concat(value, ', ') FROM json_each(a.permissions)) || ' of '
        || u.display_name,
      a.amount_limit, a.ends_at
    FROM approval_delegations a JOIN users u ON u.id = a.from_user_id
    WHERE a.business_id = :business AND a.revoked_at IS NULL AND a.ends_at > :now
    UNION ALL
    SELECT r.user_id, 6, 'post', r.id, '', 'is ' || r.role || ' of ' || d.code
        || iif(r.can_approve_budget, ', approves its budget', '')
        || iif(r.can_manage_members, ', manages its members', '')
        || iif(r.can_view_reports, ', views its reports', '')
        || iif(r.can_create_requests, ', creates requests', '')
        || iif(r.approval_limit IS NULL, '', ', approves'),
      r.approval_limit, r.ends_at
    FROM department_roles r
    JOIN departments d ON d.business_id = :business AND d.id = r.department_id
    WHERE r.business_id = :business AND d.deleted_at IS NULL
      AND (r.ends_at IS NULL OR r.ends_at > :now)
    UNION ALL
    SELECT d.head_user_id, 6, 'post', NULL, d.code, 'leads ' || d.code, NULL, NULL
    FROM departments d
    WHERE d.business_id = :business AND d.head_user_id IS NOT NULL AND d.deleted_at IS NULL
    UNION ALL
    SELECT g.user_id, 7, 'group', NULL, g.group_name, 'is in the group ' || g.group_name,
      NULL, NULL
    FROM group_members g WHERE g.business_id = :business
    UNION ALL
    SELECT c.user_id, 8, 'list', c.id, '', c.level || ' of ' || c.subject_type || ' '
        || coalesce(
          CASE c.subject_type
            WHEN 'account' THEN (SELECT a.number FROM accounts a
              WHERE a.business_id = :business AND a.id = c.subject_id)
            WHEN 'department' THEN (SELECT d.code FROM departments d
              WHERE d.business_id = :business AND d.id = c.subject_id)
          END, c.subject_id)
        || coalesce(' as ' || c.role, ' in ' || d.code, ' in the group ' || c.group_name, ''),
      NULL, c.expires_at
    FROM access_control_lists c
    LEFT JOIN departments d ON d.business_id = :business AND d.id = c.department_id
    WHERE c.business_id = :business AND c.revoked_at IS NULL
      AND (c.expires_at IS NULL OR c.expires_at > :now)
    UNION ALL
    SELECT k.created_by, 9, 'key', k.id, '', 'has the API key ' || k.name || ' for '
        || (SELECT group_concat(value, ', ') FROM json_each(k.permissions)),
      NULL, k.expires_at
    FROM api_keys k
    WHERE k.business_id = :business AND k.status = 'active'
      AND (k.expires_at IS NULL OR k.expires_at > :now))
  SELECT user_id, kind, thing_id, value, description, amount, ends_at FROM lines
  ORDER BY user_id, place, kind, thing_id
  """
