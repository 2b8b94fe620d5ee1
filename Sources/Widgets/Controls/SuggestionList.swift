/// The choices that drop down under a field while one types.
public struct SuggestionList: Widget, Hashable {
  public struct Item: Hashable, Sendable {
    public let text: String
    /// At the right: a balance, a share, or why it can't be taken.
    public let detail: String
    public let isAvailable: Bool

    public init(_ text: String, detail: String = "", isAvailable: Bool = true) {
      self.text = text
      self.detail = detail
      self.isAvailable = isAvailable
    }
  }

  public static let limitRows = 6

  public var items: [Item]
  public var highlighted: Int?
  /// The field that it belongs to.
  public var anchor: Rect

  public init(_ items: [Item], highlighted: Int? = nil, below anchor: Rect) {
    self.items = items
    self.highlighted = highlighted
    self.anchor = anchor
  }

  /// Where it goes on a screen: under its field, or above it where there is more room.
  public func place(in screen: Rect) -> Rect {
    guard !items.isEmpty else { return Rect(column: 0, row: 0, columns: 0, rows: 0) }
    let below = max(screen.endRow - anchor.endRow, 0)
    let above = max(anchor.row - screen.row, 0)
    let wanted = min(items.count, Self.limitRows) + 2
    let goesBelow = below >= wanted || below >= above
    let height = min(wanted, goesBelow ? below : above)
    let width = min(naturalColumns, screen.columns)
    let left = max(min(anchor.column, screen.endColumn - width), screen.column)
    let top = goesBelow ? anchor.endRow : anchor.row - height
    return Rect(column: left, row: top, columns: width, rows: height).intersection(screen)
  }

  /// The cells of each item that is shown, by its index, for a pointer.
  public func places(in screen: Rect) -> [(index: Int, rect: Rect)] {
    let inside = place(in: screen).inset(columns: 1, rows: 1)
    let first = Viewport.top(0, showing: highlighted, height: inside.rows, count: items.count)
    return items.indices.dropFirst(first).prefix(inside.rows).map {
      ($0, inside.line($0 - first))
    }
  }

  private var naturalColumns: Int {
    let text = items.map { TextWidth.columns(of: $0.text) }.max() ?? 0
    let detail = items.map { TextWidth.columns(of: $0.detail) }.max() ?? 0
    return text + (detail == 0 ? 0 : detail + 2) + 4
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let place = place(in: rect)
    guard place.rows >= 3, place.columns >= 3 else { return nil }
    surface.fill(place, role: .dialog)
    surface.drawBorder(place)
    let inside = place.inset(columns: 1, rows: 1)
    let first = Viewport.top(
      0, showing: highlighted, height: inside.rows, count: items.count)
    for (index, item) in items.enumerated().dropFirst(first).prefix(inside.rows) {
      draw(item, isHighlighted: index == highlighted, on: &surface, in: inside.line(index - first))
    }
    let unseen = items.count - first - inside.rows
    if unseen > 0 {
      let note = " +\(unseen) "
      let edge = place.line(place.rows - 1).inset(columns: 1)
      surface.write(trailing: note, in: edge, role: .muted)
    }
    return nil
  }

  private func draw(
    _ item: Item, isHighlighted: Bool, on surface: inout Surface, in line: Rect
  ) {
    let role: Role = item.isAvailable ? .dialog : .muted
    let text = Rect(
      column: line.column + 1, row: line.row, columns: line.columns - 2, rows: line.rows)
    let detailColumns = TextWidth.columns(of: item.detail)
    let textColumns = detailColumns == 0 ? text.columns : text.columns - detailColumns - 2
    surface.write(TextWidth.truncated(item.text, to: max(textColumns, 0)), in: text, role: role)
    if textColumns > 0 { surface.write(trailing: item.detail, in: text, role: role) }
    guard isHighlighted else { return }
    surface.write(">", in: line)
    surface.restyle(line, role: .selection)
  }
}
