import Domain
import Operations
import Store
import TestSupport
import Testing

/// Where people are signed in, and who ends it.
@Suite struct SessionTests {
  private func signIn(_ books: TestBooks, _ role: Role = .employee) async throws -> Principal {
    try await books.workspace.signIn(
      email: "\(role.rawValue)@books.example", password: TestBooks.password,
      from: TestBooks.origin)
  }

  private func sessions(_ books: TestBooks, as role: Role) async throws -> [SessionRow] {
    try await books.workspace.fetch(Sessions(), as: books.principal(role))
  }

  private func session(_ books: TestBooks, of role: Role) async throws -> SessionRow {
    try #require(
      try await sessions(books, as: .owner).last { $0.user == books.principal(role).user })
  }

  /// Whether it is alive.
  private func opens(_ principal: Principal, _ books: TestBooks) async throws -> Bool {
    do {
      _ = try await books.workspace.fetch(WhereIAm(), as: principal)
      return true
    } catch Refusal.sessionEnded { return false }
  }

  /// The newest record of the instance: operation, outcome, code, reason.
  private func instanceRecord(_ books: TestBooks) async throws -> [String?] {
    try #require(
      try await books.store.snapshot(of: Business.instance, as: .system) {
        try $0.row(
          { (name: String, status: String, code: String?, reason: String?) in
            [name, status, code, reason]
          },
          """
          SELECT operation, status, error_code, reason FROM audit_logs
          WHERE business_id = :business ORDER BY sequence DESC LIMIT 1
          """)
      })
  }

  @Test(arguments: [(Role.owner, 5), (.director, 5), (.manager, 1), (.employee, 1), (.viewer, 1)])
  func `who may end others' sessions sees them, everybody sees their own`(
    _ role: Role, _ count: Int
  ) async throws {
    let books = try await TestBooks.make()
    let sessions = try await sessions(books, as: role)
    #expect(sessions.count == count)
    #expect(sessions.filter(\.isThis).map(\.user) == [books.principal(role).user])
    #expect(sessions.allSatisfy { $0.business == "harbour" && $0.terminal == "tty1" })
  }

  @Test func `a session that is ended is over, and its sign-in doesn't come in again`()
    async throws
  {
    let books = try await TestBooks.make()
    let lobby = try await signIn(books)
    let inside = try await books.workspace.enter(books.business, as: lobby)
    let victim = try await session(books, of: .employee)
    await #expect(throws: Refusal.reasonNeeded(least: 3)) {
      try await books.workspace.perform(RevokeSession(victim.id), as: books.director)
    }
    try await books.workspace.perform(
      RevokeSession(victim.id, reason: "Lost laptop"), as: books.director)
    let record = try #require(try await books.trail(1).first)
    #expect(
      [record.operation, record.actor, record.resourceName, record.reason ?? ""] == [
        "session.revoke", "Dora Director", "Emma Employee", "Lost laptop",
      ])
    #expect(record.newValues?.contains("Lost laptop") == true)
    #expect(try await !opens(inside, books))
    #expect(try await opens(books.employee, books), "the other one goes on")
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.enter(books.business, as: lobby)
    }
    let again = try await books.workspace.enter(books.business, as: try await signIn(books))
    #expect(try await opens(again, books))
    await #expect(throws: Refusal.noSuch(Subject(.session, victim.id.value))) {
      try await books.workspace.perform(
        RevokeSession(victim.id, reason: "Once more"), as: books.director)
    }
  }

  @Test func `with a session ends what else was entered from the same sign-in`() async throws {
    let books = try await TestBooks.make()
    let lobby = try await signIn(books)
    let first = try await books.workspace.enter(books.business, as: lobby)
    let second = try await books.workspace.enter(books.business, as: lobby)
    let session = try await session(books, of: .employee)
    try await books.workspace.perform(
      RevokeSession(session.id, reason: "Left it open"), as: books.owner)
    #expect(try await !opens(first, books))
    #expect(try await !opens(second, books))
  }

  @Test func `one ends one's own, but nobody else's without the right`() async throws {
    let books = try await TestBooks.make()
    let lobby = try await signIn(books)
    let second = try await books.workspace.enter(books.business, as: lobby)
    let (own, other) = (
      try await session(books, of: .employee).id, try await session(books, of: .viewer).id
    )
    await #expect(throws: Refusal.notPermitted(.sessionRevoke, .notOwn)) {
      try await books.workspace.perform(
        RevokeSession(other, reason: "Not mine"), as: books.employee)
    }
    #expect(try await books.trail(1).first?.errorCode == "not-own")
    try await books.workspace.perform(RevokeSession(own), as: books.employee)
    #expect(try await !opens(second, books))
  }

  @Test func `a sign-in ends with all that was entered from it`() async throws {
    let books = try await TestBooks.make()
    let lobby = try await signIn(books)
    let inside = try await books.workspace.enter(books.business, as: lobby)
    let elsewhere = try await signIn(books)
    let own = try await books.workspace.fetch(OwnSessions(), as: elsewhere)
    #expect(own.map(\.business) == [nil, "harbour", nil, "harbour", nil])
    #expect(own.filter(\.isThis).map(\.business) == [nil])
    #expect(own.allSatisfy { $0.user == books.employee.user })
    let sign = own[2].id
    #expect(
      try await books.workspace.perform(
        EndSignIns(.one(sign), reason: "Left open"), as: elsewhere) == 1)
    #expect(
      try await instanceRecord(books) == ["session.end", "success", nil, "Left open"])
    #expect(try await !opens(inside, books))
    #expect(try await opens(books.employee, books))
    #expect(
      try await books.workspace.perform(EndSignIns(.others), as: elsewhere) == 1)
    #expect(try await !opens(books.employee, books))
    #expect(try await books.workspace.fetch(OwnSessions(), as: elsewhere).count == 1)
    await #expect(throws: Refusal.noSuch(Subject(.session, sign.value))) {
      try await books.workspace.perform(EndSignIns(.one(sign)), as: elsewhere)
    }
  }

  @Test func `nobody ends a sign-in of somebody else's`() async throws {
    let books = try await TestBooks.make()
    let (mine, theirs) = (try await signIn(books), try await signIn(books, .viewer))
    let id = try #require(try await books.workspace.fetch(OwnSessions(), as: theirs).last?.id)
    await #expect(throws: Refusal.noSuch(Subject(.session, id.value))) {
      try await books.workspace.perform(EndSignIns(.one(id)), as: mine)
    }
    #expect(try await instanceRecord(books) == ["session.end", "failure", "not-found", nil])
    #expect(try await books.workspace.fetch(OwnSessions(), as: theirs).count == 3)
  }

  @Test func `what is done is on record once a minute, and reading writes nothing`()
    async throws
  {
    let books = try await TestBooks.make()
    let start = try await session(books, of: .employee).lastActivity
    func activity() async throws -> Int64 {
      (try await session(books, of: .employee).lastActivity.milliseconds - start.milliseconds)
        / 1000
    }
    books.clock.advance(seconds: 59)
    try await books.workspace.perform(CreateEntry(books.entry(1)), as: books.employee)
    #expect(try await activity() == 0)
    books.clock.advance(seconds: 1)
    let version = try books.workspace.version()
    _ = try await books.workspace.fetch(JournalPage(limit: 9), as: books.employee)
    #expect(try books.workspace.version() == version)
    #expect(try await activity() == 0)
    try await books.workspace.perform(CreateEntry(books.entry(1)), as: books.employee)
    #expect(try await activity() == 60)
    _ = try await books.workspace.simulate(CreateEntry(books.entry(1)), as: books.employee)
  }

  @Test func `a session in which nothing was done for twelve hours is over`() async throws {
    let books = try await TestBooks.make()
    let late = TestBooks.start.adding(seconds: 86_400 * 9).milliseconds
    try await books.store.change(in: Business.instance, as: .system) {
      try $0.execute(
        "UPDATE user_sessions SET expires_at = :late WHERE business_id = :business",
        ["late": late])
    }
    try await books.store.change(in: books.business, as: .system) {
      try $0.execute(
        "UPDATE user_sessions SET expires_at = :late WHERE business_id = :business",
        ["late": late])
    }
    books.clock.advance(seconds: 11 * 3600)
    try await books.workspace.perform(CreateEntry(books.entry(1)), as: books.employee)
    books.clock.advance(seconds: 3600)
    #expect(try await opens(books.employee, books))
    #expect(try await !opens(books.viewer, books))
    #expect(try await sessions(books, as: .employee).count == 1)
  }
}
