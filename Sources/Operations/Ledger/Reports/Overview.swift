package import Domain
package import Store

/// How many entries there are of a kind, and their sum.
package struct EntryTally: Hashable, Sendable {
  package let entries: Int
  /// Debits, in minor units of the base currency; nil where that is more than books can hold.
  package let total: Money?
  /// Whether there are more than were counted.
  package let isMore: Bool

  package init(entries: Int, total: Money?, isMore: Bool = false) {
    self.entries = entries
    self.total = total
    self.isMore = isMore
  }

  package static let none = EntryTally(entries: 0, total: .zero)
}

/// What entries ask of whoever looks at them, and what isn't posted yet by anybody.
package struct WorkToDo: Query {
  package static let permission: Permission? = .journalRead

  package init() {}

  package struct Value: Hashable, Sendable {
    package let toApprove: EntryTally
    package let drafts: EntryTally
    package let unbalanced: EntryTally
    package let returned: EntryTally
    /// Made by whoever looks, and waiting for somebody else.
    package let waiting: EntryTally
    /// Everybody's.
    package let unposted: EntryTally
    /// Of those what takes an entry back once its period is open.
    package let scheduled: EntryTally
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    Value(
      toApprove: try snapshot.tally(of: .approvable),
      drafts: try snapshot.ownTally(of: .draft),
      unbalanced: try snapshot.tally(of: .unbalanced),
      returned: try snapshot.tally(of: .returned),
      waiting: try snapshot.ownTally(of: .pendingApproval),
      unposted: try snapshot.unposted(), scheduled: try snapshot.tally(of: .scheduled))
  }
}

/// Why an entry concerns whoever looks, which none of its columns tells by itself. The journal
/// finds them by `is:`, so that a list shows what was counted.
enum EntryConcern: String, CaseIterable {
  /// It waits for an approval that they may give (RULES §4.6, §4.9).
  case approvable
  /// They made it, and it was rejected.
  case returned
  /// A draft of theirs that couldn't be posted as it is.
  case unbalanced
  /// Whoever approved it had a hand in it, as nobody else could approve it (RULES §4.6).
  case selfApproved = "self-approved"
  /// It takes another back by itself, and waits for its period to be made or opened (RULES §3.8).
  case scheduled

  /// More are neither counted nor listed.
  static let mostEntries = 1_000
}

/// An entry that concerns somebody.
struct ConcerningEntry {
  let id: ID<Entry>
  let total: Money
}

extension Snapshot {
  /// The oldest first.
  func entries(of concern: EntryConcern) throws -> [ConcerningEntry] {
    switch concern {
    case .approvable: try approvable()
    case .returned: try returned()
    case .unbalanced: try unbalanced()
    case .selfApproved: try selfApproved()
    case .scheduled: try scheduled()
    }
  }

  fileprivate func tally(of concern: EntryConcern) throws -> EntryTally {
    let found = try entries(of: concern)
    return EntryTally(
      entries: found.count, total: try? found.map(\.total).total(),  // nil where too large
      isMore: found.count == EntryConcern.mostEntries)
  }

  // The plus keeps SQLite from reading all that somebody ever made: few entries have these states.
  fileprivate func ownTally(of status: EntryStatus) throws -> EntryTally {
    try row(
      { (entries: Int, total: Money?) in EntryTally(entries: entries, total: total) },
      """
      SELECT count(*), CASE WHEN total(total) < 9e18 THEN coalesce(sum(total), 0) END
      FROM journal_entries
      WHERE business_id = :business AND status = :status AND +created_by = :me
      """, ["status": status, "me": actor.user]) ?? .none
  }

  fileprivate func unposted() throws -> EntryTally {
    try row(
      { (entries: Int, total: Money?) in EntryTally(entries: entries, total: total) },
      """
      SELECT count(*), CASE WHEN total(total) < 9e18 THEN coalesce(sum(total), 0) END
      FROM journal_entries
      WHERE business_id = :business AND status IN ('draft', 'pending_approval', 'approved')
      """) ?? .none
  }

  private func returned() throws -> [ConcerningEntry] {
    try rows(
      ConcerningEntry.init,
      """
      SELECT e.id, e.total FROM journal_entries e
      WHERE e.business_id = :business AND e.status = 'draft' AND +e.created_by = :me
        AND EXISTS (
          SELECT 1 FROM journal_approvals a
          WHERE a.business_id = :business AND a.entry_id = e.id AND a.round = e.submit_round
            AND a.decision = 'reject')
      ORDER BY e.entry_date, e.id LIMIT :limit
      """, ["me": actor.user, "limit": EntryConcern.mostEntries])
  }

  private func selfApproved() throws -> [ConcerningEntry] {
    try rows(
      ConcerningEntry.init,
      """
      SELECT id, total FROM journal_entries WHERE business_id = :business AND self_approved = 1
      ORDER BY entry_date, id LIMIT :limit
      """, ["limit": EntryConcern.mostEntries])
  }

  private func scheduled() throws -> [ConcerningEntry] {
    try rows(
      ConcerningEntry.init,
      """
      SELECT e.id, e.total FROM journal_entries e
      JOIN journal_entries o ON o.business_id = :business AND o.id = e.reverses_entry_id
        AND o.reverses_on = e.entry_date
      WHERE e.business_id = :business AND e.status = 'approved'
      ORDER BY e.entry_date, e.id LIMIT :limit
      """, ["limit": EntryConcern.mostEntries])
  }

  private func unbalanced() throws -> [ConcerningEntry] {
    try rows(
      ConcerningEntry.init,
      """
      SELECT e.id, e.total FROM journal_entries e
      WHERE e.business_id = :business AND e.status = 'draft' AND +e.created_by = :me
        AND (
          SELECT sum(l.base_debit - l.base_credit) <> 0
            OR min(l.currency) = max(l.currency) AND sum(l.debit - l.credit) <> 0
          FROM journal_lines l WHERE l.business_id = :business AND l.entry_id = e.id)
      ORDER BY e.entry_date, e.id LIMIT :limit
      """, ["me": actor.user, "limit": EntryConcern.mostEntries])
  }

  /// Decided as the gate and `ApproveEntry` decide: over facts that are read for all entries at once
  /// where the role alone decides, one by one where grants, what others lend or lists do.
  private func approvable() throws -> [ConcerningEntry] {
    guard let me = actor.user else { return [] }
    let rights = try rights(of: me, for: .journalApprove)
    let circumstances = try circumstances()
    guard rights.decide(.journalApprove, on: nil, in: circumstances).isAllowed else { return [] }
    let (policy, allowsOwn) = (try approvalPolicy(), try businessFacts().allowsSelfApproval)
    // Whether nobody else may approve it is asked of each that they had a hand in.
    func mayBeOwn(_ entry: Pending) -> Bool { allowsOwn && entry.hand != nil }
    let isPlain = try rights.grants.isEmpty && rights.delegations.isEmpty && !hasLists()
    return try pending(me).filter { entry in
      let resource =
        isPlain && !mayBeOwn(entry)
        ? Resource(
          creator: entry.creator, departments: Set(entry.departments), amount: entry.total,
          involved: entry.hand.map { [me: $0] } ?? [:])
        : try self.resource(of: entry.id)
      let decision = rights.decide(.journalApprove, on: resource, in: circumstances)
      guard decision.isAllowed else { return false }
      return policy.wants(
        rights.voter(by: decision).role, for: entry.total, given: entry.given)
    }.map { ConcerningEntry(id: $0.id, total: $0.total) }
  }

  private typealias Pending = (
    id: ID<Entry>, total: Money, creator: ID<User>?, hand: Involvement?, given: [Role],
    departments: [ID<Department>]
  )

  private func pending(_ me: ID<User>) throws -> [Pending] {
    try rows(
      {
        (
          id: ID<Entry>, total: Money, creator: ID<User>?, hand: String?, roles: String?,
          departments: String?
        ) in
        Pending(
          id, total, creator, hand.flatMap(Involvement.init),
          (roles ?? "").split(separator: ",").compactMap { Role(rawValue: String($0)) },
          (departments ?? "").split(separator: ",").compactMap { Int64($0).map { ID($0) } })
      },
      """
      SELECT e.id, e.total, e.created_by,
        CASE
          WHEN EXISTS (
            SELECT 1 FROM journal_approvals a
            WHERE a.business_id = :business AND a.entry_id = e.id AND a.round = e.submit_round
              AND a.user_id = :me) THEN 'already decided'
          WHEN e.created_by = :me THEN 'created'
          WHEN e.submitted_by = :me THEN 'submitted'
          WHEN EXISTS (
            SELECT 1 FROM entry_editors x
            WHERE x.business_id = :business AND x.entry_id = e.id AND x.user_id = :me
              AND x.round = e.submit_round - 1) THEN 'edited'
        END,
        (SELECT group_concat(m.role) FROM journal_approvals a
         JOIN business_memberships m
           ON m.business_id = :business AND m.user_id = coalesce(a.acting_for, a.user_id)
         WHERE a.business_id = :business AND a.entry_id = e.id AND a.round = e.submit_round
           AND a.decision = 'approve'),
        coalesce(
          (SELECT group_concat(DISTINCT l.department_id) FROM journal_lines l
           WHERE l.business_id = :business AND l.entry_id = e.id AND l.department_id IS NOT NULL),
          (SELECT CAST(m.department_id AS TEXT) FROM business_memberships m
           WHERE m.business_id = :business AND m.user_id = e.created_by))
      FROM journal_entries e
      WHERE e.business_id = :business AND e.status = 'pending_approval'
      ORDER BY e.entry_date, e.id LIMIT :limit
      """, ["me": me, "limit": EntryConcern.mostEntries])
  }
}
