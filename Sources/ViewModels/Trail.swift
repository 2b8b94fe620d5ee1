/// Where somebody has been, to go through back and forth as one goes through pages.
struct Trail {
  private var stops: [[any Screen]] = []
  /// Which of them is shown, or was shown last.
  private var here = -1

  /// More is forgotten, the oldest first: a screen keeps the rows that it has read.
  private static let mostStops = 50

  /// A form or a question is passed, not visited: there is no way back to what has been answered.
  mutating func arrive(at stack: [any Screen]) {
    guard let top = stack.last, top.isRevisited else { return }
    if stops.indices.contains(here), stops[here].last === top {
      stops[here] = stack
      return
    }
    stops.removeSubrange((here + 1)...)
    stops.append(stack)
    if stops.count > Self.mostStops { stops.removeFirst() }
    here = stops.count - 1
  }

  func canGo(_ step: Int) -> Bool { stops.indices.contains(here + step) }

  /// One place back or on, `step` being -1 or 1; nil at the end.
  mutating func go(_ step: Int) -> [any Screen]? {
    guard canGo(step) else { return nil }
    here += step
    return stops[here]
  }
}

/// Where a reader was on a screen of a section, so that they go on there.
package struct Bookmark: Hashable, Codable {
  let filter: String
  /// Which of its kinds of rows a list shows, where it has kinds.
  var kind: String?
  /// The row under the cursor, by its identity.
  let row: String?
  /// How many rows came before it, so that enough are read to find it again.
  let rank: Int
}

/// Where somebody was in each section when they left, and in which one last.
struct KeptPlaces: Codable {
  var last: Int?
  var bookmarks: [Int: Bookmark] = [:]
}
