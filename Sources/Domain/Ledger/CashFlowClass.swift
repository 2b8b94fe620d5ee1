/// Which part of a cash-flow statement an account's movements belong to (RULES §3.11).
package enum CashFlowClass: String, Sendable, CaseIterable {
  /// What the statement explains.
  case cash
  case operating
  case investing
  case financing
  /// What net income counts although no cash moves for it, such as depreciation.
  case noncash
}

extension AccountCategory {
  /// Of an account that says nothing of its own; nil where its category doesn't tell.
  package var cashFlowClass: CashFlowClass? {
    switch self {
    case .cash, .bank: .cash
    case .fixedAssets, .intangibles, .investments: .investing
    case .notesPayable, .longTermLiabilities, .debtDiscount, .ownersEquity, .retainedEarnings,
      .commonStock, .dividends, .treasuryStock:
      .financing
    case .accumulatedDepreciation, .depreciation: .noncash
    case .accountsReceivable, .inventory, .prepaid, .otherAssets, .accountsPayable, .accrued,
      .unearnedRevenue, .currentLiabilities, .taxesPayable, .salesIncome, .serviceIncome,
      .interestIncome, .otherIncome, .salesReturns, .costOfGoodsSold, .purchaseReturns,
      .salaries, .rent, .utilities, .interestExpense, .taxExpense, .otherExpense, .fxGainLoss,
      .fxUnrealised, .rounding:
      .operating
    case .openingBalanceEquity, .incomeSummary, .translationAdjustment, .suspense, .intercompany:
      nil
    }
  }
}

/// How a cash-flow statement gets to what cash did.
package enum CashFlowMethod: String, Hashable, Sendable, CaseIterable {
  /// From net income, by what it counts and cash didn't, and the other way round.
  case indirect
  /// By what each entry that touches cash was for.
  case direct

  package var kind: FinancialStatement.Kind {
    switch self {
    case .indirect: .cashFlow
    case .direct: .directCashFlow
    }
  }
}

extension FinancialStatement.Kind {
  /// Nil where it is no cash-flow statement.
  package var method: CashFlowMethod? {
    switch self {
    case .balanceSheet, .incomeStatement: nil
    case .cashFlow: .indirect
    case .directCashFlow: .direct
    }
  }
}

extension FinancialStatement {
  /// The parts of a cash-flow statement, in the order in which they stand on it.
  package enum Activity: String, Hashable, Sendable, CaseIterable {
    case operating
    case investing
    case financing
    /// What nobody has said anything of yet; shown only where there is something.
    case unclassified
  }
}

extension FinancialStatement.Account {
  /// Whether a cash-flow statement explains what it holds. Income and expenses are never cash.
  package var isCash: Bool { cashFlow == .cash && !type.isTemporary }

  /// Where cash stands that came from it.
  package var activity: FinancialStatement.Activity {
    switch cashFlow {
    case .cash, .operating, .noncash: .operating
    case .investing: .investing
    case .financing: .financing
    case nil: .unclassified
    }
  }
}
