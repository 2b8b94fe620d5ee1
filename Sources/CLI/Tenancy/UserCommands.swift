import ArgumentParser
import Domain
import Operations

struct UserGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "The people of a business.",
    subcommands: [
      UserList.self, UserInvite.self, UserAccept.self, UserRole.self, UserLimit.self,
      UserApproves.self, UserPlace.self, UserReportsTo.self, UserTitle.self, UserSuspend.self,
      UserReinstate.self, UserRemove.self, UserUnlock.self, UserPassword.self,
      SecondFactorGroup.self,
    ])
}

struct UserList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the people of the business.",
    discussion: "Example: coreflow user list --format csv")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let people = try await Seat(options, in: surroundings).fetch(Members())
    try Output(to: surroundings, output).list(
      Table(
        [
          "email", "name", "role", "title", "department", "reports_to", "approves", "status",
          "last_sign_in",
        ],
        people.map {
          [
            .text($0.email), .text($0.name), .text($0.role.rawValue), .text($0.title),
            .optional($0.department), .optional($0.superiorName), .flag($0.mayApprove),
            .text($0.status), .optional($0.lastSignIn?.text),
          ]
        }))
  }
}

extension Role: ExpressibleByArgument {}

struct UserInvite: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "invite", abstract: "Ask somebody into the business.",
    discussion: """
      Example: coreflow user invite ben@example.com --role employee --name "Ben Okoye"
      Prints a code, once, that they accept the invitation with.
      """)

  @Argument(help: "Their e-mail address.")
  var email: String

  @Option(help: "What they will be: owner, director, manager, employee or viewer.")
  var role: Role

  @Option(help: "Their name; what stands before the @ if left out.")
  var name: String?

  @Option(help: "The code of their department.")
  var department: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let invitation = try await seat.workspace.invite(
      email: email, name: name ?? String(email.prefix { $0 != "@" }), role: role,
      department: try await department.asyncMap { try await seat.department($0).id },
      as: seat.principal)
    let table = Table(["email", "code"], [[.text(email), .text(invitation.code)]])
    try Output(to: surroundings, output).show(
      table, json: ["email": .string(email), "code": .string(invitation.code)],
      text: """
        Invited \(email) as \(role.rawValue). Within seven days they run:
        \(invitation.command(at: seat.workspace.path))

        """)
  }
}

struct UserAccept: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Accept an invitation and set your password.",
    discussion: """
      Example: coreflow user accept 3f9c27ab41 --name "Ben Okoye"
      Who has an account already gives its password, and keeps its name.
      """)

  @Argument(help: "The code of the invitation. It works once.")
  var code: String

  @Option(help: "Your name, as others see it; the one you were invited by if left out.")
  var name: String?

  @OptionGroup var password: PasswordOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    let output = Output(to: surroundings, output)
    let invited = try await books.workspace.invited(by: code.trimmed)
    if let email = invited?.email, invited?.hasAccount == true {
      let lobby = try await books.signIn(email, password, in: surroundings)
      try await books.workspace.accept(invitation: code.trimmed, as: lobby)
      try await books.workspace.perform(SignOut(), as: lobby)
      try output.say("Joined, as \(email). Go on with: coreflow login \(email)")
    } else {
      try await books.workspace.accept(
        invitation: code.trimmed, name: name, password: surroundings.newPassword(password))
      try output.say("Welcome. Go on with: coreflow login EMAIL")
    }
  }
}
