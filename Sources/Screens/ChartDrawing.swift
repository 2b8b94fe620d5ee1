import Phrases
import ViewModels
import Widgets

extension ScreenDrawing {
  /// Every kind of chart under its title, with a pointer's target for each of its points. Gives the
  /// cursor's place where keys go to the chart.
  func draw(_ panel: ChartPanel, index: Int, on frame: inout Frame, in rect: Rect) -> Point? {
    drawTitle(panel.title, note: panel.note, on: &frame.surface, in: rect)
    if panel.isFocused {
      frame.surface.write(">", in: rect.line(0))
      frame.surface.restyle(rect.line(0), role: .cursorRow)
    }
    let inside = rect.below(1).inset(columns: 1)
    guard !panel.points.isEmpty else {
      frame.surface.write(said(panel.emptyText), in: inside.line(0), role: .muted)
      return panel.isFocused ? rect.origin : nil
    }
    let values = panel.points.map { ChartValue($0.value, text: $0.text) }
    let labels = panel.points.map { shown($0.label) }
    let series = [ChartSeries("", values: values)]
    let cursor: Point?
    switch panel.kind {
    case .column:
      let chart = ColumnChart(labels, series: series, cursor: panel.selected)
      cursor = chart.draw(on: &frame.surface, in: inside)
      mark(acrossOf: inside, panel: index, on: &frame) { chart.index(at: $0, in: inside) }
    case .line:
      let chart = LineChart(labels, series: series, cursor: panel.selected)
      cursor = chart.draw(on: &frame.surface, in: inside)
      mark(acrossOf: inside, panel: index, on: &frame) { chart.index(at: $0, in: inside) }
    case .sparkline:
      let chart = Sparkline(panel.points.map(\.value))
      let line = inside.line(0)
      cursor = chart.draw(on: &frame.surface, in: line)
      mark(acrossOf: line, panel: index, on: &frame) { chart.index(at: $0, in: line) }
    case .bar:
      let bars = zip(labels, values).map { BarChart.Bar($0, $1) }
      let chart = BarChart(bars, cursor: panel.selected)
      cursor = chart.draw(on: &frame.surface, in: inside)
      for row in 0..<inside.rows {
        let line = inside.line(row)
        let point = chart.index(at: line.origin, in: inside)
        if let point { frame.mark(line, .row(panel: index, point)) }
      }
    }
    return panel.isFocused ? cursor ?? rect.origin : nil
  }

  /// With as many rows a chart begins with what its cursor is on, in words.
  private static let leastLegendRows = 5

  /// A column of cells belongs to the point that its lowest cell belongs to.
  private func mark(
    acrossOf rect: Rect, panel: Int, on frame: inout Frame, _ index: (Point) -> Int?
  ) {
    guard !rect.isEmpty else { return }
    let area = rect.below(rect.rows >= Self.leastLegendRows ? 1 : 0)
    for column in rect.column..<rect.endColumn {
      guard let point = index(Point(column: column, row: rect.endRow - 1)) else { continue }
      let cells = Rect(column: column, row: area.row, columns: 1, rows: area.rows)
      frame.mark(cells, .row(panel: panel, point))
    }
  }
}
