/// The titles above a table's columns, and how many columns there was no room for.
struct ColumnHeader {
  let columns: [Column]
  let layout: ColumnLayout
  /// What columns are called, after how many of them are hidden.
  var hiddenTitle = "cols"

  func draw(on surface: inout Surface, in line: Rect) {
    surface.fill(line, role: .heading)
    let note = note(in: line)
    let noteStart = line.endColumn - TextWidth.columns(of: note)
    for placed in layout.placed {
      let column = columns[placed.index]
      let start = line.column + placed.column
      // A title makes room for the note; that something is hidden must always be said.
      let width = min(placed.columns, noteStart - start)
      // It may take one of the two cells before its column for that.
      let lead =
        width < placed.columns && column.alignment == .trailing && placed.column > 0 ? 1 : 0
      let area = Rect(
        column: start - lead, row: line.row, columns: width + lead, rows: line.rows
      )
      .intersection(line)
      let title = TextWidth.truncated(column.shownTitle, to: area.columns)
      switch column.alignment {
      case .leading: surface.write(title, in: area, role: .heading)
      case .trailing: surface.write(trailing: title, in: area, role: .heading)
      }
    }
    surface.write(trailing: note, in: line, role: .heading)
  }

  /// What columns are called is said where no title is cut for it.
  private func note(in line: Rect) -> String {
    guard layout.hiddenCount > 0 else { return "" }
    let long = "  +\(layout.hiddenCount) \(hiddenTitle)"
    let start = line.endColumn - TextWidth.columns(of: long)
    let cutsTitle = layout.placed.contains { placed in
      line.column + placed.column + placed.columns > start
        && line.column + placed.column + TextWidth.columns(of: columns[placed.index].shownTitle)
          > start
    }
    return cutsTitle ? " +\(layout.hiddenCount)" : long
  }
}
