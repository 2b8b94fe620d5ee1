import ArgumentParser
import Domain
import Operations

/// The member that a command changes.
struct MemberOptions: ParsableArguments {
  @Argument(help: "Whom: an e-mail address or a name.")
  var user: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  /// Does `change` to the member and says what came of it.
  func change(
    in surroundings: Surroundings, _ change: (Seat, Members.Row) async throws -> String
  ) async throws {
    let seat = try await Seat(options, in: surroundings)
    let said = try await change(seat, try await seat.member(user))
    try Output(to: surroundings, output).say(said)
  }
}

struct UserRole: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Give somebody another role.",
    discussion: "Example: coreflow user role emma@example.com manager")

  @OptionGroup var member: MemberOptions

  @Argument(help: "What they become: owner, director, manager, employee or viewer.")
  var role: Role

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      try await seat.perform(AssignRole(role, to: member.id))
      return "\(member.name) is \(role.rawValue) now."
    }
  }
}

struct UserSuspend: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "suspend", abstract: "Keep somebody out until they are reinstated.",
    discussion: "Example: coreflow user suspend emma@example.com --reason \"Lost laptop\"")

  @OptionGroup var member: MemberOptions

  @Option(help: "Why.")
  var reason: String

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      try await seat.perform(SuspendMember(member.id, reason: reason))
      return "\(member.name) is suspended."
    }
  }
}

struct UserReinstate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "reinstate", abstract: "Let somebody in again who was suspended or removed.",
    discussion: "Example: coreflow user reinstate emma@example.com")

  @OptionGroup var member: MemberOptions

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      try await seat.perform(ReinstateMember(member.id))
      return "\(member.name) is \(member.role.rawValue) again."
    }
  }
}

struct UserRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "End somebody's membership, or their invitation.",
    discussion: "Example: coreflow user remove emma@example.com --reason \"Left\"")

  @OptionGroup var member: MemberOptions

  @Option(help: "Why.")
  var reason: String

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      try await seat.perform(RemoveMember(member.id, reason: reason))
      return "\(member.name) is no member any more."
    }
  }
}

struct UserLimit: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "limit", abstract: "Say how much somebody may approve, where they may approve.",
    discussion: "Example: coreflow user limit max@example.com 10000")

  @OptionGroup var member: MemberOptions

  @Argument(help: "The most, in the base currency; none for no limit of their own.")
  var amount: String

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      let limit = amount.trimmed == "none" ? nil : try seat.money(amount)
      try await seat.perform(LimitMember(member.id, to: limit))
      let exponent = seat.place.exponent
      return limit.map {
        "\(member.name)'s limit is \(AmountFormat().text($0, exponent: exponent))."
      } ?? "\(member.name) has no limit of their own."
    }
  }
}

struct UserPlace: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "place", abstract: "Put somebody into a department, or into none.",
    discussion: "Example: coreflow user place emma@example.com ACC")

  @OptionGroup var member: MemberOptions

  @Argument(help: "The department's code or name; - for none.")
  var department: String

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      let place = department.trimmed == "-" ? nil : try await seat.department(department)
      try await seat.perform(PlaceMember(member.id, in: place?.id))
      return "\(member.name) is in \(place?.name ?? "no department") now."
    }
  }
}

struct UserReportsTo: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "reports-to",
    abstract: "Say whom somebody reports to, who is asked about what is over their limit.",
    discussion: "Example: coreflow user reports-to emma@example.com max@example.com")

  @OptionGroup var member: MemberOptions

  @Argument(help: "Whom they report to: an e-mail address or a name; - for nobody.")
  var superior: String

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      let above = superior.trimmed == "-" ? nil : try await seat.member(superior)
      try await seat.perform(SetSuperior(above?.id, of: member.id))
      return "\(member.name) reports to \(above?.name ?? "nobody") now."
    }
  }
}

struct UserTitle: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "title", abstract: "Say what somebody's job is called.",
    discussion: "Example: coreflow user title emma@example.com \"Chief accountant\"")

  @OptionGroup var member: MemberOptions

  @Argument(help: "Their title; - for none.")
  var title: String

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      let title = title.trimmed == "-" ? "" : title.trimmed
      try await seat.perform(SetTitle(title, of: member.id))
      return "The title of \(member.name) is \(title.isEmpty ? "empty" : title) now."
    }
  }
}

struct UserApproves: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "approves",
    abstract: "Say whether somebody may approve by their membership alone.",
    discussion: """
      Example: coreflow user approves emma@example.com yes
      They approve what belongs to their departments, up to their limit, whatever their role.
      """)

  @OptionGroup var member: MemberOptions

  @Argument(help: "yes or no.")
  var answer: Answer

  enum Answer: String, ExpressibleByArgument, CaseIterable {
    case yes
    case no
  }

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      try await seat.perform(LetApprove(member.id, may: answer == .yes))
      return answer == .yes
        ? "\(member.name) may approve what belongs to their departments."
        : "\(member.name) may approve only what their role or grants let them."
    }
  }
}

struct UserUnlock: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "unlock", abstract: "Release somebody who typed too many wrong passwords.",
    discussion: "Example: coreflow user unlock emma@example.com")

  @OptionGroup var member: MemberOptions

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      try await seat.perform(UnlockMember(member.id))
      return "\(member.name) isn't locked out by wrong passwords."
    }
  }
}
