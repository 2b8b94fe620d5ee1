import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// Closing proves the audit log (RULES R24) without making anybody wait while it reads all of it.
@Suite struct ChainCheckTests {
  private let books: TestBooks
  private let january: Periods.Row

  init() async throws {
    let books = try await TestBooks.make()
    self.books = books
    january = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.label == "2026-01" })
    try await books.post(1_00)
  }

  private var closing: ClosePeriod { ClosePeriod(january.id, name: january.label) }

  /// As somebody with the file and a database tool.
  private func tamper(_ sequence: Int64) throws {
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      DROP TRIGGER IF EXISTS audit_logs_update;
      UPDATE audit_logs SET actor_name = 'Nobody'
      WHERE business_id = \(books.business.value) AND sequence = \(sequence);
      """)
  }

  private func item() async throws -> PeriodChecks.Item {
    let checks = try await books.workspace.fetch(PeriodChecks(january.id), as: books.manager)
    return try #require(checks.items.first { $0.check == .chain })
  }

  private func lastRecord() async throws -> Int64 {
    try #require(try await books.trail(1).first).sequence
  }

  private func carryOut(_ prepared: ClosePeriod) async throws -> Result<Void, Refusal> {
    let director = books.director
    return try await books.store.change(in: books.business, as: .system) {
      try Gate.answer(prepared, by: director, request: "", in: $0)
    }
  }

  private func status() async throws -> PeriodStatus? {
    try await books.workspace.fetch(Periods(), as: books.owner)
      .first { $0.id == january.id }?.status
  }

  @Test func `where nobody touched the log, it passes and the month closes`() async throws {
    #expect(try await item().passes)
    try await books.workspace.perform(closing, as: books.director)
    #expect(try await status() == .closed)
  }

  @Test func `an altered record is named, keeps the month open, and nobody can accept it`()
    async throws
  {
    try tamper(2)
    let found = try await item()
    #expect(found.findings == [.record(2, .modified)] && !found.passes)
    await #expect(throws: Refusal.period(.checks([.chain]))) {
      try await books.workspace.perform(closing, as: books.director)
    }
    await #expect(throws: Refusal.waiver(.fact(.chain))) {
      try await books.workspace.perform(
        WaiveCheck(.chain, of: january.id, seen: found.findings, reason: "It was me."),
        as: books.director)
    }
    #expect(try await status() == .future)
  }

  @Test func `what was verified once isn't read again for the check-list, but what came since is`()
    async throws
  {
    func checks(after chain: AuditChain.End? = nil) async throws -> PeriodChecks.Value {
      try await books.workspace.fetch(
        PeriodChecks(january.id, chain: chain), as: books.manager)
    }
    let first = try await checks()
    #expect(try await first.chain?.sequence == lastRecord())
    try await books.post(2_00)
    // Only whoever reads all of it again sees it.
    try tamper(2)
    let second = try await checks(after: first.chain)
    #expect(second.items.contains { $0.check == .chain && $0.passes })
    #expect(try await second.chain?.sequence == lastRecord())
    let last = try await lastRecord()
    try tamper(last)
    let third = try await checks(after: first.chain)
    let item = try #require(third.items.first { $0.check == .chain })
    #expect(item.findings == [.record(last, .modified)] && third.chain == nil)
  }

  @Test func `what was recorded after the chain was verified is verified before it closes`()
    async throws
  {
    let prepared = await closing.prepared(in: books.workspace, as: books.director)
    try await books.post(2_00)
    try tamper(try await lastRecord())
    let result = try await carryOut(prepared)
    #expect(throws: Refusal.period(.checks([.chain]))) { try result.get() }
    #expect(try await status() == .future)
  }

  @Test func `what was verified before isn't read again while others wait`() async throws {
    let prepared = await closing.prepared(in: books.workspace, as: books.director)
    try await books.post(2_00)
    // Only whoever reads all of it again sees it.
    try tamper(2)
    try await carryOut(prepared).get()
    #expect(try await status() == .closed)
    #expect(try await item().findings == [.record(2, .modified)])
  }

  @Test func `nobody is sent to put right what can't be put right`() {
    func said(_ checks: [PeriodCheck]) -> String {
      UserMessage(Refusal.period(.checks(checks))).text
    }
    #expect(
      said([.suspense, .chain]) == """
        These checks fail: Nothing is left in suspense, The audit log is as it was written. Stop \
        working and call your auditor.
        """)
    #expect(
      said([.suspense])
        == "These checks fail: Nothing is left in suspense. See what they found.")
  }

  @Test func `it is verified from its beginning where nobody verified it before`() async throws {
    try tamper(2)
    let result = try await carryOut(closing)
    #expect(throws: Refusal.period(.checks([.chain]))) { try result.get() }
  }

  @Test(arguments: [Role.owner, .director, .manager, .employee, .viewer])
  func `it is read for whoever can close a period, and nobody else`(_ role: Role) async throws {
    let end = try? await books.workspace.read(AuditChain(), as: books.principal(role))
    let last: Int64? = try await lastRecord()
    let mayClose = role == .owner || role == .director
    #expect(end?.sequence == (mayClose ? last : nil))
  }

  @Test func `whoever closes by a borrowed right makes nobody wait either`() async throws {
    let deputy = books.manager
    var lent = NewDelegation(
      from: books.director.user, to: deputy.user, until: books.clock.now.adding(seconds: 3_600),
      reason: "On leave")
    lent.permissions = ["period.close"]
    _ = try await books.workspace.perform(Delegate(lent), as: books.director)
    let prepared = await closing.prepared(in: books.workspace, as: deputy)
    // Only whoever reads all of it again sees it.
    try tamper(2)
    let result = try await books.store.change(in: books.business, as: .system) {
      try Gate.answer(prepared, by: deputy, request: "", in: $0)
    }
    try result.get()
    #expect(try await status() == .closed)
  }
}
