package import Domain
package import Store

/// The reconciliations of one account or of all, the latest of each first.
package struct Reconciliations: Query {
  package static let permission: Permission? = .reportRead
  let account: ID<Account>?

  package init(of account: ID<Account>? = nil) { self.account = account }

  package struct Row: Hashable, Sendable {
    package let id: ID<Reconciliation>
    package let account: ID<Account>
    package let number: String
    package let name: String
    /// Of all its amounts: the account's or, where that takes any, the business's.
    package let currency: String
    package let exponent: Int
    package let asOf: Day
    /// What the one before ended with; nil of the first.
    package let opening: Money?
    /// What the bank says, debit-positive.
    package let statementBalance: Money
    /// What it rests on, where that was imported.
    package let statement: ID<BankStatement>?
    package let status: ReconciliationStatus
    package let preparer: String
    package let approver: String?
    /// Whether a hand that was in it approved it too.
    package let isSelfApproved: Bool
    package let closedAt: Timestamp?
    /// Whether none of its account comes after it.
    package let isLatest: Bool
    package let version: Int

    package var label: String { "\(number) \(name)" }
  }

  package func run(in snapshot: Snapshot) throws -> [Row] {
    try snapshot.reconciliations(of: account)
  }
}

extension Reading {
  /// Throws `noSuch`.
  func reconciliation(_ id: ID<Reconciliation>) throws -> Reconciliations.Row {
    guard let found = try reconciliations(id).first else {
      throw Refusal.noSuch(Subject(.reconciliation, id.value))
    }
    return found
  }

  fileprivate func reconciliations(
    _ id: ID<Reconciliation>? = nil, of account: ID<Account>? = nil
  ) throws -> [Reconciliations.Row] {
    try rows(
      Reconciliations.Row.init,
      """
      SELECT r.id, r.account_id, a.number, a.name, c.code, c.exponent, r.as_of_date,
        (SELECT p.statement_balance FROM reconciliations p
          WHERE p.business_id = :business AND p.account_id = r.account_id
            AND p.as_of_date < r.as_of_date
          ORDER BY p.as_of_date DESC LIMIT 1),
        r.statement_balance, r.statement_id, r.status, s.name, v.name, r.self_approved,
        r.closed_at,
        NOT EXISTS (SELECT 1 FROM reconciliations n
          WHERE n.business_id = :business AND n.account_id = r.account_id
            AND n.as_of_date > r.as_of_date),
        r.version
      FROM reconciliations r
      JOIN accounts a ON a.business_id = :business AND a.id = r.account_id
      JOIN businesses b ON b.id = :business
      JOIN currencies c ON c.business_id = :business
        AND c.code = coalesce(a.currency, b.base_currency)
      JOIN member_names s ON s.business_id = :business AND s.user_id = r.prepared_by
      LEFT JOIN member_names v ON v.business_id = :business AND v.user_id = r.approved_by
      WHERE r.business_id = :business AND (:id IS NULL OR r.id = :id)
        AND (:account IS NULL OR r.account_id = :account)
      ORDER BY lower(a.number), r.as_of_date DESC
      """, ["id": id, "account": account])
  }
}

/// What the next reconciliation of an account goes on from, for whoever begins it.
package struct NextReconciliation: Query {
  package static let permission: Permission? = .reconPrepare
  let account: ID<Account>

  package init(of account: ID<Account>) { self.account = account }

  package struct Value: Hashable, Sendable {
    package let currency: String
    package let exponent: Int
    /// Of the last one that is closed.
    package let reconciledTo: Day?
    package let opening: Money?
    /// That which is open.
    package let open: ID<Reconciliation>?
    /// The next statement of the bank that is here.
    package let statement: Statement?
  }

  package struct Statement: Hashable, Sendable {
    package let id: ID<BankStatement>
    package let to: Day
    package let opening: Money
    package let closing: Money
  }

  /// Throws `noSuch` and `notReconcilable`.
  package func run(in snapshot: Snapshot) throws -> Value {
    let held = try snapshot.reconcilable(account)
    let last = try snapshot.lastReconciled(account)
    return Value(
      currency: held.currency, exponent: held.exponent, reconciledTo: last?.asOf,
      opening: last?.balance,
      open: try snapshot.openReconciliation(of: account)?.id,
      statement: try !snapshot.isWhole(account, in: snapshot)
        ? nil
        : snapshot.row(
          Statement.init,
          """
          SELECT s.id, s.to_date, s.opening_balance, s.closing_balance FROM bank_statements s
          WHERE s.business_id = :business AND s.account_id = :account AND s.currency = :currency
            AND (:last IS NULL OR s.to_date > :last)
          ORDER BY s.to_date, s.id LIMIT 1
          """, ["account": account, "currency": held.currency, "last": last?.asOf]))
  }
}

/// An account that can be reconciled.
struct ReconcilableAccount {
  let label: String
  let currency: String
  let exponent: Int
}

/// What an account was reconciled to last.
struct LastReconciled {
  let asOf: Day
  let balance: Money
}

/// The one of an account that isn't closed.
struct OpenReconciliation {
  let id: ID<Reconciliation>
  let asOf: Day
}

extension Reading {
  /// Throws `noSuch`, or `notReconcilable` for a heading and for what is emptied when a year ends.
  func reconcilable(_ account: ID<Account>) throws -> ReconcilableAccount {
    let found = try row(
      { (label: String, type: AccountType, isHeader: Bool, currency: String, exponent: Int) in
        (ReconcilableAccount(label: label, currency: currency, exponent: exponent), type, isHeader)
      },
      """
      SELECT a.number || ' ' || a.name, a.type, a.is_header, c.code, c.exponent
      FROM accounts a
      JOIN businesses b ON b.id = :business
      JOIN currencies c ON c.business_id = :business
        AND c.code = coalesce(a.currency, b.base_currency)
      WHERE a.business_id = :business AND a.id = :account AND a.deleted_at IS NULL
      """, ["account": account])
    guard let (held, type, isHeader) = found else { throw Refusal.noSuch(.account(account)) }
    guard !isHeader, type.isReconcilable else {
      throw Refusal.reconciliation(.notReconcilable(held.label))
    }
    return held
  }

  func lastReconciled(_ account: ID<Account>) throws -> LastReconciled? {
    try row(
      LastReconciled.init,
      """
      SELECT as_of_date, statement_balance FROM reconciliations
      WHERE business_id = :business AND account_id = :account AND status = 'closed'
      ORDER BY as_of_date DESC LIMIT 1
      """, ["account": account])
  }

  func openReconciliation(of account: ID<Account>) throws -> OpenReconciliation? {
    try row(
      OpenReconciliation.init,
      """
      SELECT id, as_of_date FROM reconciliations
      WHERE business_id = :business AND account_id = :account AND status = 'open'
      """, ["account": account])
  }

  /// How many lines an account has in the ledger, as far as they are seen; nil where it isn't.
  private func lineCount(of account: ID<Account>) throws -> Int? {
    try row(
      { (count: Int) in count },
      """
      SELECT (SELECT coalesce(sum(g.line_count), 0) FROM general_ledger g
        WHERE g.business_id = :business AND g.account_id = a.id)
      FROM accounts a WHERE a.business_id = :business AND a.id = :account
      """, ["account": account])
  }

  /// Whether `view` shows all that the account holds: what is reconciled is proved of all of it.
  func isWhole(_ account: ID<Account>, in view: Snapshot) throws -> Bool {
    guard view.narrowing != nil else { return true }
    return try view.lineCount(of: account) == view.whole.lineCount(of: account)
  }
}

/// What is done to a reconciliation, and so to its account as far as access is concerned.
package protocol ReconciliationCommand: Command {
  var id: ID<Reconciliation> { get }
}

extension ReconciliationCommand {
  package var subject: Subject { Subject(.reconciliation, id.value) }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: id) }
}

extension Change {
  /// Throws `notAllSeen`.
  func requireWhole(_ account: ID<Account>, by permission: Permission) throws {
    guard try isWhole(account, in: view(by: permission)) else {
      throw Refusal.reconciliation(.notAllSeen)
    }
  }

  /// One that isn't closed, of an account that whoever changes it sees all of. Throws `noSuch`,
  /// `closed` and `notAllSeen`.
  func openReconciliation(
    _ id: ID<Reconciliation>, by permission: Permission = .reconPrepare
  ) throws -> Reconciliations.Row {
    let row = try reconciliation(id)
    guard row.status == .open else { throw Refusal.reconciliation(.closed) }
    try requireWhole(row.account, by: permission)
    return row
  }

  /// That of its account.
  func resource(of id: ID<Reconciliation>) throws -> Resource {
    try resource(of: try reconciliation(id).account)
  }

  /// Whoever looked at it before looks again.
  func noteChange(of id: ID<Reconciliation>) throws {
    try execute(
      """
      UPDATE reconciliations SET version = version + 1
      WHERE business_id = :business AND id = :id
      """, ["id": id])
  }
}
