package import Domain
package import Phrases
package import Store

/// What somebody is told without having asked. Kept as facts: its words are made where it is shown,
/// in the language of whoever reads it.
package enum Notice: Codable, Hashable, Sendable {
  case limitsLifted(by: String, minutes: Int, reason: String)
  case periodReopened(name: String, by: String, reason: String)
  case yearReopened(year: Int, by: String, reason: String)
  /// They may post into a closed period until then.
  case exceptionGranted(period: String, until: Timestamp, by: String, reason: String)
  case factorRemoved(by: String, reason: String)
  case confirmationAsked(by: String, act: JointAct, reason: String)
  case confirmed(by: String, act: JointAct)
  case declined(by: String, act: JointAct, reason: String)
  case entryRejected(name: String, by: String, reason: String)

  /// What happened, without why.
  package var phrase: Phrase {
    switch self {
    case .limitsLifted(let name, let minutes, _):
      "\(name) lifted limits and separate duties for \(minutes) minutes"
    case .periodReopened(let period, let name, _): "\(name) reopened period \(period)"
    case .yearReopened(let year, let name, _): "\(name) reopened the year \(String(year))"
    case .exceptionGranted(let period, let end, let name, _):
      "\(name) lets you post into \(period) until \(end.minute)"
    case .factorRemoved(let name, _): "\(name) took your second factor away: set up another"
    case .confirmationAsked(let name, let act, _): "\(name) asks you to confirm: \(act.phrase)"
    case .confirmed(let name, let act): "\(name) confirmed: \(act.phrase)"
    case .declined(let name, let act, _): "\(name) declined: \(act.phrase)"
    case .entryRejected(let entry, let name, _): "\(name) sent \(entry) back to you"
    }
  }

  /// Empty where nobody had to say why.
  package var reason: String {
    switch self {
    case .limitsLifted(_, _, let reason), .periodReopened(_, _, let reason),
      .yearReopened(_, _, let reason), .exceptionGranted(_, _, _, let reason),
      .factorRemoved(_, let reason), .confirmationAsked(_, _, let reason),
      .declined(_, _, let reason), .entryRejected(_, _, let reason):
      reason
    case .confirmed: ""
    }
  }
}

extension Notice: KeptAsJSON {}

extension Change {
  /// Leaves `people` a notice about `subject`; whoever does this knows of it already.
  func notify(_ people: [ID<User>], of notice: Notice, about subject: Subject) throws {
    let json = try notice.json()
    for person in people where person != actor.user {
      try execute(
        """
        INSERT INTO notifications (business_id, user_id, notice, subject_type, subject_id,
          created_at)
        VALUES (:business, :user, :notice, :type, :subject, :now)
        """,
        [
          "user": person, "notice": json, "type": subject.kind.rawValue, "subject": subject.id,
          "now": now,
        ])
    }
  }
}

/// One page of what whoever asks was told in the business, the newest first. Nobody reads what others
/// were told.
package struct Notices: Query {
  package static let permission: Permission? = nil

  package struct Row: Hashable, Sendable {
    package let id: ID<Notice>
    /// Nil where this program knows no such notice.
    package let notice: Notice?
    package let at: Timestamp
    package let readAt: Timestamp?
    /// What it is about.
    package let subject: Subject?

    package var phrase: Phrase {
      notice?.phrase ?? "Another version of CoreFlow left this notice."
    }
    package var reason: String { notice?.reason ?? "" }
  }

  let readToo: Bool
  /// The page begins with the notice just older (or, going back, just newer) than this.
  let from: Int64
  let isGoingBack: Bool
  let limit: Int

  /// The page of those before notice `before`, or the newest.
  package init(readToo: Bool = true, before: ID<Notice>? = nil, limit: Int = 100) {
    self.readToo = readToo
    from = before?.value ?? .max
    isGoingBack = false
    self.limit = limit
  }

  /// The page of those that end just after notice `after`, newest first too; nil is the oldest.
  package init(after: ID<Notice>?, limit: Int = 100) {
    readToo = true
    from = after?.value ?? 0
    isGoingBack = true
    self.limit = limit
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    let rows = try snapshot.rows(
      {
        (
          id: ID<Notice>, notice: String, at: Timestamp, readAt: Timestamp?, type: String?,
          subject: Int64?
        ) in
        Row(
          id: id, notice: Notice(json: notice), at: at, readAt: readAt,
          subject: type.flatMap(Subject.Kind.init).map { Subject($0, subject) })
      },
      isGoingBack ? Self.newer : Self.older,
      ["me": snapshot.actor.user, "from": from, "all": readToo, "limit": limit])
    return isGoingBack ? rows.reversed() : rows
  }

  private static let older: StaticString = """
    SELECT id, notice, created_at, read_at, subject_type, subject_id FROM notifications
    WHERE business_id = :business AND user_id = :me AND id < :from
      AND (:all OR read_at IS NULL)
    ORDER BY id DESC LIMIT :limit
    """

  private static let newer: StaticString = """
    SELECT id, notice, created_at, read_at, subject_type, subject_id FROM notifications
    WHERE business_id = :business AND user_id = :me AND id > :from
      AND (:all OR read_at IS NULL)
    ORDER BY id ASC LIMIT :limit
    """
}

/// How many notices whoever asks hasn't read.
package struct UnreadNotices: Query {
  package static let permission: Permission? = nil

  package init() {}

  package func run(in snapshot: Snapshot) throws -> Int {
    try snapshot.row(
      { (count: Int) in count },
      """
      SELECT count(*) FROM notifications
      WHERE business_id = :business AND user_id = :me AND read_at IS NULL
      """, ["me": snapshot.actor.user]) ?? 0
  }
}

/// Marks notices of one's own as read. Whether an owner has seen that limits were lifted is worth a
/// record, and no business is too closed for it.
package struct ReadNotices: Command {
  package static let permission: Permission? = nil
  package static let operation = "notice.read"
  package static let event = AuditEvent.view

  package enum Which: Hashable, Sendable {
    case one(ID<Notice>)
    case all
  }

  let which: Which

  package init(_ which: Which) { self.which = which }

  private var notice: ID<Notice>? {
    if case .one(let notice) = which { notice } else { nil }
  }

  package var subject: Subject { Subject(.notice, notice?.value) }

  /// Gives how many hadn't been read; throws `noSuch` of somebody else's too.
  package func run(in change: Change) throws -> Int {
    let found = try change.rows(
      { (unread: Bool) in unread },
      """
      SELECT read_at IS NULL FROM notifications
      WHERE business_id = :business AND user_id = :me AND id = coalesce(:notice, id)
        AND (:notice IS NOT NULL OR read_at IS NULL)
      """, ["me": change.actor.user, "notice": notice])
    guard notice == nil || !found.isEmpty else { throw Refusal.noSuch(subject) }
    try change.execute(
      """
      UPDATE notifications SET read_at = :now
      WHERE business_id = :business AND user_id = :me AND read_at IS NULL
        AND id = coalesce(:notice, id)
      """, ["me": change.actor.user, "now": change.now, "notice": notice])
    return found.count { $0 }
  }
}
