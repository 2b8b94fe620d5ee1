/// A month of days to choose from, with the weeks' numbers. What a day is shows in its role and in
/// signs: `>` chosen, `*` today, in parentheses what can't be chosen.
public struct MonthCalendar: Widget, Hashable {
  /// Columns for the weeks' numbers, and for each day: a sign, two digits and a sign.
  private static let weekColumns = 3
  private static let dayColumns = 4
  /// Rows above the days: the month, and the weekdays.
  private static let headRows = 2

  /// The size at which all of it is seen.
  public static let fullSize = Size(columns: weekColumns + 7 * dayColumns, rows: headRows + 6)

  /// The chosen day; its month is the one that is shown.
  public var selected: CalendarDay
  /// Marked if it is in the month; nil marks none.
  public var today: CalendarDay?
  /// Days that can't be chosen, of which only those of the shown month matter.
  public var disabled: Set<CalendarDay>
  /// The weekday of the first column.
  public var firstWeekday: Weekday
  /// What the month is called; nil is its English name.
  public var monthName: String?
  /// What the weekdays are called, from Monday on, in two letters; nil is their English names.
  public var weekdayNames: [String]?

  /// The month of a day.
  public init(
    _ selected: CalendarDay, today: CalendarDay? = nil, disabled: Set<CalendarDay> = [],
    firstWeekday: Weekday = .monday
  ) {
    self.selected = selected
    self.today = today
    self.disabled = disabled
    self.firstWeekday = firstWeekday
  }

  /// The days that are shown, from the first to the last of the month: what `disabled` is asked of.
  public var days: [CalendarDay] {
    let first = selected.firstOfMonth
    return (0..<selected.daysInMonth).map { first.adding(days: $0) }
  }

  /// Which day a point is on, in a calendar drawn in `rect`, disabled or not; nil if on none.
  public func day(at point: Point, in rect: Rect) -> CalendarDay? {
    guard rect.contains(point) else { return nil }
    let grid = grid(in: rect)
    let row = point.row - grid.body.row
    let column = point.column - grid.body.column
    guard grid.body.contains(point), column / grid.dayColumns < 7 else { return nil }
    return day(inWeek: grid.firstWeek + row, offset: column / grid.dayColumns)
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let grid = grid(in: rect)
    surface.write(Self.center(title, in: grid.title.columns), in: grid.title, role: .title)
    drawWeekdays(grid, on: &surface)
    var place: Point?
    for row in 0..<grid.body.rows {
      let week = grid.firstWeek + row
      let line = Rect(column: rect.column, row: grid.body.row + row, columns: rect.columns, rows: 1)
        .intersection(rect)
      if grid.body.column > rect.column {
        surface.write(Self.twoDigits(number(ofWeek: week)), in: line, role: .muted)
      }
      for offset in 0..<7 {
        guard let day = day(inWeek: week, offset: offset) else { continue }
        let cell = Rect(
          column: grid.body.column + offset * grid.dayColumns, row: line.row,
          columns: grid.dayColumns, rows: 1
        ).intersection(grid.body)
        draw(day, on: &surface, in: cell)
        if day == selected, !cell.isEmpty { place = cell.origin }
      }
    }
    return place
  }

  private struct Grid {
    let title: Rect
    let weekdays: Rect
    let body: Rect
    let dayColumns: Int
    let firstWeek: Int
  }

  /// In few columns the weeks' numbers go, then the signs after days; in few rows the title, the
  /// weekdays, and then the weeks that are far from the chosen day.
  private func grid(in rect: Rect) -> Grid {
    let hasWeeks = rect.columns >= Self.fullSize.columns
    let left = hasWeeks ? Self.weekColumns : 0
    let dayColumns = rect.columns >= 7 * Self.dayColumns ? Self.dayColumns : Self.dayColumns - 1
    let spare = rect.rows - weekCount
    let parts = rect.split(rows: [.fixed(spare >= 2 ? 1 : 0), .fixed(spare >= 1 ? 1 : 0), .fill])
    let column = min(rect.column + left, rect.endColumn)
    let chosen = (lead + selected.day - 1) / 7
    let height = min(parts[2].rows, weekCount)
    return Grid(
      title: parts[0], weekdays: parts[1],
      body: Rect(
        column: column, row: parts[2].row,
        columns: min(7 * dayColumns, rect.endColumn - column), rows: height),
      dayColumns: dayColumns,
      firstWeek: Viewport.top(0, showing: chosen, height: height, count: weekCount))
  }

  /// How many places of the first row are before the month's first day.
  private var lead: Int {
    (selected.firstOfMonth.weekday.rawValue - firstWeekday.rawValue + 7) % 7
  }

  private var weekCount: Int { (lead + selected.daysInMonth + 6) / 7 }

  private func day(inWeek week: Int, offset: Int) -> CalendarDay? {
    CalendarDay(
      year: selected.year, month: selected.month, day: 7 * week + offset - lead + 1)
  }

  /// That of the row's Thursday, by which ISO 8601 counts, whichever weekday the row begins with.
  private func number(ofWeek week: Int) -> Int {
    let thursday = (Weekday.thursday.rawValue - firstWeekday.rawValue + 7) % 7
    return selected.firstOfMonth.adding(days: 7 * week + thursday - lead).week
  }

  private var title: String { "\(monthName ?? selected.monthName) \(selected.year)" }

  private func drawWeekdays(_ grid: Grid, on surface: inout Surface) {
    surface.fill(grid.weekdays, role: .heading)
    for offset in 0..<7 {
      let weekday = firstWeekday.adding(offset)
      let column = grid.body.column + offset * grid.dayColumns + 1
      surface.write(
        weekdayNames?[weekday.rawValue - 1] ?? weekday.shortName,
        at: Point(column: column, row: grid.weekdays.row), in: grid.weekdays,
        role: .heading)
    }
  }

  private func draw(_ day: CalendarDay, on surface: inout Surface, in cell: Rect) {
    let isDisabled = disabled.contains(day)
    let (isSelected, isToday) = (day == selected, day == today)
    // With no room for a sign after the digits, today's goes before them.
    let isNarrow = cell.columns < Self.dayColumns
    let before = isSelected ? ">" : isDisabled ? "(" : isToday && isNarrow ? "*" : " "
    let after = isToday ? "*" : isDisabled ? ")" : " "
    let role: Role =
      isSelected ? .selection : isDisabled ? .muted : isToday ? .marked : .text
    surface.write(before + Self.twoDigits(day.day) + after, in: cell, role: role)
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? " \(number)" : "\(number)"
  }

  private static func center(_ text: String, in columns: Int) -> String {
    let room = min(columns, fullSize.columns)
    return String(repeating: " ", count: max((room - text.count) / 2, 0)) + text
  }
}
