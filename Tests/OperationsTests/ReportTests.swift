import Domain
import Operations
import Store
import TestSupport
import Testing

/// Trial balance, register and journal: what people look at.
@Suite struct ReportTests {
  private static let november = Day("2026-11-02") ?? .first

  @Test func `the trial balance has equal totals and counts what is posted up to its day`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100_00, on: Self.november)
    try await books.post(40_00, debit: "6400", on: Self.november.adding(days: 10))
    try await books.workspace.perform(CreateEntry(books.entry(999_00)), as: books.employee)
    #expect(try await books.balances(on: Self.november.adding(days: -1)).isEmpty)
    #expect(try await books.balances(on: Self.november) == ["1120": -100_00, "6200": 100_00])
    let report = try await books.workspace.fetch(
      TrialBalanceReport(asOf: TestBooks.today), as: books.viewer)
    #expect(report.lines.map(\.number) == ["1120", "6200", "6400"])
    #expect(report.lines.map(\.path)[0] == "Assets:Cash and banks:Current account")
    #expect(try report.totalDebit() == Money(minorUnits: 140_00))
    #expect(try report.totalCredit() == Money(minorUnits: 140_00))
  }

  @Test func `known at a moment, the books show what they showed then`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(100_00, on: Self.november)
    let then = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.post(5_00, on: Self.november)
    try await books.workspace.perform(ReverseEntry(entry, reason: "A mistake."), as: books.owner)
    func known(_ moment: Timestamp?) async throws -> [Int64] {
      try await books.workspace.fetch(
        TrialBalanceReport(asOf: TestBooks.today, LedgerScope(knownAt: moment)), as: books.owner
      ).lines.map(\.balance.minorUnits)
    }
    #expect(try await known(then.adding(seconds: -1)) == [])
    #expect(try await known(then) == [-100_00, 100_00])
    #expect(try await known(books.clock.now) == [-5_00, 5_00])
    #expect(try await known(nil) == [-5_00, 5_00])
  }

  @Test func `a register known at a moment is counted, and read from its end, as it was then`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100, on: Self.november)
    let then = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.post(5, on: Self.november)
    try await books.post(7, on: Self.november.adding(days: 2))
    let (account, now) = (books.account("1120"), books.clock.now)
    func last(
      _ known: Timestamp, before row: RegisterPage.Row? = nil, limit: Int = 2
    ) async throws -> [RegisterPage.Row] {
      try await books.workspace.fetch(
        RegisterPage(
          account, in: RegisterScope(LedgerScope(knownAt: known)), before: row, limit: limit),
        as: books.owner)
    }
    #expect(try await last(then).map(\.balance.minorUnits) == [-100])
    let newest = try await last(now)
    #expect(newest.map(\.balance.minorUnits) == [-105, -112])
    #expect(try await last(now, before: newest[0]).map(\.balance.minorUnits) == [-100])
    #expect(try await last(then, before: newest[1]).map(\.amount.minorUnits) == [-100])
    func size(_ known: Timestamp, to day: Day = .last) async throws -> Int {
      try await books.workspace.fetch(
        RegisterSize(account, in: RegisterScope(to: day, LedgerScope(knownAt: known))),
        as: books.owner)
    }
    #expect(try await size(then) == 1)
    #expect(try await size(now) == 3)
    #expect(try await size(now, to: Self.november) == 2)
  }

  @Test func `a register known at a moment leaves out what was posted later`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, on: Self.november)
    let then = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.post(5, on: Self.november)
    try await books.post(7, on: Self.november.adding(days: 2))
    func balances(from: Day = .first, _ moment: Timestamp?) async throws -> [Int64] {
      try await books.workspace.fetch(
        RegisterPage(books.account("1120"), from: from, knownAt: moment), as: books.owner
      ).map(\.balance.minorUnits)
    }
    #expect(try await balances(then) == [-100])
    #expect(try await balances(nil) == [-100, -105, -112])
    let later = Self.november.adding(days: 1)
    #expect(try await balances(from: later, books.clock.now) == [-112])
    #expect(try await balances(from: later, then) == [])
  }

  @Test func `a register runs on over its pages, from any day`() async throws {
    let books = try await TestBooks.make()
    for day in 0..<7 { try await books.post(Int64(day + 1), on: Self.november.adding(days: day)) }
    let bank = books.account("1120")
    let whole = try await books.workspace.fetch(RegisterPage(bank), as: books.owner)
    #expect(whole.map(\.balance.minorUnits) == [-1, -3, -6, -10, -15, -21, -28])
    var paged: [RegisterPage.Row] = []
    while true {
      let page = try await books.workspace.fetch(
        RegisterPage(bank, after: paged.last?.key, limit: 3), as: books.owner)
      if page.isEmpty { break }
      paged += page
    }
    #expect(paged == whole)
    let later = try await books.workspace.fetch(
      RegisterPage(bank, from: Self.november.adding(days: 3), to: Self.november.adding(days: 4)),
      as: books.owner)
    #expect(later == Array(whole[3...4]))
  }

  @Test func `the journal turns its pages both ways without losing a row`() async throws {
    let books = try await TestBooks.make()
    for day in [3, 1, 2, 2, 5, 4, 2] {
      try await books.workspace.perform(
        CreateEntry(books.entry(1, on: Self.november.adding(days: day))), as: books.employee)
    }
    let whole = try await books.workspace.fetch(JournalPage(), as: books.owner)
    #expect(whole.map(\.name) == ["D-5", "D-6", "D-1", "D-7", "D-4", "D-3", "D-2"])
    let first = try await books.workspace.fetch(JournalPage(limit: 3), as: books.owner)
    let second = try await books.workspace.fetch(
      JournalPage(from: first.last?.key, limit: 3), as: books.owner)
    #expect(first + second == Array(whole.prefix(6)))
    let back = try await books.workspace.fetch(
      JournalPage(from: second.first?.key, .newer, limit: 3), as: books.owner)
    #expect(back == first)
    let drafts = try await books.workspace.fetch(JournalPage(.drafts), as: books.owner)
    #expect(drafts == whole)
    #expect(try await books.workspace.fetch(JournalPage(.posted), as: books.owner).isEmpty)
  }

  @Test func `what is searched for turns its pages both ways too, and is counted`() async throws {
    let books = try await TestBooks.make()
    for (amount, day) in [(1, 3), (2, 1), (30, 2), (4, 2), (5, 5), (60, 4), (7, 2)] {
      try await books.workspace.perform(
        CreateEntry(books.entry(Int64(amount), on: Self.november.adding(days: day))),
        as: books.employee)
    }
    let small = EntrySearch("amount<0.1")
    func page(
      _ key: JournalPage.Key? = nil, _ direction: JournalPage.Direction = .older
    ) async throws -> [EntryHead] {
      try await books.workspace.fetch(
        JournalPage(.drafts, small, from: key, direction, limit: 2), as: books.owner)
    }
    let first = try await page()
    #expect(first.map(\.name) == ["D-5", "D-1"])
    let second = try await page(first.last?.key)
    #expect(second.map(\.name) == ["D-7", "D-4"])
    #expect(try await page(second.last?.key).map(\.name) == ["D-2"])
    #expect(try await page(second.first?.key, .newer) == first)
    #expect(try await page(nil, .newer).map(\.name) == ["D-4", "D-2"])
    let size = try await books.workspace.fetch(JournalSize(.all, small), as: books.owner)
    #expect((size.entries, size.total?.minorUnits) == (5, 19))
    let none = try await books.workspace.fetch(JournalSize(.posted, small), as: books.owner)
    #expect((none.entries, none.total?.minorUnits) == (0, 0))
  }

  @Test func `rehearsing gives the result and leaves nothing, not even a record`() async throws {
    let books = try await TestBooks.make()
    let before = try await books.trail(1)
    let entered = try await books.workspace.simulate(
      CreateEntry(books.entry(100), then: .post), as: books.owner)
    #expect(entered.name == "GJ-2026-000001")
    #expect(try await books.trail(1) == before)
    #expect(try await books.workspace.fetch(JournalPage(), as: books.owner).isEmpty)
    try await books.post(100)
    #expect(
      try await books.workspace.fetch(JournalPage(), as: books.owner)[0].name
        == "GJ-2026-000001")
  }

  @Test func `who looks on sees a change as soon as it is there`() async throws {
    let books = try await TestBooks.make()
    var pages = books.workspace.observe(JournalPage(), as: books.viewer).makeAsyncIterator()
    #expect(try await pages.next()?.isEmpty == true)
    try await books.post(100)
    #expect(try await pages.next()?.map(\.name) == ["GJ-2026-000001"])
  }

  @Test func `an account is named by its number, its path or a name that only it has`()
    async throws
  {
    let books = try await TestBooks.make()
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.viewer)
    #expect(try chart.named("1120").number == "1120")
    #expect(try chart.named("assets:cash and banks:current account").number == "1120")
    #expect(try chart.named("Current account").number == "1120")
    #expect(throws: Refusal.noSuchNamed(kind: .account, name: "Rubbish")) {
      try chart.named("Rubbish")
    }
    try await books.post(100)
    let after = try await books.workspace.fetch(ChartOfAccounts(), as: books.viewer)
    let sums = try after.subtreeBalances()
    #expect(sums[books.account("1000")] == Money(minorUnits: -100))
  }
}

/// A page costs the same in books of any size, and a register's by the lines of its days.
@Suite struct PagingCostTests {
  @Test func `a page of a million rows takes as many steps as one of a thousand`() async throws {
    let books = try await TestBooks.make()
    for _ in 0..<20 { try await books.post(1) }
    try await books.dropTriggers(of: ["audit_logs", "journal_entries", "journal_lines"])
    try books.addRows(1_000)
    try books.addRecords(1_000)
    let small = try await Self.steps(books)
    try books.addRows(999_000)
    try books.addRecords(999_000)
    let large = try await Self.steps(books)
    for (name, steps) in large {
      let before = try #require(small[name])
      #expect(steps * 10 <= before * 11, "\(name): \(before) steps grew to \(steps)")
    }
  }

  private static func steps(_ books: TestBooks) async throws -> [String: Int64] {
    let middle = JournalPage.Key(date: TestBooks.today.adding(days: -2), entry: ID(500))
    let line = RegisterPage.Key(
      date: TestBooks.today, entry: ID(10), line: 10, balance: .zero)
    let all = EntrySearch("amount>=0")
    let bank = books.account("1120")
    func audit(
      of role: Role, before: Int64? = nil
    ) -> @Sendable (Snapshot) throws -> Int {
      let user = books.principal(role).user
      let person = Person(id: user, name: "Ada", role: role, departments: [books.department])
      let reach = Rights(person).reach(
        of: .auditRead, lists: [], in: Circumstances(TestBooks.start))
      let reader = Actor(user: user, name: role.title, reach: reach)
      return { try AuditPage(before: before).run(in: $0.read(by: reader)).count }
    }
    let queries: [(String, @Sendable (Snapshot) throws -> Int)] = [
      ("the newest page", { try JournalPage().run(in: $0).count }),
      ("a page from the middle", { try JournalPage(from: middle).run(in: $0).count }),
      ("a page back", { try JournalPage(from: middle, .newer).run(in: $0).count }),
      ("drafts", { try JournalPage(.drafts, from: middle).run(in: $0).count }),
      ("drafts back", { try JournalPage(.drafts, from: middle, .newer).run(in: $0).count }),
      ("what is found", { try JournalPage(.all, all, from: middle).run(in: $0).count }),
      ("the same back", { try JournalPage(.all, all, from: middle, .newer).run(in: $0).count }),
      ("the register", { try RegisterPage(bank, after: line).run(in: $0).count }),
      ("the audit log", audit(of: .owner)),
      ("the audit log of a department", audit(of: .manager)),
      ("the same, from the middle", audit(of: .manager, before: 400)),
      ("one's own audit log", audit(of: .employee)),
    ]
    var steps: [String: Int64] = [:]
    for (name, query) in queries {
      steps[name] = try await books.store.snapshot(of: books.business, as: .system) {
        let rows = try query($0)
        #expect(rows == 100, "\(name)")
        return $0.usage.steps
      }
    }
    return steps
  }
}

extension TestBooks {
  /// Drafts on four days, the last of which is today, and from today on a thousand lines a day on
  /// the first twenty entries, which are posted: by hand, as no command could make a million in a
  /// test's time.
  func addRows(_ count: Int) throws {
    try store.script(
      """
      PRAGMA foreign_keys = OFF;
      UPDATE temp.scope SET business_id = \(business.value);
      INSERT INTO journal_entries (business_id, draft_number, entry_date, description, created_at)
      WITH RECURSIVE counted (n) AS (
        SELECT max(draft_number) + 1 FROM journal_entries
        UNION ALL
        SELECT n + 1 FROM counted
        LIMIT \(count))
      SELECT \(business.value), n, date('\(TestBooks.today.text)', (n % 4 - 3) || ' days'), 'Draft', 0
      FROM counted;
      INSERT INTO journal_lines (business_id, entry_id, line_number, account_id, entry_date,
        currency, debit, base_debit)
      WITH RECURSIVE counted (n) AS (
        SELECT 20 * (SELECT max(line_number) FROM journal_lines)
        UNION ALL
        SELECT n + 1 FROM counted
        LIMIT \(count))
      SELECT \(business.value), n % 20 + 1, n / 20 + 1, \(account("1120").value),
        date('\(TestBooks.today.text)', (n / 1000) || ' days'), 'USD', 1, 1
      FROM counted;
      """)
  }

  /// Records of the audit log: the first half by the manager and the employee in turns, the second
  /// by the director, whom neither of them sees.
  func addRecords(_ count: Int) throws {
    func user(_ role: Role) -> Int64 { principal(role).user.value }
    try store.script(
      """
      UPDATE temp.scope SET business_id = \(business.value);
      INSERT INTO audit_logs (business_id, sequence, at, event_type, operation, resource_type,
        actor_id, actor_name, status, previous_hash, hash)
      WITH RECURSIVE counted (n) AS (
        SELECT 1
        UNION ALL
        SELECT n + 1 FROM counted
        LIMIT \(count)),
      newest (sequence) AS MATERIALIZED (
        SELECT max(sequence) FROM audit_logs WHERE business_id = \(business.value))
      SELECT \(business.value), newest.sequence + n, 0, 'create', 'journal.create',
        'journal_entry',
        CASE WHEN n > \(count) / 2 THEN \(user(.director)) WHEN n % 2 THEN \(user(.manager))
          ELSE \(user(.employee)) END,
        '', 'success', printf('%064d', 0), printf('%064d', 0)
      FROM counted, newest;
      """)
  }
}
