/// The kinds of account that a journal's `type:` tag knows.
package enum ForeignAccountType: Character, Hashable, Sendable, CaseIterable {
  case asset = "A"
  case liability = "L"
  case equity = "E"
  case revenue = "R"
  case expense = "X"
  /// An asset that is money at hand.
  case cash = "C"
  /// Equity that two commodities meet in when they are exchanged.
  case conversion = "V"

  /// Reads `A`, `Asset`, in any case.
  package init?(tag: String) {
    let word = tag.lowercased()
    guard let match = Self.allCases.first(where: { $0.words.contains(word) }) else { return nil }
    self = match
  }

  package var accountType: AccountType {
    switch self {
    case .asset, .cash: .asset
    case .liability: .liability
    case .equity, .conversion: .equity
    case .revenue: .revenue
    case .expense: .expense
    }
  }

  private var words: [String] {
    switch self {
    case .asset: ["a", "asset"]
    case .liability: ["l", "liability"]
    case .equity: ["e", "equity"]
    case .revenue: ["r", "revenue"]
    case .expense: ["x", "expense"]
    case .cash: ["c", "cash"]
    case .conversion: ["v", "conversion"]
    }
  }
}
