import Domain
import Operations
import Store
import TestSupport
import Testing

/// New passwords: one's own, and by a code for who has forgotten theirs.
@Suite struct PasswordChangeTests {
  private let new = "another horse entirely"

  private func lobby(
    _ books: TestBooks, _ password: String = TestBooks.password
  ) async throws -> Principal {
    try await books.workspace.signIn(
      email: "employee@books.example", password: password, from: TestBooks.origin)
  }

  private func member(_ books: TestBooks, _ role: Role) async throws -> Members.Row {
    let user = books.principal(role).user
    return try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first { $0.user == user })
  }

  private func setPassword(
    _ books: TestBooks, _ code: String, _ password: String, _ email: String = "employee"
  ) async throws {
    try await books.workspace.setPassword(
      password, byCode: code, email: "\(email)@books.example", from: TestBooks.origin)
  }

  @Test func `a new password takes the old one's place, and every other session ends`()
    async throws
  {
    let books = try await TestBooks.make()
    let (mine, elsewhere) = (try await lobby(books), try await lobby(books))
    books.clock.advance(seconds: 1)
    let next = try await books.workspace.changePassword(
      from: TestBooks.password, to: new, as: mine)
    for old in [mine, elsewhere, books.employee] {
      await #expect(throws: Refusal.sessionEnded) {
        try await books.workspace.fetch(MySecondFactor(), as: old)
      }
    }
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.enter(books.business, as: elsewhere)
    }
    let inside = try await books.workspace.enter(books.business, as: next)
    try await books.workspace.perform(CreateEntry(books.entry(1)), as: inside)
    await #expect(throws: Refusal.wrongCredentials) { try await lobby(books) }
    _ = try await lobby(books, new)
    _ = try await books.workspace.fetch(WhereIAm(), as: books.manager)
  }

  @Test func `sessions from before the clock went back are no younger than the password`()
    async throws
  {
    let books = try await TestBooks.make()
    books.clock.advance(seconds: 60)
    let next = try await books.workspace.changePassword(
      from: TestBooks.password, to: new, as: try await lobby(books))
    books.clock.advance(seconds: -30)
    let inside = try await books.workspace.enter(books.business, as: next)
    _ = try await books.workspace.fetch(WhereIAm(), as: inside)
  }

  @Test func `wrong old passwords count, a weak new one changes nothing`() async throws {
    let books = try await TestBooks.make()
    let mine = try await lobby(books)
    await #expect(throws: Refusal.weakPassword(least: 10)) {
      try await books.workspace.changePassword(from: TestBooks.password, to: "short", as: mine)
    }
    for _ in 0..<5 {
      await #expect(throws: Refusal.wrongCredentials) {
        try await books.workspace.changePassword(from: "a wrong guess", to: new, as: mine)
      }
    }
    await #expect(throws: Refusal.lockedOut(seconds: 30)) {
      try await books.workspace.changePassword(from: TestBooks.password, to: new, as: mine)
    }
    await #expect(throws: Refusal.lockedOut(seconds: 30)) { try await lobby(books) }
    books.clock.advance(seconds: 30)
    _ = try await lobby(books)
    let records = try await instanceRecords(books, operation: "user.password.change")
    #expect(records.filter { $0.contains("credentials") }.count == 5)
    #expect(!records.contains { $0.contains("guess") || $0.contains("scrypt") })
  }

  @Test func `a session that is over, or nobody's, changes no password and locks nobody out`()
    async throws
  {
    let books = try await TestBooks.make()
    let mine = try await lobby(books)
    let forged = Principal(
      user: mine.user, business: Business.instance, token: String(repeating: "0", count: 64),
      origin: TestBooks.origin)
    try await books.workspace.perform(SignOut(), as: mine)
    for session in [forged, mine, forged, mine, forged, mine] {
      await #expect(throws: Refusal.sessionEnded) {
        try await books.workspace.changePassword(from: TestBooks.password, to: new, as: session)
      }
    }
    _ = try await lobby(books)
  }

  @Test func `a code from who may suspend sets a new password, once, within a day`() async throws {
    let books = try await TestBooks.make()
    let employee = try await member(books, .employee)
    let code = try await books.workspace.resetPassword(of: employee.id, as: books.director)
    _ = try await lobby(books)
    await #expect(throws: Refusal.weakPassword(least: 10)) {
      try await setPassword(books, code, "short")
    }
    books.clock.advance(seconds: 1)
    try await setPassword(books, code, new)
    _ = try await lobby(books, new)
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.fetch(WhereIAm(), as: books.employee)
    }
    await #expect(throws: Refusal.resetCodeUnknown) {
      try await setPassword(books, code, TestBooks.password)
    }
    let late = try await books.workspace.resetPassword(of: employee.id, as: books.owner)
    let record = try #require(
      try await books.trail(9).first { $0.operation == "user.password.reset" })
    #expect(record.resourceName == "Emma Employee")
    #expect(!"\(try await books.trail(9))".contains(late))
    books.clock.advance(seconds: 86_400)
    await #expect(throws: Refusal.resetCodeUnknown) {
      try await setPassword(books, late, TestBooks.password)
    }
  }

  @Test func `a wrong code costs what a wrong password costs, and is nobody else's`()
    async throws
  {
    let books = try await TestBooks.make()
    let code = try await books.workspace.resetPassword(
      of: try await member(books, .employee).id, as: books.owner)
    await #expect(throws: Refusal.resetCodeUnknown) {
      try await setPassword(books, code, new, "manager")
    }
    await #expect(throws: Refusal.resetCodeUnknown) {
      try await setPassword(books, code, new, "nobody")
    }
    for _ in 0..<5 {
      await #expect(throws: Refusal.resetCodeUnknown) {
        try await setPassword(books, "00000000000000000000", new)
      }
    }
    await #expect(throws: Refusal.lockedOut(seconds: 30)) {
      try await setPassword(books, code, new)
    }
    await #expect(throws: Refusal.lockedOut(seconds: 30)) { try await lobby(books) }
    books.clock.advance(seconds: 30)
    try await setPassword(books, code, new)
  }

  @Test func `nobody resets their own, an owner's, or what opens another business`() async throws {
    let books = try await TestBooks.make()
    let workspace = books.workspace
    let owner = try await member(books, .owner).id
    await #expect(throws: Refusal.access(.ownRights)) {
      try await workspace.resetPassword(of: owner, as: books.owner)
    }
    await #expect(throws: Refusal.notPermitted(.userSuspend, .reserved(.notAnOwner))) {
      try await workspace.resetPassword(of: owner, as: books.director)
    }
    let employee = try await member(books, .employee)
    await #expect(throws: Refusal.notPermitted(.userSuspend, .noGrant(.manager))) {
      try await workspace.resetPassword(of: employee.id, as: books.manager)
    }
    let neighbour = try await books.neighbour()
    let invitation = try await neighbour.workspace.invite(
      email: employee.email, name: "Emma", role: .viewer, as: neighbour.owner)
    // Whoever only asks them keeps nobody from helping them.
    _ = try await workspace.resetPassword(of: employee.id, as: books.owner)
    let lobby = try await workspace.signIn(
      email: employee.email, password: TestBooks.password, from: TestBooks.origin)
    try await workspace.accept(invitation: invitation.code, as: lobby)
    await #expect(throws: Refusal.access(.passwordOpensElsewhere)) {
      try await workspace.resetPassword(of: employee.id, as: books.owner)
    }
  }

  /// What the instance's chain has of an operation, each record as text.
  private func instanceRecords(
    _ books: TestBooks, operation: String
  ) async throws -> [String] {
    try await books.store.snapshot(of: Business.instance, as: .system) {
      try $0.rows(
        { (all: String) in all },
        """
        SELECT json_array(error_code, actor_name, error_message, old_values, new_values, reason,
          resource_name)
        FROM audit_logs WHERE business_id = :business AND operation = :operation
        ORDER BY sequence
        """, ["operation": operation])
    }
  }
}
