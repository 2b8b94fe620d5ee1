import Domain
import Keys
import Operations
import TestSupport
import Testing
import ViewModels

@Suite struct JournalJourneys {
  private func manyEntries() async throws -> Driver {
    let books = try await TestBooks.make()
    for number in 1...250 {
      let content = books.entry(Int64(number) * 100, "Entry \(number)")
      let ending: EntryEnding = number.isMultiple(of: 5) ? .keepDraft : .post
      try await books.workspace.perform(CreateEntry(content, then: ending), as: books.owner)
    }
    return await Driver(.owner, in: books)
  }

  @Test func `the newest stand first, and more are read as the cursor nears the end`() async throws
  {
    let driver = try await manyEntries()
    #expect(driver.rows.count == 100)
    #expect(driver.rows.first?[2] == "Entry 250")
    #expect(driver.table?.note == "all, 1 of 100+")
    await driver.press("G")
    #expect(driver.rows.count == 200)
    await driver.press("G", "G")
    #expect(driver.rows.count == 250)
    #expect(driver.table?.note == "all, 250 of 250")
    #expect(driver.rows.map { $0[2] } == (1...250).reversed().map { "Entry \($0)" })
    await driver.press("g")
    #expect(driver.table?.cursor == 0)
  }

  @Test func `keys faster than the books read no page twice`() async throws {
    let driver = try await manyEntries()
    for _ in 1...5 { driver.send(.key(.end)) }
    await driver.settle()
    #expect(driver.rows.map { $0[2] } == (51...250).reversed().map { "Entry \($0)" })
  }

  @Test func `the filter goes through all, drafts, waiting and posted`() async throws {
    let driver = try await manyEntries()
    await driver.press("f")
    #expect(driver.rows.count == 50)
    #expect(driver.rows.allSatisfy { $0[4] == "draft" })
    await driver.press("f")
    #expect(driver.shows("No waiting entries. f shows others."))
    await driver.press("f")
    #expect(driver.rows.allSatisfy { $0[4] == "posted" })
    await driver.press("f")
    #expect(driver.rows.count == 100)
  }

  @Test func `the cursor stays on its entry when another comes before it`() async throws {
    let books = try await TestBooks.make()
    try await books.post(1_000)
    try await books.post(2_000)
    let driver = await Driver(.owner, in: books)
    await driver.press("j")
    try await books.post(3_000)
    driver.send(.booksChanged)
    await driver.settle()
    #expect(driver.rows.count == 3)
    #expect(driver.table?.cursor == 2)
    #expect(driver.rows[2][3] == "10.00")
  }

  @Test func `an empty journal says how to begin`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    #expect(driver.shows("No entries yet. n writes the first."))
  }

  @Test func `an action that can't be done now says why`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    await driver.press("p")
    #expect(driver.message == "! There is no entry here.")
    try await books.post(1_000)
    await driver.press("r", "p")
    #expect(driver.message == "! An entry that is posted can't be posted.")
    await driver.press("e")
    #expect(driver.message == "! An entry that is posted can't be edited.")
  }
}
