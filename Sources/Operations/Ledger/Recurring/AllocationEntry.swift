package import Domain
import Phrases
package import Store

/// The entry that spreads what accounts took in a period, or of the balance sheet what they hold at
/// its end, over departments and accounts: an adjusting one of the period's last day (RULES R35).
/// `Allocate` keeps it as a draft.
package struct AllocationEntry: Query {
  package static let permission: Permission? = .reportRead
  let allocation: Allocation
  let period: ID<Period>

  package init(_ allocation: Allocation, in period: ID<Period>) {
    self.allocation = allocation
    self.period = period
  }

  /// For whoever reads all that is booked, as a part of it would be spread like the whole. Throws
  /// `allocation` where there is nothing to spread, nothing to spread it by, or what was spread
  /// before of one of the accounts isn't posted yet, or not on those days, and would be spread
  /// twice.
  package func run(in snapshot: Snapshot) throws -> EntryContent {
    try spread(in: snapshot).entry
  }

  /// The entry, and which of the sources it takes from: those that hold something.
  func spread(in snapshot: Snapshot) throws -> (entry: EntryContent, sources: [ID<Account>]) {
    try snapshot.requireWholeBooks()
    try snapshot.requireWhole(allocation)
    let sources = try allocation.sources.map(snapshot.allocated)
    let basis = try allocation.basis.account.map(snapshot.allocated)
    let month = try snapshot.periods().first { $0.id == period && $0.kind == .normal }
    guard let month else { throw Refusal.noSuch(Subject(.period, period.value)) }
    let department = allocation.department
    for source in sources {
      if let spread = try snapshot.spread(of: source, department, in: month) {
        throw Refusal.allocation(spread)
      }
    }
    let held = try sources.map { source in
      (source: source, amount: try snapshot.held(by: source, in: month)[department] ?? .zero)
    }.filter { !$0.amount.isZero }
    guard !held.isEmpty else {
      throw Refusal.allocation(.nothing(account: sources.words, period: month.name))
    }
    let weights = try snapshot.weights(of: allocation, by: basis, in: month)
    guard weights.allSatisfy({ $0 >= 0 }), weights.contains(where: { $0 > 0 }) else {
      throw Refusal.allocation(.noBasis)
    }
    let facts = try snapshot.businessFacts()
    let entry = EntryContent(
      date: month.end, type: .adjusting,
      description: "Allocation of \(held.map { $0.source }.words), \(month.name), "
        + allocation.basis.words(basis?.label),
      lines: try allocation.lines(
        of: held.map { (source: $0.source.id, amount: $0.amount) }, by: weights,
        words: allocation.basis.words(of: weights, facts.baseExponent), in: facts.baseCurrency))
    return (entry, held.map { $0.source.id })
  }
}

/// What stands against spreading accounts.
package enum AllocationProblem: Hashable, Sendable {
  case noSource
  /// `account` may be several.
  case nothing(account: String, period: String)
  /// They come to so many millionths of the whole.
  case shares(Int64)
  /// What it is spread by is below zero for one of the targets, or zero for all.
  case noBasis
  case departmentNeeded
  case repeated
  /// One of several accounts is to take a part of another where it is spread itself.
  case targetSpread
  /// The same is spread by a draft, named `D-7`, that nobody has posted.
  case waits(String)
  /// The same was spread by a posted entry of that number, dated on other days.
  case spreadElsewhere(String)
  /// The same was spread by a posted entry of that number, which left a part where it was.
  case leftPart(String)
  /// What was written names neither a department nor an account.
  case noTarget(String)
  case noPercentage(String)
  /// Shares are said of what is spread by something else.
  case sharesUnasked
  /// Of what is spread by shares one isn't said.
  case shareMissing
}

extension UserMessage {
  static func words(_ problem: AllocationProblem) -> Phrase {
    switch problem {
    case .noSource: "Name an account that is to be spread."
    case .nothing(let account, let period):
      "Nothing is left on \(account) in \(period) that could be spread."
    case .shares(let sum):
      """
      The shares come to \(Quantity(Int128(sum), decimals: 4).reduced().text) %. Let them come to \
      100.
      """
    case .noBasis:
      """
      What it is spread by is zero for all of them, or below zero for one. \
      Name other targets, or spread it by something else.
      """
    case .departmentNeeded: "What is spread by people or a balance goes to departments. Name them."
    case .repeated: "The same target is named twice. Name it once, with its whole share."
    case .targetSpread:
      "A target is spread itself. Name another account or another department for it."
    case .waits(let name): "It is spread by \(name) already, which isn't posted. Go on with that."
    case .spreadElsewhere(let number):
      "\(number) spread it already, dated outside the period. Reverse that first."
    case .leftPart(let number):
      "\(number) spread it already, and left a part of it there. Reverse that first."
    case .noTarget(let text): "\(text) is no target; write it as SAL=60 or OPS@6220=40."
    case .noPercentage(let text): "\(text) is no percentage of four decimals or fewer."
    case .sharesUnasked: "It isn't spread by shares. Leave the percents out."
    case .shareMissing: "Say of each target how many percent it takes: SAL=60."
    }
  }
}

/// An account, as far as spreading asks.
private struct AllocatedAccount {
  let id: ID<Account>
  let type: AccountType
  let number: String
  let name: String

  var label: String { "\(number) \(name)" }
}

extension [AllocatedAccount] {
  /// `6200 Rent`, or of several their numbers, the first ones of as many as a text has no room for.
  fileprivate var words: String {
    let most = 10
    if count == 1 { return self[0].label }
    return prefix(most).map(\.number).joined(separator: ", ")
      + (count > most ? " and \(count - most) more" : "")
  }
}

extension Allocation.Basis {
  /// How it is spread; `label` is the account's.
  fileprivate func words(_ label: String?) -> String {
    switch self {
    case .shares: "by fixed shares"
    case .headcount: "by headcount"
    case .balance: "by \(label ?? "another account")"
    }
  }

  /// `60 %`, `3 of 5` people, `120.00 of 200.00`.
  fileprivate func words(of weights: [Int64], _ exponent: Int) -> [String] {
    let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
    return weights.map { weight in
      switch self {
      case .shares: "\(Quantity(Int128(weight), decimals: 4).reduced().text) %"
      case .headcount: "\(weight) of \(sum)"
      case .balance:
        "\(Quantity(Int128(weight), decimals: exponent).text) of "
          + Quantity(sum, decimals: exponent).text
      }
    }
  }
}

extension Reading {
  /// Throws `noSuch` for what of it isn't there, and `allocation` where its targets make no whole.
  func requireWhole(_ allocation: Allocation) throws {
    guard !allocation.sources.isEmpty else { throw Refusal.allocation(.noSource) }
    let destinations = allocation.destinations
    for place in allocation.origins + destinations {
      try requireThere(Thing(.account, place.account.value))
      if let department = place.department {
        try requireThere(Thing(.department, department.value))
      }
    }
    if let account = allocation.basis.account {
      try requireThere(Thing(.account, account.value))
    }
    guard Set(destinations).count == destinations.count else {
      throw Refusal.allocation(.repeated)
    }
    // What one account gave another there would be spread again with that.
    let named = allocation.targets.compactMap { target in
      target.account.map { Allocation.Place($0, target.department) }
    }
    guard allocation.sources.count == 1 || Set(named).isDisjoint(with: allocation.origins) else {
      throw Refusal.allocation(.targetSpread)
    }
    guard case .shares(let shares) = allocation.basis else {
      guard !allocation.targets.isEmpty, allocation.targets.allSatisfy({ $0.department != nil })
      else {
        throw Refusal.allocation(.departmentNeeded)
      }
      return
    }
    guard shares.allSatisfy({ (0...AmountRule.whole).contains($0) }) else {
      throw Refusal.allocation(.noBasis)
    }
    let sum = shares.reduce(0, &+)
    guard sum == AmountRule.whole, shares.count == allocation.targets.count else {
      throw Refusal.allocation(.shares(sum))
    }
  }
}

extension Snapshot {
  fileprivate func allocated(_ account: ID<Account>) throws -> AllocatedAccount {
    let found = try row(
      AllocatedAccount.init,
      """
      SELECT id, type, number, name FROM accounts
      WHERE business_id = :business AND id = :account AND deleted_at IS NULL
      """, ["account": account])
    guard let found else { throw Refusal.noSuch(Subject(.account, account.value)) }
    return found
  }

  /// What stands against taking from the account there, as what it held doesn't know of it: the
  /// first of the drafts and of what waits for approval, whatever it says by now, of what was posted
  /// on days that aren't counted, and of what left a part there. What an account of the balance
  /// sheet holds at the end of one period is in what it holds at the end of another.
  fileprivate func spread(
    of account: AllocatedAccount, _ department: ID<Department>?, in month: Periods.Row
  ) throws -> AllocationProblem? {
    try row(
      { (number: String?, draft: Int, isCounted: Bool) -> AllocationProblem in
        guard let number else { return .waits("D-\(draft)") }
        return isCounted ? .leftPart(number) : .spreadElsewhere(number)
      },
      """
      SELECT e.number, e.draft_number, e.entry_date BETWEEN :from AND :through
      FROM allocated_entries x
      JOIN journal_entries e ON e.business_id = :business AND e.id = x.entry_id
      WHERE x.business_id = :business AND x.account_id = :account
        AND x.department_id IS :department
        AND CASE
          WHEN x.period_end <> :through AND :temporary THEN 0
          WHEN e.status IN ('draft', 'pending_approval', 'approved') THEN 1
          WHEN e.status <> 'posted' THEN 0
          WHEN e.entry_date NOT BETWEEN :from AND :through THEN EXISTS (
            SELECT 1 FROM journal_lines l
            WHERE l.business_id = :business AND l.entry_id = e.id
              AND l.account_id = :account AND l.department_id IS :department)
          ELSE x.period_end = :through AND (
            SELECT count(DISTINCT l.base_debit > 0) FROM journal_lines l
            WHERE l.business_id = :business AND l.entry_id = e.id
              AND l.account_id = :account AND l.department_id IS :department) = 2
          END
      ORDER BY e.id LIMIT 1
      """,
      [
        "account": account.id, "department": department, "from": month.counted(of: account.type),
        "through": month.end, "temporary": account.type.isTemporary,
      ])
  }

  /// How the targets' parts stand to each other, in their order.
  fileprivate func weights(
    of allocation: Allocation, by account: AllocatedAccount?, in month: Periods.Row
  ) throws -> [Int64] {
    if case .shares(let shares) = allocation.basis { return shares }
    let departments = allocation.targets.compactMap(\.department)
    guard let account else {
      let people = try headcounts()
      return departments.map { people[$0] ?? 0 }
    }
    let held = try held(by: account, in: month)
    return try departments.map {
      try (held[$0] ?? .zero).shown(on: account.type.normalSide).minorUnits
    }
  }

  /// How many active members are of each department itself, as it is now.
  private func headcounts() throws -> [ID<Department>: Int64] {
    Dictionary(
      uniqueKeysWithValues: try rows(
        { (department: ID<Department>, count: Int64) in (department, count) },
        """
        SELECT department_id, count(*) FROM business_memberships
        WHERE business_id = :business AND status = 'active' AND department_id IS NOT NULL
        GROUP BY department_id
        """))
  }

  /// What is posted on an account in each department and in none, debit-positive: of income and
  /// expenses in the month, but not what closings took away, else up to its end.
  fileprivate func held(
    by account: AllocatedAccount, in month: Periods.Row
  ) throws -> [ID<Department>?: Money] {
    Dictionary(
      uniqueKeysWithValues: try rows(
        { (department: ID<Department>?, amount: Money) in (department, amount) },
        """
        SELECT l.department_id, sum(l.base_debit - l.base_credit)
        FROM journal_lines l
        JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
        LEFT JOIN journal_entries r ON r.business_id = :business AND r.id = e.reverses_entry_id
        WHERE l.business_id = :business AND l.account_id = :account
          AND l.entry_date BETWEEN :from AND :through AND e.status IN ('posted', 'reversed')
          AND (:temporary = 0 OR coalesce(r.type, e.type) NOT IN ('opening', 'closing'))
        GROUP BY l.department_id
        """,
        [
          "account": account.id, "from": month.counted(of: account.type),
          "through": month.end, "temporary": account.type.isTemporary,
        ]))
  }
}

extension Periods.Row {
  /// From when on an account's lines count for what is spread of it in the month.
  fileprivate func counted(of type: AccountType) -> Day { type.isTemporary ? start : .first }
}
