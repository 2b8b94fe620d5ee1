/// How many columns text takes on a terminal, measured after it was made safe.
public enum TextWidth {
  public static func columns(of text: String) -> Int {
    if text.isPlain { return text.utf8.count }
    return Glyph.split(text).reduce(0) { $0 + $1.width }
  }

  /// 0 for what combines with the character before it, 2 for what is wide, else 1.
  static func columns(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    case _ where isConjoiningJamo(value): return 0
    default: break
    }
    // A half of a flag alone is a narrow letter, though Unicode counts it among the emoji.
    if Glyph.isRegional(scalar) { return 1 }
    if scalar.properties.isEmojiPresentation { return 2 }
    return isWide(value) ? 2 : 1
  }

  /// Vowels and final consonants that join the Korean syllable before them.
  private static func isConjoiningJamo(_ value: UInt32) -> Bool {
    0x1160...0x11ff ~= value || 0xd7b0...0xd7ff ~= value
  }

  /// East Asian Width W and F, of Unicode 15, without the emoji, which their property tells.
  /// Unassigned characters within a block are taken as wide as their neighbours.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115f, 0x2329...0x232a, 0x2e80...0x303e, 0x3041...0xa4c6, 0xa960...0xa97c,
    0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6b, 0xff01...0xff60,
    0xffe0...0xffe6, 0x16fe0...0x18d08, 0x1aff0...0x1b2fb, 0x1f200...0x1f265,
    0x20000...0x2fffd, 0x30000...0x3fffd,
  ]

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < wideRanges.count && wideRanges[low].contains(value)
  }
}

extension String {
  /// Whether each of its bytes is a character as wide as a column, as in most text.
  var isPlain: Bool { utf8.allSatisfy { 0x20..<0x7f ~= $0 } }
}

/// Where text that is too long is cut.
public enum Truncation: Hashable, Sendable {
  /// "Office rent Nov…": for prose.
  case end
  /// "GJ-20…0123": for numbers and ids, whose ends tell them apart.
  case middle
}

extension TextWidth {
  /// The text, or as much of it as fits into so many columns, with an ellipsis where it was cut.
  public static func truncated(
    _ text: String, to limit: Int, at truncation: Truncation = .end
  )
    -> String
  {
    guard columns(of: text) > limit else { return text }
    guard limit > 0 else { return "" }
    let glyphs = Glyph.split(text)
    switch truncation {
    case .end: return head(of: glyphs, columns: limit - 1) + "…"
    case .middle:
      let tailColumns = (limit - 1) / 2
      let head = head(of: glyphs, columns: limit - 1 - tailColumns)
      return head + "…" + tail(of: glyphs, columns: tailColumns)
    }
  }

  /// The text with blanks up to so many columns; nothing is cut.
  public static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(columns - self.columns(of: text), 0))
  }

  private static func head(of glyphs: [Glyph], columns: Int) -> String {
    var left = columns
    return glyphs.prefix { glyph in
      left -= glyph.width
      return left >= 0
    }.map(\.text).joined()
  }

  private static func tail(of glyphs: [Glyph], columns: Int) -> String {
    var left = columns
    return glyphs.reversed().prefix { glyph in
      left -= glyph.width
      return left >= 0
    }.reversed().map(\.text).joined()
  }
}
