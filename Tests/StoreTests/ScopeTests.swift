import Domain
import Store
import TestSupport
import Testing

/// The one way to run SQL, and what it refuses.
@Suite struct ScopeTests {
  private func inBusiness<Output: Sendable>(
    _ books: TestBooks, _ body: @Sendable (Change) throws -> Output
  ) async throws -> Output {
    try await books.store.change(in: books.business, as: .system, body)
  }

  @Test func `a statement that doesn't name its business doesn't run`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: StoreError.unscoped(sql: "SELECT count(*) FROM users")) {
      try await inBusiness(books) { try $0.one(Int.self, "SELECT count(*) FROM users") }
    }
  }

  @Test func `no row of another business is written, by whatever statement`() async throws {
    let books = try await TestBooks.make()
    let other = try await books.neighbour()
    let foreign = other.business.value
    await #expect(throws: StoreError.constraint(message: "CF000 a row of another business")) {
      try await inBusiness(books) {
        try $0.execute(
          """
          UPDATE accounts SET name = 'Ours' WHERE business_id = :other AND :business > 0
          """, ["other": foreign])
      }
    }
    await #expect(throws: StoreError.constraint(message: "CF000 a row of another business")) {
      try await inBusiness(books) {
        try $0.execute(
          """
          INSERT INTO departments (business_id, code, name, created_at)
          SELECT :other, 'X', 'X', 0 WHERE :business > 0
          """, ["other": foreign])
      }
    }
  }

  @Test func `what throws is taken back whole`() async throws {
    struct Stop: Error {}
    let books = try await TestBooks.make()
    await #expect(throws: Stop.self) {
      try await inBusiness(books) { change in
        try change.execute(
          "UPDATE businesses SET legal_name = 'Changed' WHERE id = :business")
        throw Stop()
      }
    }
    let name = try await inBusiness(books) { change in
      _ = try? change.whole {
        try change.execute("UPDATE businesses SET legal_name = 'Half' WHERE id = :business")
        throw Stop()
      }
      return try change.one(
        String.self, "SELECT legal_name FROM businesses WHERE id = :business")
    }
    #expect(name == "")
  }

  @Test func `the same work costs the same`() async throws {
    let books = try await TestBooks.make()
    func usage() async throws -> Usage {
      try await books.store.snapshot(of: books.business, as: .system) { snapshot in
        _ = try snapshot.rows(
          { (id: ID<Account>) in id }, "SELECT id FROM accounts WHERE business_id = :business")
        return snapshot.usage
      }
    }
    let first = try await usage()
    #expect(first.rowsReturned == Int64(books.accounts.count))
    #expect(first.rowsWritten == 0)
    #expect(first.steps > first.rowsReturned)
    #expect(try await usage() == first)
  }

  @Test func `a column of another kind than the value is an error, not a wrong value`()
    async throws
  {
    let books = try await TestBooks.make()
    await #expect(throws: StoreError.column(name: "name", wanted: "an integer")) {
      try await inBusiness(books) {
        try $0.one(Int.self, "SELECT name FROM businesses WHERE id = :business")
      }
    }
    await #expect(throws: StoreError.noRow) {
      try await inBusiness(books) {
        try $0.one(Int.self, "SELECT 1 FROM businesses WHERE id = -:business")
      }
    }
    await #expect(throws: StoreError.oneRowExpected(found: books.accounts.count)) {
      try await inBusiness(books) {
        try $0.one(Int.self, "SELECT 1 FROM accounts WHERE business_id = :business")
      }
    }
  }
}
