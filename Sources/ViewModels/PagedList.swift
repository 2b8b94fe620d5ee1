/// The rows that a list has read so far, page after page by key, and the one under the cursor.
struct PagedList<Row> {
  /// What one page asks for.
  static var pageRows: Int { 100 }

  private(set) var rows: [Row] = []
  private(set) var cursor: Int?
  private(set) var hasLoaded = false
  private var isComplete = false

  /// A page that goes on after no row takes the place of what was there, keeping the cursor on its
  /// row. One that goes on after a row which isn't the last any more came too late.
  mutating func take(_ page: [Row], after last: Row?, isSame: (Row, Row) -> Bool) {
    if let last {
      guard let end = rows.last, isSame(end, last) else { return }
      rows += page
    } else {
      let old = selected
      rows = page
      let found = old.flatMap { old in rows.firstIndex { isSame($0, old) } }
      cursor = rows.isEmpty ? nil : found ?? min(cursor ?? 0, rows.count - 1)
    }
    isComplete = page.count < Self.pageRows
    hasLoaded = true
  }

  mutating func move(_ movement: Movement, page: Int) {
    cursor = movement.cursor(from: cursor, count: rows.count, page: page)
  }

  var selected: Row? { cursor.map { rows[$0] } }

  /// Whether the cursor has come near the end of what was read.
  var wantsMore: Bool {
    guard let cursor, !isComplete else { return false }
    return cursor >= rows.count - Self.pageRows / 4
  }

  /// Why nothing can be done to a row.
  var unavailable: String? { selected == nil ? "There is nothing here." : nil }

  /// `3 of 240+`.
  var position: String {
    cursor.map { "\($0 + 1) of \(rows.count)\(isComplete ? "" : "+")" } ?? "0"
  }

  func placeholder(empty: String) -> String { hasLoaded ? empty : "Loading…" }
}
