import Domain
import Operations
import Store
import TestSupport
import Testing

/// What lists and sums show to somebody who doesn't see everything.
@Suite struct SightTests {
  /// An entry as it was made.
  struct Made {
    let id: ID<Entry>
    let content: EntryContent
    let creator: ID<User>
    let isPosted: Bool
  }

  @Test func `the journal lists what may be read one by one, and sums add up that and no more`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    var chance = SeededChance(seed: 7)
    let made = try await Self.entries(in: books, [books.department, sales], using: &chance)
    var (shown, hidden) = (0, 0)
    for round in 0..<40 {
      for _ in 0..<3 { try await Self.change(books, sales, made, using: &chance) }
      for reader in [books.employee, books.manager, books.director, books.viewer] {
        let listed = try await Self.listed(in: books, as: reader)
        var readable: [Made] = []
        for entry in made {
          let answer = try await books.workspace.fetch(
            ExplainAccess(.journalRead, of: reader.user, on: .entry(entry.id)), as: books.owner)
          if answer.decision.isAllowed { readable.append(entry) }
          #expect(
            listed.contains(entry.id) == answer.decision.isAllowed,
            "round \(round), \(reader.user): \(answer.decision.trace)")
        }
        (shown, hidden) = (shown + readable.count, hidden + made.count - readable.count)
        if reader == books.director {
          let sums = Self.sums(readable, in: books)
          #expect(try await Self.balances(books, as: reader) == sums, "round \(round)")
        }
      }
      books.clock.advance(seconds: 60)
    }
    #expect(shown > 1_000 && hidden > 500, "\(shown) shown, \(hidden) hidden")
  }

  @Test func `the chart lists what may be read one by one, and no more`() async throws {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    var chance = SeededChance(seed: 8)
    let made = try await Self.entries(in: books, [books.department, sales], using: &chance)
    let all = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    var (shown, hidden) = (0, 0)
    for round in 0..<25 {
      for _ in 0..<4 {
        try await Self.change(
          books, sales, made, of: ["account.read", "account.*", "*"], using: &chance)
      }
      for reader in [books.employee, books.manager, books.director] {
        var listed: Set<ID<Account>> = []
        do {
          listed = Set(try await books.workspace.fetch(ChartOfAccounts(), as: reader).map(\.id))
        } catch Refusal.notPermitted(.accountRead, _) {}
        for account in all {
          let answer = try await books.workspace.fetch(
            ExplainAccess(.accountRead, of: reader.user, on: .account(account.id)),
            as: books.owner)
          let isReadable = answer.decision.isAllowed
          (shown, hidden) = (shown + (isReadable ? 1 : 0), hidden + (isReadable ? 0 : 1))
          #expect(
            listed.contains(account.id) == isReadable,
            "round \(round), \(reader.user), \(account.number): \(answer.decision.trace)")
        }
      }
      books.clock.advance(seconds: 60)
    }
    #expect(shown > 500 && hidden > 200, "\(shown) shown, \(hidden) hidden")
  }

  @Test func `a manager takes out of the books what their department did, and what they made`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    func post(_ amount: Int64, _ department: ID<Department>?, as who: Principal) async throws {
      var content = books.entry(amount)
      content.lines = content.lines.map { line in
        var line = line
        line.department = department
        return line
      }
      try await books.workspace.perform(CreateEntry(content, then: .post), as: who)
    }
    try await post(1, books.department, as: books.owner)
    try await post(20, sales, as: books.owner)
    try await post(300, nil, as: books.owner)
    try await post(4_000, nil, as: books.employee)
    try await post(50_000, sales, as: books.manager)
    func taken(_ who: Principal) async throws -> Int {
      try await books.workspace.perform(ExportJournal(to: "out"), as: who).journal.entries.count
    }
    #expect(try await taken(books.manager) == 3)
    #expect(try await taken(books.owner) == 5)
    let export = try await books.workspace.perform(ExportJournal(to: "out"), as: books.manager)
    #expect(export.remarks == ["Only entries that Max Manager may export are in it."])
  }

  @Test func `an account with a list is only for who is on it, and so is what it is part of`()
    async throws
  {
    let books = try await TestBooks.make()
    let secret = try await books.post(100, debit: "6100")
    let plain = try await books.post(200)
    let row = NewListRow(
      .user(books.director.user), .write, of: Thing(.account, books.account("6100").value),
      reason: "Pay")
    let id = try await books.workspace.perform(AddToList(row), as: books.owner)
    func listed(_ reader: Principal) async throws -> [ID<Entry>] {
      try await books.workspace.fetch(JournalPage(), as: reader).map(\.id)
    }
    #expect(try await listed(books.employee) == [plain])
    #expect(try await listed(books.director) == [plain, secret])
    // Owners pass, and so does who reads the whole audit log.
    #expect(try await listed(books.owner) == [plain, secret])
    #expect(try await listed(books.viewer) == [plain, secret])
    await #expect(throws: Refusal.noSuch(.entry(secret))) {
      try await books.workspace.fetch(EntryDetail(secret), as: books.employee)
    }
    let accounts = try await books.workspace.fetch(ChartOfAccounts(), as: books.employee)
    #expect(!accounts.contains { $0.number == "6100" })
    #expect(accounts.contains { $0.number == "6200" })
    #expect(try await Self.balances(books, as: books.employee) == ["1120": -200, "6200": 200])
    try await books.workspace.perform(RemoveFromList(id, reason: "Over"), as: books.owner)
    #expect(try await listed(books.employee) == [plain, secret])
  }

  @Test func `what stands under a heading that one doesn't see stands at the edge, and adds up`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "6100")
    try await books.post(200)
    let all = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    let rent = try #require(all.first { $0.number == "6200" })
    let heading = try #require(rent.parent)
    #expect(rent.level > 0)
    for (account, who) in [(heading, books.director), (rent.id, books.employee)] {
      _ = try await books.workspace.perform(
        AddToList(
          NewListRow(
            .user(who.user), .write, of: Thing(.account, account.value), reason: "Pay")),
        as: books.owner)
    }
    let seen = try await books.workspace.fetch(ChartOfAccounts(), as: books.employee)
    #expect(!seen.contains { $0.id == heading || $0.number == "6100" })
    let row = try #require(seen.first { $0.id == rent.id })
    #expect(row.level == 0 && row.path == "Rent" && row.balance.minorUnits == 200)
    let report = try await books.workspace.fetch(
      TrialBalanceReport(asOf: TestBooks.today), as: books.employee)
    #expect(report.lines.map(\.number) == ["1120", "6200"])
    #expect(report.lines.map(\.balance.minorUnits) == [-200, 200])
    #expect(report.lines.last?.path == "Rent")
    #expect(try report.totalDebit() == report.totalCredit())
  }

  // MARK: Random books and random rights

  static let numbers = ["1120", "1110", "6200", "6100", "4100", "6300"]

  static func entries(
    in books: TestBooks, _ departments: [ID<Department>], count: Int = 30,
    using chance: inout SeededChance
  ) async throws -> [Made] {
    var made: [Made] = []
    for _ in 0..<count {
      let who =
        [books.owner, books.director, books.manager, books.employee]
        .randomElement(using: &chance) ?? books.owner
      let pair = numbers.shuffled(using: &chance).prefix(2)
      var content = books.entry(
        Int64.random(in: 1...10, using: &chance) * 100, debit: pair[0], credit: pair[1])
      content.lines = content.lines.map { line in
        var line = line
        line.department = ([nil] + departments).randomElement(using: &chance) ?? nil
        return line
      }
      let isPosted = Bool.random(using: &chance)
      let entry = try await books.workspace.perform(
        CreateEntry(content, then: isPosted ? .post : .keepDraft), as: who)
      made.append(
        Made(id: entry.entry, content: content, creator: who.user, isPosted: isPosted))
    }
    return made
  }

  /// Gives, forbids or lists something for a minute.
  private static func change(
    _ books: TestBooks, _ sales: ID<Department>, _ made: [Made],
    of patterns: [String] = ["journal.read", "journal.*"], using chance: inout SeededChance
  ) async throws {
    let end = books.clock.now.adding(seconds: 60)
    let who = [books.employee, books.manager, books.director].randomElement(using: &chance)
    let user = (who ?? books.employee).user
    let account = Thing(.account, books.account(numbers.randomElement(using: &chance) ?? "").value)
    let entry = Thing(.entry, made.randomElement(using: &chance)?.id.value ?? 0)
    guard Int.random(in: 0..<3, using: &chance) > 0 else {
      let party: [Protection.Party] = [
        .user(user), .role(.manager), .department(books.department), .role(.director),
      ]
      var row = NewListRow(
        party.randomElement(using: &chance) ?? .user(user),
        [AccessLevel.none, .read, .write].randomElement(using: &chance) ?? .read,
        of: [account, entry, Thing(.department, sales.value)].randomElement(using: &chance)
          ?? entry,
        reason: "Test")
      row.end = end
      _ = try await books.workspace.perform(AddToList(row), as: books.owner)
      return
    }
    let conditions = [
      "{}", "{\"own_only\":true}", "{\"amount_min\":500}", "{\"amount_max\":500}",
      "{\"departments\":[\(books.department.value)]}", "{\"departments\":[\(sales.value)]}",
      "{\"accounts\":[\(account.id)]}", "{\"account_classes\":[\"expense\",\"revenue\"]}",
      "{\"entry_types\":[\"standard\"]}", "{\"sources\":[\"import\"]}", "{\"periods\":[\"open\"]}",
      "{\"weekdays\":[1,2]}", "{\"hours\":[0,11]}",
    ]
    var grant = NewGrant(
      Int.random(in: 0..<4, using: &chance) == 0 ? .allow : .deny,
      patterns.randomElement(using: &chance) ?? "", to: user, reason: "Test")
    grant.conditions = conditions.randomElement(using: &chance) ?? "{}"
    if grant.conditions == "{}", Bool.random(using: &chance) {
      grant.thing = Bool.random(using: &chance) ? account : entry
    }
    grant.end = end
    _ = try await books.workspace.perform(GrantPermission(grant), as: books.owner)
  }

  /// Nothing where somebody is shut out of the journal as such.
  private static func listed(
    in books: TestBooks, as reader: Principal
  ) async throws -> Set<ID<Entry>> {
    do {
      return Set(
        try await books.workspace.fetch(JournalPage(limit: 1_000), as: reader).map(\.id))
    } catch Refusal.notPermitted(.journalRead, _) { return [] }
  }

  private static func balances(
    _ books: TestBooks, as reader: Principal
  ) async throws -> [String: Int64] {
    let report = try await books.workspace.fetch(TrialBalanceReport(asOf: .last), as: reader)
    return Dictionary(
      uniqueKeysWithValues: report.lines.map { ($0.number, $0.balance.minorUnits) })
  }

  private static func sums(_ made: [Made], in books: TestBooks) -> [String: Int64] {
    var sums: [String: Int64] = [:]
    for line in made.filter(\.isPosted).flatMap(\.content.lines) {
      let number = books.accounts.first { $0.value == line.account }?.key ?? ""
      sums[number, default: 0] += line.amount.minorUnits
    }
    return sums.filter { $0.value != 0 }
  }
}

extension TestBooks {
  /// A department of its own.
  func department(_ code: String, under parent: ID<Department>?) async throws -> ID<Department> {
    try await workspace.store.change(in: business, as: .system) { change in
      try change.insert(
        Department.self,
        """
        INSERT INTO departments (business_id, parent_id, code, name, type, created_at)
        VALUES (:business, :parent, :code, :code, 'other', :now)
        """, ["parent": parent, "code": code, "now": change.now])
    }
  }
}
