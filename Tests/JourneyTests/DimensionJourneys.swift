import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// Projects, parties and tags of lines, as they are typed and found.
@Suite struct DimensionJourneys {
  @Test func `a line's project, party and tags are asked for apart, and reach the books`()
    async throws
  {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    await driver.press(.enter, .up, .alt("."))
    #expect(driver.path.last == "Line 2", "\(driver.screen)")
    await driver.press("Loft", .tab, "Ms Lord", .tab, "two words", .function(10))
    #expect(
      driver.field?.fault == "A tag is a word, or a word and what it says: rent, trip:Kiel.")
    await driver.press(.ctrl("u"), "rent, trip:Kiel", .function(10))
    #expect(driver.path.last == "New entry")
    #expect(driver.grid.contains { $0.last == "Loft, Ms Lord, rent, trip:Kiel" })
    await driver.press(.function(2))
    #expect(driver.path.last == "Journal", "\(driver.screen)")
    await driver.press(.enter)
    #expect(
      driver.tables["Lines"]?.columns.map(\.title.english) == [
        "Account", "Debit", "Credit", "Memo", "Project", "Party", "Tags",
      ])
    let rows = driver.tables["Lines"]?.rows.map { $0.cells.map(\.english) } ?? []
    let row = try #require(rows.first { $0[4] == "Loft" }, "\(driver.screen)")
    #expect(row[5] == "Ms Lord" && row[6] == "rent, trip:Kiel")
    await driver.press(.escape, "/", "project:loft tag:trip", .enter)
    #expect(driver.rows.count == 1)
    await driver.press(.escape, "/", "tag:kiel", .enter)
    #expect(driver.rows.isEmpty)
  }

  @Test func `they stay while something else of the draft is changed, and can be undone`()
    async throws
  {
    let books = try await TestBooks.make()
    var content = books.entry(1_200)
    (content.lines[0].project, content.lines[0].tags) = ("Loft", #"[["*",""],["rent",""]]"#)
    let entry = try await books.workspace.perform(CreateEntry(content), as: books.owner).entry
    let driver = await Driver(.owner, in: books)
    await driver.press("e", .enter, "New text", .enter, .alt("."), .ctrl("u"), "Yard")
    await driver.press(.function(10), .alt("u"), .function(2))
    content.description = "New text"
    let found = try await books.workspace.fetch(EntryToEdit(entry), as: books.owner)
    #expect(found.content == content)
  }
}
