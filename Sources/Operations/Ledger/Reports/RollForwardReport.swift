package import Domain
package import Store

/// What every account held before some days, what was booked on it in them, and what it held after;
/// optionally as the books stood at a moment. A department's counts its lines only.
package struct RollForwardReport: Query, Hashable {
  package static let permission: Permission? = .reportRead
  let span: StatementReport.Span
  let scope: LedgerScope
  let currency: TrialBalanceReport.Currency

  package init(
    _ span: StatementReport.Span, _ scope: LedgerScope = LedgerScope(),
    currency: TrialBalanceReport.Currency = .base
  ) {
    self.span = span
    self.scope = scope
    self.currency = currency
  }

  /// Throws `notPermitted` for whoever reads no reports of the department.
  package func run(in snapshot: Snapshot) throws -> RollForward {
    if let department = scope.department { try snapshot.requireReports(of: department) }
    let (from, through) = span.days(by: try snapshot.periodCalendar())
    return try snapshot.rollForward(from, through, scope, currency)
  }
}

extension Snapshot {
  /// Both days inclusive, the first not after the last.
  func rollForward(
    _ from: Day, _ through: Day, _ scope: LedgerScope, _ currency: TrialBalanceReport.Currency
  ) throws -> RollForward {
    let base = try currency == .base ? businessFacts().baseCurrency : nil
    var booked: [AccountCell: RollForward.Booked] = [:]
    for (cell, sum) in try ledgerSums(through: through, scope).byCell(inBase: base) {
      booked[cell, default: RollForward.Booked()].all = sum.net
    }
    for (cell, sum) in try ledgerSums(from: from, through: through, scope).byCell(inBase: base) {
      booked[cell, default: RollForward.Booked()].moved = sum.net
      booked[cell, default: RollForward.Booked()].debited = sum.debited
    }
    // What was taken over was there before.
    for (cell, sum) in try openingSums(from: from, through: through, scope).byCell(inBase: base) {
      var own = booked[cell] ?? RollForward.Booked()
      own.moved = try own.moved - sum.net
      own.debited = try own.debited - sum.debited
      booked[cell] = own
    }
    let start = try fiscalYearStart(of: from) ?? from
    for (cell, sum) in try sums(before: start, through: through, scope).byCell(inBase: base) {
      booked[cell, default: RollForward.Booked()].beforeYear = sum.net
    }
    return try RollForward(
      from: from, through: through, knownAt: scope.knownAt, accounts: try numberedAccounts(),
      booked, exponents: try exponents(),
      unvalued: try UnvaluedLines(asOf: through, knownAt: scope.knownAt).run(in: self))
  }
}

extension Reading {
  /// What was booked before a fiscal year began: earlier years are as they ended, whatever the basis,
  /// but for the tree of departments, which is that of the report's last day.
  func sums(before start: Day, through: Day, _ scope: LedgerScope) throws -> [LedgerSum] {
    guard start > .first else { return [] }
    var scope = scope
    (scope.basis, scope.tree) = (.postClosing, through)
    return try ledgerSums(through: start.adding(days: -1), scope)
  }

  /// Every account by number.
  func numberedAccounts() throws -> [FinancialStatement.Account] {
    try reportedAccounts().map(FinancialStatement.Account.init).sorted { $0.number < $1.number }
  }
}
