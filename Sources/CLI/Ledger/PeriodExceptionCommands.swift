import ArgumentParser
import Domain
import Operations

struct PeriodExceptionGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exception", abstract: "Who may post into closed periods.",
    subcommands: [
      PeriodExceptionList.self, PeriodExceptionGrant.self, PeriodExceptionEnd.self,
    ])
}

struct PeriodExceptionList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List who may post into closed periods, or might.",
    discussion: "Example: coreflow period exception list")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let exceptions = try await Seat(options, in: surroundings).fetch(PeriodExceptions())
    try Output(to: surroundings, output).list(
      Table(
        ["id", "period", "person", "series", "until", "in_force", "by", "reason"],
        exceptions.map {
          [
            .text(String($0.id.value)), .text($0.period), .text($0.person), .optional($0.series),
            .text(($0.revokedAt ?? $0.until).text), .text($0.isInForce ? "yes" : "no"),
            .text($0.grantedBy), .text($0.reason),
          ]
        }))
  }
}

struct PeriodExceptionGrant: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Let somebody post into a closed period for a time.",
    discussion: """
      Example: coreflow period exception grant 2026-10 emma@example.com --until 2026-11-30 \\
        --reason "Late invoice"
      """)

  @OptionGroup var period: PeriodOptions

  @Argument(help: "Whom: an e-mail address or a name.")
  var user: String

  @Option(help: "Until when: 2026-11-23 or 2026-11-23T14:00, in UTC.")
  var until: String

  @Option(help: "Entries of this type only: \(EntryType.handWords).")
  var type: String?

  @Option(help: "Why.")
  var reason: String

  func run(in surroundings: Surroundings) async throws {
    let type = try self.type.map { try EntryType(byHand: $0) }
    let end = try ConditionOptions.moment(until)
    let seat = try await Seat(period.options, in: surroundings)
    let found = try await seat.period(period.period)
    let member = try await seat.member(user)
    let id = try await seat.perform(
      GrantPeriodException(
        to: member.user, in: found.id, name: found.label, only: type, until: end, reason: reason))
    try Output(to: surroundings, period.output).show(
      Table(["id"], [[.text(String(id.value))]]), json: ["id": .id(id.value)],
      text: """
        \(member.name) may post into \(found.label) until \(end.text). \
        To end it: coreflow period exception end \(id.value)

        """)
  }
}

struct PeriodExceptionEnd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "End an exception before its time.",
    discussion: "Example: coreflow period exception end 3")

  @Argument(help: "Its id, as the list has it.")
  var id: Int64

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(EndPeriodException(ID(id)))
    try Output(to: surroundings, output).say("The exception has ended.")
  }
}
