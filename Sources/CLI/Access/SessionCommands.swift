import ArgumentParser
import Domain
import Operations

struct SessionGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session", abstract: "Who is signed in, and ending it.",
    subcommands: [SessionList.self, SessionRevoke.self])
}

struct SessionList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List where you are signed in, or who is at work in a business.",
    discussion: """
      Example: coreflow session list --everybody
      A sign-in names no business; each business that was entered from it has a session of its own,
      which ends with it.
      """)

  @Flag(help: "Everybody at work in the business whose sessions you may end.")
  var everybody = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let sessions =
      everybody
      ? try await Seat(options, in: surroundings).fetch(Sessions())
      : try await own(in: surroundings)
    try Output(to: surroundings, output).list(
      Table(
        [
          "id", "person", "business", "terminal", "host", "program", "since", "last_activity",
          "until", "this",
        ],
        sessions.map {
          [
            .text(String($0.id.value)), .text($0.person), .optional($0.business),
            .text($0.terminal), .text($0.host), .text($0.program), .text($0.start.text),
            .text($0.lastActivity.text), .text($0.end.text), .flag($0.isThis),
          ]
        }))
  }

  private func own(in surroundings: Surroundings) async throws -> [SessionRow] {
    let books = try Books(options, in: surroundings)
    return try await books.workspace.fetch(OwnSessions(), as: try books.lobby().1)
  }
}

struct SessionRevoke: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "End a session, yours or somebody else's.",
    discussion: """
      Example: coreflow session revoke 12 --reason "Lost laptop"
      Of your own everywhere but here: coreflow session revoke --all-others
      Whoever worked in it has to sign in again.
      """)

  @Argument(help: "Its number, as session list shows it.")
  var session: Int64?

  @Flag(help: "Every sign-in of yours but this one.")
  var allOthers = false

  @Option(help: "Why; somebody else's takes a reason.")
  var reason = ""

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (session != nil) != allOthers else {
      throw ValidationError("Name one session, or --all-others")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let said =
      if let session { try await revoke(ID(session), in: surroundings) } else {
        try await revokeOthers(in: surroundings)
      }
    try Output(to: surroundings, output).say(said)
  }

  private func revokeOthers(in surroundings: Surroundings) async throws -> String {
    let books = try Books(options, in: surroundings)
    let count = try await books.workspace.perform(
      EndSignIns(.others, reason: reason), as: try books.lobby().1)
    return "\(count) other sign-ins have ended."
  }

  /// One's own in the business that it is in, so that nobody has to name that.
  private func revoke(_ id: ID<Session>, in surroundings: Surroundings) async throws -> String {
    let books = try Books(options, in: surroundings)
    let (_, lobby) = try books.lobby()
    let own = try await books.workspace.fetch(OwnSessions(), as: lobby).first { $0.id == id }
    if let own, own.business == nil {
      _ = try await books.workspace.perform(EndSignIns(.one(id), reason: reason), as: lobby)
    } else {
      var options = options
      options.business = own?.business ?? options.business
      let seat = try await Seat(options, in: surroundings)
      try await seat.perform(RevokeSession(id, reason: reason))
    }
    return "Session \(id.value) has ended."
  }
}
