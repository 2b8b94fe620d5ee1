import Domain
import Operations
import Store
import TestSupport
import Testing

@Suite struct SuggestionTests {
  @Test func `the most frequent of what begins alike comes first, as it was the last time`()
    async throws
  {
    let books = try await TestBooks.make()
    for (amount, text) in [(1, "Rent June"), (2, "Office rent"), (3, "Office rent"), (4, "Fuel")] {
      try await books.workspace.perform(
        CreateEntry(books.entry(Int64(amount), text), then: .post), as: books.owner)
    }
    let found = try await books.workspace.fetch(EntrySuggestions("ren"), as: books.employee)
    #expect(found.suggestions.map(\.content.description) == ["Office rent", "Rent June"])
    #expect(found.suggestions.map(\.total.minorUnits) == [3, 1])
    #expect(found.suggestions.map(\.share) == [66, 33])
    let nothing = try await books.workspace.fetch(EntrySuggestions("\" OR *"), as: books.employee)
    #expect(nothing.suggestions.isEmpty)
  }

  @Test func `a suggestion that was taken is in the record, with the time it took and no tokens`()
    async throws
  {
    let books = try await TestBooks.make()
    let help = Assistance(model: EntrySuggestions.model, milliseconds: 250)
    try await books.workspace.perform(
      CreateEntry(books.entry(100), with: help), as: books.employee)
    try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.employee)
    let records = try await books.store.snapshot(of: books.business, as: .system) {
      try $0.rows(
        { (model: String?, tokens: Int, milliseconds: Int64) in
          "\(model ?? "none") \(tokens) \(milliseconds >= 250)"
        },
        """
        SELECT ai_model, ai_tokens, compute_ms FROM audit_logs
        WHERE business_id = :business AND operation = 'journal.create' ORDER BY sequence
        """)
    }
    #expect(records == ["local-frequency 0 true", "none 0 false"])
    #expect(try await books.workspace.fetch(VerifyAudit(), as: books.owner).isSound)
  }
}
