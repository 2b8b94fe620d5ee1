package import Domain
package import Store

/// Has a template written again and again, in the name of whoever says so. What is due already is
/// written at once.
package struct CreateSchedule: Command {
  package static let permission: Permission? = .recurringManage
  package static let operation = "journal.recur.create"
  package static let event = AuditEvent.create
  /// How far back the first day may lie.
  package static let mostDaysBack = 366
  let content: ScheduleContent

  package init(_ content: ScheduleContent) { self.content = content }

  package struct Created: Hashable, Sendable {
    package let id: ID<Schedule>
    package let outcome: RunOutcome
  }

  package var subject: Subject { .schedule(nil) }
  package func subject(after created: Created) -> Subject { .schedule(created.id) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(
      of: change.storedTemplate(content.template, on: change.today()),
      madeBy: change.actor.user)
  }

  package func run(in change: Change) throws -> Created {
    let template = try change.storedTemplate(content.template, on: change.today())
    guard !template.isDeleted else { throw Refusal.noSuch(.template(content.template)) }
    try change.requireRecent(content.rule)
    let rule = content.rule
    let id = try change.insert(
      Schedule.self,
      """
      INSERT INTO recurring_schedules (business_id, template_id, rule, step, anchor_day, start_on,
        end_on, occurrences, next_on, action, created_by, created_at)
      VALUES (:business, :template, :rule, :step, :anchor, :start, :end, :count, :next, :action,
        :actor, :now)
      """,
      [
        "template": content.template, "rule": rule.rhythm, "step": rule.step,
        "anchor": rule.anchor, "start": rule.start, "end": rule.end, "count": rule.count,
        "next": rule.next(), "action": content.action, "actor": change.actor.user,
        "now": change.now,
      ])
    return Created(id: id, outcome: try change.runSchedule(id))
  }
}

/// What is done to a schedule.
package protocol ScheduleCommand: Command {
  var schedule: ID<Schedule> { get }
}

extension ScheduleCommand {
  package var subject: Subject { .schedule(schedule) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: schedule)
  }
}

/// Says anew when a schedule comes and what becomes of its entries. Whoever does so answers for it
/// from then on: it writes in their name.
package struct ChangeSchedule: ScheduleCommand {
  package static let permission: Permission? = .recurringManage
  package static let operation = "journal.recur.change"
  package static let event = AuditEvent.update
  package let schedule: ID<Schedule>
  let rule: RecurrenceRule
  let action: ScheduleAction
  let version: Int

  /// `version` is the one that was read; another means that somebody was faster.
  package init(
    _ schedule: ID<Schedule>, to rule: RecurrenceRule, then action: ScheduleAction, version: Int
  ) {
    self.schedule = schedule
    self.rule = rule
    self.action = action
    self.version = version
  }

  package func run(in change: Change) throws -> RunOutcome {
    let record = try change.goingOn(schedule)
    guard record.version == version else { throw Refusal.changedMeanwhile }
    if rule.start != record.content.rule.start { try change.requireRecent(rule) }
    let next = try change.next(of: rule, for: schedule)
    try change.execute(
      """
      UPDATE recurring_schedules SET rule = :rule, step = :step, anchor_day = :anchor,
        start_on = :start, end_on = :end, occurrences = :count, next_on = :next, action = :action,
        created_by = :actor, version = version + 1
      WHERE business_id = :business AND id = :schedule
      """,
      [
        "rule": rule.rhythm, "step": rule.step, "anchor": rule.anchor, "start": rule.start,
        "end": rule.end, "count": rule.count, "next": next, "action": action,
        "actor": change.actor.user, "schedule": schedule,
      ])
    return try change.runSchedule(schedule)
  }
}

/// Has a schedule wait.
package struct PauseSchedule: ScheduleCommand {
  package static let permission: Permission? = .recurringManage
  package static let operation = "journal.recur.pause"
  package static let event = AuditEvent.update
  package let schedule: ID<Schedule>

  package init(_ schedule: ID<Schedule>) { self.schedule = schedule }

  package func run(in change: Change) throws {
    let record = try change.goingOn(schedule)
    guard record.status == .active else { throw Refusal.recurrence(.status(record.status)) }
    try change.set(.paused, next: record.next, of: schedule)
  }
}

/// Has a schedule go on from today. What fell into the pause isn't made up for.
package struct ResumeSchedule: ScheduleCommand {
  package static let permission: Permission? = .recurringManage
  package static let operation = "journal.recur.resume"
  package static let event = AuditEvent.update
  package let schedule: ID<Schedule>

  package init(_ schedule: ID<Schedule>) { self.schedule = schedule }

  package func run(in change: Change) throws -> RunOutcome {
    let record = try change.goingOn(schedule)
    guard record.status == .paused else { throw Refusal.recurrence(.status(record.status)) }
    let yesterday = try change.today().adding(days: -1)
    let next = try change.next(of: record.content.rule, for: schedule, after: yesterday)
    try change.set(.active, next: next, of: schedule)
    return try change.runSchedule(schedule)
  }
}

/// Ends a schedule for good. What was flagged of it is still to be decided.
package struct EndSchedule: ScheduleCommand {
  package static let permission: Permission? = .recurringManage
  package static let operation = "journal.recur.end"
  package static let event = AuditEvent.update
  package let schedule: ID<Schedule>

  package init(_ schedule: ID<Schedule>) { self.schedule = schedule }

  package func run(in change: Change) throws {
    _ = try change.goingOn(schedule)
    try change.set(.ended, next: nil, of: schedule)
    // What waited for its period waits for somebody.
    try change.execute(
      """
      UPDATE recurring_occurrences SET reason = :reason
      WHERE business_id = :business AND schedule_id = :schedule AND status = 'flagged'
        AND entry_id IS NULL
      """, ["reason": try OccurrenceFlag.ended.json(), "schedule": schedule])
  }
}

extension Reading {
  /// A schedule, as what is done to it is decided.
  func resource(of schedule: ID<Schedule>) throws -> Resource {
    let record = try self.schedule(schedule)
    return try resource(
      of: storedTemplate(record.content.template, on: today()), madeBy: record.owner)
  }

  /// Throws `noSuch`, or `recurrence` where it is over.
  fileprivate func goingOn(_ id: ID<Schedule>) throws -> ScheduleRecord {
    let record = try schedule(id)
    guard record.status != .ended else { throw Refusal.recurrence(.status(.ended)) }
    return record
  }

  /// Or a slip of the year would write entries by the thousand.
  fileprivate func requireRecent(_ rule: RecurrenceRule) throws {
    let most = CreateSchedule.mostDaysBack
    guard try rule.start >= today().adding(days: -most) else {
      throw Refusal.recurrence(.tooFarBack(days: most))
    }
  }

  /// The first day of `rule` behind all that something came of, and behind `day`. Throws
  /// `recurrence` where there is none.
  fileprivate func next(
    of rule: RecurrenceRule, for schedule: ID<Schedule>, after day: Day? = nil
  ) throws -> Day {
    let last = try one(
      Day?.self,
      """
      SELECT max(occurrence_date) FROM recurring_occurrences
      WHERE business_id = :business AND schedule_id = :schedule
      """, ["schedule": schedule])
    guard let next = rule.next(after: [last, day].compactMap(\.self).max()) else {
      throw Refusal.recurrence(.fault(.noDay))
    }
    return next
  }
}

extension Change {
  fileprivate func set(
    _ status: ScheduleStatus, next: Day?, of schedule: ID<Schedule>
  ) throws {
    try execute(
      """
      UPDATE recurring_schedules SET status = :status, next_on = :next, version = version + 1
      WHERE business_id = :business AND id = :schedule
      """, ["status": status, "next": next, "schedule": schedule])
  }
}
