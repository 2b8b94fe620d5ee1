package import Domain
package import Store

/// Entries that are written again and again, by the names that people gave them.
package struct EntryTemplates: Query {
  package static let permission: Permission? = .journalCreate

  package init() {}

  package struct Template: Hashable, Sendable {
    package let id: ID<EntryTemplate>
    package let name: String
    /// Of today; what the template says is the rest.
    package let content: EntryContent
  }

  /// By name.
  package func run(in snapshot: Snapshot) throws -> [Template] {
    let base = try snapshot.businessFacts().baseCurrency
    let lines = Dictionary(grouping: try snapshot.templateLines(base: base), by: \.template)
    let today = try snapshot.today()
    return try snapshot.rows(
      {
        (
          id: ID<EntryTemplate>, name: String, type: EntryType, reference: String,
          description: String, notes: String, payee: String
        ) in
        Template(
          id: id, name: name,
          content: EntryContent(
            date: today, type: type, reference: reference, description: description,
            notes: notes, payee: payee, lines: (lines[id] ?? []).map(\.content)))
      },
      """
      SELECT id, name, type, reference, description, notes, payee
      FROM entry_templates t
      WHERE t.business_id = :business AND t.status = 'active'
        AND NOT EXISTS (
          SELECT 1 FROM entry_template_lines l
          WHERE l.business_id = :business AND l.template_id = t.id
            AND NOT EXISTS (
              SELECT 1 FROM accounts a
              WHERE a.business_id = :business AND a.id = l.account_id
                AND a.deleted_at IS NULL))
      ORDER BY t.business_id, lower(name)
      """)
  }
}

/// The templates that were taken away.
package struct DeletedTemplates: Query {
  package static let permission: Permission? = .journalCreate

  package init() {}

  /// The last first.
  package func run(in snapshot: Snapshot) throws -> [Deleted<EntryTemplate>] {
    try snapshot.rows(
      Deleted.init,
      """
      SELECT id, name, description, deleted_at FROM entry_templates
      WHERE business_id = :business AND deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC
      """)
  }
}

private struct TemplateLine {
  let template: ID<EntryTemplate>
  let content: LineContent
}

extension Reading {
  fileprivate func templateLines(base: String) throws -> [TemplateLine] {
    try rows(
      {
        (
          template: ID<EntryTemplate>, account: ID<Account>, currency: String, amount: Money,
          description: String, department: ID<Department>?, counterparty: String
        ) in
        TemplateLine(
          template: template,
          content: LineContent(
            account: account, currency: currency, amount: amount,
            base: currency == base ? amount : .zero, isUnvalued: currency != base,
            description: description, department: department, counterparty: counterparty))
      },
      """
      SELECT template_id, account_id, currency, amount, description, department_id, counterparty
      FROM entry_template_lines WHERE business_id = :business
      ORDER BY template_id, line_number
      """)
  }
}
