import ArgumentParser
import CLI
import Domain

/// The root of the command line: the screen, unless something else is asked for.
struct Coreflow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coreflow",
    abstract: "Books of several businesses, at a terminal.",
    discussion: """
      Without a subcommand the full-screen application opens. To look around: coreflow demo
      """,
    version: Release.version,
    subcommands: [UI.self, Demo.self, KeyList.self, SettingList.self, ThemeGroup.self]
      + CLI.subcommands,
    defaultSubcommand: UI.self)
}
