import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// The income statement by department: what all departments and none booked is what the business
/// booked (RULES R34).
@Suite struct DepartmentStatementTests {
  private func post(
    _ minorUnits: Int64, debit: String, credit: String = "1120", for department: ID<Department>?,
    _ type: EntryType = .standard, in books: TestBooks
  ) async throws {
    var content = books.entry(minorUnits, debit: debit, credit: credit)
    content.type = type
    for index in content.lines.indices { content.lines[index].department = department }
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
  }

  private func sheet(
    _ books: TestBooks, _ basis: LedgerScope.Basis = .adjusted, as who: Principal? = nil
  ) async throws -> DepartmentStatement.Sheet {
    try await books.workspace.fetch(
      DepartmentStatement(of: .year(to: TestBooks.today), basis), as: who ?? books.owner)
  }

  private func amounts(
    _ item: FinancialStatement.Item, _ sheet: DepartmentStatement.Sheet
  ) -> [Int64] {
    sheet.statement.amounts(of: item)?.map(\.minorUnits) ?? []
  }

  @Test func `each department has a column of its own lines, and none has the last`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let export = try await books.department("EXP", under: sales)
    // With nothing booked for it.
    _ = try await books.department("LAW", under: nil)
    try await post(7_00, debit: "6200", for: books.department, in: books)
    try await post(20_00, debit: "6200", for: sales, in: books)
    try await post(900_00, debit: "1120", credit: "4100", for: sales, in: books)
    try await post(3_00, debit: "6250", for: export, in: books)
    try await post(10_00, debit: "1120", credit: "4100", for: nil, in: books)
    try await post(50, debit: "6200", for: nil, in: books)
    // Only what the balance sheet has.
    try await post(1_00, debit: "1900", for: books.department, in: books)
    let found = try await sheet(books)
    #expect(found.parts.map(\.code) == ["ACC", "EXP", "SAL"])
    #expect(amounts(.total(.revenue), found) == [910_00, 0, 0, 900_00, 10_00])
    #expect(amounts(.total(.expense), found) == [30_50, 7_00, 3_00, 20_00, 50])
    #expect(amounts(.netIncome, found) == [879_50, -7_00, -3_00, 880_00, 9_50])
  }

  @Test func `all columns together are the income statement of the business, row by row`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    var chance = SeededChance(seed: 34)
    let accounts = ["4100", "4400", "6100", "6200", "2110"]
    for _ in 0..<40 {
      let pair = accounts.shuffled(using: &chance)
      let department = [books.department, sales, nil].randomElement(using: &chance) ?? nil
      try await post(
        .random(in: 1...9_999, using: &chance), debit: pair[0], credit: pair[1], for: department,
        Bool.random(using: &chance) ? .adjusting : .standard, in: books)
    }
    for basis in [LedgerScope.Basis.adjusted, .unadjusted] {
      let found = try await sheet(books, basis)
      for row in found.statement.rows where !row.amounts.isEmpty {
        #expect(row.amounts.count == 4)
        let parts = row.amounts.dropFirst().map(\.minorUnits).reduce(0, +)
        #expect(row.amounts[0].minorUnits == parts, "\(row.item)")
      }
      let whole = try await books.workspace.fetch(
        StatementReport(incomeOf: .year(to: TestBooks.today), LedgerScope(basis)),
        as: books.owner)
      #expect(
        amounts(.netIncome, found).first == whole.amounts(of: .netIncome)?.first?.minorUnits)
    }
  }

  @Test func `it is for whoever reads the reports of the whole business`() async throws {
    let books = try await TestBooks.make()
    try await post(7_00, debit: "6200", for: books.department, in: books)
    #expect(amounts(.netIncome, try await sheet(books, as: books.viewer)) == [-7_00, -7_00, 0])
    for (who, denial) in [
      (books.manager, Denial.otherDepartment),
      (books.employee, .reserved(.trialBalanceAndOwn)),
    ] {
      await #expect(throws: Refusal.notPermitted(.reportRead, denial)) {
        _ = try await sheet(books, as: who)
      }
    }
  }
}
