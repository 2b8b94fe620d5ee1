import GRDB
import GRDBSQLite
import Testing

/// What the database does by itself when an entry is posted.
struct PostingTests {
  private let books: Books

  init() throws { books = try Books() }

  private static let ledger = """
    SELECT account_id, period_id, currency, debit, credit, base_debit, base_credit, line_count
    FROM general_ledger ORDER BY 1, 2, 3
    """

  @Test func `posting writes the ledger and moves the series on`() throws {
    try books.run(Seed.post(1000, sequence: 3))
    #expect(
      try books.rows(Self.ledger) == [
        "11|101|USD|15000|5000|15000|5000|4", "12|101|USD|5000|15000|5000|15000|4",
      ])
    #expect(
      try books.rows("SELECT fiscal_year, series, last_number FROM entry_sequences ORDER BY 2")
        == ["2026|GJ|3", "2026|RV|1"])
  }

  @Test func `what a file proves is posted where something must`() throws {
    try books.run(
      """
      UPDATE businesses SET evidence_from = 5000 WHERE id = 1;
      INSERT INTO attachment_contents VALUES (1, '\(Seed.hash("e"))', 1, x'01');
      INSERT INTO attachments (business_id, entry_id, file_name, sha256, added_by, added_at)
      VALUES (1, 1000, 'a.pdf', '\(Seed.hash("e"))', 3, 9);

      """ + Seed.post(1000, sequence: 3))
    #expect(try books.rows("SELECT status FROM journal_entries WHERE id = 1000") == ["posted"])
  }

  @Test func `the ledger is what the posted and reversed lines add up to`() throws {
    let lines = """
      SELECT l.account_id, e.period_id, l.currency, sum(l.debit), sum(l.credit), sum(l.base_debit),
        sum(l.base_credit), count(*)
      FROM journal_lines l
      JOIN journal_entries e ON e.business_id = l.business_id AND e.id = l.entry_id
      WHERE e.status IN ('posted', 'reversed')
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      """
    try books.run(Seed.post(1002, sequence: 3, exemption: "NULL"))
    #expect(try books.rows(Self.ledger) == books.rows(lines))
  }

  @Test func `a holder of an exception posts into a closed period until it runs out`() throws {
    try books.run(
      Seed.draft(1100, on: "2026-02-05")
        + Seed.post(1100, sequence: 3, period: 102).replacing(
          "posted_at = 8", with: "posted_at = 999"))
    #expect(
      try books.rows("SELECT number FROM journal_entries WHERE id = 1100") == ["GJ-2026-000003"])
  }

  @Test func `an exception for a series lets that series in`() throws {
    try books.run(
      Seed.draft(1100, on: "2026-02-05", type: "adjusting")
        + Seed.post(1100, sequence: 1, series: "AJ", period: 102, by: 5))
    #expect(try books.rows("SELECT status FROM journal_entries WHERE id = 1100") == ["posted"])
  }

  @Test(arguments: [
    ("opening", "2026-01-01", "OB", 100), ("adjusting", "2026-12-31", "AJ", 113),
    ("adjusting", "2026-01-31", "AJ", 101), ("correction", "2026-12-31", "CO", 113),
  ])
  func `each type is posted into the periods that take it`(
    type: String, day: String, series: String, period: Int
  ) throws {
    try books.run(
      Seed.draft(1100, on: day, type: type)
        + Seed.post(1100, sequence: 1, series: series, period: period))
    #expect(try books.rows("SELECT status FROM journal_entries WHERE id = 1100") == ["posted"])
  }

  @Test func `what takes an entry of the adjusting period back on its day goes there too`() throws {
    let day = "2026-12-31"
    try books.run(
      Seed.draft(1100, on: day, type: "adjusting")
        + Seed.post(1100, sequence: 1, series: "AJ", period: 113)
        + Seed.draft(1101, on: day) + Seed.turned(1101, reverses: 1100)
        + Seed.post(1101, sequence: 2, series: "RV", period: 113))
    #expect(try books.rows("SELECT status FROM journal_entries WHERE id = 1101") == ["posted"])
  }

  @Test func `a revaluation changes the base amount alone, even where the account has a currency`()
    throws
  {
    try books.run(
      Seed.draft(1100, type: "adjusting", accounts: (14, 12))
        + "UPDATE journal_lines SET currency = 'EUR', debit = 0 WHERE id = 11001;"
        + Seed.post(1100, sequence: 1, series: "AJ"))
    #expect(try books.rows(Self.ledger).contains("14|101|EUR|0|0|5000|0|1"))
  }

  @Test func `a foreign entry without a rate is posted with no value`() throws {
    try books.run(
      Seed.draft(1100, accounts: (14, 12))
        + """
        UPDATE journal_lines SET currency = 'EUR', base_debit = 0, base_credit = 0, unvalued = 1
        WHERE entry_id = 1100;
        UPDATE journal_entries SET total = 0 WHERE id = 1100;
        """ + Seed.post(1100, sequence: 3))
    #expect(try books.rows(Self.ledger).contains("14|101|EUR|5000|0|0|0|1"))
  }

  @Test func `what was booked for a department is taken back after it closed`() throws {
    try books.run(
      Seed.draft(1100)
        + "UPDATE journal_lines SET department_id = 52 WHERE entry_id = 1100;"
        + Seed.post(1100, sequence: 3) + Seed.draft(1101, on: "2026-01-12")
        + Seed.turned(1101, reverses: 1100)
        + "UPDATE journal_lines SET department_id = 52 WHERE entry_id = 1101;"
        + Seed.post(1101, sequence: 2, series: "RV"))
    #expect(try books.rows("SELECT status FROM journal_entries WHERE id = 1101") == ["posted"])
  }

  @Test func `a reversal leaves every balance as it was`() throws {
    let balances = """
      SELECT account_id, currency, sum(debit - credit), sum(base_debit - base_credit)
      FROM general_ledger GROUP BY 1, 2
      """
    let before = try books.rows(balances)
    try books.run(
      Seed.post(1000, sequence: 3) + Seed.draft(1100) + Seed.turned(1100, reverses: 1000)
        + Seed.post(1100, sequence: 2, series: "RV")
          + """
          UPDATE journal_entries SET status = 'reversed', reversed_at = 9,
            reversed_by_entry_id = 1100
          WHERE id = 1000
          """)
    #expect(try books.rows(balances) == before)
  }

  @Test(arguments: ["OR REPLACE", "OR IGNORE", "OR FAIL"])
  func `however the statement treats conflicts, the ledger adds up`(clause: String) throws {
    try books.run(Seed.post(1000, sequence: 3, clause: clause))
    #expect(
      try books.rows("SELECT sum(debit) - sum(credit), sum(line_count) FROM general_ledger")
        == ["0|8"])
  }

  @Test func `a balance that no longer fits is refused, not rounded`() throws {
    let most = "9223372036854775807"
    let large = { (id: Int, sequence: Int) in
      Seed.draft(id)
        + """
        UPDATE journal_lines SET debit = \(most) * (debit > 0), credit = \(most) * (credit > 0),
          base_debit = \(most) * (debit > 0), base_credit = \(most) * (credit > 0)
        WHERE entry_id = \(id);
        UPDATE journal_entries SET total = \(most) WHERE id = \(id);
        """ + Seed.post(id, sequence: sequence, period: 101)
    }
    let refusal = try #require(books.refusal(of: large(1100, 3)))
    #expect(refusal.hasPrefix(Attempt.real))
  }

  @Test func `in small-business mode who made an entry may approve it, and it says so`() throws {
    try books.run(
      "UPDATE businesses SET self_approval = 1 WHERE id = 1;" + Seed.vote(1001, by: 3)
        + Seed.approve(1001, by: 3, marks: ", self_approved = 1"))
    #expect(
      try books.rows("SELECT status, self_approved FROM journal_entries WHERE id = 1001")
        == ["approved|1"])
  }

  @Test func `in an emergency who made an entry may approve it, while it lasts`() throws {
    func glass(until end: Int) -> String {
      """
      INSERT INTO broken_glass (business_id, user_id, reason, starts_at, ends_at, review_due_at)
      VALUES (1, 3, 'flood', 1, \(end), 9000);

      """
    }
    let both = Seed.vote(1001, by: 3) + Seed.approve(1001, by: 3, marks: ", self_approved = 1")
    #expect(books.refusal(of: glass(until: 7) + both)?.hasPrefix("CF015") == true)
    try books.run(glass(until: 8) + both)
    #expect(
      try books.rows("SELECT status, self_approved FROM journal_entries WHERE id = 1001")
        == ["approved|1"])
  }

  @Test func `a rule may approve where no person does, and it is named`() throws {
    try books.run(
      """
      UPDATE journal_entries SET status = 'approved', approved_at = 7, exemption = 'under 1000'
      WHERE id = 1001
      """)
    #expect(try books.rows("SELECT status FROM journal_entries WHERE id = 1001") == ["approved"])
  }

  @Test func `what was submitted and withdrawn can be submitted again, in a new round`() throws {
    try books.run(Seed.submit(1008))
    #expect(
      try books.rows("SELECT status, submit_round FROM journal_entries WHERE id = 1008")
        == ["pending_approval|2"])
  }

  @Test func `a draft that was never submitted can be discarded`() throws {
    try books.run(
      "DELETE FROM journal_lines WHERE entry_id = 1000; DELETE FROM journal_entries WHERE id = 1000"
    )
    #expect(try books.rows("SELECT id FROM journal_entries WHERE id = 1000") == [])
  }

  @Test func `the new row's id is known after inserting, whatever triggers write`() throws {
    let id = try books.queue.write { db in
      try db.execute(
        sql: """
          INSERT INTO journal_entries (business_id, draft_number, entry_date, description,
            created_by, created_at)
          VALUES (1, 77, '2026-01-09', 'Tee', 3, 5)
          """)
      return db.lastInsertedRowID
    }
    #expect(try books.rows("SELECT id FROM journal_entries WHERE draft_number = 77") == ["\(id)"])
  }

  /// Steps of SQLite's machine, which don't depend on the machine below.
  @Test func `posting costs the same in a large ledger as in a small one`() throws {
    let small = try steps(Seed.post(1000, sequence: 3))
    try books.run(
      (2...700).map { Seed.draft(1098 + $0) + Seed.post(1098 + $0, sequence: $0 + 2) }.joined())
    let large = try steps(Seed.post(1002, sequence: 703, exemption: "NULL"))
    #expect(Double(large) < Double(small) * 1.1, "\(small) steps, then \(large)")
  }

  private func steps(_ sql: String) throws -> Int {
    try books.queue.write { db in
      let statement = try db.makeStatement(sql: sql)
      try statement.execute()
      return Int(sqlite3_stmt_status(statement.sqliteStatement, SQLITE_STMTSTATUS_VM_STEP, 1))
    }
  }
}
