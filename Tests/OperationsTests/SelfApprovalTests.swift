import Domain
import Operations
import Store
import TestSupport
import Testing

/// A business too small for four eyes (RULES §4.6).
@Suite struct SelfApprovalTests {
  private let books: TestBooks

  init() async throws {
    books = try await TestBooks.withThreshold()
    for member in try await books.workspace.fetch(Members(), as: books.owner)
    where [.director, .manager].contains(member.role) {
      try await books.workspace.perform(
        SuspendMember(member.id, reason: "On leave"), as: books.owner)
    }
  }

  private func allow() async throws {
    try await books.changeSettings { $0.allowsSelfApproval = true }
  }

  private func submitted() async throws -> ID<Entry> {
    try await books.workspace.perform(
      CreateEntry(books.entry(6_000), then: .submit), as: books.owner
    ).entry
  }

  private func approvable() async throws -> [ID<Entry>] {
    try await books.workspace.fetch(
      JournalPage(.all, EntrySearch("is:approvable")), as: books.owner
    ).map(\.id)
  }

  @Test func `alone, one approves one's own only where an owner allows it`() async throws {
    let entry = try await submitted()
    let denial = Refusal.notPermitted(.journalApprove, .involved(.created))
    #expect(try await approvable() == [])
    await #expect(throws: denial) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.owner)
    }
    try await allow()
    #expect(try await approvable() == [entry])
    _ = try await books.workspace.perform(ApproveEntry(entry), as: books.owner)
    #expect(try await books.workspace.fetch(EntryDetail(entry), as: books.owner).isSelfApproved)
  }

  @Test func `where somebody else may approve it, they do`() async throws {
    try await allow()
    let entry = try await submitted()
    let director = try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first { $0.role == .director })
    try await books.workspace.perform(ReinstateMember(director.id), as: books.owner)
    #expect(try await approvable() == [])
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.created))) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.owner)
    }
    // Up to their limit, which this is over.
    try await books.workspace.perform(
      LimitMember(director.id, to: Money(minorUnits: 5_999)), as: books.owner)
    _ = try await books.workspace.perform(ApproveEntry(entry), as: books.owner)
  }

  @Test func `what was approved so is found, and nothing else`() async throws {
    try await allow()
    let own = try await submitted()
    _ = try await books.workspace.perform(ApproveEntry(own), as: books.owner)
    let other = try await books.workspace.perform(
      CreateEntry(books.entry(7_000), then: .submit), as: books.employee
    ).entry
    _ = try await books.workspace.perform(ApproveEntry(other), as: books.owner)
    let found = try await books.workspace.fetch(
      JournalPage(.all, EntrySearch("is:self-approved")), as: books.viewer)
    #expect(found.map(\.id) == [own])
    #expect(try await !books.workspace.fetch(EntryDetail(other), as: books.owner).isSelfApproved)
  }
}
