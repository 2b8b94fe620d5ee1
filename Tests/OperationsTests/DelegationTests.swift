import Domain
import Operations
import Phrases
import Store
import TestSupport
import Testing

/// Rights that are lent (RULES §4.5).
@Suite struct DelegationTests {
  fileprivate func lend(
    _ books: TestBooks, from: Principal, to: Principal,
    _ adjust: (inout NewDelegation) -> Void = { _ in }
  ) async throws -> ID<Delegation> {
    var lent = NewDelegation(
      from: from.user, to: to.user, until: books.clock.now.adding(seconds: 3_600), reason: "Leave")
    adjust(&lent)
    return try await books.workspace.perform(Delegate(lent), as: from)
  }

  fileprivate func submitted(
    _ books: TestBooks, _ amount: Int64, by who: Principal
  ) async throws -> ID<Entry> {
    try await books.workspace.perform(
      CreateEntry(books.entry(amount), then: .submit), as: who
    ).entry
  }

  private func colleague(_ books: TestBooks) async throws -> Principal {
    try await books.person("Carl Colleague", .employee)
  }

  @Test func `who borrows a right uses it in the lender's name`() async throws {
    let books = try await TestBooks.withThreshold()
    let colleague = try await colleague(books)
    let entry = try await submitted(books, 6_000, by: books.employee)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .noGrant(.employee))) {
      try await books.workspace.perform(ApproveEntry(entry), as: colleague)
    }
    _ = try await lend(books, from: books.manager, to: colleague)
    // The vote has the weight of the manager's, which the amount asks for.
    #expect(
      try await books.workspace.perform(ApproveEntry(entry), as: colleague)
        == .posted(number: "GJ-2026-000001"))
    #expect(
      try await books.lenders() == [books.manager.user],
      "the audit log and the vote say whose right it was")
    let record = try #require(
      try await books.trail(5).first { $0.operation == "journal.approve" })
    #expect(record.decision.contains("what Max Manager delegated allows journal.approve"))
    let checks = try await books.workspace.fetch(Examination(), as: books.owner)
    #expect(checks.flatMap(\.findings) == [])
  }

  @Test func `neither who made an entry nor their delegate approves it`() async throws {
    let books = try await TestBooks.withThreshold()
    let colleague = try await colleague(books)
    _ = try await lend(books, from: books.manager, to: colleague)
    let ofManager = try await submitted(books, 6_000, by: books.manager)
    let ofColleague = try await submitted(books, 6_000, by: colleague)
    for entry in [ofManager, ofColleague] {
      await #expect(throws: Refusal.self) {
        try await books.workspace.perform(ApproveEntry(entry), as: colleague)
      }
      await #expect(throws: Refusal.self) {
        try await books.workspace.perform(
          RejectEntry(entry, reason: "Not ordered."), as: colleague)
      }
    }
  }

  @Test func `one lender's right decides once, whoever uses it`() async throws {
    let bands = [
      ApprovalPolicy.Band(minimum: Money(minorUnits: 5_000), role: .manager),
      ApprovalPolicy.Band(minimum: Money(minorUnits: 5_000), role: .director),
    ]
    let books = try await TestBooks.make(bands: bands)
    let colleague = try await colleague(books)
    _ = try await lend(books, from: books.manager, to: colleague)
    let entry = try await submitted(books, 6_000, by: books.employee)
    #expect(
      try await books.workspace.perform(ApproveEntry(entry), as: colleague) == .awaits([.director]))
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.decided))) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    }
  }

  @Test func `what is lent ends at its cap, at its time, and with the lender's own right`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    let colleague = try await colleague(books)
    let capped = try await lend(books, from: books.manager, to: colleague) {
      $0.cap = Money(minorUnits: 6_000)
    }
    func mayApprove(_ amount: Int64) async throws -> Bool {
      let entry = try await submitted(books, amount, by: books.employee)
      return try await books.workspace.fetch(
        ExplainAccess(.journalApprove, of: colleague.user, on: .entry(entry)), as: books.owner
      ).decision.isAllowed
    }
    #expect(try await mayApprove(6_000))
    #expect(try await !mayApprove(6_001))
    try await books.limit(books.manager, to: 5_500)
    #expect(try await !mayApprove(6_000))
    try await books.limit(books.manager, to: nil)
    #expect(try await mayApprove(6_000))
    books.clock.advance(seconds: 3_600)
    #expect(try await !mayApprove(6_000))
    _ = capped
    let again = try await lend(books, from: books.manager, to: colleague)
    #expect(try await mayApprove(6_000))
    try await books.workspace.perform(EndDelegation(again), as: books.manager)
    #expect(try await !mayApprove(6_000))
  }

  @Test func `the answer about what is lent is the loan's own, with its limit and its end`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    let colleague = try await colleague(books)
    _ = try await lend(books, from: books.manager, to: colleague) {
      $0.cap = Money(minorUnits: 7_000)
    }
    func said(_ amount: Int64, by who: Principal) async throws -> String {
      let entry = try await submitted(books, amount, by: who)
      return try await books.workspace.fetch(
        ExplainAccess(.journalApprove, of: colleague.user, on: .entry(entry)), as: books.owner
      ).sentence(on: "it") { "\($0.minorUnits)" }.english
    }
    let loan = " Max Manager lends it to them up to 7000, until 2026-11-23 11:00."
    let whom = "Carl Colleague (Employee) may"
    #expect(try await said(6_000, by: books.employee) == "\(whom) approve it.\(loan)")
    #expect(
      try await said(7_001, by: books.employee)
        == "\(whom) not approve it: its amount of 7001 is over their limit of 7000.\(loan)")
    #expect(
      try await said(6_000, by: books.manager)
        == "\(whom) not approve it: Max Manager lends it to them and may not do it either: "
        + "they created it themselves, and somebody else must decide.\(loan)")
    func limits() async throws -> [Money?] {
      try await books.workspace.fetch(WhoCan(.journalApprove), as: books.owner)
        .holders.map(\.person).filter { $0.id == colleague.user }.map(\.limit)
    }
    #expect(try await limits() == [Money(minorUnits: 7_000)])
    try await books.limit(books.manager, to: 5_500)
    #expect(try await limits() == [Money(minorUnits: 5_500)])
    let entry = try await submitted(books, 6_000, by: books.employee)
    let denial = Denial.overLimit(
      amount: Money(minorUnits: 6_000), limit: Money(minorUnits: 5_500))
    await #expect(
      throws: Refusal.notPermitted(
        .journalApprove, .lenderMayNot(name: "Max Manager", denial))
    ) {
      try await books.workspace.perform(ApproveEntry(entry), as: colleague)
    }
  }

  @Test func `what is borrowed is not lent on, nor to each other, nor by who may not`() async throws
  {
    let books = try await TestBooks.withThreshold()
    let colleague = try await colleague(books)
    _ = try await lend(books, from: books.director, to: books.manager)
    _ = try await lend(books, from: books.manager, to: colleague)
    // The manager borrows the director's reach, the colleague only the manager's own.
    let elsewhere = try await books.person("Sam Seller", .employee, in: nil)
    let entry = try await submitted(books, 6_000, by: elsewhere)
    func mayApprove(_ who: Principal) async throws -> Bool {
      try await books.workspace.fetch(
        ExplainAccess(.journalApprove, of: who.user, on: .entry(entry)), as: books.owner
      ).decision.isAllowed
    }
    #expect(try await mayApprove(books.manager))
    #expect(try await !mayApprove(colleague))
    await #expect(throws: Refusal.self) {
      try await lend(books, from: books.manager, to: books.director)
    }
    await #expect(throws: Refusal.access(.toOneself)) {
      try await lend(books, from: books.director, to: books.director)
    }
    await #expect(throws: Refusal.notPermitted(.delegationCreate, .noGrant(.employee))) {
      try await lend(books, from: books.employee, to: books.director)
    }
    let ofDirector = NewDelegation(
      from: books.director.user, to: colleague.user, until: books.clock.now.adding(seconds: 60),
      reason: "Mine now")
    await #expect(throws: Refusal.notPermitted(.delegationCreate, .notOwn)) {
      try await books.workspace.perform(Delegate(ofDirector), as: books.manager)
    }
    // Nor does a director lend themselves what an owner has, or somebody else more than they hold.
    let ofOwner = NewDelegation(
      from: books.owner.user, to: books.director.user, until: books.clock.now.adding(seconds: 60),
      reason: "Mine now")
    await #expect(throws: Refusal.access(.ownRights)) {
      try await books.workspace.perform(Delegate(ofOwner), as: books.director)
    }
    let toColleague = NewDelegation(
      from: books.owner.user, to: colleague.user, until: books.clock.now.adding(seconds: 60),
      reason: "His now")
    await #expect(throws: Refusal.roleAboveOwn(.owner)) {
      try await books.workspace.perform(Delegate(toColleague), as: books.director)
    }
    await #expect(throws: Refusal.access(.notHeld(.periodLock))) {
      try await lend(books, from: books.manager, to: colleague) {
        $0.permissions = ["journal.approve", "period.lock"]
      }
    }
    await #expect(throws: Refusal.access(.endsBeforeItBegins)) {
      try await lend(books, from: books.manager, to: colleague) {
        $0.start = books.clock.now.adding(seconds: 7_200)
      }
    }
  }
}

extension DelegationTests {
  @Test func `what decides over rights is never lent, whatever the pattern says`() async throws {
    let books = try await TestBooks.make()
    _ = try await lend(books, from: books.owner, to: books.manager) { $0.permissions = ["*"] }
    let member = try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first {
        $0.user == books.employee.user
      })
    await #expect(throws: Refusal.notPermitted(.userRoleAssign, .noGrant(.manager))) {
      try await books.workspace.perform(AssignRole(.director, to: member.id), as: books.manager)
    }
    let onwards = NewDelegation(
      from: books.owner.user, to: books.employee.user,
      until: books.clock.now.adding(seconds: 9_999), reason: "For ever")
    await #expect(throws: Refusal.notPermitted(.delegationCreate, .notOwn)) {
      try await books.workspace.perform(Delegate(onwards), as: books.manager)
    }
  }

  @Test func `even where one may approve one's own, a lent right votes once`() async throws {
    let bands = [
      ApprovalPolicy.Band(minimum: Money(minorUnits: 5_000), role: .manager),
      ApprovalPolicy.Band(minimum: Money(minorUnits: 5_000), role: .director),
    ]
    let books = try await TestBooks.make(bands: bands)
    try books.store.script("UPDATE businesses SET self_approval = 1 WHERE id = 1")
    let colleague = try await books.person("Carl Colleague", .employee)
    _ = try await lend(books, from: books.director, to: colleague)
    let entry = try await submitted(books, 6_000, by: books.employee)
    #expect(
      try await books.workspace.perform(ApproveEntry(entry), as: books.director)
        == .awaits([.manager]))
    await #expect(throws: Refusal.self) {
      try await books.workspace.perform(ApproveEntry(entry), as: colleague)
    }
  }

  @Test func `the record of a delegation says who lends to whom`() async throws {
    let books = try await TestBooks.make()
    _ = try await lend(books, from: books.manager, to: books.employee)
    let record = try #require(try await books.trail(1).first)
    #expect(record.resourceName == "Max Manager → Emma Employee")
    #expect(record.newValues?.contains("journal.approve") == true)
  }
}

extension TestBooks {
  /// Whose rights were used to approve, as both the audit log and the votes have it.
  func lenders() async throws -> [ID<User>] {
    try await store.snapshot(of: business, as: .system) { snapshot in
      try snapshot.rows(
        { (lender: ID<User>) in lender },
        """
        SELECT DISTINCT l.acting_for FROM audit_logs l
        JOIN journal_approvals a ON a.business_id = :business AND a.acting_for = l.acting_for
        WHERE l.business_id = :business AND l.operation = 'journal.approve'
        """)
    }
  }
}
