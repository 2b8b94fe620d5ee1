import Keys
import Phrases
import ViewModels
import Widgets

extension ScreenDrawing {
  /// Fields, the grid of lines below them, what may be chosen, and what is to be said of it all.
  func draw(_ panel: FormPanel, key: String, on frame: inout Frame, in rect: Rect) -> Point? {
    let inside = rect.inset(columns: 1)
    let form = Form(panel.fields.map(shown), focus: panel.focus)
    let remarks = panel.remarks.isEmpty ? 0 : 1
    let parts = inside.below(1).split(rows: [
      .fixed(form.height(columns: inside.columns)), .fill, .fixed(panel.grid == nil ? 0 : 1),
      .fixed(remarks),
    ])
    let height = form.height(columns: inside.columns)
    let note = Self.scrolled(form.top(in: parts[0]), of: height, in: parts[0].rows)
    drawTitle(panel.title, note: note, on: &frame.surface, in: rect)
    var cursor = form.draw(on: &frame.surface, in: parts[0])
    for index in panel.fields.indices {
      if let place = form.place(ofField: index, in: parts[0]) { frame.mark(place, .field(index)) }
    }
    var anchor = panel.focus.flatMap { form.place(ofField: $0, in: parts[0]) }
    if let grid = panel.grid {
      let faults = faults(of: grid)
      let room = parts[1].split(rows: [
        .fill, .fixed(min(faults.count, max(parts[1].rows / 3, 1))),
      ])
      let drawn = draw(grid, on: &frame, in: room[0], totalsIn: parts[2])
      cursor = drawn.cursor ?? cursor
      anchor = anchor ?? drawn.anchor
      draw(faults, on: &frame.surface, in: room[1])
    }
    drawRemarks(panel.remarks, on: &frame.surface, in: parts[3])
    if let choices = panel.choices, let anchor {
      let list = SuggestionList(
        choices.choices.map(shown), highlighted: choices.highlighted, below: anchor)
      let bounds = frame.surface.bounds
      list.draw(on: &frame.surface, in: bounds)
      for place in list.places(in: bounds) { frame.mark(place.rect, .choice(place.index)) }
    }
    return cursor
  }

  private func draw(
    _ grid: GridState, on frame: inout Frame, in rect: Rect, totalsIn totals: Rect
  ) -> (cursor: Point?, anchor: Rect?) {
    let focus = grid.focus.map { EntryGrid.Place(row: $0.line, column: $0.column) }
    var widget = EntryGrid(
      columns: grid.columns.map { $0.shown(in: language) },
      rows: grid.lines.map { $0.map(shown) }, focus: focus)
    widget.hiddenTitle = shown("cols")
    let sums = grid.totals.map(shown)
    widget.totals = sums
    widget.top = Viewport.top(
      0, showing: grid.focus?.line, height: widget.pageRows(height: rect.rows),
      count: grid.lines.count)
    let cursor = widget.draw(on: &frame.surface, in: rect)
    for line in grid.lines.indices {
      for column in grid.columns.indices {
        guard let place = widget.place(of: EntryGrid.Place(row: line, column: column), in: rect)
        else { continue }
        frame.mark(place, .cell(GridState.Place(line: line, column: column)))
      }
    }
    let layout = widget.layout(columns: rect.columns)
    for placed in layout.placed where placed.index < grid.totals.count {
      let cell = Rect(
        column: totals.column + placed.column, row: totals.row, columns: placed.columns, rows: 1)
      if grid.columns[placed.index].kind == .amount {
        frame.surface.write(trailing: sums[placed.index], in: cell, role: .heading)
      } else {
        frame.surface.write(sums[placed.index], in: cell, role: .heading)
      }
    }
    return (cursor, focus.flatMap { widget.place(of: $0, in: rect) })
  }

  /// What is wrong with the cells, that under the cursor first.
  private func faults(of grid: GridState) -> [String] {
    var faults: [String] = []
    for (line, fields) in grid.lines.enumerated() {
      for (column, field) in fields.enumerated() {
        guard let fault = field.fault else { continue }
        if grid.focus == GridState.Place(line: line, column: column) {
          faults.insert(shown(fault), at: 0)
        } else {
          faults.append(shown("Line \(line + 1) \(grid.columns[column].title): \(fault)"))
        }
      }
    }
    return faults
  }

  private func draw(_ faults: [String], on surface: inout Surface, in rect: Rect) {
    for index in 0..<rect.rows {
      let left = faults.count - index
      let isCut = index > 0 && index == rect.rows - 1 && left > 1
      let text = isCut ? shown("and \(left) more") : faults[index]
      surface.write(
        TextWidth.truncated("! " + text, to: rect.columns), in: rect.line(index), role: .error)
    }
  }

  private func drawRemarks(_ remarks: [Message], on surface: inout Surface, in rect: Rect) {
    var column = rect.column
    for remark in remarks {
      column = surface.write(
        shown(remark.text) + "   ", at: Point(column: column, row: rect.row), in: rect,
        role: remark.severity.role)
    }
  }

  // MARK: Overlays

  func draw(_ overlay: Overlay, on frame: inout Frame, in rect: Rect) {
    switch overlay {
    case .dialog(let dialog):
      let widget = shown(dialog)
      frame.cursor = widget.draw(on: &frame.surface, in: rect)
      for place in widget.places(in: rect) { frame.mark(place.rect, .button(place.index)) }
    case .chooser(let chooser):
      let list = shown(chooser)
      frame.cursor = list.draw(on: &frame.surface, in: rect)
      markAway(from: list.place(in: rect), on: &frame, in: rect)
      for place in list.places(in: rect) { frame.mark(place.rect, .entry(place.index)) }
    case .days(let picker): draw(picker, on: &frame, in: rect)
    }
  }

  /// Around what lies over the screen a pointer sends it away; its edge says so.
  private func markAway(from box: Rect, on frame: inout Frame, in rect: Rect) {
    let edge = box.line(box.rows - 1).inset(columns: 1)
    frame.surface.write(trailing: " Esc closes ", in: edge, role: .muted)
    frame.mark(rect, .away)
    frame.mark(box.inset(columns: 1, rows: 1), nil)
  }

  private func draw(_ picker: DayPicker, on frame: inout Frame, in rect: Rect) {
    let size = MonthCalendar.fullSize
    let box = rect.centered(Size(columns: size.columns + 4, rows: size.rows + 3))
    frame.surface.fill(box, role: .dialog)
    frame.surface.drawBorder(box, title: shown("Choose a day"))
    markAway(from: box, on: &frame, in: rect)
    let inside = box.inset(columns: 2, rows: 1)
    guard let selected = CalendarDay(picker.selected) else { return }
    var calendar = MonthCalendar(selected, today: CalendarDay(picker.marked))
    let names = Self.monthNames[selected.month - 1]
    calendar.monthName = shown(names)
    calendar.weekdayNames = Self.weekdayNames.map(shown)
    calendar.disabled = Set(calendar.days.filter { picker.isClosed(DayPicker.Parts($0)) })
    let room = Rect(
      column: inside.column, row: inside.row, columns: size.columns, rows: size.rows
    ).intersection(inside)
    frame.cursor = calendar.draw(on: &frame.surface, in: room)
    frame.surface.write(
      TextWidth.truncated(shown("Enter takes, t today, PgUp PgDn"), to: inside.columns),
      in: inside.line(inside.rows - 1), role: .muted)
    for row in room.row..<room.endRow {
      for column in room.column..<room.endColumn {
        let point = Point(column: column, row: row)
        guard let day = calendar.day(at: point, in: room) else { continue }
        let cell = Rect(column: column, row: row, columns: 1, rows: 1)
        frame.mark(cell, .day(DayPicker.Parts(day)))
      }
    }
  }
}

extension CalendarDay {
  fileprivate init?(_ day: DayPicker.Parts) {
    self.init(year: day.year, month: day.month, day: day.day)
  }
}

extension DayPicker.Parts {
  fileprivate init(_ day: CalendarDay) {
    self.init(year: day.year, month: day.month, day: day.day)
  }
}

extension ScreenDrawing {
  private func shown(_ chooser: Chooser) -> FilterList {
    var list = FilterList(
      title: shown(chooser.title),
      entries: chooser.matches.map {
        FilterList.Entry(
          shown($0.title), keys: $0.keys, note: shown($0.note), isAvailable: $0.isAvailable)
      }, filter: Field(shown("Find")).editing(chooser.filter), cursor: chooser.cursor,
      roomRows: chooser.count)
    list.keyTitle = shown("Key")
    list.whatTitle = shown("What")
    list.emptyText = shown("Nothing here matches. Delete letters to see more.")
    list.hiddenTitle = shown("cols")
    return list
  }

  private func shown(_ dialog: ViewModels.Dialog) -> Widgets.Dialog {
    let hasField = dialog.field != nil
    return Widgets.Dialog(
      title: shown(dialog.title), body: shown(dialog.body),
      form: dialog.field.map { Form([shown($0)], focus: dialog.focus == nil ? 0 : nil) },
      buttons: [
        Widgets.Dialog.Button(shown(dialog.confirm), key: hasField ? "" : "y"),
        Widgets.Dialog.Button(shown(dialog.cancel), key: hasField ? "Esc" : "n"),
      ], focus: dialog.focus ?? 0)
  }

  private func shown(_ field: FieldState) -> Field {
    field.shown(in: language)
  }

  private func shown(_ choice: ChoiceList.Choice) -> SuggestionList.Item {
    SuggestionList.Item(
      shown(choice.text), detail: shown(choice.note), isAvailable: choice.refusal == nil)
  }

  private static let monthNames: [Phrase] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private static let weekdayNames: [Phrase] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
}
