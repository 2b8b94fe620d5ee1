/// Text wrapped to the width there is, scrolled by lines.
public struct TextView: Widget, Hashable {
  public var text: String
  public var top: Int
  public var role: Role

  public init(_ text: String, top: Int = 0, role: Role = .text) {
    self.text = text
    self.top = top
    self.role = role
  }

  /// How many lines the text takes in so many columns.
  public func lineCount(columns: Int) -> Int {
    TextWidth.wrapped(text, to: columns).count
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let lines = TextWidth.wrapped(text, to: rect.columns)
    let first = Viewport.top(top, showing: nil, height: rect.rows, count: lines.count)
    for (index, line) in lines.dropFirst(first).prefix(rect.rows).enumerated() {
      surface.write(line, in: rect.line(index), role: role)
    }
    return nil
  }
}
