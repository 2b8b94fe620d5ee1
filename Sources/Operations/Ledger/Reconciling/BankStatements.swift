package import Domain
package import Store

/// The statements of banks that were imported, of all accounts or of one, by account and in the
/// order of time. A statement tells of everything that moved in its account: whoever doesn't see
/// all entries is refused.
package struct BankStatements: Query {
  package static let permission: Permission? = .journalRead
  let account: ID<Account>?

  package init(of account: ID<Account>? = nil) { self.account = account }

  package struct Row: Hashable, Sendable {
    package let id: ID<BankStatement>
    package let account: ID<Account>
    package let number: String
    package let name: String
    package let span: StatementSpan
    package let currency: String
    /// Of its amounts.
    package let exponent: Int
    package let lines: Int
    package let unmatched: Int
    /// Whether a closed reconciliation rests on it.
    package let isClosed: Bool
    /// Without its folders.
    package let file: String
    package let importer: String
    package let importedAt: Timestamp
    /// What the account began with more than it ended with on the statement before; nil where they
    /// chain, and for the first.
    package fileprivate(set) var gap: Money?

    package var label: String { "\(number) \(name)" }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    guard snapshot.narrowing == nil else { throw Refusal.bankStatement(.notAllSeen) }
    var rows = try snapshot.bankStatements(of: account)
    for index in rows.indices.dropFirst() where rows[index].account == rows[index - 1].account {
      let gap = try rows[index].span.opening - rows[index - 1].span.closing
      rows[index].gap = gap.isZero ? nil : gap
    }
    return rows
  }
}

/// The lines of one statement, as the bank wrote them. Whoever doesn't see all entries is refused.
package struct BankStatementLines: Query {
  package static let permission: Permission? = .journalRead
  let statement: ID<BankStatement>

  package init(_ statement: ID<BankStatement>) { self.statement = statement }

  package struct Value: Hashable, Sendable {
    /// Without its gap, which is between two.
    package let statement: BankStatements.Row
    /// The oldest first.
    package let lines: [Row]
  }

  package struct Row: Hashable, Sendable {
    package let id: ID<StatementLine>
    /// From 1, within the statement.
    package let number: Int
    package let booked: Day
    package let valued: Day?
    /// Debit-positive, in minor units of the statement's currency.
    package let amount: Money
    /// What was in the account after it.
    package let balance: Money
    package let text: String
    package let counterparty: String
    package let reference: String
    package let bankID: String?
    /// Which of equal lines of its day it is, from 1.
    package let occurrence: Int
    package let status: StatementLineStatus
    /// The account on the other side that the rules for the bank's files name; may be empty, and
    /// needn't be the name of one of the books' accounts.
    package let suggestion: String
  }

  package func run(in snapshot: Snapshot) throws -> Value {
    guard snapshot.narrowing == nil else { throw Refusal.bankStatement(.notAllSeen) }
    guard let found = try snapshot.bankStatements(id: statement).first else {
      throw Refusal.noSuch(Subject(.bankStatement, statement.value))
    }
    var balance = found.span.opening
    let lines = try snapshot.rows(
      {
        (
          id: ID<StatementLine>, number: Int, booked: Day, valued: Day?, amount: Money,
          text: String, counterparty: String, reference: String, bankID: String?,
          occurrence: Int, status: StatementLineStatus, suggestion: String
        ) in
        balance = try balance + amount
        return Row(
          id: id, number: number, booked: booked, valued: valued, amount: amount,
          balance: balance, text: text, counterparty: counterparty, reference: reference,
          bankID: bankID, occurrence: occurrence, status: status, suggestion: suggestion)
      },
      """
      SELECT id, line_number, booked_on, value_date, amount, text, counterparty, reference,
        bank_id, occurrence, status, suggestion
      FROM bank_statement_lines
      WHERE business_id = :business AND statement_id = :statement ORDER BY line_number
      """, ["statement": statement])
    return Value(statement: found, lines: lines)
  }
}

/// Takes a statement out again that nothing rests on. Its file can be imported once more.
package struct RemoveBankStatement: Command {
  package static let permission: Permission? = .reconPrepare
  package static let operation = "statement.remove"
  package static let event = AuditEvent.delete
  let statement: ID<BankStatement>

  package init(_ statement: ID<BankStatement>) { self.statement = statement }

  package var subject: Subject { Subject(.bankStatement, statement.value) }

  package func resource(in change: Change) throws -> Resource {
    let account = try change.row(
      { (account: ID<Account>) in account },
      "SELECT account_id FROM bank_statements WHERE business_id = :business AND id = :statement",
      ["statement": statement])
    guard let account else { throw Refusal.noSuch(subject) }
    return try change.resource(of: account)
  }

  package func run(in change: Change) throws {
    let isUsed = try change.row(
      { (isUsed: Bool) in isUsed },
      """
      SELECT EXISTS (
          SELECT 1 FROM reconciliations
          WHERE business_id = :business AND statement_id = :statement)
        OR EXISTS (
          SELECT 1 FROM bank_statement_lines
          WHERE business_id = :business AND statement_id = :statement AND status = 'matched')
        OR EXISTS (
          SELECT 1 FROM bank_statement_lines l
          JOIN bank_statements s ON s.business_id = :business AND s.id = l.statement_id
          JOIN reconciliations r ON r.business_id = :business AND r.account_id = l.account_id
          WHERE l.business_id = :business AND l.statement_id = :statement
            AND l.status = 'ignored' AND r.status = 'closed' AND r.as_of_date >= l.booked_on
            AND r.closed_at >= s.imported_at)
      FROM bank_statements WHERE business_id = :business AND id = :statement
      """, ["statement": statement])
    guard let isUsed else { throw Refusal.noSuch(subject) }
    guard !isUsed else { throw Refusal.bankStatement(.inUse) }
    try change.execute(
      """
      DELETE FROM bank_statement_lines
      WHERE business_id = :business AND statement_id = :statement
      """, ["statement": statement])
    try change.execute(
      "DELETE FROM bank_statements WHERE business_id = :business AND id = :statement",
      ["statement": statement])
  }
}

extension Reading {
  fileprivate func bankStatements(
    of account: ID<Account>? = nil, id: ID<BankStatement>? = nil
  ) throws -> [BankStatements.Row] {
    try rows(
      {
        (
          id: ID<BankStatement>, account: ID<Account>, number: String, name: String, from: Day,
          to: Day, opening: Money, closing: Money, currency: String, exponent: Int, lines: Int,
          unmatched: Int, isClosed: Bool, file: String, importer: String, importedAt: Timestamp
        ) in
        BankStatements.Row(
          id: id, account: account, number: number, name: name,
          span: StatementSpan(from: from, to: to, opening: opening, closing: closing),
          currency: currency, exponent: exponent, lines: lines, unmatched: unmatched,
          isClosed: isClosed, file: file, importer: importer, importedAt: importedAt)
      },
      """
      SELECT s.id, s.account_id, a.number, a.name, s.from_date, s.to_date, s.opening_balance,
        s.closing_balance, s.currency, c.exponent,
        (SELECT count(*) FROM bank_statement_lines l
          WHERE l.business_id = :business AND l.statement_id = s.id),
        (SELECT count(*) FROM bank_statement_lines l
          WHERE l.business_id = :business AND l.statement_id = s.id AND l.status = 'unmatched'),
        EXISTS (SELECT 1 FROM reconciliations r
          WHERE r.business_id = :business AND r.statement_id = s.id AND r.status = 'closed'),
        s.file_name, n.name, s.imported_at
      FROM bank_statements s
      JOIN accounts a ON a.business_id = :business AND a.id = s.account_id
      JOIN currencies c ON c.business_id = :business AND c.code = s.currency
      JOIN member_names n ON n.business_id = :business AND n.user_id = s.imported_by
      WHERE s.business_id = :business AND (:account IS NULL OR s.account_id = :account)
        AND (:id IS NULL OR s.id = :id)
      ORDER BY lower(a.number), a.id, s.from_date, s.to_date, s.id
      """, ["account": account, "id": id])
  }
}
