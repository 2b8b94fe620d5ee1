/// The titles above a table's columns, and how many columns there was no room for.
struct ColumnHeader {
  let columns: [Column]
  let layout: ColumnLayout
  /// What columns are called, after how many of them are hidden.
  var hiddenTitle = "cols"

  func draw(on surface: inout Surface, in line: Rect) {
    surface.fill(line, role: .heading)
    let note = layout.hiddenCount == 0 ? "" : "  +\(layout.hiddenCount) \(hiddenTitle)"
    let noteStart = line.endColumn - TextWidth.columns(of: note)
    for placed in layout.placed {
      let column = columns[placed.index]
      let start = line.column + placed.column
      // A title makes room for the note; that something is hidden must always be said.
      let width = min(placed.columns, noteStart - start)
      let area = Rect(column: start, row: line.row, columns: width, rows: line.rows)
        .intersection(line)
      let title = TextWidth.truncated(column.shownTitle, to: area.columns)
      switch column.alignment {
      case .leading: surface.write(title, in: area, role: .heading)
      case .trailing: surface.write(trailing: title, in: area, role: .heading)
      }
    }
    surface.write(trailing: note, in: line, role: .heading)
  }
}
