import Domain
import Operations
import Store
import TestSupport
import Testing

/// Who may do what, decided in the transaction that does it (RULES §4).
@Suite struct AccessTests {
  @Test func `a viewer sees everything and changes nothing`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    #expect(try await books.workspace.fetch(JournalPage(), as: books.viewer).count == 1)
    #expect(try await books.workspace.fetch(AuditPage(), as: books.viewer).isEmpty == false)
    await #expect(throws: Refusal.notPermitted(.journalCreate, .noGrant(.viewer))) {
      try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.viewer)
    }
    await #expect(throws: Refusal.notPermitted(.journalReverse, .noGrant(.viewer))) {
      try await books.workspace.perform(
        ReverseEntry(entry, reason: "A mistake."), as: books.viewer)
    }
    await #expect(throws: Refusal.notPermitted(.journalCreate, .noGrant(.viewer))) {
      try await books.workspace.fetch(EntryFormFacts(), as: books.viewer)
    }
  }

  @Test func `a manager approves within their department and their limit`() async throws {
    let books = try await TestBooks.make()
    let stranger = try await books.workspace.perform(
      CreateEntry(books.entry(500_00), then: .submit), as: books.director
    ).entry
    await #expect(throws: Refusal.notPermitted(.journalApprove, .otherDepartment)) {
      try await books.workspace.perform(ApproveEntry(stranger), as: books.manager)
    }
    try await books.limitManager(to: 400_00)
    let large = try await books.workspace.perform(
      CreateEntry(books.entry(400_01), then: .submit), as: books.employee
    ).entry
    await #expect(
      throws: Refusal.escalates(
        .journalApprove,
        .overLimit(amount: Money(minorUnits: 400_01), limit: Money(minorUnits: 400_00)),
        to: "Dora Director")
    ) { try await books.workspace.perform(ApproveEntry(large), as: books.manager) }
    let small = try await books.workspace.perform(
      CreateEntry(books.entry(400_00), then: .submit), as: books.employee
    ).entry
    #expect(
      try await books.workspace.perform(ApproveEntry(small), as: books.manager)
        == .posted(number: "GJ-2026-000001"))
  }

  @Test
  func
    `an employee sees what they did themselves in the audit log, a manager what their people did`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.workspace.perform(CreateEntry(books.entry(1)), as: books.employee)
    try await books.workspace.perform(CreateEntry(books.entry(2)), as: books.owner)
    func actors(_ principal: Principal) async throws -> Set<String> {
      Set(try await books.workspace.fetch(AuditPage(), as: principal).map(\.actor))
    }
    #expect(try await actors(books.employee) == ["Emma Employee"])
    #expect(try await actors(books.manager) == ["Emma Employee", "Max Manager"])
    #expect(try await actors(books.viewer).contains("Olive Owner"))
  }

  /// What is said of the business, and why it takes no changes then.
  private static let closures: [(String, BusinessState)] = [
    ("status = 'suspended'", .suspended), ("status = 'inactive'", .inactive),
    ("status = 'deleted', deleted_at = 1", .deleted),
    ("subscription_status = 'suspended'", .suspended),
    ("subscription_status = 'cancelled'", .cancelled),
    ("subscription_status = 'expired'", .expired),
    ("subscription_expires_at = \(TestBooks.start.milliseconds)", .expired),
  ]

  @Test(arguments: closures)
  func `a business that is closed in whatever way can be read and not written`(
    _ closure: String, _ state: BusinessState
  ) async throws {
    let books = try await TestBooks.make()
    try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.owner)
    try books.store.script("UPDATE businesses SET \(closure) WHERE id = 1")
    await #expect(throws: Refusal.notPermitted(.journalCreate, .readOnly(state))) {
      try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.owner)
    }
    #expect(try await books.workspace.fetch(JournalPage(), as: books.viewer).count == 1)
  }

  @Test func `a state that the program has no word for is closed too`() async throws {
    let books = try await TestBooks.make()
    try books.store.script(
      """
      PRAGMA ignore_check_constraints = ON;
      UPDATE businesses SET status = 'frozen' WHERE id = 1;
      PRAGMA ignore_check_constraints = OFF
      """)
    await #expect(throws: Refusal.notPermitted(.journalCreate, .readOnly(.inactive))) {
      try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.owner)
    }
  }

  @Test func `a subscription ends at its moment, not before`() async throws {
    let books = try await TestBooks.make()
    let end = TestBooks.start.adding(seconds: 60)
    try books.store.script(
      "UPDATE businesses SET subscription_expires_at = \(end.milliseconds) WHERE id = 1")
    try await books.post(100)
    books.clock.advance(seconds: 60)
    await #expect(throws: Refusal.notPermitted(.journalCreate, .readOnly(.expired))) {
      try await books.post(100)
    }
  }

  @Test func `whoever isn't an active member any more is out at once`() async throws {
    let books = try await TestBooks.make()
    try await books.endMembership(of: books.employee)
    await #expect(throws: Refusal.notAMember) {
      try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.employee)
    }
    await #expect(throws: Refusal.notAMember) {
      try await books.workspace.fetch(JournalPage(), as: books.employee)
    }
  }

  @Test func `a token opens one business for one person`() async throws {
    let books = try await TestBooks.make()
    let other = try await books.neighbour()
    let forged = [
      Principal(
        user: books.owner.user, business: other.business, token: books.owner.token,
        origin: TestBooks.origin),
      Principal(
        user: books.owner.user, business: books.business, token: books.employee.token,
        origin: TestBooks.origin),
      Principal(
        user: books.owner.user, business: books.business, token: "", origin: TestBooks.origin),
    ]
    for principal in forged {
      await #expect(throws: Refusal.sessionEnded) {
        try await books.workspace.fetch(WhereIAm(), as: principal)
      }
      await #expect(throws: Refusal.sessionEnded) {
        try await books.workspace.perform(CreateEntry(books.entry(1)), as: principal)
      }
    }
  }
}

extension TestBooks {
  /// What no command of its own does yet.
  func limitManager(to minorUnits: Int64) async throws {
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        """
        UPDATE business_memberships SET spending_limit = :limit
        WHERE business_id = :business AND user_id = :user
        """, ["limit": minorUnits, "user": manager.user])
    }
  }

  func endMembership(of principal: Principal) async throws {
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        """
        UPDATE business_memberships SET status = 'inactive'
        WHERE business_id = :business AND user_id = :user
        """, ["user": principal.user])
    }
  }
}
