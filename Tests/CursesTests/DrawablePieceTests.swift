import CTerminal
import Testing
import Widgets

@testable import Curses

/// With the other tests of ncurses, since the locale belongs to the whole process.
extension CursesTerminalTests {
  @Test func `for every character ncurses and our own table agree on its columns`() throws {
    try #require(cterminal_use_locale("C.UTF-8"))
    for value in UInt32(0x20)...0x3ffff {
      guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .privateUse
      else { continue }
      let surface = Surface(Size(columns: 3, rows: 1), drawing: TextView(String(scalar)))
      let cell = surface[0, 0]
      let pieces = DrawablePiece.pieces(of: cell.text, columns: cell.width)
      let columns = pieces.reduce(0) { $0 + Int(cterminal_wcwidth(CInt($1.characters[0]))) }
      #expect(columns == cell.width, "U+\(String(value, radix: 16))")
    }
  }
}
