/// A list to find something in by typing: a field for letters, and below it what they leave, each
/// with its keys and a note. Help, command palettes and menus are such lists.
public struct FilterList: Widget, Hashable {
  /// One thing to take.
  public struct Entry: Hashable, Sendable {
    public let title: String
    /// Names of keys that do the same; may be empty.
    public let keys: [String]
    /// Why it can't be taken now, or what kind of thing it is.
    public let note: String
    public let isAvailable: Bool

    public init(_ title: String, keys: [String] = [], note: String = "", isAvailable: Bool = true) {
      self.title = title
      self.keys = keys
      self.note = note
      self.isAvailable = isAvailable
    }
  }

  public var title: String
  /// What the letters leave, the best first.
  public var entries: [Entry]
  /// The field of letters.
  public var filter: Field
  /// The entry that Enter takes.
  public var cursor: Int
  /// Rows to make room for, so that the box keeps its size while letters are typed.
  public var roomRows: Int
  /// Above the keys and above the titles.
  public var keyTitle = "Key"
  public var whatTitle = "What"
  /// What is said where the letters leave nothing.
  public var emptyText = "Nothing here matches. Delete letters to see more."
  /// What columns are called, after how many of them are hidden: `+2 cols`.
  public var hiddenTitle = "cols"

  public init(title: String, entries: [Entry], filter: Field, cursor: Int = 0, roomRows: Int) {
    self.title = title
    self.entries = entries
    self.filter = filter
    self.cursor = cursor
    self.roomRows = roomRows
  }

  private static let limitColumns = 90

  /// Where it goes on a screen.
  public func place(in rect: Rect) -> Rect {
    rect.centered(
      Size(
        columns: min(rect.columns, Self.limitColumns),
        rows: min(rect.rows, max(roomRows, entries.count) + 5)))
  }

  private var table: Table {
    var table = Table(
      columns: [
        // In a narrow window what a thing is matters before its keys, and those before its note.
        Column(keyTitle, width: .content(limit: 20), minimumColumns: 3, priority: 1),
        Column(whatTitle, width: .fill, minimumColumns: 40, priority: 0),
        Column("", width: .content(limit: 30), minimumColumns: 10, priority: 2),
      ],
      rows: entries.map { entry in
        Table.Row(
          [
            Table.Cell(entry.keys.joined(separator: " ")), Table.Cell(entry.title),
            Table.Cell(entry.note, role: .muted),
          ], role: entry.isAvailable ? nil : .muted)
      },
      cursor: entries.isEmpty ? nil : min(max(cursor, 0), entries.count - 1),
      emptyText: emptyText)
    table.hiddenTitle = hiddenTitle
    return table
  }

  @discardableResult
  public func draw(on surface: inout Surface, in rect: Rect) -> Point? {
    let place = place(in: rect)
    surface.fill(place, role: .dialog)
    surface.drawBorder(place, title: title)
    let inside = place.inset(columns: 2, rows: 1)
    let typing = Form([filter], focus: 0).draw(on: &surface, in: inside.line(0))
    table.draw(on: &surface, in: inside.below(2))
    return typing
  }

  /// The cells of each entry that is shown, by its index, for a pointer.
  public func places(in rect: Rect) -> [(index: Int, rect: Rect)] {
    table.places(in: place(in: rect).inset(columns: 2, rows: 1).below(2)).rows
  }
}
