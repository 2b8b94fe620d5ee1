import Domain
import Operations
import Store
import TestSupport
import Testing

/// Every column that counts is under a hash: whatever somebody changes with a database tool is found
/// (RULES §6.2).
@Suite struct EvidenceTests {
  /// A record is known by its business and sequence; its id only leads the full-text index to it.
  private static let outsideRecord: Set<String> = ["id"]

  /// What a column is changed to where one more, or a longer text, isn't another value of it.
  private static let recordValues = [
    "event_type": "'void'", "status": "'warning'", "old_values": "'{\"x\":1}'",
    "new_values": "'{\"x\":1}'", "changed_fields": "'[\"x\"]'", "sensitive": "1 - sensitive",
    "content_hash": "printf('%064d', 7)", "hash": "printf('%064d', 7)",
    "previous_hash": "printf('%064d', 7)", "sequence": "900",
  ]

  @Test func `whatever column of an audit record is changed, it is found`() async throws {
    let columns = try await Self.columns(of: "audit_logs")
    #expect(columns.count == 40)
    for column in columns where !Self.outsideRecord.contains(column.name) {
      let value = Self.recordValues[column.name] ?? column.otherValue
      let findings = try await Self.findings(
        after: "UPDATE audit_logs SET \(column.name) = \(value) WHERE sequence = 6")
      #expect(!findings.isEmpty, "\(column.name)")
    }
  }

  /// What happens to an entry and by whom: its records in the chain say so. The others are in its
  /// number, which the hash is of.
  private static let outsideEntry: Set<String> = [
    "draft_number", "series", "fiscal_year", "sequence", "created_by", "created_at",
    "updated_by", "updated_at", "submitted_by", "submitted_at", "submit_round",
    "ever_submitted", "content_hash", "approved_by", "approved_at", "self_approved", "exemption",
    "posted_by", "posted_at", "voided_by", "voided_at", "void_reason", "reversed_at",
    "reversed_by_entry_id", "version",
  ]

  @Test func `whatever column of a posted entry is changed, it is found`() async throws {
    let values = ["status": "'draft'", "type": "'correction'", "source": "'bill'"]
    for column in try await Self.columns(of: "journal_entries")
    where !Self.outsideEntry.contains(column.name) {
      let value = values[column.name] ?? column.otherValue
      let findings = try await Self.findings(
        after: "UPDATE journal_entries SET \(column.name) = \(value) WHERE id = 2")
      #expect(!findings.isEmpty, "\(column.name)")
    }
  }

  /// Whether the bank has it, which is known later.
  private static let outsideLine: Set<String> = [
    "id", "reconciliation_status", "cleared_at", "cleared_by", "reconciliation_id",
  ]

  @Test func `whatever column of a posted line is changed, it is found`() async throws {
    for column in try await Self.columns(of: "journal_lines")
    where !Self.outsideLine.contains(column.name) {
      let value = column.name == "line_number" ? "9" : column.otherValue
      let findings = try await Self.findings(
        after: """
          UPDATE journal_lines SET \(column.name) = \(value) WHERE entry_id = 2 AND line_number = 1
          """)
      #expect(!findings.isEmpty, "\(column.name)")
    }
  }

  /// What becomes of a file later, and by whom it came: its records in the chain say so.
  private static let outsideFile: Set<String> = [
    "id", "period_id", "added_by", "added_at", "hidden_by", "hidden_at",
    "hidden_reason",
  ]

  @Test func `whatever column of a posted entry's file is changed, it is found`() async throws {
    for column in try await Self.columns(of: "attachments")
    where !Self.outsideFile.contains(column.name) {
      let findings = try await Self.findings(
        after: "UPDATE attachments SET \(column.name) = \(column.otherValue) WHERE entry_id = 2")
      #expect(!findings.isEmpty, "\(column.name)")
    }
  }

  @Test func `books that nobody touched have no findings`() async throws {
    #expect(try await Self.findings(after: "").isEmpty)
  }

  private struct Column {
    let name: String
    let type: String

    var otherValue: String {
      type == "INTEGER" ? "coalesce(\(name), 0) + 1" : "coalesce(\(name), '') || 'x'"
    }
  }

  private static func columns(of table: String) async throws -> [Column] {
    let books = try await TestBooks.make()
    return try await books.store.snapshot(of: books.business, as: .system) {
      try $0.rows(
        { (name: String, type: String) in Column(name: name, type: type) },
        "SELECT name, type FROM pragma_table_info(:table) WHERE :business > 0", ["table": table])
    }
  }

  /// With two posted entries and nothing that keeps anybody from changing them.
  private static let unguarded: Task<TestBooks, any Error> = Task {
    let books = try await TestBooks.make()
    try await books.post(100)
    let entry = try await books.workspace.perform(
      CreateEntry(books.entry(200)), as: books.owner
    ).entry
    _ = try await books.workspace.perform(
      AttachFile(NewAttachment("receipt.txt", [1]), to: .entry(entry)), as: books.owner)
    _ = try await books.workspace.perform(PostEntry(entry), as: books.owner)
    try await books.dropTriggers(
      of: ["audit_logs", "journal_entries", "journal_lines", "attachments"])
    return books
  }

  /// What verifying such books finds after somebody with a database tool has run `sql`.
  private static func findings(after sql: String) async throws -> [VerifyAudit.Finding] {
    let books = try await unguarded.value.copy(seed: 2)
    try books.store.script(
      """
      PRAGMA foreign_keys = OFF;
      PRAGMA ignore_check_constraints = ON;
      UPDATE temp.scope SET business_id = 1;
      DROP TRIGGER temp.guard_audit_logs_UPDATE;
      DROP TRIGGER temp.guard_journal_entries_UPDATE;
      DROP TRIGGER temp.guard_journal_lines_UPDATE;
      DROP TRIGGER temp.guard_attachments_UPDATE;
      \(sql)
      """)
    return try await books.workspace.fetch(VerifyAudit(), as: books.viewer).findings
  }
}
