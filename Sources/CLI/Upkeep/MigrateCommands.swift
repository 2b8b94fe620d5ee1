import ArgumentParser
import Domain
import Foundation
import Operations

struct MigrateGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "The schema of the database.",
    subcommands: [MigrateStatus.self, MigrateRun.self, MigrateRollback.self])
}

/// Which file: these commands work without anybody signed in, on whatever schema it has.
struct SchemaOptions: ParsableArguments {
  @OptionGroup var books: BooksOptions

  /// Throws where there is no file, unless `run` is about to make it.
  func schema(in surroundings: Surroundings, making: Bool = false) throws -> Schema {
    let places = Places(surroundings)
    let path = try places.database(books.db)
    if making {
      try places.makeFolder(of: path)
    } else if !FileManager.default.fileExists(atPath: path) {
      throw Failure.noDatabase(path: path)
    }
    return Schema(of: path, from: surroundings.origin, clock: surroundings.clock)
  }
}

struct MigrateStatus: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show each migration: applied, pending, rolled back, failed, changed.",
    discussion: "Example: coreflow migrate status --format json")

  @OptionGroup var file: SchemaOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let migrations = try file.schema(in: surroundings).status()
    let table = Table(
      ["number", "name", "checksum", "applied_at", "milliseconds", "state"],
      migrations.map {
        [
          .text($0.label), .text($0.name), .text($0.checksum), .optional($0.appliedAt?.text),
          $0.milliseconds.map(Table.Cell.count) ?? .none, .text($0.state.rawValue),
        ]
      })
    let short = Table(
      ["number", "name", "state", "applied_at"],
      migrations.map {
        [.text($0.label), .text($0.name), .text($0.state.rawValue), .optional($0.appliedAt?.text)]
      })
    try Output(to: surroundings, output).show(
      table, json: ["migrations": .array(table.json)], text: short.text)
  }
}

struct MigrateRun: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Apply what is pending, after a backup where there is data.",
    discussion: "Example: coreflow migrate run --db books.db")

  @OptionGroup var file: SchemaOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let applied = try await file.schema(in: surroundings, making: true).run()
    let labels = applied.map { padded($0, to: 3) }.joined(separator: ", ")
    try Output(to: surroundings, output).say(
      applied.isEmpty ? "Nothing is pending." : "Applied \(labels).")
  }
}

struct MigrateRollback: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Undo the migrations from the last back to one, after a backup.",
    discussion: "Example: coreflow migrate rollback 005 --db books.db")

  @Argument(help: "The first migration to undo, such as 003.")
  var number: String

  @Option(
    help: ArgumentHelp(
      "Destroy posted books: repeat the name of the database's file.", valueName: "name"))
  var destroyData: String?

  @OptionGroup var file: SchemaOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    guard let number = Int(number), number > 0 else { throw Failure.unknownMigration(number) }
    let undone = try await file.schema(in: surroundings).rollBack(
      to: number, destroying: destroyData)
    let labels = undone.map { padded($0, to: 3) }.joined(separator: ", ")
    try Output(to: surroundings, output).say(
      "Rolled back \(labels). A backup is beside the database.")
  }
}
