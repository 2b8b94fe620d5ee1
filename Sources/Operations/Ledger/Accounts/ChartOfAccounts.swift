package import Domain
package import Store

/// Every account with what it holds in the base currency, parents before children: the tree on the
/// screen, the choices of an entry form, `account list`.
package struct ChartOfAccounts: Query {
  package static let permission: Permission? = .accountRead

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<Account>
    package let number: String
    package let name: String
    package let parent: ID<Account>?
    /// 0 for a root.
    package let level: Int
    /// `Assets:Current assets:Bank`.
    package let path: String
    package let type: AccountType
    package let category: AccountCategory
    package let isHeader: Bool
    package let isControl: Bool
    package let isSystem: Bool
    package let closes: Bool
    package let revalues: Bool
    package let requiresDepartment: Bool
    /// That of lines that name none.
    package let usualDepartment: ID<Department>?
    package let usualDepartmentCode: String?
    package let currency: String?
    package let status: String
    /// Its own lines, debit-positive, in minor units of the base currency.
    package let balance: Money
    /// How many lines it has in the ledger: the more, the sooner it is offered.
    package let uses: Int
    package let version: Int

    package var isActive: Bool { status == "active" }
    /// Whether it can be held against what a bank says (RULES §3.14).
    package var isReconcilable: Bool { !isHeader && type.isReconcilable }
    package var label: String { "\(number) \(name)" }
    package var traits: AccountTraits {
      AccountTraits(
        type: type, isControl: isControl, currency: currency, closes: closes, revalues: revalues,
        requiresDepartment: requiresDepartment)
    }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.rows(
      Row.init,
      """
      WITH RECURSIVE tree (id, level, path, place) AS (
        -- What stands under a heading that a reader doesn't see stands at the edge for them.
        SELECT a.id, 0, a.name, lower(a.number) FROM accounts a
        WHERE a.business_id = :business AND a.deleted_at IS NULL AND lower(a.number) >= ''
          AND NOT EXISTS (SELECT 1 FROM accounts p
            WHERE p.business_id = :business AND p.id = a.parent_id)
        UNION ALL
        SELECT a.id, t.level + 1, t.path || ':' || a.name, t.place || char(1) || lower(a.number)
        FROM tree t JOIN accounts a ON a.business_id = :business AND a.parent_id = t.id
        WHERE a.deleted_at IS NULL),
      held (account_id, balance, uses) AS (
        SELECT account_id, sum(base_debit - base_credit), sum(line_count)
        FROM general_ledger WHERE business_id = :business GROUP BY account_id)
      SELECT a.id, a.number, a.name, a.parent_id, t.level, t.path, a.type, a.category, a.is_header,
        a.is_control, a.is_system, a.closes, a.revalue, a.requires_department,
        a.usual_department_id, (SELECT d.code FROM departments d
          WHERE d.business_id = :business AND d.id = a.usual_department_id
            AND d.deleted_at IS NULL),
        a.currency, a.status, coalesce(h.balance, 0), coalesce(h.uses, 0), a.version
      FROM tree t
      JOIN accounts a ON a.business_id = :business AND a.id = t.id
      LEFT JOIN held h ON h.account_id = a.id
      ORDER BY t.place
      """)
  }
}

/// What a report says of an account besides its balance.
struct ReportedAccount {
  let id: ID<Account>
  let number: String
  let name: String
  /// The names from the top of the chart down to its own, `Assets:Cash:Till`.
  fileprivate(set) var path: String
  let parent: ID<Account>?
  let type: AccountType
  let category: AccountCategory
  /// Nil where its category says.
  let cashFlow: CashFlowClass?
}

extension Reading {
  /// Every account in the order of the chart, without what it holds: adding that up takes longer than
  /// all the rest.
  func reportedAccounts() throws -> [ReportedAccount] {
    let found = try rows(
      ReportedAccount.init,
      """
      SELECT id, number, name, name, parent_id, type, category, cash_flow_class FROM accounts
      WHERE business_id = :business AND deleted_at IS NULL AND lower(number) >= ''
      ORDER BY lower(number)
      """)
    let ids = Set(found.map(\.id))
    let below = Dictionary(grouping: found) { $0.parent.flatMap { ids.contains($0) ? $0 : nil } }
    var placed: [ReportedAccount] = []
    func place(under parent: ReportedAccount?) {
      for var account in below[parent?.id] ?? [] {
        if let parent { account.path = "\(parent.path):\(account.name)" }
        placed.append(account)
        place(under: account)
      }
    }
    place(under: nil)
    return placed
  }
}

extension [ChartOfAccounts.Row] {
  /// What each account and all below it hold (R6: a heading is the sum of its descendants). Throws
  /// when a sum is larger than books can hold.
  package func subtreeBalances() throws(AmountError) -> [ID<Account>: Money] {
    var sums: [ID<Account>: Money] = [:]
    for row in reversed() {
      let sum = try row.balance + (sums[row.id] ?? .zero)
      sums[row.id] = sum
      if let parent = row.parent { sums[parent] = try sum + (sums[parent] ?? .zero) }
    }
    return sums
  }

  /// The headings that an account may stand under with all that is below it, in their order (R7).
  package func headings(for account: ChartOfAccounts.Row) -> [ChartOfAccounts.Row] {
    let start = firstIndex { $0.id == account.id } ?? endIndex
    let below = self[start...].dropFirst().prefix { $0.level > account.level }
    let levels = (below.map(\.level).max() ?? account.level) - account.level
    let own = Set(below.map(\.id) + [account.id])
    return filter {
      $0.isHeader && $0.isActive && !own.contains($0.id)
        && $0.type.accountClass == account.type.accountClass
        && $0.level + 1 + levels < AccountContent.mostLevels
    }
  }

  /// The accounts that take the lines of another, in their order.
  package func twins(of account: ChartOfAccounts.Row) -> [ChartOfAccounts.Row] {
    filter {
      $0.id != account.id && !$0.isHeader && $0.isActive && $0.traits == account.traits
    }
  }

  /// The account that `name` means: its number, its full path, or its own name where only one has
  /// it. Throws `noSuchNamed` or `ambiguousName`.
  package func named(_ name: String) throws -> ChartOfAccounts.Row {
    let wanted = name.lowercased()
    if let exact = first(where: {
      $0.number.lowercased() == wanted || $0.path.lowercased() == wanted
    }) {
      return exact
    }
    let matches = filter { $0.name.lowercased() == wanted || $0.label.lowercased() == wanted }
    guard let only = matches.first else {
      throw Refusal.noSuchNamed(kind: .account, name: name)
    }
    guard matches.count == 1 else {
      throw Refusal.ambiguousName(kind: .account, name: name, matches: matches.map(\.label))
    }
    return only
  }
}
