import Testing

/// What the database keeps by itself outside posting.
struct BooksTests {
  private let books: Books

  init() throws { books = try Books() }

  @Test func `the instance is a business of its own, number 0`() throws {
    #expect(
      try books.rows("SELECT slug, base_currency FROM businesses WHERE id = 0") == ["instance|XXX"])
  }

  @Test func `each role inherits from the next`() throws {
    #expect(
      try books.rows("SELECT parent_role, child_role FROM role_hierarchies ORDER BY id") == [
        "owner|director", "director|manager", "manager|employee", "employee|viewer",
      ])
  }

  @Test func `an account knows how many stand above it`() throws {
    #expect(
      try books.rows("SELECT id, level FROM accounts WHERE id IN (10, 11, 18) ORDER BY id")
        == ["10|0", "11|1", "18|2"])
  }

  @Test func `moving an account moves those below it`() throws {
    try books.run("UPDATE accounts SET parent_id = NULL WHERE id = 11")
    #expect(
      try books.rows("SELECT id, level FROM accounts WHERE id IN (11, 18) ORDER BY id")
        == ["11|0", "18|1"])
  }

  @Test func `parent and level may be written together`() throws {
    try books.run("UPDATE accounts SET parent_id = 18, level = 3 WHERE id = 14")
    #expect(try books.rows("SELECT level FROM accounts WHERE id = 14") == ["3"])
  }

  @Test func `the number of a deleted account is free again`() throws {
    try books.run(
      """
      UPDATE accounts SET status = 'deleted', deleted_at = 9 WHERE id = 18;
      INSERT INTO accounts (business_id, number, name, type, category, created_at)
      VALUES (1, '1020', 'Till', 'asset', 'cash', 9)
      """)
    #expect(
      try books.rows("SELECT name FROM accounts WHERE number = '1020' AND deleted_at IS NULL")
        == ["Till"])
  }

  @Test func `an empty account is archived and comes back`() throws {
    try books.run("UPDATE accounts SET status = 'inactive', archived_at = 9 WHERE id = 18")
    try books.run("UPDATE accounts SET status = 'active', archived_at = NULL WHERE id = 18")
    #expect(try books.rows("SELECT status FROM accounts WHERE id = 18") == ["active"])
  }

  @Test func `an owner may go when another stays`() throws {
    try books.run(
      """
      UPDATE business_memberships SET role = 'owner' WHERE id = 5;
      UPDATE business_memberships SET role = 'director' WHERE id = 1
      """)
    #expect(
      try books.rows(
        "SELECT user_id FROM business_memberships WHERE role = 'owner' AND business_id = 1")
        == ["5"])
  }

  @Test func `an owner may be suspended when another stays, or when the business is gone`() throws {
    try books.run(
      """
      UPDATE business_memberships SET role = 'owner' WHERE id = 5;
      UPDATE users SET status = 'suspended' WHERE id = 1;
      UPDATE businesses SET status = 'deleted', deleted_at = 9 WHERE id = 2;
      UPDATE users SET status = 'suspended' WHERE id = 4;
      """)
    #expect(
      try books.rows("SELECT id FROM users WHERE status = 'suspended' ORDER BY id") == ["1", "4"])
  }

  @Test func `the last period of a year can be removed while nothing is in it`() throws {
    try books.run(
      """
      INSERT INTO accounting_periods (id, business_id, fiscal_year, number, kind, name, start_date,
        end_date)
      VALUES (106, 1, 2026, 6, 'normal', 'Jun', '2026-06-01', '2026-06-30');
      DELETE FROM accounting_periods WHERE id = 106;
      DELETE FROM accounting_periods WHERE id = 113;
      """)
    #expect(
      try books.rows("SELECT id FROM accounting_periods WHERE id IN (106, 113)") == [])
  }

  @Test func `a closed reconciliation opens again, and then its statement can be corrected`() throws
  {
    try books.run(
      Attempt.reconciled
        + """
        UPDATE reconciliations SET status = 'open', closed_at = NULL, approved_by = NULL;
        UPDATE bank_statements SET reference = '7';
        UPDATE bank_statement_lines SET status = 'matched';
        """)
    #expect(
      try books.rows("SELECT reference FROM bank_statements") == ["7"])
  }

  @Test func `a role in a department can be had again later`() throws {
    try books.run(
      """
      INSERT INTO department_roles (business_id, department_id, user_id, role, starts_at, ends_at,
        created_at)
      VALUES (1, 50, 3, 'lead', 1, 10, 1), (1, 50, 3, 'lead', 10, 20, 1)
      """)
    #expect(try books.rows("SELECT count(*) FROM department_roles") == ["2"])
  }

  @Test func `a period closes, opens again and is locked by somebody else`() throws {
    try books.run(
      """
      UPDATE accounting_periods SET status = 'open' WHERE id = 105;
      UPDATE accounting_periods SET status = 'closed', closed_by = 1, closed_at = 9 WHERE id = 105;
      UPDATE accounting_periods SET status = 'locked', locked_by = 5, locked_at = 10 WHERE id = 105
      """)
    #expect(try books.rows("SELECT status FROM accounting_periods WHERE id = 105") == ["locked"])
  }

  @Test func `closing is opening plus debit less credit, and income starts each year at zero`()
    throws
  {
    try books.run(
      """
      INSERT INTO fiscal_years (business_id, year, start_date, end_date)
      VALUES (1, 2027, '2027-01-01', '2027-12-31');
      INSERT INTO accounting_periods (id, business_id, fiscal_year, number, kind, name, start_date,
        end_date, status)
      VALUES (301, 1, 2027, 1, 'normal', 'Jan', '2027-01-01', '2027-01-31', 'open');
      UPDATE accounting_periods SET status = 'open' WHERE id = 104;
      """
        + Seed.draft(1100, on: "2026-04-05") + Seed.post(1100, sequence: 3, period: 104)
        + Seed.draft(1101, on: "2027-01-05")
        + Seed.post(1101, sequence: 1, period: 301).replacing("2026", with: "2027"))
    #expect(
      try books.rows(
        """
        SELECT account_id, fiscal_year, period_number, opening, debit, credit, closing
        FROM general_ledger_balances WHERE business_id = 1 ORDER BY 1, 2, 3
        """) == [
          "11|2026|1|0|10000|5000|5000", "11|2026|4|5000|5000|0|10000",
          "11|2027|1|10000|5000|0|15000", "12|2026|1|0|5000|10000|-5000",
          "12|2026|4|-5000|0|5000|-10000", "12|2027|1|0|0|5000|-5000",
        ])
  }

  @Test func `the chain goes on from archived records`() throws {
    try books.run(
      Attempt.segment(first: 1, last: 2, "0", "2") + Attempt.archiveRecord
        + """
        DELETE FROM audit_logs WHERE business_id = 1 AND sequence <= 2;
        UPDATE audit_heads SET archived_to = 2 WHERE business_id = 1;
        UPDATE archive_segments SET status = 'done', done_at = 9;
        """ + Attempt.record(5, after: "4", hash: "5"))
    #expect(
      try books.rows("SELECT sequence, archived_to FROM audit_heads WHERE business_id = 1")
        == ["5|2"])
    #expect(try books.rows("SELECT sequence FROM audit_logs ORDER BY 1") == ["3", "4", "5"])
  }

  @Test func `a secret can be erased and the chain stays`() throws {
    try books.run(
      """
      INSERT INTO audit_secrets VALUES (1, 1, 'iban', x'\(Seed.hash("0"))', 'DE00');
      DELETE FROM audit_secrets
      """)
    #expect(try books.rows("SELECT count(*) FROM audit_logs") == ["3"])
  }

  @Test func `the price list is that of the rules`() throws {
    #expect(
      try books.rows("SELECT resource, micro_credits_per_unit FROM price_list ORDER BY id") == [
        "compute|20", "db_read|1", "db_write|10", "storage|50", "storage_held|5", "network|30",
        "api_call|100", "ai_tokens_in|3000", "ai_tokens_out|12000", "page|200",
      ])
  }

  @Test func `nothing dangles and nothing is damaged`() throws {
    #expect(try books.rows("PRAGMA foreign_key_check") == [])
    #expect(try books.rows("PRAGMA integrity_check") == ["ok"])
  }
}
