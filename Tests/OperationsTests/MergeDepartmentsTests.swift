import Domain
import Operations
import Store
import TestSupport
import Testing

/// One department of two (RULES R37).
@Suite struct MergeDepartmentsTests {
  private static let today = TestBooks.today
  private static let tomorrow = TestBooks.today.adding(days: 1)

  private struct Merging {
    var books: TestBooks
    let sales: ID<Department>
    let trade: ID<Department>
    let overseas: ID<Department>

    @discardableResult
    func merge(
      _ department: ID<Department>, into other: ID<Department>,
      from day: Day = MergeDepartmentsTests.tomorrow,
      as who: Principal? = nil
    ) async throws -> MergedDepartment {
      try await books.workspace.perform(
        MergeDepartments(department, into: other, from: day), as: who ?? books.owner)
    }

    func row(_ code: String) async throws -> Departments.Row {
      try await books.workspace.fetch(Departments(), as: books.owner).called(code)
    }

    func spend(_ minorUnits: Int64, for department: ID<Department>, on day: Day) async throws {
      var content = books.entry(minorUnits, debit: "6200", on: day)
      content.lines[0].department = department
      let written = content
      try await books.workspace.perform(CreateEntry(written, then: .post), as: books.owner)
    }

    /// What rent came to in a department and those below it, or nil where nothing was booked.
    func rent(_ department: ID<Department>, asOf day: Day) async throws -> Int64? {
      let report = try await books.workspace.fetch(
        TrialBalanceReport(asOf: day, LedgerScope(department: department)), as: books.owner)
      return report.lines.first { $0.number == "6200" }?.balance.minorUnits
    }
  }

  /// Overseas stands below Sales; Trade stands beside that.
  private func departments() async throws -> Merging {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    return Merging(
      books: books, sales: sales, trade: try await books.department("TRD", under: nil),
      overseas: try await books.department("OVS", under: sales))
  }

  @Test func `people and what stands below go over, and the first ends on the day`() async throws {
    let merging = try await departments()
    _ = try await merging.books.person("Sam Sales", .employee, in: merging.sales)
    let merged = try await merging.merge(merging.sales, into: merging.trade)
    let trail = try await merging.books.trail(4).map(\.operation)
    #expect(Set(trail) == ["department.merge", "department.update", "department.member.manage"])
    #expect(merged.people == 1 && merged.departments == 1)
    let sales = try await merging.row("SAL")
    #expect(sales.parent == merging.trade && sales.inactiveFrom == Self.tomorrow)
    #expect(try await merging.row("OVS").parent == merging.trade)
    #expect(try await merging.row("TRD").parent == nil)
    let members = try await merging.books.workspace.fetch(Members(), as: merging.books.owner)
    let sam = try members.called("Sam Sales")
    #expect(sam.department == "TRD")
  }

  @Test func `lines keep the first, which counts with the other from today on`() async throws {
    var merging = try await departments()
    try await merging.spend(100_00, for: merging.sales, on: Self.today)
    merging.books.clock.advance(seconds: 86_400)
    merging.books = try await merging.books.signedInAnew(.owner)
    try await merging.merge(merging.sales, into: merging.trade)
    #expect(try await merging.rent(merging.sales, asOf: Self.tomorrow) == 100_00)
    #expect(try await merging.rent(merging.trade, asOf: Self.tomorrow) == 100_00)
    #expect(try await merging.rent(merging.trade, asOf: Self.today) == nil)
    await #expect(throws: Refusal.self) {
      try await merging.spend(5_00, for: merging.sales, on: Self.tomorrow)
    }
    #expect(try await merging.rent(merging.trade, asOf: .last) == 100_00)
  }

  @Test func `accounts whose lines were usually its own say the other`() async throws {
    let merging = try await departments()
    let books = merging.books
    let rent = try await books.workspace.fetch(
      AccountToEdit(books.account("6200")), as: books.owner)
    var content = rent.content
    content.usualDepartment = merging.sales
    try await books.workspace.perform(
      UpdateAccount(rent.id, content: content, version: rent.version), as: books.owner)
    try await merging.merge(merging.sales, into: merging.trade)
    let merged = try await books.workspace.fetch(AccountToEdit(rent.id), as: books.owner)
    #expect(merged.content.usualDepartment == merging.trade)
    #expect(merged.version == rent.version + 2)
    let trail = try await books.trail(3).map(\.operation)
    #expect(trail.contains("account.edit"), "\(trail)")
  }

  @Test func `into what stands directly below it is merged as well`() async throws {
    let merging = try await departments()
    try await merging.merge(merging.sales, into: merging.overseas)
    #expect(try await merging.row("OVS").parent == nil)
    #expect(try await merging.row("SAL").parent == merging.overseas)
  }

  @Test func `into what stands further below it is merged too, and what is between comes along`()
    async throws
  {
    let merging = try await departments()
    let asia = try await merging.books.department("ASI", under: merging.overseas)
    let merged = try await merging.merge(merging.sales, into: asia)
    #expect(merged.departments == 2)
    #expect(try await merging.row("ASI").parent == nil)
    #expect(try await merging.row("OVS").parent == asia)
    #expect(try await merging.row("SAL").parent == asia)
  }

  @Test func `what can't be merged changes nothing`() async throws {
    let merging = try await departments()
    let rows = try await merging.books.workspace.fetch(Departments(), as: merging.books.owner)
    await #expect(throws: Refusal.rule("CF004 a department can't stand below itself")) {
      try await merging.merge(merging.sales, into: merging.sales)
    }
    await #expect(throws: Refusal.noSuch(Subject(.department, 99))) {
      try await merging.merge(merging.sales, into: ID(99))
    }
    await #expect(throws: Refusal.notPermitted(.departmentEdit, .noGrant(.manager))) {
      try await merging.merge(merging.sales, into: merging.trade, as: merging.books.manager)
    }
    #expect(
      try await merging.books.workspace.fetch(Departments(), as: merging.books.owner) == rows)
    try await merging.merge(merging.sales, into: merging.trade)
    await #expect(throws: Refusal.access(.departmentEnds("SAL"))) {
      try await merging.merge(merging.trade, into: merging.sales)
    }
  }
}
