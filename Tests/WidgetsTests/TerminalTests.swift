import Keys
import Testing

@testable import Widgets

@MainActor
struct TerminalTests {
  @Test func `the terminal in memory keeps what was drawn and tells what was pressed`() async {
    let terminal = MemoryTerminal(size: Size(columns: 4, rows: 1))
    terminal.draw(
      Surface(terminal.size, drawing: TextView("née")), cursor: Point(column: 1, row: 0))
    #expect(terminal.surface.text() == "née")
    #expect(terminal.cursor == Point(column: 1, row: 0))
    terminal.send([.key(.enter), .key(.up)])
    terminal.resize(to: Size(columns: 2, rows: 2))
    terminal.close()
    var batches: [[InputEvent]] = []
    for await batch in terminal.events { batches.append(batch) }
    #expect(batches == [[.key(.enter), .key(.up)], [.resize(columns: 2, rows: 2)]])
  }

  @Test func `a terminal without Unicode shows ASCII`() {
    let terminal = MemoryTerminal(
      size: Size(columns: 4, rows: 1), capabilities: Capabilities(colors: .none, isUnicode: false))
    terminal.draw(Surface(terminal.size, drawing: TextView("née")), cursor: nil)
    #expect(terminal.surface.text() == "nee")
  }
}

struct ColorTests {
  private static let rust: [Color] = [.rgb(red: 166, green: 0, blue: 0), .indexed(124), .ansi(1)]

  @Test(
    arguments: [
      (ColorDepth.direct, rust[0]), (.indexed, rust[1]), (.sixteen, rust[2]), (.eight, rust[2]),
      (.none, nil),
    ] as [(ColorDepth, Color?)])
  func `a terminal gets the best colour that it can show`(depth: ColorDepth, color: Color?) {
    #expect(Color.best(of: Self.rust, at: depth) == color)
  }

  @Test(arguments: [
    (ColorDepth.indexed, Color.indexed(196)), (.sixteen, .ansi(9)), (.eight, .ansi(1)),
  ])
  func `a colour without a fall-back becomes the nearest`(depth: ColorDepth, color: Color) {
    #expect(Color.best(of: [.rgb(red: 250, green: 4, blue: 4)], at: depth) == color)
  }

  @Test func `no colours means no colour`() {
    #expect(Color.best(of: [], at: .direct) == nil)
  }

  @Test(arguments: [
    (0, ColorDepth.none), (-1, .none), (8, .eight), (16, .sixteen), (88, .sixteen), (256, .indexed),
    (16_777_216, .direct),
  ])
  func `a number of colours is a depth`(colors: Int, depth: ColorDepth) {
    #expect(ColorDepth(colors: colors) == depth)
  }
}
