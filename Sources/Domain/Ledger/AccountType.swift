/// The ten types of account and what follows from each (RULES §3.1).
package enum AccountType: String, Sendable, CaseIterable {
  case asset
  case contraAsset = "contra_asset"
  case liability
  case contraLiability = "contra_liability"
  case equity
  case contraEquity = "contra_equity"
  case revenue
  case contraRevenue = "contra_revenue"
  case expense
  case contraExpense = "contra_expense"

  /// What a contra type deducts from: groups are added up by class.
  package enum Class: String, Sendable, CaseIterable {
    case asset
    case liability
    case equity
    case revenue
    case expense
  }

  package var accountClass: Class {
    switch self {
    case .asset, .contraAsset: .asset
    case .liability, .contraLiability: .liability
    case .equity, .contraEquity: .equity
    case .revenue, .contraRevenue: .revenue
    case .expense, .contraExpense: .expense
    }
  }

  package var isContra: Bool {
    switch self {
    case .asset, .liability, .equity, .revenue, .expense: false
    case .contraAsset, .contraLiability, .contraEquity, .contraRevenue, .contraExpense: true
    }
  }

  /// The side on which the account usually stands: a function of the type, never stored (R1).
  package var normalSide: Side { accountClass.normalSide(isContra: isContra) }

  /// Whether year-end close empties it; equity does only where the account says so.
  package var isTemporary: Bool { accountClass == .revenue || accountClass == .expense }

  /// Whether a bank or somebody else may hold it too, so that it can be held against what they say.
  package var isReconcilable: Bool { accountClass == .asset || accountClass == .liability }

  /// `contra asset`.
  package var title: String { rawValue.replacing("_", with: " ") }
}

extension AccountType.Class {
  package var normalSide: Side { normalSide(isContra: false) }

  fileprivate func normalSide(isContra: Bool) -> Side {
    let isDebit = self == .asset || self == .expense
    return isDebit != isContra ? .debit : .credit
  }
}

/// The two sides of an account. Signed amounts are debit-positive everywhere (D4).
package enum Side: String, Sendable, CaseIterable {
  case debit
  case credit

  package var opposite: Side { self == .debit ? .credit : .debit }
  /// `D` or `C`, where a column has room for no more.
  package var letter: String { self == .debit ? "D" : "C" }
}

extension Money {
  /// What is shown for a debit-positive amount on an account that stands on `side`; below zero the
  /// balance is abnormal (R3). Throws only for the smallest Int64.
  package func shown(on side: Side) throws(AmountError) -> Money {
    side == .debit ? self : try negated()
  }

  /// Whether a debit-positive amount stands where an account of `side` usually has none (R3).
  package func isAbnormal(on side: Side) -> Bool {
    side == .debit ? self < .zero : self > .zero
  }
}
