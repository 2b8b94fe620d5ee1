import ArgumentParser
import Domain
import Operations

struct Login: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Sign in, for the commands that follow.",
    discussion: """
      Example: coreflow login ada@example.com
      Who has a second factor is asked for its code; with --password-stdin it is a second line.
      The session lasts 12 hours at the most; coreflow logout ends it.
      """)

  @Argument(help: "Your e-mail address.")
  var email: String
  @OptionGroup var password: PasswordOptions
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    var books = try Books(options, in: surroundings)
    let principal = try await books.signIn(email, password, in: surroundings)
    try books.keep(
      SessionFile.SignIn(user: principal.user.value, email: email, token: principal.token),
      in: surroundings)
    try Output(to: surroundings, output).say("Signed in as \(email).")
  }
}

extension Books {
  /// Signs somebody in to the instance by what they type, or what is piped in: their password, and
  /// then the code of their second factor if they have one.
  func signIn(
    _ email: String, _ password: PasswordOptions, in surroundings: Surroundings
  ) async throws -> Principal {
    func signIn(_ password: String, _ code: String?) async throws -> Principal {
      try await workspace.signIn(
        email: email, password: password, code: code, from: surroundings.origin)
    }
    guard !password.passwordStdin else {
      let lines = try surroundings.pipedLines()
      guard lines.count <= 2 else { throw Failure.linesExpected(2) }
      return try await signIn(lines[0], lines.count == 2 ? lines[1] : nil)
    }
    let typed = try surroundings.secret("Password of \(email): ")
    do { return try await signIn(typed, nil) } catch Refusal.secondFactor(.needed) {
      return try await signIn(typed, try surroundings.secret("Code, or recovery code: "))
    }
  }
}

struct Logout: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "End the session that login began.",
    discussion: "Example: coreflow logout")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    var books = try Books(options, in: surroundings)
    let (signIn, lobby) = try books.lobby()
    let inside = signIn.businesses.map { books.principal(signIn, in: ID($0), $1) }
    for principal in inside + [lobby] {
      do {
        try await books.workspace.perform(SignOut(), as: principal)
      } catch Refusal.sessionEnded {
        // It has ended by itself, which is what was asked for.
      }
    }
    try books.keep(nil, in: surroundings)
    try Output(to: surroundings, output).say("Signed out.")
  }
}

struct WhoAmI: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: "Show who is signed in, to what, in which roles.",
    discussion: "Example: coreflow whoami --format json")

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let books = try Books(options, in: surroundings)
    if books.isByKey { return try await showKey(books, in: surroundings) }
    let (signIn, lobby) = try books.lobby()
    let theirs = try await books.workspace.fetch(MyBusinesses(), as: lobby)
    try show(
      signIn.email, theirs.map { [.text($0.slug), .text($0.name), .text($0.role.rawValue)] },
      books, in: surroundings)
  }

  /// Whose rights the key uses, and where.
  private func showKey(_ books: Books, in surroundings: Surroundings) async throws {
    let place = try await Seat(options, in: surroundings).place
    try show(
      place.email,
      [[.text(place.slug), .text(place.businessName), .text(place.role.rawValue)]], books,
      in: surroundings)
  }

  private func show(
    _ email: String, _ rows: [[Table.Cell]], _ books: Books, in surroundings: Surroundings
  ) throws {
    let table = Table(["business", "name", "role"], rows)
    try Output(to: surroundings, output).show(
      table,
      json: [
        "email": .string(email), "database": .string(books.path),
        "businesses": .array(table.json),
      ],
      text: "\(email) at \(books.path)\n" + table.text)
  }
}
