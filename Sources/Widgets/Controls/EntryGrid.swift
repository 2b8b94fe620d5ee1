/// A table whose cells are fields: the lines of a journal entry.
public struct EntryGrid: Widget, Hashable {
  /// A cell, by its row and its place among all columns.
  public struct Place: Hashable, Sendable {
    public let row: Int
    public let column: Int

    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  public var columns: [Column]
  public var rows: [[Field]]
  /// What stands below the columns, drawn by the caller: no column is narrower than its total.
  public var totals: [String] = []
  /// What columns are called, after how many of them are hidden: `+2 cols`.
  public var hiddenTitle = "cols"
  public var focus: Place?
  public var top: Int

  public init(columns: [Column], rows: [[Field]], focus: Place? = nil, top: Int = 0) {
    self.columns = columns
    self.rows = rows
    self.focus = focus
    self.top = top
  }

  public func pageRows(height: Int) -> Int {
    max(height - 1, 0)
  }

  /// Where a cell is drawn: what a list of suggestions hangs below. Nil while it is out of sight.
  public func place(of place: Place, in rect: Rect) -> Rect? {
    let first = firstRow(height: rect.rows)
    guard first..<first + pageRows(height: rect.rows) ~= place.row,
      let placed = layout(columns: rect.columns).placed.first(where: { $0.index == place.column })
    else { return nil }
    return area(of: placed, in: rect.line(place.row - first + 1))
  }

  public func layout(columns available: Int) -> ColumnLayout {
    let natural = columns.indices.map { index in
      let total = totals.indices.contains(index) ? TextWidth.columns(of: totals[index]) : 0
      let title = TextWidth.columns(of: columns[index].title)
      return rows.reduce(max(title, total)) { widest, row in
        guard index < row.count else { return widest }
        let text = row[index].text.isEmpty ? "~" + row[index].ghost : row[index].text
        return max(widest, TextWidth.columns(of: text))
      }
    }
    // The column at the right edge is the cursor's, when it stands after the last cell's text.
    return ColumnLayout(
      columns, natural: natural, available: max(available - 1, 0), required: focus?.column)
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let layout = layout(columns: rect.columns)
    ColumnHeader(columns: columns, layout: layout, hiddenTitle: hiddenTitle).draw(
      on: &surface, in: rect.line(0))
    let first = firstRow(height: rect.rows)
    var cursor: Point?
    let page = rows.enumerated().dropFirst(first).prefix(pageRows(height: rect.rows))
    for (index, fields) in page {
      let line = rect.line(index - first + 1)
      drawMargin(of: fields, isFocused: index == focus?.row, on: &surface, in: line)
      for placed in layout.placed where placed.index < fields.count {
        let isFocused = focus == Place(row: index, column: placed.index)
        let place = draw(
          fields[placed.index], isFocused: isFocused, column: columns[placed.index], on: &surface,
          in: area(of: placed, in: line))
        cursor = place ?? cursor
      }
    }
    return cursor
  }

  private func firstRow(height: Int) -> Int {
    Viewport.top(top, showing: focus?.row, height: pageRows(height: height), count: rows.count)
  }

  private func area(of placed: ColumnLayout.Placed, in line: Rect) -> Rect {
    Rect(
      column: line.column + placed.column, row: line.row, columns: placed.columns, rows: line.rows
    ).intersection(line)
  }

  private func drawMargin(
    of fields: [Field], isFocused: Bool, on surface: inout Surface, in line: Rect
  ) {
    if isFocused { surface.write(">", in: line) }
    if fields.contains(where: { !$0.error.isEmpty }) {
      surface.write(
        "!", at: Point(column: line.column + 1, row: line.row), in: line, role: .error)
    }
  }

  private func draw(
    _ field: Field, isFocused: Bool, column: Column, on surface: inout Surface, in area: Rect
  ) -> Point? {
    if isFocused, field.content != .readOnly {
      return FieldText(field: field, alignment: column.alignment).draw(on: &surface, in: area)
    }
    let isGhost = field.text.isEmpty && !field.ghost.isEmpty
    let text = column.fitted(isGhost ? "~" + field.ghost : field.shownText, to: area.columns)
    let role: Role = field.error.isEmpty ? (isGhost ? .ghost : .text) : .invalidField
    switch column.alignment {
    case .leading: surface.write(text, in: area, role: role)
    case .trailing: surface.write(trailing: text, in: area, role: role)
    }
    return nil
  }
}
