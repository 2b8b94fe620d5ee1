package import Domain
package import Store

/// Every account's balance at the end of a day, and optionally as the books stood at a moment:
/// what they said on 3 April, asked on 20 May (RULES F3). Beside it may stand what it was at the end
/// of other days, known at the same moment. A department's counts its lines only.
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
    let days = try ([asOf] + others.map(\.asOf)).map {
      try snapshot.held(on: $0, scope).byCell(inBase: base)
    }
    func held(_ cell: AccountCell) -> [Money] { days.map { $0[cell]?.net ?? .zero } }
    let used = Set(days.flatMap(\.keys)).filter { held($0).contains { !$0.isZero } }
    let cells = Dictionary(grouping: used, by: \.account)
    let exponents = try snapshot.exponents()
    let lines = try snapshot.reportedAccounts().flatMap { account in
      (cells[account.id] ?? []).sorted { $0.currency < $1.currency }.map { cell in
        AccountBalance(
          account: account.id, number: account.number, path: account.path, type: account.type,
          currency: cell.currency, exponent: exponents[cell.currency] ?? 2,
          balance: held(cell)[0], compared: Array(held(cell).dropFirst()))
      }
    }
    return TrialBalance(
      asOf: asOf, knownAt: scope.knownAt, lines: lines.sorted { $0.number < $1.number },
      unvalued: try UnvaluedLines(asOf: asOf, knownAt: scope.knownAt).run(in: snapshot),
      comparisons: others)
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
    Dictionary(try currencies().map { ($0.code, $0.exponent) }) { $1 }
  }

  /// No closing takes what is a department's: its income and expenses are those of the fiscal year.
  fileprivate func held(on day: Day, _ scope: LedgerScope) throws -> [LedgerSum] {
    let all = try ledgerSums(through: day, scope)
    guard scope.department != nil, let start = try fiscalYearStart(of: day) else { return all }
    let temporary = Set(try reportedAccounts().filter(\.type.isTemporary).map(\.id))
    return try all.filter { !temporary.contains($0.account) }
      + ledgerSums(from: start, through: day, scope).filter { temporary.contains($0.account) }
  }
}
