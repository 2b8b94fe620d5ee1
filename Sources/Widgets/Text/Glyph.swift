/// The smallest piece of text that has a width of its own: a character with its combining marks, an
/// emoji sequence, or the visible stand-in of something that must not reach a terminal.
struct Glyph: Hashable, Sendable {
  let text: String
  /// 1 or 2 (0 only for the second half of a wide cell).
  let width: Int

  static let space = Glyph(text: " ", width: 1)

  init(text: String, width: Int) {
    self.text = text
    self.width = width
  }

  /// Of one byte of plain text.
  init(plain byte: UInt8) { self = Self.plain[Int(byte - 0x20)] }

  private static let plain = (UInt8(0x20)..<0x7f).map {
    Glyph(text: String(Unicode.Scalar($0)), width: 1)
  }

  /// More marks than these on one character is an attack on the row above, not a language; it is
  /// also as many as ncurses keeps.
  private static let marksLimit = 4

  /// More scalars than these make no emoji.
  private static let emojiLimitScalars = 10

  /// A line of text as the glyphs that show it.
  static func split(_ text: String) -> [Glyph] {
    var glyphs: [Glyph] = []
    glyphs.reserveCapacity(text.utf8.count)
    for character in text {
      if let ascii = character.asciiValue, 0x20..<0x7f ~= ascii {
        glyphs.append(Glyph(text: String(character), width: 1))
      } else if isEmojiSequence(character.unicodeScalars) {
        glyphs.append(Glyph(text: String(character), width: 2))
      } else {
        appendScalars(of: character, to: &glyphs)
      }
    }
    return glyphs
  }

  /// Splits what a person sees as one character, but a terminal shows in several cells (such as
  /// some of the Indian and Thai syllables), at each scalar that takes room.
  private static func appendScalars(of character: Character, to glyphs: inout [Glyph]) {
    var isStart = true
    var marks = 0
    for scalar in character.unicodeScalars {
      defer { isStart = false }
      if let symbol = SafeText.symbol(for: scalar) {
        glyphs.append(Glyph(text: String(symbol), width: 1))
        marks = marksLimit
        continue
      }
      let width = TextWidth.columns(of: scalar)
      if width > 0 {
        glyphs.append(Glyph(text: String(scalar), width: width))
        marks = 0
      } else if isStart {
        // A mark with nothing to stand on is shown on the circle that Unicode prints it with.
        glyphs.append(Glyph(text: "\u{25CC}" + String(scalar), width: 1))
        marks = 1
      } else if marks < marksLimit, let last = glyphs.popLast() {
        glyphs.append(Glyph(text: last.text + String(scalar), width: last.width))
        marks += 1
      }
    }
  }

  /// Whether scalars that form one character are an emoji two columns wide: joined by ZWJ, with a
  /// skin tone, a flag, a keycap, or a symbol asked to look like an emoji.
  private static func isEmojiSequence(_ scalars: Character.UnicodeScalarView) -> Bool {
    guard scalars.count > 1, scalars.count <= emojiLimitScalars, let first = scalars.first,
      first.properties.isEmoji, let last = scalars.last, last != "\u{200D}"
    else { return false }
    let rest = scalars.dropFirst()
    let isKeycap = rest.contains("\u{20E3}")
    guard first.isASCII == isKeycap else { return false }
    let asksForEmoji = rest.contains { scalar in
      scalar == "\u{FE0F}" || scalar == "\u{200D}" || scalar == "\u{20E3}"
        || scalar.properties.isEmojiModifier || isTag(scalar) || isRegional(scalar)
    }
    return asksForEmoji && rest.allSatisfy(mayContinueEmoji)
  }

  private static func mayContinueEmoji(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{200D}" || scalar == "\u{FE0F}" || scalar == "\u{20E3}" || isTag(scalar)
      || (scalar.properties.isEmoji && !scalar.isASCII)
  }

  private static func isTag(_ scalar: Unicode.Scalar) -> Bool {
    0xe0020...0xe007f ~= scalar.value
  }

  static func isRegional(_ scalar: Unicode.Scalar) -> Bool {
    0x1f1e6...0x1f1ff ~= scalar.value
  }
}
