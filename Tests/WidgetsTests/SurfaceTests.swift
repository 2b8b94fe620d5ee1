import Testing

@testable import Widgets

struct SurfaceTests {
  @Test func `text beyond the rectangle is cut`() {
    var surface = Surface(Size(columns: 10, rows: 2))
    let end = surface.write("abcdef", in: Rect(column: 2, row: 1, columns: 3, rows: 1))
    #expect(surface.text() == "\n  abc")
    #expect(end == 8)
  }

  @Test func `text scrolled to the left is cut there too`() {
    var surface = Surface(Size(columns: 6, rows: 1))
    surface.write("abcdef", at: Point(column: -2, row: 0), in: surface.bounds)
    #expect(surface.text() == "cdef")
  }

  @Test(arguments: [(3, "a株"), (2, "a"), (1, "a"), (0, "")])
  func `a wide character that doesn't fit leaves a blank`(columns: Int, text: String) {
    var surface = Surface(Size(columns: 4, rows: 1))
    surface.write("a株b", in: Rect(column: 0, row: 0, columns: columns, rows: 1))
    #expect(surface.text() == text)
  }

  @Test func `a wide character cut at the left leaves a blank`() {
    var surface = Surface(Size(columns: 4, rows: 1))
    surface.write("株b", at: Point(column: -1, row: 0), in: surface.bounds)
    #expect(surface.text() == " b")
  }

  @Test(arguments: [(1, "x 式"), (2, " x式"), (3, "株x"), (4, "株 x")])
  func `writing over half of a wide character blanks the other half`(column: Int, text: String) {
    var surface = Surface(Size(columns: 4, rows: 1))
    surface.write("株式", in: surface.bounds)
    surface.write("x", at: Point(column: column - 1, row: 0), in: surface.bounds)
    #expect(surface.text() == text)
    #expect(surface.row(0).reduce(0) { $0 + $1.width } == 4)
  }

  @Test func `equal drawings are equal surfaces`() {
    var first = Surface(Size(columns: 5, rows: 1))
    var second = first
    first.write("ab", in: first.bounds, role: .error)
    #expect(first != second)
    second.write("ab", in: second.bounds, role: .error)
    #expect(first == second)
  }

  @Test func `styles are said below each line`() {
    var surface = Surface(Size(columns: 8, rows: 2))
    surface.write("ab", in: surface.bounds, role: .error, attributes: .bold)
    surface.write("cd", at: Point(column: 4, row: 0), in: surface.bounds)
    #expect(surface.text(styles: true) == "ab  cd\n  0–1 error+bold\n")
  }

  @Test func `without Unicode everything keeps its place and nothing vanishes`() {
    var surface = Surface(Size(columns: 20, rows: 4))
    surface.drawBorder(surface.bounds, title: "Überblick …")
    surface.write("Łódź ø 株 → €ß", at: Point(column: 1, row: 1), in: surface.bounds)
    surface.write("שלום 👩‍💻 ▾ ▸", at: Point(column: 1, row: 2), in: surface.bounds)
    #expect(
      surface.inASCII.text() == """
        +- Uberblick ~ ----+
        |Lodz o ?? > Es    |
        |???? ?? v >       |
        +------------------+
        """)
  }

  @Test(arguments: [(Theme.Borders.unicode, "┌┐\n└┘"), (.ascii, "++\n++"), (.none, "\n")])
  func `a theme chooses how lines are drawn`(borders: Theme.Borders, text: String) {
    var surface = Surface(Size(columns: 2, rows: 2))
    surface.drawBorder(surface.bounds)
    #expect(surface.withBorders(borders).text() == text)
  }
}

struct LayoutTests {
  @Test(arguments: [
    (10, [Length.fixed(3), .fill, .fixed(2)], [3, 5, 2]),
    (4, [.fixed(3), .fill, .fixed(2)], [3, 0, 1]),
    (10, [.fill, .fill, .fill], [3, 3, 4]), (10, [.fill(weight: 3), .fill(weight: 1)], [7, 3]),
    (10, [.atLeast(4), .fill], [7, 3]), (2, [.atLeast(4), .fill], [2, 0]),
    (0, [.fixed(3), .fill], [0, 0]),
    (5, [], []),
  ])
  func `parts get what they ask for, the first ones first`(
    rows: Int, lengths: [Length], heights: [Int]
  ) {
    let parts = Rect(column: 0, row: 0, columns: 1, rows: rows).split(rows: lengths)
    #expect(parts.map(\.rows) == heights)
    #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.endRow == $1.row })
  }

  @Test func `columns stand apart and stay inside`() {
    let rect = Rect(column: 2, row: 0, columns: 11, rows: 1)
    let parts = rect.split(columns: [.fixed(4), .fill, .fixed(3)], gap: 1)
    #expect(parts.map(\.column) == [2, 7, 10])
    #expect(parts.map(\.columns) == [4, 2, 3])
  }

  @Test(
    arguments: [
      (0, 0, 3, 10, 0), (0, 5, 3, 10, 3), (8, 5, 3, 10, 5), (9, 9, 3, 10, 7), (5, nil, 20, 10, 0),
      (0, 3, 0, 10, 0), (4, 2, 3, 0, 0), (2, 99, 3, 10, 7),
    ] as [(Int, Int?, Int, Int, Int)])
  func `a list scrolls as little as it must`(
    top: Int, cursor: Int?, height: Int, count: Int, result: Int
  ) {
    #expect(Viewport.top(top, showing: cursor, height: height, count: count) == result)
  }

  @Test(
    arguments: [
      (0, 9, 0), (0, 10, 5), (0, 30, 21), (20, 19, 15), (3, 2, 0), (88, 98, 90), (20, 25, 20),
    ])
  func `a list that is dear to scroll scrolls by a step, but not beyond its ends`(
    top: Int, cursor: Int, result: Int
  ) {
    #expect(Viewport.top(top, showing: cursor, height: 10, count: 100, step: 5) == result)
  }
}
