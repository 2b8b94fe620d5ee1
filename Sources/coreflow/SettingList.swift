import ArgumentParser
import CLI
import Domain
import ViewModels

/// Prints every setting of config.yaml, for people and for their editors.
struct SettingList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "settings", abstract: "Every setting of config.yaml, as a Markdown document.",
    discussion: """
      Example: coreflow settings --schema > config.schema.json
      In the application, the screen Settings changes them.
      """)

  @Flag(help: "As a JSON schema, which editors check config.yaml with.")
  var schema = false

  func run(in surroundings: Surroundings) async throws {
    let text = await MainActor.run { schema ? Setting.schema.text + "\n" : Setting.markdown }
    try surroundings.write(.output, text)
  }
}
