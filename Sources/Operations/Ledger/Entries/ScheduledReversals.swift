import Domain
import Store

/// Writes down what takes a posted entry back on a later day, and posts it where that day's period is
/// open. What approved the entry covers its mirror image, so it waits as approved (RULES §3.8).
struct ScheduleReversal: Command {
  static let permission: Permission? = nil
  static let operation = "journal.schedule"
  static let event = AuditEvent.create
  let entry: ID<Entry>
  let day: Day

  var subject: Subject { .entry(nil) }
  func subject(after reversal: ID<Entry>) -> Subject { .entry(reversal) }

  func run(in change: Change) throws -> ID<Entry> {
    let number = try change.number(of: entry)
    let content = try change.reversal(of: entry, on: day)
    let reversal = try change.insertDraft(content, reverses: entry)
    try change.execute(
      """
      UPDATE journal_entries SET status = 'pending_approval', ever_submitted = 1, submit_round = 1,
        submitted_at = :now, content_hash = :hash, version = version + 1
      WHERE business_id = :business AND id = :entry
      """, ["now": change.now, "hash": try change.seal(of: reversal), "entry": reversal])
    try change.execute(
      """
      UPDATE journal_entries SET status = 'approved', approved_at = :now, exemption = :exemption,
        version = version + 1
      WHERE business_id = :business AND id = :entry
      """, ["now": change.now, "exemption": "reversal of \(number)", "entry": reversal])
    if try change.period(of: .reversing, on: day)?.status == .open {
      try change.perform(PostEntry(reversal))
    }
    return reversal
  }
}

extension Reading {
  /// The mirror image of a posted entry, as the system writes it.
  func reversal(of entry: ID<Entry>, on day: Day) throws -> EntryContent {
    var content = try content(of: entry).reversed()
    (content.type, content.source, content.date) = (.reversing, .system, day)
    content.description = "Reversal of \(try number(of: entry)): \(content.description)"
    return content
  }
}

extension Change {
  /// In the name of the system, which acts on behalf of who approved the entry.
  func scheduleReversal(of entry: ID<Entry>, on day: Day) throws {
    try perform(ScheduleReversal(entry: entry, day: day), by: .unasked(.system, at: now))
  }

  /// Posts what was to be taken back in the periods that are open now. What can't be, as its account or
  /// department isn't in use any more, goes on waiting, and stands against closing its period.
  func postScheduledReversals() throws {
    let waiting = try rows(
      { (entry: ID<Entry>) in entry },
      """
      SELECT e.id FROM journal_entries e
      JOIN journal_entries o ON o.business_id = :business AND o.id = e.reverses_entry_id
        AND o.reverses_on = e.entry_date
      JOIN accounting_periods p ON p.business_id = :business AND p.kind = 'normal'
        AND p.status = 'open' AND e.entry_date BETWEEN p.start_date AND p.end_date
      WHERE e.business_id = :business AND e.status = 'approved'
      ORDER BY e.id
      """)
    // A refusal is on record.
    for entry in waiting {
      _ = try Gate.answer(PostEntry(entry), by: .unasked(.system, at: now), in: self)
    }
  }
}
