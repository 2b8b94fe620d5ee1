/// Two versions of a text or of some fields: side by side where there is room, else one under the
/// other. Each changed line has its sign, − or +, and the words that changed have roles of their own.
public struct DiffView: Widget, Hashable {
  /// One field in both versions.
  public struct Field: Hashable, Sendable {
    /// One line; empty for lines of a text, which have no names.
    public let name: String
    /// "\n" ends a line; nil if that version doesn't have the field.
    public let old: String?
    /// As `old`, in the newer version.
    public let new: String?

    /// A field as it was and as it is.
    public init(_ name: String, old: String?, new: String?) {
      self.name = name
      self.old = old
      self.new = new
    }
  }

  /// From so many columns on the versions stand side by side.
  public static let sideBySideColumns = 100
  /// Names side by side with their values are cut to so many columns.
  private static let limitNameColumns = 24

  /// The first row of the comparison on screen, below its heading.
  public var top: Int
  /// What the older version is called, one line.
  public var oldTitle: String
  /// What the newer version is called, one line.
  public var newTitle: String
  private let parts: [DiffPart]

  /// Compares two texts line by line. So many equal lines as `context` says are shown on each side of
  /// changed ones; the others are folded.
  public init(
    old: String, new: String, context: Int = 2, top: Int = 0, oldTitle: String = "before",
    newTitle: String = "after"
  ) {
    let lines = [old, new].map { text in
      text.isEmpty
        ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    self.init(
      DiffPart.paired(Difference.steps(from: lines[0], to: lines[1])), equalTitle: "equal lines",
      context: context, top: top, titles: (oldTitle, newTitle))
  }

  /// Compares fields one by one. So many equal fields as `context` says are shown on each side of
  /// changed ones; the others are folded, with how many they are before `equalTitle`.
  public init(
    fields: [Field], context: Int = 0, top: Int = 0, oldTitle: String = "before",
    newTitle: String = "after", equalTitle: String = "equal fields"
  ) {
    self.init(
      fields, equalTitle: equalTitle, context: context, top: top, titles: (oldTitle, newTitle))
  }

  private init(
    _ fields: [Field], equalTitle: String, context: Int, top: Int,
    titles: (old: String, new: String)
  ) {
    parts = DiffPart.folded(fields, context: max(context, 0), equalTitle: equalTitle)
    self.top = top
    oldTitle = titles.old
    newTitle = titles.new
  }

  /// Whether the versions differ at all.
  public var hasChanges: Bool { parts.contains { $0.isChange } }

  /// How many rows the comparison takes in so many columns, without its heading.
  public func rowCount(columns: Int) -> Int {
    rows(columns: columns).count
  }

  /// How many rows of the comparison are on screen at a time in so many rows: what PgDn moves by.
  public func shownRows(height: Int) -> Int {
    height >= 3 ? height - 1 : height
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let height = shownRows(height: rect.rows)
    let body = rect.below(rect.rows - height)
    if height < rect.rows { drawHeading(on: &surface, in: rect.line(0)) }
    let rows = rows(columns: rect.columns)
    let first = Viewport.top(top, showing: nil, height: height, count: rows.count)
    for (index, row) in rows.dropFirst(first).prefix(height).enumerated() {
      draw(row, on: &surface, in: body.line(index))
    }
    return rect.isEmpty ? nil : body.origin
  }

  /// One row on screen: a name and both versions, or in little room all in one.
  private struct Row {
    var name = ""
    var old: [Span] = []
    var new: [Span] = []
    /// Whether it goes across both versions.
    var isWhole = false
  }

  private var nameColumns: Int {
    let widest = parts.map { TextWidth.columns(of: $0.name) }.max() ?? 0
    return min(widest, Self.limitNameColumns)
  }

  /// The name, the older version and the newer one; the latter are equally wide.
  private func split(_ rect: Rect) -> (name: Rect, old: Rect, line: Rect, new: Rect) {
    let names = nameColumns
    let parts = rect.split(columns: [
      .fixed(names), .fixed(names == 0 ? 0 : 2), .fill, .fixed(3), .fill,
    ])
    let columns = min(parts[2].columns, parts[4].columns)
    let new = Rect(
      column: parts[4].column, row: rect.row, columns: columns, rows: rect.rows)
    return (parts[0], parts[2], parts[3], new)
  }

  private func drawHeading(on surface: inout Surface, in line: Rect) {
    surface.fill(line, role: .heading)
    let titles = ["− " + oldTitle, "+ " + newTitle]
    if line.columns >= Self.sideBySideColumns {
      let places = split(line)
      for (title, place) in zip(titles, [places.old, places.new]) {
        let shown = TextWidth.truncated(title, to: place.columns)
        surface.write(shown, in: place, role: .heading)
      }
    } else {
      let title = TextWidth.truncated(titles.joined(separator: "  "), to: line.columns)
      surface.write(title, in: line, role: .heading)
    }
  }

  private func draw(_ row: Row, on surface: inout Surface, in line: Rect) {
    guard line.columns >= Self.sideBySideColumns, !row.isWhole else {
      surface.write(row.old, in: line)
      return
    }
    let places = split(line)
    let name = TextWidth.truncated(row.name, to: places.name.columns)
    surface.write(name, in: places.name, role: .label)
    surface.write(row.old, in: places.old)
    surface.write(" │ ", in: places.line, role: .border)
    surface.write(row.new, in: places.new)
  }

  private func rows(columns: Int) -> [Row] {
    guard columns > 0 else { return [] }
    if columns < Self.sideBySideColumns {
      return parts.flatMap { stackedRows($0, columns: columns) }
    }
    let room = split(Rect(Size(columns: columns, rows: 1))).new.columns
    return parts.flatMap { part -> [Row] in
      if let note = part.note { return [Row(old: [Span(note, role: .muted)], isWhole: true)] }
      let old = Self.signed(part.old, "−", .removed, isChange: part.isChange, columns: room)
      let new = Self.signed(part.new, "+", .added, isChange: part.isChange, columns: room)
      return (0..<max(old.count, new.count)).map { index in
        Row(
          name: index == 0 ? part.name : "", old: index < old.count ? old[index] : [],
          new: index < new.count ? new[index] : [])
      }
    }
  }

  private func stackedRows(_ part: DiffPart, columns: Int) -> [Row] {
    if let note = part.note { return [Row(old: [Span(note, role: .muted)])] }
    let name = part.name.isEmpty ? [] : [[Span(part.name, role: .label)]]
    let old = Self.signed(part.old, "−", .removed, isChange: part.isChange, columns: columns)
    let new =
      part.isChange
      ? Self.signed(part.new, "+", .added, isChange: true, columns: columns) : []
    return (name + old + new).map { Row(old: $0) }
  }

  /// A version's lines wrapped to so many columns, its sign before each.
  private static func signed(
    _ lines: [[Span]], _ sign: String, _ role: Role, isChange: Bool, columns: Int
  ) -> [[Span]] {
    let lead = isChange ? Span(sign + " ", role: role) : Span("  ")
    return lines.flatMap { Span.wrapped($0, to: max(columns - 2, 1)) }.map { [lead] + $0 }
  }
}
