import ArgumentParser
import Domain
import Operations

struct JournalTemplateGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "What entries say again and again, under a name.",
    subcommands: [
      JournalTemplateList.self, JournalTemplateCreate.self, JournalTemplateRemove.self,
      JournalTemplateRestore.self,
    ])
}

struct JournalTemplateList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the templates by name.",
    discussion: "Example: coreflow journal template list")

  @Flag(help: "Those that were taken away instead.")
  var deleted = false

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    guard !deleted else {
      let gone = try await seat.fetch(DeletedTemplates())
      return try Output(to: surroundings, output).list(gone.table("name", "description"))
    }
    let templates = try await seat.fetch(EntryTemplates())
    try Output(to: surroundings, output).list(
      Table(
        ["name", "description", "reference", "payee", "lines"],
        templates.map {
          [
            .text($0.name), .text($0.content.description), .text($0.content.reference),
            .text($0.content.payee), .count($0.content.lines.count),
          ]
        }))
  }
}

struct JournalTemplateCreate: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Give what an entry says a name.",
    discussion: """
      Example: coreflow journal template create GJ-2026-000123 "Office rent"
      It is written again with: coreflow journal add --template "Office rent" --post
      """)

  @OptionGroup var entry: EntryArgument

  @Argument(help: "What to call it.")
  var name: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    _ = try await seat.perform(SaveTemplate(name, of: seat.entry(entry.name)))
    try Output(to: surroundings, output).say("The template \(name.trimmed) is kept.")
  }
}

struct JournalTemplateRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a template away; entries made of it stay.",
    discussion: "Example: coreflow journal template remove \"Office rent\"")

  @Argument(help: "The template, by its name.")
  var name: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let template = try await seat.template(name)
    try await seat.perform(RemoveTemplate(template.id))
    try Output(to: surroundings, output).say("The template \(template.name) is gone.")
  }
}

struct JournalTemplateRestore: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring back a template that was taken away.",
    discussion: """
      Example: coreflow journal template restore "Office rent"
      They are listed by: coreflow journal template list --deleted
      """)

  @Argument(help: "Its name. Of several the one that was taken away last.")
  var name: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let template = try await seat.fetch(DeletedTemplates()).called(name.trimmed, .template)
    try await seat.perform(RestoreTemplate(template.id))
    try Output(to: surroundings, output).say("The template \(template.key) is back.")
  }
}

extension Seat {
  /// Throws `noSuchNamed`.
  func template(_ name: String) async throws -> EntryTemplates.Template {
    let wanted = name.trimmed
    let templates = try await fetch(EntryTemplates())
    guard let found = templates.first(where: { $0.name.lowercased() == wanted.lowercased() }) else {
      throw Refusal.noSuchNamed(kind: .template, name: wanted)
    }
    return found
  }
}
