package import Domain
package import Store

/// Says that lines of the bank are lines of the books: one is one, or one is some (RULES §3.14).
/// Both sides come to the same sum.
package struct MatchLines: ReconciliationCommand {
  package static let permission: Permission? = .reconPrepare
  package static let operation = "recon.match"
  package static let event = AuditEvent.update
  package let id: ID<Reconciliation>
  let bank: [ID<StatementLine>]
  let books: [ID<Line>]
  let score: Int?

  /// `score` is that of the proposal which is taken, from 0 to 1000; nil is one's own choice.
  package init(
    in id: ID<Reconciliation>, bank: [ID<StatementLine>], books: [ID<Line>], score: Int? = nil
  ) {
    self.id = id
    self.bank = bank
    self.books = books
    self.score = score
  }

  package func run(in change: Change) throws {
    let row = try change.openReconciliation(id)
    guard !bank.isEmpty, !books.isEmpty, bank.count == 1 || books.count == 1 else {
      throw Refusal.reconciliation(.manyToMany)
    }
    let ones = try bank.map { try change.unmatchedLine($0, of: row).amount }
    let others = try books.map { try change.unclearedLine($0, of: row) }
    let difference = try ones.total() - others.total()
    guard difference.isZero else {
      throw Refusal.reconciliation(.sumsDiffer(by: difference, in: row.currency))
    }
    for (bank, book) in bank.flatMap({ bank in books.map { (bank, $0) } }) {
      try change.execute(
        """
        INSERT INTO reconciliation_matches (business_id, reconciliation_id, statement_line_id,
          line_id, score, matched_by, matched_at)
        VALUES (:business, :id, :bank, :book, :score, :actor, :now)
        """,
        [
          "id": id, "bank": bank, "book": book, "score": score, "actor": change.actor.user,
          "now": change.now,
        ])
    }
    try change.set(bank, .matched)
    try change.clear(books, in: id)
    try change.noteChange(of: id)
  }
}

/// Says of lines of the books that the bank has them, where no statement is here to match them
/// with.
package struct ClearLines: ReconciliationCommand {
  package static let permission: Permission? = .reconPrepare
  package static let operation = "recon.clear"
  package static let event = AuditEvent.update
  package let id: ID<Reconciliation>
  let lines: Lines

  package enum Lines: Hashable, Sendable {
    case these([ID<Line>])
    /// All that aren't cleared up to a day, for whoever begins with books that are older.
    case through(Day)
  }

  package init(_ lines: Lines, in id: ID<Reconciliation>) {
    self.lines = lines
    self.id = id
  }

  /// How many they are.
  package func run(in change: Change) throws -> Int {
    let row = try change.openReconciliation(id)
    let cleared: [ID<Line>]
    switch lines {
    case .these(let lines):
      for line in lines {
        _ = try change.unclearedLine(line, of: row)
        try change.clear([line], in: id)
      }
      cleared = lines
    case .through(let day):
      cleared = try change.unclearedLines(through: min(day, row.asOf), of: row)
      try change.clear(cleared, in: id)
    }
    try change.noteChange(of: id)
    return cleared.count
  }
}

/// Says of a line of the bank that the books have nothing to do with it, and why.
package struct IgnoreBankLine: ReconciliationCommand {
  package static let permission: Permission? = .reconPrepare
  package static let operation = "recon.ignore"
  package static let event = AuditEvent.update
  package static let leastReason = 5
  let line: ID<StatementLine>
  package let id: ID<Reconciliation>
  let why: String

  package init(_ line: ID<StatementLine>, in id: ID<Reconciliation>, reason: String) {
    self.line = line
    self.id = id
    why = reason
  }

  package var subject: Subject { Subject(.bankLine, line.value) }
  package var reason: String? { why }

  package func run(in change: Change) throws {
    try change.requireReason(why, least: Self.leastReason)
    _ = try change.unmatchedLine(line, of: try change.openReconciliation(id))
    try change.set([line], .ignored)
    try change.noteChange(of: id)
  }
}

/// Takes back what was done to lines in a reconciliation that isn't closed: a match is undone on
/// both sides, wherever of it a line is named.
package struct UndoMatch: ReconciliationCommand {
  package static let permission: Permission? = .reconPrepare
  package static let operation = "recon.undo"
  package static let event = AuditEvent.update
  package let id: ID<Reconciliation>
  let bank: [ID<StatementLine>]
  let books: [ID<Line>]

  package init(in id: ID<Reconciliation>, bank: [ID<StatementLine>] = [], books: [ID<Line>] = []) {
    self.id = id
    self.bank = bank
    self.books = books
  }

  package func run(in change: Change) throws {
    let row = try change.openReconciliation(id)
    let matches = try change.matches(of: id)
    let named = try bank.map { line in
      (line, matches.ofBank[line], try change.bankLine(line, of: row).status)
    }
    let undone = Set(
      named.compactMap(\.1) + books.compactMap { matches.ofBooks[$0] })
    let pairs = matches.pairs.filter { matches.ofBank[$0.bank].map(undone.contains) == true }
    let cleared = books.filter { matches.ofBooks[$0] == nil }
    let ignored = named.filter { $0.1 == nil }
    guard !bank.isEmpty || !books.isEmpty, ignored.allSatisfy({ $0.2 == .ignored }),
      try cleared.allSatisfy({ try change.bookLine($0, of: row).reconciliation == id })
    else { throw Refusal.reconciliation(.unsettled) }
    try change.unmatch(Set(pairs.map(\.bank)), in: id)
    try change.unclear(Set(pairs.map(\.book)).union(cleared))
    try change.set(ignored.map(\.0), .unmatched)
    try change.noteChange(of: id)
  }
}

private typealias BankFacts = (day: Day, amount: Money, status: StatementLineStatus)
private typealias BookFacts = (day: Day, amount: Money, reconciliation: ID<Reconciliation>?)

extension Change {
  /// Throws `noSuch` where the account of the reconciliation has no such line in its currency.
  fileprivate func bankLine(
    _ line: ID<StatementLine>, of reconciliation: Reconciliations.Row
  ) throws -> BankFacts {
    let found = try row(
      { (day: Day, amount: Money, status: StatementLineStatus) in BankFacts(day, amount, status) },
      """
      SELECT b.booked_on, b.amount, b.status
      FROM bank_statement_lines b
      JOIN bank_statements s ON s.business_id = :business AND s.id = b.statement_id
      WHERE b.business_id = :business AND b.id = :line AND b.account_id = :account
        AND s.currency = :currency
      """,
      ["line": line, "account": reconciliation.account, "currency": reconciliation.currency])
    guard let found else { throw Refusal.noSuch(Subject(.bankLine, line.value)) }
    return found
  }

  /// One that nothing was done to. Throws `noSuch`, `settled` and `later`.
  fileprivate func unmatchedLine(
    _ line: ID<StatementLine>, of reconciliation: Reconciliations.Row
  ) throws -> BankFacts {
    let found = try bankLine(line, of: reconciliation)
    guard found.status == .unmatched else { throw Refusal.reconciliation(.settled) }
    guard found.day <= reconciliation.asOf else {
      throw Refusal.reconciliation(.later(than: reconciliation.asOf))
    }
    return found
  }

  /// Throws `noSuch` where nothing like it is posted to the account in the reconciliation's
  /// currency.
  fileprivate func bookLine(
    _ line: ID<Line>, of reconciliation: Reconciliations.Row
  ) throws -> BookFacts {
    let found = try row(
      { (day: Day, amount: Money, id: ID<Reconciliation>?) in BookFacts(day, amount, id) },
      """
      SELECT l.entry_date, l.debit - l.credit, l.reconciliation_id
      FROM journal_lines l
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      WHERE l.business_id = :business AND l.id = :line AND l.account_id = :account
        AND l.currency = :currency AND l.debit <> l.credit
        AND e.status IN ('posted', 'reversed')
      """,
      ["line": line, "account": reconciliation.account, "currency": reconciliation.currency])
    guard let found else { throw Refusal.noSuch(Subject(.entryLine, line.value)) }
    return found
  }

  /// The amount of one that nothing was done to. Throws `noSuch`, `settled` and `later`.
  fileprivate func unclearedLine(
    _ line: ID<Line>, of reconciliation: Reconciliations.Row
  ) throws -> Money {
    let found = try bookLine(line, of: reconciliation)
    guard found.reconciliation == nil else { throw Refusal.reconciliation(.settled) }
    guard found.day <= reconciliation.asOf else {
      throw Refusal.reconciliation(.later(than: reconciliation.asOf))
    }
    return found.amount
  }

  /// Of the account, in its currency, up to a day.
  fileprivate func unclearedLines(
    through day: Day, of reconciliation: Reconciliations.Row
  ) throws -> [ID<Line>] {
    try rows(
      { (line: ID<Line>) in line },
      """
      SELECT l.id FROM journal_lines l
      JOIN journal_entries e ON e.business_id = :business AND e.id = l.entry_id
      WHERE l.business_id = :business AND l.account_id = :account AND l.entry_date <= :day
        AND l.currency = :currency AND l.debit <> l.credit AND l.reconciliation_id IS NULL
        AND e.status IN ('posted', 'reversed')
      """,
      ["account": reconciliation.account, "day": day, "currency": reconciliation.currency])
  }

  fileprivate func set(
    _ lines: some Sequence<ID<StatementLine>>, _ status: StatementLineStatus
  ) throws {
    try execute(
      """
      UPDATE bank_statement_lines SET status = :status
      WHERE business_id = :business AND id IN (SELECT value FROM json_each(:lines))
      """, ["status": status, "lines": JSON.list(lines)])
  }

  fileprivate func clear(_ lines: [ID<Line>], in id: ID<Reconciliation>) throws {
    try execute(
      """
      UPDATE journal_lines SET reconciliation_status = 'cleared', cleared_at = :now,
        cleared_by = :actor, reconciliation_id = :id
      WHERE business_id = :business AND id IN (SELECT value FROM json_each(:lines))
      """, ["now": now, "actor": actor.user, "id": id, "lines": JSON.list(lines)])
  }

  fileprivate func unclear(_ lines: Set<ID<Line>>) throws {
    try execute(
      """
      UPDATE journal_lines SET reconciliation_status = 'uncleared', cleared_at = NULL,
        cleared_by = NULL, reconciliation_id = NULL
      WHERE business_id = :business AND id IN (SELECT value FROM json_each(:lines))
      """, ["lines": JSON.list(lines)])
  }

  /// Lets go of whole matches on the side of the bank.
  func unmatch(_ lines: Set<ID<StatementLine>>, in id: ID<Reconciliation>) throws {
    try execute(
      """
      DELETE FROM reconciliation_matches
      WHERE business_id = :business AND reconciliation_id = :id
        AND statement_line_id IN (SELECT value FROM json_each(:lines))
      """, ["id": id, "lines": JSON.list(lines)])
    try set(lines, .unmatched)
  }
}
