import ArgumentParser
import CLI
import Configuration
import ViewModels

/// Prints every key, by screen, as the help of each screen shows it.
struct KeyList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Every key of every screen, as a Markdown document.",
    discussion: """
      Example: coreflow keys > keys.md
      With your own keys from ~/.config/coreflow/config.yaml, where you have set any.
      """)

  func run(in surroundings: Surroundings) async throws {
    let text = try await Self.text(in: surroundings)
    try surroundings.write(.output, text)
  }

  @MainActor private static func text(in surroundings: Surroundings) throws -> String {
    do {
      return Keymap.markdown(
        try ConfigurationFile(of: surroundings).settings(in: surroundings).keys)
    } catch let fault as SettingsFault {
      throw ScreenFault(fault.words)
    }
  }
}
