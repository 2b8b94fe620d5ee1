import Domain
package import Phrases

extension FinancialStatement.Kind {
  package var phrase: Phrase {
    switch self {
    case .balanceSheet: "Balance sheet"
    case .incomeStatement: "Income statement"
    case .cashFlow, .directCashFlow: "Cash flow statement"
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
    case .activity(let activity): activity.phrase
    case .adjustments: "Adjustments for non-cash items"
    case .exchangeAdjustment: "Exchange differences on cash"
    case .workingCapital: "Changes in working capital"
    case .totalOf(let activity): activity.total
    case .exchangeEffect: "Effect of exchange rates on cash"
    case .netChange: "Net change in cash"
    case .cashAtBeginning: "Cash at the beginning"
    case .unexplained: "Not explained by any account"
    case .cashAtEnd: "Cash at the end"
    case .priorPeriodAdjustments: "Prior-period adjustments, in retained earnings"
    }
  }
}

extension CashFlowMethod {
  package var phrase: Phrase {
    switch self {
    case .indirect: "indirect"
    case .direct: "direct"
    }
  }
}

extension FinancialStatement.Activity {
  fileprivate var phrase: Phrase {
    switch self {
    case .operating: "Operating activities"
    case .investing: "Investing activities"
    case .financing: "Financing activities"
    case .unclassified: "Unclassified accounts"
    }
  }

  fileprivate var total: Phrase {
    switch self {
    case .operating: "Cash from operating activities"
    case .investing: "Cash from investing activities"
    case .financing: "Cash from financing activities"
    case .unclassified: "Cash from unclassified accounts"
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
