package import Domain
package import Store

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
        is_control, currency, closes, revalue, requires_department, usual_department_id,
        is_system, cash_flow_class, description, bank_name, bank_account_number, bank_code,
        created_by, created_at)
      VALUES (:business, :number, :name, :parent, :type, :category, :header, :control,
        :currency, :closes, :revalues, :department, :usual, :system, :cashFlow, :description,
        nullif(:bankName, ''), nullif(:bankNumber, ''), nullif(:bankCode, ''), :actor, :now)
      """,
      [
        "number": content.number, "name": content.name, "parent": content.parent,
        "type": content.type, "category": content.category, "header": content.isHeader,
        "control": content.isControl, "currency": content.currency, "closes": content.closes,
        "revalues": content.revalues, "department": content.requiresDepartment,
        "usual": content.usualDepartment, "system": content.isSystem, "cashFlow": content.cashFlow,
        "description": content.description, "bankName": content.bankName,
        "bankNumber": content.bankNumber, "bankCode": content.bankCode,
        "actor": change.actor.user, "now": change.now,
      ])
  }
}

/// Changes an account. Type, currency and heading stay as they are once something is posted to it
/// (R8), and type, category and heading of one that the books can't do without (R10).
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
    let isOther = now.traits.type != content.type || now.isHeader != content.isHeader
    if isOther || now.category != content.category, try change.isNeeded(account, now) {
      throw Refusal.account(.systemStays)
    }
    if isOther || now.traits.currency != content.currency {
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
      UPDATE accounts SET number = :number, name = :name, parent_id = :parent, type = :type,
        category = :category, is_header = :header, is_control = :control, currency = :currency,
        closes = :closes, revalue = :revalues, requires_department = :department,
        usual_department_id = :usual, cash_flow_class = :cashFlow, description = :description,
        bank_name = nullif(:bankName, ''), bank_account_number = nullif(:bankNumber, ''),
        bank_code = nullif(:bankCode, ''), updated_at = :now, version = version + 1
      WHERE business_id = :business AND id = :account
      """,
      [
        "number": content.number, "name": content.name, "parent": content.parent,
        "type": content.type, "category": content.category, "header": content.isHeader,
        "control": content.isControl, "currency": content.currency, "closes": content.closes,
        "revalues": content.revalues, "department": content.requiresDepartment,
        "usual": content.usualDepartment, "cashFlow": content.cashFlow,
        "description": content.description,
        "bankName": content.bankName, "bankNumber": content.bankNumber,
        "bankCode": content.bankCode, "now": change.now, "account": account,
      ])
  }
}

/// Puts an account with all that stands below it under another of its class, or at the top. Nothing
/// but where it is shown depends on that, so it is possible after posting too (R7).
package struct MoveAccount: Command {
  package static let permission: Permission? = .accountEdit
  package static let operation = "account.move"
  package static let event = AuditEvent.update
  let account: ID<Account>
  let parent: ID<Account>?
  let version: Int

  /// Nil is at the top. `version` is the one that was read.
  package init(_ account: ID<Account>, under parent: ID<Account>?, version: Int) {
    self.account = account
    self.parent = parent
    self.version = version
  }

  package var subject: Subject { .account(account) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: account, under: parent)
  }

  package func run(in change: Change) throws {
    let now = try change.account(account)
    guard now.version == version else { throw Refusal.changedMeanwhile }
    try change.requirePlace(of: account, now.traits.type, under: parent)
    try change.execute(
      """
      UPDATE accounts SET parent_id = :parent, updated_at = :now, version = version + 1
      WHERE business_id = :business AND id = :account
      """, ["parent": parent, "now": change.now, "account": account])
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
      guard try !change.isNeeded(account, now) else { throw Refusal.account(.isSystem) }
      let balance = try change.largestBalance(of: account)
      guard balance.isZero else { throw Refusal.account(.balanceLeft(balance)) }
      let waiting = try change.waitingLines(of: account)
      guard waiting == 0 else { throw Refusal.account(.linesWaiting(waiting)) }
      if let template = try change.templateThatRecurs(with: account) {
        throw Refusal.account(.recurs(template))
      }
      if let period = try change.firstPeriodToCome(budgetedFor: account) {
        throw Refusal.account(.budgeted(period))
      }
      if let below = try change.firstBelow(account, .inUse) {
        throw Refusal.account(.hasBelow(below))
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

/// What commands decide on: an account as it is in the transaction that acts.
struct AccountRecord {
  let label: String
  let traits: AccountTraits
  let category: AccountCategory
  let isHeader: Bool
  let isSystem: Bool
  let isActive: Bool
  /// 0 for a root.
  let level: Int
  let version: Int
}

/// Which of those that stand below an account count.
enum AccountsBelow: Hashable {
  case inUse
  /// Archived ones too.
  case any
}

extension Reading {
  /// Throws `noSuch`.
  func account(_ id: ID<Account>) throws -> AccountRecord {
    let found = try row(
      {
        (
          label: String, type: AccountType, isControl: Bool, currency: String?, closes: Bool,
          revalues: Bool, requiresDepartment: Bool, category: AccountCategory, isHeader: Bool,
          isSystem: Bool, isActive: Bool, level: Int, version: Int
        ) in
        AccountRecord(
          label: label,
          traits: AccountTraits(
            type: type, isControl: isControl, currency: currency, closes: closes,
            revalues: revalues, requiresDepartment: requiresDepartment),
          category: category, isHeader: isHeader, isSystem: isSystem, isActive: isActive,
          level: level, version: version)
      },
      """
      SELECT number || ' ' || name, type, is_control, currency, closes, revalue,
        requires_department, category, is_header, is_system, status = 'active', level, version
      FROM accounts
      WHERE business_id = :business AND id = :account AND deleted_at IS NULL
      """, ["account": id])
    guard let found else { throw Refusal.noSuch(.account(id)) }
    return found
  }

  /// Whether the books can't do without it (R10): it was made for that, or is the last in use of what
  /// they book on themselves.
  func isNeeded(_ account: ID<Account>, _ record: AccountRecord) throws -> Bool {
    guard !record.isSystem else { return true }
    guard AccountCategory.needed.contains(record.category), !record.isHeader, record.isActive
    else { return false }
    return try one(
      Bool.self,
      """
      SELECT NOT EXISTS (
        SELECT 1 FROM accounts INDEXED BY accounts_number
        WHERE business_id = :business AND category = :category AND is_header = 0
          AND status = 'active' AND deleted_at IS NULL AND id <> :account)
      """, ["category": record.category, "account": account])
  }

  /// Throws `account` with what the books book on themselves and have no account in use for, where
  /// nothing is posted yet (R10).
  func requireNeededAccounts() throws {
    let isFirst = try one(
      Bool.self, "SELECT NOT EXISTS (SELECT 1 FROM general_ledger WHERE business_id = :business)")
    guard isFirst else { return }
    let there = try rows(
      { (category: AccountCategory) in category },
      """
      SELECT DISTINCT category FROM accounts INDEXED BY accounts_number
      WHERE business_id = :business AND is_header = 0 AND status = 'active' AND deleted_at IS NULL
      """)
    let missing = AccountCategory.needed.filter { !there.contains($0) }
    guard missing.isEmpty else { throw Refusal.account(.missing(missing)) }
  }

  /// `1110 Tills`; nil where nothing stands below it.
  func firstBelow(_ account: ID<Account>, _ which: AccountsBelow) throws -> String? {
    try row(
      { (label: String) in label },
      """
      SELECT number || ' ' || name FROM accounts
      WHERE business_id = :business AND parent_id = :account AND deleted_at IS NULL
        AND (status = 'active' OR NOT :inUse)
      ORDER BY lower(number) LIMIT 1
      """, ["account": account, "inUse": which == .inUse])
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
    if let department = content.usualDepartment {
      try requireThere(Thing(.department, department.value))
    }
    try requirePlace(of: account, content.type, under: content.parent)
  }

  /// Throws where the account, or a new one, can't stand there with all that is below it (R7).
  fileprivate func requirePlace(
    of account: ID<Account>?, _ type: AccountType, under parent: ID<Account>?
  ) throws {
    guard let parent else { return }
    let above = try self.account(parent)
    let accountClass = above.traits.type.accountClass
    guard accountClass == type.accountClass else {
      throw Refusal.account(.parentOfOtherClass(accountClass))
    }
    // What is deleted keeps its place, and may come back to it.
    let below = try row(
      { (levels: Int, holdsParent: Bool) in (levels, holdsParent) },
      """
      WITH RECURSIVE below (id, level) AS (
        VALUES (:account, 0)
        UNION ALL
        SELECT a.id, b.level + 1
        FROM below b JOIN accounts a ON a.business_id = :business AND a.parent_id = b.id)
      SELECT max(level), coalesce(max(id = :parent), 0) FROM below
      """, ["account": account, "parent": parent])
    guard let (levels, holdsParent) = below else { return }
    guard !holdsParent else { throw Refusal.account(.belowItself) }
    guard above.level + 1 + levels < AccountContent.mostLevels else {
      throw Refusal.account(.tooDeep)
    }
  }

  func hasCurrency(_ code: String) throws -> Bool {
    try one(
      Bool.self,
      "SELECT EXISTS (SELECT 1 FROM currencies WHERE business_id = :business AND code = :code)",
      ["code": code])
  }

  func hasLines(_ account: ID<Account>, inLedgerOnly: Bool) throws -> Bool {
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

  /// The name of the first template with it that is written by itself.
  fileprivate func templateThatRecurs(with account: ID<Account>) throws -> String? {
    try row(
      { (name: String) in name },
      """
      SELECT t.name FROM recurring_schedules s
      JOIN entry_templates t ON t.business_id = :business AND t.id = s.template_id
        AND t.deleted_at IS NULL
      WHERE s.business_id = :business AND s.status = 'active' AND EXISTS (
        SELECT 1 FROM entry_template_lines l
        WHERE l.business_id = :business AND l.template_id = t.id
          AND :account IN (l.account_id, l.share_account_id))
      ORDER BY lower(t.name) LIMIT 1
      """, ["account": account])
  }
}
