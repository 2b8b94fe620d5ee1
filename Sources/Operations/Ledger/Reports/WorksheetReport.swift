package import Domain
package import Store

/// The worksheet of a fiscal year up to a day, in the base currency, optionally as the books stood at
/// a moment. It is of the whole business: of a department's lines, debits needn't be credits.
package struct WorksheetReport: Query, Hashable {
  package static let permission: Permission? = .reportRead
  let asOf: Day
  let knownAt: Timestamp?

  package init(asOf: Day, knownAt: Timestamp? = nil) {
    self.asOf = asOf
    self.knownAt = knownAt
  }

  package func run(in snapshot: Snapshot) throws -> Worksheet {
    let start = try snapshot.fiscalYearStart(of: asOf) ?? asOf
    let scope = LedgerScope(.adjusted, knownAt: knownAt)
    let base = try snapshot.businessFacts().baseCurrency
    var booked: [ID<Account>: Worksheet.Booked] = [:]
    for (cell, sum) in try snapshot.ledgerSums(through: asOf, scope).byCell(inBase: base) {
      booked[cell.account, default: Worksheet.Booked()].adjusted = sum.net
    }
    let adjusting = try snapshot.adjustingSums(from: start, through: asOf, scope)
    for (cell, sum) in try adjusting.byCell(inBase: base) {
      booked[cell.account, default: Worksheet.Booked()].adjusting = sum.net
      booked[cell.account, default: Worksheet.Booked()].adjustingDebit = sum.debited
    }
    for (cell, sum) in try snapshot.sums(before: start, through: asOf, scope).byCell(inBase: base) {
      booked[cell.account, default: Worksheet.Booked()].beforeYear = sum.net
    }
    return try Worksheet(
      from: start, asOf: asOf, knownAt: knownAt, accounts: try snapshot.numberedAccounts(), booked,
      unvalued: try UnvaluedLines(asOf: asOf, knownAt: knownAt).run(in: snapshot))
  }
}
