import ArgumentParser
import Domain
import Operations

struct BreakGlassGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "break-glass", abstract: "Lift limits and separate duties in an emergency.",
    subcommands: [
      BreakGlassUse.self, BreakGlassList.self, BreakGlassEnd.self, BreakGlassReview.self,
    ],
    defaultSubcommand: BreakGlassUse.self)
}

struct BreakGlassUse: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "use", abstract: "Lift them for yourself, for an hour at the most.",
    discussion: """
      Example: coreflow access break-glass "Payroll must go out; Dora is on a plane" --minutes 30
      What is forbidden stays forbidden. Every owner is told, what was lifted stands in the audit
      log, and another owner looks at it within three working days.
      """)

  @Argument(help: "Why, in \(RejectEntry.leastReason) characters at the least.")
  var reason: String

  @Option(help: "For how long.")
  var minutes = BrokenGlass.mostMinutes

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try await Seat(options, in: surroundings).undertake(
      .breakGlass(minutes: minutes), reason: reason,
      done: "Limits and separate duties don't bind you for \(minutes) minutes.", output,
      in: surroundings)
  }
}

struct BreakGlassList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the emergencies, and which of them wait for a review.",
    discussion: "Example: coreflow access break-glass list")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let rows = try await Seat(options, in: surroundings).fetch(Emergencies())
    let now = surroundings.clock()
    try Output(to: surroundings, output).list(
      Table(
        [
          "id", "person", "reason", "from", "until", "state", "review_due", "reviewed_by",
          "review",
        ],
        rows.map {
          [
            .text(String($0.id.value)), .text($0.person), .text($0.reason), .text($0.start.text),
            .text($0.end.text), .text($0.state(at: now)), .text($0.due.text),
            .optional($0.reviewer), .optional($0.review),
          ]
        }))
  }
}

struct BreakGlassEnd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "End your own emergency before its time.",
    discussion: "Example: coreflow access break-glass end")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let now = surroundings.clock()
    let own = try await seat.fetch(Emergencies()).filter {
      $0.user == seat.place.user && now < $0.end
    }
    guard !own.isEmpty else { throw Refusal.access(.emergencyOver) }
    for emergency in own { try await seat.perform(EndEmergency(emergency.id)) }
    try Output(to: surroundings, output).say("Limits and separate duties bind you again.")
  }
}

struct BreakGlassReview: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Say what you found in somebody else's emergency.",
    discussion: "Example: coreflow access break-glass review 2 \"Two entries, both in order\"")

  @Argument(help: "Its number, as access break-glass list shows it.")
  var emergency: Int64

  @Argument(help: "What you found.")
  var findings: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try await Seat(options, in: surroundings).perform(
      ReviewEmergency(ID(emergency), findings: findings))
    try Output(to: surroundings, output).say("Reviewed emergency \(emergency).")
  }
}
