extension Attempt {
  /// What is posted, and the ledger that posting wrote.
  static let posted = [
    Attempt(
      "rewording a posted entry",
      "UPDATE journal_entries SET description = 'x' WHERE id = 1003", "CF001"),
    Attempt(
      "another version of a posted entry",
      "UPDATE journal_entries SET version = version + 1 WHERE id = 1003", "CF001"),
    Attempt(
      "another hash of a posted entry",
      "UPDATE journal_entries SET content_hash = '\(Seed.hash("c"))' WHERE id = 1003", "CF001"),
    Attempt(
      "another number of a posted entry",
      "UPDATE journal_entries SET sequence = 9, number = 'GJ-2026-000009' WHERE id = 1003",
      "CF001"),
    Attempt(
      "another id of a posted entry", "UPDATE journal_entries SET id = 9 WHERE id = 1003",
      "CF003"),
    Attempt(
      "taking back a posting",
      "UPDATE journal_entries SET status = 'draft', series = NULL, fiscal_year = NULL, "
        + "sequence = NULL, number = NULL, posted_by = NULL, posted_at = NULL WHERE id = 1003",
      "CF0"),
    Attempt(
      "voiding a posted entry",
      "UPDATE journal_entries SET status = 'voided' WHERE id = 1003", "CF012"),
    Attempt("removing a posted entry", "DELETE FROM journal_entries WHERE id = 1003", "CF016"),
    Attempt(
      "replacing a posted entry",
      Seed.draft(1003).replacing("INSERT INTO journal_e", with: "INSERT OR REPLACE INTO journal_e"),
      "CF016"),
    Attempt(
      "reversed without a reversal",
      "UPDATE journal_entries SET status = 'reversed', reversed_at = 9, "
        + "reversed_by_entry_id = 1006 WHERE id = 1003", "CF017"),
    Attempt(
      "reversed by the reversal of something else",
      "UPDATE journal_entries SET reversed_at = 9, reversed_by_entry_id = 1006 WHERE id = 1003",
      check),
    Attempt(
      "a moment of reversal alone", "UPDATE journal_entries SET reversed_at = 9 WHERE id = 1003",
      check),
    Attempt(
      "a link to a reversal alone",
      "UPDATE journal_entries SET reversed_by_entry_id = 1006 WHERE id = 1003", check),
    Attempt(
      "reversed at no moment",
      Seed.draft(1100) + Seed.turned(1100, reverses: 1003)
        + Seed.post(1100, sequence: 2, series: "RV")
        + "UPDATE journal_entries SET status = 'reversed', reversed_by_entry_id = 1100 "
        + "WHERE id = 1003", check),
    Attempt(
      "another reversal of what is reversed",
      "UPDATE journal_entries SET reversed_by_entry_id = 1003 WHERE id = 1005", "CF001"),
    Attempt(
      "changing a posted line", "UPDATE journal_lines SET debit = 1 WHERE id = 10031", "CF001"),
    Attempt(
      "rewording a posted line", "UPDATE journal_lines SET description = 'x' WHERE id = 10031",
      "CF001"),
    Attempt(
      "another day for a posted line",
      "UPDATE journal_lines SET entry_date = '2026-01-10' WHERE id = 10031", "CF001"),
    Attempt("removing a posted line", "DELETE FROM journal_lines WHERE id = 10031", "CF001"),
    Attempt(
      "moving a line into a posted entry",
      "UPDATE journal_lines SET entry_id = 1003, line_number = 3 WHERE id = 10001", "CF001"),
    Attempt(
      "a line more on a posted entry",
      """
      INSERT INTO journal_lines (business_id, entry_id, line_number, entry_date, account_id,
        currency, debit, base_debit)
      VALUES (1, 1003, 3, '2026-01-09', 11, 'USD', 1, 1)
      """, "CF001"),
    Attempt(
      "replacing a posted line",
      """
      INSERT OR REPLACE INTO journal_lines (id, business_id, entry_id, line_number, entry_date,
        account_id, currency, debit, base_debit)
      VALUES (10031, 1, 1000, 3, '2026-01-09', 11, 'USD', 1, 1)
      """, "CF001"),
    Attempt(
      "raising the ledger",
      "UPDATE general_ledger SET debit = debit + 1, line_count = "
        + "line_count + 1", "CF025"),
    Attempt("lowering the ledger", "UPDATE general_ledger SET debit = 0", "CF025"),
    Attempt("emptying the ledger", "DELETE FROM general_ledger", "CF025"),
    Attempt(
      "a line of one's own in the ledger",
      """
      INSERT INTO general_ledger (business_id, account_id, period_id, currency, debit, base_debit,
        line_count)
      VALUES (1, 13, 101, 'USD', 1, 1, 1)
      """, "CF025"),
    Attempt(
      "replacing a row of the ledger",
      """
      INSERT OR REPLACE INTO general_ledger (business_id, account_id, period_id, currency)
      VALUES (1, 11, 101, 'USD')
      """, "CF025"),
    Attempt(
      "the next number without an entry",
      "UPDATE entry_sequences SET last_number = last_number + 1 WHERE series = 'GJ'", "CF024"),
    Attempt(
      "numbering again", "UPDATE entry_sequences SET last_number = 0 WHERE series = 'GJ'", "CF024"),
    Attempt("removing a series", "DELETE FROM entry_sequences", "CF024"),
    Attempt(
      "a series that starts at 5",
      "INSERT INTO entry_sequences VALUES (1, 2026, 'AJ', 5)", "CF024"),
    Attempt(
      "replacing a series",
      "INSERT OR REPLACE INTO entry_sequences VALUES (1, 2026, 'GJ', 0)", "CF024"),
    Attempt(
      "numbering drafts again",
      "UPDATE draft_sequences SET last_number = 1 WHERE business_id = 1", "CF024"),
    Attempt("forgetting the numbers of drafts", "DELETE FROM draft_sequences", "CF024"),
    Attempt(
      "an audited entry that was someone else's",
      "UPDATE entry_editors SET user_id = 2;"
        + "INSERT INTO entry_editors VALUES (1, 1000, 3, 0); UPDATE entry_editors SET user_id = 2",
      "CF003"),
  ]

  /// Statements of banks, reconciliations, snapshots, attachments, budgets.
  static let evidence = [
    Attempt(
      "clearing what isn't posted",
      "UPDATE journal_lines SET reconciliation_status = 'cleared', cleared_at = 9 WHERE id = 10001",
      "CF051"),
    Attempt(
      "reconciling with another account's statement",
      reconciliation(account: 12)
        + "UPDATE journal_lines SET reconciliation_id = 1 WHERE id = 10031", "CF051"),
    Attempt(
      "clearing into a closed reconciliation",
      reconciliation(account: 11) + closing
        + "UPDATE journal_lines SET reconciliation_id = 1 WHERE id = 10031", "CF051"),
    Attempt(
      "another balance of a closed reconciliation",
      reconciliation(account: 11) + closing + "UPDATE reconciliations SET book_balance = 6000, "
        + "outstanding = 1000", "CF051"),
    Attempt(
      "another day of a closed reconciliation",
      reconciliation(account: 11) + closing
        + "UPDATE reconciliations SET as_of_date = '2026-01-30'", "CF051"),
    Attempt(
      "another balance while opening a reconciliation again",
      reconciliation(account: 11) + closing
        + "UPDATE reconciliations SET status = 'open', closed_at = NULL, statement_balance = 1",
      "CF051"),
    Attempt(
      "removing a closed reconciliation",
      reconciliation(account: 11) + closing + "DELETE FROM reconciliations", "CF051"),
    Attempt(
      "another balance of a statement under a closed reconciliation",
      reconciled + "UPDATE bank_statements SET closing_balance = 1", "CF051"),
    Attempt(
      "a line more of a statement under a closed reconciliation",
      reconciled
        + """
        INSERT INTO bank_statement_lines (business_id, statement_id, account_id, line_number,
          booked_on, amount)
        VALUES (1, 1, 11, 2, '2026-01-10', 1)
        """, "CF051"),
    Attempt(
      "ignoring a line of a statement under a closed reconciliation",
      reconciled + "UPDATE bank_statement_lines SET status = 'ignored'", "CF051"),
    Attempt(
      "ignoring a line that is matched in a closed reconciliation",
      statementLine(1) + reconciliation(account: 11)
        + """
        INSERT INTO reconciliation_matches (business_id, reconciliation_id, statement_line_id,
          line_id, matched_by, matched_at)
        VALUES (1, 1, 1, 10031, 3, 9);
        """ + closing + "UPDATE bank_statement_lines SET status = 'ignored'", "CF051"),
    Attempt(
      "taking back what was ignored up to a closed reconciliation",
      ignored + "UPDATE bank_statement_lines SET status = 'unmatched'", "CF051"),
    Attempt(
      "removing a line that was ignored up to a closed reconciliation",
      ignored + "DELETE FROM bank_statement_lines", "CF051"),
    Attempt(
      "removing a line of a statement under a closed reconciliation",
      reconciled + "DELETE FROM bank_statement_lines", "CF051"),
    Attempt(
      "removing a statement under a closed reconciliation",
      reconciled + "DELETE FROM bank_statements", foreignKey),
    Attempt(
      "closing with a difference",
      reconciliation(account: 11)
        + closing.replacing("book_balance = 5000", with: "book_balance = 4999"),
      check),
    Attempt(
      "approving one's own reconciliation",
      reconciliation(account: 11) + "UPDATE reconciliations SET approved_by = 3", check),
    Attempt(
      "approving one's own reconciliation, and saying so",
      reconciliation(account: 11)
        + closing.replacing("closed_at", with: "self_approved = 1, approved_by = 3, closed_at"),
      "CF015"),
    Attempt(
      "clearing a line in somebody's name who isn't there",
      reconciliation(account: 11)
        + "UPDATE journal_lines SET reconciliation_status = 'cleared', cleared_at = 9, "
        + "cleared_by = 4, reconciliation_id = 1 WHERE id = 10031", foreignKey),
    Attempt(
      "changing what the bank wrote",
      statementLine(1) + "UPDATE bank_statement_lines SET amount = 1", "CF050"),
    Attempt(
      "one line of the bank twice", statementLine(1) + statementLine(2), unique),
    Attempt(
      "rewriting a match",
      statementLine(1) + reconciliation(account: 11)
        + """
        INSERT INTO reconciliation_matches (business_id, reconciliation_id, statement_line_id,
          line_id, matched_by, matched_at)
        VALUES (1, 1, 1, 10031, 3, 9);
        UPDATE reconciliation_matches SET line_id = 10051
        """, "CF051"),
    Attempt("changing a snapshot", snapshot + "UPDATE trial_balance SET total_debit = 1", "CF050"),
    Attempt("removing a snapshot", snapshot + "DELETE FROM trial_balance", "CF050"),
    Attempt(
      "a superseded snapshot that is valid again",
      snapshot + "UPDATE trial_balance SET superseded_at = 10;"
        + "UPDATE trial_balance SET superseded_at = NULL", "CF050"),
    Attempt(
      "a snapshot that doesn't balance", snapshot.replacing("5000, 5000", with: "5000, 4999"),
      check),
    Attempt(
      "exchanging evidence", attachment(to: 1000) + "UPDATE attachments SET entry_id = 1003",
      "CF052"),
    Attempt(
      "evidence of a line of another entry",
      attachment(to: 1000) + "UPDATE attachments SET line_id = 10031", "CF052"),
    Attempt(
      "new evidence of a line of another entry",
      attachment(to: 1000, line: "10031"), "CF052"),
    Attempt(
      "giving evidence of a posted entry to a line",
      attachment(to: 1003, afterPosting: 1) + "UPDATE attachments SET line_id = 10031", "CF052"),
    Attempt(
      "removing evidence of a posted entry",
      attachment(to: 1003, afterPosting: 1) + "DELETE FROM attachments", "CF052"),
    Attempt("adding evidence to what waits for approval", attachment(to: 1001), "CF052"),
    Attempt("adding evidence to what is approved", attachment(to: 1002), "CF052"),
    Attempt("adding evidence as if it had been there at posting", attachment(to: 1003), "CF052"),
    Attempt(
      "evidence of a draft that says it came after posting",
      attachment(to: 1000, afterPosting: 1), "CF052"),
    Attempt(
      "showing hidden evidence again",
      attachment(to: 1000) + hiding
        + "UPDATE attachments SET hidden_by = NULL, hidden_at = NULL, hidden_reason = NULL",
      "CF052"),
    Attempt(
      "hiding evidence of what waits for approval",
      attachment(to: 1000) + Seed.submit(1000) + hiding, "CF052"),
    Attempt(
      "evidence that is hidden for no reason",
      attachment(to: 1000) + "UPDATE attachments SET hidden_by = 3, hidden_at = 10", check),
    Attempt(
      "exchanging the bytes of evidence",
      attachment(to: 1000) + "UPDATE attachment_contents SET content = x'02'", "CF052"),
    Attempt(
      "evidence of another size",
      "INSERT INTO attachment_contents VALUES (1, '\(Seed.hash("e"))', 2, x'01')", check),
    Attempt(
      "one budget twice",
      budget + budget, unique),
    Attempt("moving a budget", budget + "UPDATE budgets SET business_id = 2", "CF003"),
    Attempt(
      "two rules of one name that spread",
      allocation("'shares'", by: "NULL") + allocation("'headcount'", by: "NULL"), unique),
    Attempt("a rule by no account's balance", allocation("'balance'", by: "NULL"), check),
    Attempt("a rule by people and a balance", allocation("'headcount'", by: "11"), check),
    Attempt(
      "a rule that spreads an account twice",
      allocation("'headcount'", by: "NULL")
        + """
        INSERT INTO allocation_sources (business_id, rule_id, line_number, account_id)
        SELECT 1, id, 1, 11 FROM allocation_rules UNION ALL SELECT 1, id, 2, 11
        FROM allocation_rules;
        """, unique),
    Attempt(
      "one entry that spreads an account twice",
      """
      INSERT INTO allocated_entries (business_id, entry_id, account_id, period_end)
      VALUES (1, 1000, 11, '2026-01-31'), (1, 1000, 12, '2026-01-31'),
        (1, 1000, 11, '2026-01-31');
      """, unique),
    Attempt(
      "an entry that spreads another account",
      """
      INSERT INTO allocated_entries (business_id, entry_id, account_id, period_end)
      VALUES (1, 1000, 11, '2026-01-31');
      UPDATE allocated_entries SET account_id = 12;
      """, "CF003"),
    Attempt(
      "forgetting what an entry spreads that waits",
      """
      INSERT INTO allocated_entries (business_id, entry_id, account_id, period_end)
      VALUES (1, 1001, 11, '2026-01-31');
      DELETE FROM allocated_entries;
      """, "CF055"),
    Attempt(
      "one occurrence twice",
      schedule + """
        INSERT INTO recurring_occurrences (business_id, schedule_id, occurrence_date, status,
          created_at)
        VALUES (1, 1, '2026-01-31', 'flagged', 1), (1, 1, '2026-01-31', 'flagged', 2);
        """, unique),
    Attempt(
      "an occurrence of lines that aren't numbers",
      schedule + """
        INSERT INTO recurring_occurrences (business_id, schedule_id, occurrence_date,
          template_lines, status, created_at)
        VALUES (1, 1, '2026-01-31', '1,x', 'flagged', 1);
        """, check),
  ]

  private static func allocation(_ basis: String, by account: String) -> String {
    """
    INSERT INTO allocation_rules (business_id, name, basis, basis_account_id, created_by,
      created_at)
    VALUES (1, 'Rent', \(basis), \(account), 3, 1);

    """
  }

  private static let schedule = """
    INSERT INTO entry_templates (id, business_id, name, created_by, created_at)
    VALUES (1, 1, 'Rent', 3, 1);
    INSERT INTO recurring_schedules (id, business_id, template_id, rule, start_on, created_by,
      created_at)
    VALUES (1, 1, 1, 'monthly', '2026-01-31', 3, 1);

    """

  private static func reconciliation(account: Int) -> String {
    """
    INSERT INTO reconciliations (id, business_id, account_id, as_of_date, statement_balance,
      prepared_by, prepared_at)
    VALUES (1, 1, \(account), '2026-01-31', 5000, 3, 9);

    """
  }

  private static let closing = """
    UPDATE reconciliations SET status = 'closed', book_balance = 5000, outstanding = 0,
      closed_at = 10;

    """

  static let reconciled =
    statementLine(1) + reconciliation(account: 11)
    + "UPDATE reconciliations SET statement_id = 1;" + closing

  /// The reconciliation itself rests on no statement.
  private static let ignored =
    statementLine(1) + "UPDATE bank_statement_lines SET status = 'ignored';"
    + reconciliation(account: 11) + closing

  private static func statementLine(_ id: Int) -> String {
    """
    INSERT INTO bank_statements (id, business_id, account_id, currency, from_date, to_date,
      opening_balance, closing_balance, imported_by, imported_at)
    VALUES (\(id), 1, 11, 'USD', '2026-01-01', '2026-01-31', 0, 5000, 3, 9);
    INSERT INTO bank_statement_lines (id, business_id, statement_id, account_id, line_number,
      booked_on, amount, text)
    VALUES (\(id), 1, \(id), 11, 1, '2026-01-09', 5000, 'coffee');

    """
  }

  private static let snapshot = """
    INSERT INTO trial_balance (business_id, from_date, as_of_date, audit_sequence, total_debit,
      total_credit, sha256, created_by, created_at)
    VALUES (1, '2026-01-01', '2026-01-31', 3, 5000, 5000, '\(Seed.hash("a"))', 1, 9);

    """

  private static func attachment(
    to entry: Int, afterPosting: Int = 0, line: String = "NULL"
  ) -> String {
    """
    INSERT INTO attachment_contents VALUES (1, '\(Seed.hash("e"))', 1, x'01');
    INSERT INTO attachments (business_id, entry_id, line_id, file_name, sha256, after_posting,
      added_by, added_at)
    VALUES (1, \(entry), \(line), 'a.pdf', '\(Seed.hash("e"))', \(afterPosting), 3, 9);

    """
  }

  private static let hiding =
    "UPDATE attachments SET hidden_by = 3, hidden_at = 10, hidden_reason = 'wrong one';\n"

  private static let budget = """
    INSERT INTO budgets (business_id, account_id, period_id, amount, created_by, created_at)
    VALUES (1, 13, 101, 100, 1, 1);

    """
}
