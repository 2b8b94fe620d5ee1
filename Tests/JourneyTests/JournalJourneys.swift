import Domain
import Keys
import Operations
import Phrases
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
    #expect(driver.table?.note == "all, 1 of 250")
    for _ in 1...6 { await driver.press(.pageDown) }
    #expect(driver.rows.count == 200)
    #expect(driver.table?.note == "all, 97 of 250")
    #expect(driver.rows.map { $0[2] } == (51...250).reversed().map { "Entry \($0)" })
  }

  @Test func `the last row is one key away, and so is the first, with pages read between`()
    async throws
  {
    let driver = try await manyEntries()
    await driver.press("G")
    #expect(driver.table?.note == "all, 250 of 250")
    #expect(driver.rows.last?[2] == "Entry 1")
    #expect(driver.rows.count == 100)
    for _ in 1...6 { await driver.press(.pageUp) }
    #expect(driver.rows.count == 200)
    #expect(driver.table?.note == "all, 154 of 250")
    await driver.press("g")
    #expect(driver.table?.note == "all, 1 of 250")
    #expect(driver.rows.first?[2] == "Entry 250")
  }

  @Test func `only a window of a long list is kept, and the cursor stays on its row`() async throws
  {
    let driver = try await manyEntries()
    let names = (1...250).reversed().map { "Entry \($0)" }
    var seen: [String] = []
    for step in 0..<250 {
      let cursor = try #require(driver.table?.cursor)
      seen.append(driver.rows[cursor][2])
      #expect(driver.table?.note == "all, \(step + 1) of 250")
      await driver.press("j")
    }
    #expect(seen == names)
  }

  @Test func `keys faster than the books read no page twice`() async throws {
    let driver = try await manyEntries()
    for _ in 1...9 { driver.send(.key(.pageDown)) }
    await driver.settle()
    #expect(driver.rows.map { $0[2] } == (51...250).reversed().map { "Entry \($0)" })
  }

  @Test func `a filter is followed while it is typed, by words and by fields`() async throws {
    let driver = try await manyEntries()
    await driver.press("/", "entry 25")
    #expect(Set(driver.rows.map { $0[2] }) == ["Entry 25", "Entry 250"])
    #expect(driver.table?.totals?[3] == "275.00")
    await driver.press(.enter, "j")
    #expect(driver.table?.note == "all, 2 of 2")
    await driver.press(.escape)
    #expect(driver.rows.count == 100)
    await driver.press("/", "amount>=249 status:posted")
    #expect(driver.rows.map { $0[2] } == ["Entry 249"])
    await driver.press(.ctrl("u"), "colour:red")
    #expect(driver.shows("There is no field colour."))
    await driver.press(.escape)
    #expect(driver.rows.count == 100)
  }

  @Test func `rows are sorted by a column, marked, and their sum told`() async throws {
    let driver = try await manyEntries()
    await driver.press("s", "amount", .enter)
    #expect(driver.rows.first?[2] == "Entry 1")
    await driver.press("s", "amount", .enter)
    #expect(driver.rows.first?[2] == "Entry 250")
    await driver.press("g", .space, .space)
    #expect(driver.table?.totals?[3] == "499.00")
    #expect(driver.table?.note.english.contains("2 marked") == true)
    await driver.press("Y")
    let copied = driver.requests.last
    #expect(
      copied
        == .copy(driver.rows.prefix(2).map { $0.joined(separator: "\t") }.joined(separator: "\n")))
  }

  @Test func `a sum stands under its column wherever that is, and goes with it`() async throws {
    let driver = try await manyEntries()
    await driver.press("/", "entry 25", .enter)
    await driver.press("C", "Amount: one place to the left", .enter, .escape)
    #expect(driver.table?.columns.map(\.title).firstIndex(of: "Amount") == 2)
    #expect(driver.table?.totals == ["", "", "275.00", "Total", "", ""])
    await driver.press("C", "Amount", .enter, .escape)
    #expect(driver.table?.totals == nil)
  }

  @Test func `the filter goes through all, drafts, waiting, posted and voided`() async throws {
    let driver = try await manyEntries()
    await driver.press("f")
    #expect(driver.rows.count == 50)
    #expect(driver.rows.allSatisfy { $0[4] == "draft" })
    await driver.press("f")
    #expect(driver.shows("No waiting entries. f shows others."))
    await driver.press("f")
    #expect(driver.rows.allSatisfy { $0[4] == "posted" })
    await driver.press("f")
    #expect(driver.shows("No voided entries. f shows others."))
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
