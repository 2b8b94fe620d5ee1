internal import CNcurses
internal import CTerminal
internal import Widgets

/// Puts a surface's cells into ncurses' window, which then sends what differs.
struct Painter {
  /// A role as ncurses has it.
  private struct Ink {
    let attributes: Attributes
    let pair: CInt
  }

  private let window: OpaqueWindow
  private var inks: [Role: Ink] = [:]
  private var isCursorShown: Bool?

  /// With no colours, no pair is ever made and no colour code sent.
  init(window: OpaqueWindow, theme: Theme, colors: ColorDepth) {
    self.window = window
    var pairs: [[CInt]: CInt] = [[-1, -1]: 0]
    for role in Role.allCases {
      let style = theme.style(of: role)
      var pair: CInt = 0
      if colors > .none {
        let wanted = [style.foreground, style.background].map {
          Self.number(of: Color.best(of: $0, at: colors), at: colors)
        }
        // As many pairs as there are roles at most, which every terminal with colours has.
        pair = pairs[wanted] ?? CInt(pairs.count)
        if pairs.updateValue(pair, forKey: wanted) == nil {
          init_extended_pair(pair, wanted[0], wanted[1])
        }
      }
      inks[role] = Ink(attributes: style.attributes, pair: pair)
    }
  }

  /// Changes the window's cells from one surface to another; from nil, all of them.
  ///
  /// - Returns: how many rows differ.
  func paint(_ surface: Surface, over shown: Surface?) -> Int {
    // Most cells are of their neighbour's role.
    var brush: (role: Role, ink: Ink?)?
    func put(_ cell: Cell, row: Int, column: Int) {
      if brush?.role != cell.role { brush = (cell.role, inks[cell.role]) }
      if let ink = brush?.ink { self.put(cell, in: ink, row: row, column: column) }
    }
    guard let shown, shown.size == surface.size else {
      for row in 0..<surface.size.rows {
        for (column, cell) in surface.row(row).enumerated() { put(cell, row: row, column: column) }
      }
      return surface.size.rows
    }
    var changedRows = 0
    for row in 0..<surface.size.rows {
      var hasChanged = false
      for (column, (cell, old)) in zip(surface.row(row), shown.row(row)).enumerated()
      where cell != old {
        put(cell, row: row, column: column)
        hasChanged = true
      }
      if hasChanged { changedRows += 1 }
    }
    return changedRows
  }

  /// Shows the cursor somewhere, or hides it, and hands the window over to be sent.
  mutating func place(cursor: Point?) {
    if let cursor { wmove(window, CInt(cursor.row), CInt(cursor.column)) }
    if isCursorShown != (cursor != nil) {
      curs_set(cursor == nil ? 0 : 1)
      isCursorShown = cursor != nil
    }
    wnoutrefresh(window)
  }

  private func put(_ cell: Cell, in ink: Ink, row: Int, column: Int) {
    guard cell.width > 0 else { return }
    let set = CInt(ink.attributes.union(cell.attributes).rawValue)
    if let byte = cell.text.utf8.first, cell.text.utf8.count == 1 {
      cncurses_put_plain(window, CInt(row), CInt(column), byte, set, ink.pair)
      return
    }
    for piece in DrawablePiece.pieces(of: cell.text, columns: cell.width) {
      cncurses_put(
        window, CInt(row), CInt(column + piece.column), piece.characters + [0], set, ink.pair)
    }
  }

  /// ncurses' number of a colour; -1 is the terminal's own.
  static func number(of color: Color?, at depth: ColorDepth) -> CInt {
    switch color {
    case nil: -1
    case .ansi(let number) where number < 8 || depth < .direct: CInt(number)
    case .indexed(let number) where depth < .direct: CInt(number)
    case .some(let color):
      CInt(color.components.red << 16 | color.components.green << 8 | color.components.blue)
    }
  }
}
