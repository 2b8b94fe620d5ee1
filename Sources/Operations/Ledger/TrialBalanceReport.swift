package import Domain
package import Store

/// Every account's balance at the end of a day, and optionally as the books stood at a moment:
/// what they said on 3 April, asked on 20 May (RULES F3).
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

  package init(asOf: Day, _ scope: LedgerScope = LedgerScope(), currency: Currency = .base) {
    self.asOf = asOf
    self.scope = scope
    self.currency = currency
  }

  package func run(in snapshot: Snapshot) throws -> TrialBalance {
    if let department = scope.department { try snapshot.requireReports(of: department) }
    let inBase = currency == .base
    let baseCurrency = try snapshot.businessFacts().baseCurrency
    var sums: [Cell: Money] = [:]
    for moved in try snapshot.ledgerSums(through: asOf, scope) {
      let cell = Cell(account: moved.account, currency: inBase ? baseCurrency : moved.currency)
      sums[cell] = try (sums[cell] ?? .zero) + (inBase ? moved.base : moved.amount)
    }
    let held = Dictionary(grouping: sums.filter { !$0.value.isZero }, by: \.key.account)
    let lines = try snapshot.reportedAccounts().flatMap { account in
      (held[account.id] ?? []).sorted { $0.key.currency < $1.key.currency }.map { cell, balance in
        AccountBalance(
          account: account.id, number: account.number, path: account.path, type: account.type,
          currency: cell.currency, balance: balance)
      }
    }
    return TrialBalance(
      asOf: asOf, knownAt: scope.knownAt, lines: lines.sorted { $0.number < $1.number },
      unvalued: try UnvaluedLines(asOf: asOf, knownAt: scope.knownAt).run(in: snapshot))
  }

  private struct Cell: Hashable {
    let account: ID<Account>
    let currency: String
  }
}
