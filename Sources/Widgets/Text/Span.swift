/// A piece of a line that means one thing: its text, and what that is.
struct Span: Hashable, Sendable {
  let text: String
  let role: Role

  init(_ text: String, role: Role = .text) {
    self.text = text
    self.role = role
  }

  /// Breaks a line of spans into lines of at most so many columns, between words where that is
  /// possible. A line of no text stays one; nothing fits into no columns.
  static func wrapped(_ spans: [Span], to limit: Int) -> [[Span]] {
    guard limit > 0 else { return [] }
    if spans.reduce(0, { $0 + TextWidth.columns(of: $1.text) }) <= limit { return [spans] }
    var rest = spans.flatMap { span in
      Glyph.split(span.text).map { Piece(glyph: $0, role: span.role) }
    }[...]
    var lines: [[Span]] = []
    repeat {
      let end = lineEnd(rest, limit: limit)
      lines.append(joined(rest[..<end]))
      rest = rest[end...].drop { $0.isBlank }
    } while !rest.isEmpty
    return lines
  }

  private struct Piece {
    let glyph: Glyph
    let role: Role

    var isBlank: Bool { glyph.text == " " }
  }

  /// Where the first line ends: at the last blank after a word, or where it is full.
  private static func lineEnd(_ pieces: ArraySlice<Piece>, limit: Int) -> Int {
    var room = limit
    var lastBlank: Int?
    var hasWord = false
    for (index, piece) in zip(pieces.indices, pieces) {
      if piece.isBlank, hasWord { lastBlank = index }
      room -= piece.glyph.width
      if room < 0 { return lastBlank ?? max(index, pieces.startIndex + 1) }
      hasWord = hasWord || !piece.isBlank
    }
    return pieces.endIndex
  }

  private static func joined(_ pieces: ArraySlice<Piece>) -> [Span] {
    var spans: [Span] = []
    var rest = pieces
    while let role = rest.first?.role {
      let run = rest.prefix { $0.role == role }
      spans.append(Span(run.map(\.glyph.text).joined(), role: role))
      rest = rest.dropFirst(run.count)
    }
    return spans
  }
}

extension Surface {
  /// Writes spans one after the other, from the start of a rectangle's first row.
  mutating func write(_ spans: [Span], in rect: Rect) {
    var column = rect.column
    for span in spans {
      let point = Point(column: column, row: rect.row)
      column = write(span.text, at: point, in: rect.line(0), role: span.role)
    }
  }
}
