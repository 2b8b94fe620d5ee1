/// A grid of cells that widgets draw on, drivers show and tests read as text.
///
/// Whatever is written is made safe first and never leaves the rectangle it was written into; a
/// wide character that would be cut in half becomes blanks.
public struct Surface: Hashable, Sendable {
  public let size: Size
  private var cells: [Cell]

  public init(_ size: Size, role: Role = .text) {
    self.size = size
    cells = Array(repeating: .blank(role), count: size.columns * size.rows)
  }

  public var bounds: Rect { Rect(size) }

  public subscript(column: Int, row: Int) -> Cell {
    precondition(bounds.contains(Point(column: column, row: row)), "no such cell")
    return cells[row * size.columns + column]
  }

  /// One row's cells, from left to right.
  public func row(_ row: Int) -> ArraySlice<Cell> {
    precondition(0..<size.rows ~= row, "no such row")
    return cells[row * size.columns..<(row + 1) * size.columns]
  }

  /// Writes one line of text, from `point` on, as far as `rect` reaches.
  ///
  /// - Returns: the column after the last one that the text takes, even beyond the rectangle.
  @discardableResult
  public mutating func write(
    _ text: String, at point: Point, in rect: Rect, role: Role = .text, attributes: Attributes = []
  ) -> Int {
    let clip = rect.intersection(bounds)
    var column = point.column
    if text.isPlain {
      let isInside = clip.row..<clip.endRow ~= point.row
      for byte in text.utf8 {
        if isInside, clip.column..<clip.endColumn ~= column {
          put(
            Glyph(plain: byte), column: column, row: point.row, role: role, attributes: attributes)
        }
        column += 1
      }
      return column
    }
    for glyph in Glyph.split(text) {
      let end = column + glyph.width
      if clip.contains(Point(column: column, row: point.row)), end <= clip.endColumn {
        put(glyph, column: column, row: point.row, role: role, attributes: attributes)
      } else {
        for part in column..<end where clip.contains(Point(column: part, row: point.row)) {
          put(.space, column: part, row: point.row, role: role, attributes: attributes)
        }
      }
      column = end
    }
    return column
  }

  /// Writes one line of text at the start of a rectangle's first row.
  @discardableResult
  public mutating func write(
    _ text: String, in rect: Rect, role: Role = .text, attributes: Attributes = []
  ) -> Int {
    write(text, at: rect.origin, in: rect, role: role, attributes: attributes)
  }

  /// Writes one line of text at the end of a rectangle's first row.
  public mutating func write(
    trailing text: String, in rect: Rect, role: Role = .text, attributes: Attributes = []
  ) {
    let start = Point(column: rect.endColumn - TextWidth.columns(of: text), row: rect.row)
    write(text, at: start, in: rect, role: role, attributes: attributes)
  }

  /// Fills every cell of a rectangle with the same narrow character.
  public mutating func fill(_ rect: Rect, with character: Character = " ", role: Role = .text) {
    let glyph = Glyph.split(String(character)).first { $0.width == 1 } ?? .space
    let area = rect.intersection(bounds)
    for row in area.row..<area.endRow {
      for column in area.column..<area.endColumn {
        put(glyph, column: column, row: row, role: role, attributes: [])
      }
    }
  }

  /// Gives a rectangle's cells another role, or more attributes, and leaves their text.
  public mutating func restyle(_ rect: Rect, role: Role? = nil, adding attributes: Attributes = [])
  {
    let area = rect.intersection(bounds)
    for row in area.row..<area.endRow {
      for column in area.column..<area.endColumn {
        let index = row * size.columns + column
        cells[index].role = role ?? cells[index].role
        cells[index].attributes.formUnion(attributes)
      }
    }
  }

  /// Puts a cell and, if it is wide, its second half; blanks what remains of a wide one it covers.
  private mutating func put(
    _ glyph: Glyph, column: Int, row: Int, role: Role, attributes: Attributes
  ) {
    let index = row * size.columns + column
    blankHalf(before: index, at: column)
    blankHalf(after: index + glyph.width - 1, at: column + glyph.width - 1)
    cells[index] = Cell(glyph: glyph, role: role, attributes: attributes)
    if glyph.width == 2 { cells[index + 1] = .secondHalf(role, attributes) }
  }

  private mutating func blankHalf(before index: Int, at column: Int) {
    guard column > 0, cells[index].width == 0 else { return }
    cells[index - 1] = .blank(cells[index - 1].role, cells[index - 1].attributes)
  }

  private mutating func blankHalf(after index: Int, at column: Int) {
    guard column + 1 < size.columns, cells[index].width == 2 else { return }
    cells[index + 1] = .blank(cells[index + 1].role, cells[index + 1].attributes)
  }
}

extension Surface {
  /// The surface with some cells' text replaced by other text of the same width, nil to keep it.
  func replacing(_ replacement: (Cell) -> String?) -> Surface {
    var result = self
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let cell = self[column, row]
        guard let text = replacement(cell) else { continue }
        result.write(
          text, at: Point(column: column, row: row), in: bounds, role: cell.role,
          attributes: cell.attributes)
      }
    }
    return result
  }

  /// The grid as lines of text, without blanks at their ends.
  /// With `styles`, each line is followed by which of its cells mean more than plain text, as in
  /// `  0–9 header, 12–14 error+bold`.
  public func text(styles: Bool = false) -> String {
    (0..<size.rows).map { index in
      let cells = row(index)
      let end = cells.lastIndex { $0.text != " " && !$0.text.isEmpty } ?? cells.startIndex - 1
      let trimmed = cells[...end].map(\.text).joined()
      let runs = styles ? runs(of: index) : ""
      return runs.isEmpty ? trimmed : trimmed + "\n  " + runs
    }.joined(separator: "\n")
  }

  private func runs(of index: Int) -> String {
    var descriptions: [String] = []
    var start = 0
    let line = Array(row(index))
    while start < line.count {
      let style = Self.styleName(line[start])
      let end = line[start...].firstIndex { Self.styleName($0) != style } ?? line.count
      if !style.isEmpty { descriptions.append("\(start)–\(end - 1) \(style)") }
      start = end
    }
    return descriptions.joined(separator: ", ")
  }

  private static func styleName(_ cell: Cell) -> String {
    let names = Attributes.names.filter { cell.attributes.contains($0.attribute) }.map(\.name)
    if cell.role == .text { return names.joined(separator: "+") }
    return ([cell.role.rawValue] + names).joined(separator: "+")
  }
}
