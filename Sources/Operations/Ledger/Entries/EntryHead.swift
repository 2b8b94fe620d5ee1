package import Domain
package import Phrases
import Store

/// What a list says of an entry.
package struct EntryHead: Hashable, Sendable {
  package let id: ID<Entry>
  package let number: String?
  package let draftNumber: Int
  package let date: Day
  package let type: EntryType
  /// What an adjusting entry is for; nil where nobody said.
  package let adjustment: AdjustmentKind?
  package let description: String
  package let status: EntryStatus
  package let total: Money
  package let creator: String
  package let version: Int
  /// Whether it and what takes it back, or what it takes back, come to nothing on one day and in one
  /// period: something posted that was voided (RULES §3.8).
  package let isVoid: Bool

  /// `GJ-2026-000123`, or `D-31` until it is posted.
  package var name: String { number ?? "D-\(draftNumber)" }
  /// What people are told instead of a status that lists are filtered by.
  package var state: Phrase { isVoid ? "VOID" : status.phrase }
  package var key: JournalPage.Key { JournalPage.Key(date: date, entry: id) }
}

extension Phrase {
  /// What a line is for, and whether its entry is void, as people read it.
  fileprivate init(_ description: String, isVoid: Bool) {
    self = isVoid ? "VOID: \(description)" : Phrase(verbatim: description)
  }
}

extension RegisterPage.Row {
  /// What it is for, as people read it.
  package var text: Phrase { Phrase(description, isVoid: isVoid) }
}

extension GeneralLedgerDetail.Line {
  /// What it is for, as people read it.
  package var text: Phrase { Phrase(description, isVoid: isVoid) }
}

extension Snapshot {
  /// Those of the ids in `json`, newest first.
  func entryHeads(_ json: String) throws -> [EntryHead] {
    try rows(
      EntryHead.init,
      """
      SELECT e.id, e.number, e.draft_number, e.entry_date, e.type, e.adjustment_kind, e.description,
        e.status, e.total, coalesce(u.display_name, 'system'), e.version,
        e.status IN ('posted', 'reversed') AND EXISTS (
          SELECT 1 FROM journal_entries m WHERE m.business_id = :business
            AND m.id = coalesce(e.reverses_entry_id, e.reversed_by_entry_id)
            AND m.entry_date = e.entry_date AND m.period_id = e.period_id
            AND m.status IN ('posted', 'reversed'))
      FROM json_each(:ids) found
      JOIN journal_entries e ON e.business_id = :business AND e.id = found.value
      LEFT JOIN users u ON u.id = e.created_by
      ORDER BY e.entry_date DESC, e.id DESC
      """, ["ids": json])
  }

  /// Which of some posted entries are void, as far as that was known; the list of heads asks the
  /// same.
  func voided(
    among entries: some Sequence<ID<Entry>>, knownAt: Timestamp?
  ) throws -> Set<ID<Entry>> {
    let found = try rows(
      { (entry: ID<Entry>) in entry },
      """
      SELECT e.id
      FROM json_each(:entries) found
      CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = found.value
      CROSS JOIN journal_entries m ON m.business_id = :business
        AND m.id = coalesce(e.reverses_entry_id, e.reversed_by_entry_id)
        AND m.entry_date = e.entry_date AND m.period_id = e.period_id
        AND m.status IN ('posted', 'reversed')
        AND (:known IS NULL OR m.posted_at <= :known)
      """, ["entries": JSON.list(Set(entries)), "known": knownAt])
    return Set(found)
  }
}
