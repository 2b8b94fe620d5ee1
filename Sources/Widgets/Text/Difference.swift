/// What turns one list into another, in the fewest removals and additions.
enum Difference {
  enum Step<Element: Hashable & Sendable>: Hashable, Sendable {
    case same(Element)
    case removed(Element)
    case added(Element)
  }

  /// Beyond so many changes, one list is not a version of the other: all of it is replaced. This
  /// bounds time and memory, which grow with the square.
  private static let limitChanges = 500

  /// The steps in order: of a stretch that changed, first what is removed.
  static func steps<Element: Hashable & Sendable>(
    from old: [Element], to new: [Element]
  ) -> [Step<Element>] {
    let head = zip(old, new).prefix { $0 == $1 }.count
    let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed())
      .prefix { $0 == $1 }.count
    let removed = old.dropFirst(head).dropLast(tail)
    let added = new.dropFirst(head).dropLast(tail)
    let middle =
      fewest(from: Array(removed), to: Array(added))
      ?? removed.map(Step.removed) + added.map(Step.added)
    return old.prefix(head).map(Step.same) + removalsFirst(middle)
      + old.suffix(tail).map(Step.same)
  }

  /// Myers' greedy algorithm: `reach[k]` is how far into `old` one comes with so many changes, on
  /// the diagonal where `old` is k ahead of `new`. Nil if it takes too many.
  private static func fewest<Element: Hashable & Sendable>(
    from old: [Element], to new: [Element]
  ) -> [Step<Element>]? {
    let limit = min(old.count + new.count, limitChanges)
    var reach = Array(repeating: 0, count: 2 * limit + 3)
    let zero = limit + 1
    var history: [[Int]] = []
    for changes in 0...limit {
      history.append(reach)
      for diagonal in stride(from: -changes, through: changes, by: 2) {
        let goesDown = isAddition(diagonal, changes: changes, reach: reach, zero: zero)
        var place = goesDown ? reach[zero + diagonal + 1] : reach[zero + diagonal - 1] + 1
        while place < old.count, place - diagonal < new.count, place - diagonal >= 0,
          old[place] == new[place - diagonal]
        {
          place += 1
        }
        reach[zero + diagonal] = place
        if place >= old.count, place - diagonal >= new.count {
          return steps(back: history, from: old, to: new, zero: zero)
        }
      }
    }
    return nil
  }

  private static func isAddition(_ diagonal: Int, changes: Int, reach: [Int], zero: Int) -> Bool {
    diagonal == -changes
      || (diagonal != changes && reach[zero + diagonal - 1] < reach[zero + diagonal + 1])
  }

  /// Follows the history from the end of both lists to their start.
  private static func steps<Element: Hashable & Sendable>(
    back history: [[Int]], from old: [Element], to new: [Element], zero: Int
  ) -> [Step<Element>] {
    var steps: [Step<Element>] = []
    var (left, right) = (old.count, new.count)
    for (changes, reach) in history.enumerated().reversed() {
      let diagonal = left - right
      let goesDown = isAddition(diagonal, changes: changes, reach: reach, zero: zero)
      let start =
        changes == 0 ? 0 : goesDown ? reach[zero + diagonal + 1] : reach[zero + diagonal - 1] + 1
      while left > start {
        left -= 1
        right -= 1
        steps.append(.same(old[left]))
      }
      guard changes > 0 else { break }
      if goesDown {
        right -= 1
        steps.append(.added(new[right]))
      } else {
        left -= 1
        steps.append(.removed(old[left]))
      }
    }
    return steps.reversed()
  }

  private static func removalsFirst<Element>(_ steps: [Step<Element>]) -> [Step<Element>] {
    var result: [Step<Element>] = []
    var additions: [Step<Element>] = []
    for step in steps {
      switch step {
      case .same:
        result += additions + [step]
        additions = []
      case .removed: result.append(step)
      case .added: additions.append(step)
      }
    }
    return result + additions
  }
}
