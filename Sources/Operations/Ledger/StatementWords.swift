import Domain
package import Phrases

extension FinancialStatement.Kind {
  package var phrase: Phrase {
    switch self {
    case .balanceSheet: "Balance sheet"
    case .incomeStatement: "Income statement"
    }
  }
}

extension FinancialStatement.Item {
  /// As it stands on the statement.
  package var phrase: Phrase {
    switch self {
    case .section(let accountClass): accountClass.phrase
    case .group(let account), .account(let account):
      Phrase(verbatim: "\(account.number) \(account.name)")
    case .currentEarnings: "Earnings of the year"
    case .earlierEarnings: "Earnings of earlier years, not closed"
    case .total(let accountClass): accountClass.total
    case .liabilitiesAndEquity: "Total liabilities and equity"
    case .netIncome: "Net income"
    }
  }
}

extension AccountType.Class {
  fileprivate var phrase: Phrase {
    switch self {
    case .asset: "Assets"
    case .liability: "Liabilities"
    case .equity: "Equity"
    case .revenue: "Income"
    case .expense: "Expenses"
    }
  }

  fileprivate var total: Phrase {
    switch self {
    case .asset: "Total assets"
    case .liability: "Total liabilities"
    case .equity: "Total equity"
    case .revenue: "Total income"
    case .expense: "Total expenses"
    }
  }
}
