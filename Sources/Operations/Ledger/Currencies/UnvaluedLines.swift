package import Domain
package import Store

/// How many lines in a foreign currency no rate has valued: every report in the base currency says
/// so, as it counts them as nothing.
package struct UnvaluedLines: Query {
  package static let permission: Permission? = .reportRead
  let account: ID<Account>?
  let asOf: Day
  let knownAt: Timestamp?

  /// Those of one account, or of all, up to the end of a day, as the books stood at a moment.
  package init(of account: ID<Account>? = nil, asOf: Day = .last, knownAt: Timestamp? = nil) {
    self.account = account
    self.asOf = asOf
    self.knownAt = knownAt
  }

  package func run(in snapshot: Snapshot) throws -> Int {
    try snapshot.one(
      Int.self,
      """
      SELECT count(*) FROM journal_lines l
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      WHERE l.business_id = :business AND l.unvalued = 1 AND e.status IN ('posted', 'reversed')
        AND e.entry_date <= :asOf AND (:known IS NULL OR e.posted_at <= :known)
        AND (:account IS NULL OR l.account_id = :account)
      """, ["asOf": asOf, "known": knownAt, "account": account])
  }
}
