import ArgumentParser
import Domain
import Operations

struct JournalAllocationGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocation", abstract: "How accounts are spread, under a name.",
    subcommands: [
      JournalAllocationList.self, JournalAllocationAdd.self, JournalAllocationRun.self,
      JournalAllocationRemove.self,
    ])
}

struct JournalAllocationList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the allocation rules by name.",
    discussion: "Example: coreflow journal allocation list")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let rules = try await seat.fetch(Allocations())
    try Output(to: surroundings, output).list(
      Table(
        ["id", "name", "accounts", "department", "basis", "basis_account", "targets", "made_by"],
        rules.map {
          [
            .text(String($0.id.value)), .text($0.name),
            .text($0.accounts.joined(separator: ", ")), .text($0.department),
            .text($0.allocation.basis.kind.rawValue), .optional($0.basisAccount),
            .text($0.targets.joined(separator: " ")), .text($0.maker),
          ]
        }))
  }
}

struct JournalAllocationAdd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Keep how accounts are spread, to be spread so every period.",
    discussion: """
      Example: coreflow journal allocation add Office --from 6210 --from 6220 --to SAL=60 \\
        --to OPS=40
      It says what journal allocate says, but for the period.
      """)

  @Argument(help: "What to call it.")
  var name: String

  @OptionGroup var allocation: AllocationOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    _ = try await seat.perform(AddAllocation(name, allocation.allocation(at: seat)))
    try Output(to: surroundings, output).say("The allocation \(name.trimmed) is kept.")
  }
}

struct JournalAllocationRun: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Spread what the accounts took in a period, as the rule says.",
    discussion: """
      Example: coreflow journal allocation run "Office rent" --period 2026-11
      It is kept as a draft. The same isn't spread again while that isn't posted, whatever somebody
      makes of it.
      """)

  @Argument(help: "The rule, by its name.")
  var name: String

  @Option(help: "Of which period: 2026-11.")
  var period: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let rule = try await seat.fetch(Allocations()).called(name.trimmed)
    try EntryAnswer(try await seat.perform(Allocate(by: rule.id, in: seat.period(period).id)))
      .show(Output(to: surroundings, output))
  }
}

struct JournalAllocationRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "End a rule for good; what was spread by it stays.",
    discussion: "Example: coreflow journal allocation remove \"Office rent\"")

  @Argument(help: "The rule, by its name.")
  var name: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let rule = try await seat.fetch(Allocations()).called(name.trimmed)
    try await seat.perform(EndAllocation(rule.id))
    try Output(to: surroundings, output).say("The allocation \(rule.name) has ended.")
  }
}
