import Domain
import Operations
import TestSupport
import Testing

/// Making businesses.
@Suite struct BusinessTests {
  @Test func `an owner makes another business, and nobody else does`() async throws {
    let books = try await TestBooks.make()
    let plan = BusinessPlan(name: "Second & Sons", baseCurrency: "EUR", chart: nil)
    await #expect(throws: Refusal.notPermitted(.businessCreate, .noGrant(.director))) {
      try await books.workspace.createBusiness(plan, as: books.director)
    }
    let business = try await books.workspace.createBusiness(plan, as: books.owner)
    let lobby = try await books.workspace.signIn(
      email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    let mine = try await books.workspace.fetch(MyBusinesses(), as: lobby)
    #expect(mine.map(\.slug) == ["harbour", "second-sons"])
    let inside = try await books.workspace.enter(business, as: lobby)
    let place = try await books.workspace.fetch(WhereIAm(), as: inside)
    #expect(place.baseCurrency == "EUR")
    #expect(place.openPeriod == "2026-11")
    await #expect(throws: Refusal.taken(kind: .business, name: "second-sons")) {
      try await books.workspace.createBusiness(plan, as: books.owner)
    }
  }

  @Test func `a business needs a currency that there is`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.account(.unknownCurrency("ZZZ"))) {
      try await books.workspace.createBusiness(
        BusinessPlan(name: "Third", baseCurrency: "ZZZ", chart: nil), as: books.owner)
    }
  }

  @Test(arguments: [
    ("Harbour & Sons", "harbour-sons"), ("  3 Ämter ", "3-mter"), ("Ü", "business"),
  ])
  func `a name becomes a slug`(_ name: String, _ slug: String) {
    #expect(BusinessPlan.slug(from: name) == slug)
  }
}
