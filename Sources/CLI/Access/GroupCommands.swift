import ArgumentParser
import Domain
import Operations

struct AccessGroupGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group", abstract: "Groups of people, which access lists can name.",
    subcommands: [GroupList.self, GroupAdd.self, GroupRemove.self])
}

struct GroupList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the groups and who is in them.",
    discussion: "Example: coreflow access group list")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let rows = try await Seat(options, in: surroundings).fetch(Groups())
    try Output(to: surroundings, output).list(
      Table(
        ["group", "member", "since"],
        rows.map { [.text($0.group), .text($0.member), .text($0.since.text)] }))
  }
}

struct GroupAdd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Put somebody into a group; the first makes it.",
    discussion: "Example: coreflow access group add payroll emma@example.com")

  @Argument(help: "The group.")
  var group: String

  @OptionGroup var member: MemberOptions

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      _ = try await seat.perform(AddToGroup(member.user, to: group.trimmed))
      return "\(member.name) is in \(group.trimmed) now."
    }
  }
}

struct GroupRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take somebody out of a group.",
    discussion: "Example: coreflow access group remove payroll emma@example.com")

  @Argument(help: "The group.")
  var group: String

  @OptionGroup var member: MemberOptions

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      _ = try await seat.perform(RemoveFromGroup(member.user, from: group.trimmed))
      return "\(member.name) is in \(group.trimmed) no more."
    }
  }
}
