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
      throws: Refusal.notPermitted(
        .journalApprove,
        .overLimit(amount: Money(minorUnits: 400_01), limit: Money(minorUnits: 400_00)))
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

  @Test func `a suspended business is read only`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.suspend()
    await #expect(throws: Refusal.notPermitted(.journalCreate, .readOnly(.suspended))) {
      try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.owner)
    }
    #expect(try await books.balances()["6200"] == 100)
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

  func suspend() async throws {
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        "UPDATE businesses SET status = 'suspended' WHERE id = :business")
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
