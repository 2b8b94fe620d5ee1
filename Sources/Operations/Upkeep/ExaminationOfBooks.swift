import Domain
import Store

/// What the schema refuses by itself and somebody with the file can still bring about (RULES §3.16):
/// each a question whose answer should be nothing.
extension Examination {
  static let bookQuestions: [(String, StaticString)] = [
    (
      "control accounts are their open items",
      """
      SELECT a.number || ': the items come to ' || sum(d.amount) || ' ' || d.currency
        || ' more than the ledger, and to ' || sum(d.base) || ' more in the base currency'
      FROM (
        SELECT l.account_id, l.currency, l.debit - l.credit AS amount,
          l.base_debit - l.base_credit AS base
        FROM journal_entries e
        CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
        WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        UNION ALL
        SELECT account_id, currency, credit - debit, base_credit - base_debit
        FROM general_ledger WHERE business_id = :business) d
      CROSS JOIN accounts a ON a.business_id = :business AND a.id = d.account_id
      WHERE a.is_control = 1 OR a.category IN ('accounts_receivable', 'accounts_payable')
      GROUP BY a.id, d.currency
      HAVING sum(d.amount) <> 0 OR sum(d.base) <> 0
      ORDER BY a.number, d.currency
      """
    ),
    (
      "normal periods tile their year",
      """
      SELECT year || ': ' || name || ' is from ' || start_date || ' to ' || end_date
        || iif(start_date <> due, ', not from ' || due, '')
        || iif(is_last AND end_date <> year_end, ', not to ' || year_end, '')
      FROM (
        SELECT y.year, y.end_date AS year_end, p.name, p.start_date, p.end_date,
          coalesce(date(lag(p.end_date) OVER in_year, '+1 day'), y.start_date) AS due,
          lead(p.start_date) OVER in_year IS NULL AS is_last
        FROM fiscal_years y
        JOIN accounting_periods p ON p.business_id = :business AND p.fiscal_year = y.year
          AND p.kind = 'normal'
        WHERE y.business_id = :business
        WINDOW in_year AS (PARTITION BY y.year ORDER BY p.start_date))
      WHERE start_date <> due OR is_last AND end_date <> year_end
      UNION ALL
      SELECT y.year || ' has no period' FROM fiscal_years y
      WHERE y.business_id = :business AND NOT EXISTS (
        SELECT 1 FROM accounting_periods p
        WHERE p.business_id = :business AND p.fiscal_year = y.year AND p.kind = 'normal')
      """
    ),
    // A day without a row is one on which a department stood below none. A circle begins on the day
    // on which the last of its places does.
    (
      "departments stand where their days say",
      """
      WITH RECURSIVE above (day, department, id) AS (
        SELECT from_date, department_id, parent_id FROM department_parents
        WHERE business_id = :business
        UNION
        SELECT a.day, a.department, p.parent_id
        FROM above a
        JOIN department_parents p ON p.business_id = :business AND p.department_id = a.id
          AND a.day BETWEEN p.from_date AND p.until_date)
      SELECT d.code || ' stands below ' || coalesce(n.code, 'none') || ', and by its days below '
        || coalesce(b.code, 'none')
      FROM departments d
      LEFT JOIN department_parents p ON p.business_id = :business AND p.department_id = d.id
        AND p.until_date = '9999-12-31'
      LEFT JOIN departments n ON n.business_id = :business AND n.id = d.parent_id
      LEFT JOIN departments b ON b.business_id = :business AND b.id = p.parent_id
      WHERE d.business_id = :business AND d.parent_id IS NOT p.parent_id
      UNION ALL
      SELECT d.code || ' stands below two on ' || o.from_date
      FROM departments d
      JOIN department_parents p ON p.business_id = :business AND p.department_id = d.id
      JOIN department_parents o ON o.business_id = :business AND o.department_id = d.id
        AND o.from_date > p.from_date AND o.from_date <= p.until_date
      WHERE d.business_id = :business
      UNION ALL
      SELECT d.code || ' stands below itself on ' || a.day
      FROM above a
      JOIN departments d ON d.business_id = :business AND d.id = a.department
      WHERE a.id = a.department
      """
    ),
  ]

  static let entryQuestions: [(String, StaticString)] = [
    (
      "posted entries are numbered, sealed and recorded",
      """
      SELECT coalesce(e.number, 'D-' || e.draft_number) || ' has no ' || CASE
        WHEN e.number IS NULL THEN 'number'
        WHEN e.content_hash IS NULL THEN 'hash'
        ELSE 'record of being posted with its hash' END
      FROM journal_entries e
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND (e.number IS NULL OR e.content_hash IS NULL OR NOT EXISTS (
          SELECT 1 FROM audit_logs a
          WHERE a.business_id = :business AND a.resource_type = 'journal_entry'
            AND a.resource_id = e.id AND a.content_hash = e.content_hash))
      ORDER BY e.id
      """
    ),
    (
      "lines are on posting accounts of their currency",
      """
      SELECT 'line ' || l.line_number || ' of ' || coalesce(e.number, 'D-' || e.draft_number)
        || CASE
        WHEN a.is_header = 1 THEN ' is on the heading ' || a.number
        WHEN a.deleted_at IS NOT NULL THEN ' is on ' || a.number || ', which was deleted'
        ELSE ' is of ' || l.currency || ' on ' || a.number || ', which holds ' || a.currency END
      FROM journal_entries e
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      CROSS JOIN accounts a ON a.business_id = :business AND a.id = l.account_id
      WHERE e.business_id = :business AND e.status IN ('posted', 'reversed')
        AND (a.is_header = 1 OR a.deleted_at IS NOT NULL
          OR l.currency <> a.currency AND l.debit + l.credit > 0)
      ORDER BY e.id, l.line_number
      """
    ),
    (
      "approvals are of different people",
      """
      SELECT name || ' was approved ' || CASE WHEN NOT is_voted THEN 'without a vote'
        WHEN is_own THEN 'by whoever had a hand in it' ELSE 'twice by one person' END
      FROM (
        SELECT e.id, coalesce(e.number, 'D-' || e.draft_number) AS name,
          EXISTS (
            SELECT 1 FROM journal_approvals v
            WHERE v.business_id = :business AND v.entry_id = e.id AND v.round = e.submit_round
              AND v.user_id = e.approved_by AND v.decision = 'approve') AS is_voted,
          e.self_approved = 0 AND (e.approved_by IN (e.created_by, e.submitted_by) OR EXISTS (
            SELECT 1 FROM entry_editors w
            WHERE w.business_id = :business AND w.entry_id = e.id AND w.user_id = e.approved_by
              AND w.round = e.submit_round - 1)) AS is_own,
          e.self_approved = 0 AND EXISTS (
            SELECT 1 FROM journal_approvals v
            JOIN journal_approvals o ON o.business_id = :business AND o.entry_id = e.id
              AND o.round = v.round AND o.id <> v.id AND o.decision = 'approve'
              AND (o.user_id IN (v.user_id, v.acting_for)
                OR o.acting_for IN (v.user_id, v.acting_for))
            WHERE v.business_id = :business AND v.entry_id = e.id AND v.round = e.submit_round
              AND v.user_id = e.approved_by AND v.decision = 'approve') AS is_double
        FROM journal_entries e
        WHERE e.business_id = :business AND e.status IN ('approved', 'posted', 'reversed')
          AND e.approved_by IS NOT NULL)
      WHERE NOT is_voted OR is_own OR is_double
      ORDER BY id
      """
    ),
    // What rights somebody had then isn't kept to the last (KeptAsNow); what the gate decided is.
    (
      "approvals were allowed when they were given",
      """
      SELECT 'the log doesn''t say that ' || coalesce(n.name, 'user ' || v.user_id)
        || ' might approve ' || coalesce(e.number, 'D-' || e.draft_number)
      FROM journal_approvals v
      JOIN journal_entries e ON e.business_id = :business AND e.id = v.entry_id
      LEFT JOIN member_names n ON n.business_id = :business AND n.user_id = v.user_id
      WHERE v.business_id = :business AND v.decision = 'approve' AND NOT EXISTS (
        SELECT 1 FROM audit_logs a
        WHERE a.business_id = :business AND a.resource_type = 'journal_entry'
          AND a.resource_id = v.entry_id AND a.at = v.decided_at AND a.actor_id = v.user_id
          AND a.acting_for IS v.acting_for AND a.operation = 'journal.approve'
          AND a.status = 'success')
      ORDER BY v.id
      """
    ),
    (
      "workflows agree with their entries",
      """
      SELECT 'workflow ' || i.id || ' is ' || i.status || ', and '
        || coalesce(e.number, 'D-' || e.draft_number, 'its entry') || ' is '
        || coalesce(e.status, 'gone')
      FROM workflow_instances i
      JOIN workflow_definitions d ON d.business_id = :business AND d.id = i.definition_id
        AND d.type = 'approval'
      LEFT JOIN journal_entries e ON e.business_id = :business AND e.id = i.subject_id
      WHERE i.business_id = :business AND i.subject_type = 'journal_entry' AND (
        i.status IN ('active', 'paused', 'waiting', 'failed')
          AND e.status IS NOT 'pending_approval'
        OR i.status = 'completed' AND i.result = 'approved'
          AND coalesce(e.status, 'pending_approval') = 'pending_approval'
          AND NOT EXISTS (
            SELECT 1 FROM workflow_instances n
            WHERE n.business_id = :business AND n.subject_type = 'journal_entry'
              AND n.subject_id = i.subject_id AND n.id > i.id))
      ORDER BY i.id
      """
    ),
  ]

  /// What was kept or proved once, held against what it was kept or proved of.
  static func proofs(in snapshot: Snapshot) throws -> [Check] {
    let reconciliations = try Reconciliations().run(in: snapshot).filter { $0.status == .closed }
    let unproved = try reconciliations.filter { try !snapshot.proof(of: $0).isProved }
    let snapshots = try snapshot.snapshots().filter { head in
      try KeptParameters(head).sha256(of: snapshot.keptBalances(head.id).balances) != head.sha256
    }
    return [
      Check(
        "closed reconciliations are proved",
        findings: unproved.map { "\($0.label) of \($0.asOf.text) has a difference" }),
      Check(
        "snapshots are what was kept",
        findings: snapshots.map { "\($0.label), run \($0.run), has other rows than its hash" }),
      Check("rows point within their business", findings: try snapshot.strayRows()),
    ]
  }
}
