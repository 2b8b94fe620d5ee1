import Synchronization

/// Who wants to know when this process has committed.
package final class Commits: Sendable {
  private struct Listeners {
    var next = 0
    var all: [Int: @Sendable () -> Void] = [:]
  }

  private let listeners = Mutex(Listeners())

  /// Gives what `stop` takes.
  package func listen(_ hear: @escaping @Sendable () -> Void) -> Int {
    listeners.withLock { listeners in
      listeners.next += 1
      listeners.all[listeners.next] = hear
      return listeners.next
    }
  }

  package func stop(_ listener: Int) {
    listeners.withLock { _ = $0.all.removeValue(forKey: listener) }
  }

  package func announce() {
    for hear in listeners.withLock({ Array($0.all.values) }) { hear() }
  }
}
