import ArgumentParser
import CLI

/// Opens the books on the screen.
struct UI: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "ui", abstract: "The full-screen application (also the default).",
    discussion: """
      Example: coreflow --db books.db ui
      With a screen reader: coreflow ui --linear
      """)

  @OptionGroup var medium: MediumOptions
  @OptionGroup var books: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let path = try Places(surroundings).database(books.db)
    try await Application.open(
      path, on: medium.medium(books), speaking: medium.language, in: surroundings)
  }
}
