/// What stands around the columns or lines of a chart: a legend above, values at the left, and the
/// categories below. In little room they go, the categories last.
struct ChartFrame: Hashable {
  let legend: Rect
  let scale: Rect
  let plot: Rect
  let categories: Rect

  private let series: [ChartSeries]
  private let labels: [String]
  private let cursor: Int?

  init(_ series: [ChartSeries], labels: [String], cursor: Int?, in rect: Rect) {
    self.series = series
    self.labels = labels
    self.cursor = cursor
    let hasLegend = cursor != nil || series.contains { !$0.title.isEmpty }
    let rows = rect.split(rows: [
      .fixed(hasLegend && rect.rows >= 5 ? 1 : 0), .fill, .fixed(rect.rows >= 3 ? 1 : 0),
    ])
    let texts = [Self.greatest(of: series), Self.least(of: series)].compactMap { $0?.text }
    let widest = texts.map { TextWidth.columns(of: $0) }.max() ?? 0
    let scaleColumns = widest + 1 <= rect.columns / 3 ? widest : 0
    let gap = scaleColumns == 0 ? 0 : 1
    legend = rows[0]
    let middle = rows[1].split(columns: [.fixed(scaleColumns), .fill], gap: gap)
    scale = middle[0]
    plot = middle[1]
    categories = rows[2].split(columns: [.fixed(scaleColumns), .fill], gap: gap)[1]
  }

  static func greatest(of series: [ChartSeries]) -> ChartValue? {
    series.flatMap(\.values).max { $0.number < $1.number }
  }

  static func least(of series: [ChartSeries]) -> ChartValue? {
    series.flatMap(\.values).min { $0.number < $1.number }
  }

  /// How many categories there are.
  static func count(of series: [ChartSeries], labels: [String]) -> Int {
    max(labels.count, series.map(\.values.count).max() ?? 0)
  }

  /// Draws each series' mark and title, and at the right what the cursor is on, which is kept
  /// longest.
  func drawLegend(on surface: inout Surface, mark: (SeriesMark) -> String) {
    let reading = TextWidth.truncated(reading, to: legend.columns)
    let room = legend.columns - TextWidth.columns(of: reading) - (reading.isEmpty ? 0 : 2)
    let left = Rect(column: legend.column, row: legend.row, columns: room, rows: legend.rows)
    var column = left.column
    for (series, key) in zip(series, SeriesMark.allCases) {
      let title = TextWidth.truncated(series.title, to: max(left.endColumn - column - 2, 0))
      guard !title.isEmpty else { continue }
      let point = Point(column: column, row: left.row)
      let end = surface.write(mark(key) + " ", at: point, in: left, role: key.role(of: 1))
      column = surface.write(title, at: Point(column: end, row: left.row), in: left) + 2
    }
    surface.write(trailing: reading, in: legend, role: .title)
  }

  /// Writes values beside the rows that they belong to; of two in one row the first.
  func drawScale(_ values: [(text: String, row: Int)], on surface: inout Surface) {
    var taken: Set<Int> = []
    for value in values where taken.insert(value.row).inserted {
      let line = scale.line(value.row - scale.row)
      surface.write(trailing: value.text, in: line, role: .muted)
    }
  }

  /// Writes the categories' names under their columns, as many as fit, the cursor's in any case.
  func drawCategories(_ places: [(index: Int, column: Int)], on surface: inout Surface) {
    var free: [Range<Int>] = [categories.column..<categories.endColumn + 1]
    let ordered = places.filter { $0.index == cursor } + places.filter { $0.index != cursor }
    for place in ordered where labels.indices.contains(place.index) {
      let label = TextWidth.truncated(labels[place.index], to: categories.columns)
      let width = TextWidth.columns(of: label)
      let start = max(min(place.column, categories.endColumn - width), categories.column)
      // A blank after each name keeps them apart.
      let wanted = start..<start + width + 1
      guard let index = free.firstIndex(where: { $0.clamped(to: wanted) == wanted }) else {
        continue
      }
      let gap = free.remove(at: index)
      free += [gap.lowerBound..<wanted.lowerBound, wanted.upperBound..<gap.upperBound]
      surface.write(
        label, at: Point(column: start, row: categories.row), in: categories,
        role: place.index == cursor ? .cursorRow : .label)
    }
  }

  /// What the cursor is on, in words: the category, and each series' value.
  private var reading: String {
    guard let cursor else { return "" }
    let label = labels.indices.contains(cursor) ? [labels[cursor]] : []
    let values = series.filter { $0.values.indices.contains(cursor) }.map { series in
      (series.title.isEmpty ? "" : series.title + " ") + series.values[cursor].text
    }
    return (label + values).joined(separator: "  ")
  }
}
