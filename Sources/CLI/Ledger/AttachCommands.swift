import ArgumentParser
import Domain
import Foundation
import Interchange
import Operations

struct AttachGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach", abstract: "Files that prove entries and periods.",
    subcommands: [
      AttachAdd.self, AttachList.self, AttachSave.self, AttachHide.self, AttachRemove.self,
    ],
    defaultSubcommand: AttachAdd.self)
}

extension Seat {
  /// What files prove: the entry or the period that a person calls so.
  fileprivate func evidenced(entry: String?, period: String?) async throws -> Evidenced {
    if let entry { return .entry(try await self.entry(entry)) }
    let period = try await self.period(period ?? "")
    return .period(period.id, name: period.label)
  }
}

struct AttachAdd: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Attach a file to an entry or a period.",
    discussion: """
      Example: coreflow attach receipt.pdf --entry D-31 --description "Rent of November"
      While an entry is being approved nothing is attached to it, as approvals cover its files.
      """)

  @Argument(help: "The file, of 32 MiB at the most.")
  var file: String

  @Option(help: "The entry that it proves: GJ-2026-000123, or D-31.")
  var entry: String?

  @Option(help: "Which of the entry's lines it proves: 1 is the first. Else it proves them all.")
  var line: Int?

  @Option(help: "The period that it proves: 2026-11.")
  var period: String?

  @Option(help: "What it is.")
  var description: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (entry == nil) != (period == nil) else {
      throw ValidationError("Say what the file proves, with --entry or --period")
    }
    guard line == nil || entry != nil else {
      throw ValidationError("Only an entry has lines; leave out --line")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let path = Places(surroundings).absolute(file)
    let bytes = try PickedFile.contents(of: path, mostBytes: Evidence.mostBytes)
    let seat = try await Seat(options, in: surroundings)
    // Under the name that was typed, not that of where a link leads.
    let name = (file.trimmed as NSString).lastPathComponent
    let id = try await seat.perform(
      AttachFile(
        NewAttachment(name, bytes, description: (description ?? "").trimmed),
        to: seat.evidenced(entry: entry, period: period), line: line))
    let place = (line.map { "line \($0) of " } ?? "") + (entry ?? period ?? "").trimmed
    try Output(to: surroundings, output).show(
      Table(["id"], [[.text(String(id.value))]]), json: ["id": .id(id.value)],
      text: "Attached \(name) to \(place), with the id \(id.value).\n")
  }
}

struct AttachList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the files of an entry or a period.",
    discussion: "Example: coreflow attach list GJ-2026-000123")

  @Argument(help: "The entry: GJ-2026-000123, or D-31.")
  var entry: String?

  @Option(help: "The period, instead of an entry: 2026-11.")
  var period: String?

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (entry == nil) != (period == nil) else {
      throw ValidationError("Name an entry, or a period with --period")
    }
  }

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let files = try await seat.fetch(
      Attachments(of: seat.evidenced(entry: entry, period: period))
    ).files
    let table = Table(
      [
        "id", "file", "media_type", "bytes", "sha256", "description", "line", "added_by",
        "added_at",
        "after_posting", "hidden_by", "hidden_at", "hidden_reason",
      ], files.map(\.row))
    try Output(to: surroundings, output).list(table)
  }
}

struct AttachSave: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "save", abstract: "Write a copy of an attached file.",
    discussion: """
      Example: coreflow attach save 12 copy.pdf
      It is a new file that only you may read, and is recorded in the audit log.
      """)

  @Argument(help: "Its id, as attach list shows it.")
  var id: Int64

  @Argument(help: "The file to make.")
  var file: String

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let path = Places(surroundings).absolute(file)
    guard !FileManager.default.fileExists(atPath: path) else {
      throw NewFile.Fault.exists(path: path)
    }
    let seat = try await Seat(options, in: surroundings)
    let thing = try await seat.fetch(AttachedTo(ID(id)))
    let content = try await seat.perform(SaveAttachment(ID(id), of: thing))
    try NewFile.write(content.bytes, to: path)
    try Output(to: surroundings, output).say("Wrote \(content.name) to \(path).")
  }
}

struct AttachHide: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "hide", abstract: "Put a file out of sight for good; it stays in the books.",
    discussion: """
      Example: coreflow attach hide 12 --reason "Belongs to another entry"
      Whoever may read the audit log still reads it.
      """)

  @Argument(help: "Its id, as attach list shows it.")
  var id: Int64

  @OptionGroup var why: ReasonOption
  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let thing = try await seat.fetch(AttachedTo(ID(id)))
    try await seat.perform(HideAttachment(ID(id), of: thing, reason: why.reason.trimmed))
    try Output(to: surroundings, output).say("The file \(id) is hidden.")
  }
}

struct AttachRemove: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a file off a draft that was never submitted.",
    discussion: "Example: coreflow attach remove 12")

  @Argument(help: "Its id, as attach list shows it.")
  var id: Int64

  @OptionGroup var options: BooksOptions
  @OptionGroup var output: OutputOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let thing = try await seat.fetch(AttachedTo(ID(id)))
    try await seat.perform(RemoveAttachment(ID(id), from: thing))
    try Output(to: surroundings, output).say("The file \(id) is taken off.")
  }
}

extension AttachedFile {
  /// The columns of `attach list`.
  fileprivate var row: [Table.Cell] {
    [
      .text(String(id.value)), .text(name), .text(mediaType), .count(size), .text(sha256),
      .text(description), line.map(Table.Cell.count) ?? Table.Cell.none, .text(by), .text(at.text),
      .flag(isAfterPosting),
      .optional(hiding?.by), .optional(hiding?.at.text), .optional(hiding?.reason),
    ]
  }
}
