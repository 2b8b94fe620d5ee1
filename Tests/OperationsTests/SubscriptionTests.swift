import Domain
import Operations
import Store
import TestSupport
import Testing

/// What is paid for a business, and what that does.
@Suite struct SubscriptionTests {
  private func change(
    _ books: TestBooks, tier: SubscriptionTier? = nil, status: SubscriptionStatus? = nil,
    end: SubscriptionChange.End? = nil
  ) async throws {
    try await books.workspace.changeSubscription(
      of: books.business, SubscriptionChange(tier: tier, status: status, end: end),
      from: TestBooks.origin)
  }

  @Test func `a business that is read-only for want of a subscription is renewed from outside`()
    async throws
  {
    let books = try await TestBooks.make()
    try await change(books, status: .expired)
    await #expect(throws: Refusal.notPermitted(.journalCreate, .readOnly(.expired))) {
      try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.owner)
    }
    _ = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    let end = books.clock.now.adding(seconds: 60)
    try await change(books, status: .active, end: .at(end))
    try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.owner)
    let detail = try await books.workspace.fetch(BusinessDetail(), as: books.viewer)
    #expect(detail.subscription == .active)
    #expect(detail.subscriptionExpires == end)
    books.clock.advance(seconds: 60)
    await #expect(throws: Refusal.self) {
      try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.owner)
    }
    try await change(books, end: .never)
    try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.owner)
  }

  @Test func `it is on the business's record, and what is left out stays`() async throws {
    let books = try await TestBooks.make()
    try await change(books, tier: .enterprise)
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "business.subscription")
    #expect(record.actor == "system")
    #expect(record.oldValues == #"{"subscription_tier":"professional"}"#)
    #expect(record.newValues == #"{"subscription_tier":"enterprise"}"#)
  }

  @Test func `a tier with less room than there are members is refused, on record`() async throws {
    let books = try await TestBooks.make()
    for number in 0..<6 {
      _ = try await books.workspace.invite(
        email: "new\(number)@books.example", name: "Nell", role: .viewer, as: books.owner)
    }
    for (tier, limit) in [(SubscriptionTier.trial, 5), (.starter, 10)] {
      await #expect(throws: Refusal.memberLimit(tier: tier.rawValue, limit: limit)) {
        try await change(books, tier: tier)
      }
    }
    let record = try #require(try await books.trail(1).first)
    #expect(record.outcome == .failure)
    #expect(record.errorCode == "member-limit")
    let detail = try await books.workspace.fetch(BusinessDetail(), as: books.owner)
    #expect(detail.tier == .professional)
  }

  @Test func `what would be over at once isn't called active`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.business(.subscriptionOver)) {
      try await change(books, end: .at(books.clock.now))
    }
    try await change(books, status: .cancelled, end: .at(books.clock.now))
    await #expect(throws: Refusal.business(.subscriptionOver)) {
      try await change(books, status: .active)
    }
  }

  @Test func `whoever administers the installation sees every business, and nothing else`()
    async throws
  {
    let books = try await TestBooks.make()
    let neighbour = try await books.neighbour()
    try await change(books, tier: .enterprise)
    let all = try await books.workspace.subscriptions()
    #expect(all.map(\.business) == [books.business, neighbour.business])
    #expect(all.map(\.tier) == [.enterprise, .professional])
    #expect(all.map(\.members) == [5, 5])
  }
}
