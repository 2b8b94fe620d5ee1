/// A question in the middle of the screen: title, consequences, and buttons that name what they do.
public struct Dialog: Widget, Hashable {
  public struct Button: Hashable, Sendable {
    public let title: String
    /// The key that presses it, as `Key.name` has it; shown after the title.
    public let key: String

    public init(_ title: String, key: String = "") {
      self.title = title
      self.key = key
    }

    var text: String { key.isEmpty ? "[ \(title) ]" : "[ \(title)  \(key) ]" }
  }

  private static let limitColumns = 72

  public var title: String
  public var body: String
  /// What has to be typed before the buttons can be pressed, if anything.
  public var form: Form?
  public var buttons: [Button]
  /// The button that Enter presses.
  public var focus: Int

  public init(title: String, body: String, form: Form? = nil, buttons: [Button], focus: Int = 0) {
    self.title = title
    self.body = body
    self.form = form
    self.buttons = buttons
    self.focus = focus
  }

  /// Where it goes on a screen.
  public func place(in screen: Rect) -> Rect {
    let room = max(min(screen.columns - 4, Self.limitColumns), 0)
    let widest =
      [TextWidth.columns(of: title) + 4, buttonLines(columns: room).map(\.width).max() ?? 0]
      + TextWidth.wrapped(body, to: room).map { TextWidth.columns(of: $0) }
    let width = form == nil ? min(max(widest.max() ?? 0, 24), room) : room
    let height =
      TextWidth.wrapped(body, to: width).count + (form.map { $0.height(columns: width) + 1 } ?? 0)
      + buttonLines(columns: width).count + 3
    return screen.centered(Size(columns: width + 4, rows: height))
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let place = place(in: rect)
    surface.fill(place, role: .dialog)
    surface.drawBorder(place, title: title)
    let inside = place.inset(columns: 2, rows: 1)
    let lines = buttonLines(columns: inside.columns)
    let formRows = form.map { $0.height(columns: inside.columns) + 1 } ?? 0
    let parts = inside.split(rows: [
      // The buttons get their room first: without them there is no way out.
      .fill, .fixed(min(formRows, max(inside.rows - lines.count, 0))),
      .fixed(min(lines.count, inside.rows)),
    ])
    TextView(body, role: .dialog).draw(on: &surface, in: parts[0])
    let typing = form?.draw(on: &surface, in: parts[1])
    let button = drawButtons(lines, on: &surface, in: parts[2])
    return typing ?? button
  }

  /// The cells of each button, by its index, for a pointer.
  public func places(in screen: Rect) -> [(index: Int, rect: Rect)] {
    let inside = place(in: screen).inset(columns: 2, rows: 1)
    let lines = buttonLines(columns: inside.columns)
    return lines.enumerated().flatMap { number, line in
      let row = inside.line(inside.rows - lines.count + number)
      var column = row.column
      return line.indices.map { index in
        let width = TextWidth.columns(of: buttons[index].text)
        defer { column += width + 2 }
        let area = Rect(column: column, row: row.row, columns: width, rows: row.rows)
        return (index, area.intersection(row))
      }
    }
  }

  private struct ButtonLine {
    var indices: [Int]
    var width: Int
  }

  /// The buttons in a row, or in several where they don't fit.
  private func buttonLines(columns: Int) -> [ButtonLine] {
    var lines: [ButtonLine] = []
    for (index, button) in buttons.enumerated() {
      let width = TextWidth.columns(of: button.text)
      if let last = lines.last, last.width + 2 + width <= columns {
        lines[lines.count - 1].indices.append(index)
        lines[lines.count - 1].width += 2 + width
      } else {
        lines.append(ButtonLine(indices: [index], width: width))
      }
    }
    return lines
  }

  private func drawButtons(
    _ lines: [ButtonLine], on surface: inout Surface, in rect: Rect
  )
    -> Point?
  {
    var cursor: Point?
    for (number, line) in lines.enumerated() {
      let row = rect.line(number)
      var column = row.column
      for index in line.indices {
        let role: Role = index == focus ? .selection : .dialog
        let start = Point(column: column, row: row.row)
        column = surface.write(buttons[index].text, at: start, in: row, role: role) + 2
        if index == focus, !row.isEmpty { cursor = Point(column: start.column + 2, row: row.row) }
      }
    }
    return cursor
  }
}
