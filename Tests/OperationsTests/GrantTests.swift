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

  @Test func `nobody gives for ever what they hold for a time, or under conditions`() async throws {
    let books = try await TestBooks.make()
    let second = try await books.person("Dan Director", .director)
    try await books.limit(second, to: 1_000)
    _ = try await grant(books, .allow, "business.archive", to: second) {
      $0.end = books.clock.now.adding(seconds: 60)
    }
    _ = try await grant(books, .allow, "period.lock", to: second) {
      $0.conditions = "{\"hours\":[0,23]}"
    }
    _ = try await grant(books, .allow, "journal.*", to: second)
    for pattern in ["business.archive", "period.lock"] {
      await #expect(throws: Refusal.self) {
        try await grant(books, .allow, pattern, to: books.employee, as: second)
      }
    }
    // A grant without a limit is up to one's own, which isn't any amount.
    await #expect(throws: Refusal.access(.notHeld(.journalApprove))) {
      try await grant(books, .allow, "journal.approve", to: books.employee, as: second)
    }
    _ = try await grant(books, .allow, "journal.approve", to: books.employee, as: second) {
      $0.limit = Money(minorUnits: 1_000)
    }
  }

  @Test func `nobody takes back a denial of their own`() async throws {
    let books = try await TestBooks.make()
    let id = try await grant(books, .deny, "journal.post", to: books.owner, as: books.director)
    await #expect(throws: Refusal.access(.ownRights)) {
      try await books.workspace.perform(RevokeGrant(id, reason: "Mine"), as: books.owner)
    }
  }

  @Test func `a denial that comes later, or holds at times, shuts nobody out either`() async throws
  {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.access(.nobodyInCharge)) {
      try await grant(books, .deny, "*", to: books.owner, as: books.director) {
        $0.start = books.clock.now.adding(seconds: 60)
      }
    }
    for conditions in ["{\"hours\":[0,1]}", "{\"ip_or_tty\":[\"elsewhere\"]}", "{\"mfa\":true}"] {
      await #expect(throws: Refusal.access(.nobodyInCharge)) {
        try await grant(books, .deny, "*", to: books.owner, as: books.director) {
          $0.conditions = conditions
        }
      }
    }
  }

  @Test func `a grant that asks for a reason gets one`() async throws {
    let books = try await TestBooks.make()
    let account = books.account("6200")
    _ = try await grant(books, .allow, "account.archive", to: books.employee) {
      $0.conditions = "{\"requires_reason\":true}"
    }
    // The command has none to give.
    await #expect(throws: Refusal.reasonNeeded(least: 3)) {
      try await books.workspace.perform(ArchiveAccount(account), as: books.employee)
    }
  }

  @Test func `what a grant depends on is asked of what is written, not only of what there is`()
    async throws
  {
    let books = try await TestBooks.make()
    _ = try await grant(books, .deny, "journal.post", to: books.director) {
      $0.conditions = "{\"amount_min\":500}"
    }
    _ = try await grant(books, .allow, "journal.create", to: books.viewer) {
      $0.conditions =
        "{\"accounts\":[\(books.account("6200").value),\(books.account("1120").value)]}"
    }
    func enter(_ amount: Int64, debit: String, as who: Principal) async throws {
      try await books.workspace.perform(
        CreateEntry(
          books.entry(amount, debit: debit), then: who == books.director ? .post : .keepDraft),
        as: who)
    }
    try await enter(499, debit: "6200", as: books.director)
    await #expect(throws: Refusal.self) { try await enter(500, debit: "6200", as: books.director) }
    try await enter(1, debit: "6200", as: books.viewer)
    await #expect(throws: Refusal.notPermitted(.journalCreate, .condition(.accounts))) {
      try await enter(1, debit: "6100", as: books.viewer)
    }
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

  @Test func `what is read for one permission is all that speaks of it, and nothing else`()
    async throws
  {
    let books = try await TestBooks.make()
    let user = books.employee.user
    for pattern in ["*", "journal.*", "journal.type.*", "journal.type.adjusting", "report.read"] {
      try await books.workspace.perform(
        GrantPermission(NewGrant(.deny, pattern, to: user, reason: "To tell")), as: books.owner)
    }
    for permission in Permission.allCases {
      let (all, some) = try await books.store.snapshot(of: books.business, as: .system) {
        (try $0.rights(of: user), try $0.rights(of: user, for: permission))
      }
      #expect(some.grants == all.grants.filter { $0.pattern.matches(permission) })
    }
  }
}

extension TestBooks {
  /// Past the rules about who may.
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
