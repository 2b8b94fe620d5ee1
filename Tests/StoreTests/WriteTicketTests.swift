import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Store

/// The queue of writers. SQLite's own waiting gives some a thousand turns and others none
/// (RELIABILITY §0d, fair.py).
@Suite struct WriteTicketTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `one writes at a time`() async throws {
    let path = folder.path("lock")
    let turns = Turns()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try await Self.onThread {
            for _ in 0..<50 {
              try Self.patient(path).whileHeld {
                let writers = turns.inside.withLock { count in
                  count += 1
                  return count
                }
                #expect(writers == 1)
                turns.inside.withLock { $0 -= 1 }
              }
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(WriteTicket(path: path).numbersDrawn == 200)
  }

  @Test func `turns come in the order in which they were asked for`() async throws {
    let path = folder.path("lock")
    let turns = Turns()
    try await withThrowingTaskGroup(of: Void.self) { group in
      let first = DispatchSemaphore(value: 0)
      let queued = DispatchSemaphore(value: 0)
      group.addTask {
        try await Self.onThread {
          try Self.patient(path).whileHeld {
            first.signal()
            queued.wait()
          }
          // Who was just served asks again, and has to wait like everybody.
          try Self.patient(path).whileHeld { turns.order.withLock { $0 += [0] } }
        }
      }
      try await Self.onThread { first.wait() }
      for writer in 1...5 {
        group.addTask {
          try await Self.onThread {
            try Self.patient(path).whileHeld { turns.order.withLock { $0 += [writer] } }
          }
        }
        try await Self.onThread {
          while WriteTicket(path: path).numbersDrawn <= writer { sched_yield() }
        }
      }
      queued.signal()
      try await group.waitForAll()
    }
    #expect(turns.order.withLock { $0 } == [1, 2, 3, 4, 5, 0])
  }

  @Test func `whose owner gave up holds nobody back`() async throws {
    let path = folder.path("lock")
    try WriteTicket(path: path).whileHeld {
      let impatient = WriteTicket(path: path, patienceSeconds: 0.05)
      #expect(throws: StoreError.busy) { try impatient.whileHeld {} }
    }
    try WriteTicket(path: path).whileHeld {}
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

  /// Whoever waits in a suite that has all cores busy may wait long; order is what is tried here.
  private static func patient(_ path: String) -> WriteTicket {
    WriteTicket(path: path, patienceSeconds: 600)
  }

  /// Off the pool that runs tasks, which must not wait for locks.
  private static func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<Void, any Error>) in
      Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
  }
}

/// How many write at this moment, and who wrote, the first first.
private final class Turns: Sendable {
  let inside = Mutex(0)
  let order = Mutex([Int]())
}
