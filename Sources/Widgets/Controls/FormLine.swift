/// One line of a form on screen: the fields in it, or a field's error below it.
struct FormLine {
  private static let gapColumns = 3
  private static let leastFieldColumns = 8

  private(set) var parts: [FormPart] = []
  private(set) var error = ""
  private(set) var errorColumn = 0

  /// A row's fields on one line if they fit, else each on its own; errors where there is room.
  static func lines(
    for fields: [Field], from index: Int, labelColumns: Int, columns: Int
  )
    -> [FormLine]
  {
    if let together = together(fields, from: index, labelColumns: labelColumns, columns: columns) {
      return together
    }
    return fields.enumerated().flatMap { offset, field in
      Self.together([field], from: index + offset, labelColumns: labelColumns, columns: columns)
        ?? [alone(field, index: index + offset, labelColumns: labelColumns, columns: columns)]
    }
  }

  /// Nil if the fields need more columns than there are.
  private static func together(
    _ fields: [Field], from index: Int, labelColumns: Int, columns: Int
  ) -> [FormLine]? {
    let needs = fields.enumerated().map { offset, field in
      (offset == 0 ? labelColumns : field.labelWidth) + 1 + 2
        + (field.columns ?? leastFieldColumns) + (field.note.isEmpty ? 0 : 2 + field.noteWidth)
    }
    let gaps = gapColumns * max(fields.count - 1, 0)
    let spare = columns - needs.reduce(gaps, +)
    guard spare >= 0 else { return nil }
    let open = fields.filter { $0.columns == nil }.count
    var line = FormLine()
    var start = 0
    var share = spare
    var sharers = open
    for (offset, field) in fields.enumerated() {
      var width = field.columns ?? leastFieldColumns
      if field.columns == nil {
        let extra = share / sharers
        width += extra
        share -= extra
        sharers -= 1
      }
      let label = offset == 0 ? labelColumns : field.labelWidth
      line.parts.append(
        FormPart(
          field: field, index: index + offset, column: start, labelColumns: label,
          textColumns: width))
      start += label + 3 + width + (field.note.isEmpty ? 0 : 2 + field.noteWidth) + gapColumns
    }
    return line.withErrors(of: fields, from: start, columns: columns)
  }

  /// A field in less room than it would like.
  private static func alone(_ field: Field, index: Int, labelColumns: Int, columns: Int) -> FormLine
  {
    let label = min(labelColumns, max(columns / 2 - 2, 0))
    var line = FormLine()
    line.parts = [
      FormPart(
        field: field, index: index, column: 0, labelColumns: label,
        textColumns: max(columns - label - 3, 1))
    ]
    return line
  }

  /// An error beside the fields where it fits, and on lines of their own where not.
  private func withErrors(of fields: [Field], from column: Int, columns: Int) -> [FormLine] {
    let errors = fields.map(\.error).filter { !$0.isEmpty }.map { "← " + $0 }
    guard let first = errors.first else { return [self] }
    if errors.count == 1, column + TextWidth.columns(of: first) <= columns {
      var line = self
      line.error = first
      line.errorColumn = column
      return [line]
    }
    let start = max(min(parts[0].labelColumns + 1, columns - 20), 0)
    let wrapped = errors.flatMap { TextWidth.wrapped($0, to: columns - start) }
    return [self]
      + wrapped.map { error in
        var line = FormLine()
        line.error = error
        line.errorColumn = start
        return line
      }
  }
}

/// A field's place in its line.
struct FormPart {
  let field: Field
  let index: Int
  let column: Int
  let labelColumns: Int
  let textColumns: Int

  /// The brackets and what is between them.
  func area(in line: Rect) -> Rect {
    Rect(
      column: line.column + column + labelColumns + 1, row: line.row, columns: textColumns + 2,
      rows: line.rows
    ).intersection(line)
  }

  func draw(isFocused: Bool, on surface: inout Surface, in line: Rect) -> Point? {
    let start = Point(column: line.column + column, row: line.row)
    surface.write(
      TextWidth.truncated(field.label, to: labelColumns), at: start, in: line, role: .label)
    let area = area(in: line)
    surface.write(
      field.note, at: Point(column: area.endColumn + 2, row: line.row), in: line, role: .muted)
    if field.content == .readOnly {
      surface.write(
        TextWidth.truncated(field.text, to: max(area.columns - 1, 0)),
        at: Point(column: area.column + 1, row: area.row), in: area)
      return nil
    }
    let inside = Rect(
      column: area.column + 1, row: area.row, columns: area.columns - 2, rows: area.rows)
    surface.write("[", in: area, role: field.role)
    surface.write(trailing: "]", in: area, role: field.role)
    if isFocused {
      return FieldText(field: field, alignment: .leading).draw(on: &surface, in: inside)
    }
    surface.fill(inside, with: "_", role: field.role)
    if field.text.isEmpty, !field.ghost.isEmpty {
      let ghost = TextWidth.truncated("~" + field.ghost, to: inside.columns)
      surface.write(ghost, in: inside, role: .ghost)
    } else {
      let text = TextWidth.truncated(field.shownText, to: inside.columns)
      surface.write(text, in: inside, role: field.role)
    }
    return nil
  }
}

extension Field {
  var noteWidth: Int { TextWidth.columns(of: note) }
}
