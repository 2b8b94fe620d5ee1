import Domain
import Operations
import Store
import TestSupport
import Testing

/// Nothing is refused without a record, also where there is no command to record (RULES §6.1).
@Suite struct DenialTests {
  @Test func `a look that is refused is on record with who, what and why`() async throws {
    let books = try await TestBooks.make()
    _ = try? await books.workspace.fetch(EntryFormFacts(), as: books.viewer)
    let record = try #require(try await books.trail(1).first)
    #expect(record.event == .view)
    #expect(record.operation == "journal.create")
    #expect(record.actor == "Vera Viewer")
    #expect(record.resourceName == "EntryFormFacts")
    #expect(record.errorCode == "no-grant")
    #expect(record.outcome == .failure)
    #expect(record.decision.contains("Viewer does not hold journal.create"))
  }

  @Test func `what isn't there is on record too: it may be another business's`() async throws {
    let books = try await TestBooks.make()
    let neighbour = try await books.neighbour()
    let entry = try await neighbour.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Ours",
          lines: [
            LineContent(
              account: neighbour.account("3100"), currency: "EUR", amount: Money(minorUnits: 1))
          ])), as: neighbour.owner
    ).entry
    _ = try? await books.workspace.fetch(EntryDetail(entry), as: books.owner)
    let record = try #require(try await books.trail(1).first)
    #expect(record.errorCode == "not-found")
    #expect(record.resourceType == "journal_entry")
    #expect(record.resourceID == entry.value)
  }

  @Test func `whoever has no session, or none any more, is on record by it`() async throws {
    let books = try await TestBooks.make()
    try await books.workspace.perform(SignOut(), as: books.employee)
    _ = try? await books.workspace.fetch(JournalPage(), as: books.employee)
    let stranger = Principal(
      user: books.owner.user, business: books.business, token: "stolen", origin: TestBooks.origin)
    _ = try? await books.workspace.fetch(JournalPage(), as: stranger)
    let records = try await books.trail(2)
    #expect(records.map(\.errorCode) == ["session-ended", "session-ended"])
    #expect(
      records.map(\.actor)
        == ["user \(books.owner.user.value)", "Emma Employee"],
      "a name only where the session was theirs")
  }

  @Test func `whoever keeps asking leaves one record a minute for each permission`() async throws {
    let books = try await TestBooks.make()
    let before = try await books.records()
    for _ in 0..<200 {
      _ = try? await books.workspace.fetch(EntryFormFacts(), as: books.viewer)
      _ = try? await books.workspace.fetch(EntryDetail(ID(99)), as: books.viewer)
    }
    #expect(try await books.records() - before == 2)
    books.clock.advance(seconds: 59)
    _ = try? await books.workspace.fetch(EntryFormFacts(), as: books.viewer)
    #expect(try await books.records() - before == 2)
    books.clock.advance(seconds: 1)
    _ = try? await books.workspace.fetch(EntryFormFacts(), as: books.viewer)
    #expect(try await books.records() - before == 3)
    let lobby = try await books.workspace.signIn(
      email: "viewer@books.example", password: TestBooks.password, from: TestBooks.origin)
    let second = try await books.workspace.enter(books.business, as: lobby)
    let entered = try await books.records()
    for _ in 0..<9 { _ = try? await books.workspace.fetch(EntryFormFacts(), as: second) }
    #expect(try await books.records() - entered == 1, "another session")
  }

  @Test func `a business that isn't there is asked for on the instance's record`() async throws {
    let books = try await TestBooks.make()
    let lobby = try await books.workspace.signIn(
      email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    await #expect(throws: Refusal.notAMember) {
      try await books.workspace.enter(ID(99), as: lobby)
    }
    #expect(try await books.instanceRecords().last == "session.open failure not-a-member")
    let nowhere = Principal(
      user: lobby.user, business: ID(99), token: lobby.token, origin: TestBooks.origin)
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.fetch(JournalPage(), as: nowhere)
    }
    #expect(try await books.instanceRecords().last == "journal.read failure session-ended")
  }

  @Test func `an invitation that isn't accepted is on record`() async throws {
    let books = try await TestBooks.make()
    _ = try? await books.workspace.accept(
      invitation: "guess", name: "Guy Guess", password: TestBooks.password)
    #expect(try await books.instanceRecords().last == "user.accept failure invitation")
    let invitation = try await books.workspace.invite(
      email: "new@books.example", name: "Nell New", role: .employee, as: books.owner)
    await #expect(throws: Refusal.weakPassword(least: 10)) {
      try await books.workspace.accept(invitation: invitation.code, name: "Nell", password: "short")
    }
    let record = try #require(try await books.trail(1).first)
    #expect(record.errorCode == "password")
    #expect(record.resourceID == invitation.membership.value)
  }
}

/// Making a business is checked, done and recorded in one transaction.
@Suite struct FoundingTests {
  private static let plan = BusinessPlan(name: "Second", baseCurrency: "EUR", chart: nil)

  @Test func `a new business is on record where it was asked for and in its own chain`()
    async throws
  {
    let books = try await TestBooks.make()
    let business = try await books.workspace.perform(CreateBusiness(Self.plan), as: books.owner)
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "business.create")
    #expect(record.resourceID == business.value)
    #expect(record.decision.contains("Owner holds business.create"))
    let lobby = try await books.workspace.signIn(
      email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    let inside = try await books.workspace.enter(business, as: lobby)
    let first = try await books.workspace.fetch(AuditPage(), as: inside).last
    #expect(first?.operation == "business.create")
    #expect(first?.actor == "Olive Owner")
    #expect(try await books.workspace.fetch(VerifyAudit(), as: inside).isSound)
    #expect(try await books.workspace.fetch(VerifyAudit(), as: books.owner).isSound)
  }

  private static let refused: [(Role, String, String)] = [
    (.director, "EUR", "no-grant"), (.owner, "ZZZ", "account"),
  ]

  @Test(arguments: refused)
  func `one that is refused leaves its record and nothing else`(
    _ role: Role, _ currency: String, _ code: String
  ) async throws {
    let books = try await TestBooks.make()
    let before = try await books.records()
    await #expect(throws: Refusal.self) {
      try await books.workspace.perform(
        CreateBusiness(BusinessPlan(name: "Second", baseCurrency: currency, chart: nil)),
        as: books.principal(role))
    }
    #expect(try await books.records() == before + 1)
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "business.create")
    #expect(record.errorCode == code)
    #expect(try await books.count("SELECT count(*) FROM businesses WHERE :business >= 0") == 2)
  }

  @Test func `the first owner is on record in the instance's chain`() async throws {
    let books = try await TestBooks.make()
    #expect(try await books.instanceRecords().first == "instance.initialise success ")
  }

  @Test func `an instance that can't be made has no owner without a business`() async throws {
    let books = try await TestBooks.make()
    let people = try await books.count("SELECT count(*) FROM users WHERE :business >= 0")
    let attempts: [(BusinessPlan, String, String, String)] = [
      (Self.plan, "nobody", TestBooks.password, "email"),
      (Self.plan, "new@books.example", "short", "password"),
      (
        BusinessPlan(name: "Third", baseCurrency: "ZZZ", chart: nil), "new@books.example",
        TestBooks.password, "account"
      ),
      (
        BusinessPlan(name: "Other", slug: "harbour", baseCurrency: "EUR", chart: nil),
        "new@books.example", TestBooks.password, "taken"
      ),
    ]
    for (plan, email, password, code) in attempts {
      await #expect(throws: Refusal.self) {
        try await books.workspace.initialise(
          plan, ownerEmail: email, ownerName: "Nell", password: password)
      }
      #expect(try await books.instanceRecords().last == "instance.initialise failure \(code)")
    }
    #expect(try await books.count("SELECT count(*) FROM users WHERE :business >= 0") == people)
  }
}

extension TestBooks {
  /// How many records the business's chain has.
  fileprivate func records() async throws -> Int {
    try await count("SELECT count(*) FROM audit_logs WHERE business_id = :business")
  }

  fileprivate func count(_ sql: StaticString) async throws -> Int {
    try await store.snapshot(of: business, as: .system) { try $0.one(Int.self, sql) }
  }

  /// Operation, outcome and code of each record of the instance's chain.
  fileprivate func instanceRecords() async throws -> [String] {
    try await store.snapshot(of: Business.instance, as: .system) {
      try $0.rows(
        { (text: String) in text },
        """
        SELECT operation || ' ' || status || ' ' || coalesce(error_code, '') FROM audit_logs
        WHERE business_id = :business ORDER BY sequence
        """)
    }
  }
}
