import Foundation
import Synchronization

/// The turn to write: a place in a queue that all processes share, kept in a file beside the
/// database.
///
/// SQLite's own busy handler lets one process starve the others for seconds, and a plain file lock
/// goes to whoever asks first after it is given back, which is mostly who gave it back. So each
/// writer draws a number from the file, locks the byte of its number for as long as it waits and
/// writes, and waits for the byte of the number before its own. The kernel lets go of the locks of
/// a process that dies. Because a number can be given up out of turn, the queue only gives the
/// order; that one writes at a time is the work of a lock on the whole file.
///
/// A process that is stopped while it writes must not stop the others for ever, so the wait ends
/// after `patienceSeconds`.
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

  /// How many turns have been asked for since the file was made.
  var numbersDrawn: Int64 {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    return TurnQueue(file: file).last
  }

  /// The open file that holds the turn; closing it gives the turn to the next.
  private func take() throws -> Int32 {
    let file = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw cannotOpen() }
    let queue = TurnQueue(file: file)
    guard let number = queue.draw() else {
      defer { close(file) }
      throw cannotOpen()
    }
    if queue.isTurn(of: number) { return file }
    let turn = Turn()
    Thread.detachNewThread {
      let taken = queue.waitForTurn(of: number)
      if turn.arrived(taken) { close(file) }
    }
    guard turn.wait(seconds: patienceSeconds) else { throw StoreError.busy }
    return file
  }

  private func cannotOpen() -> StoreError {
    .cannotOpen(path: path, reason: String(cString: strerror(errno)))
  }
}

/// The numbers of a ticket file. Its first eight bytes are the last number drawn; the byte behind
/// them that a number names is locked while its owner waits or writes. Locks belong to the open
/// file, so closing it lets go of them all.
private struct TurnQueue {
  let file: Int32

  private static let counterBytes = 8
  // <fcntl.h> has them for GNU sources only, which the module that Swift imports is not.
  private static let setLock: Int32 = 37
  private static let setLockWaiting: Int32 = 38

  var last: Int64 {
    var number: Int64 = 0
    return pread(file, &number, Self.counterBytes, 0) == Self.counterBytes ? number : 0
  }

  /// The next number, its byte locked before anybody can wait for it; nil with `errno` where the
  /// file can't be written.
  func draw() -> Int64? {
    guard lock(0, F_WRLCK, Self.setLockWaiting) else { return nil }
    defer { _ = lock(0, F_UNLCK, Self.setLock) }
    var number = last + 1
    guard lock(place(of: number), F_WRLCK, Self.setLockWaiting),
      pwrite(file, &number, Self.counterBytes, 0) == Self.counterBytes
    else { return nil }
    return number
  }

  /// Takes the turn if nobody is before `number`.
  func isTurn(of number: Int64) -> Bool {
    guard lock(place(of: number - 1), F_WRLCK, Self.setLock) else { return false }
    _ = lock(place(of: number - 1), F_UNLCK, Self.setLock)
    return flock(file, LOCK_EX | LOCK_NB) == 0
  }

  func waitForTurn(of number: Int64) -> Bool {
    guard lock(place(of: number - 1), F_WRLCK, Self.setLockWaiting) else { return false }
    _ = lock(place(of: number - 1), F_UNLCK, Self.setLock)
    return flock(file, LOCK_EX) == 0
  }

  private func place(of number: Int64) -> Int64 { Int64(Self.counterBytes) + number }

  private func lock(_ byte: Int64, _ kind: Int32, _ command: Int32) -> Bool {
    var range = Foundation.flock()
    range.l_type = Int16(kind)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = off_t(byte)
    range.l_len = 1
    while fcntl(file, command, &range) != 0 {
      guard errno == EINTR else { return false }
    }
    return true
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
