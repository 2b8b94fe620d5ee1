/// The text of one field while it is edited: what is in it, where the cursor is, what is selected.
///
/// Positions count characters as people see them, so a cursor never stands inside one.
public struct LineEditor: Hashable, Sendable {
  /// No field takes more; what goes beyond is left out.
  public static let limitCharacters = 4_000

  public private(set) var text: String
  public private(set) var cursor: Int
  /// Where a selection began; it reaches to the cursor.
  private var anchor: Int?

  /// Starts with the cursor at the end.
  public init(_ text: String = "") {
    self.text = text
    cursor = text.count
  }

  public var selection: Range<Int>? {
    guard let anchor, anchor != cursor else { return nil }
    return min(anchor, cursor)..<max(anchor, cursor)
  }

  /// Selects everything, so that typing replaces it.
  public mutating func selectAll() {
    anchor = 0
    cursor = text.count
  }

  /// Replaces the selection, or puts text in at the cursor. Line ends and tabs become spaces. Gives
  /// how many characters found no room.
  @discardableResult
  public mutating func insert(_ added: String) -> Int {
    removeSelection()
    let room = max(Self.limitCharacters - text.count, 0)
    let line = added.prefix(room).map { $0.isNewline || $0 == "\t" ? " " : $0 }
    let head = text.prefix(cursor) + line
    let tail = text.dropFirst(cursor)
    // A combining mark joins the character before it, so the count is taken from the result.
    cursor = head.count
    text = String(head + tail)
    cursor = min(cursor, text.count)
    return max(added.count - room, 0)
  }

  /// Does what a key does in a field; false if the key means nothing here and is the caller's.
  public mutating func handle(_ key: Key) -> Bool {
    if let character = key.text {
      insert(String(character))
      return true
    }
    if let target = target(of: key) {
      move(to: target, isSelecting: key.modifiers.contains(.shift))
      return true
    }
    switch key {
    case .backspace: remove(from: max(cursor - 1, 0), to: cursor)
    case .delete: remove(from: cursor, to: min(cursor + 1, text.count))
    case .ctrl("w"), Key(.backspace, .ctrl), Key(.backspace, .alt):
      remove(from: wordStart(before: cursor), to: cursor)
    case .ctrl("u"): remove(from: 0, to: cursor)
    default: return false
    }
    return true
  }

  private func target(of key: Key) -> Int? {
    guard !key.modifiers.contains(.alt) else { return nil }
    let byWord = key.modifiers.contains(.ctrl)
    // Without Shift an arrow leaves a selection at its edge.
    let left = key.modifiers.contains(.shift) ? nil : selection
    switch key.code {
    case .left:
      return byWord ? wordStart(before: cursor) : left?.lowerBound ?? max(cursor - 1, 0)
    case .right:
      return byWord ? wordEnd(after: cursor) : left?.upperBound ?? min(cursor + 1, text.count)
    case .home where !byWord: return 0
    case .end where !byWord: return text.count
    default: return nil
    }
  }

  private mutating func move(to position: Int, isSelecting: Bool) {
    anchor = isSelecting ? anchor ?? cursor : nil
    cursor = position
  }

  private mutating func remove(from start: Int, to end: Int) {
    if selection != nil {
      removeSelection()
    } else if start < end {
      text = String(text.prefix(start) + text.dropFirst(end))
      cursor = min(start, text.count)
    }
  }

  private mutating func removeSelection() {
    guard let range = selection else {
      anchor = nil
      return
    }
    anchor = nil
    text = String(text.prefix(range.lowerBound) + text.dropFirst(range.upperBound))
    cursor = min(range.lowerBound, text.count)
  }

  private func wordStart(before position: Int) -> Int {
    let head = Array(text.prefix(position))
    var start = head.count
    while start > 0, !head[start - 1].isWordPart { start -= 1 }
    while start > 0, head[start - 1].isWordPart { start -= 1 }
    return start
  }

  private func wordEnd(after position: Int) -> Int {
    let characters = Array(text)
    var end = position
    while end < characters.count, !characters[end].isWordPart { end += 1 }
    while end < characters.count, characters[end].isWordPart { end += 1 }
    return end
  }
}

extension Character {
  fileprivate var isWordPart: Bool { isLetter || isNumber }
}
