internal import Foundation

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

  /// Whether the terminal knows modes that came after the VT220: a mouse, a clipboard.
  var hasMouse: Bool { !on.isEmpty }

  /// What puts `text` on the clipboard (OSC 52). GNU Screen passes on only what is wrapped for it.
  static func copying(_ text: String, terminalName: String) -> String {
    let sequence = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}"
    guard terminalName.hasPrefix("screen") else { return sequence }
    return "\u{1B}P\(sequence)\u{1B}\\"
  }

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
