import Testing

@testable import Widgets

/// Codes as they stand on a screen.
struct CodeViewTests {
  private let code: QRCode

  init() throws { code = try #require(QRCode("otpauth://totp/A:b?secret=NEM3O7UGC2EMKZ76")) }

  @Test(arguments: [CodeView.Blocks.half, .ascii])
  func `each module is where the code has it, with light ones around`(
    _ blocks: CodeView.Blocks
  ) {
    let lines = code.lines(blocks).map(Array.init)
    let quiet = 4
    for row in -quiet..<code.size + quiet - (blocks == .half ? 1 : 0) {
      for column in -quiet..<code.size + quiet {
        let (x, y) = (column + quiet, row + quiet)
        let isDark =
          switch blocks {
          case .half: (y.isMultiple(of: 2) ? "▀█" : "▄█").contains(lines[y / 2][x])
          case .ascii: lines[y][2 * x] == "#" && lines[y][2 * x + 1] == "#"
          }
        #expect(isDark == code[column, row], "\(column), \(row)")
      }
    }
    let rows = code.size + 2 * quiet
    #expect(lines.count == (blocks == .half ? rows / 2 : rows))
  }

  @Test(arguments: [
    (Size(columns: 40, rows: 20), Size(columns: 37, rows: 18)),
    (Size(columns: 37, rows: 18), Size(columns: 37, rows: 18)),
    (Size(columns: 36, rows: 18), Size(columns: 35, rows: 17)),
    (Size(columns: 37, rows: 17), Size(columns: 35, rows: 17)),
    (Size(columns: 33, rows: 16), Size(columns: 33, rows: 16)),
    (Size(columns: 32, rows: 16), nil), (Size(columns: 33, rows: 15), nil),
  ])
  func `it is drawn whole or not at all, with as much around it as there is room for`(
    _ room: Size, _ size: Size?
  ) {
    let view = CodeView(code, within: room)
    #expect(view.size == size ?? Size(columns: 33, rows: 16))
    #expect(view.fits(room) == (size != nil))
    var surface = Surface(room)
    view.draw(on: &surface, in: surface.bounds)
    #expect((surface.text().contains("█")) == (size != nil))
    #expect(surface.row(0)[0].role == (size != nil ? .code : .text))
  }
}
