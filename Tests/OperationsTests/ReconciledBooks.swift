import Domain
import Operations
import Store
import TestSupport
import Testing

/// Accounts held against what their banks say (RULES §3.14): of the current account, the employee
/// begins and matches, and the owner closes.
struct ReconciledBooks {
  let books: TestBooks
  let bank: ID<Account>

  init() async throws {
    books = try await TestBooks.make()
    bank = books.account("1120")
  }

  func start(
    _ minorUnits: Int64, on day: Day = TestBooks.today, as who: Principal? = nil
  ) async throws -> ID<Reconciliation> {
    try await books.workspace.perform(
      StartReconciliation(bank, .balance(Money(minorUnits: minorUnits), on: day)),
      as: who ?? books.employee)
  }

  func start(_ statement: ID<BankStatement>) async throws -> ID<Reconciliation> {
    try await books.workspace.perform(
      StartReconciliation(bank, .statement(statement)), as: books.employee)
  }

  @discardableResult
  func perform<C: Command>(_ command: C, as who: Principal? = nil) async throws -> C.Output {
    try await books.workspace.perform(command, as: who ?? books.employee)
  }

  func sheet(
    _ id: ID<Reconciliation>, as who: Principal? = nil
  ) async throws -> ReconciliationSheet.Value {
    try await books.workspace.fetch(ReconciliationSheet(id), as: who ?? books.owner)
  }

  /// The line of the books with that amount.
  func booked(_ minorUnits: Int64, in id: ID<Reconciliation>) async throws -> ID<Line> {
    let line = try await sheet(id).books.first { $0.amount.minorUnits == minorUnits }
    return try #require(line).id
  }

  func close(_ id: ID<Reconciliation>, as who: Principal? = nil) async throws {
    let version = try await sheet(id).reconciliation.version
    try await perform(CloseReconciliation(id, version: version), as: who ?? books.owner)
  }

  /// To which day and how much, as the account says.
  func lastReconciled() async throws -> [String] {
    try await books.store.snapshot(of: books.business, as: .system) { [bank] snapshot in
      try snapshot.rows(
        { (day: Day?, balance: Money?) in
          "\(day?.text ?? "-") \(balance.map { "\($0.minorUnits)" } ?? "-")"
        },
        """
        SELECT last_reconciled_on, last_reconciled_balance FROM accounts
        WHERE business_id = :business AND id = :account
        """, ["account": bank])
    }
  }
}
