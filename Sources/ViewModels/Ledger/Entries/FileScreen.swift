package import Phrases

/// An attached file that is text, to be read.
package final class FileScreen: Screen {
  package static let keymap: [Binding] = []

  private let name: String
  /// As far as anybody reads it here.
  private let text: String
  private let isCut: Bool
  package let section: Section?
  private unowned let navigator: Navigator
  /// How many lines are scrolled past.
  private var top = 0

  init(_ name: String, _ text: String, in section: Section?, of navigator: Navigator) {
    self.name = name
    self.text = String(text.prefix(Self.mostCharacters)).replacing("\r\n", with: "\n")
      .replacing("\t", with: "    ")
    isCut = text.count > Self.mostCharacters
    self.section = section
    self.navigator = navigator
  }

  /// More than this nobody reads here, and wrapping it takes longer than a frame.
  private static let mostCharacters = 20_000

  /// What stands in a file of UTF-8 text; nil of any other.
  static func text(_ bytes: [UInt8]) -> String? {
    bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
  }

  package var title: Phrase { Phrase(verbatim: name) }
  package func load() -> [Effect] { [] }
  package var actions: [Action] { [] }

  package func move(_ movement: Movement) -> [Effect] {
    top = movement.cursor(from: top, count: lineCount, page: navigator.pageRows) ?? 0
    return []
  }

  /// As many as it takes at the least: only drawing knows how words wrap.
  private var lineCount: Int {
    let room = max(navigator.columns - 4, 1)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .reduce(0) { $0 + max(1, ($1.count + room - 1) / room) }
  }

  package var panels: [Panel] {
    let rest: Phrase = isCut ? "Only its beginning is shown. A saved copy has all of it." : .empty
    let shown = Phrase.joined([Phrase(verbatim: text), rest], separator: "\n\n")
    return [.text(TextPanel(title: title, text: shown, top: top))]
  }
}
