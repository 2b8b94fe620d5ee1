import ArgumentParser
import Domain
import Operations
import Widgets

struct SecondFactorGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "second-factor", abstract: "Codes of an app that you sign in with.",
    subcommands: [
      SecondFactorEnrol.self, SecondFactorConfirm.self, SecondFactorDisable.self,
      SecondFactorCodes.self, SecondFactorStatus.self, SecondFactorRemove.self,
    ])
}

struct SecondFactorEnrol: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol", abstract: "Begin: show a secret to an authenticator app.",
    discussion: """
      Example: coreflow user second-factor enrol
      Nothing changes until a code is confirmed: coreflow user second-factor confirm
      """)

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    let enrolment = try await books.workspace.beginSecondFactor(as: try books.lobby().1)
    if output.format == .text { try draw(enrolment.uri, in: surroundings) }
    try Output(to: surroundings, output).show(
      Table(["secret", "uri"], [[.text(enrolment.text), .text(enrolment.uri)]]),
      json: ["secret": .string(enrolment.text), "uri": .string(enrolment.uri)],
      text: """
        Secret, shown only now: \(enrolment.text)
        For an app on this machine: \(enrolment.uri)
        Then switch it on with a code: coreflow user second-factor confirm

        """)
  }

  /// For a camera, so dark on light whatever the terminal's own colours are; where there may be no
  /// colours, what is printed is dark.
  private func draw(_ uri: String, in surroundings: Surroundings) throws {
    guard let code = QRCode(uri) else { return }
    let hasColours =
      surroundings.isTerminal(.output) && !options.noColour
      && (surroundings.environment["NO_COLOR"] ?? "").isEmpty
    let (dark, off) = hasColours ? ("\u{1B}[30;107m", "\u{1B}[0m") : ("", "")
    for line in code.lines(surroundings.hasUnicode ? .half : .ascii) {
      try surroundings.write(.output, dark + line + off + "\n")
    }
  }
}

struct SecondFactorConfirm: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm", abstract: "Switch it on by a first code of the app.",
    discussion: """
      Example: coreflow user second-factor confirm
      Prints ten recovery codes, once. Each signs you in once without the app.
      With --password-stdin the line is the code.
      """)

  @OptionGroup var password: PasswordOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    let lobby = try books.lobby().1
    let code = try surroundings.password(password, prompt: "Code: ")
    let codes = try await books.workspace.confirmSecondFactor(code, as: lobby)
    try RecoveryCodes(codes).show(
      Output(to: surroundings, output), "Your second factor is on, from the next time you sign in.")
  }
}

struct SecondFactorDisable: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Switch it off, by your password and a code.",
    discussion: """
      Example: coreflow user second-factor disable
      With --password-stdin the first line is the password and the second the code.
      """)

  @OptionGroup var password: PasswordOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    let lobby = try books.lobby().1
    let typed = try surroundings.secrets(password, RecoveryCodes.prompts)
    try await books.workspace.disableSecondFactor(password: typed[0], code: typed[1], as: lobby)
    try Output(to: surroundings, output).say("Your second factor is off.")
  }
}

struct SecondFactorCodes: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "codes", abstract: "New recovery codes in the place of the old ones.",
    discussion: """
      Example: coreflow user second-factor codes
      With --password-stdin the first line is the password and the second a code.
      """)

  @OptionGroup var password: PasswordOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    let lobby = try books.lobby().1
    let typed = try surroundings.secrets(password, RecoveryCodes.prompts)
    let codes = try await books.workspace.renewRecoveryCodes(
      password: typed[0], code: typed[1], as: lobby)
    try RecoveryCodes(codes).show(
      Output(to: surroundings, output), "Your old recovery codes don't work any more.")
  }
}

struct SecondFactorStatus: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Whether it is on, and how many recovery codes are left.",
    discussion: "Example: coreflow user second-factor status --format json")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    let state = try await books.workspace.fetch(MySecondFactor(), as: try books.lobby().1)
    let left = state.recoveryCodesLeft
    try Output(to: surroundings, output).show(
      Table(["since", "recovery_codes"], [[.optional(state.since?.text), .count(left)]]),
      json: ["since": .text(state.since?.text), "recovery_codes": .integer(Int64(left))],
      text: state.since.map {
        "Your second factor is on since \($0.text). Recovery codes left: \(left).\n"
      } ?? "You have no second factor. Set one up: coreflow user second-factor enrol\n")
  }
}

/// Codes that are shown once.
private struct RecoveryCodes {
  static let prompts = ["Password: ", "Code, or recovery code: "]

  private let codes: [String]

  init(_ codes: [String]) { self.codes = codes }

  func show(_ output: Output, _ sentence: String) throws {
    try output.show(
      Table(["recovery_code"], codes.map { [.text($0)] }),
      json: ["recovery_codes": .array(codes.map(JSON.string))],
      text: """
        \(sentence)
        Recovery codes, shown only now. Each works once in the place of a code:
        \(codes.joined(separator: "\n"))

        """)
  }
}

struct SecondFactorRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take it off somebody's sign-in who lost the app and the recovery codes.",
    discussion: """
      Example: coreflow user second-factor remove emma@example.com --reason "Lost her phone"
      They sign in by their password and set up another. For whoever may reset passwords.
      """)

  @OptionGroup var member: MemberOptions

  @Option(help: "Why.")
  var reason: String

  func run(in surroundings: Surroundings) async throws {
    try await member.change(in: surroundings) { seat, member in
      try await seat.perform(RemoveSecondFactor(member.id, reason: reason))
      return "\(member.name) signs in by their password alone now. Their sessions are over."
    }
  }
}
