import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// Going back through what was seen, and on where one stopped the last time.
@Suite struct VisitJourneys {
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    for number in 1...30 { try await books.draft(by: .owner, Int64(number) * 100) }
    return books
  }

  @Test func `what was seen comes back as it was left, and then what came after`() async throws {
    let driver = await Driver(.owner, in: try await books())
    await driver.press("j", "j", .enter, .escape, "3", "6")
    await driver.press(Stroke(Key.left.with(.alt)))
    #expect(driver.path == ["Accounts"])
    await driver.press("<")
    #expect(driver.path == ["Journal"])
    #expect(driver.table?.position == "3 of 30")
    await driver.press("<")
    #expect(driver.path.count == 2)
    await driver.press("<", "<", "<", "<")
    #expect(driver.path == ["Home"])
    #expect(driver.message == "! Nothing was shown before this.")
    for _ in 1...5 { await driver.press(">") }
    #expect(driver.path == ["Audit log"])
    await driver.press(Stroke(Key.right.with(.alt)))
    #expect(driver.message == "! Nothing was shown after this.")
  }

  @Test func `going somewhere new forgets what came after`() async throws {
    let driver = await Driver(.owner, in: try await books())
    await driver.press("3", "4", "<", "6", ">")
    #expect(driver.path == ["Audit log"])
    await driver.press("<")
    #expect(driver.path == ["Accounts"])
  }

  @Test func `there is no way back into a form that was left, and none out of one unasked`()
    async throws
  {
    let driver = await Driver(.owner, in: try await books())
    await driver.postRent()
    await driver.press("<")
    #expect(driver.path == ["Home"])
    await driver.press(">", "n", .enter, "Lamp oil", Stroke(Key.left.with(.alt)))
    #expect(driver.field?.text == "Lamp oil")
    #expect(driver.path.last == "New entry")
  }

  @Test func `a section is found as it was left, and begun anew by its number pressed again`()
    async throws
  {
    let driver = await Driver(.owner, in: try await books())
    await driver.press("/", "rent", .enter, "j", "j", "j", "3", "2")
    #expect(driver.table?.filter?.text == "rent")
    #expect(driver.table?.position == "4 of 30")
    await driver.press("2")
    #expect(driver.table?.filter == nil)
    #expect(driver.table?.position == "1 of 30")
  }

  @Test func `signing in again goes on where the same person stopped, in the same business`()
    async throws
  {
    let books = try await books()
    let shelf = FormComforts.Shelf()
    let first = await Driver(.owner, in: books, settings: shelf.settings)
    await first.press("f", "j", "j", "j", "j", .function(3), "y")
    #expect(first.navigator.hasEnded)
    try await books.draft(by: .employee)
    let second = await Driver(.owner, in: books, settings: shelf.settings, startsAt: nil)
    #expect(second.path == ["Journal"])
    // On the same entry, though another has come before it.
    #expect(second.table?.note == "drafts, 6 of 31")
    let other = await Driver(.viewer, in: books, settings: shelf.settings, startsAt: nil)
    #expect(other.path == ["Home"])
  }

  @Test func `a terminal that goes away keeps the place too, and what is gone leaves the nearest`()
    async throws
  {
    let books = try await books()
    let shelf = FormComforts.Shelf()
    let first = await Driver(.owner, in: books, settings: shelf.settings)
    await first.press("G")
    first.navigator.end()
    let oldest = try #require(try await books.entries().last)
    try await books.workspace.perform(DiscardEntry(oldest.id), as: books.owner)
    let second = await Driver(.owner, in: books, settings: shelf.settings, startsAt: nil)
    #expect(second.table?.position == "1 of 29")
    shelf.texts = shelf.texts.mapValues { _ in "{ no JSON" }
    let third = await Driver(.owner, in: books, settings: shelf.settings, startsAt: nil)
    #expect(third.path == ["Home"])
  }
}
