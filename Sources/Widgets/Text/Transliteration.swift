/// Similar ASCII for text that a terminal can't show. Widths stay, so nothing moves.
extension Surface {
  /// The surface as a terminal without Unicode shows it.
  public var inASCII: Surface {
    replacing { cell in
      cell.text.utf8.allSatisfy { 0x20..<0x7f ~= $0 }
        ? nil : ASCIIText.similar(to: cell.text, columns: cell.width)
    }
  }

  /// The surface with its lines drawn as a theme wants them.
  public func withBorders(_ borders: Theme.Borders) -> Surface {
    guard borders != .unicode else { return self }
    return replacing { cell in
      guard cell.role == .border, let line = ASCIIText.line(cell.text) else { return nil }
      return borders == .ascii ? String(line) : " "
    }
  }
}

enum ASCIIText {
  /// What stands for one cell's text: as many ASCII characters as it has columns. What has no
  /// likeness becomes "?", which is seen, rather than a blank, which is not.
  static func similar(to text: String, columns: Int) -> String {
    guard columns > 0 else { return "" }
    if let known = line(text) ?? symbol(text) ?? block(text) ?? dots(text) {
      return String(known) + String(repeating: " ", count: columns - 1)
    }
    let letter = text.unicodeScalars.first.flatMap(latinLetter)
    return TextWidth.padded(letter ?? String(repeating: "?", count: columns), to: columns)
  }

  static func line(_ text: String) -> Character? {
    switch text {
    case "─", "━", "═": "-"
    case "│", "┃", "║": "|"
    case "┌", "┐", "└", "┘", "├", "┤", "┬", "┴", "┼", "╭", "╮", "╯", "╰": "+"
    default: nil
    }
  }

  private static func symbol(_ text: String) -> Character? {
    switch text {
    case "…": "~"
    case "←": "<"
    case "→", "▸": ">"
    case "▾": "v"
    case "↑": "^"
    case "↓": "v"
    case "·", "•": "."
    case "‘", "’", "‚": "'"
    case "“", "”", "„", "«", "»": "\""
    case "–", "—", "−": "-"
    case "×": "x"
    case "ß": "s"
    case "ð": "d"
    case "Ð": "D"
    case "æ": "a"
    case "Æ": "A"
    case "œ": "o"
    case "Œ": "O"
    case "þ": "t"
    case "Þ": "T"
    case "ı": "i"
    case "€": "E"
    case "\u{A0}", "\u{202F}", "\u{2009}": " "
    default: nil
    }
  }

  /// What charts and gauges are drawn with: as much ink, as nearly in its place.
  private static func block(_ text: String) -> Character? {
    switch text {
    case "█": "#"
    case "▇": "%"
    case "▆": "*"
    case "▅": "+"
    case "▄", "▌", "▐": "="
    case "▃": "-"
    case "▂": "."
    case "▁": "_"
    case "▀": "\""
    case "▔": "'"
    case "▒": ":"
    case "●": "o"
    case "◆": "x"
    default: nil
    }
  }

  /// Braille, of which a line chart's lines are made: whether its dots are high, low or both.
  private static func dots(_ text: String) -> Character? {
    guard let value = text.unicodeScalars.first?.value, 0x2801...0x28ff ~= value else { return nil }
    let (hasHigh, hasLow) = (value & 0x1b != 0, value & 0xe4 != 0)
    return hasHigh && hasLow ? ":" : hasHigh ? "'" : "."
  }

  /// The letter that a scalar is a variant of, told by its name: "LATIN SMALL LETTER O WITH
  /// STROKE".
  private static func latinLetter(_ scalar: Unicode.Scalar) -> String? {
    if scalar.isASCII { return scalar.value < 0x20 ? nil : String(scalar) }
    let words = scalar.properties.name?.split(separator: " ") ?? []
    guard let start = words.firstIndex(of: "LATIN"), words.count > start + 3,
      words[start + 2] == "LETTER", words[start + 3].count == 1
    else { return nil }
    let letter = String(words[start + 3])
    return words[start + 1] == "SMALL" ? letter.lowercased() : letter
  }
}
