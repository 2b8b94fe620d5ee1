import Testing

/// The full-text indexes and what keeps them.
struct SearchTests {
  private let books: Books

  init() throws { books = try Books() }

  private static let indexes = [
    "businesses", "users", "accounts", "journal_entries", "journal_lines", "audit_logs",
  ]

  @Test(arguments: [
    ("journal_entries", "cafe", "count"), ("journal_entries", "CAFÉ la*", "count"),
    ("users", "angstrom", "3"), ("users", "ada*", "1"), ("accounts", "reta*", "17"),
    ("businesses", "harbour", "1"), ("audit_logs", "zoe", "3"),
  ])
  func `words are found whatever their accents and case`(
    table: String, words: String, found: String
  ) throws {
    let ids = try books.rows("SELECT rowid FROM \(table)_fts ('\(words)') ORDER BY rowid")
    let all = try books.rows("SELECT id FROM \(table) ORDER BY id")
    #expect(ids == (found == "count" ? all : [found]))
  }

  @Test func `a changed text is found by its new words and not by its old`() throws {
    try books.run("UPDATE journal_entries SET description = 'Zebra' WHERE id = 1000")
    #expect(try books.rows("SELECT rowid FROM journal_entries_fts ('zebra')") == ["1000"])
    #expect(
      try books.rows("SELECT rowid FROM journal_entries_fts ('cafe') WHERE rowid = 1000") == [])
  }

  @Test func `a line is indexed while it says something`() throws {
    let found = "SELECT rowid FROM journal_lines_fts ('kumquat')"
    try books.run("UPDATE journal_lines SET description = 'Kumquat' WHERE id = 10001")
    #expect(try books.rows(found) == ["10001"])
    try books.run("UPDATE journal_lines SET description = '' WHERE id = 10001")
    #expect(try books.rows(found) == [])
    try books.run("UPDATE journal_lines SET counterparty = 'Kumquat' WHERE id = 10001")
    #expect(try books.rows(found) == ["10001"])
    try books.run("DELETE FROM journal_lines WHERE id = 10001")
    #expect(try books.rows(found) == [])
  }

  @Test func `archived records are found no more`() throws {
    try books.run(
      Attempt.segment(first: 1, last: 3, "0", "3") + Attempt.archiveRecord
        + "DELETE FROM audit_logs WHERE business_id = 1 AND sequence <= 3")
    #expect(try books.rows("SELECT rowid FROM audit_logs_fts ('zoe')") == [])
  }

  @Test func `a refused change leaves the index as it was`() throws {
    _ = books.refusal(of: "UPDATE journal_entries SET description = 'Zebra' WHERE id = 1003")
    #expect(try books.rows("SELECT rowid FROM journal_entries_fts ('zebra')") == [])
  }

  @Test(arguments: indexes) func `index and table agree after everything`(table: String) throws {
    try books.run(
      """
      UPDATE journal_entries SET notes = 'x y z' WHERE id = 1000;
      UPDATE journal_lines SET reference = 'r1', project = 'p' WHERE entry_id = 1000;
      DELETE FROM journal_lines WHERE id = 10002;
      UPDATE accounts SET name = 'Giro' WHERE id = 11;
      UPDATE users SET username = 'ada' WHERE id = 1;
      UPDATE businesses SET legal_name = 'Harbour Ltd' WHERE id = 1;
      """ + Seed.draft(1100) + Seed.post(1100, sequence: 3))
    try books.run("INSERT INTO \(table)_fts (\(table)_fts, rank) VALUES ('integrity-check', 1)")
  }

  @Test func `a damaged index is noticed`() throws {
    try books.run(
      "INSERT INTO accounts_fts (rowid, number, name, description) VALUES (11, 'x', 'y', 'z')")
    #expect(
      books.refusal(
        of: "INSERT INTO accounts_fts (accounts_fts, rank) VALUES ('integrity-check', 1)") != nil)
  }
}
