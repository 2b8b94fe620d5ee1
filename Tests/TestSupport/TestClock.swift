package import Domain
import Synchronization

/// A clock that stands still until a test moves it.
package final class TestClock: Sendable {
  private let moment: Mutex<Timestamp>

  package init(_ start: Timestamp) { moment = Mutex(start) }

  package var now: Timestamp { moment.withLock { $0 } }

  package func set(_ now: Timestamp) { moment.withLock { $0 = now } }

  package func advance(seconds: Int64) {
    moment.withLock { $0 = $0.adding(seconds: seconds) }
  }
}
