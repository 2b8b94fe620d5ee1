package import Domain
package import Store

/// What a person says of an account.
package struct AccountContent: Hashable, Sendable {
  package var number: String
  package var name: String
  package var parent: ID<Account>?
  package var type: AccountType
  package var category: AccountCategory
  package var isHeader: Bool
  package var isControl: Bool
  /// Nil takes any currency.
  package var currency: String?
  package var closes: Bool
  package var revalues: Bool
  package var requiresDepartment: Bool
  package var isSystem: Bool

  package init(
    number: String, name: String, parent: ID<Account>? = nil, type: AccountType,
    category: AccountCategory? = nil, isHeader: Bool = false, isControl: Bool = false,
    currency: String? = nil, closes: Bool = false, revalues: Bool = false,
    requiresDepartment: Bool = false, isSystem: Bool = false
  ) {
    self.number = number
    self.name = name
    self.parent = parent
    self.type = type
    self.category = category ?? .usual(for: type)
    self.isHeader = isHeader
    self.isControl = isControl
    self.currency = currency
    self.closes = closes
    self.revalues = revalues
    self.requiresDepartment = requiresDepartment
    self.isSystem = isSystem
  }

  /// What can be told of it without the books (RULES §3.2).
  package var problems: [AccountProblem] {
    var problems: [AccountProblem] = []
    let trimmed = number.trimmingSpaces
    if !(1...32).contains(trimmed.count) || trimmed != number { problems.append(.numberInvalid) }
    if name.trimmingSpaces.isEmpty { problems.append(.nameMissing) }
    if !category.types.contains(type) { problems.append(.categoryOfOtherType(category, type)) }
    return problems
  }
}

extension AccountContent {
  fileprivate func requireSeen() throws(Refusal) {
    try number.requireSeen()
    try name.requireSeen()
  }
}

/// Adds an account to the chart.
package struct CreateAccount: Command {
  package static let permission: Permission? = .accountCreate
  package static let event = AuditEvent.create
  let content: AccountContent
  /// An imported journal's account keeps the name that it has there.
  let source: EntrySource

  package init(_ content: AccountContent) { self.init(content, source: .manual) }

  init(_ content: AccountContent, source: EntrySource) {
    self.content = content
    self.source = source
  }

  package var subject: Subject { Subject(.account, name: "\(content.number) \(content.name)") }
  package func subject(after account: ID<Account>) -> Subject { .account(account) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: nil, under: content.parent)
  }

  package func run(in change: Change) throws -> ID<Account> {
    if source != .imported { try content.requireSeen() }
    try change.check(content, replacing: nil)
    return try change.insert(
      Account.self,
      """
      INSERT INTO accounts (business_id, number, name, parent_id, type, category, is_header,
        is_control, currency, closes, revalue, requires_department, is_system, created_by,
        created_at)
      VALUES (:business, :number, :name, :parent, :type, :category, :header, :control,
        :currency, :closes, :revalues, :department, :system, :actor, :now)
      """,
      [
        "number": content.number, "name": content.name, "parent": content.parent,
        "type": content.type, "category": content.category, "header": content.isHeader,
        "control": content.isControl, "currency": content.currency, "closes": content.closes,
        "revalues": content.revalues, "department": content.requiresDepartment,
        "system": content.isSystem, "actor": change.actor.user, "now": change.now,
      ])
  }
}

/// Changes an account. Type, currency and heading stay as they are once something is posted to it
/// (R8).
package struct UpdateAccount: Command {
  package static let permission: Permission? = .accountEdit
  package static let event = AuditEvent.update
  let account: ID<Account>
  let content: AccountContent
  let version: Int

  package init(_ account: ID<Account>, content: AccountContent, version: Int) {
    self.account = account
    self.content = content
    self.version = version
  }

  package var subject: Subject { .account(account) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: account, under: content.parent)
  }

  package func run(in change: Change) throws {
    let now = try change.account(account)
    guard now.version == version else { throw Refusal.changedMeanwhile }
    let isFixed =
      now.type != content.type || now.currency != content.currency
      || now.isHeader != content.isHeader
    if isFixed {
      guard try !change.hasLines(account, inLedgerOnly: true) else {
        throw Refusal.account(.fixedOncePosted)
      }
      if content.isHeader, try change.hasLines(account, inLedgerOnly: false) {
        throw Refusal.account(.hasLines)
      }
    }
    try content.requireSeen()
    try change.check(content, replacing: account)
    try change.execute(
      """
      UPDATE accounts SET number = :number, name = :name, parent_id = :parent, type = :type, category = :category, is_header = :header, is_control = :control,
        currency = :currency, closes = :closes, revalue = :revalues,
        requires_department = :department, updated_at = :now, version = version + 1
      WHERE business_id = :business AND id = :account
      """,
      [
        "number": content.number, "name": content.name, "parent": content.parent,
        "type": content.type, "category": content.category, "header": content.isHeader,
        "control": content.isControl, "currency": content.currency, "closes": content.closes,
        "revalues": content.revalues, "department": content.requiresDepartment,
        "now": change.now, "account": account,
      ])
  }
}

/// Takes an account out of use, or back into it (R11): it stays in every report that it moved in.
package struct ArchiveAccount: Command {
  package static let permission: Permission? = .accountArchive
  package static let event = AuditEvent.update
  let account: ID<Account>
  let direction: Direction

  package enum Direction: Hashable, Sendable {
    case archive
    case restore
  }

  package init(_ account: ID<Account>, _ direction: Direction = .archive) {
    self.account = account
    self.direction = direction
  }

  package var subject: Subject { .account(account) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: account, under: nil)
  }

  package func run(in change: Change) throws {
    let now = try change.account(account)
    if direction == .archive {
      guard !now.isSystem else { throw Refusal.account(.isSystem) }
      let balance = try change.largestBalance(of: account)
      guard balance.isZero else { throw Refusal.account(.balanceLeft(balance)) }
      let waiting = try change.waitingLines(of: account)
      guard waiting == 0 else { throw Refusal.account(.linesWaiting(waiting)) }
      if let period = try change.firstPeriodToCome(budgetedFor: account) {
        throw Refusal.account(.budgeted(period))
      }
    }
    try change.execute(
      """
      UPDATE accounts SET status = :status,
        archived_at = CASE WHEN :status = 'inactive' THEN :now END, updated_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :account
      """,
      [
        "status": direction == .archive ? "inactive" : "active", "now": change.now,
        "account": account,
      ])
  }
}

private struct AccountRecord {
  let type: AccountType
  let currency: String?
  let isHeader: Bool
  let isSystem: Bool
  let version: Int
}

extension Reading {
  fileprivate func account(_ id: ID<Account>) throws -> AccountRecord {
    let found = try row(
      AccountRecord.init,
      """
      SELECT type, currency, is_header, is_system, version FROM accounts
      WHERE business_id = :business AND id = :account AND deleted_at IS NULL
      """, ["account": id])
    guard let found else { throw Refusal.noSuch(.account(id)) }
    return found
  }

  /// Throws what RULES §3.2 says against it.
  fileprivate func check(_ content: AccountContent, replacing account: ID<Account>?) throws {
    if let problem = content.problems.first { throw Refusal.account(problem) }
    let taken = try rows(
      { (id: ID<Account>) in id },
      """
      SELECT id FROM accounts
      WHERE business_id = :business AND lower(number) = lower(:number) AND deleted_at IS NULL
      """, ["number": content.number])
    guard taken.allSatisfy({ $0 == account }) else {
      throw Refusal.taken(kind: .account, name: content.number)
    }
    if let currency = content.currency, try !hasCurrency(currency) {
      throw Refusal.account(.unknownCurrency(currency))
    }
    guard let parent = content.parent else { return }
    let above = try self.account(parent)
    guard above.type.accountClass == content.type.accountClass else {
      throw Refusal.account(.parentOfOtherClass(above.type.accountClass))
    }
  }

  func hasCurrency(_ code: String) throws -> Bool {
    try one(
      Bool.self,
      "SELECT EXISTS (SELECT 1 FROM currencies WHERE business_id = :business AND code = :code)",
      ["code": code])
  }

  fileprivate func hasLines(_ account: ID<Account>, inLedgerOnly: Bool) throws -> Bool {
    try one(
      Bool.self,
      inLedgerOnly
        ? """
        SELECT EXISTS (SELECT 1 FROM general_ledger
          WHERE business_id = :business AND account_id = :account)
        """
        : """
        SELECT EXISTS (SELECT 1 FROM journal_lines
          WHERE business_id = :business AND account_id = :account)
        """, ["account": account])
  }

  /// Zero when the account is empty in every currency and in the base.
  fileprivate func largestBalance(of account: ID<Account>) throws -> Money {
    try one(
      Money.self,
      """
      SELECT coalesce(max(max(abs(amount), abs(base))), 0) FROM (
        SELECT sum(debit - credit) AS amount, sum(base_debit - base_credit) AS base
        FROM general_ledger WHERE business_id = :business AND account_id = :account
        GROUP BY currency)
      """, ["account": account])
  }

  fileprivate func waitingLines(of account: ID<Account>) throws -> Int {
    try one(
      Int.self,
      """
      SELECT count(*) FROM journal_entries e
      JOIN journal_lines l ON l.business_id = e.business_id AND l.entry_id = e.id
      WHERE e.business_id = :business AND e.status IN ('draft', 'pending_approval', 'approved')
        AND l.account_id = :account
      """, ["account": account])
  }

  /// The name of the first period that hasn't begun and that something is planned for it in.
  fileprivate func firstPeriodToCome(budgetedFor account: ID<Account>) throws -> String? {
    try row(
      { (name: String) in name },
      """
      SELECT p.name FROM budgets b
      JOIN accounting_periods p ON p.business_id = :business AND p.id = b.period_id
      WHERE b.business_id = :business AND b.account_id = :account AND b.amount <> 0
        AND p.start_date > :today
      ORDER BY p.start_date LIMIT 1
      """, ["account": account, "today": try today()])
  }
}
