/// Horizontal bars, one in each row, with what they stand for at the left and their values at the
/// right. Negative bars go to the left of an axis. Values are written whole, or not at all.
public struct BarChart: Widget, Hashable {
  /// What one row shows.
  public struct Bar: Hashable, Sendable {
    /// One line; cut at its end where there is no room.
    public let label: String
    /// How long the bar is, and what stands at its right.
    public let value: ChartValue

    /// A bar of this length.
    public init(_ label: String, _ value: ChartValue) {
      self.label = label
      self.value = value
    }
  }

  /// Room for the cursor's `>`, in columns.
  private static let marginColumns = 2
  /// With fewer columns than these for bars there are none, only labels and values.
  private static let leastPlotColumns = 8

  /// From top to bottom.
  public var bars: [Bar]
  /// Which bar is chosen; nil for none.
  public var cursor: Int?
  /// The first bar on screen, as far as the cursor allows.
  public var top: Int

  /// A chart of bars in the order in which they are given.
  public init(_ bars: [Bar], cursor: Int? = nil, top: Int = 0) {
    self.bars = bars
    self.cursor = cursor
    self.top = top
  }

  /// Which bar's row a point is in, for a chart drawn in `rect`; nil if in none.
  public func index(at point: Point, in rect: Rect) -> Int? {
    guard rect.contains(point) else { return nil }
    let index = first(rows: rect.rows) + point.row - rect.row
    return bars.indices.contains(index) ? index : nil
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let parts = parts(of: rect)
    let axis = ChartAxis(bars.lazy.map(\.value.number), cells: max(parts.plot.columns - 1, 0))
    let first = first(rows: rect.rows)
    var place: Point?
    for (index, bar) in bars.enumerated().dropFirst(first).prefix(rect.rows) {
      let row = index - first
      surface.write(
        TextWidth.truncated(bar.label, to: parts.labels.columns), in: parts.labels.line(row),
        role: .label)
      draw(bar.value.number, along: axis, on: &surface, in: parts.plot.line(row))
      let fits = TextWidth.columns(of: bar.value.text) <= parts.values.columns
      surface.write(
        trailing: fits ? bar.value.text : String(repeating: "#", count: parts.values.columns),
        in: parts.values.line(row), role: bar.value.number < 0 ? .negative : .text)
      guard index == cursor, !rect.isEmpty else { continue }
      surface.write(">", in: rect.line(row))
      surface.restyle(rect.line(row), role: .cursorRow)
      place = rect.line(row).origin
    }
    return place
  }

  private func first(rows: Int) -> Int {
    Viewport.top(top, showing: cursor, height: rows, count: bars.count)
  }

  /// Values get their columns first, then labels up to a third of the rest, then bars.
  private func parts(of rect: Rect) -> (labels: Rect, plot: Rect, values: Rect) {
    let widest = bars.map { TextWidth.columns(of: $0.label) }.max() ?? 0
    let room = max(rect.columns - Self.marginColumns, 0)
    let values = min(bars.map { TextWidth.columns(of: $0.value.text) }.max() ?? 0, room)
    let rest = max(room - values - 1, 0)
    var labels = min(widest, rest / 3)
    if rest - labels - 1 < Self.leastPlotColumns { labels = min(widest, rest) }
    let parts = rect.split(columns: [
      .fixed(Self.marginColumns), .fixed(labels), .fixed(1), .fill, .fixed(1), .fixed(values),
    ])
    let hasPlot = parts[3].columns >= Self.leastPlotColumns
    return (parts[1], hasPlot ? parts[3] : parts[3].line(-1), parts[5])
  }

  private func draw(
    _ number: Int64, along axis: ChartAxis, on surface: inout Surface, in line: Rect
  ) {
    guard !line.isEmpty else { return }
    let sides = line.split(columns: [.fixed(axis.negativeCells), .fixed(1), .fill])
    surface.write("│", in: sides[1], role: .border)
    let halves = axis.halves(of: number)
    let blocks = String(repeating: SeriesMark.first.block, count: halves / 2)
    let isOdd = !halves.isMultiple(of: 2)
    let role = SeriesMark.first.role(of: number)
    if number < 0 {
      surface.write(trailing: (isOdd ? "▐" : "") + blocks, in: sides[0], role: role)
    } else {
      surface.write(blocks + (isOdd ? "▌" : ""), in: sides[2], role: role)
    }
  }
}
