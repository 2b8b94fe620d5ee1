package import Domain
package import Store

/// Both sides of a reconciliation with what became of each line, and its proof: of one that is
/// closed as it was closed.
package struct ReconciliationSheet: Query {
  package static let permission: Permission? = .reportRead
  /// Of each side; of more the latest.
  package static let mostLines = 5_000
  let id: ID<Reconciliation>

  package init(_ id: ID<Reconciliation>) { self.id = id }

  package struct Value: Hashable, Sendable {
    package let reconciliation: Reconciliations.Row
    /// In the order of their days, as those of the books.
    package let bank: [Bank]
    package let books: [Book]
    /// What seems to be the same, the best first; nothing where it is closed.
    package let proposals: [ProposedMatches.Row]
    /// Nil for whoever doesn't see every line of the account.
    package let proof: ReconciliationProof?
  }

  /// A line of the bank.
  package struct Bank: Hashable, Sendable {
    package let id: ID<StatementLine>
    package let day: Day
    /// Debit-positive, in the currency of the reconciliation.
    package let amount: Money
    package let text: String
    package let counterparty: String
    package let reference: String
    /// The account on the other side that the rules for the bank's files name, in their words;
    /// empty where they name none.
    package let suggestion: String
    package let status: StatementLineStatus
    /// Which of the matches of this reconciliation it is in, counted from 1.
    package let match: Int?
  }

  /// A posted line of the account.
  package struct Book: Hashable, Sendable {
    package let id: ID<Line>
    package let entry: ID<Entry>
    package let number: String
    package let day: Day
    /// Debit-positive, in the currency of the reconciliation.
    package let amount: Money
    package let text: String
    package let counterparty: String
    package let reference: String
    /// Uncleared, where another reconciliation came to clear it later.
    package let clearance: Clearance
    package let match: Int?
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    let row = try snapshot.reconciliation(id)
    let matches = try snapshot.matches(of: id)
    // The bank tells of what the reader's part of the books leaves out too.
    let isWhole = try snapshot.isWhole(row.account, in: snapshot)
    let bank = try isWhole ? snapshot.bankLines(of: row, in: matches) : []
    let books = try snapshot.bookLines(of: row, in: matches)
    return Value(
      reconciliation: row, bank: bank, books: books,
      proposals: row.status == .open ? ProposedMatches.between(bank, books) : [],
      proof: try isWhole ? snapshot.proof(of: row) : nil)
  }
}

/// Which lines go together in a reconciliation.
struct Matches {
  /// In the order in which they were matched.
  let pairs: [(bank: ID<StatementLine>, book: ID<Line>)]
  let ofBank: [ID<StatementLine>: Int]
  let ofBooks: [ID<Line>: Int]

  /// One line of a side stands against all others of its match, so that its pairs come one after
  /// the other.
  init(_ pairs: [(bank: ID<StatementLine>, book: ID<Line>)]) {
    self.pairs = pairs
    var ofBank: [ID<StatementLine>: Int] = [:]
    var ofBooks: [ID<Line>: Int] = [:]
    var count = 0
    for pair in pairs {
      let known = ofBank[pair.bank] ?? ofBooks[pair.book]
      if known == nil { count += 1 }
      ofBank[pair.bank] = known ?? count
      ofBooks[pair.book] = known ?? count
    }
    (self.ofBank, self.ofBooks) = (ofBank, ofBooks)
  }
}

extension Reading {
  func matches(of id: ID<Reconciliation>) throws -> Matches {
    Matches(
      try rows(
        { (bank: ID<StatementLine>, book: ID<Line>) in (bank: bank, book: book) },
        """
        SELECT statement_line_id, line_id FROM reconciliation_matches
        WHERE business_id = :business AND reconciliation_id = :id ORDER BY id
        """, ["id": id]))
  }

  /// What is left of the bank up to the day, what is matched here, and what was ignored since the
  /// last reconciliation.
  fileprivate func bankLines(
    of row: Reconciliations.Row, in matches: Matches
  ) throws -> [ReconciliationSheet.Bank] {
    try rows(
      {
        (
          id: ID<StatementLine>, day: Day, amount: Money, text: String, counterparty: String,
          reference: String, suggestion: String, status: StatementLineStatus
        ) in
        ReconciliationSheet.Bank(
          id: id, day: day, amount: amount, text: text, counterparty: counterparty,
          reference: reference, suggestion: suggestion, status: status,
          match: matches.ofBank[id])
      },
      """
      SELECT b.id, b.booked_on, b.amount, b.text, b.counterparty, b.reference, b.suggestion,
        b.status
      FROM bank_statement_lines b
      JOIN bank_statements s ON s.business_id = :business AND s.id = b.statement_id
      WHERE b.business_id = :business AND b.account_id = :account AND b.booked_on <= :day
        AND s.currency = :currency
        AND CASE b.status
          WHEN 'matched' THEN EXISTS (SELECT 1 FROM reconciliation_matches m
            WHERE m.business_id = :business AND m.statement_line_id = b.id
              AND m.reconciliation_id = :id)
          WHEN 'ignored' THEN (:closed IS NULL OR s.imported_at <= :closed)
            AND NOT EXISTS (SELECT 1 FROM reconciliations p
              WHERE p.business_id = :business AND p.account_id = :account
                AND p.status = 'closed' AND p.as_of_date < :day
                AND p.as_of_date >= b.booked_on AND p.closed_at >= s.imported_at)
          ELSE :open
        END
      ORDER BY b.booked_on DESC, b.id DESC LIMIT :limit
      """,
      [
        "account": row.account, "day": row.asOf, "currency": row.currency, "id": row.id,
        "closed": row.closedAt, "open": row.status == .open,
        "limit": ReconciliationSheet.mostLines,
      ]
    ).reversed()
  }

  /// What no earlier reconciliation cleared, of one that is closed as far as it was posted then.
  fileprivate func bookLines(
    of row: Reconciliations.Row, in matches: Matches
  ) throws -> [ReconciliationSheet.Book] {
    try rows(
      {
        (
          id: ID<Line>, entry: ID<Entry>, number: String, day: Day, amount: Money, text: String,
          counterparty: String, reference: String, clearance: Clearance
        ) in
        ReconciliationSheet.Book(
          id: id, entry: entry, number: number, day: day, amount: amount, text: text,
          counterparty: counterparty, reference: reference, clearance: clearance,
          match: matches.ofBooks[id])
      },
      """
      SELECT l.id, l.entry_id, e.number, l.entry_date, l.debit - l.credit,
        CASE WHEN l.description = '' THEN e.description ELSE l.description END,
        CASE WHEN l.counterparty = '' THEN e.payee ELSE l.counterparty END,
        CASE WHEN l.reference = '' THEN e.reference ELSE l.reference END,
        CASE WHEN l.reconciliation_id = :id THEN l.reconciliation_status ELSE 'uncleared' END
      FROM journal_lines l
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      LEFT JOIN reconciliations r ON r.business_id = :business AND r.id = l.reconciliation_id
      WHERE l.business_id = :business AND l.account_id = :account AND l.entry_date <= :day
        AND l.currency = :currency AND l.debit <> l.credit
        AND e.status IN ('posted', 'reversed')
        AND (:closed IS NULL OR e.posted_at <= :closed)
        AND (r.id IS NULL OR r.as_of_date >= :day)
      ORDER BY l.entry_date DESC, l.entry_id DESC, l.line_number DESC LIMIT :limit
      """,
      [
        "id": row.id, "account": row.account, "day": row.asOf, "currency": row.currency,
        "closed": row.closedAt, "limit": ReconciliationSheet.mostLines,
      ]
    ).reversed()
  }

  /// Throws where books can't hold what comes of it.
  func proof(of row: Reconciliations.Row) throws -> ReconciliationProof {
    let sums = try self.row(
      { (book: Money, receipts: Money, payments: Money) in
        try ReconciliationProof(
          book: book, receipts: receipts, payments: payments, statement: row.statementBalance)
      },
      """
      SELECT coalesce(sum(l.debit - l.credit), 0),
        coalesce(sum(l.debit) FILTER (WHERE r.id IS NULL OR r.as_of_date > :day), 0),
        coalesce(sum(l.credit) FILTER (WHERE r.id IS NULL OR r.as_of_date > :day), 0)
      FROM journal_lines l
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      LEFT JOIN reconciliations r ON r.business_id = :business AND r.id = l.reconciliation_id
      WHERE l.business_id = :business AND l.account_id = :account AND l.entry_date <= :day
        AND l.currency = :currency AND e.status IN ('posted', 'reversed')
        AND (:closed IS NULL OR e.posted_at <= :closed)
      """,
      [
        "account": row.account, "day": row.asOf, "currency": row.currency, "closed": row.closedAt,
      ])
    guard let sums else { preconditionFailure("sums over nothing are a row too") }
    return sums
  }
}

/// What in an open reconciliation seems to be the same on both sides (RULES §3.14), the best first.
package struct ProposedMatches: Query {
  package static let permission: Permission? = .reconPrepare
  let id: ID<Reconciliation>

  package init(_ id: ID<Reconciliation>) { self.id = id }

  package struct Row: Hashable, Sendable {
    /// One of the two has one line.
    package let bank: [ReconciliationSheet.Bank]
    package let books: [ReconciliationSheet.Book]
    package let score: MatchScore

    /// What takes it.
    package func match(in id: ID<Reconciliation>) -> MatchLines {
      MatchLines(in: id, bank: bank.map(\.id), books: books.map(\.id), score: score.value)
    }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try ReconciliationSheet(id).run(in: snapshot).proposals
  }

  /// Among what nothing was done to yet.
  fileprivate static func between(
    _ bank: [ReconciliationSheet.Bank], _ books: [ReconciliationSheet.Book]
  ) -> [Row] {
    let (bank, books) = (
      bank.filter { $0.status == .unmatched }, books.filter { $0.clearance == .uncleared }
    )
    return Matching.proposals(
      bank: bank.map {
        MatchableLine(
          day: $0.day, amount: $0.amount, reference: $0.reference,
          text: "\($0.text) \($0.counterparty)")
      },
      books: books.map {
        MatchableLine(
          day: $0.day, amount: $0.amount, reference: $0.reference,
          text: "\($0.text) \($0.counterparty) \($0.number)")
      }
    ).map { proposal in
      Row(
        bank: proposal.bank.map { bank[$0] }, books: proposal.books.map { books[$0] },
        score: proposal.score)
    }
  }
}
