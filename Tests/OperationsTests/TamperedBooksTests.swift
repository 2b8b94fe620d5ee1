import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// What the doctor asks of books that somebody changed behind the triggers (RULES §3.16).
@Suite struct TamperedBooksTests {
  /// A check, what is done to the books of `books()` and what is found.
  struct Tampering: Sendable {
    let check: String
    let sql: String
    let findings: [String]

    init(_ check: String, _ sql: String, _ findings: String...) {
      self.check = check
      self.sql = sql
      self.findings = findings
    }
  }

  /// GJ-2026-000001 is the employee's 60.00 of rent, submitted and approved by the manager;
  /// GJ-2026-000002 is 40.00 of advertising that is owed, posted by the owner.
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.withThreshold()
    let asked = try await books.workspace.perform(
      CreateEntry(books.entry(60_00), then: .submit), as: books.employee)
    _ = try await books.workspace.perform(ApproveEntry(asked.entry), as: books.manager)
    try await books.post(40_00, debit: "6400", credit: "2110")
    return books
  }

  private func findings(of check: String, in books: TestBooks) async throws -> [String] {
    let checks = try await books.workspace.fetch(Examination(), as: books.owner)
    return try #require(checks.first { $0.name == check }, "\(check)").findings
  }

  /// As somebody with the file and a database tool.
  private func tamper(_ sql: String, in books: TestBooks) async throws {
    try await books.dropTriggers(of: [
      "accounting_periods", "accounts", "audit_logs", "general_ledger", "journal_approvals",
      "journal_entries", "journal_lines", "reconciliations", "trial_balance_lines",
      "workflow_instances",
    ])
    try books.store.script(
      """
      PRAGMA foreign_keys = OFF;
      PRAGMA ignore_check_constraints = ON;
      UPDATE temp.scope SET business_id = 1;
      \(sql);
      PRAGMA ignore_check_constraints = OFF;
      PRAGMA foreign_keys = ON;
      """)
  }

  private static let tamperings: [Tampering] = [
    Tampering(
      "posted entries are numbered, sealed and recorded",
      "UPDATE journal_entries SET number = NULL WHERE number = 'GJ-2026-000002'",
      "D-2 has no number"),
    Tampering(
      "posted entries are numbered, sealed and recorded",
      "UPDATE journal_entries SET content_hash = NULL WHERE number = 'GJ-2026-000002'",
      "GJ-2026-000002 has no hash"),
    Tampering(
      "posted entries are numbered, sealed and recorded",
      "UPDATE audit_logs SET content_hash = NULL WHERE resource_id = 2",
      "GJ-2026-000002 has no record of being posted with its hash"),
    Tampering(
      "lines are on posting accounts of their currency",
      "UPDATE accounts SET is_header = 1 WHERE number = '6400'",
      "line 1 of GJ-2026-000002 is on the heading 6400"),
    Tampering(
      "lines are on posting accounts of their currency",
      "UPDATE accounts SET currency = 'EUR' WHERE number = '2110'",
      "line 2 of GJ-2026-000002 is of USD on 2110, which holds EUR"),
    Tampering(
      "lines are on posting accounts of their currency",
      "UPDATE accounts SET status = 'deleted', deleted_at = 1 WHERE number = '6400'",
      "line 1 of GJ-2026-000002 is on 6400, which was deleted"),
    Tampering(
      "control accounts are their open items",
      """
      UPDATE general_ledger SET credit = credit + 5, base_credit = base_credit + 7
      WHERE account_id = (SELECT id FROM accounts WHERE business_id = 1 AND number = '2110')
      """,
      "2110: the items come to 5 USD more than the ledger, and to 7 more in the base currency"),
    Tampering(
      "approvals are of different people",
      "UPDATE journal_entries SET approved_by = created_by WHERE number = 'GJ-2026-000001'",
      "GJ-2026-000001 was approved without a vote"),
    Tampering(
      "approvals are of different people",
      """
      UPDATE journal_approvals SET user_id = (
        SELECT created_by FROM journal_entries WHERE number = 'GJ-2026-000001');
      UPDATE journal_entries SET approved_by = created_by WHERE number = 'GJ-2026-000001'
      """, "GJ-2026-000001 was approved by whoever had a hand in it"),
    Tampering(
      "approvals are of different people",
      """
      INSERT INTO journal_approvals (business_id, entry_id, round, user_id, acting_for, decision,
        content_hash, decided_at)
      SELECT business_id, entry_id, round, 1, user_id, decision, content_hash, decided_at
      FROM journal_approvals
      """, "GJ-2026-000001 was approved twice by one person"),
    Tampering(
      "approvals were allowed when they were given",
      """
      UPDATE journal_approvals SET user_id = (
        SELECT created_by FROM journal_entries WHERE number = 'GJ-2026-000002')
      """, "the log doesn't say that Olive Owner might approve GJ-2026-000001"),
    Tampering(
      "approvals were allowed when they were given",
      """
      UPDATE journal_approvals SET acting_for = (
        SELECT created_by FROM journal_entries WHERE number = 'GJ-2026-000002')
      """, "the log doesn't say that Max Manager might approve GJ-2026-000001"),
    Tampering(
      "approvals were allowed when they were given",
      "UPDATE journal_approvals SET decided_at = decided_at - 1",
      "the log doesn't say that Max Manager might approve GJ-2026-000001"),
    Tampering(
      "approvals were allowed when they were given",
      "UPDATE audit_logs SET status = 'failure' WHERE operation = 'journal.approve'",
      "the log doesn't say that Max Manager might approve GJ-2026-000001"),
    // To reject takes the same permission, and is no approval.
    Tampering(
      "approvals were allowed when they were given",
      "UPDATE audit_logs SET operation = 'journal.reject' WHERE operation = 'journal.approve'",
      "the log doesn't say that Max Manager might approve GJ-2026-000001"),
    Tampering(
      "workflows agree with their entries", workflow("active", result: "NULL"),
      "workflow 1 is active, and GJ-2026-000001 is posted"),
    Tampering(
      "workflows agree with their entries",
      workflow("completed", result: "'approved'")
        + "; UPDATE workflow_instances SET subject_id = 99",
      "workflow 1 is completed, and its entry is gone"),
    Tampering(
      "normal periods tile their year",
      "UPDATE accounting_periods SET end_date = '2026-03-30' WHERE name = '2026-03'",
      "2026: 2026-04 is from 2026-04-01 to 2026-04-30, not from 2026-03-31"),
    Tampering(
      "normal periods tile their year",
      "DELETE FROM accounting_periods WHERE name = '2026-12'",
      "2026: 2026-11 is from 2026-11-01 to 2026-11-30, not to 2026-12-31"),
    Tampering(
      "normal periods tile their year", "DELETE FROM accounting_periods WHERE kind = 'normal'",
      "2026 has no period"),
    Tampering(
      "rows point within their business",
      "UPDATE journal_lines SET account_id = 9999 WHERE entry_id = 2 AND line_number = 2",
      "journal_lines.account_id 9999 isn't in accounts of this business"),
  ]

  /// One of the first entry, whatever the schema says against it.
  private static func workflow(_ status: String, result: String) -> String {
    """
    INSERT INTO workflow_definitions (id, business_id, key, name, type, steps, status, created_by,
      created_at, published_by, published_at)
    VALUES (1, 1, 'entries', 'Entries', 'approval', '{}', 'active', 1, 1, 1, 1);
    INSERT INTO workflow_instances (id, business_id, definition_id, subject_type, subject_id, title,
      status, result, created_at)
    VALUES (1, 1, 1, 'journal_entry', 1, 'Rent', '\(status)', \(result), 1)
    """
  }

  @Test(arguments: tamperings)
  func `what was changed behind the triggers is found and named`(
    _ tampering: Tampering
  ) async throws {
    let books = try await books()
    #expect(try await findings(of: tampering.check, in: books).isEmpty)
    try await tamper(tampering.sql, in: books)
    #expect(try await findings(of: tampering.check, in: books) == tampering.findings)
  }

  @Test func `what a row names of another business is found, by whichever key`() async throws {
    let books = try await books()
    let neighbour = try await books.neighbour()
    let (theirs, person) = (neighbour.account("1120").value, neighbour.owner.user.value)
    try await tamper(
      """
      UPDATE journal_lines SET account_id = \(theirs) WHERE entry_id = 2 AND line_number = 2;
      UPDATE journal_approvals SET user_id = \(person)
      """, in: books)
    #expect(
      try await findings(of: "rows point within their business", in: books) == [
        "journal_approvals.user_id \(person) isn't in business_memberships of this business",
        "journal_lines.account_id \(theirs) isn't in accounts of this business",
      ])
    let beside = try await neighbour.workspace.fetch(Examination(), as: neighbour.owner)
    #expect(beside.flatMap(\.findings) == [])
  }

  @Test func `a snapshot whose rows were changed isn't what was kept`() async throws {
    let books = try await books()
    _ = try await books.workspace.perform(
      TakeSnapshot(.year(to: TestBooks.today)), as: books.manager)
    let check = "snapshots are what was kept"
    #expect(try await findings(of: check, in: books).isEmpty)
    try await tamper(
      "UPDATE trial_balance_lines SET debit = debit + 1, closing = closing + 1", in: books)
    #expect(
      try await findings(of: check, in: books) == [
        "2026-11-23, post-closing, run 1, has other rows than its hash"
      ])
  }

  @Test func `a closed reconciliation whose lines were changed is proved no more`() async throws {
    let desk = try await ReconciledBooks()
    try await desk.books.post(100)
    let id = try await desk.start(-100)
    _ = try await desk.perform(ClearLines(.through(TestBooks.today), in: id))
    try await desk.close(id)
    let check = "closed reconciliations are proved"
    #expect(try await findings(of: check, in: desk.books).isEmpty)
    try await tamper(
      "UPDATE journal_lines SET credit = 90, base_credit = 90 WHERE credit = 100", in: desk.books)
    #expect(
      try await findings(of: check, in: desk.books) == [
        "1120 Current account of 2026-11-23 has a difference"
      ])
  }

  @Test func `each check has an id of its own, a severity and an explanation`() async throws {
    let books = try await TestBooks.make()
    let checks = try await books.workspace.fetch(Examination(), as: books.owner)
    let meanings = try checks.map { try #require($0.meaning, "\($0.name)") }
    #expect(Set(meanings.map(\.id)).count == checks.count)
    #expect(meanings.allSatisfy { $0.explanation.hasSuffix(".") })
  }
}
