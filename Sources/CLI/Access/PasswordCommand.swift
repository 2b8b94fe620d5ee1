import ArgumentParser
import Domain
import Operations

struct UserPassword: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "password",
    abstract: "Change your password, or give somebody a code to set a new one.",
    discussion: """
      Example: coreflow user password
      Somebody forgot theirs: coreflow user password emma@example.com --reset
      They set a new one: coreflow user password emma@example.com --code
      The code works once, within a day. With --password-stdin the first line is the old password, \
      or the code, and the second the new password. Changing it ends your sessions elsewhere.
      """)

  @Argument(help: "Whom, with --reset; with --code your own e-mail address.")
  var user: String?

  @Flag(help: "Print a code that they can set a new password with.")
  var reset = false

  @Flag(help: "Set your password by such a code.")
  var code = false

  @OptionGroup var password: PasswordOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !(reset && code) else { throw ValidationError("Either --reset or --code, not both.") }
    guard (user != nil) == (reset || code) else {
      throw ValidationError("Name somebody with --reset or --code, and nobody without.")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    guard let user = user?.trimmed else { return try await change(in: surroundings) }
    if reset {
      try await makeCode(for: user, in: surroundings)
    } else {
      try await redeemCode(of: user, in: surroundings)
    }
  }

  private func change(in surroundings: Surroundings) async throws {
    var books = try Books(options, in: surroundings)
    let (signIn, lobby) = try books.lobby()
    let typed = try surroundings.newPassword(password, after: ["Password now: "])
    let next = try await books.workspace.changePassword(from: typed[0], to: typed[1], as: lobby)
    try books.keep(
      SessionFile.SignIn(user: signIn.user, email: signIn.email, token: next.token),
      in: surroundings)
    try Output(to: surroundings, output).say(
      "Your password is changed. Sessions that you had elsewhere are over.")
  }

  private func makeCode(for user: String, in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let member = try await seat.member(user)
    let code = try await seat.workspace.resetPassword(of: member.id, as: seat.principal)
    try Output(to: surroundings, output).show(
      Table(["email", "code"], [[.text(member.email), .text(code)]]),
      json: ["email": .string(member.email), "code": .string(code)],
      text: """
        The code for \(member.name), shown only now: \(code)
        Within a day they run:
        \(ResetPassword.command(for: member.email, at: seat.workspace.path))

        """)
  }

  private func redeemCode(of email: String, in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    let typed = try surroundings.newPassword(password, after: ["Code: "])
    try await books.workspace.setPassword(
      typed[1], byCode: typed[0].trimmed, email: email, from: surroundings.origin)
    try Output(to: surroundings, output).say(
      "Your password is set. Go on with: coreflow login \(email)")
  }
}
