/// Vertical columns over their categories, of one series or of two side by side. Negative ones hang
/// below an axis. Where there isn't room for all, the last categories are shown, or those around the
/// cursor.
public struct ColumnChart: Widget, Hashable {
  /// Wider than this, in columns, a column looks like an area.
  private static let limitColumns = 8

  /// The categories' names, from left to right, one line each.
  public var labels: [String]
  /// Up to `ChartSeries.limit`.
  public var series: [ChartSeries]
  /// Which category is chosen; nil for none.
  public var cursor: Int?

  /// A chart of one or two series of values for these categories.
  public init(_ labels: [String], series: [ChartSeries], cursor: Int? = nil) {
    self.labels = labels
    self.series = Array(series.prefix(ChartSeries.limit))
    self.cursor = cursor
  }

  /// Which category's columns a point is in, for a chart drawn in `rect`; nil if in none.
  public func index(at point: Point, in rect: Rect) -> Int? {
    let layout = layout(in: rect)
    let area = layout.frame.plot
    guard rect.contains(point), point.row >= area.row, area.column <= point.column else {
      return nil
    }
    let slot = (point.column - area.column) / max(layout.slotColumns, 1)
    return slot < layout.shown.count ? layout.shown.lowerBound + slot : nil
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let layout = layout(in: rect)
    let plot = layout.frame.plot
    layout.frame.drawLegend(on: &surface, mark: \.block)
    layout.frame.drawScale(scale(layout), on: &surface)
    let rule = plot.line(layout.axisRow - plot.row)
    surface.write(String(repeating: "─", count: rule.columns), in: rule, role: .border)
    let starts = layout.shown.map { index in
      (index: index, column: plot.column + (index - layout.shown.lowerBound) * layout.slotColumns)
    }
    for start in starts {
      for (offset, (series, mark)) in zip(series, SeriesMark.allCases).enumerated()
      where series.values.indices.contains(start.index) {
        let left = start.column + offset * layout.barColumns
        let area = Rect(column: left, row: plot.row, columns: layout.barColumns, rows: plot.rows)
          .intersection(plot)
        draw(series.values[start.index].number, mark: mark, layout, on: &surface, in: area)
      }
    }
    layout.frame.drawCategories(starts, on: &surface)
    guard let start = starts.first(where: { $0.index == cursor }), !rect.isEmpty else { return nil }
    let place = Point(column: start.column, row: rect.endRow - 1)
    return rect.contains(place) ? place : nil
  }

  private struct Layout {
    let frame: ChartFrame
    let axis: ChartAxis
    let axisRow: Int
    let shown: Range<Int>
    let slotColumns: Int
    let barColumns: Int
  }

  private func layout(in rect: Rect) -> Layout {
    let frame = ChartFrame(series, labels: labels, cursor: cursor, in: rect)
    let numbers = series.lazy.flatMap { $0.values.lazy.map(\.number) }
    let axis = ChartAxis(numbers, cells: max(frame.plot.rows - 1, 0))
    let all = ChartFrame.count(of: series, labels: labels)
    let sides = max(series.count, 1)
    let fitting = min(all, frame.plot.columns / sides)
    let first = Viewport.top(all - fitting, showing: cursor, height: fitting, count: all)
    let slot = fitting == 0 ? 0 : frame.plot.columns / fitting
    let gap = slot > sides ? 1 : 0
    return Layout(
      frame: frame, axis: axis, axisRow: frame.plot.row + axis.positiveCells,
      shown: first..<first + fitting, slotColumns: slot,
      barColumns: min((slot - gap) / sides, Self.limitColumns))
  }

  /// The greatest and the least value stand where they are reached, and zero at the axis.
  private func scale(_ layout: Layout) -> [(text: String, row: Int)] {
    let (greatest, least) = (ChartFrame.greatest(of: series), ChartFrame.least(of: series))
    var values: [(text: String, row: Int)] = []
    if let greatest, greatest.number > 0 {
      let cells = (layout.axis.halves(of: greatest.number) + 1) / 2
      values.append((greatest.text, layout.axisRow - cells))
    }
    if let least, least.number < 0 {
      let cells = (layout.axis.halves(of: least.number) + 1) / 2
      values.append((least.text, layout.axisRow + cells))
    }
    return values + [("0", layout.axisRow)]
  }

  private func draw(
    _ number: Int64, mark: SeriesMark, _ layout: Layout, on surface: inout Surface, in area: Rect
  ) {
    let halves = layout.axis.halves(of: number)
    // Only what is solid has halves; a shade is as many whole cells as come nearest.
    let whole = mark == .first ? halves / 2 : (halves + 1) / 2
    let step = number < 0 ? 1 : -1
    let role = mark.role(of: number)
    for cell in 0..<whole {
      let line = area.line(layout.axisRow + step * (cell + 1) - area.row)
      surface.write(String(repeating: mark.block, count: line.columns), in: line, role: role)
    }
    guard whole * 2 < halves else { return }
    let line = area.line(layout.axisRow + step * (whole + 1) - area.row)
    let half = number < 0 ? "▀" : "▄"
    surface.write(String(repeating: half, count: line.columns), in: line, role: role)
  }
}
