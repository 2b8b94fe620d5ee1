import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// Sums that somebody changed with a database tool, written anew from their lines (RULES §3.16).
@Suite struct RepairLedgerTests {
  private func repair(_ books: TestBooks) async throws -> Result<RepairedLedger, Refusal> {
    try await books.store.change(in: books.business, as: .system) { change in
      try Gate.answer(RepairLedger(), by: .unasked(.system, at: change.now), in: change)
    }
  }

  private func tamper(_ sql: String, in books: TestBooks) throws {
    try books.store.script("UPDATE temp.scope SET business_id = \(books.business.value); \(sql)")
  }

  /// 103 too much on an account, and nothing on the other.
  private func breakSums(in books: TestBooks) throws {
    try tamper(
      """
      DROP TRIGGER main.general_ledger_update;
      UPDATE general_ledger SET debit = debit + 103, base_debit = base_debit + 103
      WHERE account_id = \(books.account("6200").value);
      UPDATE general_ledger SET credit = 0, base_credit = 0, line_count = 0
      WHERE account_id = \(books.account("1120").value);
      """, in: books)
  }

  /// Account, debit, credit and lines of every sum.
  private func sums(in books: TestBooks) async throws -> [String] {
    try await books.store.snapshot(of: books.business, as: .system) { snapshot in
      try snapshot.rows(
        { (number: String, debit: Int, credit: Int, lines: Int) in
          "\(number) \(debit) \(credit) \(lines)"
        },
        """
        SELECT a.number, g.base_debit, g.base_credit, g.line_count
        FROM general_ledger g
        JOIN accounts a ON a.business_id = :business AND a.id = g.account_id
        WHERE g.business_id = :business ORDER BY a.number
        """)
    }
  }

  @Test func `sums are those of their lines again, and nobody else may write them after it`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.post(50)
    try breakSums(in: books)
    #expect(try await sums(in: books) == ["1120 0 0 0", "6200 253 0 2"])
    #expect(try await repair(books).get().cells.map(\.number) == ["1120", "6200"])
    #expect(try await sums(in: books) == ["1120 0 150 2", "6200 150 0 2"])
    #expect(
      throws: StoreError.constraint(message: "CF025 only posting writes the ledger")
    ) { try tamper("DELETE FROM general_ledger", in: books) }
    let record = try #require(try await books.trail(5).first { $0.operation == "ledger.repair" })
    #expect(record.actor == "system")
    try await books.post(7)
    #expect(try await sums(in: books) == ["1120 0 157 3", "6200 157 0 3"])
  }

  @Test func `where no sum is wrong nothing is written`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    #expect(try await repair(books).get().cells == [])
    #expect(try await sums(in: books) == ["1120 0 100 1", "6200 100 0 1"])
  }

  @Test func `of lines that aren't what was posted no sums are made`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.dropTriggers(of: ["journal_lines"])
    try tamper(
      """
      UPDATE journal_lines SET debit = 2 * debit, credit = 2 * credit,
        base_debit = 2 * base_debit, base_credit = 2 * base_credit
      """, in: books)
    guard case .failure(.checkFailed(let check)) = try await repair(books) else {
      Issue.record("repaired")
      return
    }
    #expect(["posted entries balance", "audit chain"].contains(check))
    #expect(try await sums(in: books) == ["1120 0 100 1", "6200 100 0 1"])
  }
}
