package import Domain
package import Store

/// Begins to hold an account against what its bank says on a day (RULES §3.14). It goes on from the
/// last one that is closed, and one of an account is open at a time.
package struct StartReconciliation: Command {
  package static let permission: Permission? = .reconPrepare
  package static let operation = "recon.start"
  package static let event = AuditEvent.create
  let account: ID<Account>
  let said: Said

  /// What the bank says.
  package enum Said: Hashable, Sendable {
    /// On a day, debit-positive, in the account's currency.
    case balance(Money, on: Day)
    /// At the end of a statement that was imported.
    case statement(ID<BankStatement>)
  }

  package init(_ account: ID<Account>, _ said: Said) {
    self.account = account
    self.said = said
  }

  package var subject: Subject { Subject(.reconciliation) }
  package func subject(after id: ID<Reconciliation>) -> Subject {
    Subject(.reconciliation, id.value)
  }

  package func resource(in change: Change) throws -> Resource { try change.resource(of: account) }

  package func run(in change: Change) throws -> ID<Reconciliation> {
    let held = try change.reconcilable(account)
    try change.requireWhole(account, by: .reconPrepare)
    if let open = try change.openReconciliation(of: account) {
      throw Refusal.reconciliation(.begun(open.asOf))
    }
    let (day, balance, statement) = try terms(of: held, in: change)
    try change.requireLater(day, of: account)
    return try change.insert(
      Reconciliation.self,
      """
      INSERT INTO reconciliations (business_id, account_id, statement_id, as_of_date,
        statement_balance, prepared_by, prepared_at)
      VALUES (:business, :account, :statement, :day, :balance, :actor, :now)
      """,
      [
        "account": account, "statement": statement, "day": day, "balance": balance,
        "actor": change.actor.user, "now": change.now,
      ])
  }

  private typealias Terms = (day: Day, balance: Money, statement: ID<BankStatement>?)

  private func terms(of held: ReconcilableAccount, in change: Change) throws -> Terms {
    switch said {
    case .balance(let balance, let day): return (day, balance, nil)
    case .statement(let id):
      let found = try change.row(
        { (account: ID<Account>, currency: String, to: Day, opening: Money, closing: Money) in
          (account, currency, to, opening, closing)
        },
        """
        SELECT account_id, currency, to_date, opening_balance, closing_balance
        FROM bank_statements WHERE business_id = :business AND id = :id
        """, ["id": id])
      guard let (owner, currency, to, opening, closing) = found else {
        throw Refusal.noSuch(Subject(.bankStatement, id.value))
      }
      guard owner == account, currency == held.currency else {
        throw Refusal.reconciliation(.otherStatement)
      }
      if let ended = try change.lastReconciled(account)?.balance, ended != opening {
        throw Refusal.reconciliation(.chain(ended: ended, begins: opening, in: currency))
      }
      return (to, closing, id)
    }
  }
}

/// Says anew what the bank says, and on which day, before the reconciliation is closed.
package struct AmendReconciliation: ReconciliationCommand {
  package static let permission: Permission? = .reconPrepare
  package static let operation = "recon.amend"
  package static let event = AuditEvent.update
  package let id: ID<Reconciliation>
  let balance: Money
  let day: Day
  let version: Int

  /// `version` is the one that was looked at. It rests on no statement any more.
  package init(_ id: ID<Reconciliation>, to balance: Money, on day: Day, version: Int) {
    self.id = id
    self.balance = balance
    self.day = day
    self.version = version
  }

  package func run(in change: Change) throws {
    let row = try change.openReconciliation(id)
    guard row.version == version else { throw Refusal.changedMeanwhile }
    try change.requireLater(day, of: row.account)
    let reachesFarther = try change.one(
      Bool.self,
      """
      SELECT EXISTS (SELECT 1 FROM journal_lines
          WHERE business_id = :business AND reconciliation_id = :id AND entry_date > :day)
        OR EXISTS (SELECT 1 FROM reconciliation_matches m
          JOIN bank_statement_lines b ON b.business_id = :business AND b.id = m.statement_line_id
          WHERE m.business_id = :business AND m.reconciliation_id = :id AND b.booked_on > :day)
      """, ["id": id, "day": day])
    guard !reachesFarther else { throw Refusal.reconciliation(.later(than: day)) }
    try change.execute(
      """
      UPDATE reconciliations SET as_of_date = :day, statement_balance = :balance,
        statement_id = NULL, version = version + 1
      WHERE business_id = :business AND id = :id
      """, ["day": day, "balance": balance, "id": id])
  }
}

/// Gives up a reconciliation that isn't closed, with all that was matched and cleared in it.
package struct AbandonReconciliation: ReconciliationCommand {
  package static let permission: Permission? = .reconPrepare
  package static let operation = "recon.abandon"
  package static let event = AuditEvent.delete
  package let id: ID<Reconciliation>

  package init(_ id: ID<Reconciliation>) { self.id = id }

  package func run(in change: Change) throws {
    _ = try change.openReconciliation(id)
    let pairs = try change.matches(of: id).pairs
    try change.unmatch(Set(pairs.map(\.bank)), in: id)
    try change.execute(
      """
      UPDATE journal_lines SET reconciliation_status = 'uncleared', cleared_at = NULL,
        cleared_by = NULL, reconciliation_id = NULL
      WHERE business_id = :business AND reconciliation_id = :id
      """, ["id": id])
    try change.execute(
      "DELETE FROM reconciliations WHERE business_id = :business AND id = :id", ["id": id])
  }
}

extension Reading {
  /// Throws `notAfter` where the account is reconciled to `day` already, or to a later one.
  fileprivate func requireLater(_ day: Day, of account: ID<Account>) throws {
    guard let last = try lastReconciled(account), day <= last.asOf else { return }
    throw Refusal.reconciliation(.notAfter(last.asOf))
  }
}
