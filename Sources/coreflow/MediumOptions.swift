import ArgumentParser
import CLI

/// How the application is perceived, the same for everything that opens it.
struct MediumOptions: ParsableArguments {
  @Flag(
    help: """
      Say plain lines instead of drawing a screen, for screen readers and braille displays: no \
      cursor movement, no colours, any terminal.
      """)
  var linear = false

  @MainActor func medium(_ books: BooksOptions) -> Application.Medium {
    linear ? .lines : .screen(withColours: !books.noColour)
  }
}
