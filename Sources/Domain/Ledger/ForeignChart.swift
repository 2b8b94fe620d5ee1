/// Another program's chart of accounts, read whole: what an import of accounts is given.
package struct ForeignChart: Hashable, Sendable {
  /// Each after the one it stands under.
  package var accounts: [ForeignChartAccount]

  package init(_ accounts: [ForeignChartAccount] = []) { self.accounts = accounts }

  /// `Assets:Bank` for each account, in their order.
  package var paths: [String] {
    var paths: [String] = []
    for account in accounts {
      paths.append(account.parent.map { "\(paths[$0]):\(account.name)" } ?? account.name)
    }
    return paths
  }
}

/// An account as another program's chart lists it.
package struct ForeignChartAccount: Hashable, Sendable {
  /// Without white space around it.
  package var name: String
  /// The place in its chart of the account that it stands under; nil for a root.
  package var parent: Int?
  /// Empty where the chart gives it none.
  package var number: String
  /// What the chart calls its type: `BANK`, `Fixed Asset`; empty where it says nothing.
  package var word: String
  /// Nil where nobody knows what the chart means by it.
  package var type: AccountType?
  /// What the chart says beyond the type. May be that of a contra type of the same class.
  package var category: AccountCategory?
  /// Sums up what stands under it and takes no lines.
  package var isHeading: Bool
  package var description: String
  /// What it is counted in, such as `USD`; empty where the chart doesn't say.
  package var commodity: String
  package var position: SourcePosition

  package init(
    name: String, parent: Int? = nil, number: String = "", word: String = "",
    type: AccountType? = nil, category: AccountCategory? = nil, isHeading: Bool = false,
    description: String = "", commodity: String = "", position: SourcePosition
  ) {
    self.name = name
    self.parent = parent
    self.number = number
    self.word = word
    self.type = type
    self.category = category
    self.isHeading = isHeading
    self.description = description
    self.commodity = commodity
    self.position = position
  }
}

/// What an account of another program's chart becomes.
package struct ForeignAccountKind: Hashable, Sendable {
  package let type: AccountType
  package let category: AccountCategory
  /// Whether a person said it, and not the chart.
  package let isSaid: Bool
}

extension ForeignChart {
  /// What each account becomes, in their order. `mapped` has types that a person gave, by an
  /// account's path or by the chart's word for a type. The first of these speaks: the account's own
  /// path, its word, what the chart means by the word, the nearest path above it, `untyped`. All
  /// that are still unknown come out as one error.
  package func kinds(
    mapped: [String: AccountType] = [:], untyped: AccountType? = nil
  ) throws(UntypedAccounts) -> [ForeignAccountKind] {
    let paths = paths
    var said: [AccountType?] = []
    var kinds: [ForeignAccountKind] = []
    var unknown: [String] = []
    for (account, path) in zip(accounts, paths) {
      let above = account.parent.flatMap { said[$0] }
      said.append(mapped[path] ?? above)
      if let type = mapped[path] ?? mapped[account.word] {
        kinds.append(account.kind(as: type, isSaid: true))
      } else if let type = account.type {
        kinds.append(account.kind(as: type, isSaid: false))
      } else if let type = above ?? untyped {
        kinds.append(account.kind(as: type, isSaid: true))
      } else {
        unknown.append(path)
      }
    }
    guard unknown.isEmpty else { throw UntypedAccounts(accounts: unknown) }
    return kinds
  }
}

extension ForeignChartAccount {
  /// The category that the chart means, where its class is that of `type`. What deducts from the
  /// type's class gets the type that does, unless a person said otherwise. Headings hold nothing,
  /// so nothing is said of what they hold.
  fileprivate func kind(as type: AccountType, isSaid: Bool) -> ForeignAccountKind {
    let found = category.flatMap { category in
      category.types.first { $0 == type }
        ?? category.types.first { !isSaid && $0.accountClass == type.accountClass }
    }
    let becomes = found ?? type
    let isTold = found != nil && !isHeading
    return ForeignAccountKind(
      type: becomes, category: (isTold ? category : nil) ?? .usual(for: becomes), isSaid: isSaid)
  }
}

/// The words that other programs have for types of account, and what they mean here.
package enum ForeignTypeWords {
  /// GnuCash's; nil for one that isn't among them.
  package static func gnuCashType(_ word: String) -> AccountType? {
    switch word {
    case "ASSET", "BANK", "CHECKING", "SAVINGS", "MONEYMRKT", "CASH", "STOCK", "MUTUAL",
      "RECEIVABLE":
      .asset
    case "LIABILITY", "CREDIT", "CREDITLINE", "PAYABLE": .liability
    case "INCOME": .revenue
    case "EXPENSE": .expense
    // Trading accounts are where two commodities meet that are exchanged.
    case "EQUITY", "TRADING": .equity
    default: nil
    }
  }

  /// What GnuCash's type says beyond ours; nil where that is nothing.
  package static func gnuCashCategory(_ word: String) -> AccountCategory? {
    switch word {
    case "BANK", "CHECKING", "SAVINGS", "MONEYMRKT": .bank
    case "CASH": .cash
    case "STOCK", "MUTUAL": .investments
    case "RECEIVABLE": .accountsReceivable
    case "PAYABLE": .accountsPayable
    default: nil
    }
  }

  /// ERPNext's type of a root, which all below it share; nil for one that isn't among the five.
  package static func erpNextType(_ word: String) -> AccountType? {
    switch word {
    case "Asset": .asset
    case "Liability": .liability
    case "Equity": .equity
    case "Income": .revenue
    case "Expense": .expense
    default: nil
    }
  }

  /// What ERPNext's `account_type` says beyond the root's type; nil where that is nothing.
  package static func erpNextCategory(
    _ word: String, in type: AccountType?
  ) -> AccountCategory? {
    switch word {
    case "Bank": .bank
    case "Cash": .cash
    case "Receivable": .accountsReceivable
    case "Payable": .accountsPayable
    case "Stock": .inventory
    case "Fixed Asset", "Capital Work in Progress": .fixedAssets
    case "Accumulated Depreciation": .accumulatedDepreciation
    case "Asset Received But Not Billed", "Stock Received But Not Billed",
      "Service Received But Not Billed":
      .accrued
    case "Tax": type == .expense ? .taxExpense : .taxesPayable
    case "Cost of Goods Sold", "Direct Expense", "Expenses Included In Valuation",
      "Stock Adjustment":
      .costOfGoodsSold
    case "Depreciation": .depreciation
    case "Round Off": .rounding
    case "Temporary": .suspense
    default: nil
    }
  }
}
