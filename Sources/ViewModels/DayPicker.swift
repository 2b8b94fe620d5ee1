import Domain
import Keys
import Operations
package import Phrases

/// A month of days to choose one from, over a form's date.
package struct DayPicker {
  /// A day as a calendar counts it.
  package nonisolated struct Parts: Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int

    package init(year: Int, month: Int, day: Int) {
      self.year = year
      self.month = month
      self.day = day
    }

    init(_ day: Day) { self.init(year: day.year, month: day.month, day: day.dayOfMonth) }
  }

  private(set) var day: Day
  let today: Day
  /// Days on which nothing can be posted: their period isn't open.
  let closed: (Day) -> Bool
  let chosen: (Day) -> [Effect]

  init(
    day: Day, today: Day, closed: @escaping (Day) -> Bool, chosen: @escaping (Day) -> [Effect]
  ) {
    self.day = day
    self.today = today
    self.closed = closed
    self.chosen = chosen
  }

  package var selected: Parts { Parts(day) }
  package var marked: Parts { Parts(today) }

  /// `Thu 2026-11-26, today, no open period`.
  package var words: Phrase {
    .joined(
      [
        day.phrase, day == today ? "today" : .empty, closed(day) ? "no open period" : .empty,
      ], separator: ", ")
  }

  package func isClosed(_ parts: Parts) -> Bool {
    Day(year: parts.year, month: parts.month, day: parts.day).map(closed) ?? true
  }

  enum Answer {
    case stays
    case closed
    case chosen
  }

  mutating func press(_ key: Key) -> Answer {
    switch key {
    case .escape, .function(12), .function(4), .ctrl("g"), .ctrl("c"): return .closed
    case .enter: return .chosen
    case .left, "h": move(days: -1)
    case .right, "l": move(days: 1)
    case .up, "k": move(days: -7)
    case .down, "j": move(days: 7)
    case .pageUp: day = max(day.adding(months: -1), .first)
    case .pageDown: day = min(day.adding(months: 1), .last)
    case .home: day = day.firstOfMonth
    case .end: day = day.lastOfMonth
    case "t": day = today
    default: break
    }
    return .stays
  }

  /// By weeks, as a wheel turns.
  mutating func move(_ movement: Movement) {
    _ = press(movement == .up || movement == .pageUp ? .up : .down)
  }

  mutating func point(at parts: Parts) {
    day = Day(year: parts.year, month: parts.month, day: parts.day) ?? day
  }

  private mutating func move(days: Int) { day = min(max(day.adding(days: days), .first), .last) }
}
