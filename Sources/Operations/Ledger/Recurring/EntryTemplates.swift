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
    /// Of each line, where its amount comes from when a schedule writes it.
    package let rules: [AmountRule]
  }

  /// By name.
  package func run(in snapshot: Snapshot) throws -> [Template] {
    let base = try snapshot.businessFacts().baseCurrency
    let all = Dictionary(grouping: try snapshot.templateLines(base: base), by: \.template)
    let today = try snapshot.today()
    return try snapshot.rows(
      {
        (
          id: ID<EntryTemplate>, name: String, type: EntryType, reference: String,
          description: String, notes: String, payee: String
        ) in
        let lines = all[id] ?? []
        return Template(
          id: id, name: name,
          content: EntryContent(
            date: today, type: type, reference: reference, description: description,
            notes: notes, payee: payee, lines: lines.map(\.content)), rules: lines.map(\.rule))
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

/// A template as it is kept, used or not.
struct StoredTemplate {
  let name: String
  let owner: ID<User>
  let isDeleted: Bool
  /// As the system writes it, with the amounts that the lines have by themselves.
  let content: EntryContent
  /// Of each line.
  let rules: [AmountRule]

  /// Those whose balances it shows a part of.
  fileprivate var shared: [ID<Account>] {
    rules.compactMap { if case .share(_, let account) = $0 { account } else { nil } }
  }
}

extension Reading {
  /// As an entry of `day`. Throws `noSuch`.
  func storedTemplate(_ id: ID<EntryTemplate>, on day: Day) throws -> StoredTemplate {
    let lines = try templateLines(base: businessFacts().baseCurrency, of: id)
    let found = try row(
      {
        (
          name: String, owner: ID<User>, isDeleted: Bool, reference: String, description: String,
          notes: String, payee: String
        ) in
        StoredTemplate(
          name: name, owner: owner, isDeleted: isDeleted,
          content: EntryContent(
            date: day, type: .recurring, source: .system, reference: reference,
            description: description, notes: notes, payee: payee, lines: lines.map(\.content)),
          rules: lines.map(\.rule))
      },
      """
      SELECT name, created_by, deleted_at IS NOT NULL, reference, description, notes, payee
      FROM entry_templates WHERE business_id = :business AND id = :template
      """, ["template": id])
    guard let found else { throw Refusal.noSuch(.template(id)) }
    return found
  }

  /// What is written of `template`, as what is done with it is decided: it has a part in the
  /// accounts whose balances it shares too.
  func resource(of template: StoredTemplate, madeBy creator: ID<User>?) throws -> Resource {
    var resource = try resource(of: template.content, madeBy: creator)
    resource.accounts?.formUnion(template.shared)
    resource.protections = try protections(of: resource.parts)
    return resource
  }
}

private struct TemplateLine {
  let template: ID<EntryTemplate>
  let content: LineContent
  let rule: AmountRule
}

extension Reading {
  /// Of one template or of all.
  fileprivate func templateLines(
    base: String, of template: ID<EntryTemplate>? = nil
  ) throws
    -> [TemplateLine]
  {
    try rows(
      {
        (
          template: ID<EntryTemplate>, account: ID<Account>, currency: String, amount: Money,
          description: String, department: ID<Department>?, project: String,
          counterparty: String, reference: String, taxCode: String, tax: Money?, quantity: Int64?,
          quantityScale: Int?, unit: String?, tags: String, rule: AmountRule.Kind,
          share: Int64?, shared: ID<Account>?
        ) in
        TemplateLine(
          template: template,
          content: LineContent(
            account: account, currency: currency, amount: amount,
            base: currency == base ? amount : .zero, isUnvalued: currency != base,
            description: description, department: department, project: project,
            counterparty: counterparty, reference: reference,
            particulars: LineParticulars(
              taxCode: taxCode, tax: tax,
              quantity: LineQuantity(kept: quantity, scale: quantityScale, unit: unit)),
            tags: tags),
          rule: AmountRule(rule, share, of: shared))
      },
      """
      SELECT template_id, account_id, currency, amount, description, department_id, project,
        counterparty, reference, coalesce(tax_code, ''), tax_amount, quantity_mantissa,
        quantity_scale, unit, tags, amount_rule, share, share_account_id
      FROM entry_template_lines
      WHERE business_id = :business AND (:template IS NULL OR template_id = :template)
      ORDER BY template_id, line_number
      """, ["template": template])
  }
}

extension AmountRule {
  /// As the schema has it, where a share always has both.
  fileprivate init(_ kind: Kind, _ millionths: Int64?, of account: ID<Account>?) {
    switch (kind, millionths, account) {
    case (.share, let millionths?, let account?): self = .share(millionths, of: account)
    case (.last, _, _): self = .last
    case (.fixed, _, _), (.share, _, _): self = .fixed
    }
  }
}
