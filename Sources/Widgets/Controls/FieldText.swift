/// The inside of a field that is being typed in: its text scrolled so that the cursor is in sight.
///
/// After the last character the cursor may stand one column to the right of the rectangle: on the
/// closing bracket, or in the gap between columns. So text doesn't move when it gets the focus.
struct FieldText {
  let field: Field
  let alignment: Column.Alignment

  /// Draws in the first row of the rectangle.
  ///
  /// - Returns: where the cursor is; nil if there is no room for one.
  func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let area = rect.line(0)
    guard !area.isEmpty else { return nil }
    let role: Role = field.error.isEmpty ? .focusedField : .invalidField
    surface.fill(area, with: "_", role: role)
    let characters = Array(field.shownText)
    let cursor = min(max(field.cursor, 0), characters.count)
    let before = TextWidth.columns(of: String(characters[..<cursor]))
    let start = origin(before: before, whole: TextWidth.columns(of: field.shownText), in: area)
    let end = surface.write(
      field.shownText, at: Point(column: start, row: area.row), in: area, role: role)
    drawGhost(on: &surface, at: end, in: area)
    if let selection = field.selection?.clamped(to: 0..<characters.count), !selection.isEmpty {
      let left = start + TextWidth.columns(of: String(characters[..<selection.lowerBound]))
      let width = TextWidth.columns(of: String(characters[selection]))
      let selected = Rect(column: left, row: area.row, columns: width, rows: 1)
      surface.restyle(selected.intersection(area), role: .selection)
    }
    return Point(column: start + before, row: area.row)
  }

  /// The column of the text's first character, left of the rectangle if it is scrolled.
  private func origin(before: Int, whole: Int, in area: Rect) -> Int {
    if whole <= area.columns {
      return alignment == .leading ? area.column : area.endColumn - whole
    }
    return area.column - max(before - area.columns, 0)
  }

  private func drawGhost(on surface: inout Surface, at column: Int, in area: Rect) {
    guard !field.ghost.isEmpty else { return }
    let place = Point(column: column, row: area.row)
    if field.text.isEmpty {
      let ghost = "~" + field.ghost
      switch alignment {
      case .leading: surface.write(ghost, at: place, in: area, role: .ghost)
      case .trailing: surface.write(trailing: ghost, in: area, role: .ghost)
      }
    } else if alignment == .leading, field.ghost.hasPrefix(field.text) {
      surface.write(
        String(field.ghost.dropFirst(field.text.count)), at: place, in: area, role: .ghost)
    }
  }
}
