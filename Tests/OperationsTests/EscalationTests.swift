import Domain
import Operations
import Store
import TestSupport
import Testing

/// Whom somebody asks whose limit an entry is over (RULES §4.7). Max Manager approves up to 100.00
/// in Accounting.
@Suite struct EscalationTests {
  private func books(_ bands: [ApprovalPolicy.Band] = []) async throws -> TestBooks {
    let books = try await TestBooks.make(bands: bands)
    try await books.limitManager(to: 100_00)
    return books
  }

  /// An entry of 200.00 for Accounting that waits for approval.
  private func submitted(_ books: TestBooks, by who: Principal? = nil) async throws -> ID<Entry> {
    var content = books.entry(200_00)
    content.lines = content.lines.map {
      var line = $0
      line.department = books.department
      return line
    }
    return try await books.workspace.perform(
      CreateEntry(content, then: .submit), as: who ?? books.employee
    ).entry
  }

  private func target(_ entry: ID<Entry>, _ books: TestBooks) async throws -> String? {
    try await books.workspace.fetch(
      ExplainAccess(.journalApprove, of: books.manager.user, on: .entry(entry)), as: books.owner
    ).escalation?.name
  }

  @Test func `the head of the entry's department comes first`() async throws {
    let books = try await books()
    let entry = try await submitted(books)
    #expect(try await target(entry, books) == "Dora Director")
    let hedda = try await books.person("Hedda Head", .manager)
    #expect(try await target(entry, books) == "Dora Director", "she heads nothing yet")
    try await books.put(hedda, atHeadOf: books.department)
    #expect(try await target(entry, books) == "Hedda Head")
    let elsewhere = try await books.department("SAL", under: nil)
    try await books.put(nil, atHeadOf: books.department)
    try await books.put(hedda, atHeadOf: elsewhere)
    #expect(try await target(entry, books) == "Dora Director")
  }

  @Test func `whoever is appointed head is one while it lasts`() async throws {
    let books = try await books()
    let entry = try await submitted(books)
    let carl = try await books.person("Carl Colleague", .employee)
    let soon = books.clock.now.adding(seconds: 60)
    try await books.workspace.perform(
      Appoint(
        carl.user, to: DepartmentPost(.head, limit: Money(minorUnits: 200_00)),
        in: books.department, from: soon, until: soon.adding(seconds: 60)), as: books.owner)
    #expect(try await target(entry, books) == "Dora Director")
    books.clock.advance(seconds: 60)
    #expect(try await target(entry, books) == "Carl Colleague")
    books.clock.advance(seconds: 60)
    #expect(try await target(entry, books) == "Dora Director")
  }

  @Test func `a head who made the entry is passed over`() async throws {
    let books = try await books()
    let hedda = try await books.person("Hedda Head", .manager)
    try await books.put(hedda, atHeadOf: books.department)
    #expect(try await target(try await submitted(books, by: hedda), books) == "Dora Director")
  }

  @Test func `a head whose limit is too low is passed over, for the head above`() async throws {
    let books = try await books()
    let entry = try await submitted(books)
    let hedda = try await books.person("Hedda Head", .manager)
    try await books.put(hedda, atHeadOf: books.department)
    let finance = try await books.department("FIN", under: nil)
    let petra = try await books.person("Petra Parent", .manager, in: finance)
    try await books.put(petra, atHeadOf: finance)
    try await books.put(books.department, under: finance)
    #expect(try await target(entry, books) == "Hedda Head")
    try await books.limit(hedda, to: 199_99)
    #expect(try await target(entry, books) == "Petra Parent")
    try await books.limit(petra, to: 199_99)
    #expect(try await target(entry, books) == "Dora Director")
  }

  @Test func `whom they report to comes after the heads, and whom those report to`() async throws {
    let books = try await books()
    let entry = try await submitted(books)
    let rita = try await books.person("Rita Reported", .manager)
    let rolf = try await books.person("Rolf Reported", .manager)
    try await books.report(books.manager, to: rita)
    try await books.report(rita, to: rolf)
    #expect(try await target(entry, books) == "Rita Reported")
    try await books.limit(rita, to: 1)
    #expect(try await target(entry, books) == "Rolf Reported")
    let hedda = try await books.person("Hedda Head", .manager)
    try await books.put(hedda, atHeadOf: books.department)
    #expect(try await target(entry, books) == "Hedda Head")
  }

  @Test func `who has left is passed over, for whom they reported to`() async throws {
    let books = try await books()
    let entry = try await submitted(books)
    let rita = try await books.person("Rita Reported", .manager)
    let rolf = try await books.person("Rolf Reported", .manager)
    try await books.report(books.manager, to: rita)
    try await books.report(rita, to: rolf)
    let left = try await books.member(rita)
    try await books.workspace.perform(RemoveMember(left, reason: "Retired"), as: books.owner)
    #expect(try await target(entry, books) == "Rolf Reported")
    try await books.workspace.perform(ReinstateMember(left), as: books.owner)
    #expect(try await target(entry, books) == "Rita Reported")
  }

  @Test func `an owner comes after the directors, and only active members do`() async throws {
    let books = try await books()
    let entry = try await submitted(books)
    let hedda = try await books.person("Hedda Head", .manager)
    try await books.put(hedda, atHeadOf: books.department)
    for who in [hedda, books.director] {
      try await books.workspace.perform(
        SuspendMember(try await books.member(who), reason: "Away"), as: books.owner)
    }
    #expect(try await target(entry, books) == "Olive Owner")
  }

  @Test func `nobody is named where nobody's limit, right and hands will do`() async throws {
    let books = try await books()
    try await books.limit(books.director, to: 199_99)
    let entry = try await submitted(books, by: books.owner)
    #expect(try await target(entry, books) == nil)
    let denial = Denial.overLimit(
      amount: Money(minorUnits: 200_00), limit: Money(minorUnits: 100_00))
    await #expect(throws: Refusal.notPermitted(.journalApprove, denial)) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    }
  }

  @Test func `whose vote isn't wanted any more is passed over`() async throws {
    let books = try await books([
      .init(minimum: Money(minorUnits: 50_00), role: .manager),
      .init(minimum: Money(minorUnits: 50_00), role: .director),
    ])
    let entry = try await submitted(books)
    let hedda = try await books.person("Hedda Head", .manager)
    let other = try await books.person("Mona Manager", .manager)
    try await books.put(hedda, atHeadOf: books.department)
    #expect(try await target(entry, books) == "Hedda Head")
    try await books.workspace.perform(ApproveEntry(entry), as: other)
    #expect(try await target(entry, books) == "Dora Director")
  }

  @Test func `whoever is refused hears whom to ask, and the refusal is on record`() async throws {
    let books = try await books()
    let entry = try await submitted(books)
    let refusal = await #expect(throws: Refusal.self) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    }
    #expect(
      refusal.map { UserMessage($0).text }
        == "It is over your limit for journal.approve. Have Dora Director approve it.")
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "journal.approve" && record.errorCode == "limit")
    // Of another denial, and of what nobody can approve yet, nothing is said.
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(200_00)), as: books.employee
    ).entry
    await #expect(throws: Refusal.self) {
      try await books.workspace.perform(ApproveEntry(draft), as: books.manager)
    }
    let denied = try await books.workspace.fetch(
      ExplainAccess(.journalApprove, of: books.viewer.user, on: .entry(entry)), as: books.owner)
    #expect(!denied.decision.isAllowed && denied.escalation == nil)
  }

  @Test func `an amount by itself has somebody to ask too`() async throws {
    let books = try await books()
    let hedda = try await books.person("Hedda Head", .manager)
    try await books.put(hedda, atHeadOf: books.department)
    func target(_ minorUnits: Int64) async throws -> String? {
      try await books.workspace.fetch(
        ExplainAccess(
          .journalApprove, of: books.manager.user, on: .amount(Money(minorUnits: minorUnits))),
        as: books.manager
      ).escalation?.name
    }
    #expect(try await target(100_01) == "Hedda Head")
    #expect(try await target(100_00) == nil)
  }
}

extension TestBooks {
  /// Nil is nobody.
  fileprivate func put(_ person: Principal?, atHeadOf department: ID<Department>) async throws {
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        """
        UPDATE departments SET head_user_id = :user
        WHERE business_id = :business AND id = :department
        """, ["user": person?.user, "department": department])
    }
  }

  fileprivate func put(_ department: ID<Department>, under parent: ID<Department>) async throws {
    try await workspace.store.change(in: business, as: .system) { change in
      try change.execute(
        """
        UPDATE departments SET parent_id = :parent
        WHERE business_id = :business AND id = :department
        """, ["parent": parent, "department": department])
    }
  }

  fileprivate func report(_ person: Principal, to superior: Principal) async throws {
    try await workspace.perform(
      SetSuperior(try await member(superior), of: try await member(person)), as: owner)
  }

  fileprivate func member(_ person: Principal) async throws -> ID<Membership> {
    try #require(
      try await workspace.fetch(Members(), as: owner).first { $0.user == person.user }
    ).id
  }
}
