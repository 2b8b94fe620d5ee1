extension Surface {
  /// Draws a frame just inside a rectangle, with a title in its upper edge. Needs 2 by 2 cells.
  public mutating func drawBorder(_ rect: Rect, title: String = "", role: Role = .border) {
    guard rect.columns >= 2, rect.rows >= 2 else { return }
    let line = String(repeating: "─", count: rect.columns - 2)
    write("┌" + line + "┐", in: rect, role: role)
    write("└" + line + "┘", in: rect.line(rect.rows - 1), role: role)
    for index in 1..<rect.rows - 1 {
      write("│", in: rect.line(index), role: role)
      write(trailing: "│", in: rect.line(index), role: role)
    }
    guard !title.isEmpty, rect.columns > 6 else { return }
    let shown = " " + TextWidth.truncated(title, to: rect.columns - 6) + " "
    write(shown, at: Point(column: rect.column + 2, row: rect.row), in: rect, role: .title)
  }

  /// Draws a horizontal line along a rectangle's first row, with a title in it.
  public mutating func drawRule(_ rect: Rect, title: String = "") {
    write(String(repeating: "─", count: rect.columns), in: rect.line(0), role: .border)
    guard !title.isEmpty, rect.columns > 6 else { return }
    let shown = " " + TextWidth.truncated(title, to: rect.columns - 6) + " "
    write(shown, at: Point(column: rect.column + 2, row: rect.row), in: rect.line(0), role: .title)
  }
}
