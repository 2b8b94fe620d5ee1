import GRDB
import Testing

/// How SQLite finds what triggers and pages look for, with the statistics that the schema ships.
/// The pages here are shapes that the indexes are made for; `StatementTests` has what the program
/// asks.
struct PlanTests {
  private let books: Books

  init() throws { books = try Books() }

  @Test func `no trigger reads more of a large table than it needs`() throws {
    let (wide, looked) = try wideSteps()
    #expect(wide == [])
    #expect(looked > 150)
  }

  @Test func `without the shipped statistics they would`() throws {
    try books.run("DELETE FROM sqlite_stat1; ANALYZE sqlite_schema")
    #expect(try !wideSteps().wide.isEmpty)
  }

  /// The steps of all triggers' plans that read too much, and how many steps there are.
  private func wideSteps() throws -> (wide: [String], looked: Int) {
    let triggers = try books.rows(
      "SELECT name || char(10) || sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
    var wide: [String] = []
    var looked = 0
    for trigger in triggers {
      for statement in statements(of: trigger) {
        let steps = try books.plan(statement)
        looked += steps.count
        wide += steps.filter(isWide).map { "\(trigger.prefix { $0 != "\n" }): \($0)" }
      }
    }
    return (wide, looked)
  }

  @Test(arguments: ["account_id, sum(debit)", "sum(base_debit) - sum(base_credit)", "count(*)"])
  func `the lines of an entry are found by the entry`(columns: String) throws {
    let steps = try books.plan(
      "SELECT \(columns) FROM journal_lines WHERE business_id = :b AND entry_id = :e")
    #expect(steps.contains { $0.contains("(business_id=? AND entry_id=?)") }, "\(steps)")
  }

  @Test(arguments: [
    (
      """
      SELECT id FROM journal_entries WHERE business_id = :b AND (entry_date, id) > (:d, :i)
      ORDER BY entry_date, id LIMIT 100
      """, "journal_entries_date"
    ),
    (
      """
      SELECT id FROM journal_entries
      WHERE business_id = :b AND status = :s AND (entry_date, id) < (:d, :i)
      ORDER BY entry_date DESC, id DESC LIMIT 100
      """, "journal_entries_status"
    ),
    (
      """
      SELECT entry_id, debit, credit FROM journal_lines
      WHERE business_id = :b AND account_id = :a AND entry_date BETWEEN :d AND :e
      ORDER BY entry_date LIMIT 100
      """, "COVERING INDEX journal_lines_register"
    ),
    (
      """
      SELECT sequence FROM audit_logs WHERE business_id = :b AND sequence < :s
      ORDER BY sequence DESC LIMIT 100
      """, "sqlite_autoindex_audit_logs_1"
    ),
    (
      """
      SELECT sequence FROM audit_logs WHERE business_id = :b AND actor_id = :a AND sequence < :s
      ORDER BY sequence DESC LIMIT 100
      """, "audit_logs_actor"
    ),
    (
      """
      SELECT sequence FROM audit_logs
      WHERE business_id = :b AND resource_type = :t AND resource_id = :i ORDER BY sequence
      """, "audit_logs_resource"
    ),
    (
      "SELECT sequence FROM audit_logs WHERE business_id = :b AND at >= :t ORDER BY at LIMIT 100",
      "audit_logs_at"
    ),
    ("SELECT id FROM journal_entries WHERE business_id = :b AND number = :n", "number_text"),
    ("SELECT id FROM journal_entries WHERE business_id = :b AND source_key = :k", "source_key"),
    (
      "SELECT id FROM accounts WHERE business_id = :b AND parent_id = :p ORDER BY number",
      "accounts_parent"
    ),
    ("SELECT id FROM users WHERE lower(email) = lower(:e)", "users_email"),
    (
      """
      SELECT account_id, sum(base_debit - base_credit) FROM general_ledger
      WHERE business_id = :b GROUP BY account_id
      """, "PRIMARY KEY (business_id=?)"
    ),
  ])
  func `a page is read from its index in its order`(sql: String, index: String) throws {
    let steps = try books.plan(sql)
    #expect(steps.contains { $0.contains(index) }, "\(steps)")
    #expect(!steps.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN") }, "\(steps)")
  }

  /// A table read from end to end, or all that a business has in one that grows with its books.
  private func isWide(_ step: String) -> Bool {
    if step.hasPrefix("SCAN") {
      return !["CONSTANT ROW", "above", "below"].contains { step.contains($0) }
    }
    return step.hasSuffix("(business_id=?)")
      && ["journal_", " l ", " e ", "audit_logs", " r "].contains { step.contains($0) }
  }

  /// The statements in a trigger's body, with parameters for the row and without what they raise.
  private func statements(of trigger: String) -> [String] {
    guard let body = trigger.split(separator: "\nBEGIN\n", maxSplits: 1).last else { return [] }
    return body.dropLast("END".count)
      .replacing(/RAISE\s*\(ABORT, '(?:[^']|'')*'\)/, with: "1")
      .replacing(/\b(?:NEW|OLD)\.(\w+)/) { ":\($0.output.1)" }
      .split(separator: ";").map { $0.trimmingPrefix(while: \.isWhitespace) }
      .filter { !$0.isEmpty && !$0.contains("_fts") }.map(String.init)
  }
}
