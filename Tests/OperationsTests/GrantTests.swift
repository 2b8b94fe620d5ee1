import Domain
import Operations
import Store
import TestSupport
import Testing

/// Giving and taking rights (RULES §4).
@Suite struct GrantTests {
  private func grant(
    _ books: TestBooks, _ effect: Grant.Effect, _ pattern: String, to user: Principal,
    as granter: Principal? = nil, _ adjust: (inout NewGrant) -> Void = { _ in }
  ) async throws -> ID<Grant> {
    var grant = NewGrant(effect, pattern, to: user.user, reason: "Cover")
    adjust(&grant)
    return try await books.workspace.perform(GrantPermission(grant), as: granter ?? books.owner)
  }

  private func submitted(_ books: TestBooks, _ amount: Int64) async throws -> ID<Entry> {
    try await books.workspace.perform(
      CreateEntry(books.entry(amount), then: .submit), as: books.manager
    ).entry
  }

  @Test func `what is granted may be done, until it is revoked`() async throws {
    let books = try await TestBooks.withThreshold()
    let entry = try await submitted(books, 6_000)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .noGrant(.employee))) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.employee)
    }
    let id = try await grant(books, .allow, "journal.approve", to: books.employee)
    let why = "Not what was ordered."
    try await books.workspace.perform(RejectEntry(entry, reason: why), as: books.employee)
    try await books.workspace.perform(RevokeGrant(id, reason: "Back"), as: books.owner)
    let other = try await submitted(books, 7_000)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .noGrant(.employee))) {
      try await books.workspace.perform(RejectEntry(other, reason: why), as: books.employee)
    }
  }

  @Test func `a grant holds up to its limit and in its time`() async throws {
    let books = try await TestBooks.withThreshold()
    let (small, large) = (try await submitted(books, 6_000), try await submitted(books, 6_001))
    _ = try await grant(books, .allow, "journal.approve", to: books.employee) {
      $0.limit = Money(minorUnits: 6_000)
      $0.start = books.clock.now.adding(seconds: 60)
      $0.end = books.clock.now.adding(seconds: 120)
    }
    func reject(_ entry: ID<Entry>) async throws {
      try await books.workspace.perform(
        RejectEntry(entry, reason: "Not ordered."), as: books.employee)
    }
    await #expect(throws: Refusal.notPermitted(.journalApprove, .noGrant(.employee))) {
      try await reject(small)
    }
    books.clock.advance(seconds: 60)
    let limit = Money(minorUnits: 6_000)
    await #expect(
      throws: Refusal.notPermitted(
        .journalApprove, .overLimit(amount: Money(minorUnits: 6_001), limit: limit))
    ) { try await reject(large) }
    try await reject(small)
    books.clock.advance(seconds: 60)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .noGrant(.employee))) {
      try await reject(large)
    }
  }

  @Test func `a denial holds against whatever else somebody has`() async throws {
    let books = try await TestBooks.make()
    let id = try await grant(books, .deny, "journal.*", to: books.director)
    await #expect(
      throws: Refusal.notPermitted(.journalCreate, .forbidden(by: .person(id: id.value)))
    ) { try await books.workspace.perform(CreateEntry(books.entry(1)), as: books.director) }
    #expect(
      try await books.workspace.fetch(WhereIAm(), as: books.director).permissions
        .isDisjoint(with: [.journalCreate, .journalPost, .journalRead]))
  }

  @Test func `nobody changes their own rights, or gives what they don't hold`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.access(.ownRights)) {
      try await grant(books, .allow, "journal.post", to: books.owner)
    }
    await #expect(throws: Refusal.notPermitted(.permissionManage, .reserved(.notOneself))) {
      try await grant(books, .allow, "journal.post", to: books.director, as: books.director)
    }
    await #expect(throws: Refusal.notPermitted(.permissionManage, .noGrant(.manager))) {
      try await grant(books, .allow, "journal.post", to: books.employee, as: books.manager)
    }
    await #expect(throws: Refusal.access(.notHeld(.businessCreate))) {
      try await grant(books, .allow, "business.*", to: books.manager, as: books.director)
    }
    await #expect(throws: Refusal.access(.notHeld(.userRoleAssign))) {
      try await grant(books, .allow, "user.role.assign", to: books.manager, as: books.director)
    }
  }

  @Test func `a director gives no higher limit than their own`() async throws {
    let books = try await TestBooks.make()
    try await books.limit(books.director, to: 1_000)
    func give(_ limit: Int64?) async throws {
      _ = try await grant(
        books, .allow, "journal.approve", to: books.employee, as: books.director
      ) { $0.limit = limit.map(Money.init) }
    }
    try await give(1_000)
    await #expect(throws: Refusal.access(.notHeld(.journalApprove))) { try await give(1_001) }
    await #expect(throws: Refusal.access(.notHeld(.journalApprove))) { try await give(nil) }
  }

  @Test func `no denial shuts every owner out`() async throws {
    let books = try await TestBooks.make()
    for pattern in ["*", "permission.*", "permission.manage"] {
      await #expect(throws: Refusal.access(.nobodyInCharge)) {
        try await grant(books, .deny, pattern, to: books.owner, as: books.director)
      }
    }
    // What leaves them in charge is for the owners to bear.
    _ = try await grant(books, .deny, "journal.post", to: books.owner, as: books.director)
  }

  @Test func `what makes no sense is refused, and its denial is on record`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.access(.unknownPermission("journal.fly"))) {
      try await grant(books, .allow, "journal.fly", to: books.employee)
    }
    for conditions in ["{\"amount\":1}", "{\"weekdays\":[8]}", "[]", "{\"hours\":[9,9]}", "x"] {
      await #expect(throws: Refusal.access(.unknownCondition), "\(conditions)") {
        try await grant(books, .allow, "journal.post", to: books.employee) {
          $0.conditions = conditions
        }
      }
    }
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "permission.grant" && record.outcome == .failure)
  }

  @Test func `what changed is noticed by who only reads, at once`() async throws {
    let books = try await TestBooks.make()
    #expect(
      try await books.workspace.fetch(WhereIAm(), as: books.employee).permissions
        .contains(.journalCreate))
    _ = try await grant(books, .deny, "journal.read", to: books.employee)
    await #expect(throws: Refusal.self) {
      try await books.workspace.fetch(JournalPage(), as: books.employee)
    }
    books.clock.advance(seconds: 1)
    #expect(try await books.workspace.fetch(JournalPage(), as: books.owner).isEmpty)
  }

  @Test func `what begins or ends by itself is noticed too`() async throws {
    let books = try await TestBooks.make()
    _ = try await grant(books, .deny, "journal.read", to: books.employee) {
      $0.start = books.clock.now.adding(seconds: 60)
      $0.end = books.clock.now.adding(seconds: 120)
    }
    func reads() async -> Bool {
      await (try? books.workspace.fetch(JournalPage(), as: books.employee)) != nil
    }
    #expect(await reads())
    books.clock.advance(seconds: 60)
    #expect(await !reads())
    books.clock.advance(seconds: 60)
    #expect(await reads())
  }
}

extension TestBooks {
  /// What no command of its own does yet.
  func limit(_ person: Principal, to minorUnits: Int64?) async throws {
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        """
        UPDATE business_memberships SET spending_limit = :limit
        WHERE business_id = :business AND user_id = :user
        """, ["limit": minorUnits, "user": person.user])
    }
  }
}
