/// What every test finds in its database. Business 1 has Ada (1, owner), Mia (2, manager), Eve (3,
/// employee) and Dan (5, director); business 2 has Ben (4, owner).
enum Seed {
  /// 64 hexadecimal digits.
  static func hash(_ digit: Character) -> String { String(repeating: digit, count: 64) }

  static let tenants = """
    INSERT INTO users (id, email, display_name, password_hash, status, created_at)
    VALUES
      (1, 'ada@example.com', 'Ada', '\(hash("p"))', 'active', 1),
      (2, 'mia@example.com', 'Mia', '\(hash("p"))', 'active', 1),
      (3, 'eve@example.com', 'Ève Ångström', '\(hash("p"))', 'active', 1),
      (4, 'ben@example.com', 'Ben', '\(hash("p"))', 'active', 1),
      (5, 'dan@example.com', 'Dan', '\(hash("p"))', 'active', 1);
    INSERT INTO businesses (id, slug, name, base_currency, created_at, updated_at)
    VALUES (1, 'harbour', 'Harbour', 'USD', 1, 1), (2, 'orchard', 'Orchard', 'USD', 1, 1);
    INSERT INTO audit_heads (business_id, hash, genesis_hash)
    VALUES (1, '\(hash("0"))', '\(hash("0"))'), (2, '\(hash("9"))', '\(hash("9"))');
    INSERT INTO business_memberships
      (id, business_id, user_id, role, reports_to, status, created_at)
    VALUES
      (1, 1, 1, 'owner', NULL, 'active', 1), (2, 1, 2, 'manager', 1, 'active', 1),
      (3, 1, 3, 'employee', 2, 'active', 1), (4, 2, 4, 'owner', NULL, 'active', 1),
      (5, 1, 5, 'director', NULL, 'active', 1);
    INSERT INTO departments (id, business_id, parent_id, code, name, created_at)
    VALUES
      (50, 1, NULL, 'OPS', 'Operations', 1), (51, 1, 50, 'DOCK', 'Dock', 1),
      (60, 2, NULL, 'OPS', 'Operations', 1);
    INSERT INTO departments
      (id, business_id, code, name, status, inactive_from_date, created_at)
    VALUES (52, 1, 'OLD', 'Old', 'inactive', '2026-01-10', 1);
    INSERT INTO currencies (business_id, code, exponent)
    VALUES (1, 'USD', 2), (1, 'EUR', 2), (1, 'JPY', 0), (2, 'USD', 2);
    INSERT INTO fiscal_years (business_id, year, start_date, end_date)
    VALUES (1, 2026, '2026-01-01', '2026-12-31'), (2, 2026, '2026-01-01', '2026-12-31');
    INSERT INTO accounting_periods
      (id, business_id, fiscal_year, number, kind, name, start_date, end_date, status, closed_by,
      closed_at, locked_by, locked_at)
    VALUES
      (100, 1, 2026, 0, 'opening', 'Opening', '2026-01-01', '2026-01-01', 'open', NULL, NULL, NULL,
        NULL),
      (101, 1, 2026, 1, 'normal', 'Jan', '2026-01-01', '2026-01-31', 'open', NULL, NULL, NULL,
        NULL),
      (102, 1, 2026, 2, 'normal', 'Feb', '2026-02-01', '2026-02-28', 'closed', 1, 2, NULL, NULL),
      (103, 1, 2026, 3, 'normal', 'Mar', '2026-03-01', '2026-03-31', 'locked', 1, 2, 5, 3),
      (104, 1, 2026, 4, 'normal', 'Apr', '2026-04-01', '2026-04-30', 'future', NULL, NULL, NULL,
        NULL),
      (105, 1, 2026, 5, 'normal', 'May', '2026-05-01', '2026-05-31', 'closed', 1, 2, NULL, NULL),
      (113, 1, 2026, 13, 'adjusting', 'Adjusting', '2026-12-31', '2026-12-31', 'open', NULL, NULL,
        NULL, NULL),
      (201, 2, 2026, 1, 'normal', 'Jan', '2026-01-01', '2026-01-31', 'open', NULL, NULL, NULL,
        NULL);
    INSERT INTO period_exceptions
      (id, business_id, period_id, user_id, series, reason, until_at, granted_by, created_at)
    VALUES
      (1, 1, 102, 2, NULL, 'late invoice', 1000, 1, 1),
      (2, 1, 102, 5, 'AJ', 'late accrual', 1000, 1, 1);
    INSERT INTO period_waivers
      (id, business_id, period_id, period_check, finding, reason, waived_by, waived_at)
    VALUES (1, 1, 102, 'suspense', '1900 Suspense: 5.00 USD debit', 'known', 1, 1);

    """

  static let chart = """
    INSERT INTO accounts
      (id, business_id, number, name, parent_id, type, category, is_header, currency,
      requires_department, is_system, created_at)
    VALUES
      (10, 1, '1', 'Assets', NULL, 'asset', 'other_assets', 1, NULL, 0, 0, 1),
      (11, 1, '1000', 'Bank', 10, 'asset', 'bank', 0, NULL, 0, 0, 1),
      (12, 1, '4000', 'Sales', NULL, 'revenue', 'sales_income', 0, NULL, 0, 0, 1),
      (13, 1, '6000', 'Rent', NULL, 'expense', 'rent', 0, NULL, 0, 0, 1),
      (14, 1, '1010', 'Bank in euro', 10, 'asset', 'bank', 0, 'EUR', 0, 0, 1),
      (15, 1, '6100', 'Old rent', NULL, 'expense', 'rent', 0, NULL, 0, 0, 1),
      (16, 1, '6200', 'Power', NULL, 'expense', 'utilities', 0, NULL, 1, 0, 1),
      (17, 1, '3100', 'Retained earnings', NULL, 'equity', 'retained_earnings', 0, NULL, 0, 1, 1),
      (18, 1, '1020', 'Cash', 11, 'asset', 'cash', 0, NULL, 0, 0, 1),
      (20, 2, '1000', 'Bank', NULL, 'asset', 'bank', 0, NULL, 0, 0, 1),
      (21, 2, '4000', 'Sales', NULL, 'revenue', 'sales_income', 0, NULL, 0, 0, 1);
    UPDATE accounts SET status = 'inactive', archived_at = 2 WHERE id = 15;

    """

  /// 1000 draft · 1001 pending · 1002 approved · 1003 posted · 1004 voided · 1005 reversed by 1006 ·
  /// 1007 unbalanced draft · 1008 withdrawn · 2000 draft of business 2.
  static let entries =
    (1000...1008).map { draft($0) }.joined() + draft(2000, business: 2, by: 4, accounts: (20, 21))
    + "UPDATE journal_lines SET debit = 4999, base_debit = 4999 WHERE entry_id = 1007 AND debit > 0;"
    + [1001, 1002, 1008].map { submit($0) }.joined() + vote(1002, by: 2) + approve(1002, by: 2)
    + post(1003, sequence: 1) + post(1005, sequence: 2)
      + """
      UPDATE journal_entries SET status = 'voided', voided_by = 3, voided_at = 9, void_reason = 'twice'
      WHERE id = 1004;
      UPDATE journal_entries SET status = 'draft' WHERE id = 1008;
      """ + turned(1006, reverses: 1005) + post(1006, sequence: 1, series: "RV")
      + """
      UPDATE journal_entries SET status = 'reversed', reversed_at = 10, reversed_by_entry_id = 1006
      WHERE id = 1005;
      INSERT INTO audit_logs (business_id, sequence, at, event_type, operation, resource_type,
        resource_name, actor_id, actor_name, status, previous_hash, hash)
      VALUES
        (1, 1, 1, 'login', 'session.begin', 'user', 'Ada', 1, 'Ada', 'success', '\(hash("0"))',
          '\(hash("1"))'),
        (1, 2, 2, 'update', 'journal.post', 'journal_entry', 'GJ-2026-000001', 1, 'Ada', 'success',
          '\(hash("1"))', '\(hash("2"))'),
        (1, 3, 3, 'update', 'journal.post', 'journal_entry', 'Café Zoë', 1, 'Ada', 'success',
          '\(hash("2"))', '\(hash("3"))');
      """
}

extension Seed {
  /// A draft of 50.00: Bank to Sales.
  static func draft(
    _ id: Int, business: Int = 1, by user: Int = 3, on date: String = "2026-01-09",
    type: String = "standard", accounts: (debit: Int, credit: Int) = (11, 12)
  ) -> String {
    """
    INSERT INTO journal_entries (id, business_id, draft_number, entry_date, type, description,
      total, created_by, created_at)
    VALUES (\(id), \(business), \(id), '\(date)', '\(type)', 'Café au lait', 5000, \(user), 5);
    INSERT INTO journal_lines (id, business_id, entry_id, line_number, entry_date, account_id,
      currency, debit, credit, base_debit, base_credit)
    VALUES
      (\(id)1, \(business), \(id), 1, '\(date)', \(accounts.debit), 'USD', 5000, 0, 5000, 0),
      (\(id)2, \(business), \(id), 2, '\(date)', \(accounts.credit), 'USD', 0, 5000, 0, 5000);

    """
  }

  /// Makes the draft `id` the mirror of `original`, which must be of `draft`'s shape too.
  static func turned(_ id: Int, reverses original: Int) -> String {
    """
    UPDATE journal_entries SET type = 'reversing', reverses_entry_id = \(original) WHERE id = \(id);
    UPDATE journal_lines SET debit = credit, credit = debit, base_debit = base_credit,
      base_credit = base_debit
    WHERE entry_id = \(id);

    """
  }

  static func submit(_ id: Int, by user: Int = 3) -> String {
    """
    UPDATE journal_entries SET status = 'pending_approval', submit_round = submit_round + 1,
      ever_submitted = 1, submitted_by = \(user), submitted_at = 6, content_hash = '\(hash("a"))'
    WHERE id = \(id);

    """
  }

  static func vote(
    _ id: Int, by user: Int, _ decision: String = "approve", hash digit: Character = "a"
  ) -> String {
    """
    INSERT INTO journal_approvals (business_id, entry_id, round, user_id, decision, reason,
      content_hash, decided_at)
    VALUES (1, \(id), 1, \(user), '\(decision)', 'as agreed', '\(hash(digit))', 7);

    """
  }

  static func approve(_ id: Int, by user: Int, marks: String = "") -> String {
    """
    UPDATE journal_entries SET status = 'approved', approved_by = \(user), approved_at = 7\(marks)
    WHERE id = \(id);

    """
  }

  static func post(
    _ id: Int, sequence: Int, series: String = "GJ", period: Int = 101, by user: Int = 2,
    exemption: String = "'small'", clause: String = ""
  ) -> String {
    """
    UPDATE \(clause) journal_entries SET status = 'posted', series = '\(series)',
      fiscal_year = 2026, sequence = \(sequence),
      number = '\(series)-2026-' || printf('%06d', \(sequence)), period_id = \(period),
      posted_by = \(user), posted_at = 8, content_hash = '\(hash("b"))', exemption = \(exemption)
    WHERE id = \(id);

    """
  }
}
