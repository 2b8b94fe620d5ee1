import Domain
import Operations
import Phrases
import Store
import TestSupport
import Testing

/// What adjusting entries say they are for (RULES §3.8).
@Suite struct AdjustmentKindTests {
  private func accrued(_ kind: AdjustmentKind?, in books: TestBooks) -> EntryContent {
    var content = books.entry(5_000, debit: "6200", credit: "2130", "Accrued")
    (content.type, content.adjustment) = (.adjusting, kind)
    return content
  }

  private func found(_ search: String, in books: TestBooks) async throws -> [AdjustmentKind?] {
    try await books.workspace.fetch(JournalPage(.all, EntrySearch(search)), as: books.viewer)
      .map(\.adjustment)
  }

  @Test(arguments: AdjustmentKind.allCases)
  func `an adjusting entry is kept with its kind and found by it`(
    _ kind: AdjustmentKind
  )
    async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.workspace.perform(
      CreateEntry(accrued(kind, in: books), then: .post), as: books.owner
    ).entry
    _ = try await books.workspace.perform(
      CreateEntry(accrued(nil, in: books), then: .post), as: books.owner)
    let detail = try await books.workspace.fetch(EntryDetail(entry), as: books.viewer)
    #expect(detail.head.adjustment == kind)
    #expect(try await found("kind:\(kind.rawValue)", in: books) == [kind])
    #expect(try await found("type:adjusting", in: books) == [nil, kind])
  }

  @Test func `what becomes an entry of another type, or takes one back, is for none of it`()
    async throws
  {
    let books = try await TestBooks.make()
    let draft = try await books.workspace.perform(
      CreateEntry(accrued(.accrual, in: books)), as: books.owner
    ).entry
    var edited = try await books.workspace.fetch(EntryToEdit(draft), as: books.owner)
    #expect(edited.content.adjustment == .accrual)
    edited.content.type = .standard
    _ = try await books.workspace.perform(
      EditEntry(draft, content: edited.content, version: edited.version), as: books.owner)
    #expect(try await found("", in: books) == [nil])
    let posted = try await books.workspace.perform(
      CreateEntry(accrued(.estimate, in: books), then: .post), as: books.owner
    ).entry
    _ = try await books.workspace.perform(
      ReverseEntry(posted, reason: "Estimated anew."), as: books.owner)
    #expect(try await found("type:reversing", in: books) == [nil])
  }

  @Test func `the hash of an entry seals what it is for`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.workspace.perform(
      CreateEntry(accrued(.accrual, in: books), then: .post), as: books.owner
    ).entry
    func findings() async throws -> [VerifyAudit.Finding.Kind] {
      try await books.workspace.fetch(VerifyAudit(), as: books.owner).findings.map(\.kind)
    }
    #expect(try await findings() == [])
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      DROP TRIGGER journal_entries_content;
      UPDATE journal_entries SET adjustment_kind = 'deferral' WHERE id = \(entry.value);
      """)
    #expect(try await findings() == [.entryModified])
  }

  @Test func `a kind that there isn't is told with those that there are`() {
    #expect(
      EntrySearch("kind:blue").fault
        == "Entries can be accrual, deferral, depreciation, estimate, revaluation.")
  }
}
