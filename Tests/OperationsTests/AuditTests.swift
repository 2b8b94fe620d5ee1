import Domain
import Operations
import Store
import TestSupport
import Testing

/// The audit log: who did or was refused what, in a chain that shows every change (RULES §6).
@Suite struct AuditTests {
  @Test func `what is done is recorded with what it changed, at what cost, by which rule`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.workspace.perform(CreateEntry(books.entry(12_34)), as: books.employee)
    let record = try #require(try await books.trail(1).first)
    #expect(record.event == .create)
    #expect(record.operation == "journal.create")
    #expect(record.resourceName == "D-1")
    #expect(record.actor == "Emma Employee")
    #expect(record.outcome == .success)
    #expect(record.newValues?.contains(#""total":1234"#) ?? false)
    #expect(record.decision.contains("Employee holds journal.create: yes"))
    #expect(record.origin == "tests tty1@test")
    #expect(record.rowsWritten >= 3)
    #expect(record.microCredits > 0)
  }

  @Test func `a refusal leaves nothing but one record that says why`() async throws {
    let books = try await TestBooks.make(
      bands: [ApprovalPolicy.Band(minimum: Money(minorUnits: 100), role: .manager)])
    let before = try await books.trail(1).first?.sequence ?? 0
    for principal in [books.employee, books.viewer] {
      _ = try? await books.workspace.perform(
        CreateEntry(books.entry(500), then: .post), as: principal)
    }
    let records = try await books.trail(10).filter { $0.sequence > before }
    #expect(records.map(\.errorCode) == ["no-grant", "approval"])
    #expect(records.allSatisfy { $0.outcome == .failure && $0.operation == "journal.create" })
    #expect(records.last?.errorMessage?.contains("approval by a manager") ?? false)
    #expect(try await books.workspace.fetch(JournalPage(), as: books.owner).isEmpty)
  }

  @Test func `a request that fails for want of a session is recorded too`() async throws {
    let books = try await TestBooks.make()
    let stranger = Principal(
      user: books.owner.user, business: books.business, token: "stolen", origin: TestBooks.origin)
    _ = try? await books.workspace.perform(CreateEntry(books.entry(1)), as: stranger)
    let record = try #require(try await books.trail(1).first)
    #expect(record.errorCode == "session-ended")
    #expect(record.actor == "user \(books.owner.user.value)")
  }

  @Test func `a chain that nobody touched is sound`() async throws {
    let books = try await Self.busyBooks()
    let result = try await books.workspace.fetch(VerifyAudit(), as: books.viewer)
    #expect(result.isSound)
    #expect(result.findings.isEmpty)
    #expect(result.records > 10)
    #expect(Int64(result.records) == result.headSequence)
  }

  /// What somebody with the file and a database tool could do, and what it is found to be.
  private static let tamperings: [(String, String, VerifyAudit.Finding.Kind)] = [
    (
      "a changed record",
      "UPDATE audit_logs SET actor_name = 'Nobody' WHERE business_id = 1 AND sequence = 5",
      .modified
    ),
    (
      "a changed figure of a record",
      """
      UPDATE audit_logs SET new_values = replace(new_values, '100', '999')
      WHERE business_id = 1 AND operation = 'journal.create'
      """, .modified
    ),
    (
      "a deleted record", "DELETE FROM audit_logs WHERE business_id = 1 AND sequence = 5", .deleted
    ),
    (
      "records that were cut off",
      "DELETE FROM audit_logs WHERE business_id = 1 AND sequence > 8", .truncated
    ),
    (
      "a record with a hash of its own",
      """
      UPDATE audit_logs SET hash = printf('%064d', 7) WHERE business_id = 1 AND sequence = 5
      """, .unlinked
    ),
    (
      "a changed amount of a posted entry",
      """
      UPDATE journal_lines SET debit = debit * 2, base_debit = base_debit * 2,
        credit = credit * 2, base_credit = base_credit * 2
      WHERE business_id = 1 AND entry_id = 1
      """, .entryModified
    ),
    (
      "a changed text of a posted entry",
      "UPDATE journal_entries SET description = 'Bribe' WHERE business_id = 1 AND id = 1",
      .entryModified
    ),
    (
      "a posted entry without its record",
      """
      UPDATE audit_logs SET content_hash = NULL
      WHERE business_id = 1 AND resource_type = 'journal_entry' AND resource_id = 1
      """, .entryUnrecorded
    ),
  ]

  @Test(arguments: tamperings)
  func `tampering is found`(
    _ name: String, _ sql: String, _ kind: VerifyAudit.Finding.Kind
  ) async throws {
    let books = try await Self.busyBooks()
    try await books.dropTriggers(of: ["audit_logs", "journal_entries", "journal_lines"])
    try books.store.script("UPDATE temp.scope SET business_id = 1; \(sql)")
    let result = try await books.workspace.fetch(VerifyAudit(), as: books.viewer)
    #expect(!result.isSound, "\(name)")
    #expect(result.findings.map(\.kind).contains(kind), "\(name): \(result.findings)")
  }

  @Test func `a clock that went back is told of, but proves no damage`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    books.clock.advance(seconds: -60)
    try await books.post(200)
    let result = try await books.workspace.fetch(VerifyAudit(), as: books.viewer)
    #expect(result.findings.map(\.kind).contains(.clockWentBack))
    #expect(result.isSound)
  }

  @Test func `pages follow each other without gap or repetition`() async throws {
    let books = try await Self.busyBooks()
    var seen: [Int64] = []
    var before: Int64?
    while true {
      let page = try await books.workspace.fetch(
        AuditPage(before: before, limit: 4), as: books.owner)
      guard let last = page.last else { break }
      seen += page.map(\.sequence)
      before = last.sequence
    }
    #expect(seen == (1...Int64(seen.count)).reversed())
  }

  private static func busyBooks() async throws -> TestBooks {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    try await books.post(200)
    try await books.workspace.perform(
      CreateEntry(books.entry(100), then: .submit), as: books.employee)
    try await books.workspace.perform(ReverseEntry(entry, reason: "A mistake."), as: books.owner)
    return books
  }
}

extension TestBooks {
  /// Takes away what the schema holds by itself, as somebody with a database tool would.
  func dropTriggers(of tables: Set<String>) async throws {
    let names = try await workspace.store.snapshot(of: business, as: .system) { snapshot in
      try snapshot.rows(
        { (name: String, table: String) in (name, table) },
        """
        SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger' AND :business IS NOT NULL
        """)
    }
    for (name, table) in names where tables.contains(table) {
      try workspace.store.script("DROP TRIGGER main.\"\(name)\"")
    }
  }
}
