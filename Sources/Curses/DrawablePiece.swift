internal import CTerminal
internal import Widgets

/// What is drawn for a part of a cell: something whose width ncurses and every terminal agree on,
/// so that the rest of the row stays where it is.
///
/// Emoji made of several characters are what terminals disagree on most: of these the first
/// character is drawn, of flags their letters, of keycaps their digit.
struct DrawablePiece: Hashable {
  let column: Int
  let characters: [wchar_t]

  static func pieces(of text: String, columns: Int) -> [DrawablePiece] {
    let scalars = Array(text.unicodeScalars)
    guard let base = scalars.first else { return [] }
    if scalars.count == 2, let flag = flagLetters(scalars) { return flag }
    let width = Int(cterminal_wcwidth(CInt(bitPattern: base.value)))
    guard 1...columns ~= width else { return padded([0xfffd], width: 1, to: columns) }
    let marks = scalars.dropFirst().prefix { scalar in
      !isEmojiJoiner(scalar) && cterminal_wcwidth(CInt(bitPattern: scalar.value)) == 0
    }
    return padded(([base] + marks).map { wchar_t($0.value) }, width: width, to: columns)
  }

  private static func flagLetters(_ scalars: [Unicode.Scalar]) -> [DrawablePiece]? {
    let regional: ClosedRange<UInt32> = 0x1f1e6...0x1f1ff
    guard scalars.allSatisfy({ regional ~= $0.value }) else { return nil }
    return scalars.enumerated().map { index, scalar in
      DrawablePiece(column: index, characters: [wchar_t(scalar.value - regional.lowerBound + 0x41)])
    }
  }

  private static func isEmojiJoiner(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{200D}" || scalar == "\u{FE0F}" || scalar == "\u{20E3}"
      // Letters of a region's flag, of which ncurses would keep the first few.
      || 0xe0020...0xe007f ~= scalar.value
  }

  private static func padded(
    _ characters: [wchar_t], width: Int, to columns: Int
  )
    -> [DrawablePiece]
  {
    let blanks = (width..<max(columns, width)).map { DrawablePiece(column: $0, characters: [0x20]) }
    return [DrawablePiece(column: 0, characters: characters)] + blanks
  }
}
