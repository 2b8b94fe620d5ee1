import Domain
import GRDB
import TestSupport
import Testing

@testable import Operations
@testable import Store

/// What names accounts and departments: a column that is new to the schema is known to what removes
/// and merges them first.
@Suite struct NamingColumnsTests {
  private let books: TestBooks

  init() async throws { books = try await TestBooks.make() }

  /// Those that have a key to a table of businesses, as `table.column`.
  private func columns(naming table: String) async throws -> Set<String> {
    try await books.store.snapshot(of: books.business, as: .system) { snapshot in
      Set(
        try String.fetchAll(
          snapshot.scope.db,
          sql: """
            SELECT t.name || '.' || f."from" FROM sqlite_schema t
            JOIN pragma_foreign_key_list(t.name) f
            WHERE t.type = 'table' AND f."table" = ? AND f."from" <> 'business_id'
            """, arguments: [table]))
    }
  }

  @Test func `removing and merging an account knows of all that can name one`() async throws {
    #expect(try await columns(naming: "accounts") == AccountTies.columns)
  }

  @Test func `merging departments says what becomes of all that can name one`() async throws {
    // The key of memberships came after their table: triggers stand for it.
    let keyed = try await columns(naming: "departments")
      .union(["business_memberships.department_id"])
    #expect(Set(MergeDepartments.fates.keys) == keyed)
  }

  @Test func `what goes over names the other department, and what stays still names the first`()
    async throws
  {
    let sales = try await books.department("SAL", under: nil)
    let trade = try await books.department("TRD", under: nil)
    _ = try await books.department("OVS", under: sales)
    _ = try await books.person("Sam Sales", .employee, in: sales)
    var content = books.entry(100)
    content.lines[0].department = sales
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    let rent = try await books.workspace.fetch(
      AccountToEdit(books.account("6200")), as: books.owner)
    var usual = rent.content
    usual.usualDepartment = sales
    try await books.workspace.perform(
      UpdateAccount(rent.id, content: usual, version: rent.version), as: books.owner)
    let before = try await rows(naming: sales)
    try await books.workspace.perform(
      MergeDepartments(sales, into: trade, from: TestBooks.today.adding(days: 1)),
      as: books.owner)
    let after = try await rows(naming: sales)
    for (column, fate) in MergeDepartments.fates {
      switch fate {
      case .moves: #expect(before[column] == 1 && after[column] == 0, "\(column)")
      case .stays: #expect(before[column] == after[column], "\(column)")
      case .isWritten: break
      }
    }
    #expect(after["journal_lines.department_id"] == 1)
  }

  /// How many there are, by the column that names it.
  private func rows(naming department: ID<Department>) async throws -> [String: Int] {
    try await books.store.snapshot(of: books.business, as: .system) { snapshot in
      var counts: [String: Int] = [:]
      for name in MergeDepartments.fates.keys {
        let parts = name.split(separator: ".")
        counts[name] = try Int.fetchOne(
          snapshot.scope.db, sql: "SELECT count(*) FROM \(parts[0]) WHERE \(parts[1]) = ?",
          arguments: [department.value])
      }
      return counts
    }
  }
}
