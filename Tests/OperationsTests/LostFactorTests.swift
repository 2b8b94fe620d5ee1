import Domain
import Operations
import Store
import TestSupport
import Testing

/// Taking the second factor off the sign-in of somebody who has lost it.
@Suite struct LostFactorTests {
  private func signIn(_ books: TestBooks, _ role: Role) async throws -> Principal {
    try await books.workspace.signIn(
      email: "\(role.rawValue)@books.example", password: TestBooks.password,
      from: TestBooks.origin)
  }

  /// Their sign-in, which has a second factor then.
  private func enrol(_ books: TestBooks, _ role: Role) async throws -> Principal {
    let lobby = try await signIn(books, role)
    let secret = try await books.workspace.beginSecondFactor(as: lobby).secret
    _ = try await books.workspace.confirmSecondFactor(
      TimeCode.code(of: secret, step: TimeCode.step(at: books.clock.now)), as: lobby)
    return lobby
  }

  private func remove(
    _ role: Role, of books: TestBooks, as who: Principal
  ) async throws {
    let user = books.principal(role).user
    let member = try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first { $0.user == user })
    try await books.workspace.perform(
      RemoveSecondFactor(member.id, reason: "Lost the phone"), as: who)
  }

  @Test func `they sign in by their password again, and whatever was open is over`()
    async throws
  {
    let books = try await TestBooks.make()
    let lobby = try await enrol(books, .employee)
    await #expect(throws: Refusal.secondFactor(.needed)) { try await signIn(books, .employee) }
    try await remove(.employee, of: books, as: books.director)
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.fetch(WhereIAm(), as: books.employee)
    }
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.enter(books.business, as: lobby)
    }
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.beginSecondFactor(as: lobby)
    }
    let next = try await signIn(books, .employee)
    let state = try await books.workspace.fetch(MySecondFactor(), as: next)
    #expect(state.since == nil && state.recoveryCodesLeft == 0)
    _ = try await books.workspace.beginSecondFactor(as: next)
    await #expect(throws: Refusal.secondFactor(.theyHaveNone)) {
      try await remove(.employee, of: books, as: books.director)
    }
  }

  @Test func `it is on the records of the business and of the sign-in, and its person is told`()
    async throws
  {
    let books = try await TestBooks.make()
    _ = try await enrol(books, .employee)
    try await remove(.employee, of: books, as: books.owner)
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "user.factor.remove")
    #expect(record.resourceName == "Emma Employee")
    #expect(record.reason == "Lost the phone")
    let inside = try await books.store.snapshot(of: Business.instance, as: .system) {
      try $0.rows(
        { (operation: String, actor: String) in [operation, actor] },
        """
        SELECT operation, actor_name FROM audit_logs
        WHERE business_id = :business ORDER BY sequence DESC LIMIT 1
        """)
    }
    #expect(inside == [["user.factor.disable", "Olive Owner"]])
    #expect(
      try await books.notices(of: books.employee) == [
        .factorRemoved(by: "Olive Owner", reason: "Lost the phone")
      ])
  }

  @Test func `nobody takes off their own, an owner's as a director, or anything as less`()
    async throws
  {
    let books = try await TestBooks.make()
    for role in Role.allCases { _ = try await enrol(books, role) }
    let tries: [(Role, Principal, Refusal)] = [
      (.owner, books.owner, .access(.ownRights)),
      (.director, books.director, .access(.ownRights)),
      (.owner, books.director, .notPermitted(.userSuspend, .reserved(.notAnOwner))),
      (.employee, books.manager, .notPermitted(.userSuspend, .noGrant(.manager))),
      (.manager, books.employee, .notPermitted(.userSuspend, .noGrant(.employee))),
    ]
    for (role, who, refusal) in tries {
      await #expect(throws: refusal) { try await remove(role, of: books, as: who) }
      let record = try #require(try await books.trail(1).first)
      #expect(record.operation == "user.factor.remove")
      #expect(record.outcome == .failure)
      await #expect(throws: Refusal.secondFactor(.needed)) { try await signIn(books, role) }
    }
  }

  @Test func `what guards another business is taken off from none`() async throws {
    let books = try await TestBooks.make()
    let neighbour = try await books.neighbour()
    let lobby = try await enrol(books, .employee)
    await #expect(throws: Refusal.self) {
      try await remove(.employee, of: books, as: neighbour.owner)
    }
    let invitation = try await neighbour.workspace.invite(
      email: "employee@books.example", name: "Emma", role: .viewer, as: neighbour.owner)
    await #expect(throws: Refusal.access(.factorGuardsElsewhere)) {
      try await neighbour.workspace.perform(
        RemoveSecondFactor(invitation.membership, reason: "Lost"), as: neighbour.owner)
    }
    try await books.workspace.accept(invitation: invitation.code, as: lobby)
    for (place, who) in [(books, books.owner), (neighbour, neighbour.owner)] {
      let member = try #require(
        try await place.workspace.fetch(Members(), as: who).first {
          $0.user == books.employee.user
        })
      await #expect(throws: Refusal.access(.factorGuardsElsewhere)) {
        try await place.workspace.perform(RemoveSecondFactor(member.id, reason: "Lost"), as: who)
      }
    }
    await #expect(throws: Refusal.secondFactor(.needed)) { try await signIn(books, .employee) }
  }

  @Test func `a reason is given`() async throws {
    let books = try await TestBooks.make()
    _ = try await enrol(books, .employee)
    let user = books.employee.user
    let member = try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first { $0.user == user })
    await #expect(throws: Refusal.reasonNeeded(least: 3)) {
      try await books.workspace.perform(RemoveSecondFactor(member.id, reason: ""), as: books.owner)
    }
  }
}
