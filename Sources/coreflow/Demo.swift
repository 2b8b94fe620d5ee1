import ArgumentParser
import CLI
import Foundation
import Operations

/// Builds demonstration books where there are none yet, and opens them.
struct Demo: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Open demonstration books: two businesses, three years, people in all roles.",
    discussion: """
      Example: coreflow demo
      With a screen reader: coreflow demo --linear
      Without a terminal, or with --no-ui, prints who can sign in and a trial balance instead.
      Without --db and $COREFLOW_DB the books are demo.sqlite3 in your own data folder.
      """)

  /// No secret: everybody may know it, as they may know the passwords.
  private static let adminKey = "cfa_demonstration"

  @Flag(help: "Make the books anew, even where such books are there.")
  var reset = false

  @Flag(name: .customLong("no-ui"), help: "Print instead of opening the screen.")
  var noUI = false

  @OptionGroup var medium: MediumOptions
  @OptionGroup var books: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let path = try Places(surroundings).demonstration(books.db)
    try await prepare(path, in: surroundings)
    if !noUI, surroundings.isTerminal(.input), surroundings.isTerminal(.output) {
      try await Application.open(
        path, on: medium.medium(books), speaking: medium.language, in: surroundings)
    } else {
      try await DemonstrationSheet(of: path, adminKey: Self.adminKey, books, in: surroundings)
        .show(output, in: surroundings)
    }
  }

  /// Makes the books, unless they are there; never in the place of books that are no demonstration.
  private func prepare(_ path: String, in surroundings: Surroundings) async throws {
    let database = NewDatabase(
      at: path, from: surroundings.origin, clock: surroundings.clock, chance: surroundings.chance)
    if !FileManager.default.fileExists(atPath: path) {
      try Places(surroundings).makeFolder(of: path)
      do {
        return try await database.make(adminKey: Self.adminKey) {
          try await $0.makeDemonstration()
        }
      } catch Refusal.instanceExists {
        // Another process made it meanwhile; what it made is looked at like any other.
      }
    }
    let workspace = try Workspace.open(at: path, clock: surroundings.clock)
    let isDemonstration = try await !workspace.demonstrationPeople().isEmpty
    try workspace.close()
    guard isDemonstration else { throw Refusal.instanceExists(path: path) }
    guard reset else { return }
    try await database.replace(adminKey: Self.adminKey) { try await $0.makeDemonstration() }
  }
}
