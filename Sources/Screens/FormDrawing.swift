import Keys
import ViewModels
import Widgets

extension ScreenDrawing {
  /// Fields, the grid of lines below them, what may be chosen, and what is to be said of it all.
  func draw(_ panel: FormPanel, key: String, on surface: inout Surface, in rect: Rect) -> Point? {
    let inside = rect.inset(columns: 1)
    surface.write(panel.title, in: inside.line(0), role: .heading)
    let form = Form(panel.fields.map(\.shown), focus: panel.focus)
    let remarks = panel.remarks.isEmpty ? 0 : 1
    let parts = inside.below(1).split(rows: [
      .fixed(form.height(columns: inside.columns)), .fill, .fixed(panel.grid == nil ? 0 : 1),
      .fixed(remarks),
    ])
    var cursor = form.draw(on: &surface, in: parts[0])
    var anchor = panel.focus.flatMap { form.place(ofField: $0, in: parts[0]) }
    if let grid = panel.grid {
      let drawn = draw(grid, on: &surface, in: parts[1], totalsIn: parts[2])
      cursor = drawn.cursor ?? cursor
      anchor = anchor ?? drawn.anchor
      drawFault(of: grid, on: &surface, in: parts[1])
    }
    drawRemarks(panel.remarks, on: &surface, in: parts[3])
    if let choices = panel.choices, let anchor {
      SuggestionList(
        choices.choices.map(\.shown), highlighted: choices.highlighted, below: anchor
      ).draw(on: &surface, in: surface.bounds)
    }
    return cursor
  }

  private func draw(
    _ grid: GridState, on surface: inout Surface, in rect: Rect, totalsIn totals: Rect
  ) -> (cursor: Point?, anchor: Rect?) {
    let focus = grid.focus.map { EntryGrid.Place(row: $0.line, column: $0.column) }
    var widget = EntryGrid(
      columns: grid.columns.map(\.shown), rows: grid.lines.map { $0.map(\.shown) }, focus: focus)
    widget.totals = grid.totals
    widget.top = Viewport.top(
      0, showing: grid.focus?.line, height: widget.pageRows(height: rect.rows),
      count: grid.lines.count)
    let cursor = widget.draw(on: &surface, in: rect)
    let layout = widget.layout(columns: rect.columns)
    for placed in layout.placed where placed.index < grid.totals.count {
      let cell = Rect(
        column: totals.column + placed.column, row: totals.row, columns: placed.columns, rows: 1)
      if grid.columns[placed.index].kind == .amount {
        surface.write(trailing: grid.totals[placed.index], in: cell, role: .heading)
      } else {
        surface.write(grid.totals[placed.index], in: cell, role: .heading)
      }
    }
    return (cursor, focus.flatMap { widget.place(of: $0, in: rect) })
  }

  /// What is wrong with the cell under the cursor stands in the last row of the grid's room.
  private func drawFault(of grid: GridState, on surface: inout Surface, in rect: Rect) {
    guard let focus = grid.focus, let fault = grid.lines[focus.line][focus.column].fault else {
      return
    }
    let line = rect.line(rect.rows - 1)
    surface.fill(line)
    surface.write(
      TextWidth.truncated("! " + fault, to: line.columns), in: line, role: .error)
  }

  private func drawRemarks(_ remarks: [Message], on surface: inout Surface, in rect: Rect) {
    var column = rect.column
    for remark in remarks {
      column = surface.write(
        remark.text + "   ", at: Point(column: column, row: rect.row), in: rect,
        role: remark.severity.role)
    }
  }

  // MARK: Overlays

  func draw(_ overlay: Overlay, on surface: inout Surface, in rect: Rect) -> Point? {
    switch overlay {
    case .dialog(let dialog): dialog.shown.draw(on: &surface, in: rect)
    case .help(let help):
      HelpOverlay(
        title: "Keys: type to find, Enter runs",
        entries: help.entries.map { action in
          HelpOverlay.Entry(
            keys: action.shownKeys.map(\.name), title: action.summary,
            unavailable: action.unavailable ?? "")
        }, filter: help.filter.text, cursor: help.cursor
      ).draw(on: &surface, in: rect)
    }
  }
}

extension ViewModels.Dialog {
  fileprivate var shown: Widgets.Dialog {
    Widgets.Dialog(
      title: title, body: body,
      form: field.map { Form([$0.shown], focus: focus == nil ? 0 : nil) },
      buttons: [
        Widgets.Dialog.Button(confirm, key: field == nil ? "y" : ""),
        Widgets.Dialog.Button(cancel, key: field == nil ? "n" : "Esc"),
      ], focus: focus ?? 0)
  }
}
