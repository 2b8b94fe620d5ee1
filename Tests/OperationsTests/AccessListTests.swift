import Domain
import Operations
import Store
import TestSupport
import Testing

/// The lists of single things (RULES §4.2, 5).
@Suite struct AccessListTests {
  private func add(
    _ books: TestBooks, _ party: Protection.Party, _ level: AccessLevel, of thing: Thing,
    as who: Principal? = nil, _ adjust: (inout NewListRow) -> Void = { _ in }
  ) async throws -> ID<Protection> {
    var row = NewListRow(party, level, of: thing, reason: "Pay")
    adjust(&row)
    return try await books.workspace.perform(AddToList(row), as: who ?? books.owner)
  }

  private func account(_ books: TestBooks, _ number: String) -> Thing {
    Thing(.account, books.account(number).value)
  }

  @Test func `whoever isn't on an account's list neither writes to it nor moves it`() async throws {
    let books = try await TestBooks.make()
    _ = try await add(
      books, .user(books.director.user), .read, of: account(books, "6100"))
    let denial = Denial.notListed(account(books, "6100"), needs: .write)
    for who in [books.director, books.employee] {
      await #expect(throws: Refusal.notPermitted(.journalCreate, denial)) {
        try await books.workspace.perform(
          CreateEntry(books.entry(1, debit: "6100")), as: who)
      }
    }
    let draft = try await books.workspace.perform(CreateEntry(books.entry(1)), as: books.employee)
    await #expect(throws: Refusal.notPermitted(.journalEditOwn, denial)) {
      try await books.workspace.perform(
        EditEntry(draft.entry, content: books.entry(1, debit: "6100"), version: 1),
        as: books.employee)
    }
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    let row = try #require(chart.first { $0.number == "6100" })
    var content = AccountContent(number: "6100", name: "Open", type: row.type)
    content.parent = chart.first { $0.number == "6200" }?.parent
    await #expect(throws: Refusal.notPermitted(.accountEdit, denial)) {
      try await books.workspace.perform(
        UpdateAccount(row.id, content: content, version: row.version), as: books.director)
    }
    let entry = try await books.post(100, debit: "6100")
    await #expect(throws: Refusal.notPermitted(.journalCreate, denial)) {
      try await books.workspace.perform(SaveTemplate("Pay", of: entry), as: books.employee)
    }
  }

  @Test func `who may share puts neither themselves nor others higher than they are`() async throws
  {
    let books = try await TestBooks.make()
    let thing = account(books, "6100")
    _ = try await add(books, .user(books.director.user), .read, of: thing) { $0.mayShare = true }
    await #expect(throws: Refusal.access(.ownRights)) {
      try await add(books, .user(books.director.user), .admin, of: thing, as: books.director)
    }
    await #expect(throws: Refusal.access(.ownRights)) {
      try await add(books, .role(.director), .admin, of: thing, as: books.director)
    }
    await #expect(throws: Refusal.access(.notHeld(.permissionManage))) {
      try await add(books, .user(books.employee.user), .write, of: thing, as: books.director)
    }
    _ = try await add(books, .user(books.employee.user), .read, of: thing, as: books.director)
  }

  @Test func `nobody leaves a list that binds them, or lets in whom it shuts out`() async throws {
    let books = try await TestBooks.make()
    let thing = account(books, "6100")
    let own = try await add(books, .user(books.director.user), .read, of: thing) {
      $0.mayShare = true
    }
    _ = try await add(books, .role(.employee), .write, of: thing)
    let shut = try await add(books, .user(books.employee.user), .none, of: thing)
    let viewer = try await add(books, .user(books.viewer.user), .read, of: thing)
    func remove(_ row: ID<Protection>, _ who: Principal) async throws {
      try await books.workspace.perform(RemoveFromList(row, reason: "Moved on"), as: who)
    }
    await #expect(throws: Refusal.access(.ownRights)) { try await remove(own, books.director) }
    await #expect(throws: Refusal.access(.notHeld(.permissionManage))) {
      try await remove(shut, books.director)
    }
    try await remove(viewer, books.director)
    try await remove(shut, books.owner)
    try await remove(own, books.owner)
  }

  @Test func `nobody is put on a list until a time that is over`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.access(.endsBeforeItBegins)) {
      try await add(books, .user(books.director.user), .read, of: account(books, "6100")) {
        $0.end = books.clock.now
      }
    }
  }

  @Test func `no list shuts every owner out for good`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.access(.nobodyInCharge)) {
      try await add(books, .role(.owner), .none, of: account(books, "1120"), as: books.director)
    }
  }

  @Test func `when a list has expired, what stands above counts again`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(100, debit: "6100")
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    let heading = try #require(chart.first { $0.number == "6100" }?.parent)
    _ = try await add(books, .user(books.director.user), .write, of: Thing(.account, heading.value))
    _ = try await add(books, .user(books.employee.user), .write, of: account(books, "6100")) {
      $0.end = books.clock.now.adding(seconds: 60)
    }
    func sees() async throws -> Bool {
      try await books.workspace.fetch(JournalPage(), as: books.employee).map(\.id) == [entry]
    }
    #expect(try await sees())
    books.clock.advance(seconds: 60)
    #expect(try await !sees())
  }

  @Test func `a department's list holds for what is its people's by default`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.workspace.perform(
      CreateEntry(books.entry(1), then: .post), as: books.employee
    ).entry
    var empty = books.entry(1)
    empty.lines = []
    _ = try await books.workspace.perform(CreateEntry(empty), as: books.employee)
    _ = try await add(
      books, .user(books.manager.user), .read, of: Thing(.department, books.department.value))
    let answer = try await books.workspace.fetch(
      ExplainAccess(.journalRead, of: books.employee.user, on: .entry(entry)), as: books.owner)
    #expect(!answer.decision.isAllowed)
    #expect(try await books.workspace.fetch(JournalPage(), as: books.employee).isEmpty)
    #expect(try await books.workspace.fetch(JournalPage(), as: books.manager).count == 2)
  }

  @Test func `what is hidden is neither exported, nor in templates, nor in others' records`()
    async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.post(7_777, debit: "6100")
    _ = try await books.workspace.perform(SaveTemplate("Pay", of: entry), as: books.owner)
    _ = try await books.post(1)
    _ = try await add(books, .role(.owner), .admin, of: account(books, "6100"))
    let templates = try await books.workspace.fetch(EntryTemplates(), as: books.employee)
    #expect(templates.isEmpty)
    let director = try await books.workspace.perform(ExportJournal(to: "out"), as: books.director)
    #expect(director.journal.entries.count == 1)
    #expect(director.remarks == ["Only entries that Dora Director may export are in it."])
    let viewer = try await books.workspace.perform(ExportJournal(to: "out"), as: books.viewer)
    #expect(viewer.remarks.first == "Exported by Vera Viewer, Viewer, on 2026-11-23")
    #expect(viewer.journal.entries.count == 1, "to see isn't to take out")
    let grant = NewGrant(.allow, "audit.read", to: books.employee.user, reason: "Look")
    _ = try await books.workspace.perform(GrantPermission(grant), as: books.owner)
    let owners = try await books.workspace.fetch(AuditPage(), as: books.owner)
    #expect(owners.contains { $0.newValues?.contains("7777") == true })
    // Whoever reads the whole log sees all; a manager who reads their people's doesn't.
    let seesAll = try await books.workspace.fetch(AuditPage(), as: books.employee)
    #expect(seesAll.contains { $0.newValues?.contains("7777") == true })
    _ = try await books.workspace.perform(
      CreateEntry(books.entry(8_888, debit: "6100"), then: .keepDraft), as: books.owner)
    let manager = try await books.workspace.fetch(AuditPage(), as: books.manager)
    #expect(!manager.contains { $0.newValues?.contains("7777") == true })
  }

  @Test func `a manager sees that their people did something to a hidden entry, not what`()
    async throws
  {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(
      CreateEntry(books.entry(8_888, debit: "6100")), as: books.employee)
    _ = try await add(books, .role(.owner), .admin, of: account(books, "6100"))
    let row = try #require(
      try await books.workspace.fetch(AuditPage(), as: books.manager).first {
        $0.operation == "journal.create"
      })
    #expect(row.newValues == nil && row.resourceName == "…")
  }

  @Test func `proofs are of all that there is, whatever the reader sees of it`() async throws {
    let books = try await TestBooks.make()
    _ = try await books.post(100, debit: "6100")
    _ = try await add(books, .role(.owner), .admin, of: account(books, "6100"))
    let proof = try await books.workspace.fetch(VerifyAudit(), as: books.employee)
    #expect(proof.isSound, "\(proof.findings)")
    #expect(try await books.workspace.fetch(LedgerDifference(), as: books.employee) == .zero)
    #expect(try await books.workspace.fetch(LedgerDifference(), as: books.manager) == .zero)
  }

  @Test func `an account that is open by its own list is shown though what is above isn't`()
    async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.post(100, debit: "6100")
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    let heading = try #require(chart.first { $0.number == "6100" }?.parent)
    _ = try await add(books, .role(.owner), .admin, of: Thing(.account, heading.value))
    _ = try await add(books, .role(.employee), .write, of: account(books, "6100"))
    let detail = try await books.workspace.fetch(EntryDetail(entry), as: books.employee)
    #expect(detail.lines.count == 2)
  }

  @Test func `whoever isn't on a list takes nobody out of a group that it shuts out`() async throws
  {
    let books = try await TestBooks.make()
    try await books.workspace.perform(
      AddToGroup(books.employee.user, to: "temps"), as: books.owner)
    _ = try await add(books, .group("temps"), .none, of: account(books, "6100"))
    _ = try await add(books, .role(.employee), .write, of: account(books, "6100"))
    func post() async throws {
      try await books.workspace.perform(
        CreateEntry(books.entry(1, debit: "6100")), as: books.employee)
    }
    await #expect(throws: Refusal.self) { try await post() }
    let leaving = RemoveFromGroup(books.employee.user, from: "temps")
    await #expect(throws: Refusal.access(.notHeld(.permissionManage))) {
      _ = try await books.workspace.perform(leaving, as: books.director)
    }
    await #expect(throws: Refusal.self) { try await post() }
    _ = try await add(books, .user(books.director.user), .read, of: account(books, "6100"))
    _ = try await books.workspace.perform(leaving, as: books.director)
    try await post()
  }
}
