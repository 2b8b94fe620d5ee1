/// Text to read: wrapped to the width there is, scrolled by rows, with what is searched for marked
/// and a last row that says where one is.
public struct TextViewer: Widget, Hashable {
  /// "\n" ends a line.
  public var text: String
  /// The first row of wrapped text on screen, as far as there are rows below it.
  public var top: Int
  /// What to mark wherever it occurs, in capitals or not; empty for nothing.
  public var search: String
  /// Which of the matches one is at, from 0; nil for none.
  public var match: Int?

  /// Text from a row on, without a search.
  public init(_ text: String, top: Int = 0, search: String = "", match: Int? = nil) {
    self.text = text
    self.top = top
    self.search = search
    self.match = match
  }

  /// How many rows the text takes in so many columns.
  public func rowCount(columns: Int) -> Int {
    rows(columns: columns).count
  }

  /// How many times the text has what is searched for.
  public var matchCount: Int {
    lines.reduce(0) { $0 + matches(in: $1).count }
  }

  /// The `top` nearest to the present one at which the match one is at can be seen, in a viewer of
  /// this size; the present one if there is no such match.
  public func topShowingMatch(in size: Size) -> Int {
    let rows = rows(columns: size.columns)
    let place = rows.firstIndex { $0.contains { $0.role == .selection } }
    return Viewport.top(
      top, showing: place, height: textRows(height: size.rows), count: rows.count)
  }

  /// How many rows of text are on screen at a time in so many rows: what PgDn moves by.
  public func textRows(height: Int) -> Int {
    height >= 2 ? height - 1 : height
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let rows = rows(columns: rect.columns)
    let height = textRows(height: rect.rows)
    let first = Viewport.top(top, showing: nil, height: height, count: rows.count)
    for (index, row) in rows.dropFirst(first).prefix(height).enumerated() {
      surface.write(row, in: rect.line(index))
    }
    let foot = rect.below(height)
    let left = TextWidth.truncated(
      position(first: first, last: min(first + height, rows.count), count: rows.count),
      to: foot.columns)
    surface.write(left, in: foot, role: .muted)
    let room = foot.columns - TextWidth.columns(of: left) - 2
    surface.write(
      trailing: TextWidth.truncated(found, to: max(room, 0)), in: foot, role: .muted)
    return rect.isEmpty ? nil : rect.origin
  }

  private func position(first: Int, last: Int, count: Int) -> String {
    guard count > 0 else { return "" }
    return "line \(first + 1) of \(count)  \(100 * last / count)%"
  }

  private var found: String {
    guard !search.isEmpty else { return "" }
    let count = matchCount
    if count == 0 { return "\"\(search)\" is not here" }
    return match.map { "match \($0 + 1) of \(count)" } ?? "\(count) matches"
  }

  private var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func rows(columns: Int) -> [[Span]] {
    var earlier = 0
    return lines.flatMap { line in
      let ranges = matches(in: line)
      defer { earlier += ranges.count }
      let marked = spans(of: line, matches: ranges, earlier: earlier)
      return Span.wrapped(marked, to: columns)
    }
  }

  private func spans(of line: String, matches: [Range<Int>], earlier: Int) -> [Span] {
    guard !matches.isEmpty else { return [Span(line)] }
    let characters = Array(line)
    var spans: [Span] = []
    var end = 0
    for (index, range) in matches.enumerated() {
      spans.append(Span(String(characters[end..<range.lowerBound])))
      spans.append(
        Span(String(characters[range]), role: earlier + index == match ? .selection : .marked))
      end = range.upperBound
    }
    return spans + [Span(String(characters[end...]))]
  }

  /// Where a line has what is searched for, in characters.
  private func matches(in line: String) -> [Range<Int>] {
    guard !search.isEmpty else { return [] }
    let wanted = search.map { $0.lowercased() }
    let characters = line.map { $0.lowercased() }
    var ranges: [Range<Int>] = []
    var start = 0
    while start + wanted.count <= characters.count {
      if characters[start..<start + wanted.count].elementsEqual(wanted) {
        ranges.append(start..<start + wanted.count)
        start += wanted.count
      } else {
        start += 1
      }
    }
    return ranges
  }
}
