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
    let quiet = QRCode.quietModules
    for row in -quiet..<code.size + quiet {
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
    #expect(lines.count == (blocks == .half ? (rows + 1) / 2 : rows))
  }

  @Test func `it is drawn whole or not at all`() {
    let view = CodeView(code)
    #expect(view.size == Size(columns: 37, rows: 19))
    for (columns, rows, isDrawn) in [(37, 19, true), (36, 19, false), (37, 18, false)] {
      var surface = Surface(Size(columns: columns, rows: rows))
      view.draw(on: &surface, in: surface.bounds)
      #expect((surface.text().contains("█")) == isDrawn)
      #expect(surface.row(0).allSatisfy { $0.role == (isDrawn ? .code : .text) })
    }
  }
}
