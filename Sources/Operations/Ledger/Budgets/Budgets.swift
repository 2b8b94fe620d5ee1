package import Domain
package import Store

/// Plans what an account takes in a department and a period, or plans it anew while nobody has
/// approved it (RULES R36).
package struct SetBudget: Command {
  package static let permission: Permission? = .budgetEdit
  package static let operation = "budget.set"
  package static let event = AuditEvent.update
  package static let mostNote = 500
  let content: BudgetContent
  let seen: Budgets.Row?

  /// `seen` is what it changes, as it was looked at; nil changes whatever is there.
  package init(_ content: BudgetContent, changing seen: Budgets.Row? = nil) {
    self.content = content
    self.seen = seen
  }

  package var subject: Subject { Subject(.budget, seen?.id.value) }
  package func subject(after id: ID<Budget>) -> Subject { Subject(.budget, id.value) }

  /// Without a creator: nobody plans for another department because they made the plan once.
  package func resource(in change: Change) throws -> Resource {
    try change.resource(ofBudgetFor: content.account, content.department, content.amount)
  }

  package func run(in change: Change) throws -> ID<Budget> {
    let booked = try check(in: change)
    guard let found = try found(in: change) else {
      guard seen == nil else { throw Refusal.changedMeanwhile }
      return try change.insert(
        Budget.self,
        """
        INSERT INTO budgets (business_id, account_id, department_id, period_id, edition, amount,
          note, created_by, created_at)
        VALUES (:business, :account, :department, :period, :edition, :amount, :note, :actor, :now)
        """,
        [
          "account": content.account, "department": content.department, "period": content.period,
          "edition": content.edition, "amount": booked, "note": content.note,
          "actor": change.actor.user, "now": change.now,
        ])
    }
    guard found.status == .draft else { throw Refusal.budget(.approved(content.edition)) }
    if let seen {
      guard found.id == seen.id, found.version == seen.version else {
        throw Refusal.changedMeanwhile
      }
    }
    // Whose amount it is counts, as they may not approve it; a note alone is nobody's plan.
    try change.execute(
      """
      UPDATE budgets SET note = :note, version = version + 1,
        created_by = CASE WHEN amount = :amount THEN created_by ELSE :actor END,
        created_at = CASE WHEN amount = :amount THEN created_at ELSE :now END, amount = :amount
      WHERE business_id = :business AND id = :id
      """,
      [
        "note": content.note, "amount": booked, "actor": change.actor.user, "now": change.now,
        "id": found.id,
      ])
    return found.id
  }

  private typealias Found = (id: ID<Budget>, version: Int, status: BudgetStatus)

  private func found(in change: Change) throws -> Found? {
    try change.row(
      { (id: ID<Budget>, version: Int, status: BudgetStatus) in Found(id, version, status) },
      """
      SELECT id, version, status FROM budgets
      WHERE business_id = :business AND account_id = :account AND period_id = :period
        AND edition = :edition AND department_id IS :department
      """,
      [
        "account": content.account, "department": content.department, "period": content.period,
        "edition": content.edition,
      ])
  }

  /// The amount as it is kept, debit-positive. Throws where the content won't do, or names what
  /// isn't there.
  private func check(in change: Change) throws -> Money {
    guard content.amount >= .zero else { throw Refusal.budget(.negative) }
    try content.note.requireSeen()
    guard content.note.unicodeScalars.count <= Self.mostNote else {
      throw Refusal.access(.tooLong(most: Self.mostNote))
    }
    try change.requireThere(Thing(.account, content.account.value))
    if let department = content.department {
      try change.requireThere(Thing(.department, department.value))
    }
    // What is planned for the days of a year's end is planned for its last month.
    let isPeriod = try change.one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM accounting_periods
        WHERE business_id = :business AND id = :period AND kind = 'normal')
      """, ["period": content.period])
    guard isPeriod else { throw Refusal.noSuch(Subject(.period, content.period.value)) }
    let account = try change.row(
      { (type: AccountType, isBooked: Bool) in (type, isBooked) },
      """
      SELECT type, is_header = 0 AND status = 'active' FROM accounts
      WHERE business_id = :business AND id = :account
      """, ["account": content.account])
    guard let (type, isBooked) = account, isBooked else { throw Refusal.budget(.takesNoLines) }
    return try content.amount.turned(from: type)
  }
}

/// What a budget is.
package struct BudgetContent: Hashable, Sendable {
  package let account: ID<Account>
  /// Nil is for the whole business.
  package let department: ID<Department>?
  package let period: ID<Period>
  package let edition: BudgetEdition
  /// On the side that the account usually has: an expense's and an income's are both positive.
  package let amount: Money
  package let note: String

  package init(
    account: ID<Account>, department: ID<Department>?, period: ID<Period>,
    edition: BudgetEdition = .original, amount: Money, note: String = ""
  ) {
    self.account = account
    self.department = department
    self.period = period
    self.edition = edition
    self.amount = amount
    self.note = note
  }
}

/// Approves a budget as it was looked at; then it stays as it is. Whose amount it is doesn't.
package struct ApproveBudget: Command {
  package static let permission: Permission? = .budgetApprove
  package static let event = AuditEvent.approve
  let budget: ID<Budget>
  let version: Int

  package init(_ budget: ID<Budget>, version: Int) {
    self.budget = budget
    self.version = version
  }

  package var subject: Subject { Subject(.budget, budget.value) }

  package func resource(in change: Change) throws -> Resource {
    typealias Found = (
      account: ID<Account>, department: ID<Department>?, amount: Money, setter: ID<User>
    )
    let found = try change.row(
      {
        (account: ID<Account>, department: ID<Department>?, amount: Money, setter: ID<User>) in
        Found(account, department, amount, setter)
      },
      """
      SELECT account_id, department_id, amount, created_by FROM budgets
      WHERE business_id = :business AND id = :budget
      """, ["budget": budget])
    guard let found else { throw Refusal.noSuch(subject) }
    let amount = found.amount < .zero ? try .zero - found.amount : found.amount
    var resource = try change.resource(
      ofBudgetFor: found.account, found.department, amount)
    resource.creator = found.setter
    resource.involved = [found.setter: .created]
    resource.allowsSelfApproval = try change.allowsSelfApproval(of: resource, by: .budgetApprove)
    return resource
  }

  package func run(in change: Change) throws {
    let found = try change.row(
      { (version: Int, status: BudgetStatus, edition: BudgetEdition) in
        (version, status, edition)
      },
      """
      SELECT version, status, edition FROM budgets
      WHERE business_id = :business AND id = :budget
      """, ["budget": budget])
    guard let (now, status, edition) = found else { throw Refusal.noSuch(subject) }
    guard status == .draft else { throw Refusal.budget(.approved(edition)) }
    guard now == version else { throw Refusal.changedMeanwhile }
    try change.execute(
      """
      UPDATE budgets SET status = 'approved', approved_by = :actor, approved_at = :now,
        version = version + 1
      WHERE business_id = :business AND id = :budget
      """, ["budget": budget, "actor": change.actor.user, "now": change.now])
  }
}

extension Change {
  /// A budget, or one that is to be, as what is done to it is decided. One of the whole business is
  /// of no department, so that no department's grant covers it.
  fileprivate func resource(
    ofBudgetFor account: ID<Account>, _ department: ID<Department>?, _ amount: Money
  ) throws -> Resource {
    var resource = try resource(of: account)
    resource.departments = Set([department].compactMap(\.self))
    resource.amount = amount
    resource.protections = try protections(of: resource.parts)
    return resource
  }
}

extension Money {
  /// Between the side that an account of `type` usually has and debit-positive, either way.
  fileprivate func turned(from type: AccountType) throws -> Money {
    type.normalSide == .credit ? try .zero - self : self
  }
}

/// What stands against a budget.
package enum BudgetProblem: Hashable, Sendable {
  case approved(BudgetEdition)
  case negative
  case takesNoLines
  /// An entry takes more than is left, and the business doesn't want that.
  case over([OverBudget])

  var code: String {
    switch self {
    case .approved: "status"
    case .negative: "amount"
    case .takesNoLines: "account"
    case .over: "over-budget"
    }
  }
}

/// What is planned, and how much of it is used: of all departments and periods, of one, or of the
/// whole business alone.
package struct Budgets: Query {
  package static let permission: Permission? = .reportRead
  let department: ID<Department>?
  let period: ID<Period>?
  private let isOfWhole: Bool

  package init(department: ID<Department>? = nil, period: ID<Period>? = nil) {
    self.department = department
    self.period = period
    isOfWhole = false
  }

  /// Those that are of no department.
  package init(ofWholeBusinessIn period: ID<Period>?) {
    department = nil
    self.period = period
    isOfWhole = true
  }

  package struct Row: Hashable, Sendable {
    package let id: ID<Budget>
    package let account: ID<Account>
    package let number: String
    package let name: String
    package let department: ID<Department>?
    /// The department's code; nil for the whole business.
    package let code: String?
    package let period: ID<Period>
    package let periodName: String
    package let edition: BudgetEdition
    /// This and what follows is on the side that the account usually has.
    package let amount: Money
    /// Of the account's posted lines.
    package let used: Money
    /// Of its lines that wait for approval or, approved, for posting.
    package let committed: Money
    /// Of what isn't used.
    package let left: Money
    package let status: BudgetStatus
    package let note: String
    package let setter: String
    package let approver: String?
    package let version: Int

    package var label: String { "\(number) \(name)" }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    let sight = try snapshot.budgetSight()
    return try snapshot.budgetUses(of: department, in: period)
      .filter { sight.shows($0) && !(isOfWhole && $0.row.department != nil) }.map(\.row)
  }

  /// Used is what is posted on the period's days, adjustments of the year's end too, in the
  /// department and those that stood below it on the period's last day (R37), as far as they are
  /// seen, but not what carries balances from one year to the next, nor what takes that back.
  /// Committed is the same of what waits. The joins are crossed so that they start from the few
  /// budgets.
  fileprivate static let uses: StaticString = """
    WITH RECURSIVE below (top, day, id) AS (
      SELECT DISTINCT b.department_id, p.end_date, b.department_id
      FROM budgets b
      JOIN accounting_periods p ON p.business_id = :business AND p.id = b.period_id
      WHERE b.business_id = :business AND b.department_id IS NOT NULL
        AND (:department IS NULL OR b.department_id = :department)
        AND (:period IS NULL OR b.period_id = :period)
        AND (:entry IS NULL
          OR (SELECT x.entry_date FROM journal_entries x
            WHERE x.business_id = :business AND x.id = :entry) BETWEEN p.start_date AND p.end_date)
      UNION
      SELECT w.top, w.day, d.department_id
      FROM below w
      JOIN department_parents d ON d.business_id = :business AND d.parent_id = w.id
        AND w.day BETWEEN d.from_date AND d.until_date),
    uses (budget, used, committed, taken) AS (
      SELECT b.id,
        sum(l.base_debit - l.base_credit) FILTER (WHERE e.status IN ('posted', 'reversed')),
        sum(l.base_debit - l.base_credit)
          FILTER (WHERE e.status IN ('pending_approval', 'approved')),
        sum(l.base_debit - l.base_credit) FILTER (WHERE e.id = :entry)
      FROM budgets b
      CROSS JOIN accounting_periods p ON p.business_id = :business AND p.id = b.period_id
      CROSS JOIN journal_lines l ON l.business_id = :business AND l.account_id = b.account_id
        AND l.entry_date BETWEEN p.start_date AND p.end_date
      CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      LEFT JOIN journal_entries r ON r.business_id = :business AND r.id = e.reverses_entry_id
      WHERE b.business_id = :business
        AND (:department IS NULL OR b.department_id = :department)
        AND (:period IS NULL OR b.period_id = :period)
        AND (:entry IS NULL
          OR (SELECT x.entry_date FROM journal_entries x
            WHERE x.business_id = :business AND x.id = :entry) BETWEEN p.start_date AND p.end_date)
        AND (:entry IS NULL OR b.account_id IN (
          SELECT t.account_id FROM journal_lines t
          WHERE t.business_id = :business AND t.entry_id = :entry))
        AND coalesce(r.type, e.type) NOT IN ('opening', 'closing')
        AND (b.department_id IS NULL
          OR l.department_id IN (
            SELECT w.id FROM below w WHERE w.top = b.department_id AND w.day = p.end_date
              AND (:seen IS NULL OR w.id IN (SELECT value FROM json_each(:seen)))))
      GROUP BY b.id)
    SELECT b.id, b.account_id, a.number, a.name, a.type, b.department_id, d.code, b.period_id,
      p.name, p.start_date, b.edition, b.amount, coalesce(u.used, 0), coalesce(u.committed, 0),
      coalesce(u.taken, 0), b.status, b.note, b.created_by, s.name, v.name, b.version
    FROM budgets b
    JOIN accounts a ON a.business_id = :business AND a.id = b.account_id
    JOIN accounting_periods p ON p.business_id = :business AND p.id = b.period_id
    JOIN member_names s ON s.business_id = :business AND s.user_id = b.created_by
    LEFT JOIN member_names v ON v.business_id = :business AND v.user_id = b.approved_by
    LEFT JOIN departments d ON d.business_id = :business AND d.id = b.department_id
    LEFT JOIN uses u ON u.budget = b.id
    WHERE b.business_id = :business
      AND (:department IS NULL OR b.department_id = :department)
      AND (:period IS NULL OR b.period_id = :period)
      AND (:entry IS NULL OR u.taken <> 0)
    ORDER BY p.start_date, lower(a.number), lower(d.code), b.id
    """
}

/// A budget and what becomes of it.
struct BudgetUse {
  let row: Budgets.Row
  let type: AccountType
  let setter: ID<User>
  /// The first day that it is planned for.
  let start: Day
  /// As it is kept, debit-positive.
  let amount: Money
  /// What the entry that was asked about takes of it, debit-positive; that may be in `row` too.
  let taken: Money
}

extension BudgetSight {
  func shows(_ use: BudgetUse) -> Bool {
    shows(
      use.amount, of: use.row.account, use.type, for: use.row.department, from: use.start,
      setBy: use.setter)
  }
}

extension Reading {
  /// The budgets of a department or of all, in a period or in all. With `entry`, those that it
  /// takes something from, though it is a draft.
  func budgetUses(
    of department: ID<Department>? = nil, in period: ID<Period>? = nil,
    takenBy entry: ID<Entry>? = nil
  ) throws -> [BudgetUse] {
    try rows(
      {
        (
          id: ID<Budget>, account: ID<Account>, number: String, name: String, type: AccountType,
          department: ID<Department>?, code: String?, period: ID<Period>, periodName: String,
          start: Day, edition: BudgetEdition, kept: Money, used: Money, committed: Money,
          taken: Money, status: BudgetStatus, note: String, setter: ID<User>, setterName: String,
          approver: String?, version: Int
        ) -> BudgetUse in
        let (amount, used) = (try kept.turned(from: type), try used.turned(from: type))
        let row = Budgets.Row(
          id: id, account: account, number: number, name: name, department: department,
          code: code, period: period, periodName: periodName, edition: edition, amount: amount,
          used: used, committed: try committed.turned(from: type), left: try amount - used,
          status: status, note: note, setter: setterName, approver: approver, version: version)
        return BudgetUse(
          row: row, type: type, setter: setter, start: start, amount: kept, taken: taken)
      }, Budgets.uses,
      [
        "department": department, "period": period, "entry": entry,
        "seen": try departmentsSeen(),
      ])
  }
}
