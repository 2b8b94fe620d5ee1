package import Domain
package import Store
import Synchronization

/// What each account held before some days, what was booked on it in them, and what it held after:
/// `GeneralLedgerDetail` without the lines, of which `RegisterPage` has a page at a time (RULES §3.10).
package struct GeneralLedgerAccounts: Query, Hashable {
  package static let permission: Permission? = .reportRead
  let span: StatementReport.Span
  let scope: LedgerScope

  package init(in span: StatementReport.Span, _ scope: LedgerScope = LedgerScope()) {
    self.span = span
    self.scope = scope
  }

  package struct Row: Hashable, Sendable {
    package let account: ID<Account>
    package let number: String
    /// `Assets:Current assets:Bank`.
    package let path: String
    /// Debit-positive, in minor units of the base currency, as all amounts here are. Of income and
    /// expenses that of the fiscal year.
    package let opening: Money
    package let debit: Money
    package let credit: Money
    package let closing: Money
  }

  package struct Ledger: Hashable, Sendable {
    package let from: Day
    package let to: Day
    /// In the order of their numbers; those without opening, debit and credit are left out.
    package let rows: [Row]
    /// Lines in a foreign currency, up to the last day, that no rate has valued yet and that count
    /// as nothing.
    package let unvalued: Int
  }

  /// Throws `notPermitted` for whoever reads no reports of the department, or not of all of them.
  package func run(in snapshot: Snapshot) throws -> Ledger {
    try snapshot.requireReports(of: scope.department)
    let (from, to) = span.days(by: try snapshot.periodCalendar())
    let base = try snapshot.businessFacts().baseCurrency
    let chart = try snapshot.reportedAccounts()
    let openings = try snapshot.openings(of: chart, before: from, through: to, scope)
    let booked = try snapshot.ledgerSums(from: from, through: to, scope).byCell(inBase: base)
    return Ledger(
      from: from, to: to,
      rows: try chart.sorted { $0.number < $1.number }.compactMap { account -> Row? in
        let opening = openings[account.id] ?? .zero
        let (net, debit) = booked[AccountCell(account.id, base)] ?? (.zero, .zero)
        let credit = try debit - net
        guard !opening.isZero || !debit.isZero || !credit.isZero else { return nil }
        return Row(
          account: account.id, number: account.number, path: account.path, opening: opening,
          debit: debit, credit: credit, closing: try opening + net)
      },
      unvalued: try UnvaluedLines(asOf: to, knownAt: scope.knownAt).run(in: snapshot))
  }
}

/// A general ledger with its lines, where memory holds them: `GeneralLedgerDetail` for whoever shows it
/// as one list (RULES §3.10).
package struct GeneralLedgerLines: Query, Hashable {
  package static let permission: Permission? = .reportRead
  let span: StatementReport.Span
  let scope: LedgerScope
  let limit: Int

  package init(
    in span: StatementReport.Span, _ scope: LedgerScope = LedgerScope(), limit: Int
  ) {
    self.span = span
    self.scope = scope
    self.limit = limit
  }

  package struct Account: Hashable, Sendable {
    package let row: GeneralLedgerAccounts.Row
    package let lines: [GeneralLedgerDetail.Line]
  }

  /// In the order of their numbers; nil where there are more than `limit` lines. Throws what
  /// `GeneralLedgerDetail` throws.
  package func run(in snapshot: Snapshot) throws -> [Account]? {
    let found = Mutex<[Account]?>(nil)
    let detail = GeneralLedgerDetail(in: span, scope) { [limit] walk in
      let sections = walk.ledger.sections
      guard sections.map(\.lines).reduce(0, +) <= limit else { return }
      let accounts = try sections.map { section -> Account in
        var lines: [GeneralLedgerDetail.Line] = []
        try walk.lines(of: section) { lines.append($0) }
        return Account(row: section.row, lines: lines)
      }
      found.withLock { $0 = accounts }
    }
    _ = try detail.run(in: snapshot)
    return found.withLock { $0 }
  }
}

extension GeneralLedgerDetail.Section {
  /// What it is without its lines.
  package var row: GeneralLedgerAccounts.Row {
    GeneralLedgerAccounts.Row(
      account: account, number: number, path: path, opening: opening, debit: debit,
      credit: credit, closing: closing)
  }
}
