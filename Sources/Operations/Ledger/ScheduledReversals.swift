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
    var content = try change.content(of: entry).reversed()
    content.type = .reversing
    content.source = .system
    content.date = day
    content.description = "Reversal of \(number): \(content.description)"
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

extension Change {
  /// In the name of the system, which acts on behalf of who approved the entry.
  func scheduleReversal(of entry: ID<Entry>, on day: Day) throws {
    try perform(ScheduleReversal(entry: entry, day: day), by: .unasked(.system, at: now))
  }

  /// Posts what was to be taken back in a period that is open now.
  func postScheduledReversals(in period: ID<Period>) throws {
    let waiting = try rows(
      { (entry: ID<Entry>) in entry },
      """
      SELECT e.id FROM accounting_periods p
      JOIN journal_entries e ON e.business_id = :business AND e.status = 'approved'
        AND e.entry_date BETWEEN p.start_date AND p.end_date
      JOIN journal_entries o ON o.business_id = :business AND o.id = e.reverses_entry_id
        AND o.reverses_on = e.entry_date
      WHERE p.business_id = :business AND p.id = :period AND p.kind = 'normal'
        AND p.status = 'open'
      ORDER BY e.id
      """, ["period": period])
    for entry in waiting { try perform(PostEntry(entry), by: .unasked(.system, at: now)) }
  }
}
