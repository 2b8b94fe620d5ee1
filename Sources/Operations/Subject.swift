package import Domain
import Store

/// What a command is done to, and its state for the audit log.
package struct Subject: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case instance
    case business
    case user
    case membership
    case session
    case account
    case entry = "journal_entry"
    case template = "entry_template"
    case period = "accounting_period"
    case department
    case grant = "user_permission"
    case list = "access_control_list"
    case delegation = "approval_delegation"
    case apiKey = "api_key"
    case journalFile = "journal_file"
    case auditLog = "audit_log"
    case report
    case migration
    case currency
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
  package static func membership(_ id: ID<Membership>?) -> Subject {
    Subject(.membership, id?.value)
  }
  package static func business(_ id: ID<Business>) -> Subject { Subject(.business, id.value) }
}

extension Subject {
  /// Every field that people may see change, or nothing where there is no such row.
  func state(in reading: some Reading) throws -> [JSON.Field] {
    guard let id else { return [] }
    return switch kind {
    case .account:
      try reading.fields(
        """
        SELECT number, name, parent_id, type, category, is_header, is_control, currency, closes,
          revalue, requires_department, status
        FROM accounts WHERE business_id = :business AND id = :id
        """, ["id": id])
    case .entry:
      try reading.fields(
        """
        SELECT number, 'D-' || draft_number AS draft, entry_date, type, source, reference, payee,
          description, notes, total, status, approved_by, reverses_entry_id, reversed_by_entry_id,
          (SELECT json_group_array(json_object('account', a.number, 'currency', l.currency,
              'debit', l.debit, 'credit', l.credit, 'base_debit', l.base_debit,
              'base_credit', l.base_credit, 'description', l.description))
            FROM (SELECT account_id, currency, debit, credit, base_debit, base_credit, description
                  FROM journal_lines WHERE business_id = :business AND entry_id = :id
                  ORDER BY line_number) l
            JOIN accounts a ON a.business_id = :business AND a.id = l.account_id) AS "json:lines"
        FROM journal_entries WHERE business_id = :business AND id = :id
        """, ["id": id])
    case .template:
      try reading.fields(
        """
        SELECT name, description, reference, payee, notes,
          (SELECT json_group_array(json_object('account', a.number, 'currency', l.currency,
              'amount', l.amount, 'description', l.description))
            FROM (SELECT account_id, currency, amount, description FROM entry_template_lines
                  WHERE business_id = :business AND template_id = :id ORDER BY line_number) l
            JOIN accounts a ON a.business_id = :business AND a.id = l.account_id) AS "json:lines"
        FROM entry_templates WHERE business_id = :business AND id = :id
        """, ["id": id])
    case .membership:
      try reading.fields(
        """
        SELECT u.email, u.display_name, m.role, m.job_title, m.status, m.spending_limit
        FROM business_memberships m JOIN users u ON u.id = m.user_id
        WHERE m.business_id = :business AND m.id = :id
        """, ["id": id])
    case .grant, .list, .delegation, .department, .session, .apiKey:
      try accessState(in: reading, id)
    case .business:
      try reading.fields(
        """
        SELECT name, slug, base_currency, fiscal_year_start_month, subscription_tier, status
        FROM businesses WHERE id = :id AND (id = :business OR :business = 0)
        """, ["id": id])
    case .instance, .user, .period, .journalFile, .auditLog, .report,
      .migration,
      .currency:
      []
    }
  }

  private func accessState(in reading: some Reading, _ id: Int64) throws -> [JSON.Field] {
    switch kind {
    case .department:
      try reading.fields(
        """
        SELECT d.code, d.name, d.type, p.code AS parent, u.display_name AS head,
          d.cost_centre_code, d.status
        FROM departments d
        LEFT JOIN departments p ON p.business_id = :business AND p.id = d.parent_id
        LEFT JOIN users u ON u.id = d.head_user_id
        WHERE d.business_id = :business AND d.id = :id
        """, ["id": id])
    case .delegation:
      try reading.fields(
        """
        SELECT f.display_name AS lender, t.display_name AS borrower, d.permissions,
          d.department_id, d.amount_limit, d.starts_at, d.ends_at, d.revoked_at
        FROM approval_delegations d
        JOIN users f ON f.id = d.from_user_id
        JOIN users t ON t.id = d.to_user_id
        WHERE d.business_id = :business AND d.id = :id
        """, ["id": id])
    case .grant:
      try reading.fields(
        """
        SELECT u.display_name AS person, p.effect, p.permission, p.subject_type, p.subject_id,
          p.amount_limit, p.conditions, p.starts_at, p.ends_at, p.status
        FROM user_permissions p JOIN users u ON u.id = p.user_id
        WHERE p.business_id = :business AND p.id = :id
        """, ["id": id])
    case .apiKey:
      try reading.fields(
        """
        SELECT k.name, k.prefix, k.permissions, k.rate_limit_per_hour, k.expires_at, k.status,
          u.display_name AS creator, k.revoked_at, k.revoked_reason
        FROM api_keys k JOIN users u ON u.id = k.created_by
        WHERE k.business_id = :business AND k.id = :id
        """, ["id": id])
    case .session:
      try reading.fields(
        """
        SELECT u.display_name AS person, s.terminal, s.host, s.program, s.revoked_at,
          s.revoked_reason
        FROM user_sessions s JOIN users u ON u.id = s.user_id
        WHERE s.business_id = :business AND s.id = :id
        """, ["id": id])
    case .list:
      try reading.fields(
        """
        SELECT subject_type, subject_id, principal_type, user_id, department_id, role, group_name,
          level, may_share, may_export, expires_at, revoked_at
        FROM access_control_lists WHERE business_id = :business AND id = :id
        """, ["id": id])
    default: []
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
    case .template, .apiKey: text("name") ?? name
    case .session: text("person") ?? name
    case .membership: text("display_name") ?? text("email") ?? name
    case .business: text("name") ?? name
    case .delegation:
      [text("lender"), text("borrower")].compactMap(\.self).joined(separator: " → ")
    case .grant: [text("effect"), text("permission")].compactMap(\.self).joined(separator: " ")
    default: name
    }
  }
}
