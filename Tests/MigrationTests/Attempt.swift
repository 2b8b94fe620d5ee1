import Testing

/// Something that somebody with a shell and the file may try, and what the database says to it.
struct Attempt: Sendable, CustomTestStringConvertible {
  let name: String
  let sql: String
  /// What the message begins with.
  let refusal: String

  init(_ name: String, _ sql: String, _ refusal: String) {
    self.name = name
    self.sql = sql
    self.refusal = refusal
  }

  var testDescription: String { name }

  static let all =
    people + access + chart + periods + drafts + approvals + postings + posted
    + evidence + audit + workflows + tenants

  static let check = "CHECK constraint failed"
  static let unique = "UNIQUE constraint failed"
  static let foreignKey = "FOREIGN KEY constraint failed"
  static let text = "cannot store TEXT value in INTEGER column"
  static let real = "cannot store REAL value in INTEGER column"
}

struct AttemptTests {
  @Test(arguments: Attempt.all)
  func `the database refuses`(attempt: Attempt) throws {
    let books = try Books()
    let refusal = try #require(books.refusal(of: attempt.sql), "it was done")
    #expect(refusal.hasPrefix(attempt.refusal), "\(refusal)")
  }

  @Test(arguments: Attempt.all.filter { $0.refusal.hasPrefix("CF") })
  func `a refused attempt changes nothing`(attempt: Attempt) throws {
    let books = try Books()
    let before = try books.rows(Self.everything)
    _ = books.refusal(of: attempt.sql)
    #expect(try books.rows(Self.everything) == before)
  }

  /// Each guard is dropped in turn: some attempt on its table must then get further than before.
  @Test func `no guard could be left out`() throws {
    let guards = try Books().rows(
      """
      SELECT name || char(10) || tbl_name || char(10) || sql FROM sqlite_schema
      WHERE type = 'trigger' AND sql LIKE '%RAISE(%' ORDER BY name
      """
    ).map { $0.split(separator: "\n", maxSplits: 2).map(String.init) }
    for parts in guards {
      let needed = try Attempt.all.contains { attempt in
        guard parts[2].contains(attempt.refusal), attempt.sql.contains(parts[1]) else {
          return false
        }
        let books = try Books()
        try books.run("DROP TRIGGER \(parts[0])")
        return books.refusal(of: attempt.sql)?.hasPrefix(attempt.refusal) != true
      }
      #expect(needed, "\(parts[0])")
    }
    #expect(guards.count > 100)
  }

  private static let everything = """
    SELECT id, status, version, description FROM journal_entries
    UNION ALL SELECT account_id, currency, debit, credit FROM general_ledger
    UNION ALL SELECT id, debit, credit, account_id FROM journal_lines
    UNION ALL SELECT id, hash, operation, sequence FROM audit_logs
    UNION ALL SELECT fiscal_year, series, last_number, 0 FROM entry_sequences
    """
}
