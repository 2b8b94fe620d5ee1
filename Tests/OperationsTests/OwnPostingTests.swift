import Domain
import Operations
import Store
import TestSupport
import Testing

/// A business in which somebody else posts what one wrote (RULES §4.6).
@Suite struct OwnPostingTests {
  private static let denied = Refusal.notPermitted(.journalPost, .ownPosting)
  private let books: TestBooks

  init() async throws {
    books = try await TestBooks.withThreshold()
    try await books.changeSettings { $0.allowsOwnPosting = false }
  }

  private func draft(by who: Principal) async throws -> ID<Entry> {
    try await books.workspace.perform(CreateEntry(books.entry(100)), as: who).entry
  }

  @Test(arguments: [Role.owner, .director, .manager, .employee])
  func `nobody posts what they wrote, whatever their role, and somebody else does`(
    _ role: Role
  ) async throws {
    let entry = try await draft(by: books.principal(role))
    await #expect(throws: Self.denied) {
      try await books.workspace.perform(PostEntry(entry), as: books.principal(role))
    }
    #expect(try await books.trail(1).first?.errorCode == "sod")
    let other = role == .manager ? books.director : books.manager
    _ = try await books.workspace.perform(PostEntry(entry), as: other)
  }

  private func rewrite(_ entry: ID<Entry>, as who: Principal) async throws {
    let found = try await books.workspace.fetch(EntryToEdit(entry), as: who)
    var content = found.content
    content.description = "Changed"
    _ = try await books.workspace.perform(
      EditEntry(entry, content: content, version: found.version), as: who)
  }

  @Test func `whoever changed it wrote it too`() async throws {
    let entry = try await draft(by: books.employee)
    try await rewrite(entry, as: books.manager)
    await #expect(throws: Self.denied) {
      try await books.workspace.perform(PostEntry(entry), as: books.manager)
    }
    _ = try await books.workspace.perform(PostEntry(entry), as: books.director)
  }

  @Test func `what needs nobody's approval is sent to somebody who looks and posts`() async throws {
    let entered = try await books.workspace.perform(
      CreateEntry(books.entry(100), then: .finish), as: books.employee)
    #expect(entered.state == .submitted(to: [.manager]))
    let outcome = try await books.workspace.perform(ApproveEntry(entered.entry), as: books.manager)
    guard case .posted = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(
      try await books.workspace.fetch(EntryFormFacts(), as: books.employee).allowsOwnPosting
        == false)
  }

  @Test func `a reversal is written by whoever asks for it, so somebody else posts it`()
    async throws
  {
    let entry = try await draft(by: books.employee)
    _ = try await books.workspace.perform(PostEntry(entry), as: books.manager)
    let outcome = try await books.workspace.perform(
      ReverseEntry(entry, reason: "Twice in the books"), as: books.director)
    guard case .submitted(let reversal, _) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    _ = try await books.workspace.perform(ApproveEntry(reversal), as: books.owner)
    let original = try await books.workspace.fetch(EntryDetail(entry), as: books.owner)
    #expect(original.head.status == .reversed)
  }

  @Test func `an import is drafts, which somebody else posts`() async throws {
    let report = try await books.workspace.perform(
      Things.journal(in: "USD", month: 11, file: "sales.journal"), as: books.owner)
    #expect(report.areDrafts)
  }

  @Test func `the smallest change that allows it is somebody else`() async throws {
    let entry = try await draft(by: books.employee)
    let explanation = try await books.workspace.fetch(
      ExplainAccess(.journalPost, of: books.employee.user, on: .entry(entry)),
      as: books.employee)
    #expect(explanation.decision.denial == .ownPosting)
    #expect(explanation.remedies == [.someoneElse])
    #expect(explanation.candidates.contains { $0.name == "Max Manager" })
    #expect(!explanation.candidates.contains { $0.name == "Emma Employee" })
  }

  @Test func `what was written is written still after it came back as a draft`() async throws {
    let entry = try await draft(by: books.employee)
    try await rewrite(entry, as: books.manager)
    _ = try await books.workspace.perform(SubmitEntry(entry), as: books.manager)
    try await books.workspace.perform(WithdrawEntry(entry), as: books.manager)
    await #expect(throws: Self.denied) {
      try await books.workspace.perform(PostEntry(entry), as: books.manager)
    }
    // But whoever changed it only before an earlier submission may approve it (RULES §4.6).
    _ = try await books.workspace.perform(SubmitEntry(entry), as: books.employee)
    try await books.changeSettings { $0.postsOnApproval = false }
    _ = try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    await #expect(throws: Self.denied) {
      try await books.workspace.perform(PostEntry(entry), as: books.manager)
    }
    _ = try await books.workspace.perform(PostEntry(entry), as: books.director)
  }

  private func lendPosting(to borrower: Principal) async throws {
    var loan = NewDelegation(
      from: books.director.user, to: borrower.user,
      until: books.clock.now.adding(seconds: 600), reason: "Away")
    loan.permissions = [Permission.journalPost.rawValue]
    try await books.workspace.perform(Delegate(loan), as: books.director)
  }

  @Test func `neither a loan nor a key of one's own posts what one wrote, and an emergency does`()
    async throws
  {
    let entry = try await draft(by: books.manager)
    try await lendPosting(to: books.manager)
    await #expect(throws: Self.denied) {
      try await books.workspace.perform(PostEntry(entry), as: books.manager)
    }
    // Nor does whoever has it from somebody who wrote it.
    let lent = try await draft(by: books.director)
    try await lendPosting(to: books.viewer)
    await #expect(
      throws: Refusal.notPermitted(
        .journalPost, .lenderMayNot(name: "Dora Director", .ownPosting))
    ) {
      try await books.workspace.perform(PostEntry(lent), as: books.viewer)
    }
    let owned = try await draft(by: books.owner)
    let key = try await books.workspace.createKey(
      NewAPIKey("Robot", for: ["journal.post"]), as: books.owner)
    let robot = try await books.workspace.open(key: key.key, from: TestBooks.origin)
    await #expect(throws: Self.denied) {
      try await books.workspace.perform(PostEntry(owned), as: robot)
    }
    _ = try await books.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: 5), reason: "Year end, nobody is here"),
      as: books.owner)
    _ = try await books.workspace.perform(PostEntry(owned), as: books.owner)
  }

  @Test func `approving one's own where nobody else may doesn't let one post it`() async throws {
    try await books.changeSettings { $0.allowsSelfApproval = true }
    let entry = try await draft(by: books.owner)
    await #expect(throws: Self.denied) {
      try await books.workspace.perform(PostEntry(entry), as: books.owner)
    }
  }

  @Test func `anybody with the settings asks for two people, and an owner alone for one`()
    async throws
  {
    await #expect(throws: Refusal.business(.ownPostingByOwners)) {
      try await books.changeSettings(as: books.director) { $0.allowsOwnPosting = true }
    }
    try await books.changeSettings { $0.allowsOwnPosting = true }
    try await books.changeSettings(as: books.director) { $0.allowsOwnPosting = false }
    let record = try #require(try await books.trail(1).first)
    #expect(record.newValues == #"{"own_posting":0}"#)
  }
}
