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

    var status: EntryStatus? {
      switch self {
      case .all: nil
      case .drafts: .draft
      case .waiting: .pendingApproval
      case .posted: .posted
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

  package struct Row: Hashable, Sendable {
    package let id: ID<Entry>
    package let number: String?
    package let draftNumber: Int
    package let date: Day
    package let type: EntryType
    package let description: String
    package let status: EntryStatus
    package let total: Money
    package let creator: String
    package let version: Int

    /// `GJ-2026-000123`, or `D-31` until it is posted.
    package var name: String { number ?? "D-\(draftNumber)" }
    package var key: Key { Key(date: date, entry: id) }
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
  package func run(in snapshot: Snapshot) throws -> [Row] {
    guard search.fault == nil else { return [] }
    let day = from?.date ?? (direction == .older ? .last : .first)
    let entry = from?.entry.value ?? (direction == .older ? .max : .min)
    let found: [Row]
    if search.isEmpty {
      found = try snapshot.rows(
        Row.init, filter == .all ? anyStatus : oneStatus,
        ["day": day, "entry": entry, "limit": limit, "status": filter.status])
    } else {
      let wanted = try search.criteria(in: snapshot)
      found = try snapshot.rows(
        Row.init, searched,
        [
          "day": day, "entry": entry, "limit": limit, "status": filter.status,
          "words": wanted.words, "unwanted": wanted.unwanted, "statuses": wanted.statuses,
          "number": wanted.number, "creator": wanted.creator, "account": wanted.account,
          "me": wanted.me, "only": wanted.only,
          "since": wanted.since, "until": wanted.until, "least": wanted.least,
          "most": wanted.most,
        ])
    }
    return direction == .older ? found : found.reversed()
  }

  /// One statement a direction for each kind of filter: a status is bound, so that it has its index.
  /// The day of the key and the days beyond it are asked for apart: SQLite bounds an index by the
  /// first column only where it compares `(entry_date, id)` as a pair.
  private var anyStatus: StaticString {
    switch direction {
    case .older:
      """
      WITH page (id, entry_date) AS (
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND :status IS NULL AND entry_date = :day AND id < :entry
        UNION ALL
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND :status IS NULL AND entry_date < :day
        ORDER BY entry_date DESC, id DESC LIMIT :limit)
      SELECT e.id, e.number, e.draft_number, e.entry_date, e.type, e.description, e.status,
        e.total, coalesce(u.display_name, 'system'), e.version
      FROM page
      JOIN journal_entries e ON e.business_id = :business AND e.id = page.id
      LEFT JOIN users u ON u.id = e.created_by
      ORDER BY page.entry_date DESC, page.id DESC
      """
    case .newer:
      """
      WITH page (id, entry_date) AS (
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND :status IS NULL AND entry_date = :day AND id > :entry
        UNION ALL
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND :status IS NULL AND entry_date > :day
        ORDER BY entry_date, id LIMIT :limit)
      SELECT e.id, e.number, e.draft_number, e.entry_date, e.type, e.description, e.status,
        e.total, coalesce(u.display_name, 'system'), e.version
      FROM page
      JOIN journal_entries e ON e.business_id = :business AND e.id = page.id
      LEFT JOIN users u ON u.id = e.created_by
      ORDER BY page.entry_date, page.id
      """
    }
  }

  private var oneStatus: StaticString {
    switch direction {
    case .older:
      """
      WITH page (id, entry_date) AS (
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND status = :status AND entry_date = :day AND id < :entry
        UNION ALL
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND status = :status AND entry_date < :day
        ORDER BY entry_date DESC, id DESC LIMIT :limit)
      SELECT e.id, e.number, e.draft_number, e.entry_date, e.type, e.description, e.status,
        e.total, coalesce(u.display_name, 'system'), e.version
      FROM page
      JOIN journal_entries e ON e.business_id = :business AND e.id = page.id
      LEFT JOIN users u ON u.id = e.created_by
      ORDER BY page.entry_date DESC, page.id DESC
      """
    case .newer:
      """
      WITH page (id, entry_date) AS (
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND status = :status AND entry_date = :day AND id > :entry
        UNION ALL
        SELECT id, entry_date FROM journal_entries
        WHERE business_id = :business AND status = :status AND entry_date > :day
        ORDER BY entry_date, id LIMIT :limit)
      SELECT e.id, e.number, e.draft_number, e.entry_date, e.type, e.description, e.status,
        e.total, coalesce(u.display_name, 'system'), e.version
      FROM page
      JOIN journal_entries e ON e.business_id = :business AND e.id = page.id
      LEFT JOIN users u ON u.id = e.created_by
      ORDER BY page.entry_date, page.id
      """
    }
  }

  /// Walks the entries in their order until a page of them fits what is looked for.
  private var searched: StaticString {
    switch direction {
    case .older:
      """
      SELECT e.id, e.number, e.draft_number, e.entry_date, e.type, e.description, e.status,
        e.total, coalesce(u.display_name, 'system'), e.version
      FROM journal_entries e
      LEFT JOIN users u ON u.id = e.created_by
      WHERE e.business_id = :business AND e.entry_date <= :day
        AND (e.entry_date < :day OR e.id < :entry) AND (:status IS NULL OR e.status = :status)
        AND (:statuses IS NULL OR instr(:statuses, ',' || e.status || ',') > 0)
        AND e.entry_date >= :since AND e.entry_date < :until
        AND e.total >= :least AND e.total <= :most
        AND (:number IS NULL
          OR instr(lower(coalesce(e.number, 'D-' || e.draft_number)), :number) > 0)
        AND (:creator IS NULL OR instr(lower(u.display_name), :creator) > 0)
        AND (:me IS NULL OR e.created_by = :me)
        AND (:only IS NULL OR e.id IN (SELECT value FROM json_each(:only)))
        AND (:words IS NULL OR e.id IN (
          SELECT rowid FROM journal_entries_fts WHERE journal_entries_fts MATCH :words))
        AND (:unwanted IS NULL OR e.id NOT IN (
          SELECT rowid FROM journal_entries_fts WHERE journal_entries_fts MATCH :unwanted))
        AND (:account IS NULL OR EXISTS (
          SELECT 1 FROM journal_lines l
          JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
          WHERE l.business_id = :business AND l.entry_id = e.id
            AND (instr(a.number, :account) = 1 OR instr(lower(a.name), :account) > 0)))
      ORDER BY e.entry_date DESC, e.id DESC LIMIT :limit
      """
    case .newer:
      """
      SELECT e.id, e.number, e.draft_number, e.entry_date, e.type, e.description, e.status,
        e.total, coalesce(u.display_name, 'system'), e.version
      FROM journal_entries e
      LEFT JOIN users u ON u.id = e.created_by
      WHERE e.business_id = :business AND e.entry_date >= :day
        AND (e.entry_date > :day OR e.id > :entry) AND (:status IS NULL OR e.status = :status)
        AND (:statuses IS NULL OR instr(:statuses, ',' || e.status || ',') > 0)
        AND e.entry_date >= :since AND e.entry_date < :until
        AND e.total >= :least AND e.total <= :most
        AND (:number IS NULL
          OR instr(lower(coalesce(e.number, 'D-' || e.draft_number)), :number) > 0)
        AND (:creator IS NULL OR instr(lower(u.display_name), :creator) > 0)
        AND (:me IS NULL OR e.created_by = :me)
        AND (:only IS NULL OR e.id IN (SELECT value FROM json_each(:only)))
        AND (:words IS NULL OR e.id IN (
          SELECT rowid FROM journal_entries_fts WHERE journal_entries_fts MATCH :words))
        AND (:unwanted IS NULL OR e.id NOT IN (
          SELECT rowid FROM journal_entries_fts WHERE journal_entries_fts MATCH :unwanted))
        AND (:account IS NULL OR EXISTS (
          SELECT 1 FROM journal_lines l
          JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
          WHERE l.business_id = :business AND l.entry_id = e.id
            AND (instr(a.number, :account) = 1 OR instr(lower(a.name), :account) > 0)))
      ORDER BY e.entry_date, e.id LIMIT :limit
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
    let wanted = try search.criteria(in: snapshot)
    return try snapshot.row(
      Value.init,
      """
      SELECT count(*), CASE WHEN total(e.total) < 9e18 THEN coalesce(sum(e.total), 0) END
      FROM journal_entries e
      LEFT JOIN users u ON u.id = e.created_by
      WHERE e.business_id = :business AND (:status IS NULL OR e.status = :status)
        AND (:statuses IS NULL OR instr(:statuses, ',' || e.status || ',') > 0)
        AND e.entry_date >= :since AND e.entry_date < :until
        AND e.total >= :least AND e.total <= :most
        AND (:number IS NULL
          OR instr(lower(coalesce(e.number, 'D-' || e.draft_number)), :number) > 0)
        AND (:creator IS NULL OR instr(lower(u.display_name), :creator) > 0)
        AND (:me IS NULL OR e.created_by = :me)
        AND (:only IS NULL OR e.id IN (SELECT value FROM json_each(:only)))
        AND (:words IS NULL OR e.id IN (
          SELECT rowid FROM journal_entries_fts WHERE journal_entries_fts MATCH :words))
        AND (:unwanted IS NULL OR e.id NOT IN (
          SELECT rowid FROM journal_entries_fts WHERE journal_entries_fts MATCH :unwanted))
        AND (:account IS NULL OR EXISTS (
          SELECT 1 FROM journal_lines l
          JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
          WHERE l.business_id = :business AND l.entry_id = e.id
            AND (instr(a.number, :account) = 1 OR instr(lower(a.name), :account) > 0)))
      """,
      [
        "status": filter.status, "words": wanted.words, "unwanted": wanted.unwanted,
        "statuses": wanted.statuses, "number": wanted.number, "creator": wanted.creator,
        "account": wanted.account, "since": wanted.since, "until": wanted.until,
        "least": wanted.least, "most": wanted.most, "me": wanted.me, "only": wanted.only,
      ]) ?? Value(entries: 0, total: .zero)
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
