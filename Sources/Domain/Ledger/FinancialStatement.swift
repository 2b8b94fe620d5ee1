/// A balance sheet or an income statement: the accounts of its classes in the tree of the chart, with
/// their sums; or a cash-flow statement, by what cash came from. Each is for one or more ranges of
/// days beside each other (RULES §3.11).
package struct FinancialStatement: Hashable, Sendable {
  package let kind: Kind
  package let columns: [Column]
  package let rows: [Row]
  /// Lines in a foreign currency, up to the last of its days, that no rate has valued yet and that
  /// count as nothing.
  package let unvalued: Int
  /// Of a cash-flow statement, whether there is nothing that it could explain.
  package let lacksCash: Bool
  /// How many accounts that it has no place for something is planned for.
  package let unplaced: Int
  /// Of the days of its columns.
  package var reopened: [ReopenedPeriod] = []

  package enum Kind: String, Sendable, CaseIterable {
    case balanceSheet = "balance-sheet"
    case incomeStatement = "income-statement"
    /// From net income to cash: the indirect method.
    case cashFlow = "cash-flow"
    case directCashFlow = "direct-cash-flow"

    /// In the order in which they stand on it; a cash-flow statement has activities instead.
    package var classes: [AccountType.Class] {
      switch self {
      case .balanceSheet: [.asset, .liability, .equity]
      case .incomeStatement: [.revenue, .expense]
      case .cashFlow, .directCashFlow: []
      }
    }
  }

  /// The days that a column counts, both inclusive. A balance sheet counts from the beginning of the
  /// books, and of income and expenses those since `from`, the first day of the fiscal year.
  package struct Column: Hashable, Sendable {
    package let from: Day
    package let to: Day
    /// What it is to the first column; nil for that.
    package let comparison: Comparison?
    package let takenOver: TakenOver

    /// What of it opening entries took over of a year's income and expenses, where the books begin
    /// within that year: activity of the year so far, but of none of its months (R25).
    package enum TakenOver: Hashable, Sendable {
      case leftOut
      case counted
      /// Nothing but that.
      case alone
    }

    package init(
      from: Day, to: Day, comparison: Comparison? = nil, takenOver: TakenOver = .counted
    ) {
      self.from = from
      self.to = to
      self.comparison = comparison
      self.takenOver = takenOver
    }
  }

  /// Which column is what was taken over; nil where nothing was.
  package var beforeConversion: Int? { columns.firstIndex { $0.takenOver == .alone } }

  package struct Row: Hashable, Sendable {
    package let item: Item
    /// 0 at the margin; what a heading sums up stands deeper.
    package let level: Int
    /// For each column, in minor units of the base currency, on the side of the row's class, so that
    /// what a contra account takes off is below zero (R2). On a cash-flow statement what brought cash
    /// is above zero, what took it below. Empty where the sum stands further down.
    package let amounts: [Money]

    /// Whether an account's first amount stands on the side where it usually has nothing (R3).
    /// Amounts are on the side of the class, which is the other one for a contra account.
    package var isAbnormal: Bool {
      switch item {
      case .account(let account), .group(let account):
        amounts.first.map { account.type.isContra ? $0 > .zero : $0 < .zero } ?? false
      case .section, .currentEarnings, .earlierEarnings, .total, .liabilitiesAndEquity,
        .netIncome, .activity, .adjustments, .exchangeAdjustment, .workingCapital, .totalOf,
        .exchangeEffect, .netChange, .cashAtBeginning, .unexplained, .cashAtEnd,
        .priorPeriodAdjustments:
        false
      }
    }
  }

  package enum Item: Hashable, Sendable {
    /// The title above the accounts of a class.
    case section(AccountType.Class)
    /// An account with all that stands below it.
    case group(Account)
    /// An account's own lines.
    case account(Account)
    /// What income and expenses of the fiscal year come to, but for what a closing that counts has
    /// taken away.
    case currentEarnings
    /// The same of the years before it.
    case earlierEarnings
    case total(AccountType.Class)
    case liabilitiesAndEquity
    case netIncome
    /// The title above what belongs to an activity.
    case activity(Activity)
    /// What net income counts although no cash moved for it.
    case adjustments
    /// The same of exchange rates, which changed what cash is worth.
    case exchangeAdjustment
    case workingCapital
    case totalOf(Activity)
    case exchangeEffect
    case netChange
    case cashAtBeginning
    /// What no account accounts for: nothing, in sound books.
    case unexplained
    case cashAtEnd
    /// Beneath the statement, and in none of its sums but as part of retained earnings: what
    /// corrections of earlier years' entries took straight there in the fiscal year, or in the days
    /// of an income statement (RULES §3.8).
    case priorPeriodAdjustments
  }

  package struct Account: Hashable, Sendable {
    package let id: ID<Domain.Account>
    package let number: String
    package let name: String
    /// `Assets:Current assets:Bank`.
    package let path: String
    package let parent: ID<Domain.Account>?
    package let type: AccountType
    /// Nil where neither the account nor its category says.
    package let cashFlow: CashFlowClass?

    package init(
      id: ID<Domain.Account>, number: String, name: String, path: String,
      parent: ID<Domain.Account>?, type: AccountType, cashFlow: CashFlowClass? = nil
    ) {
      self.id = id
      self.number = number
      self.name = name
      self.path = path
      self.parent = parent
      self.type = type
      self.cashFlow = cashFlow
    }
  }

  /// What was booked in a column's days.
  package struct Sums: Hashable, Sendable {
    package let column: Column
    /// What each account holds or took, debit-positive.
    package let accounts: [ID<Domain.Account>: Money]
    /// Of a balance sheet, what income and expenses of the fiscal year come to.
    package let ofYear: Money
    /// What went straight to retained earnings for earlier years, credit-positive.
    package let priorPeriods: Money

    package init(
      _ column: Column, accounts: [ID<Domain.Account>: Money], ofYear: Money = .zero,
      priorPeriods: Money = .zero
    ) {
      self.priorPeriods = priorPeriods
      self.column = column
      self.accounts = accounts
      self.ofYear = ofYear
    }
  }

  /// `chart` has parents before children. Accounts with nothing in any column are left out. Throws
  /// where a sum is larger than books can hold.
  package init(
    _ kind: Kind, chart: [Account], _ sums: [Sums], unvalued: Int = 0
  ) throws(AmountError) {
    self.kind = kind
    self.unvalued = unvalued
    lacksCash = false
    unplaced = Self.unplaced(kind, chart, sums)
    columns = sums.map(\.column)
    var rows: [Row] = []
    var totals: [AccountType.Class: [Money]] = [:]
    for accountClass in kind.classes {
      let accounts = chart.filter { $0.type.accountClass == accountClass }
      let section = try Section(accountClass, accounts, sums)
      var total = section.total
      rows.append(Row(item: .section(accountClass), level: 0, amounts: []))
      rows += section.rows
      if kind == .balanceSheet, accountClass == .equity {
        let earnings = try Self.earnings(chart, sums)
        rows += earnings.filter { $0.amounts.contains { !$0.isZero } }
        for row in earnings { total = try total.adding(row.amounts) }
      }
      rows.append(Row(item: .total(accountClass), level: 0, amounts: total))
      totals[accountClass] = total
    }
    switch kind {
    case .balanceSheet:
      let claims = try (totals[.liability] ?? []).adding(totals[.equity] ?? [])
      rows.append(Row(item: .liabilitiesAndEquity, level: 0, amounts: claims))
    case .incomeStatement:
      let costs = try (totals[.expense] ?? []).negated()
      let net = try (totals[.revenue] ?? []).adding(costs)
      rows.append(Row(item: .netIncome, level: 0, amounts: net))
    case .cashFlow, .directCashFlow: break
    }
    let adjustments = Row(
      item: .priorPeriodAdjustments, level: 0, amounts: sums.map(\.priorPeriods))
    if adjustments.amounts.contains(where: { !$0.isZero }) { rows.append(adjustments) }
    self.rows = rows
  }

  private static func unplaced(_ kind: Kind, _ chart: [Account], _ sums: [Sums]) -> Int {
    let plans = sums.filter { $0.column.comparison == .budget }
    return chart.count { account in
      !kind.classes.contains(account.type.accountClass)
        && plans.contains { $0.accounts[account.id] ?? .zero != .zero }
    }
  }

  /// A balance sheet balances whether or not the year was closed: what its closing would take to
  /// retained earnings stands beside them (R25).
  private static func earnings(_ chart: [Account], _ sums: [Sums]) throws(AmountError) -> [Row] {
    let temporary = chart.filter { $0.type.isTemporary }
    var (current, earlier): ([Money], [Money]) = ([], [])
    for sum in sums {
      let all = try temporary.map { sum.accounts[$0.id] ?? .zero }.total()
      current.append(try sum.ofYear.negated())
      earlier.append(try sum.ofYear - all)
    }
    return [
      Row(item: .earlierEarnings, level: 1, amounts: earlier),
      Row(item: .currentEarnings, level: 1, amounts: current),
    ]
  }

  /// How far a row's first amount is from that in another column; nil where the row has none. More is
  /// better of income and of cash from operations, less of expenses, and neither of anything else.
  package func variance(
    of row: Row, against column: Int
  ) throws(AmountError) -> Variance? {
    guard row.amounts.indices.contains(column) else { return nil }
    // A month is neither better nor worse than the year that it is a part of.
    let isLike =
      [.priorPeriod, .priorYear, .budget].contains(columns[column].comparison)
      && columns[column] != dividedPlan
    return try Variance(
      of: row.amounts[0], against: row.amounts[column],
      isMoreBetter: isLike ? row.item.isMoreBetter(on: kind) : nil)
  }

  /// The column of a plan, where the statement is of a part of its days: nobody plans a part of a
  /// period (R36), so nothing is better or worse than that yet. Nil where they are the same.
  package var dividedPlan: Column? {
    columns.first { column in
      column.comparison == .budget
        && (column.from, column.to) != (columns[0].from, columns[0].to)
    }
  }

  /// The amounts of the row that is `item`; nil where it isn't there.
  package func amounts(of item: Item) -> [Money]? { rows.first { $0.item == item }?.amounts }
}

extension FinancialStatement.Item {
  /// The account that it is, by itself or with all below it.
  package var account: FinancialStatement.Account? {
    if case .group(let account) = self { account } else { ofAccount }
  }

  /// The account whose own lines it is; nil where it is a sum or a title.
  package var ofAccount: FinancialStatement.Account? {
    guard case .account(let account) = self else { return nil }
    return account
  }

  fileprivate func isMoreBetter(on kind: FinancialStatement.Kind) -> Bool? {
    switch self {
    case .section(let accountClass), .total(let accountClass): accountClass.isMoreBetter
    case .group(let account), .account(let account):
      // An expense that took less cash is an amount nearer to zero there.
      kind.method == nil ? account.type.accountClass.isMoreBetter : nil
    case .netIncome, .totalOf(.operating): true
    case .currentEarnings, .earlierEarnings, .liabilitiesAndEquity, .activity, .adjustments,
      .exchangeAdjustment, .workingCapital, .totalOf, .exchangeEffect, .netChange,
      .cashAtBeginning, .unexplained, .cashAtEnd, .priorPeriodAdjustments:
      nil
    }
  }
}

extension AccountType.Class {
  /// Nil where neither more nor less is.
  var isMoreBetter: Bool? {
    switch self {
    case .revenue: true
    case .expense: false
    case .asset, .liability, .equity: nil
    }
  }
}

/// The accounts of one class.
private struct Section {
  var rows: [FinancialStatement.Row] = []
  let total: [Money]

  init(
    _ accountClass: AccountType.Class, _ accounts: [FinancialStatement.Account],
    _ sums: [FinancialStatement.Sums]
  ) throws(AmountError) {
    let none = sums.map { _ in Money.zero }
    let ids = Set(accounts.map(\.id))
    var own: [ID<Account>: [Money]] = [:]
    var whole: [ID<Account>: [Money]] = [:]
    var total = none
    for account in accounts.reversed() {
      var amounts: [Money] = []
      for sum in sums {
        let held = sum.accounts[account.id] ?? .zero
        amounts.append(try held.shown(on: accountClass.normalSide))
      }
      own[account.id] = amounts
      let subtree = try amounts.adding(whole[account.id] ?? none)
      whole[account.id] = subtree
      if let parent = account.parent, ids.contains(parent) {
        whole[parent] = try subtree.adding(whole[parent] ?? none)
      } else {
        total = try total.adding(subtree)
      }
    }
    self.total = total
    var levels: [ID<Account>: Int] = [:]
    var parents: Set<ID<Account>> = []
    func isUsed(_ account: ID<Account>) -> Bool { own[account]?.contains { !$0.isZero } ?? false }
    // From the leaves up: what has something of its own, or below it.
    var used: Set<ID<Account>> = []
    for account in accounts.reversed() where isUsed(account.id) || used.contains(account.id) {
      used.insert(account.id)
      if let parent = account.parent {
        used.insert(parent)
        parents.insert(parent)
      }
    }
    for account in accounts where used.contains(account.id) {
      let level = account.parent.flatMap { levels[$0] }.map { $0 + 1 } ?? 1
      levels[account.id] = level
      guard parents.contains(account.id) else {
        rows.append(
          FinancialStatement.Row(
            item: .account(account), level: level, amounts: own[account.id] ?? none))
        continue
      }
      rows.append(
        FinancialStatement.Row(
          item: .group(account), level: level, amounts: whole[account.id] ?? none))
      if isUsed(account.id) {
        rows.append(
          FinancialStatement.Row(
            item: .account(account), level: level + 1, amounts: own[account.id] ?? none))
      }
    }
  }
}

extension [Money] {
  /// Column by column.
  func adding(_ others: [Money]) throws(AmountError) -> [Money] {
    var sums: [Money] = []
    for (one, other) in zip(self, others) { sums.append(try one + other) }
    return sums
  }

  func negated() throws(AmountError) -> [Money] {
    var opposites: [Money] = []
    for amount in self { opposites.append(try amount.negated()) }
    return opposites
  }
}
