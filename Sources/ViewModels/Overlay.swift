package import Keys

/// What lies over a screen and takes the keys.
package enum Overlay {
  case dialog(Dialog)
  case help(Help)
}

/// A question. Its default is to cancel, unless nothing could be lost.
package struct Dialog {
  package let title: String
  /// What follows from saying yes.
  package let body: String
  package let confirm: String
  package let cancel: String
  /// A text that goes with the answer: a reason.
  package var field: FieldState?
  /// 0 is confirm, 1 cancel; nil while the field has the cursor.
  package private(set) var focus: Int?
  let confirmed: (String) -> [Effect]

  init(
    title: String, body: String, confirm: String, cancel: String = "Cancel",
    field: FieldState? = nil, defaultsToConfirm: Bool = false,
    confirmed: @escaping (String) -> [Effect]
  ) {
    self.title = title
    self.body = body
    self.confirm = confirm
    self.cancel = cancel
    self.field = field
    focus = field != nil ? nil : defaultsToConfirm ? 0 : 1
    self.confirmed = confirmed
  }

  enum Answer {
    case stays
    case cancelled
    case confirmed
  }

  mutating func press(_ key: Key) -> Answer {
    switch key {
    case .escape, .function(12), .ctrl("g"), .ctrl("c"): return .cancelled
    case .enter:
      if focus == 1 { return .cancelled }
      return .confirmed
    case .tab, .down: focus = next(1)
    case .backTab, .up: focus = next(-1)
    case .left where focus != nil, .right where focus != nil: focus = focus == 0 ? 1 : 0
    default:
      if focus == nil {
        _ = field?.editor.handle(key)
        return .stays
      }
      if key == .character("y") { return .confirmed }
      if key == .character("n") { return .cancelled }
    }
    return .stays
  }

  /// Field, confirm, cancel, and round again.
  private func next(_ step: Int) -> Int? {
    let places: [Int?] = field == nil ? [0, 1] : [nil, 0, 1]
    let now = places.firstIndex(of: focus) ?? 0
    return places[(now + step + places.count) % places.count]
  }
}

/// Every key that works here, to find by typing and to run by Enter.
package struct Help {
  package let entries: [Action]
  package private(set) var filter = LineEditor()
  package private(set) var cursor = 0

  init(actions: [Action]) { entries = actions }

  /// The actions that the filter leaves, in their order.
  package var matches: [Action] {
    let wanted = filter.text.lowercased()
    guard !wanted.isEmpty else { return entries }
    return entries.filter { action in
      action.summary.lowercased().contains(wanted) || action.title.lowercased().contains(wanted)
        || action.keys.contains { $0.name.lowercased() == wanted }
    }
  }

  enum Answer {
    case stays
    case closed
    case chosen(Action)
  }

  mutating func press(_ key: Key, page: Int) -> Answer {
    switch key {
    case .escape, .function(12), .function(1), .ctrl("g"): return .closed
    case .enter:
      return matches.indices.contains(cursor) ? .chosen(matches[cursor]) : .closed
    default:
      if key.text == nil, let movement = Movement(key) {
        cursor = movement.cursor(from: cursor, count: matches.count, page: page) ?? 0
      } else if filter.handle(key) {
        cursor = 0
      }
      return .stays
    }
  }
}
