package import Domain
package import Store

package enum Schedule {}

/// What a schedule does: on which days a template is written, and what becomes of that.
package struct ScheduleContent: Hashable, Sendable {
  package let template: ID<EntryTemplate>
  package let rule: RecurrenceRule
  package let action: ScheduleAction

  package init(_ template: ID<EntryTemplate>, _ rule: RecurrenceRule, then action: ScheduleAction) {
    self.template = template
    self.rule = rule
    self.action = action
  }
}

/// The entries that come again, as far as their reader manages them: what they are, when they come
/// next, and what came of them (RULES §3.8).
package struct Schedules: Query {
  package static let permission: Permission? = .recurringManage

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<Schedule>
    package let content: ScheduleContent
    /// The template's.
    package let name: String
    package let status: ScheduleStatus
    /// The first day that nothing came of yet; nil where it is over.
    package let next: Day?
    /// In whose name it writes.
    package let owner: String
    /// How many entries were written.
    package let made: Int
    /// That of the last day.
    package let last: Written?
    /// What waits for somebody to look, the oldest first.
    package let flagged: [Occurrence]
    package let version: Int

    /// The next days, no more than `most`.
    package func nextDays(_ most: Int) -> [Day] {
      guard let next else { return [] }
      return [next] + content.rule.days(after: next, most: most - 1)
    }
  }

  /// What was written for a day.
  package struct Written: Hashable, Sendable {
    /// Of the schedule, which the entry's may differ from.
    package let day: Day
    package let entry: ID<Entry>
    /// `RC-2026-000001`, or `D-31`.
    package let name: String
  }

  package struct Occurrence: Hashable, Sendable {
    package let day: Day
    package let flag: OccurrenceFlag
    /// The draft that was kept of it, if any.
    package let draft: Written?
  }

  /// Those that are over come last; by name.
  package func run(in snapshot: Snapshot) throws -> [Row] {
    let (whole, today) = (snapshot.whole, try snapshot.today())
    let occurrences = Dictionary(grouping: try snapshot.occurrences(), by: \.schedule)
    return try snapshot.schedules().filter { schedule in
      let template = try whole.storedTemplate(schedule.content.template, on: today)
      let resource = try whole.resource(of: template, madeBy: schedule.owner)
      return snapshot.actor.reach.contains(resource, parts: resource.parts)
    }.map { schedule in
      let known = occurrences[schedule.id] ?? []
      let late = known.filter { $0.isFlagged && !$0.isWaiting }
      return Row(
        id: schedule.id, content: schedule.content, name: schedule.name, status: schedule.status,
        next: schedule.next, owner: schedule.ownerName, made: schedule.made + late.count,
        last: known.last { !$0.isWaiting }?.written,
        flagged: known.filter(\.isWaiting).map {
          Occurrence(day: $0.day, flag: OccurrenceFlag(kept: $0.reason), draft: $0.written)
        }, version: schedule.version)
    }
  }
}

/// A schedule as commands decide on it.
struct ScheduleRecord {
  let id: ID<Schedule>
  let content: ScheduleContent
  let name: String
  let status: ScheduleStatus
  let next: Day?
  let owner: ID<User>
  let ownerName: String
  let made: Int
  let version: Int
}

/// What came of a day, where somebody may have to look at it or it was the last.
private struct KnownOccurrence {
  let schedule: ID<Schedule>
  let day: Day
  let isFlagged: Bool
  let reason: String
  let written: Schedules.Written?
  /// Of the entry that was written.
  let status: EntryStatus?

  /// Whoever finished the draft that was kept has looked.
  var isWaiting: Bool { isFlagged && (status == nil || status == .draft) }
}

extension Reading {
  /// Of all, or the one. What has a part in an account that its reader doesn't see isn't there.
  func schedules(only id: ID<Schedule>? = nil) throws -> [ScheduleRecord] {
    try rows(
      {
        (
          id: ID<Schedule>, template: ID<EntryTemplate>, name: String,
          rhythm: RecurrenceRule.Rhythm, step: Int, anchor: Int?, start: Day, end: Day?,
          count: Int?, action: ScheduleAction, status: ScheduleStatus, next: Day?,
          owner: ID<User>, ownerName: String, made: Int, version: Int
        ) in
        ScheduleRecord(
          id: id,
          content: ScheduleContent(
            template,
            try RecurrenceRule(
              rhythm, every: step, on: anchor, from: start, until: end, times: count),
            then: action),
          name: name, status: status, next: next, owner: owner, ownerName: ownerName, made: made,
          version: version)
      },
      """
      SELECT s.id, s.template_id, t.name, s.rule, s.step, s.anchor_day, s.start_on, s.end_on,
        s.occurrences, s.action, s.status, s.next_on, s.created_by, n.name,
        (SELECT count(*) FROM recurring_occurrences o
          WHERE o.business_id = :business AND o.schedule_id = s.id AND o.status = 'made'),
        s.version
      FROM recurring_schedules s
      JOIN entry_templates t ON t.business_id = :business AND t.id = s.template_id
      JOIN member_names n ON n.business_id = :business AND n.user_id = s.created_by
      WHERE s.business_id = :business AND (:id IS NULL OR s.id = :id)
        AND NOT EXISTS (
          SELECT 1 FROM entry_template_lines l
          WHERE l.business_id = :business AND l.template_id = t.id
            AND (
              NOT EXISTS (
                SELECT 1 FROM accounts a WHERE a.business_id = :business AND a.id = l.account_id)
              OR l.share_account_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM accounts a
                WHERE a.business_id = :business AND a.id = l.share_account_id)))
      ORDER BY s.status = 'ended', lower(t.name), s.id
      """, ["id": id])
  }

  /// Throws `noSuch`.
  func schedule(_ id: ID<Schedule>) throws -> ScheduleRecord {
    guard let found = try schedules(only: id).first else { throw Refusal.noSuch(.schedule(id)) }
    return found
  }

  /// Of each schedule what was flagged and what was written last, in the order of their days.
  fileprivate func occurrences() throws -> [KnownOccurrence] {
    try rows(
      {
        (
          schedule: ID<Schedule>, day: Day, status: OccurrenceStatus, reason: String,
          entry: ID<Entry>?, name: String?, entryStatus: EntryStatus?
        ) in
        KnownOccurrence(
          schedule: schedule, day: day, isFlagged: status == .flagged, reason: reason,
          written: entry.map { Schedules.Written(day: day, entry: $0, name: name ?? "") },
          status: entryStatus)
      },
      """
      SELECT o.schedule_id, o.occurrence_date, o.status, o.reason, e.id,
        coalesce(e.number, 'D-' || e.draft_number), e.status
      FROM recurring_occurrences o
      LEFT JOIN journal_entries e ON e.business_id = :business AND e.id = o.entry_id
      WHERE o.business_id = :business
        AND (o.status = 'flagged' OR o.status = 'made' AND o.occurrence_date = (
          SELECT max(m.occurrence_date) FROM recurring_occurrences m
          WHERE m.business_id = :business AND m.schedule_id = o.schedule_id
            AND m.status = 'made'))
      ORDER BY o.schedule_id, o.occurrence_date
      """)
  }

  /// What is due by the end of `day` and neither written nor skipped: flagged, or not reached yet.
  func unmadeOccurrences(through day: Day) throws -> [(name: String, day: Day)] {
    let flagged = try rows(
      { (name: String, day: Day) in (name: name, day: day) },
      """
      SELECT t.name, o.occurrence_date
      FROM recurring_occurrences o
      JOIN recurring_schedules s ON s.business_id = :business AND s.id = o.schedule_id
      JOIN entry_templates t ON t.business_id = :business AND t.id = s.template_id
      LEFT JOIN journal_entries e ON e.business_id = :business AND e.id = o.entry_id
      WHERE o.business_id = :business AND o.status = 'flagged' AND o.occurrence_date <= :day
        AND (e.id IS NULL OR e.status = 'draft')
      ORDER BY o.occurrence_date, o.id
      """, ["day": day])
    let ahead = try schedules().filter { $0.status == .active }.flatMap {
      schedule -> [(name: String, day: Day)] in
      guard let next = schedule.next, next <= day else { return [] }
      return schedule.content.rule.days(in: next...day).map { (name: schedule.name, day: $0) }
    }
    return flagged + ahead
  }
}
