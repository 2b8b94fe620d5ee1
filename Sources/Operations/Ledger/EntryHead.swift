package import Domain
import Store

/// What a list says of an entry.
package struct EntryHead: Hashable, Sendable {
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
  package var key: JournalPage.Key { JournalPage.Key(date: date, entry: id) }
}

extension Snapshot {
  /// Those of the ids in `json`, newest first.
  func entryHeads(_ json: String) throws -> [EntryHead] {
    try rows(
      EntryHead.init,
      """
      SELECT e.id, e.number, e.draft_number, e.entry_date, e.type, e.description, e.status,
        e.total, coalesce(u.display_name, 'system'), e.version
      FROM json_each(:ids) found
      JOIN journal_entries e ON e.business_id = :business AND e.id = found.value
      LEFT JOIN users u ON u.id = e.created_by
      ORDER BY e.entry_date DESC, e.id DESC
      """, ["ids": json])
  }
}
