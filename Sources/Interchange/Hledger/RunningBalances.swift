import Domain

/// What each account holds at a point of the journal, for assertions and assignments.
struct RunningBalances {
  /// Amounts other than zero, by commodity.
  private var own: [String: [String: Quantity]] = [:]
  /// The same with all accounts below; kept only where an assertion asks for it.
  private var inclusive: [String: [String: Quantity]] = [:]
  private let keepsInclusive: Bool

  init(keepsInclusive: Bool) { self.keepsInclusive = keepsInclusive }

  func amounts(of account: String, isInclusive: Bool) -> [String: Quantity] {
    (isInclusive ? inclusive[account] : own[account]) ?? [:]
  }

  mutating func add(_ amount: ForeignAmount, to account: String) throws(AmountError) {
    try Self.add(amount, to: &own[account, default: [:]])
    guard keepsInclusive else { return }
    for group in [account] + account.foreignAncestors {
      try Self.add(amount, to: &inclusive[group, default: [:]])
    }
  }

  private static func add(
    _ amount: ForeignAmount, to amounts: inout [String: Quantity]
  ) throws(AmountError) {
    let sum = try (amounts[amount.commodity] ?? .zero) + amount.quantity
    amounts[amount.commodity] = sum.isZero ? nil : sum
  }
}
