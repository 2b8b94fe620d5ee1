package import Domain
package import Store

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
    try name.requireName(of: .template, most: Self.mostNameCharacters)
    let content = try change.content(of: entry)
    guard try !change.hasTemplate(called: name) else {
      throw Refusal.taken(kind: .template, name: name)
    }
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
          currency, amount, description, department_id, project, counterparty, reference,
          tax_code, tax_amount, quantity_mantissa, quantity_scale, unit, tags)
        VALUES (:business, :template, :number, :account, :currency, :amount, :description,
          :department, :project, :counterparty, :reference,
          nullif(:taxCode, ''), :tax, :quantity, :quantityScale, nullif(:unit, ''), :tags)
        """,
        [
          "template": template, "number": index + 1, "account": line.account,
          "currency": line.currency, "amount": line.amount, "description": line.description,
          "department": line.department, "project": line.project,
          "counterparty": line.counterparty, "reference": line.reference,
          "taxCode": line.particulars.taxCode, "tax": line.particulars.tax,
          "quantity": line.particulars.quantity?.mantissa,
          "quantityScale": line.particulars.quantity?.scale,
          "unit": line.particulars.quantity?.unit, "tags": line.tags,
        ])
    }
    return template
  }
}

/// Says where the amount of a line comes from when a schedule writes it. Only of a template of
/// one's own: its owner answers for what it says.
package struct SetTemplateAmount: Command {
  package static let permission: Permission? = .journalCreate
  package static let operation = "journal.template.amount"
  package static let event = AuditEvent.update
  let template: ID<EntryTemplate>
  let line: Int
  let rule: AmountRule
  let amount: Money?

  /// `line` counts from 1. `amount` is debit-positive, in the line's currency, and stands where the
  /// rule has nothing to go by; nil leaves that as it is.
  package init(
    _ rule: AmountRule, _ amount: Money? = nil, of line: Int, in template: ID<EntryTemplate>
  ) {
    self.template = template
    self.line = line
    self.rule = rule
    self.amount = amount
  }

  package var subject: Subject { .template(template) }

  private var shared: (millionths: Int64, account: ID<Account>)? {
    if case .share(let millionths, let account) = rule { (millionths, account) } else { nil }
  }

  package func resource(in change: Change) throws -> Resource {
    let stored = try change.storedTemplate(template, on: try change.today())
    var resource = try change.resource(of: stored, madeBy: stored.owner)
    if let shared {
      resource.accounts?.insert(shared.account)
      resource.protections = try change.protections(of: resource.parts)
    }
    return resource
  }

  /// Throws `notPermitted` for a template of somebody else, or an account that one may not look
  /// into, and `recurrence`.
  package func run(in change: Change) throws {
    let found = try change.template(template)
    guard !found.isDeleted else { throw Refusal.noSuch(subject) }
    guard found.owner == change.actor.user else {
      throw Refusal.notPermitted(.recurringManage, .notOwn)
    }
    if let shared {
      guard (-AmountRule.whole...AmountRule.whole).contains(shared.millionths) else {
        throw Refusal.recurrence(.share)
      }
      try change.requireThere(Thing(.account, shared.account.value))
      // Or a template would tell what its writer may not read.
      var seen = Resource()
      seen.accounts = [shared.account]
      seen.protections = try change.protections(of: seen.parts)
      try change.decide(.journalRead, on: seen)?.require()
    }
    guard try change.hasLine(line, in: template) else {
      throw Refusal.recurrence(.noLine(line))
    }
    // Tax and quantity were of the amount that the line had.
    try change.execute(
      """
      UPDATE entry_template_lines SET amount_rule = :rule, share = :share,
        share_account_id = :account, amount = coalesce(:amount, amount),
        (tax_amount, quantity_mantissa, quantity_scale, unit) = (
          SELECT tax_amount, quantity_mantissa, quantity_scale, unit
          WHERE :rule = 'fixed' AND amount = coalesce(:amount, amount))
      WHERE business_id = :business AND template_id = :template AND line_number = :line
      """,
      [
        "rule": rule.kind, "share": shared?.millionths, "account": shared?.account,
        "amount": amount, "template": template, "line": line,
      ])
    try change.noteChange(of: template)
  }
}

/// Takes away a template of one's own, or of anybody's with `recurring.manage`, that no schedule
/// writes.
package struct RemoveTemplate: Command {
  package static let permission: Permission? = .journalCreate
  package static let operation = "journal.template.delete"
  package static let event = AuditEvent.delete
  let template: ID<EntryTemplate>

  package init(_ template: ID<EntryTemplate>) { self.template = template }

  package var subject: Subject { .template(template) }

  package func run(in change: Change) throws {
    let found = try change.template(template)
    guard !found.isDeleted else { throw Refusal.noSuch(subject) }
    try change.requireCharge(ofTemplateOf: found.owner)
    guard try !change.isScheduled(template) else { throw Refusal.recurrence(.scheduled) }
    try change.execute(
      """
      UPDATE entry_templates SET status = 'deleted', deleted_at = :now, updated_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :template
      """, ["now": change.now, "template": template])
  }
}

/// Brings back a template that was taken away, for whoever may take it away.
package struct RestoreTemplate: Command {
  package static let permission: Permission? = .journalCreate
  package static let operation = "journal.template.restore"
  package static let event = AuditEvent.update
  let template: ID<EntryTemplate>

  package init(_ template: ID<EntryTemplate>) { self.template = template }

  package var subject: Subject { .template(template) }

  /// Throws `taken` where another has its name now.
  package func run(in change: Change) throws {
    let found = try change.template(template)
    guard found.isDeleted else { throw Refusal.noSuch(subject) }
    try change.requireCharge(ofTemplateOf: found.owner)
    guard try !change.hasTemplate(called: found.name) else {
      throw Refusal.taken(kind: .template, name: found.name)
    }
    try change.execute(
      """
      UPDATE entry_templates SET status = 'active', deleted_at = NULL, updated_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :template
      """, ["now": change.now, "template": template])
  }
}

private struct TemplateRecord {
  let name: String
  let owner: ID<User>
  let isDeleted: Bool
}

extension Change {
  fileprivate func template(_ id: ID<EntryTemplate>) throws -> TemplateRecord {
    let found = try row(
      TemplateRecord.init,
      """
      SELECT name, created_by, deleted_at IS NOT NULL FROM entry_templates
      WHERE business_id = :business AND id = :template
      """, ["template": id])
    guard let found else { throw Refusal.noSuch(.template(id)) }
    return found
  }

  /// Throws `notPermitted`.
  func requireCharge(ofTemplateOf owner: ID<User>) throws {
    guard owner != actor.user else { return }
    try decide(.recurringManage, on: Resource(creator: owner))?.require()
  }

  /// Whoever looked at it before looks again.
  func noteChange(of template: ID<EntryTemplate>) throws {
    try execute(
      """
      UPDATE entry_templates SET updated_at = :now, version = version + 1
      WHERE business_id = :business AND id = :template
      """, ["now": now, "template": template])
  }

  fileprivate func hasLine(_ line: Int, in template: ID<EntryTemplate>) throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM entry_template_lines
        WHERE business_id = :business AND template_id = :template AND line_number = :line)
      """, ["template": template, "line": line])
  }

  /// Whether it is still to be written by a schedule.
  fileprivate func isScheduled(_ template: ID<EntryTemplate>) throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM recurring_schedules
        WHERE business_id = :business AND template_id = :template AND status <> 'ended')
      """, ["template": template])
  }

  fileprivate func hasTemplate(called name: String) throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM entry_templates
        WHERE business_id = :business AND lower(name) = lower(:name) AND deleted_at IS NULL)
      """, ["name": name])
  }
}
