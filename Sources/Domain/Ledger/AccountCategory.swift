/// What an account is for, in more detail than its type: SPEC's thirty-two, those of RULES D23, and
/// what a year closes by way of (RULES §3.6).
package enum AccountCategory: String, Sendable, CaseIterable {
  case cash
  case bank
  case accountsReceivable = "accounts_receivable"
  case inventory
  case prepaid
  case fixedAssets = "fixed_assets"
  case accumulatedDepreciation = "accumulated_depreciation"
  case intangibles
  case investments
  case accountsPayable = "accounts_payable"
  case accrued
  case unearnedRevenue = "unearned_revenue"
  case notesPayable = "notes_payable"
  case currentLiabilities = "current_liabilities"
  case longTermLiabilities = "long_term_liabilities"
  case taxesPayable = "taxes_payable"
  case ownersEquity = "owners_equity"
  case retainedEarnings = "retained_earnings"
  case commonStock = "common_stock"
  case dividends
  case salesIncome = "sales_income"
  case serviceIncome = "service_income"
  case interestIncome = "interest_income"
  case otherIncome = "other_income"
  case costOfGoodsSold = "cost_of_goods_sold"
  case salaries
  case rent
  case utilities
  case depreciation
  case interestExpense = "interest_expense"
  case taxExpense = "tax_expense"
  case otherExpense = "other_expense"
  case salesReturns = "sales_returns"
  case purchaseReturns = "purchase_returns"
  case treasuryStock = "treasury_stock"
  case openingBalanceEquity = "opening_balance_equity"
  case incomeSummary = "income_summary"
  case fxGainLoss = "fx_gain_loss"
  case fxUnrealised = "fx_unrealised"
  case translationAdjustment = "translation_adjustment"
  case rounding
  case suspense
  case intercompany
  case otherAssets = "other_assets"
  case debtDiscount = "debt_discount"

  /// The types an account of this category may have (R5).
  package var types: [AccountType] {
    switch self {
    case .cash, .bank, .inventory, .prepaid, .fixedAssets, .intangibles, .investments, .otherAssets:
      [.asset]
    case .accountsReceivable, .suspense: [.asset, .contraAsset]
    case .accumulatedDepreciation: [.contraAsset]
    case .accountsPayable, .accrued, .unearnedRevenue, .notesPayable, .currentLiabilities,
      .longTermLiabilities, .taxesPayable:
      [.liability]
    case .debtDiscount: [.contraLiability]
    case .ownersEquity, .dividends: [.equity, .contraEquity]
    case .retainedEarnings, .commonStock, .openingBalanceEquity, .incomeSummary,
      .translationAdjustment:
      [.equity]
    case .treasuryStock: [.contraEquity]
    case .salesIncome, .serviceIncome, .interestIncome, .otherIncome: [.revenue]
    case .salesReturns: [.contraRevenue]
    case .costOfGoodsSold: [.expense, .contraExpense]
    case .purchaseReturns: [.contraExpense]
    case .salaries, .rent, .utilities, .depreciation, .interestExpense, .taxExpense,
      .otherExpense:
      [.expense]
    case .fxGainLoss, .fxUnrealised, .rounding: [.revenue, .expense]
    case .intercompany: [.asset, .liability]
    }
  }

  /// What the books themselves book on, so that there is an account of each before anything is posted
  /// (R10). Those for what a group translates and what its companies owe each other are needed by
  /// groups alone.
  package static let needed: [AccountCategory] = [
    .retainedEarnings, .openingBalanceEquity, .rounding, .fxGainLoss, .fxUnrealised, .suspense,
  ]

  /// Whether it is of things rather than of money or claims to it: no exchange rate changes what
  /// they are worth (R31).
  package var isOfThings: Bool {
    [Self.inventory, .prepaid, .fixedAssets, .accumulatedDepreciation, .intangibles].contains(self)
  }

  /// Money, and what is owed in it: worth another amount when its currency is (RULES R31). Loans
  /// are too, but not all that their categories hold.
  package var isMonetary: Bool {
    [.cash, .bank, .accountsReceivable, .accountsPayable].contains(self)
  }

  /// What an account of a type is for where nobody said more.
  package static func usual(for type: AccountType) -> AccountCategory {
    switch type {
    case .asset: .otherAssets
    case .contraAsset: .accumulatedDepreciation
    case .liability: .currentLiabilities
    case .contraLiability: .debtDiscount
    case .equity: .ownersEquity
    case .contraEquity: .ownersEquity
    case .revenue: .otherIncome
    case .contraRevenue: .salesReturns
    case .expense: .otherExpense
    case .contraExpense: .purchaseReturns
    }
  }
}
