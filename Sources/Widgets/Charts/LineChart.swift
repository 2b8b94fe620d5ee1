/// Values joined by lines, of one series or of two, each with a mark of its own at its points. What
/// is below zero lies under a line of its own; the scale does not begin at zero.
public struct LineChart: Widget, Hashable {
  /// Points closer together than this, in columns, have no marks, but for the last.
  private static let leastMarkColumns = 3

  /// The points' names, from left to right, one line each.
  public var labels: [String]
  /// Up to `ChartSeries.limit`.
  public var series: [ChartSeries]
  /// Which point is chosen; nil for none.
  public var cursor: Int?

  /// A chart of one or two series of values at these points.
  public init(_ labels: [String], series: [ChartSeries], cursor: Int? = nil) {
    self.labels = labels
    self.series = Array(series.prefix(ChartSeries.limit))
    self.cursor = cursor
  }

  /// Which of the points on the lines is nearest to a place's column, for a chart drawn in `rect`;
  /// nil outside of the lines and the names under them.
  public func index(at point: Point, in rect: Rect) -> Int? {
    let plot = ChartFrame(series, labels: labels, cursor: cursor, in: rect).plot
    guard rect.contains(point), point.row >= plot.row, point.column >= plot.column, count > 0
    else { return nil }
    let gaps = Double(max(plot.columns - 1, 1))
    return Int((Double((point.column - plot.column) * (count - 1)) / gaps).rounded())
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let frame = ChartFrame(series, labels: labels, cursor: cursor, in: rect)
    let plot = frame.plot
    guard let scale = LineScale(series, count: count, cells: plot.size) else { return nil }
    frame.drawLegend(on: &surface, mark: \.point)
    let ends = [ChartFrame.greatest(of: series), ChartFrame.least(of: series)].compactMap { $0 }
    let zero = scale.zeroRow.map { [(text: "0", row: plot.row + $0)] } ?? []
    frame.drawScale(
      ends.map { (text: $0.text, row: plot.row + scale.cellRow(of: $0.number)) } + zero,
      on: &surface)
    if let row = scale.zeroRow {
      let line = String(repeating: "─", count: plot.columns)
      surface.write(line, in: plot.line(row), role: .border)
    }
    for (series, mark) in zip(series, SeriesMark.allCases) {
      draw(series, mark: mark, scale, on: &surface, in: plot)
    }
    frame.drawCategories(
      (0..<count).map { ($0, plot.column + scale.cellColumn(of: $0)) }, on: &surface)
    guard let cursor, 0..<count ~= cursor else { return nil }
    let place = Point(column: plot.column + scale.cellColumn(of: cursor), row: rect.endRow - 1)
    return rect.contains(place) ? place : nil
  }

  private var count: Int { ChartFrame.count(of: series, labels: labels) }

  private func draw(
    _ series: ChartSeries, mark: SeriesMark, _ scale: LineScale, on surface: inout Surface,
    in plot: Rect
  ) {
    let numbers = series.values.map(\.number)
    let dots = numbers.enumerated().map { scale.dot(of: $0.element, at: $0.offset) }
    var canvas = DotCanvas(plot.size)
    for (start, end) in zip(dots, dots.dropFirst()) { canvas.line(from: start, to: end) }
    for row in 0..<plot.rows {
      let role = mark.role(of: scale.isNegative(cellRow: row) ? -1 : 1)
      for column in 0..<plot.columns {
        guard let pattern = canvas[column, row] else { continue }
        let point = Point(column: plot.column + column, row: plot.row + row)
        surface.write(String(pattern), at: point, in: plot, role: role)
      }
    }
    let isRoomy = plot.columns >= Self.leastMarkColumns * count
    for (index, number) in numbers.enumerated()
    where isRoomy || index == numbers.count - 1 || index == cursor {
      let point = Point(
        column: plot.column + scale.cellColumn(of: index),
        row: plot.row + scale.cellRow(of: number))
      let role = index == cursor ? .selection : mark.role(of: number)
      surface.write(mark.point, at: point, in: plot, role: role)
    }
  }
}

/// Where a line chart's points lie, in dots and in cells from the plot's upper left.
private struct LineScale {
  let count: Int
  let cells: Size
  let least: Int64
  let most: Int64

  /// Nil if there is nothing to draw, or no room.
  init?(_ series: [ChartSeries], count: Int, cells: Size) {
    guard let least = ChartFrame.least(of: series), let most = ChartFrame.greatest(of: series),
      cells.columns > 0, cells.rows > 0
    else { return nil }
    (self.least, self.most) = (least.number, most.number)
    (self.count, self.cells) = (count, cells)
  }

  func dot(of number: Int64, at index: Int) -> Point {
    let width = Double(cells.columns * DotCanvas.dotsAcross - 1)
    let height = Double(cells.rows * DotCanvas.dotsDown - 1)
    let range = Double(most) - Double(least)
    let depth = range == 0 ? 0.5 : (Double(most) - Double(number)) / range
    let share = count < 2 ? 0 : Double(index) / Double(count - 1)
    return Point(column: Int((share * width).rounded()), row: Int((depth * height).rounded()))
  }

  func cellColumn(of index: Int) -> Int {
    dot(of: most, at: index).column / DotCanvas.dotsAcross
  }

  func cellRow(of number: Int64) -> Int {
    dot(of: number, at: 0).row / DotCanvas.dotsDown
  }

  /// The cells' row that zero is in, if there are values on both sides of it.
  var zeroRow: Int? {
    least < 0 && most > 0 ? cellRow(of: 0) : nil
  }

  func isNegative(cellRow row: Int) -> Bool {
    zeroRow.map { row > $0 } ?? (most < 0)
  }
}
