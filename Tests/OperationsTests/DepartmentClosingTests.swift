import Domain
import Store
import TestSupport
import Testing

@testable import Operations

/// The close of a year by department (RULES §3.6, `close_by_dimension`).
@Suite struct DepartmentClosingTests {
  private static let yearEnd = Day("2026-12-31") ?? .last

  private func asSystem<C: Command>(_ command: C, in books: TestBooks) async throws -> C.Output {
    try await books.store.change(in: books.business, as: .system) { change in
      Result { () throws -> C.Output in try change.perform(command) }
    }.get()
  }

  private func post(
    _ minorUnits: Int64, debit: String, credit: String, of department: ID<Department>?,
    in books: TestBooks
  ) async throws {
    var content = books.entry(minorUnits, debit: debit, credit: credit)
    for index in content.lines.indices { content.lines[index].department = department }
    let written = content
    try await books.workspace.perform(CreateEntry(written, then: .post), as: books.owner)
  }

  /// What the accounts of a department hold at the end of the year, after its closing.
  private func held(
    _ department: ID<Department>?, in books: TestBooks
  ) async throws -> [String: Int64] {
    let report = try await books.workspace.fetch(
      TrialBalanceReport(asOf: Self.yearEnd, LedgerScope(department: department)),
      as: books.owner)
    return Dictionary(
      uniqueKeysWithValues: report.lines.map { ($0.number, $0.balance.minorUnits) })
  }

  /// Accounting earned 100 and spent 60, Sales earned 30, and 7 were spent by none.
  private func traded() async throws -> (books: TestBooks, sales: ID<Department>) {
    let books = try await TestBooks.make()
    let sales = try await books.workspace.perform(
      CreateDepartment(DepartmentContent(code: "SAL", name: "Sales")), as: books.owner)
    try await post(100_00, debit: "1120", credit: "4100", of: books.department, in: books)
    try await post(60_00, debit: "6200", credit: "1120", of: books.department, in: books)
    try await post(30_00, debit: "1120", credit: "4100", of: sales, in: books)
    try await post(7_00, debit: "6200", credit: "1120", of: nil, in: books)
    return (books, sales)
  }

  private func expectSound(_ books: TestBooks) async throws {
    for check in try await books.workspace.fetch(Examination(), as: books.owner) {
      #expect(check.findings.isEmpty, "\(check.name)")
    }
  }

  @Test func `each department's income goes to its own retained earnings`() async throws {
    let (books, sales) = try await traded()
    try await books.closeMonths()
    let entry = try #require(
      try await asSystem(CloseYear(year: 2026, byDepartment: true), in: books))
    #expect(try await held(books.department, in: books) == ["1120": 40_00, "3300": -40_00])
    #expect(try await held(sales, in: books) == ["1120": 30_00, "3300": -30_00])
    #expect(try await held(nil, in: books) == ["1120": 63_00, "3300": -63_00])
    let lines = try await books.store.snapshot(of: books.business, as: .system) {
      try $0.content(of: entry).lines
    }
    let (sold, rent, kept) = (
      books.account("4100").value, books.account("6200").value, books.account("3300").value
    )
    let (accounting, other) = (books.department.value, sales.value)
    let expected: Set<[Int64]> = [
      [sold, accounting, 100_00], [sold, other, 30_00], [rent, accounting, -60_00],
      [rent, 0, -7_00], [kept, 0, 7_00], [kept, accounting, -40_00], [kept, other, -30_00],
    ]
    let found = lines.map { [$0.account.value, $0.department?.value ?? 0, $0.base.minorUnits] }
    #expect(Set(found) == expected)
    #expect(lines.count == 7)
    try await expectSound(books)
  }

  @Test func `closed as a whole, what departments earned stays theirs`() async throws {
    let (books, sales) = try await traded()
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    #expect(try await held(sales, in: books) == ["1120": 30_00, "4100": -30_00])
    #expect(try await held(nil, in: books) == ["1120": 63_00, "3300": -63_00])
  }

  @Test func `what two departments have against each other closes too`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.workspace.perform(
      CreateDepartment(DepartmentContent(code: "SAL", name: "Sales")), as: books.owner)
    var shift = books.entry(25_00, debit: "6200", credit: "6200")
    (shift.lines[0].department, shift.lines[1].department) = (books.department, sales)
    let written = shift
    try await books.workspace.perform(CreateEntry(written, then: .post), as: books.owner)
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026, byDepartment: true), in: books)
    #expect(try await held(books.department, in: books) == ["3300": 25_00])
    #expect(try await held(sales, in: books) == ["3300": -25_00])
    #expect(try await held(nil, in: books) == [:])
  }

  @Test func `reopening gives every department back what it had, and it closes otherwise`()
    async throws
  {
    let (books, sales) = try await traded()
    let second = try await books.person("Otto Owner", .owner)
    try await books.closeMonths()
    for act in [JointAct.closeYear(2026, byDepartment: true), .reopenYear(2026)] {
      let asked = try await books.workspace.perform(
        RequestConfirmation(act, reason: "Audited"), as: books.owner)
      guard case .awaits(let request, _, _) = asked else {
        Issue.record("\(asked)")
        return
      }
      try await books.workspace.perform(Confirm(request), as: second)
    }
    #expect(
      try await held(books.department, in: books)
        == ["1120": 40_00, "4100": -100_00, "6200": 60_00])
    #expect(try await held(sales, in: books) == ["1120": 30_00, "4100": -30_00])
    _ = try await asSystem(CloseYear(year: 2026), in: books)
    #expect(try await held(nil, in: books) == ["1120": 63_00, "3300": -63_00])
    try await expectSound(books)
  }

  @Test func `a department that ended in the year closes with it`() async throws {
    let (books, sales) = try await traded()
    let ended = DepartmentContent(
      code: "SAL", name: "Sales", inactiveFrom: TestBooks.today.adding(days: 1))
    try await books.workspace.perform(UpdateDepartment(sales, content: ended), as: books.owner)
    try await books.closeMonths()
    _ = try await asSystem(CloseYear(year: 2026, byDepartment: true), in: books)
    #expect(try await held(sales, in: books) == ["1120": 30_00, "3300": -30_00])
  }
}
