import ArgumentParser
import Domain
import Operations
import Phrases

struct AccessDiffCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show what became of somebody's rights between two moments.",
    discussion: """
      Example: coreflow access diff emma@example.com --from 2026-10-01 --to 2026-11-01
      yes, no, or some: with some things only. A day alone is its end.
      """)

  @Argument(help: "Whose rights: an e-mail address or a name.")
  var user: String

  @Option(help: "The earlier moment: 2026-10-01 or 2026-10-01T14:00, in UTC.")
  var from: String

  @Option(help: "The later one; now if left out.")
  var to: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let outcome = try await seat.fetch(
      AccessDiff(
        try await seat.person(user), from: try ConditionOptions.moment(from),
        to: try to.map(ConditionOptions.moment) ?? surroundings.clock()))
    let facts: [(String, String, String)] = [
      (
        "role", outcome.before?.role.rawValue ?? "no member",
        outcome.after?.role.rawValue ?? "no member"
      ),
      ("limit", seat.limit(of: outcome.before), seat.limit(of: outcome.after)),
    ].filter { $0.1 != $0.2 }
    let table = Table(
      ["what", "before", "after"],
      facts.map { [.text($0), .text($1), .text($2)] }
        + outcome.changes.map {
          [
            .text($0.permission.rawValue), .text($0.before.word), .text($0.after.word),
          ]
        })
    let isSame = facts.isEmpty && outcome.changes.isEmpty
    try Output(to: surroundings, output).show(
      table,
      json: [
        "items": .array(table.json), "next": .text(nil),
        "taken_as_now": .array(KeptAsNow.allCases.map { .string($0.rawValue) }),
      ],
      text: (isSame ? "Nothing changed.\n" : table.text) + KeptAsNow.sentence + "\n")
  }
}

extension AccessGrid.Cell {
  fileprivate var word: String {
    switch self {
    case .yes: "yes"
    case .some: "some"
    case .no: "no"
    }
  }
}

extension Seat {
  fileprivate func limit(of person: Person?) -> String {
    guard let limit = person?.limit else { return "none of their own" }
    return AmountFormat().text(limit, exponent: place.exponent)
  }
}

struct AccessConflicts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conflicts", abstract: "Who holds what one person had better not hold together.",
    subcommands: [ConflictList.self, ConflictWaive.self, ConflictEnd.self],
    defaultSubcommand: ConflictList.self)
}

struct ConflictList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List them by person, with what can be done about each.",
    discussion: "Example: coreflow access conflicts")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let rows = try await Seat(options, in: surroundings).fetch(DutyConflicts())
    try Output(to: surroundings, output).list(
      Table(
        [
          "person", "role", "first", "second", "severity", "mitigation", "waiver",
          "waived_until", "waived_by", "reason",
        ],
        rows.map { row in
          [
            .text(row.person.name), .text(row.person.role.rawValue),
            .text(row.conflict.first.rawValue), .text(row.conflict.second.rawValue),
            .text(row.conflict.severity.rawValue), .text(row.conflict.mitigation.english),
            .optional(row.waiver.map { String($0.id.value) }), .optional(row.waiver?.end.text),
            .optional(row.waiver?.waivedBy), .optional(row.waiver?.reason),
          ]
        }))
  }
}

struct ConflictWaive: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "waive", abstract: "Accept one of somebody else's, until a day comes.",
    discussion: """
      Example: coreflow access conflicts waive max@example.com import.run recon.approve \
      --until 2026-12-31 --reason "Two of us only"
      """)

  @Argument(help: "Whose: an e-mail address or a name.")
  var user: String

  @Argument(help: "The one permission.", transform: Permission.called)
  var first: Permission

  @Argument(help: "The other.", transform: Permission.called)
  var second: Permission

  @Option(help: "Until when.")
  var until: String

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let member = try await seat.member(user)
    let end = try ConditionOptions.moment(until)
    let id = try await seat.perform(
      WaiveConflict(first, second, of: member.user, until: end, reason: reason))
    try Output(to: surroundings, output).show(
      Table(["id"], [[.text(String(id.value))]]), json: ["id": .id(id.value)],
      text: """
        Waived for \(member.name) until \(end.text). \
        To end it: coreflow access conflicts end \(id.value) --reason WHY

        """)
  }
}

struct ConflictEnd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "End a waiver before its time.",
    discussion: "Example: coreflow access conflicts end 1 --reason \"There are three of us now\"")

  @Argument(help: "Its number, as access conflicts lists it.")
  var waiver: Int64

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try await Seat(options, in: surroundings).perform(EndWaiver(ID(waiver), reason: reason))
    try Output(to: surroundings, output).say("Waiver \(waiver) has ended.")
  }
}
