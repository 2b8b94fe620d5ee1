/// Text made harmless for a terminal: nothing in it can move the cursor, change colours, write to
/// the clipboard, hide, or turn the direction of what is read.
///
/// Each dangerous character becomes one visible symbol, one column wide. Surfaces do this by
/// themselves; what is printed without one (a command's output, an error after the screen has
/// closed, a window's title) goes through here.
public struct SafeText: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// One line's text: line ends and tabs are shown as symbols too.
  public init(line: String) {
    description = Glyph.split(line).map(\.text).joined()
  }

  /// Text of several lines: "\n" stays.
  public init(lines: String) {
    description = lines.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Glyph.split(String($0)).map(\.text).joined() }
      .joined(separator: "\n")
  }

  /// The same for a terminal without Unicode, in similar ASCII characters.
  public var inASCII: String {
    Glyph.split(description).map { ASCIIText.similar(to: $0.text, columns: $0.width) }.joined()
  }

  /// What is shown in place of a scalar that must not reach a terminal; nil if it may.
  static func symbol(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x20..<0x7f: return nil
    // Unicode has a picture for each control character of ASCII.
    case 0x00..<0x20: return Unicode.Scalar(0x2400 + scalar.value)
    case 0x7f: return "\u{2421}"
    case 0xa0..<0xad, 0xae..<0x300: return nil
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
      return "\u{FFFD}"
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
      .modifierSymbol, .otherSymbol, .spaceSeparator, .privateUse:
      return nil
    @unknown default: return "\u{FFFD}"
    }
  }
}
