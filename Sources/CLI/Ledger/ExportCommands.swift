import ArgumentParser
import Domain
import Foundation
import Interchange
import Operations

struct ExportGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Give books to other programs.",
    subcommands: [ExportJournalFile.self, ExportAccountsFile.self])
}

struct ExportJournalFile: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Write every posted entry to a file.",
    discussion: "Example: coreflow export journal books.journal && hledger -f books.journal bal")

  @Argument(help: "The file to make; - is standard output.")
  var file: String

  @Option(help: "What to write it in: hledger.")
  var format = JournalFormat.hledger

  @OptionGroup var options: BooksOptions

  func run(in surroundings: Surroundings) async throws {
    let seat = try await Seat(options, in: surroundings)
    let path = Places(surroundings).absolute(file)
    guard file != "-" else {
      let export = try await seat.perform(ExportJournal(to: "standard output"))
      return try surroundings.write(.output, Self.text(export))
    }
    guard !FileManager.default.fileExists(atPath: path) else {
      throw NewFile.Fault.exists(path: path)
    }
    let export = try await seat.perform(ExportJournal(to: path))
    try NewFile.write(Self.text(export), to: path)
    let count = export.journal.entries.count
    try Output(to: surroundings).say("Wrote \(count) entries to \(path).")
  }

  /// With what it must say of itself before all else.
  private static func text(_ export: ExportJournal.Export) -> String {
    export.remarks.map { "; \($0)\n" }.joined() + HledgerJournal.write(export.journal)
  }
}
