import ArgumentParser
import Domain
import Operations

extension DepartmentRole: ExpressibleByArgument {}
extension DepartmentPower: ExpressibleByArgument {}

struct DepartmentAppoint: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "appoint", abstract: "Make somebody something in a department.",
    discussion: """
      Example: coreflow department appoint SAL emma@example.com head --limit 500 \
      --may view-reports --may create-requests
      What a head, manager or supervisor may do holds for the departments below too.
      """)

  @Argument(help: "Which: a code or a name.")
  var department: String

  @Argument(help: "Whom: an e-mail address or a name.")
  var user: String

  @Argument(help: "As what: \(DepartmentRole.allCases.map(\.rawValue).joined(separator: ", ")).")
  var role: DepartmentRole

  @Option(
    help: "What comes with it: \(DepartmentPower.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var may: [DepartmentPower] = []

  @Option(help: "Up to which amount they approve the department's entries; none if left out.")
  var limit: String?

  @Option(help: "From when: 2026-11-23 or 2026-11-23T14:00, in UTC; at once if left out.")
  var from: String?

  @Option(help: "Until when; until it is ended if left out.")
  var until: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let row = try await seat.department(department)
    let member = try await seat.member(user)
    let post = DepartmentPost(role, Set(may), limit: try limit.map(seat.money))
    let end = try until.map(ConditionOptions.moment)
    _ = try await seat.perform(
      Appoint(
        member.user, to: post, in: row.id, from: try from.map(ConditionOptions.start), until: end))
    try Output(to: surroundings, output).say(
      "\(member.name) is \(role.rawValue) of \(row.code)\(end.untilWords).")
  }
}

struct DepartmentDismiss: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "dismiss", abstract: "End what somebody is in a department, now.",
    discussion: "Example: coreflow department dismiss SAL emma@example.com head")

  @Argument(help: "Which: a code or a name.")
  var department: String

  @Argument(help: "Whom: an e-mail address or a name.")
  var user: String

  @Argument(help: "As what.")
  var role: DepartmentRole

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let row = try await seat.department(department)
    let member = try await seat.member(user)
    // Now and later: afterwards they are it no more, whenever.
    let posts = try await seat.fetch(DepartmentPosts(row.id)).filter {
      $0.user == member.user && $0.post.role == role
    }
    guard !posts.isEmpty else {
      throw Refusal.noSuchNamed(kind: .departmentRole, name: "\(row.code) \(role.rawValue)")
    }
    for post in posts { try await seat.perform(EndPost(post.id)) }
    try Output(to: surroundings, output).say(
      "\(member.name) is \(role.rawValue) of \(row.code) no more.")
  }
}

struct DepartmentPostList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "posts", abstract: "Say who is what in a department, now or later.",
    discussion: "Example: coreflow department posts SAL")

  @Argument(help: "Which: a code or a name.")
  var department: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let posts = try await seat.fetch(DepartmentPosts(try await seat.department(department).id))
    try Output(to: surroundings, output).list(
      Table(
        ["person", "role", "may", "limit", "from", "until"],
        posts.map { row in
          [
            .text(row.name), .text(row.post.role.rawValue),
            .text(
              DepartmentPower.allCases.filter(row.post.powers.contains).map(\.rawValue)
                .joined(separator: " ")), row.post.limit.map(seat.amount) ?? .none,
            .text(row.start.text), .optional(row.end?.text),
          ]
        }))
  }
}
