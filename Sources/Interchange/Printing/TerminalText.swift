/// Text made harmless for a terminal: nothing in it can move the cursor, hide, write to the
/// clipboard or turn the direction of what is read. What could is shown as its code.
package enum TerminalText {
  /// `text` in one line: line ends and tabs are shown as their codes too.
  package static func line(_ text: String) -> String {
    shown(text, keepingLineEnds: false) { "\\u{\($0)}" }
  }

  /// `text` of several lines.
  package static func lines(_ text: String) -> String {
    shown(text, keepingLineEnds: true) { "\\u{\($0)}" }
  }

  /// Lines on pages, which a form feed parts.
  package static func pages(_ text: String) -> String {
    text.split(separator: "\u{C}", omittingEmptySubsequences: false).map { lines(String($0)) }
      .joined(separator: "\u{C}")
  }

  /// Lines of CSV, which end in two characters.
  package static func csv(_ text: String) -> String {
    text.split(separator: "\r\n", omittingEmptySubsequences: false).map { lines(String($0)) }
      .joined(separator: "\r\n")
  }

  /// A JSON document, which stays one: its own way of writing codes is used.
  package static func json(_ text: String) -> String {
    shown(text, keepingLineEnds: true) { code in
      guard code.count > 4, let scalar = UInt32(code, radix: 16) else {
        return "\\u" + String(repeating: "0", count: 4 - code.count) + code
      }
      let offset = scalar - 0x10000
      return "\\u" + String(0xD800 + offset >> 10, radix: 16)
        + "\\u" + String(0xDC00 + offset & 0x3FF, radix: 16)
    }
  }

  private static func shown(
    _ text: String, keepingLineEnds: Bool, code: (String) -> String
  ) -> String {
    guard text.unicodeScalars.contains(where: isDangerous) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isDangerous(scalar), !(keepingLineEnds && scalar == "\n") {
        result.append(contentsOf: code(String(scalar.value, radix: 16)).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    if (0x20..<0x7F).contains(scalar.value) { return false }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
    default: false
    }
  }

  /// How many columns `text` takes: none for what combines, two for East Asian letters and emoji.
  package static func width(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }

  private static func width(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    let isWide =
      first.properties.isEmojiPresentation
      || wide.contains { $0.contains(first.value) }
      || character.unicodeScalars.contains("\u{FE0F}")
    return isWide ? 2 : 1
  }

  /// The blocks whose letters are wide (Unicode's East Asian Width W and F).
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
