/// Rows under column titles, with a cursor, marks, totals, and trees in any of its columns.
///
/// It draws the rows it is given: a list too long to load passes the part that it has.
public struct Table: Widget, Hashable {
  public struct Cell: Hashable, Sendable {
    public let text: String
    public let role: Role
    /// For trees: how deep, and whether it can be folded.
    public let branch: Branch?

    public init(_ text: String, role: Role = .text, branch: Branch? = nil) {
      self.text = text
      self.role = role
      self.branch = branch
    }

    var shownText: String { (branch?.prefix ?? "") + text }
  }

  /// A node's place in a tree.
  public struct Branch: Hashable, Sendable {
    public enum Fold: Hashable, Sendable {
      case open
      case folded
      case leaf
    }

    public let level: Int
    public let fold: Fold

    public init(level: Int, fold: Fold) {
      self.level = level
      self.fold = fold
    }

    var prefix: String {
      let indent = String(repeating: "  ", count: min(max(level, 0), 20))
      switch fold {
      case .open: return indent + "▾ "
      case .folded: return indent + "▸ "
      case .leaf: return indent + "  "
      }
    }
  }

  public struct Row: Hashable, Sendable {
    public let cells: [Cell]
    public let isMarked: Bool
    /// Overrides the cells' roles: muted for what isn't current, ghost for what isn't posted.
    public let role: Role?

    public init(_ cells: [Cell], isMarked: Bool = false, role: Role? = nil) {
      self.cells = cells
      self.isMarked = isMarked
      self.role = role
    }
  }

  public var columns: [Column]
  public var rows: [Row]
  /// Which row the cursor is on.
  public var cursor: Int?
  /// The first row on screen, as far as the cursor allows.
  public var top: Int
  /// Sums, below a line under the rows.
  public var totals: Row?
  /// Said in place of rows: why there are none, and what to do.
  public var emptyText: String
  /// What columns are called, after how many of them are hidden: `+2 cols`.
  public var hiddenTitle = "cols"

  public init(
    columns: [Column], rows: [Row], cursor: Int? = nil, top: Int = 0, totals: Row? = nil,
    emptyText: String = ""
  ) {
    self.columns = columns
    self.rows = rows
    self.cursor = cursor
    self.top = top
    self.totals = totals
    self.emptyText = emptyText
  }

  /// How many rows are on screen at a time in a rectangle of this height: what PgDn moves by.
  public func pageRows(height: Int) -> Int {
    max(height - 1 - (hasTotals(height: height) ? 2 : 0), 0)
  }

  /// In very few rows the cursor's matters more than sums.
  private func hasTotals(height: Int) -> Bool {
    totals != nil && height >= 5
  }

  /// Where the columns go in so many columns.
  public func layout(columns available: Int) -> ColumnLayout {
    let all = rows + (totals.map { [$0] } ?? [])
    let natural = columns.indices.map { index in
      guard columns[index].dependsOnCells else { return 0 }
      return all.reduce(TextWidth.columns(of: columns[index].shownTitle)) { widest, row in
        guard index < row.cells.count else { return widest }
        return max(widest, TextWidth.columns(of: row.cells[index].shownText))
      }
    }
    return ColumnLayout(columns, natural: natural, available: available)
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let layout = layout(columns: rect.columns)
    ColumnHeader(columns: columns, layout: layout, hiddenTitle: hiddenTitle).draw(
      on: &surface, in: rect.line(0))
    let page = pageRows(height: rect.rows)
    let first = Viewport.top(top, showing: cursor, height: page, count: rows.count)
    let body = Rect(column: rect.column, row: rect.row + 1, columns: rect.columns, rows: page)
      .intersection(rect)
    var place: Point?
    for (index, row) in rows.enumerated().dropFirst(first).prefix(page) {
      let line = body.line(index - first)
      draw(row, isCursor: index == cursor, layout: layout, on: &surface, in: line)
      if index == cursor, !line.isEmpty { place = line.origin }
    }
    if rows.isEmpty {
      TextView(emptyText, role: .muted).draw(on: &surface, in: body.inset(columns: 2))
    }
    if let totals, hasTotals(height: rect.rows) {
      let used = body.below(min(max(rows.count - first, rows.isEmpty ? 1 : 0), page))
      let foot = Rect(column: rect.column, row: used.row, columns: rect.columns, rows: 2)
        .intersection(rect)
      surface.drawRule(foot.line(0))
      draw(totals, isCursor: false, layout: layout, on: &surface, in: foot.line(1))
      surface.restyle(foot.line(1), adding: .bold)
    }
    return place
  }

  /// The cells of each row that is shown and of each column's title, by their indices, for a pointer.
  public func places(
    in rect: Rect
  ) -> (rows: [(index: Int, rect: Rect)], columns: [(index: Int, rect: Rect)]) {
    let page = pageRows(height: rect.rows)
    let first = Viewport.top(top, showing: cursor, height: page, count: rows.count)
    let body = rect.below(1)
    let shown = rows.indices.dropFirst(first).prefix(page).map { ($0, body.line($0 - first)) }
    let header = rect.line(0)
    let titles = layout(columns: rect.columns).placed.map { placed in
      let area = Rect(
        column: rect.column + placed.column, row: header.row, columns: placed.columns,
        rows: header.rows)
      return (placed.index, area.intersection(header))
    }
    return (shown, titles)
  }

  private func draw(
    _ row: Row, isCursor: Bool, layout: ColumnLayout, on surface: inout Surface, in line: Rect
  ) {
    for placed in layout.placed where placed.index < row.cells.count {
      let cell = row.cells[placed.index]
      let area = Rect(
        column: line.column + placed.column, row: line.row, columns: placed.columns, rows: line.rows
      ).intersection(line)
      let column = columns[placed.index]
      let text = column.fitted(cell.shownText, to: placed.columns)
      let role = row.isMarked ? .marked : row.role ?? cell.role
      switch column.alignment {
      case .leading: surface.write(text, in: area, role: role)
      case .trailing: surface.write(trailing: text, in: area, role: role)
      }
    }
    if row.isMarked {
      let place = Point(column: line.column + 1, row: line.row)
      surface.write("*", at: place, in: line, role: .marked)
    }
    guard isCursor else { return }
    surface.write(">", in: line)
    surface.restyle(line, role: .cursorRow)
  }
}
