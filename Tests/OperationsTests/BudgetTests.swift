import Domain
import Operations
import Store
import TestSupport
import Testing

/// What is planned for departments, and who may (RULES R36, §4.9).
@Suite struct BudgetTests {
  private func period(_ name: String, in books: TestBooks) async throws -> ID<Period> {
    try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == name }
    ).id
  }

  private func content(
    _ minorUnits: Int64, of account: String = "6200", for department: ID<Department>?,
    _ edition: BudgetEdition = .original, note: String = "", in books: TestBooks
  ) async throws -> BudgetContent {
    BudgetContent(
      account: books.account(account), department: department,
      period: try await period("2026-11", in: books), edition: edition,
      amount: Money(minorUnits: minorUnits), note: note)
  }

  private func budgets(
    _ books: TestBooks, as who: Principal? = nil
  ) async throws -> [Budgets.Row] {
    try await books.workspace.fetch(Budgets(), as: who ?? books.owner)
  }

  /// A line on `number` in `department`, and the other in none.
  private func post(
    _ minorUnits: Int64, on number: String = "6200", in department: ID<Department>?,
    day: Day = TestBooks.today, _ books: TestBooks
  ) async throws {
    var content = books.entry(minorUnits, debit: number, on: day)
    content.lines[0].department = department
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
  }

  @Test func `what is used is what was posted in the department and below it`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let export = try await books.department("EXP", under: sales)
    for (department, amount) in [(sales, 10_000), (export, 5_000), (nil, 50_000)]
      as [(ID<Department>?, Int64)]
    {
      let budget = try await content(amount, for: department, in: books)
      _ = try await books.workspace.perform(SetBudget(budget), as: books.owner)
    }
    try await post(4_000, in: sales, books)
    try await post(7_001, in: export, books)
    try await post(900, in: books.department, books)
    try await post(100, in: nil, books)
    // Neither another account, nor a draft.
    try await post(300, on: "6100", in: sales, books)
    var draft = books.entry(800)
    draft.lines[0].department = sales
    try await books.workspace.perform(CreateEntry(draft), as: books.owner)
    let rows = try await budgets(books)
    #expect(rows.map(\.code) == [nil, "EXP", "SAL"])
    #expect(rows.map(\.used.minorUnits) == [12_001, 7_001, 11_001])
    #expect(rows.map(\.left.minorUnits) == [37_999, -2_001, -1_001])
    let one = try await books.workspace.fetch(Budgets(department: export), as: books.owner)
    #expect(one.map(\.code) == ["EXP"])
    let whole = try await books.workspace.fetch(
      Budgets(ofWholeBusinessIn: nil), as: books.owner)
    #expect(whole.map(\.code) == [nil] && whole.map(\.amount.minorUnits) == [50_000])
    let later = try await period("2026-12", in: books)
    #expect(try await books.workspace.fetch(Budgets(period: later), as: books.owner) == [])
  }

  @Test func `income is planned positive too and kept on its side`() async throws {
    let books = try await TestBooks.make()
    let budget = try await content(9_000, of: "4100", for: books.department, in: books)
    _ = try await books.workspace.perform(SetBudget(budget), as: books.owner)
    var sale = books.entry(2_500, debit: "1120", credit: "4100")
    sale.lines[1].department = books.department
    try await books.workspace.perform(CreateEntry(sale, then: .post), as: books.owner)
    let row = try #require(try await budgets(books).first)
    #expect(row.amount.minorUnits == 9_000 && row.used.minorUnits == 2_500)
    #expect(row.left.minorUnits == 6_500)
    let kept = try await books.workspace.store.snapshot(of: books.business, as: .system) {
      try $0.one(Money.self, "SELECT amount FROM budgets WHERE business_id = :business")
    }
    #expect(kept.minorUnits == -9_000)
  }

  @Test func `a draft is planned anew, an approved budget never`() async throws {
    let books = try await TestBooks.make()
    let first = try await content(5_000, for: books.department, in: books)
    let id = try await books.workspace.perform(SetBudget(first), as: books.director)
    let seen = try #require(try await budgets(books).first)
    let second = try await content(6_000, for: books.department, note: "Rise", in: books)
    #expect(try await books.workspace.perform(SetBudget(second), as: books.manager) == id)
    await #expect(throws: Refusal.changedMeanwhile) {
      try await books.workspace.perform(SetBudget(first, changing: seen), as: books.director)
    }
    await #expect(throws: Refusal.changedMeanwhile) {
      try await books.workspace.perform(ApproveBudget(id, version: 1), as: books.owner)
    }
    try await books.workspace.perform(ApproveBudget(id, version: 2), as: books.owner)
    let row = try #require(try await budgets(books).first)
    #expect(row.status == .approved && row.approver == "Olive Owner" && row.note == "Rise")
    #expect(row.setter == "Max Manager" && row.amount.minorUnits == 6_000)
    await #expect(throws: Refusal.budget(.approved(.original))) {
      _ = try await books.workspace.perform(SetBudget(first), as: books.director)
    }
    await #expect(throws: Refusal.budget(.approved(.original))) {
      try await books.workspace.perform(ApproveBudget(id, version: 3), as: books.director)
    }
    let revised = try await content(7_000, for: books.department, .revised, in: books)
    _ = try await books.workspace.perform(SetBudget(revised), as: books.director)
    #expect(try await budgets(books).map(\.edition) == [.original, .revised])
    let record = try #require(
      try await books.trail(20).first { $0.operation == "budget.approve" && $0.errorCode == nil })
    #expect(record.outcome == .success)
  }

  @Test func `whoever said the amount doesn't approve it`() async throws {
    let books = try await TestBooks.make()
    let plan = try await content(5_000, for: books.department, in: books)
    let id = try await books.workspace.perform(SetBudget(plan), as: books.director)
    await #expect(throws: Refusal.notPermitted(.budgetApprove, .involved(.created))) {
      try await books.workspace.perform(ApproveBudget(id, version: 1), as: books.director)
    }
    // Another's note makes it nobody else's amount; another's amount does.
    let noted = try await content(5_000, for: books.department, note: "Fair", in: books)
    _ = try await books.workspace.perform(SetBudget(noted), as: books.owner)
    await #expect(throws: Refusal.notPermitted(.budgetApprove, .involved(.created))) {
      try await books.workspace.perform(ApproveBudget(id, version: 2), as: books.director)
    }
    let other = try await content(5_001, for: books.department, in: books)
    _ = try await books.workspace.perform(SetBudget(other), as: books.owner)
    await #expect(throws: Refusal.notPermitted(.budgetApprove, .involved(.created))) {
      try await books.workspace.perform(ApproveBudget(id, version: 3), as: books.owner)
    }
    try await books.workspace.perform(ApproveBudget(id, version: 3), as: books.director)
  }

  @Test func `a manager plans, sees and approves in their department up to their limit`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    try await books.limit(books.manager, to: 10_000)
    var ids: [ID<Budget>] = []
    for (department, amount) in [(books.department, 10_000), (sales, 500), (nil, 400)]
      as [(ID<Department>?, Int64)]
    {
      let plan = try await content(amount, for: department, in: books)
      ids.append(try await books.workspace.perform(SetBudget(plan), as: books.owner))
    }
    let dear = try await content(10_001, of: "6100", for: books.department, in: books)
    ids.append(try await books.workspace.perform(SetBudget(dear), as: books.owner))
    #expect(try await budgets(books, as: books.manager).map(\.id) == [ids[3], ids[0]])
    try await books.workspace.perform(ApproveBudget(ids[0], version: 1), as: books.manager)
    for (id, code) in [(ids[1], "department"), (ids[2], "department"), (ids[3], "limit")] {
      await #expect(throws: Refusal.self) {
        try await books.workspace.perform(ApproveBudget(id, version: 1), as: books.manager)
      }
      #expect(try await books.trail(1).first?.errorCode == code)
    }
    for department in [sales, nil] {
      let plan = try await content(100, for: department, .forecast, in: books)
      await #expect(throws: Refusal.self) {
        _ = try await books.workspace.perform(SetBudget(plan), as: books.manager)
      }
      #expect(try await books.trail(1).first?.errorCode == "department")
    }
    let own = try await content(100, for: books.department, .forecast, in: books)
    _ = try await books.workspace.perform(SetBudget(own), as: books.manager)
  }

  @Test func `who reads the trial balance and their own alone sees no plans of others`()
    async throws
  {
    let books = try await TestBooks.make()
    let plan = try await content(5_000, for: books.department, in: books)
    let id = try await books.workspace.perform(SetBudget(plan), as: books.director)
    #expect(try await budgets(books, as: books.employee) == [])
    #expect(try await budgets(books, as: books.viewer).map(\.id) == [id])
    await #expect(throws: Refusal.notPermitted(.budgetEdit, .noGrant(.employee))) {
      _ = try await books.workspace.perform(SetBudget(plan), as: books.employee)
    }
    _ = try await books.workspace.perform(
      Appoint(
        books.employee.user, to: DepartmentPost(.head, [.approveBudget]), in: books.department),
      as: books.owner)
    #expect(try await budgets(books, as: books.employee).map(\.id) == [id])
    try await books.workspace.perform(ApproveBudget(id, version: 1), as: books.employee)
  }

  @Test func `what won't do is refused in words`() async throws {
    let books = try await TestBooks.make()
    let opening = try await period("Opening", in: books)
    let good = try await content(5_000, for: books.department, in: books)
    let refused: [(BudgetContent, Refusal)] = [
      (
        try await content(-1, for: books.department, in: books), .budget(.negative)
      ),
      (
        try await content(1, of: "6000", for: books.department, in: books),
        .budget(.takesNoLines)
      ),
      (
        try await content(1, for: nil, note: String(repeating: "x", count: 501), in: books),
        .access(.tooLong(most: 500))
      ),
      (try await content(1, for: nil, note: "a\u{1b}b", in: books), .unseenCharacter("\u{1b}")),
      (
        BudgetContent(
          account: good.account, department: nil, period: opening, amount: good.amount),
        .noSuch(Subject(.period, opening.value))
      ),
      (
        BudgetContent(
          account: good.account, department: ID(99), period: good.period, amount: good.amount),
        .noSuch(Subject(.department, 99))
      ),
    ]
    for (content, refusal) in refused {
      await #expect(throws: refusal) {
        _ = try await books.workspace.perform(SetBudget(content), as: books.owner)
      }
    }
    #expect(try await budgets(books) == [])
    _ = try await books.workspace.perform(SetBudget(good), as: books.owner)
    await #expect(throws: Refusal.account(.everUsed)) {
      try await books.workspace.perform(RemoveAccount(good.account), as: books.owner)
    }
  }

  /// RULES R11: what is planned for it in a period to come keeps it in use.
  @Test func `an account isn't archived while something is planned for it`() async throws {
    let books = try await TestBooks.make()
    let (rent, wages) = (books.account("6200"), books.account("6100"))
    let (now, ahead) = (
      try await period("2026-11", in: books), try await period("2026-12", in: books)
    )
    for (account, period, amount) in [(rent, ahead, 1), (wages, ahead, 0), (wages, now, 1)]
      as [(ID<Account>, ID<Period>, Int64)]
    {
      let budget = BudgetContent(
        account: account, department: nil, period: period, amount: Money(minorUnits: amount))
      _ = try await books.workspace.perform(SetBudget(budget), as: books.owner)
    }
    await #expect(throws: Refusal.account(.budgeted("2026-12"))) {
      try await books.workspace.perform(ArchiveAccount(rent), as: books.owner)
    }
    try await books.workspace.perform(ArchiveAccount(wages), as: books.owner)
    books.clock.advance(seconds: 8 * 86_400)
    let owner = try await books.signedInAnew(.owner).owner
    try await books.workspace.perform(ArchiveAccount(rent), as: owner)
  }

  /// RULES R37: what is past reads as it did.
  @Test func `a department that was removed keeps what was planned before, and nothing ahead`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    for (name, amount) in [("2026-11", 100), ("2026-12", 7)] as [(String, Int64)] {
      let budget = BudgetContent(
        account: books.account("6200"), department: sales,
        period: try await period(name, in: books), amount: Money(minorUnits: amount))
      _ = try await books.workspace.perform(SetBudget(budget), as: books.owner)
    }
    try await books.workspace.perform(RemoveDepartment(sales), as: books.owner)
    #expect(try await budgets(books).map(\.amount.minorUnits) == [100])
    let anew = try await content(200, for: sales, .revised, in: books)
    await #expect(throws: Refusal.noSuch(Subject(.department, sales.value))) {
      _ = try await books.workspace.perform(SetBudget(anew), as: books.owner)
    }
    try await books.workspace.perform(RestoreDepartment(sales), as: books.owner)
    #expect(try await budgets(books).map(\.amount.minorUnits) == [100, 7])
  }
}
