import Domain
import Operations
import TestSupport
import Testing

/// Samples of the journal: from one seed the same again, out of what is proved to be all of it
/// (RULES §6.8).
@Suite struct JournalSampleTests {
  private func draw(
    _ method: SamplingMethod = .random, size: Int = 2, seed: UInt32 = 0, in books: TestBooks,
    as who: Principal? = nil
  ) async throws -> JournalSample.Value {
    try await books.workspace.fetch(
      JournalSample(method, size: size, seed: seed, through: TestBooks.today),
      as: who ?? books.viewer)
  }

  @Test func `one seed draws the same of the same entries, which the digest proves`() async throws {
    let books = try await TestBooks.make()
    for amount in 1...4 { try await books.post(Int64(amount) * 100) }
    let first = try await draw(in: books)
    // 0.8833 of 4 is the last, which the first stands for then; 0.4315 of the other 3 is the third.
    #expect(first.entries.map(\.number) == ["GJ-2026-000003", "GJ-2026-000004"])
    #expect(first.entries.map(\.total.minorUnits) == [300, 400])
    #expect(try await draw(in: books) == first)
    #expect(try await draw(seed: 3, in: books).entries != first.entries)
    #expect(first.population.entries == 4 && first.population.isComplete)
    #expect(first.population.debits == Money(minorUnits: 1_000))
    let tested = try await books.workspace.fetch(
      JournalTests(through: TestBooks.today), as: books.viewer)
    #expect(first.population == tested.population)
    try await books.post(500)
    #expect(try await draw(in: books).population.digest != first.population.digest)
  }

  @Test func `all are drawn where there are no more, but no drafts and none of other days`()
    async throws
  {
    let books = try await TestBooks.make()
    let posted = try await books.post(900)
    try await books.post(700, on: TestBooks.today.adding(days: 7))
    try await books.workspace.perform(CreateEntry(books.entry(800)), as: books.owner)
    for method in [SamplingMethod.random, .monetaryUnit, .stratified([Money(minorUnits: 5)])] {
      let value = try await draw(method, size: 1_000, in: books)
      #expect(value.entries.map(\.entry) == [posted], "\(method)")
      #expect(value.population.entries == 1)
    }
  }

  @Test(arguments: [SamplingMethod.random, .monetaryUnit, .stratified([Money(minorUnits: 5)])])
  func `of no entries none is drawn`(_ method: SamplingMethod) async throws {
    let value = try await draw(method, in: try await TestBooks.make())
    #expect(value.entries.isEmpty && value.sample.picks.isEmpty)
    #expect(value.population.entries == 0 && value.population.debits == .zero)
    #expect(value.sample.interval == nil && value.sample.start == nil)
  }

  @Test func `what its reader doesn't see is neither drawn nor counted`() async throws {
    let books = try await TestBooks.make()
    let secret = try await books.post(1_000_00)
    try await books.post(2_000_00)
    var denial = NewGrant(.deny, "journal.read", to: books.director.user, reason: "Private")
    denial.thing = Thing(.entry, secret.value)
    try await books.workspace.perform(GrantPermission(denial), as: books.owner)
    let value = try await draw(.monetaryUnit, size: 5, in: books, as: books.director)
    #expect(value.entries.map(\.number) == ["GJ-2026-000002"])
    #expect(value.population.entries == 1 && !value.population.isWhole)
    #expect(value.population.debits == Money(minorUnits: 2_000_00))
    // A fifth of what they see.
    #expect(value.sample.interval == Money(minorUnits: 400_00))
  }

  @Test(arguments: [Role.manager, .employee])
  func `it is for whoever may take out the whole log`(_ role: Role) async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    await #expect(throws: Refusal.notPermitted(.auditExport, .noGrant(role))) {
      try await draw(in: books, as: books.principal(role))
    }
  }
}
