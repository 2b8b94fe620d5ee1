import Domain
import Operations
import Store
import TestSupport
import Testing

/// The chart as a tree, and what may be put away of it (RULES §3.2, R6, R7, R11).
@Suite struct AccountTreeTests {
  private func chart(_ books: TestBooks) async throws -> [ChartOfAccounts.Row] {
    try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
  }

  private func row(_ number: String, in books: TestBooks) async throws -> ChartOfAccounts.Row {
    try #require(try await chart(books).first { $0.number == number })
  }

  private func move(_ number: String, under parent: String?, in books: TestBooks) async throws {
    let row = try await row(number, in: books)
    try await books.workspace.perform(
      MoveAccount(row.id, under: parent.map(books.account), version: row.version),
      as: books.director)
  }

  @Test func `an account moves with all below it, after posting too`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1310", credit: "1120")
    try await move("1300", under: "1100", in: books)
    let stock = try await row("1310", in: books)
    #expect(stock.path == "Assets:Cash and banks:Stock:Goods in the warehouse")
    #expect(stock.level == 3)
    let sums = try await chart(books).subtreeBalances()
    #expect(sums[books.account("1100")] == Money(minorUnits: 0))
    try await move("1300", under: nil, in: books)
    let moved = try await row("1300", in: books)
    #expect(moved.level == 0 && moved.parent == nil)
    #expect(try await chart(books).subtreeBalances()[moved.id] == Money(minorUnits: 100))
    #expect(try await books.trail(1).first?.operation == "account.move")
  }

  @Test func `an account stands neither below itself, nor another class, nor too deep`()
    async throws
  {
    let books = try await TestBooks.make()
    for (number, parent, problem) in [
      ("1000", "1000", .belowItself), ("1000", "1100", .belowItself),
      ("1110", "2100", .parentOfOtherClass(.liability)),
      ("6200", "4000", .parentOfOtherClass(.revenue)),
    ] as [(String, String, AccountProblem)] {
      await #expect(throws: Refusal.account(problem), "\(number) under \(parent)") {
        try await move(number, under: parent, in: books)
      }
    }
    var parent = books.account("1100")
    // 1000 and 1100 are two of eight levels.
    for number in 1...6 {
      parent = try await books.workspace.perform(
        CreateAccount(
          AccountContent(
            number: "110\(number)", name: "L\(number)", parent: parent, type: .asset,
            isHeader: true)), as: books.owner)
    }
    #expect(try await row("1106", in: books).level == 7)
    let ninth = AccountContent(number: "1107", name: "L7", parent: parent, type: .asset)
    await #expect(throws: Refusal.account(.tooDeep)) {
      try await books.workspace.perform(CreateAccount(ninth), as: books.owner)
    }
    // 1300 has a level below it.
    let deep = try await row("1105", in: books)
    let stock = try await row("1300", in: books)
    await #expect(throws: Refusal.account(.tooDeep)) {
      try await books.workspace.perform(
        MoveAccount(stock.id, under: deep.id, version: stock.version), as: books.owner)
    }
    #expect(try await chart(books).headings(for: stock).contains { $0.number == "1104" })
    #expect(try await !chart(books).headings(for: stock).contains { $0.number == "1105" })
  }

  @Test func `the headings for an account are those of its class that aren't below it`()
    async throws
  {
    let books = try await TestBooks.make()
    let chart = try await chart(books)
    let equity = try #require(chart.first { $0.number == "3000" })
    #expect(chart.headings(for: equity) == [])
    let loans = try #require(chart.first { $0.number == "2300" })
    #expect(chart.headings(for: loans).map(\.number) == ["2000", "2100", "2200"])
    try await books.workspace.perform(
      CreateAccount(
        AccountContent(number: "2400", name: "Others", type: .liability, isHeader: true)),
      as: books.owner)
    let archived = try await row("2400", in: books)
    try await books.workspace.perform(ArchiveAccount(archived.id), as: books.owner)
    #expect(
      try await self.chart(books).headings(for: loans).map(\.number) == ["2000", "2100", "2200"])
  }

  @Test func `somebody who was faster isn't overwritten`() async throws {
    let books = try await TestBooks.make()
    let row = try await row("6200", in: books)
    try await move("6200", under: "7000", in: books)
    await #expect(throws: Refusal.changedMeanwhile) {
      try await books.workspace.perform(
        MoveAccount(row.id, under: nil, version: row.version), as: books.owner)
    }
    await #expect(throws: Refusal.notPermitted(.accountEdit, .noGrant(.manager))) {
      try await books.workspace.perform(
        MoveAccount(row.id, under: nil, version: row.version + 1), as: books.manager)
    }
  }

  @Test func `the accounts that take another's lines are alike in all that lines depend on`()
    async throws
  {
    let chart = try await chart(try await TestBooks.make())
    let debts = try #require(chart.first { $0.number == "6800" })
    let twins = chart.twins(of: debts).map(\.number)
    #expect(twins.contains("6400") && twins.contains("6700"))
    for other in ["6800", "6000", "5400", "4800"] { #expect(!twins.contains(other), "\(other)") }
  }

  @Test func `an account that is written on a schedule isn't archived until that has ended`()
    async throws
  {
    let books = try await TestBooks.make()
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(500, debit: "6400")), as: books.owner
    ).entry
    let template = try await books.workspace.perform(
      SaveTemplate("Ads", of: draft), as: books.owner)
    try await books.workspace.perform(DiscardEntry(draft), as: books.owner)
    func script(_ sql: String) throws {
      try books.store.script(
        "UPDATE temp.scope SET business_id = \(books.business.value); \(sql)")
    }
    try script(
      """
      INSERT INTO recurring_schedules (business_id, template_id, rule, start_on, created_by,
        created_at)
      VALUES (\(books.business.value), \(template.value), 'monthly', '2026-12-01',
        \(books.owner.user.value), 1)
      """)
    await #expect(throws: Refusal.account(.recurs("Ads"))) {
      try await books.workspace.perform(ArchiveAccount(books.account("6400")), as: books.owner)
    }
    try script("UPDATE recurring_schedules SET status = 'paused'")
    try await books.workspace.perform(ArchiveAccount(books.account("6400")), as: books.owner)
    #expect(try await row("6400", in: books).status == "inactive")
  }

  @Test func `what has others in use below it is neither archived nor taken away`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.account(.hasBelow("3100 Share capital"))) {
      try await books.workspace.perform(ArchiveAccount(books.account("3000")), as: books.owner)
    }
    await #expect(throws: Refusal.account(.hasBelow("3100 Share capital"))) {
      try await books.workspace.perform(RemoveAccount(books.account("3000")), as: books.owner)
    }
  }
}
