/// One column of a table: what it is called, how wide it may be, and when it may go.
public struct Column: Hashable, Sendable {
  public enum Width: Hashable, Sendable {
    case fixed(Int)
    /// As wide as its widest cell, up to a limit.
    case content(limit: Int)
    /// What is left over, shared among all such columns.
    case fill
  }

  public enum Alignment: Hashable, Sendable {
    case leading
    case trailing
  }

  public enum Overflow: Hashable, Sendable {
    case truncate(Truncation)
    /// For amounts: `#####` rather than a number with a digit missing.
    case hash
  }

  public let title: String
  public let width: Width
  /// It isn't made narrower than this; it is dropped instead.
  public let minimumColumns: Int
  /// When there isn't room for all, the columns with the highest number go first. The last is kept.
  public let priority: Int
  public let alignment: Alignment
  public let overflow: Overflow
  /// Whether the rows are sorted by it, and which way.
  public var sort: Sort?

  public enum Sort: Hashable, Sendable {
    case ascending
    case descending
  }

  /// The title, with the sign of its sorting.
  var shownTitle: String {
    switch sort {
    case nil: title
    case .ascending: title + "↑"
    case .descending: title + "↓"
    }
  }

  public init(
    _ title: String, width: Width = .content(limit: 40), minimumColumns: Int = 4, priority: Int = 1,
    alignment: Alignment = .leading, overflow: Overflow = .truncate(.end)
  ) {
    self.title = title
    self.width = width
    self.minimumColumns = max(minimumColumns, 1)
    self.priority = priority
    self.alignment = alignment
    self.overflow = overflow
  }

  /// A right-aligned column of amounts: it gets its room before any text does.
  public static func amount(_ title: String, minimumColumns: Int = 6, priority: Int = 0) -> Column {
    Column(
      title, width: .content(limit: .max), minimumColumns: minimumColumns, priority: priority,
      alignment: .trailing, overflow: .hash)
  }

  /// Whether its width is a matter of what stands in it.
  var dependsOnCells: Bool {
    switch (width, overflow) {
    case (.content, _), (_, .hash): true
    case (.fixed, .truncate), (.fill, .truncate): false
    }
  }

  /// Text as this column shows it in so many columns.
  func fitted(_ text: String, to columns: Int) -> String {
    guard TextWidth.columns(of: text) > columns else { return text }
    switch overflow {
    case .truncate(let truncation): return TextWidth.truncated(text, to: columns, at: truncation)
    case .hash: return String(repeating: "#", count: columns)
    }
  }
}
