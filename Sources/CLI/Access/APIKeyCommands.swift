import ArgumentParser
import Domain
import Operations

struct APIKeyGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apikey", abstract: "Keys by which programs act in a business.",
    subcommands: [APIKeyList.self, APIKeyCreate.self, APIKeyRevoke.self])
}

struct APIKeyList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the keys of the business, ended ones too.",
    discussion: "Example: coreflow apikey list --format csv")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let keys = try await Seat(options, in: surroundings).fetch(APIKeys())
    try Output(to: surroundings, output).list(
      Table(
        [
          "id", "name", "key", "permissions", "calls_per_hour", "calls", "last_call", "status",
          "until", "made_by", "made_at",
        ],
        keys.map {
          [
            .text(String($0.id.value)), .text($0.name), .text($0.prefix), .text($0.scope),
            .count($0.callsPerHour), .count(Int($0.calls)), .optional($0.lastCall?.text),
            .text($0.status), .optional($0.end?.text), .text($0.creator),
            .text($0.createdAt.text),
          ]
        }))
  }
}

struct APIKeyCreate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a key for a program.",
    discussion: """
      Example: coreflow apikey create "Till" --scope journal.create --scope journal.read
      The key is printed once. A program gives it in $COREFLOW_API_KEY, and then acts with your
      rights as far as the key is for them; reports show what journal.read and account.read show.
      What only people do, such as approving, no key does.
      """)

  @Argument(help: "What it is called.")
  var name: String

  @Option(help: "A permission that it is for, or several: journal.*; may be repeated.")
  var scope: [String] = []

  @Option(help: "How many calls it may make in an hour.")
  var callsPerHour = 1_000

  @Option(help: "Until when: 2026-12-31 or 2026-12-31T14:00, in UTC; until revoked if left out.")
  var until: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !scope.isEmpty else { throw ValidationError("Say what it is for, with --scope") }
  }

  func run(in surroundings: Surroundings) async throws {
    var content = NewAPIKey(name.trimmed, for: scope)
    content.callsPerHour = callsPerHour
    content.end = try until.map(ConditionOptions.moment)
    let seat = try await Seat(options, in: surroundings)
    let (id, key) = try await seat.workspace.createKey(content, as: seat.principal)
    try Output(to: surroundings, output).show(
      Table(["id", "key"], [[.text(String(id.value)), .text(key)]]),
      json: ["id": .id(id.value), "key": .string(key)],
      text: """
        Made key \(id.value). It is shown this once:
        \(key)

        """)
  }
}

struct APIKeyRevoke: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "End a key now.",
    discussion: "Example: coreflow apikey revoke 3 --reason \"The till was replaced\"")

  @Argument(help: "Its number, as apikey list shows it.")
  var key: Int64

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(RevokeAPIKey(ID(key), reason: reason))
    try Output(to: surroundings, output).say("Key \(key) has ended.")
  }
}
