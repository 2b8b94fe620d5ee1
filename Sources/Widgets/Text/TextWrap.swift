extension TextWidth {
  /// Breaks text into lines of at most so many columns, between words where that is possible.
  /// "\n" always breaks; an empty line stays one. Nothing fits into no columns.
  public static func wrapped(_ text: String, to limit: Int) -> [String] {
    guard limit > 0 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { wrappedLine(String($0), to: limit) }
  }

  private static func wrappedLine(_ line: String, to limit: Int) -> [String] {
    guard columns(of: line) > limit else { return [line] }
    var lines: [String] = []
    var current = ""
    for word in line.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
      let candidate = current.isEmpty ? word : current + " " + word
      if columns(of: candidate) <= limit {
        current = candidate
        continue
      }
      if !current.isEmpty { lines.append(current) }
      var pieces = broken(word, to: limit)
      current = pieces.popLast() ?? ""
      lines += pieces
    }
    return current.isEmpty ? lines : lines + [current]
  }

  /// A word too long for a line, cut wherever a line is full.
  private static func broken(_ word: String, to limit: Int) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var room = limit
    for glyph in Glyph.split(word) {
      if glyph.width > room, !piece.isEmpty {
        pieces.append(piece)
        piece = ""
        room = limit
      }
      piece += glyph.text
      room -= glyph.width
    }
    return pieces + [piece]
  }
}
