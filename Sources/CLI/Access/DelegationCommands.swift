import ArgumentParser
import Domain
import Operations

struct DelegationGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delegation", abstract: "Rights that are lent for a time.",
    subcommands: [DelegationList.self, DelegationCreate.self, DelegationRevoke.self])
}

struct DelegationList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what is lent now or will be.",
    discussion: "Example: coreflow delegation list")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let delegations = try await seat.fetch(Delegations())
    try Output(to: surroundings, output).list(
      Table(
        [
          "id", "lender", "borrower", "permissions", "department", "limit", "from", "until",
          "reason",
        ],
        delegations.map {
          [
            .text(String($0.id.value)), .text($0.from), .text($0.to),
            .text($0.names.joined(separator: " ")),
            .optional($0.department), $0.cap.map(seat.amount) ?? .none, .text($0.start.text),
            .text($0.end.text), .text($0.reason),
          ]
        }))
  }
}

struct DelegationCreate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Lend somebody rights, until a day comes.",
    discussion: """
      Example: coreflow delegation create dora@example.com --until 2026-12-24 --reason "Leave"
      """)

  @Argument(help: "To whom: an e-mail address or a name.")
  var to: String

  @Option(help: "Whose rights; your own if left out.")
  var lender: String?

  @Option(help: "Which: journal.approve if left out; may be repeated.")
  var permission: [String] = []

  @Option(help: "Only within the department of this code, and below it.")
  var department: String?

  @Option(help: "The most that may be approved by it.")
  var limit: String?

  @Option(help: "From when: 2026-11-23 or 2026-11-23T14:00, in UTC; at once if left out.")
  var from: String?

  @Option(help: "Until when.")
  var until: String

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let member = try await seat.member(to)
    var delegation = NewDelegation(
      from: try await lender.asyncMap(seat.person) ?? seat.place.user, to: member.user,
      until: try ConditionOptions.moment(until), reason: reason)
    if !permission.isEmpty { delegation.permissions = permission }
    delegation.department = try await department.asyncMap { try await seat.department($0).id }
    delegation.cap = try limit.map(seat.money)
    delegation.start = try from.map(ConditionOptions.start)
    let id = try await seat.perform(Delegate(delegation))
    try Output(to: surroundings, output).show(
      Table(["id"], [[.text(String(id.value))]]), json: ["id": .id(id.value)],
      text: """
        Lent \(delegation.permissions.joined(separator: ", ")) to \(member.name) until \
        \(delegation.end.text). To take it back: coreflow delegation revoke \(id.value)

        """)
  }
}

struct DelegationRevoke: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take back what was lent.",
    discussion: "Example: coreflow delegation revoke 2")

  @Argument(help: "Its number, as delegation list shows it.")
  var delegation: Int64

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(EndDelegation(ID(delegation)))
    try Output(to: surroundings, output).say("Delegation \(delegation) has ended.")
  }
}
