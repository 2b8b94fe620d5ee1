import ArgumentParser
import CLI
import Configuration
import Foundation
import Themes
import ViewModels
import Widgets

/// What people who write themes need.
struct ThemeGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theme", abstract: "Check a theme of your own.", subcommands: [ThemeCheck.self])
}

/// Measures whether all of a theme can be read and told apart.
struct ThemeCheck: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Contrast of every role of a theme file, and roles that look the same.",
    discussion: """
      Example: coreflow theme check ~/.config/coreflow/themes/mine.yaml
      With true colour, 256, 16 and 8 colours. Text needs 4.5 to 1; where a colour is the \
      terminal's own there is nothing to measure. Ends with status 4 where something is wrong.
      """)

  @Argument(help: "The theme's file; what it inherits is looked for beside it.")
  var file: String

  func run(in surroundings: Surroundings) async throws {
    let path = Places(surroundings).absolute(file)
    let theme = try await Self.theme(at: path)
    let measured = Legibility.depths.map { Legibility(of: theme, at: $0) }
    try surroundings.write(.output, Self.table(measured))
    let faults = zip(Legibility.depths, measured).flatMap { Self.faults(of: $1, at: $0) }
    for fault in faults { try surroundings.write(.output, fault + "\n") }
    if !faults.isEmpty { throw CLI.findings(faults.count) }
  }

  @MainActor private static func theme(at path: String) throws -> Theme {
    do {
      let folder = ThemeFolder(at: (path as NSString).deletingLastPathComponent)
      return try folder.theme(inFile: path)
    } catch {
      throw ScreenFault(error.words)
    }
  }

  /// A role a line, a column for each number of colours.
  private static func table(_ measured: [Legibility]) -> String {
    let heads = Legibility.depths.map { padded(name(of: $0)) }
    let rows = Role.allCases.map { role in
      let cells = measured.map { legibility in
        padded(legibility.look(role).contrast.map { String(format: "%.1f", $0) } ?? "-")
      }
      return named(role.rawValue) + cells.joined()
    }
    return ([named("role") + heads.joined()] + rows).joined(separator: "\n") + "\n"
  }

  private static func faults(of legibility: Legibility, at depth: ColorDepth) -> [String] {
    legibility.faint().map { "\(name(of: depth)): \($0.rawValue) is too faint to read." }
      + legibility.confused.map {
        "\(name(of: depth)): \($0.0.rawValue) looks like \($0.1.rawValue)."
      }
  }

  private static func name(of depth: ColorDepth) -> String {
    depth == .direct ? "true" : "\(depth.rawValue)"
  }

  private static func padded(_ text: String) -> String {
    String(repeating: " ", count: max(0, 7 - text.count)) + text
  }

  private static func named(_ text: String) -> String {
    text + String(repeating: " ", count: max(0, 16 - text.count))
  }
}
