import ArgumentParser
import Domain
import Operations

/// To what a grant is narrowed, as people write it.
struct NarrowingOptions: ParsableArguments {
  @Option(help: "The most that may be approved by it.")
  var limit: String?

  @Option(help: "Only within the department of this code, and below it.")
  var department: [String] = []

  @Option(help: "Only with the account of this number, or those below it.")
  var account: [String] = []

  @Option(help: "Only up to this amount.")
  var upTo: String?

  @Flag(help: "Only with what they made themselves.")
  var own = false

  @Option(help: "Only where all of this holds: \(Conditions.examples).")
  var only = ""

  /// The object of RULES §4.3.
  func conditions(in seat: Seat) async throws -> String {
    var conditions = Conditions()
    try conditions.add(only, exponent: seat.place.exponent)
    for name in department {
      conditions.departments = try await (conditions.departments ?? []).union([
        seat.department(name).id
      ])
    }
    for name in account {
      conditions.accounts = try await (conditions.accounts ?? []).union([seat.account(name).id])
    }
    if let upTo { conditions.amountAtMost = try seat.money(upTo) }
    conditions.ownOnly = conditions.ownOnly || own
    return conditions.json
  }
}

/// What a grant depends on, for how long and why.
struct ConditionOptions: ParsableArguments {
  @OptionGroup var narrowing: NarrowingOptions

  @Option(help: "Only for this entry: D-31, GJ-2026-000123.")
  var entry: String?

  @Option(help: "From when: 2026-11-23 or 2026-11-23T14:00, in UTC; at once if left out.")
  var from: String?

  @Option(help: "Until when; until it is revoked if left out.")
  var until: String?

  @Option(help: "Why.")
  var reason: String

  /// Gives it and says so, and how to take it back.
  func give(
    _ effect: Grant.Effect, _ pattern: String, to user: String, _ options: BooksOptions,
    _ output: OutputOptions, in surroundings: Surroundings
  ) async throws {
    let seat = try await Seat(options, in: surroundings)
    let member = try await seat.member(user)
    var grant = NewGrant(effect, pattern, to: member.user, reason: reason)
    grant.limit = try narrowing.limit.map(seat.money)
    grant.start = try from.map(Self.start)
    grant.end = try until.map(Self.moment)
    grant.conditions = try await narrowing.conditions(in: seat)
    grant.thing = try await entry.asyncMap(seat.entry).map { Thing(.entry, $0.value) }
    let id = try await seat.perform(GrantPermission(grant))
    let start = grant.start.map { " from \($0.text)" } ?? ""
    let done = effect == .allow ? "Granted \(pattern) to" : "Forbade \(pattern) to"
    try Output(to: surroundings, output).show(
      Table(["id"], [[.text(String(id.value))]]), json: ["id": .id(id.value)],
      text: """
        \(done) \(member.name)\(start)\(grant.end.untilWords). \
        To take it back: coreflow access revoke \(id.value) --reason WHY

        """)
  }

  /// A day alone is all of it: from its first millisecond, or until its last.
  static func start(_ text: String) throws -> Timestamp {
    try read(text, Timestamp(startOf: text.trimmed))
  }

  static func moment(_ text: String) throws -> Timestamp {
    try read(text, Timestamp(text.trimmed))
  }

  private static func read(_ text: String, _ moment: Timestamp?) throws -> Timestamp {
    guard let moment else {
      throw ValidationError("\(text) is no moment: write 2026-11-23 or 2026-11-23T14:00")
    }
    return moment
  }
}

struct AccessGrant: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Give somebody a right.",
    discussion: """
      Example: coreflow access grant emma@example.com journal.approve --limit 500 --reason "Cover"
      """)

  @Argument(help: "To whom: an e-mail address or a name.")
  var user: String

  @Argument(help: "Which: journal.post, journal.* or *.")
  var permission: String

  @OptionGroup var conditions: ConditionOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try await conditions.give(
      .allow, permission, to: user, options, output, in: surroundings)
  }
}

struct AccessDeny: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "deny", abstract: "Forbid somebody something, whatever else they hold.",
    discussion: """
      Example: coreflow access deny emma@example.com journal.post --account 1120 --reason "Bank"
      """)

  @Argument(help: "Whom: an e-mail address or a name.")
  var user: String

  @Argument(help: "What: journal.post, journal.* or *.")
  var permission: String

  @OptionGroup var conditions: ConditionOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    try await conditions.give(
      .deny, permission, to: user, options, output, in: surroundings)
  }
}

struct AccessRevoke: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take a grant or a denial back.",
    discussion: "Example: coreflow access revoke 7 --reason \"Back from leave\"")

  @Argument(help: "Its number, as access grants lists it.")
  var grant: Int64

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    try await seat.perform(RevokeGrant(ID(grant), reason: reason))
    try Output(to: surroundings, output).say("Revoked grant \(grant).")
  }
}

struct AccessGrants: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "grants", abstract: "List what is granted and forbidden to somebody.",
    discussion: "Example: coreflow access grants emma@example.com")

  @Argument(help: "To whom: an e-mail address or a name.")
  var user: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let grants = try await seat.fetch(GrantsOf(try await seat.person(user)))
    let words = try await ConditionWords(in: seat)
    try Output(to: surroundings, output).list(
      Table(
        ["id", "effect", "permission", "limit", "conditions", "from", "until", "by", "reason"],
        grants.map {
          [
            .text(String($0.id.value)), .text($0.effect.rawValue), .text($0.pattern),
            $0.limit.map(seat.amount) ?? .none, .text(words.text($0)), .text($0.start.text),
            .optional(($0.revokedAt ?? $0.end)?.text), .text($0.grantedBy), .text($0.reason),
          ]
        }))
  }
}
