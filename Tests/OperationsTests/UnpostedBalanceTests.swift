import Domain
import Operations
import Store
import TestSupport
import Testing

/// What entries that aren't posted would move, beside a trial balance that doesn't count them.
@Suite struct UnpostedBalanceTests {
  private static let today = TestBooks.today

  private func unposted(
    _ books: TestBooks, on day: Day = today, _ basis: LedgerScope.Basis = .postClosing,
    department: ID<Department>? = nil, currency: TrialBalanceReport.Currency = .base,
    as who: Principal? = nil
  ) async throws -> UnpostedBalances.Value {
    try await books.workspace.fetch(
      UnpostedBalances(asOf: day, basis, department: department, currency: currency),
      as: who ?? books.owner)
  }

  /// `6200 20`, in minor units.
  private func lines(_ value: UnpostedBalances.Value) -> [String] {
    value.lines.map { "\($0.number) \($0.balance.minorUnits)" }
  }

  @discardableResult
  private func draft(
    _ content: EntryContent, in books: TestBooks, as who: Principal? = nil
  ) async throws -> ID<Entry> {
    try await books.workspace.perform(CreateEntry(content), as: who ?? books.owner).entry
  }

  @Test func `drafts up to a day are counted and added up, and the trial balance stays as it is`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100)
    #expect(try await unposted(books).entries == 0)
    try await draft(books.entry(20), in: books, as: books.employee)
    try await draft(books.entry(5, debit: "6250"), in: books)
    try await draft(books.entry(7, on: Self.today.adding(days: 1)), in: books)
    let found = try await unposted(books)
    #expect(found.entries == 2 && found.unvalued == 0)
    #expect(lines(found) == ["1120 -25", "6200 20", "6250 5"])
    #expect(found.lines.map(\.currency) == ["USD", "USD", "USD"])
    #expect(try await books.balances(on: Self.today) == ["1120": -100, "6200": 100])
    let tomorrow = try await unposted(books, on: Self.today.adding(days: 1))
    #expect(tomorrow.entries == 3 && lines(tomorrow) == ["1120 -32", "6200 27", "6250 5"])
  }

  @Test func `what costs of an earlier year would move is earnings of that`() async throws {
    let books = try await TestBooks.make()
    let day = try #require(Day("2025-12-31"))
    try await draft(books.entry(8, on: day), in: books)
    let found = try await unposted(books)
    #expect(lines(found) == ["1120 -8", " 8"])
    #expect(found.lines.last?.item == .earlierEarnings)
  }

  @Test func `what waits for approval counts, and so does what is approved, until it is posted`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    let entry = try await books.workspace.perform(
      CreateEntry(books.entry(6_000), then: .submit), as: books.employee
    ).entry
    func status() async throws -> EntryStatus? {
      try await books.entries().first { $0.id == entry }?.status
    }
    #expect(try await status() == .pendingApproval)
    #expect(try await lines(unposted(books)) == ["1120 -6000", "6200 6000"])
    try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    let isPosted = try await status() == .posted
    #expect(try await unposted(books).entries == (isPosted ? 0 : 1))
    if !isPosted { try await books.workspace.perform(PostEntry(entry), as: books.director) }
    #expect(try await unposted(books).entries == 0)
  }

  @Test func `the basis leaves out what it leaves out of the trial balance`() async throws {
    let books = try await TestBooks.make()
    var accrual = books.entry(30, debit: "6250", credit: "2130")
    accrual.type = .adjusting
    try await draft(accrual, in: books)
    try await draft(books.entry(4), in: books)
    #expect(try await lines(unposted(books, .unadjusted)) == ["1120 -4", "6200 4"])
    #expect(try await unposted(books, .unadjusted).entries == 1)
    let all = ["1120 -4", "2130 -30", "6200 4", "6250 30"]
    #expect(try await lines(unposted(books, .adjusted)) == all)
    #expect(try await lines(unposted(books)) == all)
  }

  @Test func `of a department its lines count, with those of the departments below it`()
    async throws
  {
    let books = try await TestBooks.make()
    let below = try await books.department("PAY", under: books.department)
    for (amount, department) in [(3, books.department), (50, below)] {
      var content = books.entry(Int64(amount))
      content.lines[0].department = department
      try await draft(content, in: books)
    }
    try await draft(books.entry(700), in: books)
    let found = try await unposted(books, department: books.department)
    #expect(found.entries == 2 && lines(found) == ["6200 53"])
    #expect(try await lines(unposted(books, department: below)) == ["6200 50"])
  }

  @Test func `each currency stands in its own amounts, or in the base currency`() async throws {
    let books = try await TestBooks.make()
    let euros = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 10_00),
      base: Money(minorUnits: 10_80))
    try await draft(
      EntryContent(
        date: Self.today, description: "Euros", lines: [euros, books.line("1120", -10_80)]),
      in: books)
    #expect(try await lines(unposted(books)) == ["1120 -1080", "1140 1080"])
    let own = try await unposted(books, currency: .transaction)
    #expect(lines(own) == ["1120 -1080", "1140 1000"])
    #expect(own.lines.map(\.currency) == ["USD", "EUR"])
  }

  @Test func `a draft is shown to whoever sees it in the journal, and to nobody else`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    try await draft(books.entry(1), in: books)
    try await draft(books.entry(20, debit: "6100"), in: books)
    var theirs = books.entry(300)
    theirs.lines = theirs.lines.map { line in
      var line = line
      line.department = sales
      return line
    }
    try await draft(theirs, in: books)
    let all = try await unposted(books, as: books.manager)
    #expect(lines(all) == ["1120 -321", "6100 20", "6200 301"])
    for thing in [
      Thing(.account, books.account("6100").value), Thing(.department, sales.value),
    ] {
      try await books.workspace.perform(
        AddToList(
          NewListRow(.user(books.director.user), .write, of: thing, reason: "Pay and sales")),
        as: books.owner)
    }
    for (reader, entries, expected) in [
      (books.manager, 1, ["1120 -1", "6200 1"]), (books.employee, 1, ["1120 -1", "6200 1"]),
      (books.director, 3, ["1120 -321", "6100 20", "6200 301"]),
    ] {
      let found = try await unposted(books, as: reader)
      #expect(found.entries == entries && lines(found) == expected, "\(reader.user)")
      let listed = try await books.workspace.fetch(JournalPage(.drafts), as: reader)
      #expect(listed.count == entries, "\(reader.user)")
    }
  }
}
