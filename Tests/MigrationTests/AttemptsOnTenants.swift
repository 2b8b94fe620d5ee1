extension Attempt {
  /// Rows that would go to another business, and the guards of tables that have little else.
  static let tenants =
    moves.map { Attempt("moving a row of \($0.table)", $0.row + ";" + $0.move, "CF003") }
    + [
      Attempt(
        "changing a revoked assignment",
        template + assignment + "UPDATE template_assignments SET revoked_at = 5;"
          + "UPDATE template_assignments SET revoked_at = NULL", "CF043"),
      Attempt(
        "removing an assignment", template + assignment + "DELETE FROM template_assignments",
        "CF047"),
      Attempt(
        "widening an access list",
        accessList + "UPDATE access_control_lists SET level = 'admin'", "CF047"),
      Attempt("removing an access list", accessList + "DELETE FROM access_control_lists", "CF047"),
      Attempt(
        "bringing back a revoked access list",
        accessList + "UPDATE access_control_lists SET revoked_at = 5;"
          + "UPDATE access_control_lists SET revoked_at = NULL", "CF043"),
      Attempt(
        "removing a delegation", delegation + "DELETE FROM approval_delegations", "CF047"),
      Attempt(
        "bringing back a revoked delegation",
        delegation + "UPDATE approval_delegations SET revoked_at = 5;"
          + "UPDATE approval_delegations SET revoked_at = NULL", "CF043"),
      Attempt(
        "bringing back a revoked exception",
        "UPDATE period_exceptions SET revoked_at = 5;"
          + "UPDATE period_exceptions SET revoked_at = NULL", "CF043"),
      Attempt(
        "changing a line of a snapshot",
        snapshotLine + "UPDATE trial_balance_lines SET account_name = 'x'", "CF050"),
      Attempt(
        "removing a line of a snapshot", snapshotLine + "DELETE FROM trial_balance_lines", "CF050"),
      Attempt(
        "matching in a closed reconciliation",
        bank + reconciliation + closed + match, "CF051"),
      Attempt(
        "undoing a match of a closed reconciliation",
        bank + reconciliation + match + closed + "DELETE FROM reconciliation_matches", "CF051"),
      Attempt(
        "a chain that doesn't start at its genesis",
        """
        INSERT INTO businesses (id, slug, name, base_currency, created_at, updated_at)
        VALUES (3, 'mill', 'Mill', 'USD', 1, 1);
        INSERT INTO audit_heads (business_id, hash, genesis_hash)
        VALUES (3, '\(Seed.hash("1"))', '\(Seed.hash("0"))')
        """, "CF030"),
      Attempt(
        "another hash in an anchor",
        """
        INSERT INTO audit_checkpoints (business_id, sequence, hash, cause, created_at)
        VALUES (1, 3, '\(Seed.hash("3"))', 'manual', 9);
        UPDATE audit_checkpoints SET hash = '\(Seed.hash("4"))'
        """, "CF031"),
      Attempt(
        "another activity",
        """
        INSERT INTO activity_logs (business_id, user_id, at, screen, duration_ms)
        VALUES (1, 1, 1, 'accounts', 5);
        UPDATE activity_logs SET user_id = 2
        """, "CF050"),
      Attempt(
        "a vote for somebody else",
        workflow + "UPDATE workflow_steps SET status = 'active';" + vote
          + "UPDATE workflow_votes SET user_id = 5", "CF003"),
      Attempt(
        "a changed vote on a step that is over",
        workflow + "UPDATE workflow_steps SET status = 'active';" + vote
          + "UPDATE workflow_steps SET status = 'completed';"
          + "UPDATE workflow_votes SET decision = 'reject'", "CF063"),
      Attempt(
        "a vote undone",
        workflow + "UPDATE workflow_steps SET status = 'active';" + vote
          + "DELETE FROM workflow_votes", "CF050"),
      Attempt(
        "other evidence for an instance",
        workflow + attached + "UPDATE workflow_attachments SET attachment_id = 2", "CF052"),
      Attempt(
        "removing evidence of an instance",
        workflow + attached + "DELETE FROM workflow_attachments", "CF052"),
    ]

  private struct Move {
    let table: String
    let row: String
    let move: String

    init(_ table: String, _ row: String, where condition: String = "1") {
      self.table = table
      self.row = row
      move = "UPDATE \(table) SET business_id = 2 WHERE \(condition)"
    }
  }

  private static let moves = [
    Move(
      "api_keys",
      """
      INSERT INTO api_keys (business_id, name, prefix, key_hash, created_by, created_at)
      VALUES (1, 'k', 'cf_1', '\(Seed.hash("d"))', 1, 1)
      """),
    Move(
      "department_roles",
      """
      INSERT INTO department_roles (business_id, department_id, user_id, role, starts_at, created_at)
      VALUES (1, 50, 3, 'lead', 1, 1)
      """),
    Move("department_parents", ""),
    Move("permission_templates", template),
    Move("template_assignments", template + assignment),
    Move("role_hierarchies", ""),
    Move("currencies", "", where: "business_id = 1 AND code = 'JPY'"),
    Move(
      "exchange_rates",
      """
      INSERT INTO exchange_rates (business_id, from_currency, to_currency, rate_date, rate_mantissa,
        rate_scale, created_at)
      VALUES (1, 'EUR', 'USD', '2026-01-01', 1, 0, 1)
      """),
    Move("entry_templates", entryTemplate),
    Move(
      "entry_template_lines",
      entryTemplate
        + """
        INSERT INTO entry_template_lines (business_id, template_id, line_number, account_id,
          currency)
        VALUES (1, 1, 1, 11, 'USD')
        """),
    Move("recurring_schedules", schedule),
    Move(
      "recurring_occurrences",
      schedule
        + """
        INSERT INTO recurring_occurrences (business_id, schedule_id, occurrence_date, status,
          created_at)
        VALUES (1, 1, '2026-01-31', 'flagged', 1)
        """),
    Move("allocation_rules", allocation),
    Move(
      "allocation_sources",
      allocation
        + """
        INSERT INTO allocation_sources (business_id, rule_id, line_number, account_id)
        VALUES (1, 1, 1, 11)
        """),
    Move(
      "allocation_targets",
      allocation
        + """
        INSERT INTO allocation_targets (business_id, rule_id, line_number, account_id, share)
        VALUES (1, 1, 1, 11, 1000000)
        """),
    Move(
      "allocated_entries",
      """
      INSERT INTO allocated_entries (business_id, entry_id, account_id, period_end)
      VALUES (1, 1000, 11, '2026-01-31')
      """),
    Move("bank_statements", bank),
    Move("reconciliations", reconciliation),
    Move("approval_bands", "INSERT INTO approval_bands VALUES (1, 100000, 'manager')"),
    Move(
      "notifications",
      """
      INSERT INTO notifications (business_id, user_id, notice, created_at)
      VALUES (1, 1, '{}', 1)
      """),
    Move(
      "workflow_definitions",
      """
      INSERT INTO workflow_definitions (business_id, key, name, type, steps, created_by, created_at)
      VALUES (1, 'k', 'K', 'approval', '{}', 1, 1)
      """),
    Move("workflow_steps", workflow),
    Move(
      "workflow_assignees",
      workflow
        + """
        INSERT INTO workflow_assignees (business_id, step_id, user_id, assigned_at)
        VALUES (1, 1, 2, 1)
        """),
    Move(
      "workflow_timers",
      workflow
        + "INSERT INTO workflow_timers (business_id, instance_id, kind, due_at) "
        + "VALUES (1, 1, 'remind', 9)"),
  ]

  private static let template = """
    INSERT INTO permission_templates (id, business_id, name, type, permissions, created_at)
    VALUES (1, 1, 'Auditor', 'role', '[]', 1);

    """

  private static let assignment = """
    INSERT INTO template_assignments (business_id, template_id, user_id, starts_at, granted_by,
      created_at)
    VALUES (1, 1, 3, 1, 1, 1);

    """

  private static let accessList = """
    INSERT INTO access_control_lists (business_id, subject_type, subject_id, principal_type, user_id,
      level, granted_by, created_at)
    VALUES (1, 'account', 11, 'user', 3, 'read', 1, 1);

    """

  private static let delegation = """
    INSERT INTO approval_delegations (business_id, from_user_id, to_user_id, starts_at, ends_at,
      reason, created_by, created_at)
    VALUES (1, 2, 5, 1, 9, 'leave', 1, 1);

    """

  private static let entryTemplate = """
    INSERT INTO entry_templates (id, business_id, name, created_by, created_at)
    VALUES (1, 1, 'Rent', 3, 1);

    """

  private static let schedule =
    entryTemplate + """
      INSERT INTO recurring_schedules (id, business_id, template_id, rule, start_on, created_by,
        created_at)
      VALUES (1, 1, 1, 'monthly', '2026-01-31', 3, 1);

      """

  private static let allocation = """
    INSERT INTO allocation_rules (id, business_id, name, basis, created_by, created_at)
    VALUES (1, 1, 'Rent', 'shares', 3, 1);

    """

  private static let bank = """
    INSERT INTO bank_statements (id, business_id, account_id, currency, from_date, to_date,
      opening_balance, closing_balance, imported_by, imported_at)
    VALUES (1, 1, 11, 'USD', '2026-01-01', '2026-01-31', 0, 5000, 3, 9);
    INSERT INTO bank_statement_lines (id, business_id, statement_id, account_id, line_number,
      booked_on, amount)
    VALUES (1, 1, 1, 11, 1, '2026-01-09', 5000);

    """

  private static let reconciliation = """
    INSERT INTO reconciliations (id, business_id, account_id, as_of_date, statement_balance,
      prepared_by, prepared_at)
    VALUES (1, 1, 11, '2026-01-31', 5000, 3, 9);

    """

  private static let match = """
    INSERT INTO reconciliation_matches (business_id, reconciliation_id, statement_line_id, line_id,
      matched_by, matched_at)
    VALUES (1, 1, 1, 10031, 3, 9);

    """

  private static let closed = """
    UPDATE reconciliations SET status = 'closed', book_balance = 5000, outstanding = 0,
      closed_at = 10;

    """

  private static let snapshotLine = """
    INSERT INTO trial_balance (id, business_id, from_date, as_of_date, audit_sequence, total_debit,
      total_credit, sha256, created_by, created_at)
    VALUES (1, 1, '2026-01-01', '2026-01-31', 3, 5000, 5000, '\(Seed.hash("a"))', 1, 9);
    INSERT INTO trial_balance_lines
    VALUES (1, 1, 1, 11, 'USD', '1000', 'Bank', 0, 5000, 0, 5000);

    """

  private static let workflow = """
    INSERT INTO workflow_definitions (id, business_id, key, version, name, type, steps, status,
      created_by, created_at, published_at)
    VALUES (1, 1, 'journal', 1, 'Journal', 'approval', '{}', 'active', 1, 1, 2);
    INSERT INTO workflow_instances (id, business_id, definition_id, subject_type, title, status,
      created_at)
    VALUES (1, 1, 1, 'journal_entry', 'D-1001', 'active', 3);
    INSERT INTO workflow_steps (id, business_id, instance_id, node, type)
    VALUES (1, 1, 1, 'approve', 'approval');

    """

  private static let vote = """
    INSERT INTO workflow_votes (business_id, step_id, user_id, decision, decided_at)
    VALUES (1, 1, 2, 'approve', 9);

    """

  private static let attached = """
    INSERT INTO attachment_contents VALUES (1, '\(Seed.hash("e"))', 1, x'01');
    INSERT INTO attachments (id, business_id, file_name, sha256, added_by, added_at)
    VALUES (1, 1, 'a.pdf', '\(Seed.hash("e"))', 3, 9);
    INSERT INTO workflow_attachments VALUES (1, 1, 1);

    """
}
