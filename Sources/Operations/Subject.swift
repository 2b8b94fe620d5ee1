package import Domain
import Store

/// What a command is done to, and its state for the audit log.
package struct Subject: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case instance
    case business
    case user
    case membership
    case session
    case account
    case entry = "journal_entry"
    case template = "entry_template"
    case schedule = "recurring_schedule"
    case allocation = "allocation_rule"
    case period = "accounting_period"
    case exception = "period_exception"
    case attachment
    case department
    case departmentRole = "department_role"
    case budget
    case reconciliation
    case bankStatement = "bank_statement"
    case bankLine = "bank_statement_line"
    case entryLine = "journal_line"
    case grant = "user_permission"
    case list = "access_control_list"
    case delegation = "approval_delegation"
    case confirmation
    case emergency = "broken_glass"
    case permissionTemplate = "permission_template"
    case assignment = "template_assignment"
    case group = "group_member"
    case waiver = "duty_waiver"
    case review = "access_review"
    case apiKey = "api_key"
    case notice = "notification"
    case journalFile = "journal_file"
    case chartFile = "chart_file"
    case auditLog = "audit_log"
    case report
    case migration
    case currency
    case rate = "exchange_rate"
    case snapshot = "trial_balance"
  }

  package let kind: Kind
  /// Nil before it exists.
  package let id: Int64?
  /// What people call it, where it has no row to say so.
  package let name: String

  package init(_ kind: Kind, _ id: Int64? = nil, name: String = "") {
    self.kind = kind
    self.id = id
    self.name = name
  }

  package static func account(_ id: ID<Account>?) -> Subject { Subject(.account, id?.value) }
  package static func entry(_ id: ID<Entry>?) -> Subject { Subject(.entry, id?.value) }
  package static func template(_ id: ID<EntryTemplate>) -> Subject {
    Subject(.template, id.value)
  }
  static func attachment(_ id: ID<Attachment>) -> Subject { Subject(.attachment, id.value) }
  package static func schedule(_ id: ID<Schedule>?) -> Subject { Subject(.schedule, id?.value) }
  package static func membership(_ id: ID<Membership>?) -> Subject {
    Subject(.membership, id?.value)
  }
  package static func business(_ id: ID<Business>) -> Subject { Subject(.business, id.value) }
}

extension Subject {
  /// Every field that people may see change, or nothing where there is no such row.
  func state(in reading: some Reading) throws -> [JSON.Field] {
    // Its code is its key.
    if kind == .currency { return try reading.fields(SubjectState.currency, ["code": name]) }
    guard let id, let statement else { return [] }
    return try reading.fields(statement, ["id": id])
  }

  /// What reads the state; nil of what has none.
  private var statement: StaticString? {
    switch kind {
    case .account: SubjectState.account
    case .entry: SubjectState.entry
    case .template: SubjectState.template
    case .schedule: SubjectState.schedule
    case .allocation: SubjectState.allocation
    case .membership: SubjectState.membership
    case .business: SubjectState.business
    case .user: SubjectState.user
    case .notice: SubjectState.notice
    case .department: SubjectState.department
    case .departmentRole: SubjectState.departmentRole
    case .budget: SubjectState.budget
    case .reconciliation: SubjectState.reconciliation
    case .bankLine: SubjectState.bankLine
    case .delegation: SubjectState.delegation
    case .grant: SubjectState.grant
    case .permissionTemplate: SubjectState.permissionTemplate
    case .assignment: SubjectState.assignment
    case .group: SubjectState.group
    case .list: SubjectState.list
    case .confirmation: SubjectState.confirmation
    case .emergency: SubjectState.emergency
    case .waiver: SubjectState.waiver
    case .review: SubjectState.review
    case .apiKey: SubjectState.apiKey
    case .session: SubjectState.session
    case .period: SubjectState.period
    case .exception: SubjectState.exception
    case .rate: SubjectState.rate
    case .snapshot: SubjectState.snapshot
    case .bankStatement: SubjectState.bankStatement
    case .instance, .attachment, .entryLine, .journalFile, .chartFile, .auditLog, .report,
      .migration, .currency:
      nil
    }
  }

  /// What people call it, by the state it has or had.
  func name(from state: [JSON.Field]) -> String {
    func text(_ field: String) -> String? {
      guard case .string(let text)? = state.first(where: { $0.name == field })?.value else {
        return nil
      }
      return text
    }
    return switch kind {
    case .department: text("name") ?? name
    case .account: [text("number"), text("name")].compactMap(\.self).joined(separator: " ")
    case .entry: text("number") ?? text("draft") ?? name
    case .template, .allocation, .apiKey: text("name") ?? name
    case .session: text("person") ?? name
    case .membership: text("display_name") ?? text("email") ?? name
    case .user: text("display_name") ?? name
    case .business: text("name") ?? name
    case .confirmation: text("permission") ?? name
    case .emergency: text("person") ?? name
    case .permissionTemplate: text("name") ?? name
    case .departmentRole:
      [text("department"), text("role"), text("person")].compactMap(\.self).joined(separator: " ")
    case .budget:
      [text("account"), text("department"), text("period"), text("edition")].compactMap(\.self)
        .joined(separator: " ")
    case .reconciliation: [text("account"), text("to")].compactMap(\.self).joined(separator: " ")
    case .bankLine: text("text") ?? name
    case .assignment, .schedule: text("template") ?? name
    case .group: text("group") ?? name
    case .exception:
      [text("period"), text("person")].compactMap(\.self).joined(separator: " ")
    case .waiver: text("person") ?? name
    case .review: text("title") ?? name
    case .rate:
      [text("currency"), text("of"), text("kind")].compactMap(\.self).joined(separator: " ")
    case .snapshot: [text("as_of"), text("basis")].compactMap(\.self).joined(separator: ", ")
    case .bankStatement:
      [text("account"), text("from"), text("to")].compactMap(\.self).joined(separator: " ")
    case .delegation:
      [text("lender"), text("borrower")].compactMap(\.self).joined(separator: " → ")
    case .grant: [text("effect"), text("permission")].compactMap(\.self).joined(separator: " ")
    case .instance, .period, .attachment, .list, .entryLine, .journalFile, .chartFile, .auditLog,
      .notice, .report, .migration, .currency:
      name
    }
  }
}

/// The statements that read what is kept of subjects in the audit log.
enum SubjectState {
  /// Of the number at the bank only its end is kept (RULES §6.5).
  static let account: StaticString = """
    SELECT number, name, parent_id, type, category, is_header, is_control, currency, closes,
      revalue, requires_department, (SELECT d.code FROM departments d
        WHERE d.business_id = :business AND d.id = usual_department_id) AS usual_department,
      cash_flow_class, description, bank_name,
      CASE WHEN length(bank_account_number) > 4 THEN '••••' || substr(bank_account_number, -4)
        WHEN bank_account_number IS NOT NULL THEN '••••' END AS bank_account_number,
      bank_code, status
    FROM accounts WHERE business_id = :business AND id = :id
    """

  static let entry: StaticString = """
    SELECT number, 'D-' || draft_number AS draft, entry_date, type, source, reference, payee,
      description, notes, total, status, approved_by, reverses_entry_id, reversed_by_entry_id,
      reverses_on, adjustment_kind,
      (SELECT json_group_array(json_object('account', a.number, 'currency', l.currency,
          'debit', l.debit, 'credit', l.credit, 'base_debit', l.base_debit,
          'base_credit', l.base_credit, 'description', l.description,
          'project', nullif(l.project, ''), 'counterparty', nullif(l.counterparty, ''),
          'tax_code', l.tax_code, 'tax_amount', l.tax_amount,
          'quantity_mantissa', l.quantity_mantissa, 'quantity_scale', l.quantity_scale,
          'unit', l.unit, 'tags', nullif(l.tags, '[]')))
        FROM (SELECT account_id, currency, debit, credit, base_debit, base_credit, description,
                project, counterparty, tax_code, tax_amount, quantity_mantissa,
                quantity_scale, unit, tags
              FROM journal_lines WHERE business_id = :business AND entry_id = :id
              ORDER BY line_number) l
        JOIN accounts a ON a.business_id = :business AND a.id = l.account_id) AS "json:lines",
      (SELECT nullif(json_group_array(json_object('name', f.file_name, 'sha256', f.sha256,
          'line', f.line_number, 'hidden', f.hidden_reason)), '[]')
        FROM (SELECT a.file_name, a.sha256, m.line_number, a.hidden_reason FROM attachments a
              LEFT JOIN journal_lines m ON m.business_id = :business AND m.id = a.line_id
              WHERE a.business_id = :business AND a.entry_id = :id ORDER BY a.id) f)
        AS "json:files"
    FROM journal_entries WHERE business_id = :business AND id = :id
    """

  static let period: StaticString = """
    SELECT name, fiscal_year, status,
      (SELECT nullif(json_group_array(json_object('name', f.file_name, 'sha256', f.sha256,
          'hidden', f.hidden_reason)), '[]')
        FROM (SELECT file_name, sha256, hidden_reason FROM attachments
              WHERE business_id = :business AND period_id = :id ORDER BY id) f) AS "json:files"
    FROM accounting_periods WHERE business_id = :business AND id = :id
    """

  static let reconciliation: StaticString = """
    SELECT a.number AS account, r.as_of_date AS "to", r.statement_balance, r.status,
      r.book_balance, r.outstanding, v.name AS approved_by, r.self_approved,
      (SELECT count(*) FROM journal_lines l
        WHERE l.business_id = :business AND l.reconciliation_id = r.id) AS cleared_lines,
      (SELECT count(DISTINCT m.statement_line_id) FROM reconciliation_matches m
        WHERE m.business_id = :business AND m.reconciliation_id = r.id) AS matched_lines
    FROM reconciliations r
    JOIN accounts a ON a.business_id = :business AND a.id = r.account_id
    LEFT JOIN member_names v ON v.business_id = :business AND v.user_id = r.approved_by
    WHERE r.business_id = :business AND r.id = :id
    """

  static let bankLine: StaticString = """
    SELECT booked_on AS "of", amount, text, status FROM bank_statement_lines
    WHERE business_id = :business AND id = :id
    """

  static let currency: StaticString = """
    SELECT code, exponent AS decimals, symbol, name FROM currencies
    WHERE business_id = :business AND code = :code
    """

  static let rate: StaticString = """
    SELECT from_currency AS currency, to_currency AS "in", rate_date AS "of", kind,
      rate_mantissa AS rate, rate_scale AS decimals, source, status, superseded_at
    FROM exchange_rates WHERE business_id = :business AND id = :id
    """

  /// Not its sums: whoever reads the log needn't see all of the books.
  static let snapshot: StaticString = """
    SELECT from_date AS "from", as_of_date AS as_of, known_at, kind AS basis, basis AS amounts,
      run_number AS run, audit_sequence, sha256
    FROM trial_balance WHERE business_id = :business AND id = :id
    """

  static let bankStatement: StaticString = """
    SELECT a.number AS account, s.from_date AS "from", s.to_date AS "to", s.currency,
      s.opening_balance AS opening, s.closing_balance AS closing, s.file_name AS file,
      s.file_sha256 AS sha256,
      (SELECT count(*) FROM bank_statement_lines l
        WHERE l.business_id = :business AND l.statement_id = s.id) AS lines
    FROM bank_statements s
    JOIN accounts a ON a.business_id = :business AND a.id = s.account_id
    WHERE s.business_id = :business AND s.id = :id
    """

  static let exception: StaticString = """
    SELECT p.name AS period, p.fiscal_year, n.name AS person, x.series, x.until_at, x.revoked_at
    FROM period_exceptions x
    JOIN accounting_periods p ON p.business_id = :business AND p.id = x.period_id
    JOIN member_names n ON n.business_id = :business AND n.user_id = x.user_id
    WHERE x.business_id = :business AND x.id = :id
    """

  static let template: StaticString = """
    SELECT name, description, reference, payee, notes,
      (SELECT json_group_array(json_object('account', a.number, 'currency', l.currency,
          'amount', l.amount, 'amount_rule', l.amount_rule, 'share', l.share,
          'description', l.description))
        FROM (SELECT account_id, currency, amount, amount_rule, share, description
              FROM entry_template_lines
              WHERE business_id = :business AND template_id = :id ORDER BY line_number) l
        JOIN accounts a ON a.business_id = :business AND a.id = l.account_id) AS "json:lines"
    FROM entry_templates WHERE business_id = :business AND id = :id
    """

  static let schedule: StaticString = """
    SELECT t.name AS template, s.rule, s.step, s.anchor_day, s.start_on, s.end_on, s.occurrences,
      s.next_on, s.action, s.status
    FROM recurring_schedules s
    JOIN entry_templates t ON t.business_id = :business AND t.id = s.template_id
    WHERE s.business_id = :business AND s.id = :id
    """

  static let allocation: StaticString = """
    SELECT r.name, d.code AS department, r.basis, b.number AS basis_account, r.ended_at,
      (SELECT json_group_array(a.number)
        FROM (SELECT account_id FROM allocation_sources
              WHERE business_id = :business AND rule_id = :id ORDER BY line_number) s
        JOIN accounts a ON a.business_id = :business AND a.id = s.account_id)
        AS "json:accounts",
      (SELECT json_group_array(json_object('account', a.number, 'department', d.code,
          'share', t.share))
        FROM (SELECT account_id, department_id, share FROM allocation_targets
              WHERE business_id = :business AND rule_id = :id ORDER BY line_number) t
        LEFT JOIN accounts a ON a.business_id = :business AND a.id = t.account_id
        LEFT JOIN departments d ON d.business_id = :business AND d.id = t.department_id)
        AS "json:targets"
    FROM allocation_rules r
    LEFT JOIN departments d ON d.business_id = :business AND d.id = r.department_id
    LEFT JOIN accounts b ON b.business_id = :business AND b.id = r.basis_account_id
    WHERE r.business_id = :business AND r.id = :id
    """

  static let membership: StaticString = """
    SELECT u.email, n.name AS display_name, m.role,
      m.job_title, m.status, m.spending_limit, m.department_id, m.may_approve,
      s.name AS reports_to
    FROM business_memberships m
    JOIN users u ON u.id = m.user_id
    JOIN member_names n ON n.business_id = :business AND n.user_id = m.user_id
    LEFT JOIN member_names s ON s.business_id = :business AND s.user_id = m.reports_to
    WHERE m.business_id = :business AND m.id = :id
    """

  static let business: StaticString = """
    SELECT name, slug, base_currency, fiscal_year_start_month, rounding, subscription_tier,
      subscription_status, subscription_expires_at, status,
      legal_name, registration_number, tax_number, industry, size, email, phone, website,
      address_line1, address_line2, city, region, postal_code, country, timezone,
      idle_lock_minutes, self_approval, own_posting, posts_on_approval,
      open_periods_most, evidence_from, budget_check, rate_age_days, audit_retention_years
    FROM businesses WHERE id = :id AND (id = :business OR :business = 0)
    """

  static let user: StaticString = """
    SELECT display_name, password_changed_at, totp_enabled_at AS second_factor_at,
      (SELECT count(*) FROM recovery_codes WHERE user_id = :id AND used_at IS NULL)
        AS recovery_codes,
      (SELECT slug FROM businesses b WHERE b.id = usual_business_id) AS usual_business
    FROM users WHERE id = :id AND :business = 0
    """

  static let notice: StaticString =
    "SELECT read_at FROM notifications WHERE business_id = :business AND id = :id"
}
