package import Domain
package import Store

/// What is open on an account that is kept by party, item by item, with the proof that the items
/// are the account (R9). The items are its lines: there is no other book of them.
package struct OpenItems: Query {
  package static let permission: Permission? = .reportRead
  let account: ID<Account>
  let asOf: Day
  let knownAt: Timestamp?

  /// At the end of a day, as the books stood at a moment; nil is now.
  package init(_ account: ID<Account>, asOf: Day, knownAt: Timestamp? = nil) {
    self.account = account
    self.asOf = asOf
    self.knownAt = knownAt
  }

  package struct Value: Hashable, Sendable {
    /// `1210 Trade receivables`.
    package let label: String
    package let asOf: Day
    package let knownAt: Timestamp?
    /// The open ones by party, the oldest first.
    package let items: [OpenItem]
    package let proofs: [Proof]
    /// Lines that name no party, whether what they are of is open or not.
    package let unnamed: Int

    package var isProved: Bool { proofs.allSatisfy(\.holds) }
  }

  /// The sum of all items in a currency beside what the ledger says of the account, both positive
  /// on its normal side.
  package struct Proof: Hashable, Sendable {
    package let currency: String
    package let exponent: Int
    package let items: ItemAmount
    package let ledger: ItemAmount

    package var holds: Bool { items == ledger }
  }

  /// Throws `account` for one that isn't kept by party.
  package func run(in snapshot: Snapshot) throws -> Value {
    let facts = try snapshot.partyAccount(account)
    let all = try items(on: facts.type.normalSide, in: snapshot)
    return Value(
      label: facts.label, asOf: asOf, knownAt: knownAt, items: all.filter(\.isOpen),
      proofs: try proofs(of: all, on: facts.type.normalSide, in: snapshot),
      unnamed: all.filter(\.lacksParty).map(\.lines).reduce(0, +))
  }

  private func items(on side: Side, in snapshot: Snapshot) throws -> [OpenItem] {
    try snapshot.rows(
      {
        (
          party: String, reference: String, currency: String, exponent: Int,
          isRevaluation: Bool, first: Day, lines: Int, invoiced: Money, invoicedBase: Money,
          settled: Money, settledBase: Money
        ) in
        try OpenItem(
          party: party, reference: reference, currency: currency, exponent: exponent,
          isRevaluation: isRevaluation, first: first, lines: lines,
          invoiced: ItemAmount(amount: invoiced, base: invoicedBase),
          settled: ItemAmount(amount: settled, base: settledBase))
      },
      """
      SELECT i.party, i.reference, i.currency, c.exponent, i.revalues,
        coalesce(min(iif(i.settled IS NULL OR i.day > i.settled, i.day, NULL)), min(i.day)), count(*),
        sum(max(i.amount, 0)), sum(max(i.base, 0)), sum(max(-i.amount, 0)), sum(max(-i.base, 0))
      FROM (SELECT party, reference, currency, revalues, day, amount, base,
          max(iif(run = 0, day, NULL)) OVER (
          PARTITION BY revalues, party, reference, currency) AS settled
        FROM (SELECT party, reference, currency, revalues, day, amount, base, sum(amount) OVER (
          PARTITION BY revalues, party, reference, currency ORDER BY day) AS run
        FROM (SELECT
          iif(l.debit + l.credit = 0, '',
            coalesce(nullif(trim(l.counterparty), ''), trim(e.payee))) AS party,
          iif(l.debit + l.credit = 0, '',
            coalesce(nullif(trim(l.reference), ''), trim(e.reference))) AS reference,
          l.currency AS currency, l.debit + l.credit = 0 AS revalues, l.entry_date AS day,
          :sign * (l.debit - l.credit) AS amount, :sign * (l.base_debit - l.base_credit) AS base
        FROM journal_lines l
        JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
        WHERE l.business_id = :business AND l.account_id = :account AND l.entry_date <= :asOf
          AND e.status IN ('posted', 'reversed') AND (:known IS NULL OR e.posted_at <= :known)))) i
      JOIN currencies c ON c.business_id = :business AND c.code = i.currency
      GROUP BY i.revalues, i.party, i.reference, i.currency
      ORDER BY i.revalues, i.party, 6, i.reference, i.currency
      """,
      [
        "sign": side == .debit ? 1 : -1, "account": account, "asOf": asOf, "known": knownAt,
      ])
  }

  private func proofs(
    of items: [OpenItem], on side: Side, in snapshot: Snapshot
  ) throws -> [Proof] {
    var ledger: [String: ItemAmount] = [:]
    for sum in try snapshot.ledgerSums(through: asOf, LedgerScope(knownAt: knownAt))
    where sum.account == account {
      ledger[sum.currency] =
        try (ledger[sum.currency] ?? .zero)
        + ItemAmount(amount: sum.amount.shown(on: side), base: sum.base.shown(on: side))
    }
    var found: [String: ItemAmount] = [:]
    for item in items {
      found[item.currency] = try (found[item.currency] ?? .zero) + item.remaining
    }
    let exponents = try snapshot.exponents()
    return Set(ledger.keys).union(found.keys).sorted().map {
      Proof(
        currency: $0, exponent: exponents[$0] ?? 0, items: found[$0] ?? .zero,
        ledger: ledger[$0] ?? .zero)
    }
  }
}

/// The lines that an open item is made of, in the order of their days.
package struct OpenItemLines: Query {
  package static let permission: Permission? = .reportRead
  let account: ID<Account>
  let item: OpenItem
  let asOf: Day
  let knownAt: Timestamp?

  package init(
    of item: OpenItem, on account: ID<Account>, asOf: Day, knownAt: Timestamp? = nil
  ) {
    self.account = account
    self.item = item
    self.asOf = asOf
    self.knownAt = knownAt
  }

  package struct Row: Hashable, Sendable {
    package let entry: ID<Entry>
    package let line: Int
    package let number: String
    package let date: Day
    package let description: String
    /// Positive on the account's normal side.
    package let amount: ItemAmount
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    let side = try snapshot.partyAccount(account).type.normalSide
    return try snapshot.rows(
      {
        (
          entry: ID<Entry>, line: Int, number: String, date: Day, description: String,
          amount: Money, base: Money
        ) in
        Row(
          entry: entry, line: line, number: number, date: date, description: description,
          amount: ItemAmount(amount: try amount.shown(on: side), base: try base.shown(on: side)))
      },
      """
      SELECT l.entry_id, l.line_number, e.number, l.entry_date,
        CASE WHEN l.description = '' THEN e.description ELSE l.description END,
        l.debit - l.credit, l.base_debit - l.base_credit
      FROM journal_lines l
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      WHERE l.business_id = :business AND l.account_id = :account AND l.entry_date <= :asOf
        AND l.currency = :currency AND (l.debit + l.credit = 0) = :revalues
        AND (:revalues
          OR coalesce(nullif(trim(l.counterparty), ''), trim(e.payee)) = :party
            AND coalesce(nullif(trim(l.reference), ''), trim(e.reference)) = :reference)
        AND e.status IN ('posted', 'reversed') AND (:known IS NULL OR e.posted_at <= :known)
      ORDER BY l.entry_date, e.series, e.sequence, l.line_number
      """,
      [
        "account": account, "asOf": asOf, "currency": item.currency,
        "revalues": item.isRevaluation, "party": item.party, "reference": item.reference,
        "known": knownAt,
      ])
  }
}

extension ChartOfAccounts.Row {
  /// Whether it is owed by parties, or to them: its open items can be looked at.
  package var isKeptByParty: Bool {
    !isHeader && (isControl || category == .accountsReceivable || category == .accountsPayable)
  }
}

extension Reading {
  /// Throws `noSuch`, or `account` for one that isn't kept by party.
  func partyAccount(_ id: ID<Account>) throws -> (label: String, type: AccountType) {
    let found = try row(
      { (label: String, type: AccountType, isByParty: Bool) in (label, type, isByParty) },
      """
      SELECT number || ' ' || name, type, is_header = 0 AND (
        is_control = 1 OR category IN ('accounts_receivable', 'accounts_payable'))
      FROM accounts WHERE business_id = :business AND id = :account AND deleted_at IS NULL
      """, ["account": id])
    guard let (label, type, isByParty) = found else {
      throw Refusal.noSuch(Subject(.account, id.value))
    }
    guard isByParty else { throw Refusal.account(.notKeptByParty(label)) }
    return (label, type)
  }
}
