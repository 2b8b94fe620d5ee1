/// How a form stood before each of its changes, so that they can be undone one after the other.
struct EntryFormHistory {
  private var past: [EntryForm] = []
  private var future: [EntryForm] = []
  /// Whether the last change was a character: those that follow in the same field are one change.
  private var isTyping = false

  var canUndo: Bool { !past.isEmpty }
  var canRedo: Bool { !future.isEmpty }

  /// Called with the form as it was before a change.
  mutating func note(_ before: EntryForm?, isTyping: Bool) {
    guard let before else { return }
    defer { self.isTyping = isTyping }
    future = []
    if isTyping, self.isTyping, past.last?.focus == before.focus { return }
    past.append(before)
  }

  mutating func undo(_ now: EntryForm) -> EntryForm? {
    guard let before = past.popLast() else { return nil }
    future.append(now)
    isTyping = false
    return before
  }

  mutating func redo(_ now: EntryForm) -> EntryForm? {
    guard let after = future.popLast() else { return nil }
    past.append(now)
    isTyping = false
    return after
  }
}
