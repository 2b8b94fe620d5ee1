/// A QR code in a rectangle, dark on light with its quiet zone; nothing where there is no room for
/// all of it, as part of one can't be read.
public struct CodeView: Widget, Hashable {
  /// What the modules are made of.
  package enum Blocks: Hashable, Sendable {
    /// Half a cell each, one above the other: terminals that have Unicode.
    case half
    /// Two cells each, `##` and blanks.
    case ascii
  }

  private let lines: [String]

  /// With as wide a quiet zone as there is room for in `room`; the narrowest where nothing fits.
  package init(_ code: QRCode, _ blocks: Blocks = .half, within room: Size) {
    let views = QRCode.quietModules.reversed().map { CodeView(code.lines(blocks, quiet: $0)) }
    self = views.first { $0.fits(room) } ?? CodeView(views.last?.lines ?? [])
  }

  private init(_ lines: [String]) { self.lines = lines }

  public var size: Size {
    Size(columns: lines.first?.count ?? 0, rows: lines.count)
  }

  package func fits(_ room: Size) -> Bool {
    size.columns <= room.columns && size.rows <= room.rows
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    guard fits(Size(columns: rect.columns, rows: rect.rows)) else { return nil }
    for (index, line) in lines.enumerated() {
      surface.write(line, in: rect.line(index), role: .code)
    }
    return nil
  }
}

extension QRCode {
  /// The code with its quiet zone as lines of text, in which dark modules are what is printed. Half
  /// a line that would be left over below is left out.
  package func lines(
    _ blocks: CodeView.Blocks, quiet: Int = quietModules.upperBound
  ) -> [String] {
    let range = -quiet..<size + quiet
    switch blocks {
    case .ascii:
      return range.map { row in range.map { self[$0, row] ? "##" : "  " }.joined() }
    case .half:
      return stride(from: range.lowerBound, to: range.upperBound - 1, by: 2).map { row in
        String(
          range.map { column -> Character in
            switch (self[column, row], self[column, row + 1]) {
            case (true, true): "█"
            case (true, false): "▀"
            case (false, true): "▄"
            case (false, false): " "
            }
          })
      }
    }
  }
}
