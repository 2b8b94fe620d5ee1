/// From which amount on whose approval an entry needs. Bands add up: an amount that reaches two of
/// them needs both, from two different people (RULES §4.6).
package struct ApprovalPolicy: Hashable, Sendable {
  package struct Band: Hashable, Sendable {
    /// Σ base debits, in minor units of the base currency.
    package let minimum: Money
    package let role: Role

    package init(minimum: Money, role: Role) {
      self.minimum = minimum
      self.role = role
    }
  }

  package let bands: [Band]

  package init(bands: [Band]) {
    self.bands = bands.sorted { ($0.minimum, $0.role) < ($1.minimum, $1.role) }
  }

  /// The roles that must approve `amount`, each by a person of its own, from the least.
  package func required(for amount: Money) -> [Role] {
    bands.filter { amount >= $0.minimum }.map(\.role).sorted()
  }

  /// What is still required after people of the roles `given` have approved. Each approval counts
  /// for the greatest requirement that its role meets. Whose role alone approves nothing was given
  /// the right to, as the head of a department is: they have a manager's vote.
  package func outstanding(for amount: Money, given: [Role]) -> [Role] {
    var open = required(for: amount)
    for role in given.map({ max($0, .manager) }).sorted(by: >) {
      if let met = open.lastIndex(where: { $0 <= role }) { open.remove(at: met) }
    }
    return open
  }
}
