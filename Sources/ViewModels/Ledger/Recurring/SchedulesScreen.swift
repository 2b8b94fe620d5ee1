import Domain
import Keys
import Operations
package import Phrases

/// The entries that come again: when next, what came of them, and what somebody has to look at.
package final class SchedulesScreen: WholeListScreen {
  package static let keymap: [Binding] =
    [
      .scheduleOpen, .scheduleNew, .scheduleEdit, .scheduleAmounts, .schedulePause,
      .occurrenceMake, .occurrenceSkip, .scheduleRun, .scheduleEnd,
    ] + Binding.lists
  static let listName = "schedules"

  private let desk: Desk
  var list = RowList<ScheduleLine>([
    ListColumn("entry", "Entry", .text(atLeast: 14)) { $0.name },
    ListColumn("rule", "Comes", .text(atLeast: 20), words: { $0.rule }),
    ListColumn("next", "Next on", .fixed(10)) { $0.next?.text ?? "" },
    ListColumn("action", "Then", .fixed(10), words: { $0.action }),
    ListColumn("state", "State", .fixed(10), words: { $0.state }),
    ListColumn("last", "Last on", .fixed(10), priority: 1) { $0.last?.day.text ?? "" },
    ListColumn("made", "Written", .fixed(8), priority: 3, number: { Int64($0.made ?? 0) }) {
      $0.made?.grouped ?? ""
    },
    ListColumn("owner", "By", .text(atLeast: 10), priority: 2) { $0.owner },
  ])

  init(at desk: Desk) {
    self.desk = desk
    recall()
  }

  package var title: Phrase { "Recurring entries" }
  package var section: Section? { .journal }
  var navigator: Navigator { desk.navigator }

  package func load() -> [Effect] {
    [
      read(Schedules(), at: desk) { [weak self] schedules in
        self?.list.take(schedules.flatMap(ScheduleLine.lines))
        return []
      }
    ]
  }

  package var actions: [Action] {
    if list.view.isFiltering { return listActions }
    return [
      Action(
        .scheduleOpen,
        unavailable: list.unavailable
          ?? (list.selected?.written == nil ? "Nothing was written of it yet." : nil)
      ) { [weak self] in
        guard let self, let written = self.list.selected?.written else { return [] }
        return self.navigator.show(EntryScreen(written.entry, at: self.desk))
      },
      Action(.scheduleNew) { [weak self] in self?.write() ?? [] },
      Action(.scheduleEdit, unavailable: over) { [weak self] in
        guard let self, let schedule = self.list.selected?.schedule else { return [] }
        return self.navigator.show(ScheduleForm(changing: schedule).screen(at: self.desk))
      },
      Action(.scheduleAmounts) { [weak self] in self?.askForAmounts() ?? [] },
      pause,
      Action(.occurrenceMake, unavailable: settled) { [weak self] in
        guard let self, let line = self.list.selected, let day = line.day else { return [] }
        return self.askForDay(of: line, day, day.text)
      },
      Action(.occurrenceSkip, unavailable: settled) { [weak self] in
        guard let self, let line = self.list.selected, let day = line.day else { return [] }
        return self.desk.askWhy(
          title: "Skip \(line.schedule.name) of \(day.text)?",
          body: "Nothing is written for that day.", confirm: "Skip it",
          least: SkipOccurrence.leastReason
        ) {
          self.desk.carryOut(
            SkipOccurrence(day, of: line.schedule.id, reason: $0), "\(day.text) is skipped.")
        }
      },
      Action(.scheduleRun) { [weak self] in self?.run(RunSchedules()) ?? [] },
      Action(.scheduleEnd, unavailable: over) { [weak self] in
        guard let self, let schedule = self.list.selected?.schedule else { return [] }
        return self.navigator.ask(
          Dialog(
            title: "End the schedule of \(schedule.name)?",
            body: "It comes no more, and that is for good. What was written stays.",
            confirm: "End it"
          ) { _ in
            self.desk.carryOut(
              EndSchedule(schedule.id), "The schedule of \(schedule.name) has ended.")
          })
      },
    ] + listActions
  }

  private var pause: Action {
    let isPaused = list.selected?.schedule.status == .paused
    return Action(.schedulePause, title: isPaused ? "go on" : nil, unavailable: over) {
      [weak self] in
      guard let self, let schedule = self.list.selected?.schedule else { return [] }
      return isPaused
        ? self.run(ResumeSchedule(schedule.id))
        : self.desk.carryOut(
          PauseSchedule(schedule.id), "The schedule of \(schedule.name) waits.")
    }
  }

  /// Why nothing is to be changed about the schedule under the cursor.
  private var over: Phrase? {
    list.unavailable
      ?? (list.selected?.schedule.status == .ended
        ? UserMessage(Refusal.recurrence(.status(.ended))).phrase : nil)
  }

  /// Why nothing is to be decided about the day under the cursor.
  private var settled: Phrase? {
    guard let line = list.selected else { return list.unavailable }
    if let draft = line.flagged?.draft {
      return UserMessage(Refusal.recurrence(.written(draft.name))).phrase
    }
    return line.day == nil ? over : nil
  }

  private func run<C: Command>(_ command: C) -> [Effect] where C.Output == RunOutcome {
    [
      desk.perform(command, "Writing") { [navigator] outcome in
        navigator.tell(outcome.flagged == 0 ? .done : .notice, outcome.phrase)
        return navigator.top?.load() ?? []
      }
    ]
  }

  private func write() -> [Effect] {
    [
      desk.fetch(EntryTemplates(), holding: .keys) { [desk] templates in
        guard !templates.isEmpty else { return desk.tellOfNoTemplate() }
        return desk.navigator.show(ScheduleForm(of: templates).screen(at: desk))
      }
    ]
  }

  /// Of the template under the cursor, or of another: what a schedule is to write is said best
  /// before there is one.
  private func askForAmounts() -> [Effect] {
    let name = list.selected?.schedule.name
    return desk.fetch(EntryTemplates(), EntryFormFacts()) { [desk] templates, facts in
      guard !templates.isEmpty else { return desk.tellOfNoTemplate() }
      return desk.navigator.show(
        TemplateAmountForm(templates: templates, facts: facts).screen(of: name, at: desk))
    }
  }

  /// A day that won't do is asked for again, with what was typed.
  private func askForDay(
    of line: ScheduleLine, _ day: Day, _ typed: String, fault: Phrase? = nil
  ) -> [Effect] {
    let today = desk.today
    func read(_ typed: String) throws -> Day {
      try DayExpression.parse(typed, today: today, reference: day)
    }
    return navigator.ask(
      Dialog(
        title: "Write \(line.schedule.name) of \(day.text)?",
        body: "In the name of \(line.schedule.owner), on this date:", confirm: "Write it",
        field: FieldState("Date", typed, fault: fault),
        fault: { typed in
          do {
            _ = try read(typed)
            return nil
          } catch { return UserMessage(error).phrase }
        }
      ) { [self] typed in
        guard let date = try? read(typed) else { return [] }  // The dialog has said why.
        let make = MakeOccurrence(day, of: line.schedule.id, on: date)
        let failed: (any Error) -> Void = { error in
          _ = self.askForDay(of: line, day, typed, fault: UserMessage(error).phrase)
        }
        return [
          desk.perform(make, "Writing", failed: failed) { [navigator] made in
            navigator.tell(made.fault == nil ? .done : .notice, made.words)
            return navigator.top?.load() ?? []
          }
        ]
      })
  }

  package var panels: [Panel] {
    let isTree = !list.arranges
    return [
      .table(
        list.panel(
          "Recurring entries", note: .empty,
          empty: desk.absence("Nothing comes again yet.", .scheduleNew) {
            "\($0) has a template come again."
          }
        ) { line in
          TableRow.Shape(
            tone: line.flagged != nil
              ? .warning : line.schedule.status == .active ? .plain : .muted,
            level: isTree && line.flagged != nil ? 1 : 0)
        })
    ]
  }
}

extension MakeOccurrence.Made {
  fileprivate var words: Phrase {
    .joined([entered.words, fault.map { UserMessage.words($0) } ?? .empty])
  }
}

/// A schedule, or below it a day that somebody has to look at.
nonisolated struct ScheduleLine: Listed {
  let schedule: Schedules.Row
  let flagged: Schedules.Occurrence?

  struct Identity: Hashable {
    let schedule: ID<Schedule>
    let day: Day?
  }

  var identity: Identity { Identity(schedule: schedule.id, day: flagged?.day) }

  static func lines(of schedule: Schedules.Row) -> [ScheduleLine] {
    [ScheduleLine(schedule: schedule, flagged: nil)]
      + schedule.flagged.map { ScheduleLine(schedule: schedule, flagged: $0) }
  }
}

extension ScheduleLine {
  /// The day that may be written or skipped; nil where none comes any more.
  fileprivate var day: Day? { flagged?.day ?? schedule.next }
  /// What there is to look at.
  fileprivate var written: Schedules.Written? {
    flagged == nil ? schedule.last : flagged?.draft
  }

  fileprivate var name: String { flagged?.day.text ?? schedule.name }
  fileprivate var rule: Phrase { flagged?.flag.phrase ?? schedule.content.rule.phrase }
  /// This and what follows are nothing of a day.
  fileprivate var next: Day? { flagged == nil ? schedule.next : nil }
  fileprivate var last: Schedules.Written? { flagged == nil ? schedule.last : nil }
  fileprivate var made: Int? { flagged == nil ? schedule.made : nil }
  fileprivate var owner: String { flagged == nil ? schedule.owner : "" }
  fileprivate var action: Phrase { flagged == nil ? schedule.content.action.phrase : .empty }
  fileprivate var state: Phrase { flagged == nil ? schedule.status.phrase : "to look at" }
}

extension Binding {
  static let schedules = Binding(
    "journal.schedules", ["c"], "recurring", "Entries that come again", Schedules.permission)
  static let scheduleOpen = Binding(
    "schedule.open", [.enter, .right, "l"], "open", "The entry that was written",
    Schedules.permission)
  static let scheduleNew = Binding(
    "schedule.new", ["n"], "new", "Have a template come again", CreateSchedule.permission)
  static let scheduleEdit = Binding(
    "schedule.edit", ["e"], "edit", "Say anew when it comes", ChangeSchedule.permission)
  static let scheduleAmounts = Binding(
    "schedule.amounts", ["a"], "amounts", "Where a template's amounts come from",
    SetTemplateAmount.permission)
  static let schedulePause = Binding(
    "schedule.pause", ["p"], "pause", "Have it wait, or go on", PauseSchedule.permission)
  static let scheduleEnd = Binding(
    "schedule.end", ["D"], "end", "End it for good", EndSchedule.permission)
  static let scheduleRun = Binding(
    "schedule.run", ["R"], "write due", "Write what is due", RunSchedules.permission)
  static let occurrenceMake = Binding(
    "occurrence.make", ["m"], "write", "Write what is flagged, or the next",
    MakeOccurrence.permission)
  static let occurrenceSkip = Binding(
    "occurrence.skip", ["x"], "skip", "Say why nothing is written", SkipOccurrence.permission)
}
