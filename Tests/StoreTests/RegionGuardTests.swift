import Domain
import Store
import TestSupport
import Testing

/// What a debug build notices of a statement whose text names its business and whose tables don't.
@Suite struct RegionGuardTests {
  @Test func `a table that is read without its business stops the program`() async {
    await #expect(processExitsWith: .failure) {
      let books = try await TestBooks.make()
      _ = try await books.store.snapshot(of: books.business, as: .system) {
        try $0.rows(
          { (name: String) in name },
          """
          SELECT d.name FROM accounts a JOIN departments d ON d.id = a.id
          WHERE a.business_id = :business
          """)
      }
    }
  }

  @Test func `looking at row ids alone is reading too`() async {
    await #expect(processExitsWith: .failure) {
      let books = try await TestBooks.make()
      _ = try await books.store.snapshot(of: books.business, as: .system) {
        try $0.rows(
          { (name: String) in name },
          """
          SELECT a.name FROM accounts a JOIN departments d ON d.id = a.id
          WHERE a.business_id = :business
          """)
      }
    }
  }

  @Test func `the same statement with the business of both tables runs`() async throws {
    let books = try await TestBooks.make()
    _ = try await books.store.snapshot(of: books.business, as: .system) {
      try $0.rows(
        { (name: String) in name },
        """
        SELECT a.name FROM accounts a
        JOIN departments d ON d.business_id = :business AND d.id = a.id
        WHERE a.business_id = :business
        """)
    }
  }
}
