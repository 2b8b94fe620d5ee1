import Foundation
import Synchronization

/// The turn to write: an exclusive lock on a file beside the database.
///
/// SQLite's own busy handler lets one process starve the others for seconds; the kernel's queue on
/// a file lock doesn't. A process that is stopped while it writes must not stop the others for
/// ever, so the wait ends after `patienceSeconds`.
struct WriteTicket: Sendable {
  let path: String
  var patienceSeconds = WriteTicket.waitSeconds

  static let waitSeconds = 10.0

  /// Runs `body` while no other process writes. Throws `StoreError.busy` when the turn doesn't come.
  func whileHeld<Output>(_ body: () throws -> Output) throws -> Output {
    let file = try take()
    defer { close(file) }
    return try body()
  }

  /// The open file that holds the lock; closing it gives the turn to the next.
  private func take() throws -> Int32 {
    let file = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else {
      throw StoreError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
    let turn = Turn()
    Thread.detachNewThread {
      let taken = flock(file, LOCK_EX) == 0
      if turn.arrived(taken) { close(file) }
    }
    guard turn.wait(seconds: patienceSeconds) else { throw StoreError.busy }
    return file
  }
}

/// Whether a waiter got its lock before it was given up; exactly one side closes the file.
private final class Turn: Sendable {
  private enum State {
    case waiting
    case taken
    case failed
    case abandoned
  }

  private let state = Mutex(State.waiting)
  private let arrival = DispatchSemaphore(value: 0)

  /// Called by the thread that waited; true when nobody will close the file but itself.
  func arrived(_ taken: Bool) -> Bool {
    let abandoned = state.withLock { state in
      if state == .abandoned { return true }
      state = taken ? .taken : .failed
      return false
    }
    arrival.signal()
    return abandoned || !taken
  }

  func wait(seconds: Double) -> Bool {
    if arrival.wait(timeout: .now() + seconds) == .success {
      return state.withLock { $0 == .taken }
    }
    return state.withLock { state in
      if state == .taken { return true }
      state = .abandoned
      return false
    }
  }
}
