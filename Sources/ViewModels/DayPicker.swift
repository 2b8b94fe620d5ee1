package import Domain
import Keys

/// A month of days to choose one from, over a form's date.
package struct DayPicker {
  package private(set) var day: Day
  package let today: Day
  /// Days on which nothing can be posted: their period isn't open.
  package let closed: (Day) -> Bool
  let chosen: (Day) -> [Effect]

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

  mutating func point(at day: Day) { self.day = day }

  private mutating func move(days: Int) { day = min(max(day.adding(days: days), .first), .last) }
}
