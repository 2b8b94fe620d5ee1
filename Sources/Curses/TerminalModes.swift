/// Private modes that ncurses knows nothing of, so that we turn them on and off ourselves.
struct TerminalModes: Hashable, Sendable {
  /// Paste in brackets (2004), focus (1004).
  let on: String
  /// All that we ever turn on, mouse and synchronised output included.
  let off: String
  /// Asks whether synchronised output is there.
  let question: String

  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"
  static let synchronize = "\u{1B}[?2026h"
  static let endSynchronize = "\u{1B}[?2026l"

  /// Kinds that are known not to ignore what they don't understand, or too old to have any of it.
  private static let withoutModes = [
    "vt", "linux", "ansi", "cons", "wy", "sun", "hp", "ibm", "att",
  ]

  init(terminalName: String) {
    guard !Self.withoutModes.contains(where: terminalName.hasPrefix) else {
      on = ""
      off = ""
      question = ""
      return
    }
    on = "\u{1B}[?2004h\u{1B}[?1004h"
    off = Self.endSynchronize + Self.mouseOff + "\u{1B}[?1004l\u{1B}[?2004l"
    question = "\u{1B}[?2026$p"
  }
}
