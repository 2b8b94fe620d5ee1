extension FinancialStatement {
  /// What moved cash in a column's days, opening balances left out: those were there before.
  package struct CashFlows: Hashable, Sendable {
    package let column: Column
    /// What each account that isn't cash brought, or below zero took.
    package let accounts: [ID<Domain.Account>: Money]
    /// How much exchange rates alone changed what cash is worth.
    package let exchange: Money
    /// How much translating cash into a group's currency changed it, which is nobody's income.
    package let translation: Money
    /// What cash was before, and afterwards.
    package let beginning: Money
    package let end: Money

    package init(
      _ column: Column, accounts: [ID<Domain.Account>: Money], exchange: Money = .zero,
      translation: Money = .zero, beginning: Money, end: Money
    ) {
      self.column = column
      self.accounts = accounts
      self.exchange = exchange
      self.translation = translation
      self.beginning = beginning
      self.end = end
    }
  }

  /// A cash-flow statement, accounts in the order of `chart` (RULES §3.11). What it explains and what
  /// cash did are counted apart, and a difference stands on it. Throws where a sum is larger than
  /// books can hold.
  package init(
    _ method: CashFlowMethod, chart: [Account], _ flows: [CashFlows], unvalued: Int = 0
  ) throws(AmountError) {
    kind = method.kind
    self.unvalued = unvalued
    lacksCash = !chart.contains(where: \.isCash)
    unplaced = 0
    columns = flows.map(\.column)
    let exchange = try flows.map(\.exchange).adding(flows.map(\.translation))
    var (rows, change): ([Row], [Money]) = ([], exchange)
    for activity in Activity.allCases {
      let part = try CashFlowPart(activity, by: method, chart, flows)
      guard activity != .unclassified || !part.rows.isEmpty else { continue }
      rows.append(Row(item: .activity(activity), level: 0, amounts: []))
      rows += part.rows
      rows.append(Row(item: .totalOf(activity), level: 0, amounts: part.total))
      change = try change.adding(part.total)
    }
    let beginning = flows.map(\.beginning)
    let end = flows.map(\.end)
    let unexplained = try end.adding(beginning.adding(change).negated())
    rows += [Row(item: .exchangeEffect, level: 0, amounts: exchange)].worthShowing
    rows.append(Row(item: .netChange, level: 0, amounts: change))
    rows.append(Row(item: .cashAtBeginning, level: 0, amounts: beginning))
    rows += [Row(item: .unexplained, level: 0, amounts: unexplained)].worthShowing
    rows.append(Row(item: .cashAtEnd, level: 0, amounts: end))
    self.rows = rows
  }
}

/// What one activity brought.
private struct CashFlowPart {
  var rows: [FinancialStatement.Row] = []
  var total: [Money]

  init(
    _ activity: FinancialStatement.Activity, by method: CashFlowMethod,
    _ chart: [FinancialStatement.Account], _ flows: [FinancialStatement.CashFlows]
  ) throws(AmountError) {
    let none = flows.map { _ in Money.zero }
    total = none
    func lines(
      level: Int, of belongs: (FinancialStatement.Account) -> Bool
    ) -> [FinancialStatement.Row] {
      chart.filter { !$0.isCash && belongs($0) }.map { account in
        FinancialStatement.Row(
          item: .account(account), level: level,
          amounts: flows.map { $0.accounts[account.id] ?? .zero })
      }.worthShowing
    }
    guard method == .indirect else {
      rows = lines(level: 1) { $0.activity == activity }
      total = try rows.sum(none)
      return
    }
    // Income and expenses are net income, whatever they are for.
    guard activity == .operating else {
      rows = lines(level: 1) { !$0.type.isTemporary && $0.activity == activity }
      total = try rows.sum(none)
      return
    }
    let income = try lines(level: 1) { $0.type.isTemporary }.sum(none)
    let rates = FinancialStatement.Row(
      item: .exchangeAdjustment, level: 2, amounts: try flows.map(\.exchange).negated())
    let adjustments =
      lines(level: 2) { !$0.type.isTemporary && $0.cashFlow == .noncash } + [rates].worthShowing
    let capital = lines(level: 2) {
      !$0.type.isTemporary && $0.activity == .operating && $0.cashFlow != .noncash
    }
    rows.append(FinancialStatement.Row(item: .netIncome, level: 1, amounts: income))
    total = income
    try append(adjustments, below: .adjustments)
    try append(capital, below: .workingCapital)
  }

  private mutating func append(
    _ lines: [FinancialStatement.Row], below item: FinancialStatement.Item
  ) throws(AmountError) {
    guard !lines.isEmpty else { return }
    let sum = try lines.sum(total.map { _ in .zero })
    rows.append(FinancialStatement.Row(item: item, level: 1, amounts: sum))
    rows += lines
    total = try total.adding(sum)
  }
}

extension [FinancialStatement.Row] {
  /// Those with something in any column.
  fileprivate var worthShowing: [FinancialStatement.Row] {
    filter { $0.amounts.contains { !$0.isZero } }
  }

  /// Column by column, from `none` on.
  fileprivate func sum(_ none: [Money]) throws(AmountError) -> [Money] {
    var sums = none
    for row in self { sums = try sums.adding(row.amounts) }
    return sums
  }
}

/// What one entry did to cash, and its other lines: what the direct method reads.
package struct CashMovement: Hashable, Sendable {
  /// What cash took in, below zero gave out; without what exchange rates alone changed.
  package var cash = Money.zero
  /// Of accounts that aren't cash.
  package var lines: [Line] = []
  /// What is left between two accounts of cash, or two currencies of one, from which it went and to
  /// which it came at another worth: exchange rates changed it, and nobody paid it (RULES §3.11).
  package private(set) var exchange = Money.zero

  package struct Line: Hashable, Sendable {
    package let account: ID<Account>
    /// Debit-positive as a line; as a source above zero where cash came from it.
    package let amount: Money

    package init(_ account: ID<Account>, _ amount: Money) {
      self.account = account
      self.amount = amount
    }
  }

  /// What a line of an entry is to cash.
  package enum Kind: Hashable, Sendable {
    /// Nil of the base currency.
    case cash(foreign: String?)
    /// It changed the worth of cash alone, as a revaluation does.
    case worthOfCash
    /// Of an account that takes differences of exchange.
    case difference
    case other(isForeign: Bool)
  }

  package init() {}

  /// Where cash is.
  private struct Place: Hashable {
    let account: ID<Account>
    let foreign: String?
  }

  /// Of an entry's lines in their order. Where cash of another currency changed its place, a
  /// difference of exchange beside it is of that, unless something else is settled there that it may
  /// be of.
  package init(_ parts: [(line: Line, kind: Kind)]) throws(AmountError) {
    var held: [Place: Money] = [:]
    for (line, kind) in parts {
      guard case .cash(let foreign) = kind else { continue }
      let place = Place(account: line.account, foreign: foreign)
      held[place] = try (held[place] ?? .zero) + line.amount
    }
    cash = try held.values.total()
    let changedPlace =
      held.values.contains { $0 > .zero } && held.values.contains { $0 < .zero }
      && held.keys.contains { $0.foreign != nil }
      && !parts.contains { $0.kind == .other(isForeign: true) }
    for (line, kind) in parts {
      switch kind {
      case .cash, .worthOfCash: break
      case .difference where changedPlace: exchange = try exchange - line.amount
      case .difference, .other: lines.append(line)
      }
    }
    cash = try cash - exchange
  }

  /// Where the cash came from or went to: pro rata to the lines on the other side of it (RULES §3.11),
  /// so that of what was paid in part only that part counts. Lines that balance among themselves,
  /// as what was sold and what it had cost, moved no cash. Cash that only changed its place has no
  /// source.
  package func sources() throws(AmountError) -> [Line] {
    var balances: [UInt64: Money] = [:]
    for line in lines {
      let size = line.amount.minorUnits.magnitude
      balances[size] = try (balances[size] ?? .zero) + line.amount
    }
    let against = lines.filter {
      balances[$0.amount.minorUnits.magnitude]?.isZero == false
        && ($0.amount < .zero) == (cash > .zero)
    }
    guard !cash.isZero, !against.isEmpty else { return [] }
    let parts = try cash.split(by: against.map { Int64($0.amount.minorUnits.magnitude) })
    return zip(against, parts).map { Line($0.account, $1) }
  }
}
