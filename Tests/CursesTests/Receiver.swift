import Dispatch
import Foundation
import Glibc
import Synchronization
import Testing

/// Takes what is sent to the far side of a terminal as it comes, on a thread of its own: a frame can
/// be more than the kernel holds, and whoever draws it would wait for ever.
nonisolated final class Receiver: Sendable {
  private let received = Mutex<[UInt8]>([])
  /// Signalled for each piece that has come, and for the end.
  private let news = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let (stopped, stop): (CInt, CInt)

  /// Reads `descriptor` until `end`; its owner closes it then.
  init(reading descriptor: CInt) throws {
    var ends: [CInt] = [-1, -1]
    try #require(pipe(&ends) == 0)
    (stopped, stop) = (ends[0], ends[1])
    Thread.detachNewThread { self.run(descriptor) }
  }

  private func run(_ descriptor: CInt) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var descriptors = [descriptor, stopped].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    while poll(&descriptors, 2, -1) > 0, descriptors[1].revents == 0 {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { break }
      received.withLock { $0 += buffer.prefix(count) }
      news.signal()
    }
    ended.signal()
  }

  /// All that has come, without `mark`, once that has come last.
  func take(upTo mark: [UInt8], milliseconds: Int) throws -> [UInt8] {
    while true {
      let bytes = received.withLock { received -> [UInt8]? in
        guard received.suffix(mark.count).elementsEqual(mark) else { return nil }
        defer { received = [] }
        return Array(received.dropLast(mark.count))
      }
      if let bytes { return bytes }
      try #require(
        news.wait(timeout: .now() + .milliseconds(milliseconds)) == .success, "the mark never came")
    }
  }

  func end() {
    _ = write(stop, [0], 1)
    ended.wait()
    close(stop)
    close(stopped)
  }
}
