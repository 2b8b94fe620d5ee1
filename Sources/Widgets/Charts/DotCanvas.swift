/// Dots on a grid of cells, two across and four down in each, as braille has them.
struct DotCanvas {
  static let dotsAcross = 2
  static let dotsDown = 4

  let size: Size
  /// For each cell, which of the 256 braille patterns.
  private var patterns: [UInt8]

  /// A canvas of so many cells.
  init(_ size: Size) {
    self.size = size
    patterns = Array(repeating: 0, count: size.columns * size.rows)
  }

  /// The pattern in a cell; nil where there is no dot.
  subscript(column: Int, row: Int) -> Character? {
    let pattern = patterns[row * size.columns + column]
    guard pattern != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(pattern)) else { return nil }
    return Character(scalar)
  }

  /// Joins two places, counted in dots from the upper left, with a line of dots.
  mutating func line(from start: Point, to end: Point) {
    let (across, down) = (end.column - start.column, end.row - start.row)
    let steps = max(abs(across), abs(down), 1)
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      set(
        column: start.column + Int((Double(across) * share).rounded()),
        row: start.row + Int((Double(down) * share).rounded()))
    }
  }

  private mutating func set(column: Int, row: Int) {
    let (cellColumn, cellRow) = (column / Self.dotsAcross, row / Self.dotsDown)
    guard column >= 0, row >= 0, cellColumn < size.columns, cellRow < size.rows else { return }
    patterns[cellRow * size.columns + cellColumn] |= Self.bit(
      column: column % Self.dotsAcross, row: row % Self.dotsDown)
  }

  /// Unicode numbered the lowest pair last, since it was added last.
  private static func bit(column: Int, row: Int) -> UInt8 {
    switch (column, row) {
    case (0, 3): 0x40
    case (_, 3): 0x80
    case (0, _): 1 << UInt8(row)
    default: 8 << UInt8(row)
    }
  }
}
