package import Domain
package import Store

/// One page of the journal, newest first, found by key: its cost doesn't grow with the books.
package struct JournalPage: Query {
  package static let permission: Permission? = .journalRead

  package enum Filter: String, Hashable, Sendable, CaseIterable {
    case all
    case drafts
    case waiting
    case posted
    case voided

    var status: EntryStatus? {
      switch self {
      case .all: nil
      case .drafts: .draft
      case .waiting: .pendingApproval
      case .posted: .posted
      case .voided: .voided
      }
    }
  }

  /// Where a page begins: just after (or, going back, just before) this entry.
  package struct Key: Hashable, Sendable {
    package let date: Day
    package let entry: ID<Entry>

    package init(date: Day, entry: ID<Entry>) {
      self.date = date
      self.entry = entry
    }
  }

  package enum Direction: Hashable, Sendable {
    case older
    case newer
  }

  let filter: Filter
  let search: EntrySearch
  let from: Key?
  let direction: Direction
  let limit: Int

  package init(
    _ filter: Filter = .all, _ search: EntrySearch = EntrySearch(""), from: Key? = nil,
    _ direction: Direction = .older, limit: Int = 100
  ) {
    self.filter = filter
    self.search = search
    self.from = from
    self.direction = direction
    self.limit = limit
  }

  /// Newest first, whichever way the page was turned.
  package func run(in snapshot: Snapshot) throws -> [EntryHead] {
    guard search.fault == nil else { return [] }
    let day = from?.date ?? (direction == .older ? .last : .first)
    let entry = from?.entry.value ?? (direction == .older ? .max : .min)
    guard search.isEmpty else {
      return try snapshot.entryHeads(
        snapshot.find(search, filter, direction, from: (day, entry), limit: limit).ids)
    }
    return try snapshot.entryHeads(
      snapshot.one(
        String.self, filter == .all ? anyStatus : oneStatus,
        ["day": day, "entry": entry, "limit": limit, "status": filter.status]))
  }

  /// One statement a direction for each kind of filter: a status is bound, so that it has its index.
  /// The day of the key and the days beyond it are asked for apart: SQLite bounds an index by the
  /// first column only where it compares `(entry_date, id)` as a pair.
  private var anyStatus: StaticString {
    switch direction {
    case .older:
      """
      SELECT json_group_array(id) FROM (
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND :status IS NULL AND entry_date = :day AND id < :entry
        UNION ALL
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND :status IS NULL AND entry_date < :day
        ORDER BY entry_date DESC, id DESC LIMIT :limit)
      """
    case .newer:
      """
      SELECT json_group_array(id) FROM (
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND :status IS NULL AND entry_date = :day AND id > :entry
        UNION ALL
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND :status IS NULL AND entry_date > :day
        ORDER BY entry_date, id LIMIT :limit)
      """
    }
  }

  private var oneStatus: StaticString {
    switch direction {
    case .older:
      """
      SELECT json_group_array(id) FROM (
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND status = :status AND entry_date = :day AND id < :entry
        UNION ALL
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND status = :status AND entry_date < :day
        ORDER BY entry_date DESC, id DESC LIMIT :limit)
      """
    case .newer:
      """
      SELECT json_group_array(id) FROM (
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND status = :status AND entry_date = :day AND id > :entry
        UNION ALL
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND status = :status AND entry_date > :day
        ORDER BY entry_date, id LIMIT :limit)
      """
    }
  }
}

/// How many entries a journal list holds in all, and their sum.
package struct JournalSize: Query {
  package static let permission: Permission? = .journalRead
  let filter: JournalPage.Filter
  let search: EntrySearch

  package init(_ filter: JournalPage.Filter, _ search: EntrySearch = EntrySearch("")) {
    self.filter = filter
    self.search = search
  }

  package struct Value: Hashable, Sendable {
    package let entries: Int
    /// Debits of what was searched for, in minor units of the base currency; nil where nothing was,
    /// as all entries of all years add up to nothing that anybody asks for, and where it is more
    /// than books can hold.
    package let total: Money?
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    guard search.fault == nil else { return Value(entries: 0, total: .zero) }
    guard !search.isEmpty else {
      return Value(entries: try count(in: snapshot), total: nil)
    }
    let found = try snapshot.size(of: search, filter)
    return Value(entries: found.count, total: found.total)
  }

  private func count(in snapshot: Snapshot) throws -> Int {
    guard let status = filter.status else {
      return try snapshot.one(
        Int.self, "SELECT count(*) FROM journal_entries WHERE business_id = :business")
    }
    return try snapshot.one(
      Int.self,
      "SELECT count(*) FROM journal_entries WHERE business_id = :business AND status = :status",
      ["status": status])
  }
}

/// What a search found.
private struct FoundEntries {
  /// JSON, in no order; `[]` where only their number and sum are asked for.
  let ids: String
  let count: Int
  /// Nil where it is more than books can hold.
  let total: Money?
}

/// One of the two walks has no steps. Only their order tells them apart, so that what fits stands
/// here once: a `CROSS JOIN` keeps to the order it is given, and a `LIMIT` keeps SQLite from taking
/// the order of a subquery for needless.
private let searchingStatement: StaticString =
  """
  WITH walk (id) AS (
    SELECT id FROM (
      SELECT id, entry_date FROM journal_entries
      WHERE business_id = :business AND NOT :newer AND entry_date = :day AND id < :entry
      UNION ALL
      SELECT id, entry_date FROM journal_entries
      WHERE business_id = :business AND NOT :newer AND entry_date < :day
      ORDER BY entry_date DESC, id DESC LIMIT -1)
    UNION ALL
    SELECT id FROM (
      SELECT id, entry_date FROM journal_entries
      WHERE business_id = :business AND :newer AND entry_date = :day AND id > :entry
      UNION ALL
      SELECT id, entry_date FROM journal_entries
      WHERE business_id = :business AND :newer AND entry_date > :day
      ORDER BY entry_date, id LIMIT -1)),
  found (id, total) AS (
    SELECT e.id, e.total
    FROM walk
    CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = walk.id
    LEFT JOIN users u ON u.id = e.created_by
    WHERE (:status IS NULL OR e.status = :status)
      AND (:statuses IS NULL OR instr(:statuses, ',' || e.status || ',') > 0)
      AND (:types IS NULL OR instr(:types, ',' || e.type || ',') > 0)
      AND (:adjustments IS NULL OR instr(:adjustments, ',' || e.adjustment_kind || ',') > 0)
      AND (:sources IS NULL OR instr(:sources, ',' || e.source || ',') > 0)
      AND e.entry_date >= :since AND e.entry_date < :until
      AND e.total >= :least AND e.total <= :most
      AND (:number IS NULL
        OR instr(lower(coalesce(e.number, 'D-' || e.draft_number)), :number) > 0)
      AND (:creator IS NULL OR instr(lower(u.display_name), :creator) > 0)
      AND (:me IS NULL OR e.created_by = :me)
      AND (:only IS NULL OR e.id IN (SELECT value FROM json_each(:only)))
      AND (:words IS NULL OR e.id IN (
        SELECT rowid FROM journal_entries_fts WHERE journal_entries_fts MATCH :words
        UNION ALL
        SELECT l.entry_id FROM journal_lines_fts f
        JOIN journal_lines l ON l.business_id = :business AND l.id = f.rowid
        WHERE journal_lines_fts MATCH :words))
      AND (:unwanted IS NULL OR e.id NOT IN (
        SELECT rowid FROM journal_entries_fts WHERE journal_entries_fts MATCH :unwanted
        UNION ALL
        SELECT l.entry_id FROM journal_lines_fts f
        JOIN journal_lines l ON l.business_id = :business AND l.id = f.rowid
        WHERE journal_lines_fts MATCH :unwanted))
      AND (coalesce(:department, :project, :party, :tag) IS NULL OR EXISTS (
        SELECT 1 FROM journal_lines l
        WHERE l.business_id = :business AND l.entry_id = e.id
          AND (:department IS NULL OR EXISTS (
            SELECT 1 FROM departments d
            WHERE d.business_id = :business AND d.id = l.department_id
              AND (instr(lower(d.code), :department) = 1
                OR instr(lower(d.name), :department) > 0)))
          AND (:project IS NULL OR instr(lower(l.project), :project) > 0)
          AND (:party IS NULL OR instr(lower(l.counterparty), :party) > 0)
          AND (:tag IS NULL OR EXISTS (
            SELECT 1
            FROM (SELECT value FROM json_each(l.tags)
              UNION ALL SELECT value FROM json_each(e.tags)) t
            WHERE instr(lower(json_extract(t.value, '$[0]') || ':'
              || json_extract(t.value, '$[1]')), :tag) = 1))))
      AND (:account IS NULL OR EXISTS (
        SELECT 1 FROM journal_lines l
        JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
        WHERE l.business_id = :business AND l.entry_id = e.id
          AND (instr(a.number, :account) = 1 OR instr(lower(a.name), :account) > 0)))
    LIMIT :limit)
  SELECT json_group_array(id) FILTER (WHERE NOT :counts), count(*),
    CASE WHEN total(total) < 9e18 THEN coalesce(sum(total), 0) END
  FROM found
  """

extension Snapshot {
  /// All entries that fit, counted only.
  fileprivate func size(of search: EntrySearch, _ filter: JournalPage.Filter) throws -> FoundEntries
  {
    try find(search, filter, .older, from: (.last, .max), limit: .max, counts: true)
  }

  /// Walks the entries in the page's order, from its key on, until it is full of what fits.
  fileprivate func find(
    _ search: EntrySearch, _ filter: JournalPage.Filter, _ direction: JournalPage.Direction,
    from key: (day: Day, entry: Int64), limit: Int, counts: Bool = false
  ) throws -> FoundEntries {
    let wanted = try search.criteria(in: self)
    let found = try row(
      FoundEntries.init,
      searchingStatement,
      [
        "newer": direction == .newer, "day": key.day, "entry": key.entry, "limit": limit,
        "counts": counts, "status": filter.status, "words": wanted.words,
        "unwanted": wanted.unwanted, "statuses": wanted.statuses, "types": wanted.types,
        "adjustments": wanted.adjustments, "sources": wanted.sources, "number": wanted.number,
        "creator": wanted.creator, "account": wanted.account, "project": wanted.project,
        "party": wanted.party, "department": wanted.department, "tag": wanted.tag,
        "me": wanted.me,
        "only": wanted.only, "since": wanted.since, "until": wanted.until, "least": wanted.least,
        "most": wanted.most,
      ])
    guard let found else { preconditionFailure("an aggregate has a row") }
    return found
  }
}
