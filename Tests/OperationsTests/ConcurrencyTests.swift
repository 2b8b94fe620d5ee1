import Domain
import Foundation
import Operations
import Store
import TestSupport
import Testing

/// Several processes at one file.
@Suite struct ConcurrencyTests {
  @Test func `two that post at once never share a number and leave no gap`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "coreflow-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "books.db").path
    let books = try await TestBooks.make(at: path)
    let clock = books.clock
    let second = Workspace(store: try Store.open(at: path, clock: { clock.now }))
    let numbers = try await withThrowingTaskGroup(of: [String].self) { group in
      for workspace in [books.workspace, second, books.workspace, second] {
        group.addTask {
          var numbers: [String] = []
          for _ in 0..<25 {
            numbers.append(
              try await workspace.perform(
                CreateEntry(books.entry(1), then: .post), as: books.owner
              ).name)
          }
          return numbers
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(numbers.sorted() == (1...100).map { "GJ-2026-\(padded($0, to: 6))" })
    #expect(try await books.balances()["6200"] == 100)
    for check in try await second.fetch(Examination(), as: books.owner) {
      #expect(check.findings.isEmpty, "\(check.name)")
    }
  }

  @Test func `who looks on sees what another process did`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "coreflow-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "books.db").path
    let books = try await TestBooks.make(at: path)
    let clock = books.clock
    let second = Workspace(store: try Store.open(at: path, clock: { clock.now }))
    var pages = second.observe(JournalPage(), as: books.viewer).makeAsyncIterator()
    #expect(try await pages.next()?.isEmpty == true)
    try await books.post(100)
    #expect(try await pages.next()?.map(\.name) == ["GJ-2026-000001"])
  }

  // All tests run at once on two cores, so that a limit can only end what hangs.
  @Test(.timeLimit(.minutes(10)))
  func `who looks on sees what their own process did without waiting for the next look`()
    async throws
  {
    let books = try await TestBooks.make()
    var workspace = books.workspace
    workspace.pollMilliseconds = 3_600_000
    var pages = workspace.observe(JournalPage(), as: books.viewer).makeAsyncIterator()
    #expect(try await pages.next()?.isEmpty == true)
    for count in 1...3 {
      try await books.post(100)
      #expect(try await pages.next()?.count == count)
    }
  }

  // All tests run at once on two cores, so that a limit can only end what hangs.
  @Test(.timeLimit(.minutes(10)))
  func `who may not look on any more is told so at once`() async throws {
    let books = try await TestBooks.make()
    var workspace = books.workspace
    workspace.pollMilliseconds = 3_600_000
    var pages = workspace.observe(JournalPage(), as: books.viewer).makeAsyncIterator()
    #expect(try await pages.next()?.isEmpty == true)
    try await workspace.perform(SignOut(), as: books.viewer)
    await #expect(throws: Refusal.sessionEnded) { try await pages.next() }
  }
}
