/// The state of what says who may do what.
extension SubjectState {
  static let department: StaticString = """
    SELECT d.code, d.name, d.type, p.code AS parent, u.display_name AS head,
      d.cost_centre_code, d.inactive_from_date, d.status
    FROM departments d
    LEFT JOIN departments p ON p.business_id = :business AND p.id = d.parent_id
    LEFT JOIN users u ON u.id = d.head_user_id
    WHERE d.business_id = :business AND d.id = :id
    """

  static let departmentRole: StaticString = """
    SELECT d.code AS department, n.name AS person, r.role, r.can_approve_budget,
      r.can_manage_members, r.can_view_reports, r.can_create_requests, r.approval_limit,
      r.starts_at, r.ends_at
    FROM department_roles r
    JOIN departments d ON d.business_id = :business AND d.id = r.department_id
    JOIN member_names n ON n.business_id = :business AND n.user_id = r.user_id
    WHERE r.business_id = :business AND r.id = :id
    """

  static let budget: StaticString = """
    SELECT a.number AS account, d.code AS department, p.name AS period, b.edition, b.amount,
      b.note, s.name AS set_by, b.status, v.name AS approved_by
    FROM budgets b
    JOIN accounts a ON a.business_id = :business AND a.id = b.account_id
    JOIN accounting_periods p ON p.business_id = :business AND p.id = b.period_id
    JOIN member_names s ON s.business_id = :business AND s.user_id = b.created_by
    LEFT JOIN member_names v ON v.business_id = :business AND v.user_id = b.approved_by
    LEFT JOIN departments d ON d.business_id = :business AND d.id = b.department_id
    WHERE b.business_id = :business AND b.id = :id
    """

  static let delegation: StaticString = """
    SELECT f.display_name AS lender, t.display_name AS borrower, d.permissions,
      d.department_id, d.amount_limit, d.starts_at, d.ends_at, d.revoked_at
    FROM approval_delegations d
    JOIN users f ON f.id = d.from_user_id
    JOIN users t ON t.id = d.to_user_id
    WHERE d.business_id = :business AND d.id = :id
    """

  static let grant: StaticString = """
    SELECT n.name AS person, p.effect, p.permission,
      p.subject_type, p.subject_id, p.amount_limit, p.conditions, p.starts_at, p.ends_at,
      p.status
    FROM user_permissions p
    JOIN member_names n ON n.business_id = :business AND n.user_id = p.user_id
    WHERE p.business_id = :business AND p.id = :id
    """

  static let permissionTemplate: StaticString = """
    SELECT name, description, permissions AS "json:permissions", status
    FROM permission_templates WHERE business_id = :business AND id = :id
    """

  static let assignment: StaticString = """
    SELECT t.name AS template, n.name AS person, a.role, d.code AS department,
      a.starts_at, a.ends_at, a.revoked_at
    FROM template_assignments a
    JOIN permission_templates t ON t.business_id = :business AND t.id = a.template_id
    LEFT JOIN member_names n ON n.business_id = :business AND n.user_id = a.user_id
    LEFT JOIN departments d ON d.business_id = :business AND d.id = a.department_id
    WHERE a.business_id = :business AND a.id = :id
    """

  static let group: StaticString = """
    SELECT g.group_name AS "group", u.display_name AS person
    FROM group_members g JOIN users u ON u.id = g.user_id
    WHERE g.business_id = :business AND g.id = :id
    """

  static let list: StaticString = """
    SELECT subject_type, subject_id, principal_type, user_id, department_id, role, group_name,
      level, may_share, may_export, expires_at, revoked_at
    FROM access_control_lists WHERE business_id = :business AND id = :id
    """

  static let confirmation: StaticString = """
    SELECT c.permission, c.subject_type, c.subject_id, c.request AS "json:request",
      r.display_name AS requester, c.expires_at, c.status, d.display_name AS decider
    FROM confirmations c
    JOIN users r ON r.id = c.requested_by
    LEFT JOIN users d ON d.id = c.decided_by
    WHERE c.business_id = :business AND c.id = :id
    """

  static let emergency: StaticString = """
    SELECT u.display_name AS person, g.starts_at, g.ends_at, g.review_due_at,
      r.display_name AS reviewer, g.review
    FROM broken_glass g
    JOIN users u ON u.id = g.user_id
    LEFT JOIN users r ON r.id = g.reviewed_by
    WHERE g.business_id = :business AND g.id = :id
    """

  static let waiver: StaticString = """
    SELECT u.display_name AS person, w.first_permission, w.second_permission, w.ends_at,
      w.revoked_at
    FROM duty_waivers w JOIN users u ON u.id = w.user_id
    WHERE w.business_id = :business AND w.id = :id
    """

  static let review: StaticString = """
    SELECT r.title, r.signed_at, r.digest,
      (SELECT count(*) FROM access_review_lines l
       WHERE l.business_id = :business AND l.review_id = :id) AS lines,
      (SELECT count(*) FROM access_review_lines l
       WHERE l.business_id = :business AND l.review_id = :id AND l.decision = 'keep') AS kept,
      (SELECT count(*) FROM access_review_lines l
       WHERE l.business_id = :business AND l.review_id = :id AND l.decision = 'revoke')
        AS revoked
    FROM access_reviews r WHERE r.business_id = :business AND r.id = :id
    """

  static let apiKey: StaticString = """
    SELECT k.name, k.prefix, k.permissions, k.rate_limit_per_hour, k.expires_at, k.status,
      u.display_name AS creator, k.revoked_at, k.revoked_reason
    FROM api_keys k JOIN users u ON u.id = k.created_by
    WHERE k.business_id = :business AND k.id = :id
    """

  static let session: StaticString = """
    SELECT u.display_name AS person, s.terminal, s.host, s.program, s.revoked_at,
      s.revoked_reason
    FROM user_sessions s JOIN users u ON u.id = s.user_id
    WHERE s.business_id = :business AND s.id = :id
    """
}
