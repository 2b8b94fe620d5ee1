import CNcurses
import CTerminal
import TestSupport
import Testing
import Themes
import Widgets

@testable import Curses

/// With the other tests of ncurses, since that belongs to the whole process.
///
/// What is sent is read back as a terminal of the kind shows it, and compared with the screen cell
/// by cell: text, attributes and colours.
extension CursesTerminalTests {
  private nonisolated static let sizes = [
    Size(columns: 60, rows: 16), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40),
    Size(columns: 200, rows: 50),
  ]

  @Test(arguments: Writing.allCases)
  func `every screen stands in its cells in every theme, whatever the writing`(
    _ writing: Writing
  ) async throws {
    let frames = try await frames(of: try await Tour.books(in: writing), at: Self.sizes)
    let themes = try Themes.names.map { try Themes.theme(named: $0) }
    for size in Self.sizes {
      let pseudo = try PseudoTerminal(columns: size.columns, rows: size.rows)
      let terminal = try open(pseudo)
      var shown = ShownScreen(size, terminalName: "xterm-256color")
      let screens = frames.filter { $0.surface.size == size }
      for theme in themes {
        terminal.theme = theme
        for (name, surface) in screens {
          terminal.draw(surface, cursor: nil)
          shown.receive(try pseudo.output())
          let faults =
            shown.takeFaults() + shown.differences(from: surface, in: theme, on: terminal)
          #expect(faults.isEmpty, "\(name), \(theme.name), \(size): \(faults.prefix(3))")
        }
      }
      terminal.close()
      pseudo.hangUp()
    }
  }

  @Test func `a terminal is sent what its kind understands, in its characters, of every screen`()
    async throws
  {
    let books = try await Tour.books("Łódź 東京 إيجار 👩🏽‍💻 e\u{301}")
    let frames = try await frames(of: books, at: [Self.sizes[1]])
    let names = [
      "vt100", "linux", "screen", "screen-256color", "tmux-256color", "xterm", "xterm-256color",
    ]
    for name in names {
      for locale in ["C", "C.UTF-8"] { try expectUnderstood(frames, by: name, in: locale) }
    }
  }

  private func expectUnderstood(
    _ frames: [(name: String, surface: Surface)], by name: String, in locale: String
  ) throws {
    let size = Self.sizes[1]
    for themeName in ["default", "night", "mono"] {
      let pseudo = try PseudoTerminal()
      let terminal = try open(pseudo, name, ["LC_ALL": locale])
      let theme = try Themes.theme(
        named: terminal.capabilities.colors == .none ? "mono" : themeName)
      terminal.theme = theme
      var shown = ShownScreen(size, terminalName: name)
      for (screen, surface) in frames {
        terminal.draw(surface, cursor: nil)
        let output = try pseudo.output()
        shown.receive(output)
        let faults = shown.takeFaults() + shown.differences(from: surface, in: theme, on: terminal)
        let facts: Comment = "\(name) \(locale), \(screen), \(theme.name): \(faults.prefix(3))"
        #expect(faults.isEmpty, facts)
        #expect(locale != "C" || output.utf8.allSatisfy { $0 < 0x80 }, facts)
      }
      terminal.close()
      pseudo.hangUp()
    }
  }

  private func frames(
    of books: TestBooks, at sizes: [Size]
  ) async throws -> [(name: String, surface: Surface)] {
    var frames: [(String, Surface)] = []
    try await Tour.all(at: sizes, in: books) { frames.append(($0, $1.surface)) }
    return frames
  }
}

extension ShownScreen {
  /// Where it isn't what `surface` is in a theme on a terminal.
  fileprivate func differences(
    from surface: Surface, in theme: Theme, on terminal: CursesTerminal
  ) -> [String] {
    let bordered = surface.withBorders(theme.borders)
    let wanted = terminal.capabilities.isUnicode ? bordered : bordered.inASCII
    let looks = Dictionary(
      uniqueKeysWithValues: Role.allCases.map { ($0, Look(of: theme.style(of: $0), on: terminal)) })
    let effects = Self.effects
    var differences: [String] = []
    for row in 0..<size.rows {
      for (column, cell) in wanted.row(row).enumerated() where cell.width > 0 {
        var look = looks[cell.role] ?? Look()
        look.attributes.formUnion(cell.attributes)
        look.attributes.formIntersection(effects.all)
        if look.foreground != -1 || look.background != -1 {
          look.attributes.subtract(effects.notInColor)
        }
        for piece in Self.pieces(of: cell) {
          let found = self[column + piece.column, row]
          let isSame = found.text == piece.text && found.width == piece.width
          guard !isSame || found.seen != Cell(text: piece.text, look: look).seen else { continue }
          differences.append("\(column), \(row): \(found) for \(piece.text) as \(cell.role)")
        }
      }
    }
    return differences
  }

  private static func pieces(of cell: Widgets.Cell) -> [(text: String, column: Int, width: Int)] {
    if cell.width == 1, cell.text.utf8.count == 1 { return [(cell.text, 0, 1)] }
    return DrawablePiece.pieces(of: cell.text, columns: cell.width).map { piece in
      var text = ""
      for scalar in piece.characters.compactMap({ Unicode.Scalar(UInt32($0)) }) {
        text.unicodeScalars.append(scalar)
      }
      return (text, piece.column, Int(cterminal_wcwidth(CInt(piece.characters[0]))))
    }
  }

  /// The attributes that a kind of terminal has, and those that it has in its own colours only.
  private static var effects: (all: Attributes, notInColor: Attributes) {
    let names: [(String, Int32, Attributes)] = [
      ("smul", 2, .underline), ("rev", 4, .reverse), ("dim", 16, .dim), ("bold", 32, .bold),
    ]
    let conflicts = max(tigetnum("ncv"), 0)
    return names.reduce(into: ([], [])) { found, name in
      if cncurses_capability(name.0) != nil { found.0.insert(name.2) }
      if conflicts & name.1 != 0 { found.1.insert(name.2) }
    }
  }
}

extension ShownScreen.Look {
  init(of style: Theme.Style, on terminal: CursesTerminal) {
    let depth = terminal.capabilities.colors
    self.init(
      attributes: style.attributes,
      foreground: Painter.number(of: Color.best(of: style.foreground, at: depth), at: depth),
      background: Painter.number(of: Color.best(of: style.background, at: depth), at: depth))
  }
}

extension ShownScreen.Cell {
  /// What of it can be seen: on a blank that isn't reversed the ink can't.
  fileprivate var seen: ShownScreen.Look {
    guard text == " ", !look.attributes.contains(.reverse) else { return look }
    let line = look.attributes.intersection(.underline)
    return ShownScreen.Look(
      attributes: line, foreground: line.isEmpty ? -1 : look.foreground,
      background: look.background)
  }
}
