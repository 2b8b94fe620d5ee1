/// All that can be done here, with its keys; filtered while one types.
public struct HelpOverlay: Widget, Hashable {
  public struct Entry: Hashable, Sendable {
    /// As `Key.name` has them.
    public let keys: [String]
    public let title: String
    /// Why it can't be done now; empty if it can.
    public let unavailable: String

    public init(keys: [String], title: String, unavailable: String = "") {
      self.keys = keys
      self.title = title
      self.unavailable = unavailable
    }
  }

  public var title: String
  public var entries: [Entry]
  public var filter: String
  /// Which of the matches the cursor is on.
  public var cursor: Int

  public init(title: String, entries: [Entry], filter: String = "", cursor: Int = 0) {
    self.title = title
    self.entries = entries
    self.filter = filter
    self.cursor = cursor
  }

  /// The entries whose key, title or reason has the filter in it, with their place among all.
  public var matches: [(index: Int, entry: Entry)] {
    let wanted = filter.lowercased()
    return entries.enumerated().filter { _, entry in
      wanted.isEmpty
        || (entry.keys + [entry.title, entry.unavailable]).contains {
          $0.lowercased().contains(wanted)
        }
    }.map { (index: $0.offset, entry: $0.element) }
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let place = rect.centered(
      Size(columns: min(rect.columns, 76), rows: min(rect.rows, entries.count + 5)))
    surface.fill(place, role: .dialog)
    surface.drawBorder(place, title: title)
    let inside = place.inset(columns: 2, rows: 1)
    let field = Field("Filter", text: filter)
    let typing = Form([field], focus: 0).draw(on: &surface, in: inside.line(0))
    let shown = matches
    let table = Table(
      columns: [
        Column("Key", width: .content(limit: 24), minimumColumns: 3, priority: 0),
        Column("What it does", width: .fill, minimumColumns: 8, priority: 0),
        Column("Not now, because", width: .content(limit: 30), minimumColumns: 8, priority: 1),
      ],
      rows: shown.map { _, entry in
        Table.Row(
          [
            Table.Cell(entry.keys.joined(separator: " ")), Table.Cell(entry.title),
            Table.Cell(entry.unavailable),
          ], role: entry.unavailable.isEmpty ? nil : .muted)
      },
      cursor: shown.isEmpty ? nil : min(max(cursor, 0), shown.count - 1),
      emptyText: "Nothing here matches. Delete letters to see more.")
    table.draw(on: &surface, in: inside.below(2))
    return typing
  }
}
