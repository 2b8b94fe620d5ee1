import Foundation
import Synchronization
import Testing

@testable import Store

/// The queue of writers (RELIABILITY §0d, fair.py).
@Suite struct WriteTicketTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `one writes at a time, and everybody gets their turns`() async throws {
    let path = folder.path("lock")
    let scratch = URL(filePath: folder.path("scratch"))
    let tally = Tally()
    let start = DispatchGroup()
    for _ in 0..<4 { start.enter() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          try await Self.onThread {
            start.leave()
            start.wait()
            while tally.turns.values.reduce(0, +) < 400 {
              try WriteTicket(path: path).whileHeld {
                #expect(tally.enter() == 1)
                try Data(count: 65_536).write(to: scratch)
                tally.leave(writer)
              }
            }
          }
        }
      }
      try await group.waitForAll()
    }
    // SQLite's own waiting gives some writers a thousand turns and others none.
    let counts = tally.turns
    #expect(counts.count == 4 && counts.values.allSatisfy { $0 >= 4 }, "\(counts)")
  }

  @Test func `who waits too long is told, and the next still gets the turn`() async throws {
    let path = folder.path("lock")
    let held = DispatchSemaphore(value: 0)
    let done = DispatchSemaphore(value: 0)
    let holder = Task {
      try await Self.onThread {
        try WriteTicket(path: path).whileHeld {
          held.signal()
          done.wait()
        }
      }
    }
    try await Self.onThread {
      held.wait()
      #expect(throws: StoreError.busy) {
        try WriteTicket(path: path, patienceSeconds: 0.05).whileHeld {}
      }
      done.signal()
    }
    try await holder.value
    try WriteTicket(path: path).whileHeld {}
  }

  @Test func `a lock that is a link is not followed`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("lock"), withDestinationPath: folder.path("elsewhere"))
    #expect(throws: StoreError.self) { try WriteTicket(path: folder.path("lock")).whileHeld {} }
    #expect(try folder.names == ["lock"])
  }

  /// Off the pool that runs tasks, which must not wait for locks.
  private static func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<Void, any Error>) in
      Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
  }
}

/// How many write at this moment, and how often each did.
private final class Tally: Sendable {
  private let inside = Mutex(0)
  private let counts = Mutex([Int: Int]())

  var turns: [Int: Int] { counts.withLock { $0 } }

  func enter() -> Int {
    inside.withLock {
      $0 += 1
      return $0
    }
  }

  func leave(_ writer: Int) {
    counts.withLock { $0[writer, default: 0] += 1 }
    inside.withLock { $0 -= 1 }
  }
}
