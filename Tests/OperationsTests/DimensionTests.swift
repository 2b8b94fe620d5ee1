import Domain
import Interchange
import Operations
import TestSupport
import Testing

/// What lines say besides account and amount: projects, parties, tags.
@Suite struct DimensionTests {
  private func entry(
    _ books: TestBooks, project: String = "", party: String = "", tags: [EntryTag] = [],
    memo: String = "", text: String = "Rent"
  ) async throws -> ID<Entry> {
    var content = books.entry(1_000, text)
    (content.lines[0].project, content.lines[0].counterparty) = (project, party)
    content.lines[0].tags = tags.json
    content.lines[0].description = memo
    return try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner
    ).entry
  }

  @Test func `what a line says is kept, shown, and on record`() async throws {
    let books = try await TestBooks.make()
    let entry = try await entry(
      books, project: "Loft", party: "Ms Lord", tags: [EntryTag("trip", "Kiel"), EntryTag("rent")])
    let lines = try await books.workspace.fetch(EntryDetail(entry), as: books.viewer).lines
    #expect(lines.map(\.project) == ["Loft", ""])
    #expect(lines.map(\.counterparty) == ["Ms Lord", ""])
    #expect(lines.map(\.tagText) == ["trip:Kiel, rent", ""])
    let created = try #require(
      try await books.trail().first { $0.operation == "journal.create" })
    for text in ["Loft", "Ms Lord", "Kiel"] {
      #expect(created.newValues?.contains(text) == true, "\(text)")
    }
    let kept = try await books.workspace.fetch(EntryToEdit(entry), as: books.owner).content
    #expect(kept.lines[0].project == "Loft" && kept.lines[0].counterparty == "Ms Lord")
  }

  @Test(arguments: [
    ("project:lo", ["Loft"]), ("party:lord", ["Loft"]), ("counterparty:kiel", ["Yard"]),
    ("tag:trip", ["Loft", "Yard"]), ("tag:trip:kiel", ["Loft"]), ("tag:kiel", []),
    ("tag:trip project:yard", ["Yard"]), ("party:lord project:yard", []), ("lamp", ["Yard"]),
    ("lord", ["Loft"]), ("!lamp", ["Loft", "Plain"]), ("plain", ["Plain"]),
    ("from:2026-11-23 to:2026-11", ["Loft", "Plain", "Yard"]), ("to:2026-10", []),
    ("from:2026-12", []),
  ])
  func `entries are found by what a line says`(_ search: String, _ texts: [String]) async throws {
    let books = try await TestBooks.make()
    _ = try await entry(
      books, project: "Loft", party: "Ms Lord", tags: [EntryTag("trip", "Kiel")], text: "Loft")
    _ = try await entry(
      books, project: "Yard", party: "Bank of Kiel", tags: [EntryTag("trip", "Ulm")],
      memo: "Lamp oil", text: "Yard")
    _ = try await entry(books, text: "Plain")
    let search = EntrySearch(search)
    let found = try await books.workspace.fetch(JournalPage(.all, search), as: books.viewer)
    #expect(found.map(\.description).sorted() == texts)
    let size = try await books.workspace.fetch(JournalSize(.all, search), as: books.viewer)
    #expect(size.entries == texts.count)
  }

  @Test func `a journal takes what lines say along and brings it back`() async throws {
    let workspace = try TestBooks.emptyWorkspace(at: TestBooks.start)
    let first = try await TestBooks.owner(of: "first", in: workspace)
    let written = """
      2026-11-02 Rent  ; whole:
          Expenses:Rent   12.50 USD  ; project:Loft, party:Ms Lord, reference:B-7, trip:Kiel
          Assets:Box
      """
    func lines(_ principal: Principal) async throws -> [EntryDetail.Line] {
      let entry = try #require(
        try await workspace.fetch(JournalPage(), as: principal).first)
      return try await workspace.fetch(EntryDetail(entry.id), as: principal).lines
    }
    try await workspace.perform(
      ImportJournal(
        try HledgerJournal.read(text: written), file: "in", untyped: .asset), as: first)
    let line = try #require(try await lines(first).first { $0.name == "Rent" })
    #expect((line.project, line.counterparty, line.tagText) == ("Loft", "Ms Lord", "trip:Kiel"))
    #expect(line.reference == "B-7")
    let text = HledgerJournal.write(
      try await workspace.perform(ExportJournal(to: "out"), as: first).journal)
    #expect(text.ranges(of: "project:Loft").count == 1, "\(text)")
    #expect(text.contains("whole:"))
    let second = try await TestBooks.owner(of: "second", in: workspace)
    try await workspace.perform(
      ImportJournal(try HledgerJournal.read(text: text), file: "out", untyped: .asset), as: second)
    let again = try #require(try await lines(second).first { $0.name == "Rent" })
    #expect((again.project, again.counterparty, again.tagText) == ("Loft", "Ms Lord", "trip:Kiel"))
    #expect(again.reference == "B-7")
  }

  @Test func `what was typed here is in the journal that other programs read`() async throws {
    let books = try await TestBooks.make()
    _ = try await entry(
      books, project: "Loft", party: "Ms Lord",
      tags: [EntryTag("trip", "Kiel"), EntryTag("cost", "5")])
    let journal = try await books.workspace.perform(ExportJournal(to: "out"), as: books.owner)
      .journal
    let posting = try #require(journal.entries.first?.postings.first)
    #expect(
      posting.tags == [
        ForeignTag(name: "project", value: "Loft"), ForeignTag(name: "party", value: "Ms Lord"),
        ForeignTag(name: "trip", value: "Kiel"),
      ])
  }

  @Test func `what no column holds is refused with its line`() async throws {
    let books = try await TestBooks.make()
    let fault = EntryFault.line(0, .tooLong(.project, count: 101))
    await #expect(throws: Refusal.faults([fault])) {
      _ = try await entry(books, project: String(repeating: "p", count: 101))
    }
  }
}
