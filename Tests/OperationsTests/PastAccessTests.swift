import Domain
import Operations
import TestSupport
import Testing

/// Who could do what at a past moment (RULES §4.8).
@Suite struct PastAccessTests {
  private func explain(
    _ books: TestBooks, _ permission: Permission, _ who: Principal, at moment: Timestamp
  ) async throws -> Explanation {
    try await books.workspace.fetch(
      ExplainAccess(permission, of: who.user, at: moment), as: books.owner)
  }

  private func member(_ books: TestBooks, _ who: Principal) async throws -> ID<Membership> {
    try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first { $0.user == who.user }
    ).id
  }

  @Test func `a role and a limit are what they were then`() async throws {
    let books = try await TestBooks.make()
    let employee = try await member(books, books.employee)
    let first = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.workspace.perform(AssignRole(.manager, to: employee), as: books.owner)
    let second = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.workspace.perform(
      LimitMember(employee, to: Money(minorUnits: 500)), as: books.owner)
    try await books.workspace.perform(AssignRole(.viewer, to: employee), as: books.owner)
    let roles = [first, second, books.clock.now]
    var found: [Role] = []
    var may: [Bool] = []
    var limits: [Money?] = []
    for moment in roles {
      let explanation = try await explain(books, .periodAdjust, books.employee, at: moment)
      found.append(explanation.person.role)
      may.append(explanation.decision.isAllowed)
      limits.append(explanation.person.limit)
    }
    #expect(found == [.employee, .manager, .viewer])
    #expect(may == [false, true, false])
    #expect(limits == [nil, nil, Money(minorUnits: 500)])
    let diff = try await books.workspace.fetch(
      AccessDiff(books.employee.user, from: first, to: second), as: books.owner)
    #expect(diff.before?.role == .employee && diff.after?.role == .manager)
    let change = try #require(diff.changes.first { $0.permission == .periodAdjust })
    #expect(change.before == .no && change.after == .yes)
    #expect(!diff.changes.contains { $0.permission == .journalRead })
  }

  @Test func `what was granted, given and lent counts as it was, revoked or not`() async throws {
    let books = try await TestBooks.make()
    let before = books.clock.now
    books.clock.advance(seconds: 60)
    let grant = try await books.workspace.perform(
      GrantPermission(NewGrant(.allow, "period.close", to: books.employee.user, reason: "Cover")),
      as: books.owner)
    var loan = NewDelegation(
      from: books.owner.user, to: books.employee.user,
      until: books.clock.now.adding(seconds: 3_600), reason: "Leave")
    loan.permissions = ["period.open"]
    let lent = try await books.workspace.perform(Delegate(loan), as: books.owner)
    let template = try await books.workspace.perform(
      CreatePermissionTemplate(TemplateContent("T", items: [.init(.allow, "account.create")])),
      as: books.owner)
    let given = try await books.workspace.perform(
      AssignTemplate(template, to: .user(books.employee.user), reason: "Cover"), as: books.owner)
    let during = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.workspace.perform(RevokeGrant(grant, reason: "Over"), as: books.owner)
    try await books.workspace.perform(EndDelegation(lent), as: books.owner)
    try await books.workspace.perform(UnassignTemplate(given, reason: "Over"), as: books.owner)
    for permission in [Permission.periodClose, .periodOpen, .accountCreate] {
      var verdicts: [Bool] = []
      for moment in [before, during, books.clock.now] {
        verdicts.append(
          try await explain(books, permission, books.employee, at: moment).decision.isAllowed)
      }
      #expect(verdicts == [false, true, false], "\(permission)")
    }
  }

  @Test func `whoever was no member then, or suspended, could do nothing`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.access(.notMemberThen)) {
      try await explain(
        books, .journalRead, books.employee, at: TestBooks.start.adding(seconds: -1))
    }
    books.clock.advance(seconds: 60)
    let employee = try await member(books, books.employee)
    try await books.workspace.perform(
      SuspendMember(employee, reason: "Lost laptop"), as: books.owner)
    let suspended = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.workspace.perform(ReinstateMember(employee), as: books.owner)
    await #expect(throws: Refusal.access(.notMemberThen)) {
      try await explain(books, .journalRead, books.employee, at: suspended)
    }
    let diff = try await books.workspace.fetch(
      AccessDiff(books.employee.user, from: suspended, to: books.clock.now), as: books.owner)
    #expect(diff.before == nil && diff.after?.role == .employee)
    await #expect(throws: Refusal.notPermitted(.permissionExplain, .otherDepartment)) {
      try await books.workspace.fetch(
        AccessDiff(books.owner.user, from: suspended, to: suspended), as: books.manager)
    }
  }
}
