package import Domain
package import Store

/// Every account's balance at the end of a day, and optionally as the books stood at a moment:
/// what they said on 3 April, asked on 20 May (RULES F3). Beside it may stand what it was at the end
/// of other days, known at the same moment. What earlier years earned and no closing took away has
/// a row of its own, so that it balances (R25). A department's counts its lines only.
package struct TrialBalanceReport: Query, Hashable {
  package static let permission: Permission? = .reportRead

  package enum Currency: String, Hashable, Sendable, CaseIterable {
    /// One line an account, in the base currency.
    case base
    /// One line an account and currency, in that currency's own amounts.
    case transaction
  }

  let asOf: Day
  let scope: LedgerScope
  let currency: Currency
  let comparisons: [Comparison]

  package init(
    asOf: Day, _ scope: LedgerScope = LedgerScope(), currency: Currency = .base,
    comparing comparisons: [Comparison] = []
  ) {
    self.asOf = asOf
    self.scope = scope
    self.currency = currency
    self.comparisons = comparisons
  }

  /// Throws `notPermitted` for whoever reads no reports of the department.
  package func run(in snapshot: Snapshot) throws -> TrialBalance {
    if let department = scope.department { try snapshot.requireReports(of: department) }
    let base = try currency == .base ? snapshot.businessFacts().baseCurrency : nil
    let others = try compared(in: snapshot)
    let accounts = try snapshot.numberedAccounts()
    let temporary = Set(accounts.filter(\.type.isTemporary).map(\.id))
    let days = try ([asOf] + others.map(\.asOf)).map {
      try snapshot.held(on: $0, scope, inBase: base, temporary)
    }
    let exponents = try snapshot.exponents()
    func line(
      _ item: FinancialStatement.Item, _ currency: String, _ amount: (Held) -> Money?
    ) -> AccountBalance? {
      let amounts = days.map { amount($0) ?? .zero }
      guard amounts.contains(where: { !$0.isZero }) else { return nil }
      return AccountBalance(
        item, currency: currency, exponent: exponents[currency] ?? 2, balance: amounts[0],
        compared: Array(amounts.dropFirst()))
    }
    let cells = Dictionary(grouping: Set(days.flatMap(\.accounts.keys)), by: \.account)
    let lines = accounts.flatMap { account in
      (cells[account.id] ?? []).sorted { $0.currency < $1.currency }.compactMap { cell in
        line(.account(account), cell.currency) { $0.accounts[cell] }
      }
    }
    let earlier = Set(days.flatMap(\.earlier.keys)).sorted().compactMap { currency in
      line(.earlierEarnings, currency) { $0.earlier[currency] }
    }
    var balance = TrialBalance(
      asOf: asOf, knownAt: scope.knownAt, lines: lines + earlier,
      unvalued: try UnvaluedLines(asOf: asOf, knownAt: scope.knownAt).run(in: snapshot),
      comparisons: others)
    balance.chart = accounts
    balance.earnedSince = try snapshot.fiscalYearStart(of: asOf)
    balance.reopened = try snapshot.reopenedPeriods(
      of: ([asOf] + others.map(\.asOf)).map { $0...$0 }, knownAt: scope.knownAt)
    return balance
  }

  private func compared(in snapshot: Snapshot) throws -> [TrialBalance.Compared] {
    guard !comparisons.isEmpty else { return [] }
    let calendar = try snapshot.periodCalendar()
    return comparisons.map { TrialBalance.Compared($0, asOf: calendar.day($0, to: asOf)) }
  }
}

extension Reading {
  /// How many decimals each currency of the business has.
  func exponents() throws -> [String: Int] {
    Dictionary(
      uniqueKeysWithValues: try rows(
        { (code: String, exponent: Int) in (code, exponent) },
        "SELECT code, exponent FROM currencies WHERE business_id = :business"))
  }

  /// Income and expenses count since their fiscal year began (RULES §3.7); where no year holds the
  /// day, since the books did.
  fileprivate func held(
    on day: Day, _ scope: LedgerScope, inBase base: String?, _ temporary: Set<ID<Account>>
  ) throws -> Held {
    let start = try fiscalYearStart(of: day)
    var held = Held()
    for (cell, sum) in try ledgerSums(from: start ?? .first, through: day, scope)
      .byCell(inBase: base)
    { held.accounts[cell] = sum.net }
    guard let start else { return held }
    for (cell, sum) in try sums(before: start, through: day, scope).byCell(inBase: base) {
      if temporary.contains(cell.account) {
        held.earlier[cell.currency] = try (held.earlier[cell.currency] ?? .zero) + sum.net
      } else {
        held.accounts[cell] = try (held.accounts[cell] ?? .zero) + sum.net
      }
    }
    return held
  }
}

/// What there is at the end of a day, debit-positive.
private struct Held {
  var accounts: [AccountCell: Money] = [:]
  /// By currency, what income and expenses of earlier years left that no closing took away.
  var earlier: [String: Money] = [:]
}
