import ArgumentParser
import Foundation
import Interchange
import Operations

struct Backup: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the whole database into a new file, while people work on it.",
    discussion: "Example: coreflow backup /media/safe/books-2026-06-30.db")

  @Argument(help: "The file to make.")
  var file: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let places = Places(surroundings)
    let path = try places.database(options.db)
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure.noDatabase(path: path)
    }
    let copy = places.absolute(file)
    guard !FileManager.default.fileExists(atPath: copy) else {
      throw NewFile.Fault.exists(path: copy)
    }
    try await Schema(of: path, from: surroundings.origin, clock: surroundings.clock)
      .backUp(to: copy)
    try Output(to: surroundings, output).say("Copied \(path) to \(copy).")
  }
}
