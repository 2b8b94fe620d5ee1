import ArgumentParser
import CLI
import Languages

/// How the application is perceived, the same for everything that opens it.
struct MediumOptions: ParsableArguments {
  @Flag(
    help: """
      Say plain lines instead of drawing a screen, for screen readers and braille displays: no \
      cursor movement, no colours, any terminal.
      """)
  var linear = false

  @Option(
    help: ArgumentHelp(
      "Speak this language: \(Languages.offered.joined(separator: ", ")).", valueName: "code"))
  var language: String?

  func validate() throws {
    guard let language, !Languages.offered.contains(language) else { return }
    throw ValidationError(
      "There is no language \(language). There are: \(Languages.offered.joined(separator: ", ")).")
  }

  @MainActor func medium(_ books: BooksOptions) -> Application.Medium {
    linear ? .lines : .screen(withColours: !books.noColour)
  }
}
