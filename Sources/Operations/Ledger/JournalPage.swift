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
  let from: Key?
  let direction: Direction
  let limit: Int

  package init(
    _ filter: Filter = .all, from: Key? = nil, _ direction: Direction = .older, limit: Int = 100
  ) {
    self.filter = filter
    self.from = from
    self.direction = direction
    self.limit = limit
  }

  /// Newest first, whichever way the page was turned.
  package func run(in snapshot: Snapshot) throws -> [Row] {
    let found = try snapshot.rows(
      Row.init, sql,
      [
        "day": from?.date ?? (direction == .older ? .last : .first),
        "entry": from?.entry.value ?? (direction == .older ? .max : .min), "limit": limit,
        "status": filter.status,
      ])
    return direction == .older ? found : found.reversed()
  }

  /// One statement a direction and kind of filter: a status is bound, so that each has its index.
  /// The day of the key and the days beyond it are asked for apart: SQLite bounds an index by the
  /// first column only where it compares `(entry_date, id)` as a pair.
  private var sql: StaticString { filter == .all ? anyStatus : oneStatus }

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
}
