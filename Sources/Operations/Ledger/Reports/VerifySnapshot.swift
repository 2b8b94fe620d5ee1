import Crypto
package import Domain
package import Store

/// What a snapshot is of.
struct KeptParameters {
  let from: Day
  let asOf: Day
  let knownAt: Timestamp?
  let basis: LedgerScope.Basis
  let currency: TrialBalanceReport.Currency
  let auditSequence: Int64

  /// SHA-256 over the canonical bytes of what it is of and of its rows, but for what only this
  /// database calls them by.
  func sha256(of balances: KeptBalances) -> String {
    var canonical = CanonicalBytes(version: "coreflow-trial-balance-1")
    for text in [from.text, asOf.text, basis.rawValue, currency.rawValue] { canonical.add(text) }
    canonical.add(knownAt?.milliseconds)
    canonical.add(auditSequence)
    for total in [balances.totalDebit, balances.totalCredit] { canonical.add(total.minorUnits) }
    for line in balances.lines {
      for text in [line.number, line.name, line.currency] { canonical.add(text) }
      for amount in [line.opening, line.debit, line.credit, line.closing] {
        canonical.add(amount.minorUnits)
      }
    }
    return hexadecimal(SHA256.hash(data: canonical.bytes))
  }
}

/// Proves a snapshot: its rows are those that its SHA-256 was taken of, and the same report, of what
/// was known when it was taken, gives them again (RULES §3.7, F3).
package struct VerifySnapshot: Query {
  package static let permission: Permission? = .reportRead
  let snapshot: ID<TrialBalanceSnapshot>

  package init(_ snapshot: ID<TrialBalanceSnapshot>) { self.snapshot = snapshot }

  package struct Verdict: Hashable, Sendable {
    package let head: Snapshots.Row
    /// Of the rows as they are kept now.
    package let keptHash: String
    /// Of the report run again.
    package let reportedHash: String
    /// The accounts whose rows differ between the two, by number and currency.
    package let differences: [String]
    /// Entries up to its last day that were posted since: what the books say of it now is more.
    package let postedSince: Int

    package var isIntact: Bool { keptHash == head.sha256 }
    package var isReproduced: Bool { reportedHash == head.sha256 }
  }

  /// Throws `notPermitted`, `notAllSeen` or `noSuch`.
  package func run(in snapshot: Snapshot) throws -> Verdict {
    try snapshot.requireWholeBooks()
    let (head, kept) = try snapshot.keptBalances(self.snapshot)
    let moment = head.knownAt ?? head.takenAt
    let later = try snapshot.one(
      Int.self,
      """
      SELECT count(*) FROM journal_entries
      WHERE business_id = :business AND status IN ('posted', 'reversed')
        AND entry_date <= :day AND posted_at > :moment
      """, ["day": head.asOf, "moment": moment])
    // Where nothing was posted since, what is known now was known then, and is summed up already.
    let again = try snapshot.balancesToKeep(
      head.from, head.asOf, LedgerScope(head.basis, knownAt: later == 0 ? nil : moment),
      head.currency
    ).named(as: kept)
    let parameters = KeptParameters(head)
    return Verdict(
      head: head, keptHash: parameters.sha256(of: kept),
      reportedHash: parameters.sha256(of: again), differences: kept.differences(from: again),
      postedSince: later)
  }
}

extension KeptParameters {
  init(_ row: Snapshots.Row) {
    self.init(
      from: row.from, asOf: row.asOf, knownAt: row.knownAt, basis: row.basis,
      currency: row.currency, auditSequence: row.auditSequence)
  }
}

extension KeptBalances {
  /// With what accounts were called when the others were kept: numbers and names may change.
  fileprivate func named(as kept: KeptBalances) -> KeptBalances {
    var old: [ID<Account>: SnapshotDetail.Line] = [:]
    for line in kept.lines { if let account = line.account { old[account] = line } }
    let named = lines.map { line in
      let like = line.account.flatMap { old[$0] } ?? line
      return SnapshotDetail.Line(
        account: line.account, number: like.number, name: like.name, currency: line.currency,
        opening: line.opening, debit: line.debit, credit: line.credit, closing: line.closing)
    }
    let sorted = named.filter { $0.account != nil }.sorted {
      ($0.number, $0.currency) < ($1.number, $1.currency)
    }
    return KeptBalances(
      lines: sorted + named.filter { $0.account == nil }, totalDebit: totalDebit,
      totalCredit: totalCredit)
  }

  fileprivate func differences(from other: KeptBalances) -> [String] {
    Set(Set(lines).symmetricDifference(other.lines).map(\.label)).sorted()
  }
}

extension SnapshotDetail.Line {
  /// `1120 USD`.
  fileprivate var label: String { number.isEmpty ? currency : "\(number) \(currency)" }
}
