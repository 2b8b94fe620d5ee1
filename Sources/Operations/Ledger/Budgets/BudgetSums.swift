package import Domain
import Store

/// Which plan something is compared with (RULES R36).
package struct BudgetChoice: Hashable, Sendable {
  package var edition: BudgetEdition
  /// Whether what nobody has approved yet counts too.
  package var countsDrafts: Bool

  package init(_ edition: BudgetEdition = .original, countsDrafts: Bool = false) {
    self.edition = edition
    self.countsDrafts = countsDrafts
  }
}

/// Which budgets somebody sees. For a department that was removed, what was planned before stays, so
/// that what is past reads as it did (R37); of periods that began later nothing shows until it is
/// back.
struct BudgetSight {
  fileprivate let reaches: [Reach]
  /// The days of their removal.
  fileprivate let removed: [ID<Department>: Day]

  /// `amount` is debit-positive, as it is kept; `start` is the first day that it is planned for.
  func shows(
    _ amount: Money, of account: ID<Account>, _ type: AccountType,
    for department: ID<Department>?, from start: Day, setBy setter: ID<User>
  ) -> Bool {
    guard removed.leave(department, from: start) else { return false }
    var resource = Resource(
      creator: setter, departments: Set([department].compactMap(\.self)), amount: amount)
    resource.accounts = [account]
    resource.accountClasses = [type.accountClass]
    let parts = resource.parts
    return reaches.contains { $0.contains(resource, parts: parts) }
  }
}

extension [ID<Department>: Day] {
  /// Whether what is planned from `start` on still counts, these being the days of removal: it is
  /// for the whole business or for a department that was there then.
  func leave(_ department: ID<Department>?, from start: Day) -> Bool {
    guard let department, let removal = self[department] else { return true }
    return start <= removal
  }
}

extension Reading {
  /// Those of departments whose reports they read, and those that they may set or approve.
  func budgetSight(
    by permissions: [Permission] = [.reportRead, .budgetEdit, .budgetApprove]
  ) throws -> BudgetSight {
    let removed = try removedDepartments()
    guard let user = actor.user else {
      return BudgetSight(reaches: [.everything], removed: removed)
    }
    let (rights, lists) = (try ownRights(of: user), try protections())
    let circumstances = try circumstances()
    return BudgetSight(
      reaches: permissions.map {
        rights.reach(of: $0, lists: lists, in: circumstances, reservedIsOwn: true)
      }, removed: removed)
  }

  /// The days of their removal.
  func removedDepartments() throws -> [ID<Department>: Day] {
    let zone = try timeZone()
    return try Dictionary(
      uniqueKeysWithValues: rows(
        { (department: ID<Department>, removed: Timestamp) in (department, removed.day(in: zone)) },
        """
        SELECT id, deleted_at FROM departments
        WHERE business_id = :business AND deleted_at IS NOT NULL
        """))
  }

  /// What is planned for each account in the periods that lie within some days, debit-positive.
  /// Known at a moment, what was approved by then.
  ///
  /// As what is used of a department's budget is what those below it use too, what is planned for
  /// them is a part of it, as they stood on the period's last day; what is planned for the whole
  /// business takes the place of what all departments plan.
  func planned(
    _ choice: BudgetChoice, from: Day, through: Day, _ scope: LedgerScope
  ) throws -> [ID<Account>: Money] {
    let sight = try budgetSight()
    let budgets = try rows(
      {
        (
          account: ID<Account>, type: AccountType, department: ID<Department>?,
          period: ID<Period>, start: Day, end: Day, amount: Money, setter: ID<User>
        ) -> Planned? in
        guard
          sight.shows(amount, of: account, type, for: department, from: start, setBy: setter)
        else { return nil }
        return Planned(
          place: Planned.Place(account: account, period: period, department: department),
          end: end, amount: amount)
      },
      """
      WITH within (id) AS (SELECT value FROM json_each(:within))
      SELECT b.account_id, a.type, b.department_id, b.period_id, p.start_date, p.end_date,
        b.amount, b.created_by
      FROM budgets b
      JOIN accounts a ON a.business_id = :business AND a.id = b.account_id
      JOIN accounting_periods p ON p.business_id = :business AND p.id = b.period_id
      WHERE b.business_id = :business AND b.edition = :edition
        AND p.start_date >= :from AND p.end_date <= :through
        AND (b.status = 'approved' AND (:known IS NULL OR b.approved_at <= :known)
          OR b.status = 'draft' AND :drafts)
        AND (:within IS NULL OR b.department_id IN within)
      """,
      [
        "edition": choice.edition, "drafts": choice.countsDrafts, "from": from,
        "through": through, "known": scope.knownAt,
        "within": try departments(within: scope.department, on: through),
      ]
    ).compactMap(\.self)
    let places = Set(budgets.map(\.place))
    var trees: [Day: Tree<Department>] = [:]
    var sums: [ID<Account>: Money] = [:]
    for budget in budgets {
      let tree = try trees[budget.end] ?? departmentTree(on: budget.end)
      trees[budget.end] = tree
      if budget.place.above(in: tree).contains(where: places.contains) { continue }
      let account = budget.place.account
      sums[account] = try (sums[account] ?? .zero) + budget.amount
    }
    return sums
  }
}

/// A budget, as far as it counts.
private struct Planned {
  struct Place: Hashable {
    let account: ID<Account>
    let period: ID<Period>
    /// Nil is the whole business.
    var department: ID<Department>?

    /// The same of the departments that its own stands below, and of the whole business.
    func above(in tree: Tree<Department>) -> [Place] {
      guard let department else { return [] }
      let departments = tree.above(department).subtracting([department])
      return (departments.map(Optional.some) + [nil]).map { upper in
        var place = self
        place.department = upper
        return place
      }
    }
  }

  let place: Place
  /// The last day that it is planned for.
  let end: Day
  /// Debit-positive.
  let amount: Money
}
