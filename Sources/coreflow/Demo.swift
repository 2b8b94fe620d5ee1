import ArgumentParser
import CLI
import Domain
import Foundation
import Operations

/// Builds demonstration books where there are none yet, and opens them.
struct Demo: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Open demonstration books: two businesses, three years, people in all roles.",
    discussion: """
      Example: coreflow demo
      Without a terminal, or with --no-ui, prints who can sign in and a trial balance instead.
      """)

  /// No secret: everybody may know it, as they may know the passwords.
  private static let adminKey = "cfa_demonstration"

  @Option(
    help: ArgumentHelp("Where the books are; else your own data folder's.", valueName: "path"))
  var db: String?

  @Flag(help: "Make the books anew, even where such books are there.")
  var reset = false

  @Flag(name: .customLong("no-ui"), help: "Print instead of opening the screen.")
  var noUI = false

  @Flag(name: [.customLong("no-colour"), .customLong("no-color")], help: "No colours.")
  var noColour = false

  func run(in surroundings: Surroundings) async throws {
    let places = Places(surroundings)
    let path = try db.map(places.absolute) ?? places.demonstration()
    try await prepare(path, in: surroundings)
    if !noUI, surroundings.isTerminal(.input), surroundings.isTerminal(.output) {
      try await Application.open(path, withColours: !noColour, in: surroundings)
    } else {
      try await describe(path, in: surroundings)
    }
  }

  /// Makes the books, unless they are there; never in the place of books that are no demonstration.
  private func prepare(_ path: String, in surroundings: Surroundings) async throws {
    let database = NewDatabase(
      at: path, from: surroundings.origin, clock: surroundings.clock, chance: surroundings.chance)
    guard FileManager.default.fileExists(atPath: path) else {
      try Places(surroundings).makeFolder(of: path)
      return try await database.make(adminKey: Self.adminKey) {
        try await $0.makeDemonstration()
      }
    }
    let workspace = try Workspace.open(at: path, clock: surroundings.clock)
    let isDemonstration = try await !workspace.demonstrationPeople().isEmpty
    try workspace.close()
    guard isDemonstration else { throw Refusal.instanceExists(path: path) }
    guard reset else { return }
    try await database.replace(adminKey: Self.adminKey) { try await $0.makeDemonstration() }
  }

  /// For pipes and scripts: who can sign in, how to go on, and the books in one table.
  private func describe(_ path: String, in surroundings: Surroundings) async throws {
    let workspace = try Workspace.open(
      at: path, clock: surroundings.clock, chance: surroundings.chance)
    let people = try await workspace.demonstrationPeople()
    let width = people.map(\.email.count).max() ?? 0
    let lines = people.map { person in
      let email = person.email.padding(toLength: width, withPad: " ", startingAt: 0)
      return "  \(email)  \(person.role.title), \(person.name)"
    }
    let (name, day, sheet) = try await trialBalance(workspace, surroundings)
    try workspace.close()
    try surroundings.write(
      .output,
      """
      Demonstration books: \(path)

      Who can sign in, with the password \(Demonstration.password):
      \(lines.joined(separator: "\n"))
      Admin key: \(Self.adminKey)

      Go on with:
        coreflow demo                                  the application on these books
        coreflow --db \(path) login owner@demo.example
        coreflow --db \(path) --business harbour report trial-balance

      Trial balance of \(name) as of \(day.text)

      \(try sheet.text())
      """)
  }

  private func trialBalance(
    _ workspace: Workspace, _ surroundings: Surroundings
  ) async throws -> (name: String, day: Day, sheet: TrialBalanceSheet) {
    let owner = try await workspace.signIn(
      email: "owner@demo.example", password: Demonstration.password, from: surroundings.origin)
    let theirs = try await workspace.fetch(MyBusinesses(), as: owner)
    guard let harbour = theirs.first(where: { $0.slug == "harbour" }) else {
      throw Refusal.notAMember
    }
    let principal = try await workspace.enter(harbour.id, as: owner)
    let place = try await workspace.fetch(WhereIAm(), as: principal)
    let day = surroundings.clock().day
    let balance = try await workspace.fetch(TrialBalanceReport(asOf: day), as: principal)
    for session in [principal, owner] { try await workspace.perform(SignOut(), as: session) }
    return (
      place.businessName, day,
      TrialBalanceSheet(
        balance, inBase: Currency(code: place.baseCurrency, exponent: place.exponent))
    )
  }
}
