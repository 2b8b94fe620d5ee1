extension Attempt {
  /// Drafts and their lines.
  static let drafts = [
    Attempt(
      "an entry that starts as posted",
      """
      INSERT INTO journal_entries (business_id, draft_number, series, fiscal_year, sequence, number,
        period_id, entry_date, description, status, created_by, created_at, posted_by, posted_at,
        content_hash)
      VALUES (1, 9, 'GJ', 2026, 2, 'GJ-2026-000002', 101, '2026-01-09', 'x', 'posted', 3, 5, 3, 5,
        '\(Seed.hash("a"))')
      """, "CF002"),
    Attempt(
      "a draft that was submitted by somebody from the start",
      Seed.draft(9000).replacing("total, created_by", with: "total, submitted_by, created_by")
        .replacing("5000, 3, 5", with: "5000, 2, 3, 5"), "CF002"),
    Attempt(
      "a draft with a number",
      "UPDATE journal_entries SET series = 'GJ', fiscal_year = 2026, sequence = 7, "
        + "number = 'GJ-2026-000007' WHERE id = 1000", check),
    Attempt(
      "31 February", "UPDATE journal_entries SET entry_date = '2026-02-31' WHERE id = 1000", check),
    Attempt(
      "an unknown type", "UPDATE journal_entries SET type = 'misc' WHERE id = 1000", check),
    Attempt(
      "a closing entry by hand",
      "UPDATE journal_entries SET type = 'closing' WHERE id = 1000", check),
    Attempt(
      "tags that aren't JSON", "UPDATE journal_entries SET tags = 'x' WHERE id = 1000", check),
    Attempt(
      "a total in words", "UPDATE journal_entries SET total = 'x' WHERE id = 1000", text),
    Attempt(
      "moving an entry", "UPDATE journal_entries SET business_id = 2 WHERE id = 1000", "CF003"),
    Attempt(
      "another author", "UPDATE journal_entries SET created_by = 1 WHERE id = 1000", "CF003"),
    Attempt(
      "an author of another business", Seed.draft(9000, by: 4), foreignKey),
    Attempt(
      "a period of another business",
      "UPDATE journal_entries SET period_id = 201 WHERE id = 1000", foreignKey),
    Attempt(
      "one import twice",
      "UPDATE journal_entries SET source_key = 'k' WHERE id IN (1000, 1007)", unique),
    Attempt("a line with both sides", line("debit, credit", "1, 1"), check),
    Attempt("a line with neither side", line("base_debit", "0"), check),
    Attempt("a line that changes sides", line("debit, base_credit", "1, 1"), check),
    Attempt("an amount below zero", line("debit", "-1"), check),
    Attempt("an amount of 2⁶³", line("debit", "9223372036854775808"), real),
    Attempt("an amount with a fraction", line("debit", "1.5"), real),
    Attempt("an amount in words", line("debit", "'ten'"), text),
    Attempt("unvalued with a value", line("debit, base_debit, unvalued", "1, 1, 1"), check),
    Attempt("half a rate", line("debit, rate_mantissa", "1, 2"), check),
    Attempt(
      "a rate from nowhere", line("debit, base_debit, rate_mantissa, rate_scale", "1, 1, 1, 0"),
      check),
    Attempt(
      "a kept rate without a rate", rates + line("debit, base_debit, rate_id", "1, 1, 1"), check),
    Attempt(
      "a rate of another business",
      rates
        + line(
          "debit, base_debit, rate_mantissa, rate_scale, rate_source, rate_id",
          "1, 1, 1, 0, 'manual', 2"), foreignKey),
    Attempt(
      "removing a rate that a line rests on",
      rates
        + line(
          "debit, base_debit, rate_mantissa, rate_scale, rate_source, rate_id",
          "1, 1, 1, 0, 'manual', 1") + ";DELETE FROM exchange_rates WHERE id = 1", foreignKey),
    Attempt(
      "another rate than was kept",
      rates + "UPDATE exchange_rates SET rate_mantissa = 2 WHERE id = 1", "CF050"),
    Attempt(
      "a superseded rate that counts again",
      rates + "UPDATE exchange_rates SET superseded_at = 9 WHERE id = 1;"
        + "UPDATE exchange_rates SET superseded_at = NULL WHERE id = 1", "CF050"),
    Attempt(
      "two rates of one day", rates + rates.replacing("(1, 1", with: "(3, 1"), unique),
    Attempt(
      "an unknown currency", line("debit, base_debit", "1, 1", currency: "GBP"), foreignKey),
    Attempt(
      "an account of another business", line("debit, base_debit", "1, 1", account: 20),
      foreignKey),
    Attempt(
      "a department of another business on a line",
      line("debit, base_debit, department_id", "1, 1, 60"), foreignKey),
    Attempt(
      "a line in another business's entry",
      """
      INSERT INTO journal_lines (business_id, entry_id, line_number, entry_date, account_id,
        currency, debit, base_debit)
      VALUES (2, 1000, 9, '2026-01-09', 20, 'USD', 1, 1)
      """, "CF001"),
    Attempt("moving a line", "UPDATE journal_lines SET business_id = 2 WHERE id = 10001", "CF003"),
    Attempt(
      "a line that is reconciled from the start",
      line("debit, base_debit, reconciliation_status, cleared_at", "1, 1, 'cleared', 5"), "CF051"),
    Attempt(
      "a draft that goes with its lines", "DELETE FROM journal_entries WHERE id = 1000",
      foreignKey),
  ]

  /// 1 is of business 1, 2 of business 2.
  private static let rates = """
    INSERT OR IGNORE INTO currencies (business_id, code, exponent) VALUES (2, 'EUR', 2);
    INSERT INTO exchange_rates (id, business_id, from_currency, to_currency, rate_date,
      rate_mantissa, rate_scale, created_at)
    VALUES (1, 1, 'EUR', 'USD', '2026-01-09', 1, 0, 1);
    INSERT OR IGNORE INTO exchange_rates (id, business_id, from_currency, to_currency, rate_date,
      rate_mantissa, rate_scale, created_at)
    VALUES (2, 2, 'EUR', 'USD', '2026-01-09', 1, 0, 1);

    """

  private static func line(
    _ columns: String, _ values: String, currency: String = "USD", account: Int = 11
  ) -> String {
    """
    INSERT INTO journal_lines (business_id, entry_id, line_number, entry_date, account_id,
      currency, \(columns))
    VALUES (1, 1000, 9, '2026-01-09', \(account), '\(currency)', \(values))
    """
  }

  /// Submitting, approving, voiding.
  static let approvals = [
    Attempt(
      "approving a draft",
      "UPDATE journal_entries SET status = 'approved', approved_by = 2, approved_at = 7, "
        + "submitted_by = 3, submitted_at = 6, submit_round = 1, ever_submitted = 1, "
        + "content_hash = '\(Seed.hash("a"))' WHERE id = 1000", "CF012"),
    Attempt(
      "submitting into the same round",
      Seed.submit(1008).replacing("submit_round + 1", with: "submit_round"), "CF012"),
    Attempt(
      "a round without submitting",
      "UPDATE journal_entries SET submit_round = 5 WHERE id = 1000", "CF012"),
    Attempt(
      "forgetting that it was submitted",
      "UPDATE journal_entries SET ever_submitted = 0 WHERE id = 1008", "CF012"),
    Attempt(
      "submitting without a hash",
      "UPDATE journal_entries SET status = 'pending_approval', submit_round = 1, "
        + "ever_submitted = 1, submitted_by = 3, submitted_at = 6 WHERE id = 1000", check),
    Attempt(
      "changing what was submitted",
      "UPDATE journal_entries SET description = 'other' WHERE id = 1001", "CF001"),
    Attempt(
      "changing the date of what was approved",
      "UPDATE journal_entries SET entry_date = '2026-01-10' WHERE id = 1002", "CF001"),
    Attempt(
      "saying of what was submitted what it adjusts",
      "UPDATE journal_entries SET adjustment_kind = 'accrual' WHERE id = 1001", "CF001"),
    Attempt(
      "a kind of what adjusts nothing",
      "UPDATE journal_entries SET adjustment_kind = 'accrual' WHERE id = 1000", check),
    Attempt(
      "changing a line of what was submitted",
      "UPDATE journal_lines SET description = 'x' WHERE entry_id = 1001", "CF001"),
    Attempt(
      "a line more on what was approved",
      "UPDATE journal_lines SET entry_id = 1002, line_number = 3 WHERE id = 10001", "CF001"),
    Attempt("approving what nobody voted for", Seed.approve(1001, by: 2), "CF013"),
    Attempt(
      "approving for somebody else", Seed.vote(1001, by: 2) + Seed.approve(1001, by: 5), "CF013"),
    Attempt(
      "approving what somebody rejected",
      Seed.vote(1001, by: 5, "reject") + Seed.vote(1001, by: 2) + Seed.approve(1001, by: 2),
      "CF013"),
    Attempt("voting on something else", Seed.vote(1001, by: 2, hash: "b"), "CF014"),
    Attempt(
      "approving something else",
      Seed.vote(1001, by: 2)
        + Seed.approve(1001, by: 2, marks: ", content_hash = '\(Seed.hash("b"))'"), "CF014"),
    Attempt("a vote of the author", Seed.vote(1001, by: 3), "CF015"),
    Attempt(
      "a vote of who submitted", Seed.submit(1000, by: 2) + Seed.vote(1000, by: 2), "CF015"),
    Attempt(
      "a vote of an editor",
      "INSERT INTO entry_editors VALUES (1, 1001, 2, 0);" + Seed.vote(1001, by: 2), "CF015"),
    Attempt(
      "a vote for the author by delegation",
      Seed.vote(1001, by: 2).replacing("round, user_id", with: "round, acting_for, user_id")
        .replacing("1001, 1, 2", with: "1001, 1, 3, 2"), "CF015"),
    Attempt(
      "approving oneself without the mark",
      "UPDATE businesses SET self_approval = 1 WHERE id = 1;" + Seed.vote(1001, by: 3)
        + Seed.approve(1001, by: 3), "CF015"),
    Attempt(
      "another approver of what is approved",
      "UPDATE journal_entries SET approved_by = 3 WHERE id = 1002", "CF055"),
    Attempt(
      "another hour of approval", "UPDATE journal_entries SET approved_at = 8 WHERE id = 1002",
      "CF055"),
    Attempt(
      "a mark of small business on what is approved",
      "UPDATE journal_entries SET self_approved = 1 WHERE id = 1002", "CF055"),
    Attempt(
      "another hash of what is approved",
      "UPDATE journal_entries SET content_hash = '\(Seed.hash("c"))' WHERE id = 1002", "CF055"),
    Attempt(
      "another hash of what waits",
      "UPDATE journal_entries SET content_hash = '\(Seed.hash("c"))' WHERE id = 1001", "CF055"),
    Attempt(
      "submitted by somebody else after all",
      "UPDATE journal_entries SET submitted_by = 5 WHERE id = 1001", "CF055"),
    Attempt(
      "exempt after all", "UPDATE journal_entries SET exemption = 'small' WHERE id = 1002",
      "CF055"),
    Attempt(
      "a draft that was exempt from the start",
      "UPDATE journal_entries SET exemption = 'small' WHERE id = 1000", "CF055"),
    Attempt(
      "back to draft with an exemption",
      "UPDATE journal_entries SET status = 'draft', approved_by = NULL, approved_at = NULL, "
        + "exemption = 'small' WHERE id = 1002", "CF055"),
    Attempt(
      "submitting as approved by somebody",
      Seed.submit(1000).replacing("submitted_at = 6", with: "submitted_at = 6, approved_by = 2"),
      "CF055"),
    Attempt(
      "withdrawing as somebody else's",
      "UPDATE journal_entries SET status = 'draft', submitted_by = 2 WHERE id = 1001", "CF055"),
    Attempt(
      "withdrawing with another hash",
      "UPDATE journal_entries SET status = 'draft', content_hash = '\(Seed.hash("c"))' "
        + "WHERE id = 1001", "CF055"),
    Attempt(
      "voiding with another hash",
      "UPDATE journal_entries SET status = 'voided', voided_at = 9, void_reason = 'twice', "
        + "content_hash = '\(Seed.hash("c"))' WHERE id = 1001", "CF055"),
    Attempt(
      "voiding as approved by somebody",
      "UPDATE journal_entries SET status = 'voided', voided_at = 9, void_reason = 'twice', "
        + "approved_by = 2 WHERE id = 1001", "CF055"),
    Attempt(
      "a reason to void what isn't", "UPDATE journal_entries SET void_reason = 'x' WHERE id = 1001",
      "CF055"),
    Attempt(
      "forgetting who changed what waits",
      "INSERT INTO entry_editors VALUES (1, 1001, 2, 0); DELETE FROM entry_editors", "CF055"),
    Attempt("two votes of one person", Seed.vote(1001, by: 2) + Seed.vote(1001, by: 2), unique),
    Attempt("a vote on a draft", Seed.vote(1000, by: 2), "CF054"),
    Attempt(
      "a vote on an earlier round", Seed.submit(1008) + Seed.vote(1008, by: 2), "CF054"),
    Attempt(
      "rejecting without a reason",
      Seed.vote(1001, by: 2, "reject").replacing("as agreed", with: "no"), check),
    Attempt("another decision later", "UPDATE journal_approvals SET user_id = 5", "CF050"),
    Attempt("a decision undone", "DELETE FROM journal_approvals", "CF050"),
    Attempt(
      "discarding what was ever submitted",
      "DELETE FROM journal_lines WHERE entry_id = 1008;"
        + "DELETE FROM journal_entries WHERE id = 1008", "CF016"),
    Attempt("removing what waits", "DELETE FROM journal_entries WHERE id = 1001", "CF016"),
    Attempt(
      "voiding without a reason",
      "UPDATE journal_entries SET status = 'voided', voided_at = 9 WHERE id = 1000", check),
    Attempt(
      "bringing back what was voided",
      "UPDATE journal_entries SET status = 'draft', voided_by = NULL, voided_at = NULL, "
        + "void_reason = NULL WHERE id = 1004", "CF0"),
    Attempt(
      "rewording what was voided",
      "UPDATE journal_entries SET void_reason = 'x' WHERE id = 1004", "CF001"),
  ]

  /// Posting.
  static let postings = [
    Attempt(
      "posting a draft that nothing exempts", Seed.post(1000, sequence: 2 + 1, exemption: "NULL"),
      "CF019"),
    Attempt(
      "posting a draft as approved by somebody",
      Seed.post(1000, sequence: 3).replacing(
        "posted_at = 8", with: "posted_at = 8, approved_by = 2, approved_at = 7"), "CF055"),
    Attempt(
      "posting as approved by somebody else",
      Seed.post(1002, sequence: 3, exemption: "NULL").replacing(
        "posted_at = 8", with: "posted_at = 8, approved_by = 5"), "CF055"),
    Attempt("exempting at posting what was approved", Seed.post(1002, sequence: 3), "CF055"),
    Attempt("posting what waits for approval", Seed.post(1001, sequence: 3), "CF012"),
    Attempt(
      "posting one line",
      "DELETE FROM journal_lines WHERE id = 10002;" + Seed.post(1000, sequence: 3), "CF020"),
    Attempt(
      "posting no line",
      "DELETE FROM journal_lines WHERE entry_id = 1000;" + Seed.post(1000, sequence: 3), "CF020"),
    Attempt("posting what doesn't balance", Seed.post(1007, sequence: 3), "CF021"),
    Attempt(
      "posting what balances in the base currency only",
      "UPDATE journal_lines SET currency = 'EUR', debit = debit * 2 WHERE entry_id = 1000;"
        + Seed.post(1000, sequence: 3), "CF021"),
    Attempt(
      "posting another total",
      "UPDATE journal_entries SET total = 1 WHERE id = 1000;" + Seed.post(1000, sequence: 3),
      "CF021"),
    Attempt(
      "posting lines of another day",
      "UPDATE journal_entries SET entry_date = '2026-01-10' WHERE id = 1000;"
        + Seed.post(1000, sequence: 3), "CF021"),
    Attempt("posting sums that don't fit", sumTooLarge + Seed.post(1000, sequence: 3), "integer"),
    Attempt(
      "posting into a closed period",
      Seed.draft(1100, on: "2026-05-05") + Seed.post(1100, sequence: 3, period: 105), "CF022"),
    Attempt(
      "posting by another's exception",
      Seed.draft(1100, on: "2026-02-05") + Seed.post(1100, sequence: 3, period: 102, by: 1),
      "CF022"),
    Attempt(
      "posting by an exception for another series",
      Seed.draft(1100, on: "2026-02-05") + Seed.post(1100, sequence: 3, period: 102, by: 5),
      "CF022"),
    Attempt(
      "posting by an exception that ran out",
      Seed.draft(1100, on: "2026-02-05")
        + Seed.post(1100, sequence: 3, period: 102).replacing(
          "posted_at = 8", with: "posted_at = 1000"),
      "CF022"),
    Attempt(
      "posting by a revoked exception",
      "UPDATE period_exceptions SET revoked_at = 4;" + Seed.draft(1100, on: "2026-02-05")
        + Seed.post(1100, sequence: 3, period: 102), "CF022"),
    Attempt(
      "posting by an exception behind the closing of its year",
      "UPDATE fiscal_years SET status = 'closed', closed_at = 1 WHERE business_id = 1;"
        + Seed.draft(1100, on: "2026-02-05") + Seed.post(1100, sequence: 3, period: 102),
      "CF022"),
    Attempt(
      "posting into a locked period",
      Seed.draft(1100, on: "2026-03-05") + Seed.post(1100, sequence: 3, period: 103), "CF022"),
    Attempt(
      "posting into a period to come",
      Seed.draft(1100, on: "2026-04-05") + Seed.post(1100, sequence: 3, period: 104), "CF022"),
    Attempt(
      "posting into a period of other days",
      Seed.draft(1100, on: "2026-04-05") + Seed.post(1100, sequence: 3), "CF022"),
    Attempt(
      "posting to a heading",
      Seed.draft(1100, accounts: (10, 12)) + Seed.post(1100, sequence: 3), "CF023"),
    Attempt(
      "posting to an archived account",
      Seed.draft(1100, accounts: (15, 12)) + Seed.post(1100, sequence: 3), "CF023"),
    Attempt(
      "posting dollars to an account of euro",
      Seed.draft(1100, accounts: (14, 12)) + Seed.post(1100, sequence: 3), "CF028"),
    Attempt(
      "posting two amounts in the base currency",
      "UPDATE journal_lines SET base_debit = 2 * base_debit, base_credit = 2 * base_credit "
        + "WHERE entry_id = 1000; UPDATE journal_entries SET total = 10000 WHERE id = 1000;"
        + Seed.post(1000, sequence: 3), "CF027"),
    Attempt(
      "posting without a department where one is needed",
      Seed.draft(1100, accounts: (16, 11)) + Seed.post(1100, sequence: 3), "CF026"),
    Attempt(
      "posting for a department that was closed before",
      Seed.draft(1100, on: "2026-01-10")
        + "UPDATE journal_lines SET department_id = 52 WHERE entry_id = 1100;"
        + Seed.post(1100, sequence: 3), "CF026"),
    Attempt(
      "posting an opening entry as if it weren't",
      Seed.draft(1100, on: "2026-01-01", type: "opening")
        + Seed.post(1100, sequence: 1, series: "OB"), "CF029"),
    Attempt(
      "posting an ordinary entry into the adjusting period",
      Seed.draft(1100, on: "2026-12-31") + Seed.post(1100, sequence: 3, period: 113), "CF029"),
    Attempt(
      "posting what takes back an entry of another period into the adjusting period",
      Seed.draft(1100, on: "2026-12-31") + Seed.turned(1100, reverses: 1006)
        + Seed.post(1100, sequence: 2, series: "RV", period: 113), "CF029"),
    Attempt("skipping a number", Seed.post(1000, sequence: 4), "CF024"),
    Attempt("taking a number twice", Seed.post(1000, sequence: 2), "CF024"),
    Attempt("a number of another series", Seed.post(1000, sequence: 1, series: "AJ"), check),
    Attempt(
      "posting without a description",
      "UPDATE journal_entries SET description = ' ' WHERE id = 1000;"
        + Seed.post(1000, sequence: 3), check),
    Attempt(
      "reversing a reversal",
      Seed.draft(1100) + Seed.turned(1100, reverses: 1006)
        + Seed.post(1100, sequence: 2, series: "RV"), "CF017"),
    Attempt(
      "reversing what isn't posted",
      Seed.draft(1100) + Seed.turned(1100, reverses: 1000)
        + Seed.post(1100, sequence: 2, series: "RV"), "CF017"),
    Attempt(
      "reversing before it happened",
      Seed.draft(1100, on: "2026-01-08") + Seed.turned(1100, reverses: 1003)
        + Seed.post(1100, sequence: 2, series: "RV"), "CF017"),
    Attempt(
      "two reversals of one entry",
      Seed.draft(1100) + Seed.turned(1100, reverses: 1003) + Seed.draft(1101)
        + Seed.turned(1101, reverses: 1003), unique),
    Attempt(
      "a reversal that isn't its mirror",
      Seed.draft(1100, accounts: (13, 12)) + Seed.turned(1100, reverses: 1003)
        + Seed.post(1100, sequence: 2, series: "RV"), "CF018"),
    Attempt(
      "posting what one wrote where somebody else does",
      "UPDATE businesses SET own_posting = 0 WHERE id = 1;" + Seed.draft(1100)
        + Seed.post(1100, sequence: 3, by: 3), "CF057"),
    Attempt(
      "posting what one changed where somebody else does",
      "UPDATE businesses SET own_posting = 0 WHERE id = 1;" + Seed.draft(1100)
        + "INSERT INTO entry_editors VALUES (1, 1100, 2, 0);" + Seed.post(1100, sequence: 3),
      "CF057"),
    Attempt(
      "posting what nothing proves where something must",
      "UPDATE businesses SET evidence_from = 0 WHERE id = 1;" + Seed.draft(1100)
        + Seed.post(1100, sequence: 3), "CF058"),
    Attempt(
      "posting a correction where neither has what proves it",
      "UPDATE businesses SET evidence_from = 0 WHERE id = 1;"
        + Seed.draft(1100, type: "correction")
        + "UPDATE journal_entries SET corrects_entry_id = 1003 WHERE id = 1100;"
        + Seed.post(1100, sequence: 1, series: "CO"), "CF058"),
    Attempt("posting with REPLACE", Seed.post(1007, sequence: 3, clause: "OR REPLACE"), "CF021"),
    Attempt("posting with IGNORE", Seed.post(1007, sequence: 3, clause: "OR IGNORE"), "CF021"),
  ]

  private static let sumTooLarge = """
    UPDATE journal_lines SET debit = 9223372036854775807 - credit, credit = 0,
      base_debit = 9223372036854775807 - credit, base_credit = 0
    WHERE entry_id = 1000;

    """
}
