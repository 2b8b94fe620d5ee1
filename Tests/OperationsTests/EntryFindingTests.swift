import Domain
import Operations
import Phrases
import TestSupport
import Testing

/// Finding entries by what they are, and what was done to one.
@Suite struct EntryFindingTests {
  @Test(arguments: [
    ("type:adjusting", ["Adjusted"]),
    ("type:adj,rev", ["Adjusted", "Reversal of GJ-2026-000001: Rent"]),
    ("type:standard source:manual", ["Rent"]),
    ("source:system", ["Reversal of GJ-2026-000001: Rent"]),
    ("source:payroll", []), ("type:standard,adjusting rent", ["Rent"]),
  ])
  func `entries are found by type and by where they came from`(
    _ search: String, _ texts: [String]
  ) async throws {
    let books = try await TestBooks.make()
    let rent = try await books.post(1_00)
    try await books.workspace.perform(ReverseEntry(rent, reason: "Booked twice."), as: books.owner)
    var adjusting = books.entry(2_00, "Adjusted")
    adjusting.type = .adjusting
    _ = try await books.workspace.perform(CreateEntry(adjusting), as: books.owner)
    let search = EntrySearch(search)
    let found = try await books.workspace.fetch(JournalPage(.all, search), as: books.viewer)
    #expect(found.map(\.description).sorted() == texts)
    let size = try await books.workspace.fetch(JournalSize(.all, search), as: books.viewer)
    #expect(size.entries == texts.count)
  }

  @Test func `a type that there isn't is told with those that there are`() {
    #expect(
      EntrySearch("type:blue").fault
        == """
        Entries can be standard, adjusting, closing, reversing, recurring, opening, correction.
        """)
    #expect(EntrySearch("source:blue").fault != nil)
    #expect(EntrySearch("source:import").fault == nil)
  }

  @Test(
    arguments: [
      ("2026", true), ("2026-1", true), ("2026-0", true), ("2026-02-2", true), ("2024-02-29", true),
      ("2026-13", false), ("2026-02-3", false), ("2026-02-29", false), ("2026-11-011", false),
      ("11/2026", false),
    ])
  func `a date is one that there is, as far as it is typed`(_ text: String, _ isOne: Bool) {
    #expect((EntrySearch("date:\(text)").fault == nil) == isOne)
  }

  @Test func `the records of one entry are those that its reader sees of it, in pages`()
    async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.workspace.perform(
      CreateEntry(books.entry(1_00)), as: books.employee
    ).entry
    _ = try await books.post(2_00)
    try await books.workspace.perform(SubmitEntry(entry), as: books.owner)
    try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    func operations(_ page: AuditPage, _ who: Principal) async throws -> [String] {
      try await books.workspace.fetch(page, as: who).map(\.operation)
    }
    let all = ["journal.approve", "journal.post", "journal.submit", "journal.create"]
    #expect(try await operations(AuditPage(of: entry), books.owner) == all)
    // What they did themselves, and what their people did.
    #expect(try await operations(AuditPage(of: entry), books.employee) == ["journal.create"])
    #expect(
      try await operations(AuditPage(of: entry), books.manager)
        == ["journal.approve", "journal.post", "journal.create"])
    let first = try await books.workspace.fetch(AuditPage(of: entry, limit: 2), as: books.owner)
    let last = try #require(first.last?.sequence)
    #expect(first.map(\.operation) == Array(all.prefix(2)))
    #expect(
      try await operations(AuditPage(of: entry, before: last), books.owner)
        == Array(all.suffix(2)))
    #expect(
      try await operations(AuditPage(of: entry, after: last), books.owner) == Array(all.prefix(1)))
    #expect(try await operations(AuditPage(of: ID(4_711)), books.owner).isEmpty)
  }
}
