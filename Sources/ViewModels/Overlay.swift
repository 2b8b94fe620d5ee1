package import Keys
import Operations

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
  /// Whether the field must hold a reason before it can be confirmed.
  private let needsReason: Bool
  let confirmed: (String) -> [Effect]

  init(
    title: String, body: String, confirm: String, cancel: String = "Cancel",
    field: FieldState? = nil, needsReason: Bool = false, defaultsToConfirm: Bool = false,
    confirmed: @escaping (String) -> [Effect]
  ) {
    self.title = title
    self.body = body
    self.confirm = confirm
    self.cancel = cancel
    self.field = field
    self.needsReason = needsReason
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
      return answer()
    case .tab, .down: focus = next(1)
    case .backTab, .up: focus = next(-1)
    case .left where focus != nil, .right where focus != nil: focus = focus == 0 ? 1 : 0
    default:
      if focus == nil {
        _ = field?.editor.handle(key)
        field?.fault = nil
        return .stays
      }
      if key == .character("y") { return answer() }
      if key == .character("n") { return .cancelled }
    }
    return .stays
  }

  /// A reason that is too short keeps the question, and what was typed.
  private mutating func answer() -> Answer {
    let least = RejectEntry.leastReason
    guard needsReason, let typed = field?.text, typed.count < least else { return .confirmed }
    field?.fault = UserMessage(Refusal.reasonNeeded(least: least)).text
    focus = nil
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

  /// The actions that the filter leaves, in their order: by what the list shows of them.
  package var matches: [Action] {
    let wanted = filter.text.lowercased()
    guard !wanted.isEmpty else { return entries }
    return entries.filter { action in
      (action.shownKeys.map(\.name) + [action.summary, action.unavailable ?? ""]).contains {
        $0.lowercased().contains(wanted)
      }
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
