import ArgumentParser
import Domain
import Operations

struct AccessListGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acl", abstract: "Who may do what to one account, department or entry.",
    subcommands: [ListRows.self, ListAdd.self, ListRemove.self])
}

struct ListRows: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show all access lists.",
    discussion: "Example: coreflow access acl list")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let rows = try await Seat(options, in: surroundings).fetch(AccessLists())
    try Output(to: surroundings, output).list(
      Table(
        ["id", "kind", "thing", "who", "level", "may_share", "may_export", "until", "reason"],
        rows.map {
          [
            .text(String($0.id.value)), .text($0.thing.kind.rawValue), .text($0.thingName),
            .text("\($0.partyKind) \($0.party)"), .text($0.level.rawValue), .flag($0.mayShare),
            .flag($0.mayExport), .optional($0.end?.text), .text($0.reason),
          ]
        }))
  }
}

extension AccessLevel: ExpressibleByArgument {}

extension AccessLevel {
  /// `read and write`, as somebody may do it to a thing.
  fileprivate var words: String {
    switch self {
    case .none: "do nothing to"
    case .read: "read"
    case .write: "read and change"
    case .delete: "read, change and remove"
    case .admin: "do everything to"
    }
  }
}

struct ListAdd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Put somebody on the list of an account, a department or an entry.",
    discussion: """
      Example: coreflow access acl add --account 6100 --user hr@example.com --level write --reason Pay
      From the first row on, whoever isn't on the list may do nothing to it, and doesn't see it: but
      owners may, and who reads the whole audit log sees it.
      """)

  @Option(help: "The account of this number, with those below it.")
  var account: String?

  @Option(help: "The department of this code, with those below it.")
  var department: String?

  @Option(help: "The entry: D-31, GJ-2026-000123.")
  var entry: String?

  @Option(help: "Whom: an e-mail address or a name.")
  var user: String?

  @Option(help: "Or everybody in the department of this code, and below it.")
  var people: String?

  @Option(help: "Or everybody who is owner, director, manager, employee or viewer.")
  var role: Role?

  @Option(help: "Or everybody in the group of this name.")
  var group: String?

  @Option(help: "How far they may go: none, read, write, delete or admin.")
  var level: AccessLevel

  @Flag(help: "They may put others on the list.")
  var share = false

  @Flag(help: "They may export it.")
  var export = false

  @Option(help: "Until when: 2026-11-23 or 2026-11-23T14:00, in UTC; until removed if left out.")
  var until: String?

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard [account, department, entry].compactMap(\.self).count == 1 else {
      throw ValidationError("say one of --account, --department and --entry")
    }
    guard [user, people, role?.rawValue, group].compactMap(\.self).count == 1 else {
      throw ValidationError("say one of --user, --people, --role and --group")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    var row = NewListRow(
      try await party(in: seat), level, of: try await thing(in: seat), reason: reason)
    row.mayShare = share
    row.mayExport = export
    row.end = try until.map(ConditionOptions.moment)
    let id = try await seat.perform(AddToList(row))
    try Output(to: surroundings, output).show(
      Table(["id"], [[.text(String(id.value))]]), json: ["id": .id(id.value)],
      text: """
        \(whom) may \(level.words) \(account ?? department ?? entry ?? "")\(row.end.untilWords). \
        To take it off the list: coreflow access acl remove \(id.value) --reason WHY

        """)
  }

  private var whom: String {
    user ?? group.map { "Group \($0)" } ?? people.map { "Department \($0)" }
      ?? role.map { "Every \($0.rawValue)" } ?? ""
  }

  private func thing(in seat: Seat) async throws -> Thing {
    if let account { return Thing(.account, try await seat.account(account).id.value) }
    if let entry { return Thing(.entry, try await seat.entry(entry).value) }
    return Thing(.department, try await seat.department(department ?? "").id.value)
  }

  private func party(in seat: Seat) async throws -> Protection.Party {
    if let user { return .user(try await seat.person(user)) }
    if let role { return .role(role) }
    if let group { return .group(group.trimmed) }
    return .department(try await seat.department(people ?? "").id)
  }
}

struct ListRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a row off its list.",
    discussion: "Example: coreflow access acl remove 3 --reason \"Left the team\"")

  @Argument(help: "Its number, as access acl list shows it.")
  var row: Int64

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(RemoveFromList(ID(row), reason: reason))
    try Output(to: surroundings, output).say("Row \(row) is off its list.")
  }
}
