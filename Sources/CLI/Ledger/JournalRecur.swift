import ArgumentParser
import Domain
import Operations
import Phrases

struct JournalRecurGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recur", abstract: "Entries that come again and again.",
    subcommands: [
      JournalRecurList.self, JournalRecurAdd.self, JournalRecurPause.self,
      JournalRecurResume.self, JournalRecurEnd.self, JournalRecurRun.self, JournalRecurMake.self,
      JournalRecurSkip.self,
    ])
}

extension RecurrenceRule.Rhythm: ExpressibleByArgument {
  package init?(argument: String) {
    self.init(rawValue: argument.replacing("-", with: "_"))
  }

  /// As they are listed to people.
  fileprivate static var names: String {
    allCases.map { $0.rawValue.replacing("_", with: "-") }.joined(separator: ", ")
  }
}

extension ScheduleAction: ExpressibleByArgument {}

struct JournalRecurList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what comes again, when next, and what came of it.",
    discussion: """
      Example: coreflow journal recur list --flagged
      What is flagged wasn't written, or not as it was meant: see why, then make or skip it.
      """)

  @Flag(help: "The days that were flagged instead.")
  var flagged = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let schedules = try await seat.fetch(Schedules())
    try Output(to: surroundings, output).list(
      flagged ? Self.flagged(of: schedules) : Self.table(of: schedules))
  }

  private static func table(of schedules: [Schedules.Row]) -> Table {
    Table(
      [
        "id", "template", "rule", "action", "status", "next", "made", "last", "last_entry",
        "flagged", "owner",
      ],
      schedules.map {
        [
          .text(String($0.id.value)), .text($0.name), .text($0.content.rule.phrase.english),
          .text($0.content.action.rawValue), .text($0.status.rawValue),
          .optional($0.next?.text), .count($0.made), .optional($0.last?.day.text),
          .optional($0.last?.name), .count($0.flagged.count), .text($0.owner),
        ]
      })
  }

  private static func flagged(of schedules: [Schedules.Row]) -> Table {
    Table(
      ["id", "template", "date", "reason", "draft"],
      schedules.flatMap { schedule in
        schedule.flagged.map {
          [
            .text(String(schedule.id.value)), .text(schedule.name), .text($0.day.text),
            .text($0.flag.phrase.english), .optional($0.draft?.name),
          ]
        }
      })
  }
}

struct JournalRecurAdd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Have a template written again and again, in your name.",
    discussion: """
      Example: coreflow journal recur add "Office rent" --every monthly --on 31 --from 2026-12-01 \\
        --then post
      A month that lacks the day has its last instead. What is due already is written at once.
      """)

  @Argument(help: "The template, by its name.")
  var template: String

  @Option(help: "How it comes: \(RecurrenceRule.Rhythm.names).")
  var every: RecurrenceRule.Rhythm

  @Option(help: "Every so many weeks, months, quarters or years.")
  var step = 1

  @Option(help: "The day of the month; that of the first day if left out.")
  var on: Int?

  @Option(help: "The first day, or the day from which the first is looked for. Today if left out.")
  var from: String?

  @Option(help: "No day after this.")
  var until: String?

  @Option(help: "So many times and no more.")
  var times: Int?

  @Option(help: "What becomes of each: draft, submit or post. Who must approve it is asked.")
  var then = ScheduleAction.draft

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let rule = try RecurrenceRule(
      every, every: step, on: on, from: try from.map(seat.day) ?? seat.today,
      until: try until.map(seat.day), times: times)
    let found = try await seat.template(template)
    let created = try await seat.perform(
      CreateSchedule(ScheduleContent(found.id, rule, then: then)))
    let days = rule.days(most: 5).map(\.text).joined(separator: ", ")
    try Output(to: surroundings, output).show(
      Table(
        ["id", "written", "flagged"],
        [
          [
            .text(String(created.id.value)), .count(created.outcome.made),
            .count(created.outcome.flagged),
          ]
        ]),
      json: [
        "id": .id(created.id.value), "written": .integer(Int64(created.outcome.made)),
        "flagged": .integer(Int64(created.outcome.flagged)),
      ],
      text: """
        \(found.name) comes \(rule.phrase.english), as schedule \(created.id.value): \(days).
        \(created.outcome.phrase.english)

        """)
  }
}

/// Which schedule, and in which books.
struct ScheduleOptions: ParsableArguments {
  @Argument(help: "The schedule's id, as the list has it.")
  var id: Int64

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  var schedule: ID<Schedule> { ID(id) }
}

struct JournalRecurPause: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Have a schedule wait.",
    discussion: "Example: coreflow journal recur pause 3")

  @OptionGroup var schedule: ScheduleOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(schedule.options, in: surroundings)
    try await seat.perform(PauseSchedule(schedule.schedule))
    try Output(to: surroundings, schedule.output).say(
      "It is paused. To go on: coreflow journal recur resume \(schedule.id)")
  }
}

struct JournalRecurResume: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Have a paused schedule go on from today.",
    discussion: """
      Example: coreflow journal recur resume 3
      What fell into the pause isn't made up for.
      """)

  @OptionGroup var schedule: ScheduleOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(schedule.options, in: surroundings)
    let outcome = try await seat.perform(ResumeSchedule(schedule.schedule))
    try Output(to: surroundings, schedule.output).say("It goes on. \(outcome.phrase.english)")
  }
}

struct JournalRecurEnd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "End a schedule for good; what it wrote stays.",
    discussion: "Example: coreflow journal recur end 3")

  @OptionGroup var schedule: ScheduleOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(schedule.options, in: surroundings)
    try await seat.perform(EndSchedule(schedule.schedule))
    try Output(to: surroundings, schedule.output).say("It has ended.")
  }
}

struct JournalRecurRun: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Write what is due by today.",
    discussion: """
      Example: coreflow journal recur run
      Nothing is written twice. It also happens whenever somebody comes to work in the business.
      """)

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let outcome = try await Seat(options, in: surroundings).perform(RunSchedules())
    try Output(to: surroundings, output).show(
      Table(["written", "flagged"], [[.count(outcome.made), .count(outcome.flagged)]]),
      json: [
        "written": .integer(Int64(outcome.made)), "flagged": .integer(Int64(outcome.flagged)),
      ], text: outcome.phrase.english + "\n")
  }
}

struct JournalRecurMake: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "make", abstract: "Write what was flagged, or what comes next before its day.",
    discussion: """
      Example: coreflow journal recur make 3 2026-10-31 --on 2026-11-02
      It is written in the name of the schedule's owner.
      """)

  @OptionGroup var schedule: ScheduleOptions

  @Argument(help: "Which day of the schedule.")
  var date: String

  @Option(help: "The entry's date; that day if left out.")
  var on: String?

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(schedule.options, in: surroundings)
    let made = try await seat.perform(
      MakeOccurrence(
        seat.day(date), of: schedule.schedule, on: try on.map(seat.day)))
    var answer = EntryAnswer(
      made.entered.name, made.entered.status, made.entered.sentence, made.entered.overBudget)
    if let fault = made.fault { answer.warnings.append(UserMessage.words(fault).english) }
    try answer.show(Output(to: surroundings, schedule.output))
  }
}

struct JournalRecurSkip: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "skip", abstract: "Say why nothing is to be written for a day.",
    discussion: "Example: coreflow journal recur skip 3 2026-10-31 --reason \"Paid by hand\"")

  @OptionGroup var schedule: ScheduleOptions

  @Argument(help: "Which day of the schedule: one that was flagged, or the next.")
  var date: String

  @Option(help: "Why.")
  var reason: String

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(schedule.options, in: surroundings)
    let day = try seat.day(date)
    try await seat.perform(SkipOccurrence(day, of: schedule.schedule, reason: reason))
    try Output(to: surroundings, schedule.output).say("\(day.text) is skipped.")
  }
}
