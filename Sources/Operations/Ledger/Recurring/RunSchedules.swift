package import Domain
package import Store

/// Writes what is due by today. Each occurrence has its own day where the period of that is open,
/// and is flagged otherwise; none is written twice, however often this is done (RULES §3.8).
package struct RunSchedules: Command {
  package static let permission: Permission? = .recurringManage
  package static let operation = "journal.recur.run"
  package static let event = AuditEvent.update

  package init() {}

  package var subject: Subject { .schedule(nil) }

  /// What is due comes by the clock and in its owner's name, so whoever has a schedule may ask.
  package func resource(in change: Change) throws -> Resource {
    Resource(creator: change.actor.user)
  }

  package func run(in change: Change) throws -> RunOutcome { try change.runSchedules() }
}

/// What came of what was due.
package struct RunOutcome: Hashable, Sendable {
  package private(set) var made = 0
  package private(set) var flagged = 0

  fileprivate mutating func note(_ isFlagged: Bool) {
    if isFlagged { flagged += 1 } else { made += 1 }
  }

  fileprivate mutating func add(_ other: RunOutcome) {
    made += other.made
    flagged += other.flagged
  }
}

/// Writes what was flagged, or what comes next before its day: on its own day or on another.
package struct MakeOccurrence: ScheduleCommand {
  package static let permission: Permission? = .recurringManage
  package static let operation = "journal.recur.make"
  package static let event = AuditEvent.update
  package let schedule: ID<Schedule>
  let occurrence: Day
  let day: Day

  /// `occurrence` tells it from others; `day` is the entry's.
  package init(_ occurrence: Day, of schedule: ID<Schedule>, on day: Day? = nil) {
    self.schedule = schedule
    self.occurrence = occurrence
    self.day = day ?? occurrence
  }

  package struct Made: Hashable, Sendable {
    package let entered: EnteredEntry
    /// Why it is a draft that somebody has to finish; nil where all is well.
    package let fault: EntryFault?
    /// Which of the template's lines, counted from one, its lines were written from.
    let templateLines: [Int]
  }

  /// Throws what stands against it, and leaves it flagged as it was.
  package func run(in change: Change) throws -> Made {
    let record = try change.openOccurrence(occurrence, of: schedule)
    let made = try change.write(occurrence, of: record, on: day, askedBy: change.actor.user)
    try change.goOn(record, past: occurrence)
    return made
  }
}

/// Says that nothing is to be written for a day that was flagged, or for the next.
package struct SkipOccurrence: ScheduleCommand {
  package static let permission: Permission? = .recurringManage
  package static let operation = "journal.recur.skip"
  package static let event = AuditEvent.update
  package static let leastReason = 5
  package let schedule: ID<Schedule>
  let occurrence: Day
  let why: String

  package init(_ occurrence: Day, of schedule: ID<Schedule>, reason: String) {
    self.schedule = schedule
    self.occurrence = occurrence
    why = reason
  }

  package var reason: String? { why }

  package func run(in change: Change) throws {
    try change.requireReason(why, least: Self.leastReason)
    let record = try change.openOccurrence(occurrence, of: schedule)
    try change.note(.skipped, occurrence, of: schedule, reason: why)
    try change.goOn(record, past: occurrence)
  }
}

extension Workspace {
  /// Writes what is due in a business, as somebody comes to work in it.
  func runDueSchedules(in business: ID<Business>) async throws {
    let isDue = try await store.snapshot(of: business, as: .system) { try $0.hasDueSchedules() }
    guard isDue else { return }
    _ = try await store.change(in: business, as: .system) { try $0.runSchedules() }
  }
}

extension Reading {
  fileprivate func hasDueSchedules() throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM recurring_schedules
        WHERE business_id = :business AND status = 'active' AND next_on <= :today)
      """, ["today": try today()])
  }

  /// The schedule of a day that still waits for somebody: flagged, or the next. Throws `recurrence`
  /// for any other.
  fileprivate func openOccurrence(
    _ day: Day, of schedule: ID<Schedule>
  ) throws -> ScheduleRecord {
    let record = try self.schedule(schedule)
    let known = try row(
      { (status: OccurrenceStatus, name: String?) in (status: status, name: name) },
      """
      SELECT o.status, coalesce(e.number, 'D-' || e.draft_number)
      FROM recurring_occurrences o
      LEFT JOIN journal_entries e ON e.business_id = :business AND e.id = o.entry_id
      WHERE o.business_id = :business AND o.schedule_id = :schedule
        AND o.occurrence_date = :day
      """, ["schedule": schedule, "day": day])
    if let name = known?.name { throw Refusal.recurrence(.written(name)) }
    guard known?.status == .flagged || known == nil && record.next == day else {
      throw Refusal.recurrence(.notDue(day))
    }
    return record
  }

  /// What waits only for its period to be open, with the schedules' ids.
  fileprivate func waitingForPeriods() throws -> [(schedule: ID<Schedule>, day: Day)] {
    try rows(
      {
        (
          schedule: ID<Schedule>, day: Day, reason: String
        ) -> (schedule: ID<Schedule>, day: Day)? in
        OccurrenceFlag(kept: reason).endsWithOpening ? (schedule: schedule, day: day) : nil
      },
      """
      SELECT o.schedule_id, o.occurrence_date, o.reason FROM recurring_occurrences o
      JOIN recurring_schedules s ON s.business_id = :business AND s.id = o.schedule_id
        AND s.status <> 'paused'
      JOIN accounting_periods p ON p.business_id = :business AND p.kind = 'normal'
        AND p.status = 'open' AND o.occurrence_date BETWEEN p.start_date AND p.end_date
      WHERE o.business_id = :business AND o.status = 'flagged' AND o.entry_id IS NULL
      ORDER BY o.occurrence_date, o.id
      """
    ).compactMap(\.self)
  }

  fileprivate func dueSchedules() throws -> [ID<Schedule>] {
    try rows(
      { (id: ID<Schedule>) in id },
      """
      SELECT id FROM recurring_schedules
      WHERE business_id = :business AND status = 'active' AND next_on <= :today
      ORDER BY next_on, id
      """, ["today": try today()])
  }
}

extension Change {
  /// Writes what is due, and what was flagged and only waited for its period. A business that is
  /// closed to changes has nothing written.
  func runSchedules() throws -> RunOutcome {
    var outcome = RunOutcome()
    guard try businessState() == .active else { return outcome }
    for (schedule, day) in try waitingForPeriods() {
      outcome.note(try writeOrFlag(day, of: self.schedule(schedule)))
    }
    for schedule in try dueSchedules() { outcome.add(try runSchedule(schedule)) }
    return outcome
  }

  /// The same of one schedule.
  func runSchedule(_ id: ID<Schedule>) throws -> RunOutcome {
    var outcome = RunOutcome()
    let record = try schedule(id)
    guard record.status == .active else { return outcome }
    let today = try today()
    var next = record.next
    while let day = next, day <= today {
      outcome.note(try writeOrFlag(day, of: record))
      try goOn(record, past: day)
      next = record.content.rule.next(after: day)
    }
    return outcome
  }

  /// Moves a schedule on from its next day. Once nothing comes any more it is over.
  fileprivate func goOn(_ record: ScheduleRecord, past day: Day) throws {
    try execute(
      """
      UPDATE recurring_schedules SET next_on = :next,
        status = CASE WHEN :next IS NULL THEN 'ended' ELSE status END
      WHERE business_id = :business AND id = :schedule AND next_on = :day
      """, ["next": record.content.rule.next(after: day), "schedule": record.id, "day": day])
  }

  /// Whether somebody has to look.
  private func writeOrFlag(_ day: Day, of record: ScheduleRecord) throws -> Bool {
    do {
      return try write(day, of: record, on: day).fault != nil
    } catch let refusal as Refusal {
      try note(.flagged, day, of: record.id, reason: OccurrenceFlag(refusal).json())
      return true
    }
  }

  /// In the name of the system, which acts on behalf of the schedule's owner.
  fileprivate func write(
    _ occurrence: Day, of record: ScheduleRecord, on day: Day, askedBy asker: ID<User>? = nil
  ) throws -> MakeOccurrence.Made {
    let made = try perform(
      WriteOccurrence(schedule: record.id, occurrence: occurrence, day: day, asker: asker),
      by: .unasked(.system.acting(for: record.owner), at: now))
    try note(
      made.fault == nil ? .made : .flagged, occurrence, of: record.id,
      reason: made.fault == nil ? "" : OccurrenceFlag.unbalanced.json(), made.entered.entry,
      of: made.templateLines)
    return made
  }

  fileprivate func note(
    _ status: OccurrenceStatus, _ day: Day, of schedule: ID<Schedule>, reason: String,
    _ entry: ID<Entry>? = nil, of lines: [Int] = []
  ) throws {
    try execute(
      """
      INSERT INTO recurring_occurrences (business_id, schedule_id, occurrence_date, entry_id,
        template_lines, status, reason, created_at)
      VALUES (:business, :schedule, :day, :entry, :lines, :status, :reason, :now)
      ON CONFLICT (business_id, schedule_id, occurrence_date) DO UPDATE
        SET entry_id = excluded.entry_id, template_lines = excluded.template_lines,
          status = excluded.status, reason = excluded.reason
      """,
      [
        "schedule": schedule, "day": day, "entry": entry,
        "lines": lines.map(String.init).joined(separator: " "), "status": status,
        "reason": reason, "now": now,
      ])
  }

  /// What a schedule wrote and somebody throws away is flagged again.
  func forgetWritten(_ entry: ID<Entry>) throws {
    try execute(
      """
      UPDATE recurring_occurrences SET entry_id = NULL, status = 'flagged', reason = :reason
      WHERE business_id = :business AND entry_id = :entry
      """, ["reason": try OccurrenceFlag.discarded.json(), "entry": entry])
  }
}
