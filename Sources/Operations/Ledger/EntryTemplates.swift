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
    return try snapshot.rows(
      {
        (
          id: ID<EntryTemplate>, name: String, type: EntryType, reference: String,
          description: String, notes: String, payee: String
        ) in
        Template(
          id: id, name: name,
          content: EntryContent(
            date: snapshot.now.day, type: type, reference: reference, description: description,
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
              WHERE a.business_id = :business AND a.id = l.account_id))
      ORDER BY t.business_id, lower(name)
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

  fileprivate func templateOwner(_ id: ID<EntryTemplate>) throws -> ID<User> {
    let owner = try row(
      { (user: ID<User>) in user },
      "SELECT created_by FROM entry_templates WHERE business_id = :business AND id = :template",
      ["template": id])
    guard let owner else { throw Refusal.noSuch(.template(id)) }
    return owner
  }
}

/// Gives what an entry says a name, to be written again.
package struct SaveTemplate: Command {
  package static let permission: Permission? = .journalCreate
  package static let operation = "journal.template.create"
  package static let event = AuditEvent.create
  /// More the schema doesn't take.
  package static let mostNameCharacters = 100
  let name: String
  let entry: ID<Entry>

  /// Spaces around the name are none of it.
  package init(_ name: String, of entry: ID<Entry>) {
    self.name = name.trimmingSpaces
    self.entry = entry
  }

  package var subject: Subject { Subject(.template, name: name) }
  package func subject(after template: ID<EntryTemplate>) -> Subject { .template(template) }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: entry) }

  /// Throws `taken` where the business has a template of that name, and `nameLength`.
  package func run(in change: Change) throws -> ID<EntryTemplate> {
    guard 1...Self.mostNameCharacters ~= name.unicodeScalars.count else {
      throw Refusal.nameLength(kind: .template, most: Self.mostNameCharacters)
    }
    let content = try change.content(of: entry)
    let isTaken = try change.one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM entry_templates
        WHERE business_id = :business AND lower(name) = lower(:name))
      """, ["name": name])
    guard !isTaken else { throw Refusal.taken(kind: .template, name: name) }
    let template = try change.insert(
      EntryTemplate.self,
      """
      INSERT INTO entry_templates (business_id, name, type, description, reference, notes, payee,
        created_by, created_at)
      VALUES (:business, :name, 'standard', :description, :reference, :notes, :payee, :actor, :now)
      """,
      [
        "name": name, "description": content.description, "reference": content.reference,
        "notes": content.notes, "payee": content.payee, "actor": change.actor.user,
        "now": change.now,
      ])
    for (index, line) in content.lines.enumerated() {
      try change.execute(
        """
        INSERT INTO entry_template_lines (business_id, template_id, line_number, account_id,
          currency, amount, description, department_id, counterparty)
        VALUES (:business, :template, :number, :account, :currency, :amount, :description,
          :department, :counterparty)
        """,
        [
          "template": template, "number": index + 1, "account": line.account,
          "currency": line.currency, "amount": line.amount, "description": line.description,
          "department": line.department, "counterparty": line.counterparty,
        ])
    }
    return template
  }
}

/// Takes away a template of one's own, or of anybody's with `recurring.manage`.
package struct RemoveTemplate: Command {
  package static let permission: Permission? = .journalCreate
  package static let operation = "journal.template.delete"
  package static let event = AuditEvent.delete
  let template: ID<EntryTemplate>

  package init(_ template: ID<EntryTemplate>) { self.template = template }

  package var subject: Subject { .template(template) }

  package func run(in change: Change) throws {
    let owner = try change.templateOwner(template)
    if owner != change.actor.user {
      try change.decide(.recurringManage, on: Resource(creator: owner))?.require()
    }
    for statement: StaticString in [
      "DELETE FROM entry_template_lines WHERE business_id = :business AND template_id = :template",
      "DELETE FROM entry_templates WHERE business_id = :business AND id = :template",
    ] { try change.execute(statement, ["template": template]) }
  }
}
