package import Domain
package import Store

/// Makes one account of two. Drafts, templates and budgets name `other` from then on, and the first
/// is deleted, as nothing names it any more. What was posted or voided, or waits for that, stays as
/// it was judged: an account of such lines isn't merged (RULES §3.2 R8, R11), nor is one that a rule
/// spreads, spreads to or spreads by. What is spread was posted.
package struct MergeAccounts: Command {
  package static let permission: Permission? = .accountArchive
  package static let operation = "account.merge"
  package static let event = AuditEvent.delete
  let account: ID<Account>
  let other: ID<Account>

  package init(_ account: ID<Account>, into other: ID<Account>) {
    self.account = account
    self.other = other
  }

  package var subject: Subject { .account(account) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(ofMerging: account, other)
  }

  /// Throws `notPermitted` too where it would change a draft, a template or a budget that whoever
  /// merges may not.
  package func run(in change: Change) throws -> MergedAccounts {
    let into = try change.requireMergeable(account, into: other)
    let use = try change.use(of: account)
    let drafts = try change.moveDrafts(from: account, to: other)
    let templates = try change.moveTemplates(from: account, to: other)
    try change.moveBudgets(from: account, to: other)
    try change.markDeleted(account)
    let fields = [
      JSON.Field("merged_into", .string(into)),
      JSON.Field("moved_drafts", .array(drafts.map(JSON.string))),
      JSON.Field("moved_templates", .array(templates.map(JSON.string))),
      JSON.Field("moved_budgets", .integer(Int64(use.budgets))),
    ]
    return MergedAccounts(use: use, fields: try subject.state(in: change) + fields)
  }
}

/// What came of it.
package struct MergedAccounts: Sendable, CarriesFields {
  /// What went over.
  package let use: AccountUse
  /// What the record keeps: the account as it ended, and where everything went.
  let fields: [JSON.Field]
}

/// How much names an account that nobody has decided on yet.
package struct AccountUse: Hashable, Sendable {
  /// Entries that are drafts.
  package let drafts: Int
  package let templates: Int
  package let budgets: Int
}

/// What would go from one account to another. Throws as `MergeAccounts` would.
package struct WhatMerges: Query {
  package static let permission: Permission? = .accountArchive
  let account: ID<Account>
  let other: ID<Account>

  package init(_ account: ID<Account>, into other: ID<Account>) {
    self.account = account
    self.other = other
  }

  package func run(in snapshot: Snapshot) throws -> AccountUse {
    // Of one that isn't to be seen nothing is said.
    for id in [account, other] { _ = try snapshot.account(id) }
    _ = try snapshot.whole.requireMergeable(account, into: other)
    return try snapshot.use(of: account)
  }
}

extension Reading {
  /// Gives what the other is called. Throws what stands against making one of both.
  fileprivate func requireMergeable(
    _ account: ID<Account>, into other: ID<Account>
  ) throws -> String {
    let (from, into) = (try self.account(account), try self.account(other))
    func refusal(_ problem: AccountMergeProblem) -> Refusal { .account(.merging(problem)) }
    guard account != other else { throw refusal(.itself) }
    guard try !isNeeded(account, from) else { throw Refusal.account(.isSystem) }
    guard !from.isHeader, !into.isHeader else { throw refusal(.heading) }
    if let below = try firstBelow(account, .any) { throw Refusal.account(.hasBelow(below)) }
    guard into.isActive else { throw refusal(.archived(into.label)) }
    if let attribute = from.traits.difference(from: into.traits) {
      throw refusal(.differs(attribute))
    }
    if let kept = try kept(of: account) { throw refusal(kept) }
    let lists = try [account, other].map { try protections(of: [Thing(.account, $0.value)]) }
    guard lists[0] == lists[1] else { throw refusal(.listed) }
    for (template, owner, name) in try sharers(of: account) {
      guard try maySee(other, owner) else { throw refusal(.unseen(template: template, by: name)) }
    }
    return into.label
  }

  /// Those in whose names templates take shares of a balance: who wrote one, and who has it come
  /// again.
  private func sharers(
    of account: ID<Account>
  ) throws -> [(template: String, owner: ID<User>, name: String)] {
    try rows(
      { (template: String, owner: ID<User>, name: String) in
        (template: template, owner: owner, name: name)
      },
      """
      SELECT t.name, n.user_id, n.name
      FROM entry_templates t
      JOIN member_names n ON n.business_id = :business
        AND (n.user_id = t.created_by OR n.user_id IN (
          SELECT s.created_by FROM recurring_schedules s
          WHERE s.business_id = :business AND s.template_id = t.id AND s.status <> 'ended'))
      WHERE t.business_id = :business AND EXISTS (
        SELECT 1 FROM entry_template_lines l
        WHERE l.business_id = :business AND l.template_id = t.id AND l.share_account_id = :account)
      ORDER BY lower(t.name), t.id, n.user_id
      """, ["account": account])
  }

  /// As `SetTemplateAmount` asks of whoever takes a share. In the name of who is gone nothing is
  /// written.
  private func maySee(_ account: ID<Account>, _ owner: ID<User>) throws -> Bool {
    var seen = Resource()
    seen.accounts = [account]
    seen.protections = try protections(of: seen.parts)
    do {
      return try ownRights(of: owner, for: .journalRead).decide(
        .journalRead, on: seen, in: circumstances(of: owner)
      ).isAllowed
    } catch Refusal.notAMember { return true }
  }

  /// Why something of it can't go elsewhere; nil where all can.
  private func kept(of account: ID<Account>) throws -> AccountMergeProblem? {
    let lines = try row(
      { (posted: Int, waiting: Int, voided: Int) in (posted, waiting, voided) },
      """
      SELECT coalesce(sum(e.status IN ('posted', 'reversed')), 0),
        coalesce(sum(e.status IN ('pending_approval', 'approved')), 0),
        coalesce(sum(e.status = 'voided'), 0)
      FROM journal_lines l
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      WHERE l.business_id = :business AND l.account_id = :account
      """, ["account": account])
    guard let (posted, waiting, voided) = lines else { return nil }
    if posted > 0 { return .posted }
    if waiting > 0 { return .waiting(waiting) }
    if voided > 0 { return .voided }
    let ties = try ties(of: account)
    if ties.isReconciled { return .reconciled }
    return ties.allocation.map { .allocated($0) }
  }

  /// As far as the reader sees it.
  fileprivate func use(of account: ID<Account>) throws -> AccountUse {
    let drafts = try one(
      Int.self,
      """
      SELECT count(DISTINCT e.id) FROM journal_entries e
      JOIN journal_lines l ON l.business_id = :business AND l.entry_id = e.id
      WHERE e.business_id = :business AND e.status = 'draft' AND l.account_id = :account
      """, ["account": account])
    let ties = try ties(of: account)
    return AccountUse(drafts: drafts, templates: ties.templates, budgets: ties.budgets)
  }
}

extension Change {
  fileprivate func resource(
    ofMerging account: ID<Account>, _ other: ID<Account>
  ) throws -> Resource {
    var resource = try resource(of: account)
    resource.accounts = [account, other]
    resource.accountClasses?.formUnion(try self.resource(of: other).accountClasses ?? [])
    resource.protections = try protections(of: resource.parts)
    return resource
  }

  /// Gives what the drafts are called. Each is edited, permitted and recorded as by hand, so that
  /// whoever merges has written it too.
  fileprivate func moveDrafts(
    from account: ID<Account>, to other: ID<Account>
  ) throws -> [String] {
    let drafts = try rows(
      { (id: ID<Entry>, name: String, version: Int) in (id, name, version) },
      """
      SELECT e.id, 'D-' || e.draft_number, e.version FROM journal_entries e
      WHERE e.business_id = :business AND e.status = 'draft' AND EXISTS (
        SELECT 1 FROM journal_lines l
        WHERE l.business_id = :business AND l.entry_id = e.id AND l.account_id = :account)
      ORDER BY e.draft_number
      """, ["account": account])
    let standing = try ownStanding()
    for (id, _, version) in drafts {
      var content = try self.content(of: id)
      for index in content.lines.indices where content.lines[index].account == account {
        content.lines[index].account = other
      }
      try perform(EditEntry(id, content: content, version: version), by: standing)
    }
    return drafts.map(\.1)
  }

  /// Gives what the templates are called, those that were taken away too.
  fileprivate func moveTemplates(
    from account: ID<Account>, to other: ID<Account>
  ) throws -> [String] {
    let templates = try rows(
      { (id: ID<EntryTemplate>, name: String, owner: ID<User>) in (id, name, owner) },
      """
      SELECT t.id, t.name, t.created_by FROM entry_templates t
      WHERE t.business_id = :business AND EXISTS (
        SELECT 1 FROM entry_template_lines l
        WHERE l.business_id = :business AND l.template_id = t.id
          AND :account IN (l.account_id, l.share_account_id))
      ORDER BY lower(t.name), t.id
      """, ["account": account])
    for (id, _, owner) in templates {
      try requireCharge(ofTemplateOf: owner)
      try noteChange(of: id)
    }
    try execute(
      """
      UPDATE entry_template_lines SET
        account_id = CASE account_id WHEN :account THEN :other ELSE account_id END,
        share_account_id = CASE share_account_id WHEN :account THEN :other
          ELSE share_account_id END
      WHERE business_id = :business AND :account IN (account_id, share_account_id)
      """, ["account": account, "other": other])
    return templates.map(\.1)
  }

  /// A budget goes over as it is, approved or not. Where the other has one for the same department
  /// and period, they are added up: that is approved only where both were, and else a new plan of
  /// whoever merges.
  fileprivate func moveBudgets(from account: ID<Account>, to other: ID<Account>) throws {
    let budgets = try rows(
      MovedBudget.init,
      """
      SELECT b.id, b.department_id, b.amount, b.status, o.id, o.amount, o.status
      FROM budgets b
      LEFT JOIN budgets o ON o.business_id = :business AND o.account_id = :other
        AND o.period_id = b.period_id AND o.edition = b.edition
        AND o.department_id IS b.department_id
      WHERE b.business_id = :business AND b.account_id = :account
      ORDER BY b.id
      """, ["account": account, "other": other])
    guard !budgets.isEmpty else { return }
    var resource = try resource(ofMerging: account, other)
    let departments = Set(budgets.compactMap(\.department))
    // One of the whole business is of no department, so that no department's grant covers it.
    resource.departments = budgets.contains { $0.department == nil } ? [] : departments
    resource.protections = try protections(of: resource.parts)
    try decide(.budgetEdit, on: resource)?.require()
    for budget in budgets { try addUp(budget) }
    try execute(
      """
      UPDATE budgets SET account_id = :other, version = version + 1
      WHERE business_id = :business AND account_id = :account
      """, ["account": account, "other": other])
  }

  /// Nothing where the other account has none for the same.
  private func addUp(_ budget: MovedBudget) throws {
    guard let other = budget.other, let amount = budget.otherAmount else { return }
    try execute(
      """
      UPDATE budgets SET amount = :amount, version = version + 1,
        status = CASE WHEN :approved THEN status ELSE 'draft' END,
        approved_by = CASE WHEN :approved THEN approved_by END,
        approved_at = CASE WHEN :approved THEN approved_at END,
        created_by = CASE WHEN :approved THEN created_by ELSE :actor END,
        created_at = CASE WHEN :approved THEN created_at ELSE :now END
      WHERE business_id = :business AND id = :id
      """,
      [
        "amount": try budget.amount + amount,
        "approved": budget.status == .approved && budget.otherStatus == .approved,
        "actor": actor.user, "now": now, "id": other,
      ])
    try execute(
      "DELETE FROM budgets WHERE business_id = :business AND id = :id", ["id": budget.id])
  }
}

/// A budget, and that of the other account for the same department, period and edition.
private struct MovedBudget {
  let id: ID<Budget>
  let department: ID<Department>?
  /// Debit-positive, in minor units of the base currency, as is the other's.
  let amount: Money
  let status: BudgetStatus
  let other: ID<Budget>?
  let otherAmount: Money?
  let otherStatus: BudgetStatus?
}
