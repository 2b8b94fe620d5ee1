/// Labelled fields in rows: `Date [2026-11-23]  Mon, period open   Ref [INV 4711___]`.
///
/// Where a row is too narrow for its fields, they stand below each other. An error stands beside
/// its field, or below it where there isn't room.
public struct Form: Widget, Hashable {
  public var rows: [[Field]]
  /// Which field is typed in, counted through all rows.
  public var focus: Int?
  /// Room for the labels at the left, so that fields line up; nil for as much as they need.
  public var labelColumns: Int?

  public init(_ rows: [[Field]], focus: Int? = nil, labelColumns: Int? = nil) {
    self.rows = rows
    self.focus = focus
    self.labelColumns = labelColumns
  }

  /// A form with each field on a row of its own.
  public init(_ fields: [Field], focus: Int? = nil, labelColumns: Int? = nil) {
    self.init(fields.map { [$0] }, focus: focus, labelColumns: labelColumns)
  }

  /// How many rows it takes in so many columns.
  public func height(columns: Int) -> Int {
    lines(columns: columns).count
  }

  /// How many rows are scrolled past, so that the focused field is in sight.
  public func top(in rect: Rect) -> Int {
    top(of: lines(columns: rect.columns), height: rect.rows)
  }

  /// Where a field is drawn, label and all: what a list of suggestions hangs below.
  /// Nil while it is scrolled out of sight.
  public func place(ofField index: Int, in rect: Rect) -> Rect? {
    let lines = lines(columns: rect.columns)
    let first = top(of: lines, height: rect.rows)
    for (number, line) in lines.enumerated().dropFirst(first).prefix(rect.rows) {
      for part in line.parts where part.index == index {
        return part.area(in: rect.line(number - first))
      }
    }
    return nil
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let lines = lines(columns: rect.columns)
    let first = top(of: lines, height: rect.rows)
    var cursor: Point?
    for (number, line) in lines.enumerated().dropFirst(first).prefix(rect.rows) {
      let row = rect.line(number - first)
      for part in line.parts {
        cursor = part.draw(isFocused: part.index == focus, on: &surface, in: row) ?? cursor
      }
      surface.write(
        line.error, at: Point(column: row.column + line.errorColumn, row: row.row), in: row,
        role: .error)
    }
    return cursor
  }

  private func top(of lines: [FormLine], height: Int) -> Int {
    guard let focused = lines.lastIndex(where: { $0.parts.contains { $0.index == focus } }) else {
      return Viewport.top(0, showing: nil, height: height, count: lines.count)
    }
    // With what is wrong with it, where that stands below.
    let told = focused + lines[(focused + 1)...].prefix { $0.parts.isEmpty }.count
    let top = Viewport.top(0, showing: told, height: height, count: lines.count)
    return Viewport.top(top, showing: focused, height: height, count: lines.count)
  }

  private func lines(columns: Int) -> [FormLine] {
    let width = labelColumns ?? rows.compactMap { $0.first }.map(\.labelWidth).max() ?? 0
    var index = 0
    return rows.flatMap { fields in
      defer { index += fields.count }
      return FormLine.lines(for: fields, from: index, labelColumns: width, columns: columns)
    }
  }
}

extension Field {
  var labelWidth: Int { TextWidth.columns(of: label) }
}
