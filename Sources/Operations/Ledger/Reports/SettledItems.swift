package import Domain
package import Store

/// What is open of each document at one place, at what it came in at, without what names neither a
/// party nor a document: of it settling takes a share (R32).
package struct SettledItems: Query {
  package static let permission: Permission? = .journalCreate
  let place: ItemPlace

  package init(at place: ItemPlace) { self.place = place }

  /// Throws `account` for one that isn't kept by party. Whoever doesn't see all of a balance can't
  /// settle a share of it, and finds none.
  package func run(in snapshot: Snapshot) throws -> [ItemName: ForeignPosition] {
    _ = try snapshot.partyAccount(place.account)
    guard snapshot.narrowing == nil else { return [:] }
    let items = try snapshot.rows(
      { (party: String, reference: String, amount: Money, base: Money) in
        (
          ItemName(party: party, reference: reference),
          ForeignPosition(
            account: place.account, currency: place.currency, amount: amount, base: base)
        )
      },
      """
      SELECT coalesce(nullif(trim(l.counterparty), ''), trim(e.payee)) AS party,
        coalesce(nullif(trim(l.reference), ''), trim(e.reference)) AS document,
        sum(l.debit - l.credit), sum(l.base_debit - l.base_credit)
      FROM journal_lines l INDEXED BY journal_lines_currency
      CROSS JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
        AND e.status IN ('posted', 'reversed')
      WHERE l.business_id = :business AND l.currency = :currency AND l.account_id = :account
        AND l.debit + l.credit > 0
      GROUP BY party, document
      HAVING party || document <> '' AND sum(l.debit - l.credit) <> 0
      """, ["currency": place.currency, "account": place.account])
    return Dictionary(items, uniquingKeysWith: { first, _ in first })
  }
}
