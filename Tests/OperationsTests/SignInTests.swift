import Domain
import Operations
import Store
import TestSupport
import Testing

/// Signing in and out, and what keeps others from it (RELIABILITY §3).
@Suite struct SignInTests {
  private func signIn(
    _ books: TestBooks, _ email: String = "employee@books.example",
    _ password: String = TestBooks.password
  ) async throws -> Principal {
    try await books.workspace.signIn(email: email, password: password, from: TestBooks.origin)
  }

  @Test func `the address may be written in any case, the password only in its own`() async throws {
    let books = try await TestBooks.make()
    let lobby = try await signIn(books, "Employee@Books.Example")
    #expect(try await books.workspace.fetch(MyBusinesses(), as: lobby).map(\.slug) == ["harbour"])
    await #expect(throws: Refusal.wrongCredentials) {
      try await signIn(books, "employee@books.example", TestBooks.password.uppercased())
    }
  }

  @Test(arguments: ["nobody@books.example", "employee@books.example"])
  func `unknown people and wrong passwords get the same answer`(_ email: String) async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.wrongCredentials) { try await signIn(books, email, "wrong") }
  }

  @Test func `after five free failures an account is locked, longer each time`() async throws {
    let books = try await TestBooks.make()
    for _ in 0..<5 {
      await #expect(throws: Refusal.wrongCredentials) {
        try await signIn(books, "employee@books.example", "wrong")
      }
    }
    await #expect(throws: Refusal.lockedOut(seconds: 30)) { try await signIn(books) }
    books.clock.advance(seconds: 30)
    await #expect(throws: Refusal.wrongCredentials) {
      try await signIn(books, "employee@books.example", "wrong")
    }
    await #expect(throws: Refusal.lockedOut(seconds: 60)) { try await signIn(books) }
    books.clock.advance(seconds: 60)
    _ = try await signIn(books)
    let records = try await books.store.snapshot(of: Business.instance, as: .system) {
      try $0.rows(
        { (code: String?) in code },
        """
        SELECT error_code FROM audit_logs
        WHERE business_id = :business AND operation = 'session.open'
          AND resource_name = 'employee@books.example' ORDER BY sequence DESC LIMIT 5
        """)
    }
    #expect(records == [nil, "locked-out", "credentials", "locked-out", "credentials"])
    await #expect(throws: Refusal.wrongCredentials) {
      try await signIn(books, "employee@books.example", "wrong")
    }
    _ = try await signIn(books)
  }

  @Test func `an address that nobody has is locked as long, so that a lock tells nothing`()
    async throws
  {
    let books = try await TestBooks.make()
    func answers(_ email: String) async throws -> [Refusal?] {
      var answers: [Refusal?] = []
      for pause: Int64 in [0, 0, 0, 0, 0, 0, 30, 0, 60] {
        books.clock.advance(seconds: pause)
        do {
          _ = try await signIn(books, email, "wrong")
          answers.append(nil)
        } catch { answers.append(error as? Refusal) }
      }
      return answers
    }
    let known = try await answers("employee@books.example")
    let unknown = try await answers("nobody@books.example")
    #expect(known == unknown)
    #expect(
      known.suffix(4) == [
        .lockedOut(seconds: 30), .wrongCredentials, .lockedOut(seconds: 60), .wrongCredentials,
      ])
    // However it is written, and by a code for a new password too.
    await #expect(throws: Refusal.lockedOut(seconds: 120)) {
      try await signIn(books, "Nobody@Books.example", "wrong")
    }
    await #expect(throws: Refusal.lockedOut(seconds: 120)) {
      try await books.workspace.setPassword(
        "a new password", byCode: "AAAA", email: "nobody@books.example", from: TestBooks.origin)
    }
    func strangers() async throws -> Int {
      try await books.store.snapshot(of: Business.instance, as: .system) {
        try $0.one(Int.self, "SELECT count(*) FROM unknown_addresses WHERE :business = 0")
      }
    }
    #expect(try await strangers() == 1)
    // What nobody has is told by no letter that the database folds otherwise.
    await #expect(throws: Refusal.wrongCredentials) {
      try await signIn(books, "employee@boo\u{212A}s.example", "wrong")
    }
    #expect(try await strangers() == 2)
    // Nor by how long failures are remembered.
    books.clock.advance(seconds: 31 * 24 * 3600)
    for email in ["another@books.example", "employee@books.example", "nobody@books.example"] {
      for _ in 0..<5 {
        await #expect(throws: Refusal.wrongCredentials) {
          try await signIn(books, email, "wrong")
        }
      }
      await #expect(throws: Refusal.lockedOut(seconds: 30)) {
        try await signIn(books, email, "wrong")
      }
    }
    #expect(try await strangers() == 2, "the old ones are forgotten")
  }

  /// What somebody else's attempts do to the account while a right password is being tested.
  private static let meanwhile: [(String, Refusal?, Int)] = [
    ("failed_attempts = 3", nil, 0),
    (
      "failed_attempts = 5, locked_until = \(TestBooks.start.milliseconds + 30_000)",
      .lockedOut(seconds: 30), 5
    ),
    ("password_hash = password_hash || 'x'", .wrongCredentials, 1),
    ("status = 'suspended'", .wrongCredentials, 1),
  ]

  @Test(arguments: meanwhile)
  func `a right password counts as right only where it opens a session`(
    _ event: String, _ refusal: Refusal?, _ failures: Int
  ) async throws {
    let books = try await TestBooks.make()
    let store = books.store
    // The token is drawn after the password was tested and before the transaction.
    let racing = Workspace(
      store: store,
      chance: { count in
        if count == 32 {
          #expect(throws: Never.self) {
            try store.script(
              "UPDATE users SET \(event) WHERE email = 'employee@books.example'")
          }
        }
        return Array(repeating: 7, count: count)
      }, passwords: TestBooks.cheapPasswords)
    var found: Refusal?
    do {
      _ = try await racing.signIn(
        email: "employee@books.example", password: TestBooks.password, from: TestBooks.origin)
    } catch { found = error as? Refusal }
    #expect(found == refusal)
    let counted = try await store.snapshot(of: Business.instance, as: .system) {
      try $0.one(
        Int.self,
        """
        SELECT failed_attempts FROM users
        WHERE email = 'employee@books.example' AND :business = 0
        """)
    }
    #expect(counted == failures)
  }

  @Test func `signing out ends the session, and only that one`() async throws {
    let books = try await TestBooks.make()
    let lobby = try await signIn(books)
    let second = try await books.workspace.enter(books.business, as: lobby)
    try await books.workspace.perform(SignOut(), as: second)
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.fetch(WhereIAm(), as: second)
    }
    #expect(try await books.workspace.fetch(WhereIAm(), as: books.employee).role == .employee)
  }

  @Test func `a session ends after twelve hours`() async throws {
    let books = try await TestBooks.make()
    books.clock.advance(seconds: 12 * 3600 - 1)
    _ = try await books.workspace.fetch(WhereIAm(), as: books.employee)
    books.clock.advance(seconds: 1)
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.fetch(WhereIAm(), as: books.employee)
    }
  }

  @Test func `a token that nobody was given opens nothing, nor does somebody else's`()
    async throws
  {
    let books = try await TestBooks.make()
    let lobby = try await signIn(books)
    let tokens = [
      "", String(repeating: "0", count: 64), String(lobby.token.dropLast()),
      books.employee.token.uppercased(), lobby.token,
    ]
    for token in tokens {
      let forged = Principal(
        user: books.employee.user, business: books.business, token: token,
        origin: TestBooks.origin)
      await #expect(throws: Refusal.sessionEnded) {
        try await books.workspace.fetch(WhereIAm(), as: forged)
      }
      let stolen = Principal(
        user: books.owner.user, business: Business.instance, token: token,
        origin: TestBooks.origin)
      await #expect(throws: Refusal.sessionEnded) {
        try await books.workspace.enter(books.business, as: stolen)
      }
    }
  }

  /// Parameters that scrypt refuses show whether it was asked at all.
  @Test(arguments: ["nobody@books.example", "pending@books.example"])
  func `who has no password costs the work of one, so that time tells nothing`(
    _ email: String
  ) async throws {
    let books = try await TestBooks.make()
    _ = try await books.workspace.invite(
      email: "pending@books.example", name: "Penny", role: .viewer, as: books.owner)
    let counting = Workspace(
      store: books.store, chance: SeededChance.bytes(seed: 5),
      passwords: Passwords.Parameters(rounds: 3, blockSize: 1, parallelism: 1))
    var found: (any Error)?
    do {
      _ = try await counting.signIn(email: email, password: "a guess", from: TestBooks.origin)
    } catch { found = error }
    #expect(found != nil && !(found is Refusal), "the usual work wasn't done")
    await #expect(throws: Refusal.wrongCredentials) {
      try await counting.signIn(
        email: "employee@books.example", password: "a guess", from: TestBooks.origin)
    }
  }

  @Test func `nobody enters a business that they don't belong to`() async throws {
    let books = try await TestBooks.make()
    let other = try await books.neighbour()
    let lobby = try await signIn(books)
    await #expect(throws: Refusal.notAMember) {
      try await books.workspace.enter(other.business, as: lobby)
    }
    await #expect(throws: Refusal.notAMember) {
      try await books.workspace.enter(ID(99), as: lobby)
    }
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.enter(Business.instance, as: lobby)
    }
  }

  @Test func `every attempt is in the instance's chain, without the password`() async throws {
    let books = try await TestBooks.make()
    _ = try? await signIn(books, "employee@books.example", "a guess in vain")
    _ = try? await signIn(books, "nobody@books.example", "a guess in vain")
    let records = try await books.store.snapshot(of: Business.instance, as: .system) {
      try $0.rows(
        { (name: String, status: String, code: String?, all: String) in [name, status, code, all] },
        """
        SELECT resource_name, status, error_code, json_array(actor_name, error_message, old_values,
          new_values, decision, reason)
        FROM audit_logs WHERE business_id = :business ORDER BY sequence DESC LIMIT 2
        """)
    }
    #expect(records.map { $0[0] } == ["nobody@books.example", "employee@books.example"])
    #expect(records.allSatisfy { $0[1] == "failure" && $0[2] == "credentials" })
    #expect(!records.contains { $0[3]?.contains("guess") ?? false })
  }
}

/// Asking people into a business.
@Suite struct InvitationTests {
  @Test func `an invitation works once, within a week, by its code`() async throws {
    let books = try await TestBooks.make()
    let invitation = try await books.workspace.invite(
      email: "new@books.example", name: "Nell New", role: .employee, as: books.owner)
    await #expect(throws: Refusal.invitationUnknown) {
      try await books.workspace.accept(
        invitation: "guess", name: "Nell", password: TestBooks.password)
    }
    await #expect(throws: Refusal.weakPassword(least: 10)) {
      try await books.workspace.accept(invitation: invitation.code, name: "Nell", password: "short")
    }
    try await books.workspace.accept(
      invitation: invitation.code, name: "Nell", password: TestBooks.password)
    await #expect(throws: Refusal.invitationUnknown) {
      try await books.workspace.accept(
        invitation: invitation.code, name: "Nell", password: TestBooks.password)
    }
    let late = try await books.workspace.invite(
      email: "late@books.example", name: "Lou Late", role: .viewer, as: books.owner)
    books.clock.advance(seconds: 7 * 86_400)
    await #expect(throws: Refusal.invitationUnknown) {
      try await books.workspace.accept(
        invitation: late.code, name: "Lou", password: TestBooks.password)
    }
  }

  @Test func `nobody is asked in twice, or above the role of who asks`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.taken(kind: .membership, name: "viewer@books.example")) {
      try await books.workspace.invite(
        email: "viewer@books.example", name: "Vera", role: .employee, as: books.owner)
    }
    await #expect(throws: Refusal.roleAboveOwn(.owner)) {
      try await books.workspace.invite(
        email: "new@books.example", name: "Nell", role: .owner, as: books.director)
    }
    await #expect(throws: Refusal.invalidEmail("nobody")) {
      try await books.workspace.invite(
        email: "nobody", name: "Nell", role: .viewer, as: books.owner)
    }
  }

  @Test func `whoever has an account joins as themselves and keeps their name`() async throws {
    let books = try await TestBooks.make()
    let other = try await books.neighbour()
    let guest = other.employee
    let email = "alpenrad-employee@books.example"
    let invitation = try await books.workspace.invite(
      email: email, name: "Somebody", role: .viewer, as: books.owner)
    let invited = try #require(try await books.workspace.invited(by: invitation.code))
    #expect(invited.email == email && invited.hasAccount)
    #expect(invited.business == "Harbour Chandlery")
    await #expect(throws: Refusal.wrongCredentials) {
      try await books.workspace.accept(
        invitation: invitation.code, name: "Renamed", password: "a password of the inviter")
    }
    let stranger = try await books.workspace.signIn(
      email: "alpenrad-manager@books.example", password: TestBooks.password,
      from: TestBooks.origin)
    await #expect(throws: Refusal.invitationUnknown) {
      try await books.workspace.accept(invitation: invitation.code, as: stranger)
    }
    let lobby = try await books.workspace.signIn(
      email: email, password: TestBooks.password, from: TestBooks.origin)
    try await books.workspace.accept(invitation: invitation.code, as: lobby)
    let mine = try await books.workspace.fetch(MyBusinesses(), as: lobby)
    #expect(mine.map(\.role) == [.viewer, .employee])
    let row = try await books.workspace.fetch(Members(), as: books.owner).last
    #expect(row?.user == guest.user && row?.name == "Emma Employee")
    #expect(try await books.workspace.invited(by: invitation.code) == nil)
  }

  @Test func `whoever never joined is asked anew, and the code of before opens nothing`()
    async throws
  {
    let books = try await TestBooks.make()
    func invite(_ role: Role) async throws -> InviteUser.Invitation {
      try await books.workspace.invite(
        email: "new@books.example", name: "Nell New", role: role, as: books.owner)
    }
    let first = try await invite(.director)
    try await books.workspace.perform(
      RemoveMember(first.membership, reason: "Mistaken"), as: books.owner)
    let second = try await invite(.viewer)
    #expect(second.membership == first.membership)
    await #expect(throws: Refusal.invitationUnknown) {
      try await books.workspace.accept(invitation: first.code, password: TestBooks.password)
    }
    try await books.workspace.accept(invitation: second.code, password: TestBooks.password)
    let row = try await books.workspace.fetch(Members(), as: books.owner).last
    #expect(row?.role == .viewer && row?.name == "Nell New" && row?.status == "active")
    await #expect(throws: Refusal.taken(kind: .membership, name: "new@books.example")) {
      try await invite(.viewer)
    }
  }

  @Test func `nobody joins a business that is closed to changes`() async throws {
    let books = try await TestBooks.make()
    let invitation = try await books.workspace.invite(
      email: "new@books.example", name: "Nell New", role: .viewer, as: books.owner)
    try books.store.script(
      "UPDATE businesses SET status = 'inactive' WHERE id = \(books.business.value)")
    await #expect(throws: Refusal.invitationUnknown) {
      try await books.workspace.accept(
        invitation: invitation.code, password: TestBooks.password)
    }
  }

  @Test func `a code for a password is void once another business has its holder`() async throws {
    let books = try await TestBooks.make()
    let other = try await books.neighbour()
    let employee = try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first {
        $0.user == books.employee.user
      })
    let code = try await books.workspace.resetPassword(of: employee.id, as: books.owner)
    let invitation = try await books.workspace.invite(
      email: employee.email, name: "Emma", role: .viewer, as: other.owner)
    let lobby = try await books.workspace.signIn(
      email: employee.email, password: TestBooks.password, from: TestBooks.origin)
    try await books.workspace.accept(invitation: invitation.code, as: lobby)
    await #expect(throws: Refusal.resetCodeUnknown) {
      try await books.workspace.setPassword(
        "a password of the owner", byCode: code, email: employee.email, from: TestBooks.origin)
    }
  }

  @Test func `a subscription has room for so many`() async throws {
    let books = try await TestBooks.make { $0.tier = .trial }
    await #expect(throws: Refusal.memberLimit(tier: "trial", limit: 5)) {
      try await books.workspace.invite(
        email: "new@books.example", name: "Nell", role: .viewer, as: books.owner)
    }
  }
}
