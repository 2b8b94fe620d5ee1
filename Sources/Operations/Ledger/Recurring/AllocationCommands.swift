package import Domain
package import Store

/// Keeps how accounts are spread under a name, to be spread so period after period (RULES R35).
package struct AddAllocation: Command {
  package static let permission: Permission? = .recurringManage
  package static let operation = "journal.allocation.create"
  package static let event = AuditEvent.create
  /// More the schema doesn't take.
  package static let mostNameCharacters = 100
  let name: String
  let allocation: Allocation

  /// Spaces around the name are none of it.
  package init(_ name: String, _ allocation: Allocation) {
    self.name = name.trimmingSpaces
    self.allocation = allocation
  }

  package var subject: Subject { Subject(.allocation, name: name) }
  package func subject(after rule: ID<AllocationRule>) -> Subject {
    Subject(.allocation, rule.value)
  }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: allocation)
  }

  /// Throws `taken` where a rule that goes on has the name, `nameLength`, `noSuch` and `allocation`.
  package func run(in change: Change) throws -> ID<AllocationRule> {
    try name.requireName(of: .allocation, most: Self.mostNameCharacters)
    try change.view(by: .reportRead).requireWholeBooks()
    try change.requireWhole(allocation)
    guard try !change.hasAllocation(called: name) else {
      throw Refusal.taken(kind: .allocation, name: name)
    }
    let basis = allocation.basis
    let rule = try change.insert(
      AllocationRule.self,
      """
      INSERT INTO allocation_rules (business_id, name, department_id, basis, basis_account_id,
        created_by, created_at)
      VALUES (:business, :name, :department, :basis, :by, :actor, :now)
      """,
      [
        "name": name, "department": allocation.department, "basis": basis.kind,
        "by": basis.account, "actor": change.actor.user, "now": change.now,
      ])
    for (index, source) in allocation.sources.enumerated() {
      try change.execute(
        """
        INSERT INTO allocation_sources (business_id, rule_id, line_number, account_id)
        VALUES (:business, :rule, :number, :account)
        """, ["rule": rule, "number": index + 1, "account": source])
    }
    for (index, target) in allocation.targets.enumerated() {
      var share: Int64?
      if case .shares(let shares) = basis { share = shares[index] }
      try change.execute(
        """
        INSERT INTO allocation_targets (business_id, rule_id, line_number, account_id,
          department_id, share)
        VALUES (:business, :rule, :number, :account, :department, :share)
        """,
        [
          "rule": rule, "number": index + 1, "account": target.account,
          "department": target.department, "share": share,
        ])
    }
    return rule
  }
}

/// Has nothing spread by a rule any more. What was spread by it stays, and its name is free.
package struct EndAllocation: Command {
  package static let permission: Permission? = .recurringManage
  package static let operation = "journal.allocation.end"
  package static let event = AuditEvent.update
  let rule: ID<AllocationRule>

  package init(_ rule: ID<AllocationRule>) { self.rule = rule }

  package var subject: Subject { Subject(.allocation, rule.value) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(of: change.allocation(rule))
  }

  package func run(in change: Change) throws {
    _ = try change.allocation(rule)
    try change.view(by: .reportRead).requireWholeBooks()
    try change.execute(
      """
      UPDATE allocation_rules SET ended_at = :now WHERE business_id = :business AND id = :rule
      """, ["now": change.now, "rule": rule])
  }
}

/// Spreads what accounts took in a period: keeps `AllocationEntry` as a draft, and which of them it
/// takes from, so that the same isn't spread twice whatever somebody makes of the draft.
package struct Allocate: Command {
  package static let permission: Permission? = .journalCreate
  package static let event = AuditEvent.create
  let way: Way
  let period: ID<Period>

  /// How it is spread.
  enum Way: Sendable {
    case rule(ID<AllocationRule>)
    case once(Allocation)
  }

  package init(_ allocation: Allocation, in period: ID<Period>) {
    way = .once(allocation)
    self.period = period
  }

  package init(by rule: ID<AllocationRule>, in period: ID<Period>) {
    way = .rule(rule)
    self.period = period
  }

  package var subject: Subject { .entry(nil) }
  package func subject(after entered: EnteredEntry) -> Subject { .entry(entered.entry) }

  package func resource(in change: Change) throws -> Resource {
    try change.resource(
      of: spread(of: allocation(in: change), in: change).entry, madeBy: change.actor.user)
  }

  /// Throws what `AllocationEntry` does, and `noSuch` for a rule that has ended.
  package func run(in change: Change) throws -> EnteredEntry {
    let allocation = try self.allocation(in: change)
    let (content, sources) = try spread(of: allocation, in: change)
    try change.refuseUnwritableLines(in: content)
    let entered = try change.end(try change.insertDraft(content), with: .keepDraft)
    for source in sources {
      try change.execute(
        """
        INSERT INTO allocated_entries (business_id, entry_id, rule_id, account_id, department_id,
          period_end)
        VALUES (:business, :entry, :rule, :account, :department, :end)
        """,
        [
          "entry": entered.entry, "rule": rule, "account": source,
          "department": allocation.department, "end": content.date,
        ])
    }
    return entered
  }

  private var rule: ID<AllocationRule>? {
    if case .rule(let rule) = way { rule } else { nil }
  }

  private func allocation(in change: Change) throws -> Allocation {
    switch way {
    case .rule(let rule): try change.allocation(rule)
    case .once(let allocation): allocation
    }
  }

  private func spread(
    of allocation: Allocation, in change: Change
  ) throws -> (entry: EntryContent, sources: [ID<Account>]) {
    try AllocationEntry(allocation, in: period).spread(in: change.view(by: .reportRead))
  }
}

extension Change {
  /// What corrects an entry spreads what that did, so that it isn't spread again where the other is
  /// taken back.
  func noteSpread(of corrected: ID<Entry>, by entry: ID<Entry>) throws {
    try execute(
      """
      INSERT INTO allocated_entries (business_id, entry_id, rule_id, account_id, department_id,
        period_end)
      SELECT :business, :entry, rule_id, account_id, department_id, period_end
      FROM allocated_entries
      WHERE business_id = :business AND entry_id = :corrected
      ORDER BY id
      """, ["entry": entry, "corrected": corrected])
  }

  /// A rule, as what is done to it is decided: it has a part in all that it names.
  fileprivate func resource(of allocation: Allocation) throws -> Resource {
    let basis = allocation.basis.account.map { Allocation.Place($0) }
    let places = allocation.origins + allocation.destinations + (basis.map { [$0] } ?? [])
    let currency = try businessFacts().baseCurrency
    return try resource(
      of: EntryContent(
        date: today(), type: .adjusting, description: "",
        lines: places.map {
          LineContent(
            account: $0.account, currency: currency, amount: .zero, department: $0.department)
        }), madeBy: actor.user)
  }

  fileprivate func hasAllocation(called name: String) throws -> Bool {
    try one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM allocation_rules
        WHERE business_id = :business AND lower(name) = lower(:name) AND ended_at IS NULL)
      """, ["name": name])
  }
}
