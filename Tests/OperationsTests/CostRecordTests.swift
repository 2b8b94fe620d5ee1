import Domain
import Operations
import Store
import Synchronization
import TestSupport
import Testing

/// What an audit record says that its command took (RULES §6.7).
@Suite struct CostRecordTests {
  @Test func `the same work on the same clock costs the same`() async throws {
    func costs() async throws -> [Cost] {
      let books = try await TestBooks.make()
      let entry = try await books.post(100)
      try await books.workspace.perform(
        ReverseEntry(entry, reason: "A mistake."), as: books.manager)
      return try await books.costs()
    }
    let first = try await costs()
    #expect(first.count > 10)
    #expect(try await costs() == first)
    #expect(first.allSatisfy { $0.computeMilliseconds == 0 && $0.microCredits > 0 })
  }

  @Test func `time is the stopwatch's, in milliseconds begun`() async throws {
    let books = try await TestBooks.make()
    var store = books.store
    let start = ContinuousClock.now
    let ticks = Mutex(0)
    // Each look at it is 1.2 ms after the one before.
    store.stopwatch = {
      start + .microseconds(1_200)
        * ticks.withLock { ticks in
          ticks += 1
          return ticks
        }
    }
    try await Workspace(store: store).perform(CreateEntry(books.entry(100)), as: books.owner)
    #expect(try await books.costs().last?.computeMilliseconds == 2)
  }

  @Test(arguments: [EntryEnding.keepDraft, .post])
  func `another line costs what SQLite counts for it`(_ ending: EntryEnding) async throws {
    func writes(lines: Int) async throws -> (recorded: Int64, counted: Int64) {
      let books = try await TestBooks.make()
      var content = books.entry(100)
      for number in ["6400", "6500"].prefix(lines - 2) {
        content.lines.append(books.line(number, 1))
      }
      content.lines[1] = books.line("1120", -100 - Int64(lines - 2))
      let records = try await books.costs().count
      let before = try await books.totalChanges()
      try await books.workspace.perform(CreateEntry(content, then: ending), as: books.owner)
      let after = try await books.totalChanges()
      let costs = try await books.costs().dropFirst(records)
      return (costs.map(\.rowsWritten).reduce(0, +), after - before)
    }
    let three = try await writes(lines: 3)
    let four = try await writes(lines: 4)
    #expect(four.recorded > three.recorded)
    #expect(four.recorded - three.recorded == four.counted - three.counted)
  }

  @Test func `a command carries its own work, not that of commands it brings about`() async throws {
    let apart = try await TestBooks.make()
    let entry = try await apart.workspace.perform(
      CreateEntry(apart.entry(100)), as: apart.owner
    ).entry
    try await apart.workspace.perform(PostEntry(entry), as: apart.owner)
    let together = try await TestBooks.make()
    try await together.post(100)
    let separate = try await apart.costs().suffix(2)
    let nested = try await together.costs().suffix(2)
    #expect(nested.first?.rowsWritten == separate.last?.rowsWritten)
    #expect(nested.last?.rowsWritten == separate.first?.rowsWritten)
  }

  @Test func `what a refusal takes back is on the record of the refusal`() async throws {
    let books = try await TestBooks.make()
    var content = books.entry(100)
    content.lines.removeLast()
    _ = try? await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    let refused = try #require(try await books.costs().last)
    try await books.workspace.perform(CreateEntry(content), as: books.owner)
    let done = try #require(try await books.costs().last)
    #expect(refused.rowsWritten == done.rowsWritten)
    #expect(refused.rowsReturned > done.rowsReturned, "posting read before it refused")
  }

  @Test func `a record says by which prices, and later prices leave it alone`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let before = try await books.costs()
    #expect(before.allSatisfy { $0.priceVersion == 1 })
    try books.store.script(
      """
      INSERT INTO price_list (version, effective_from, resource, unit, micro_credits_per_unit)
      VALUES (2, '2026-11-23', 'db_write', 'row', 1000),
        (3, '2026-11-24', 'db_write', 'row', 2000)
      """)
    try await books.post(100)
    let dear = try #require(try await books.costs().last)
    #expect(dear.priceVersion == 2)
    #expect((dear.rowsWritten * 1000..<dear.rowsWritten * 2000).contains(dear.microCredits))
    #expect(try await Array(books.costs().prefix(before.count)) == before)
    #expect(try await books.workspace.fetch(VerifyAudit(), as: books.owner).isSound)
  }
}

extension TestBooks {
  /// Of every record of the business, in their order.
  func costs() async throws -> [Cost] {
    try await store.snapshot(of: business, as: .system) {
      try $0.rows(
        {
          (
            compute: Int64, read: Int64, written: Int64, steps: Int64, credits: Int64,
            prices: Int64?
          ) in
          var cost = Cost(Usage(rowsReturned: read, rowsWritten: written, steps: steps))
          cost.computeMilliseconds = compute
          cost.microCredits = credits
          cost.priceVersion = prices
          return cost
        },
        """
        SELECT compute_ms, rows_read, rows_written, vm_steps, credits, price_version
        FROM audit_logs WHERE business_id = :business ORDER BY sequence
        """)
    }
  }

  /// What SQLite has counted on this connection.
  fileprivate func totalChanges() async throws -> Int64 {
    try await store.snapshot(of: business, as: .system) {
      try $0.one(Int64.self, "SELECT total_changes() WHERE :business > 0")
    }
  }
}
