import Domain
import Operations
import TestSupport
import Testing

/// The change that an explanation names, made by the command that makes it (RULES §4.8).
@Suite struct RemedyTests {
  private let books: TestBooks
  private let entry: ID<Entry>

  init() async throws {
    books = try await TestBooks.withThreshold()
    let colleague = try await books.person("Carl Colleague", .employee)
    entry = try await books.workspace.perform(
      CreateEntry(books.entry(6_000), then: .submit), as: colleague
    ).entry
  }

  private func membership(_ role: Role) async throws -> ID<Membership> {
    let user = books.principal(role).user
    return try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first { $0.user == user }
    ).id
  }

  private func grant(
    _ effect: Grant.Effect, _ who: Principal, limit: Int64? = nil
  ) async throws -> ID<Grant> {
    var grant = NewGrant(effect, "journal.approve", to: who.user, reason: "Cover")
    grant.limit = limit.map(Money.init(minorUnits:))
    return try await books.workspace.perform(GrantPermission(grant), as: books.owner)
  }

  /// Nothing was possible before, `change` makes what was said, and then it is.
  private func expect(
    _ remedy: Remedy, lets who: Principal, after change: () async throws -> Void
  ) async throws {
    let before = try await books.workspace.fetch(
      ExplainAccess(.journalApprove, of: who.user, on: .entry(entry)), as: books.owner)
    #expect(before.remedies == [remedy])
    await #expect(throws: Refusal.self) {
      try await books.workspace.perform(ApproveEntry(entry), as: who)
    }
    try await change()
    _ = try await books.workspace.perform(ApproveEntry(entry), as: who)
  }

  @Test func `a membership's limit is raised`() async throws {
    let manager = try await membership(.manager)
    try await books.workspace.perform(
      LimitMember(manager, to: Money(minorUnits: 100)), as: books.owner)
    try await expect(.raiseLimit(to: Money(minorUnits: 6_000)), lets: books.manager) {
      try await books.workspace.perform(
        LimitMember(manager, to: Money(minorUnits: 6_000)), as: books.owner)
    }
  }

  @Test func `a grant's own limit isn't raised by that of the membership`() async throws {
    _ = try await grant(.allow, books.employee, limit: 100)
    try await expect(
      .grantUpTo(.journalApprove, Money(minorUnits: 6_000)), lets: books.employee
    ) {
      try await books.workspace.perform(
        LimitMember(try await membership(.employee), to: Money(minorUnits: 6_000)),
        as: books.owner)
      await #expect(throws: Refusal.self) {
        try await books.workspace.perform(ApproveEntry(entry), as: books.employee)
      }
      _ = try await grant(.allow, books.employee, limit: 6_000)
    }
  }

  @Test func `a denial is revoked`() async throws {
    let denial = try await grant(.deny, books.manager)
    try await expect(.revoke(.person(id: denial.value)), lets: books.manager) {
      try await books.workspace.perform(RevokeGrant(denial, reason: "Back"), as: books.owner)
    }
  }

  @Test func `somebody is put on a list`() async throws {
    let thing = Thing(.entry, entry.value)
    try await books.workspace.perform(
      AddToList(NewListRow(.role(.viewer), .read, of: thing, reason: "Audit")), as: books.owner)
    try await expect(.admit(thing, .write), lets: books.manager) {
      try await books.workspace.perform(
        AddToList(NewListRow(.user(books.manager.user), .write, of: thing, reason: "Cover")),
        as: books.owner)
    }
  }

  @Test func `a membership says that they may approve`() async throws {
    try await expect(.letApprove, lets: books.employee) {
      try await books.workspace.perform(
        LetApprove(try await membership(.employee), may: true), as: books.owner)
    }
  }

  @Test func `a permission is granted`() async throws {
    try await expect(.grant(.journalApprove), lets: books.viewer) {
      _ = try await grant(.allow, books.viewer)
    }
  }
}
