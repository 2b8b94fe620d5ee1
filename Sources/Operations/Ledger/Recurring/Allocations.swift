package import Domain
package import Phrases
package import Store

/// The rules by which accounts are spread, by the names that people gave them (RULES R35).
package struct Allocations: Query {
  package static let permission: Permission? = .reportRead

  package init() {}

  package struct Row: Hashable, Sendable {
    package let id: ID<AllocationRule>
    package let name: String
    package let allocation: Allocation
    /// `6210 Rent`: those whose lines are spread.
    package let accounts: [String]
    /// The code of the department whose they are; empty for those of none.
    package let department: String
    /// By whose balance; nil where it is by something else.
    package let basisAccount: String?
    /// As `AllocationPart` reads them: `SAL=60`, `OPS@6220=40`, `@=10`.
    package let targets: [String]
    /// Who made it.
    package let maker: String
  }

  /// By name. For whoever reads all that is booked, as what is spread is all of it.
  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.requireWholeBooks()
    return try snapshot.allocations()
  }
}

extension [Allocations.Row] {
  /// The one that people call so. Throws `noSuchNamed`.
  package func called(_ name: String) throws -> Allocations.Row {
    guard let found = first(where: { $0.name.lowercased() == name.lowercased() }) else {
      throw Refusal.noSuchNamed(kind: .allocation, name: name)
    }
    return found
  }
}

extension Allocation.Basis.Kind {
  package var phrase: Phrase { Phrase(word: rawValue, context: "allocation") }
}

private struct AllocationSource {
  let rule: ID<AllocationRule>
  let account: ID<Account>
  let label: String
}

private struct AllocationTarget {
  let rule: ID<AllocationRule>
  let target: Allocation.Target
  let share: Int64?
  let number: String?
  let department: String?

  var text: String {
    let account = number.map { "@\($0)" } ?? (department == nil ? "@" : "")
    let percent = share.map {
      "=" + Quantity(Int128($0), decimals: AmountRule.percentDecimals).reduced().text
    }
    return (department ?? "") + account + (percent ?? "")
  }
}

extension Reading {
  /// Those that go on: all, or the one.
  func allocations(only id: ID<AllocationRule>? = nil) throws -> [Allocations.Row] {
    let allSources = Dictionary(grouping: try allocationSources(of: id), by: \.rule)
    let allTargets = Dictionary(grouping: try allocationTargets(of: id), by: \.rule)
    return try rows(
      {
        (
          id: ID<AllocationRule>, name: String, department: ID<Department>?,
          kind: Allocation.Basis.Kind, by: ID<Account>?, code: String?, byLabel: String?,
          maker: String
        ) in
        let (sources, targets) = (allSources[id] ?? [], allTargets[id] ?? [])
        return Allocations.Row(
          id: id, name: name,
          allocation: Allocation(
            of: sources.map(\.account), in: department, to: targets.map(\.target),
            by: Allocation.Basis(kind, targets.map { $0.share ?? 0 }, of: by)),
          accounts: sources.map(\.label), department: code ?? "", basisAccount: byLabel,
          targets: targets.map(\.text), maker: maker)
      },
      """
      SELECT r.id, r.name, r.department_id, r.basis, r.basis_account_id, d.code,
        b.number || ' ' || b.name, n.name
      FROM allocation_rules r
      JOIN member_names n ON n.business_id = :business AND n.user_id = r.created_by
      LEFT JOIN departments d ON d.business_id = :business AND d.id = r.department_id
      LEFT JOIN accounts b ON b.business_id = :business AND b.id = r.basis_account_id
      WHERE r.business_id = :business AND r.ended_at IS NULL AND (:id IS NULL OR r.id = :id)
      ORDER BY lower(r.name), r.id
      """, ["id": id])
  }

  /// Throws `noSuch`, also of one that has ended.
  func allocation(_ id: ID<AllocationRule>) throws -> Allocation {
    guard let found = try allocations(only: id).first else {
      throw Refusal.noSuch(Subject(.allocation, id.value))
    }
    return found.allocation
  }

  /// In the order in which they were said.
  private func allocationSources(of id: ID<AllocationRule>?) throws -> [AllocationSource] {
    try rows(
      AllocationSource.init,
      """
      SELECT s.rule_id, s.account_id, a.number || ' ' || a.name
      FROM allocation_sources s
      JOIN accounts a ON a.business_id = :business AND a.id = s.account_id
      WHERE s.business_id = :business AND (:id IS NULL OR s.rule_id = :id)
      ORDER BY s.rule_id, s.line_number
      """, ["id": id])
  }

  /// In the order in which they were said.
  private func allocationTargets(of id: ID<AllocationRule>?) throws -> [AllocationTarget] {
    try rows(
      {
        (
          rule: ID<AllocationRule>, account: ID<Account>?, department: ID<Department>?,
          share: Int64?, number: String?, code: String?
        ) in
        AllocationTarget(
          rule: rule, target: Allocation.Target(account, department), share: share,
          number: number, department: code)
      },
      """
      SELECT t.rule_id, t.account_id, t.department_id, t.share, a.number, d.code
      FROM allocation_targets t
      LEFT JOIN accounts a ON a.business_id = :business AND a.id = t.account_id
      LEFT JOIN departments d ON d.business_id = :business AND d.id = t.department_id
      WHERE t.business_id = :business AND (:id IS NULL OR t.rule_id = :id)
      ORDER BY t.rule_id, t.line_number
      """, ["id": id])
  }
}
