import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

@Suite struct TemplateJourneys {
  @Test func `an entry is made a template, which fills a new form and can be removed`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(1_200)
    let driver = await Driver(.employee, in: books)
    await driver.press("T", "Monthly rent", .enter)
    #expect(driver.message.hasPrefix("ok The template Monthly rent"))
    await driver.press("n", .function(7), .enter)
    #expect(driver.grid.map { $0[0].prefix(4) } == ["6200", "1120"])
    #expect(driver.grid[0][1] == "12.00")
    await driver.press(.ctrl("z"))
    #expect(driver.grid.allSatisfy { $0.joined().isEmpty })
    await driver.press(.function(7), "Remove", .enter)
    #expect(driver.shows("Remove the template Monthly rent?"))
    await driver.press("y")
    #expect(driver.message == "ok The template Monthly rent is gone.")
    await driver.press(.function(7))
    #expect(driver.shows("There is no template yet."))
  }

  @Test func `a name that can't be had is asked for again, and what was typed stays`() async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.post(1_200)
    try await books.workspace.perform(SaveTemplate("Rent", of: entry), as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.press("T", .ctrl("u"), "rent", .enter)
    #expect(driver.shows("The template rent exists already."))
    await driver.press(" 2", .enter)
    #expect(driver.message.hasPrefix("ok The template rent 2"))
  }

  @Test func `what the form doesn't show of a template is in the entry`() async throws {
    let books = try await TestBooks.make()
    var content = books.entry(1_200)
    (content.notes, content.payee) = ("Lease 17", "Harbour Estates")
    let entry = try await books.workspace.perform(CreateEntry(content), as: books.owner).entry
    try await books.workspace.perform(SaveTemplate("Rent", of: entry), as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.press("n", .function(7), .enter, .function(10))
    let made = try #require(try await books.entries().first { $0.status == .posted })
    let found = try await books.workspace.fetch(EntryToEdit(made.id), as: books.owner).content
    #expect(found.notes == "Lease 17" && found.payee == "Harbour Estates")
  }

  @Test func `a template writes over nothing that was typed`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(1_200)
    try await books.workspace.perform(SaveTemplate("Rent", of: entry), as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.press("n", .enter, "Mine", .enter, "625", .enter, "5", .alt("t"), .enter)
    #expect(driver.grid.map { $0[0].prefix(4) } == ["6250", "6200", "1120"])
    #expect(driver.form?.fields[2].text == "Mine")
  }
}
