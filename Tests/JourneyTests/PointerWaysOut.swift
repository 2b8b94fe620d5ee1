import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// What a mouse needs that keys do by Esc and Enter.
@Suite struct PointerWaysOut {
  @Test(arguments: [[":"], ["?"], ["s"], ["n", .function(4)]] as [[Stroke]])
  func `a click beside what lies over the screen sends it away, and one within doesn't`(
    keys: [Stroke]
  ) async throws {
    let books = try await TestBooks.make()
    try await books.post(1_200)
    let driver = await Driver(.owner, in: books)
    for key in keys { await driver.press(key) }
    await driver.click(keys.count == 1 ? "Find [" : "Mo  Tu")
    #expect(driver.navigator.overlay != nil)
    await driver.click("Esc closes")
    #expect(driver.navigator.overlay == nil)
  }

  @Test func `a click beside a question leaves it, as nothing was answered`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .owner)
    let driver = await Driver(.owner, in: books)
    await driver.press("D")
    await driver.click("Journal")
    #expect(driver.shows("Discard D-1?"))
    await driver.click("[ Cancel")
    #expect(driver.navigator.overlay == nil)
  }

  @Test func `the wheel turns a calendar by weeks`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("n", .function(4))
    for _ in 0..<4 { driver.send(.wheel(.up)) }
    #expect(driver.shows("October 2026"))
    for _ in 0..<4 { driver.send(.wheel(.down)) }
    await driver.press(.enter)
    #expect(driver.form?.fields[0].text == TestBooks.today.text)
  }

  @Test func `a second click on an entry's line opens its account`() async throws {
    let books = try await TestBooks.make()
    try await books.post(1_200)
    let driver = await Driver(.owner, in: books)
    await driver.press(.enter)
    await driver.click("1120 Current")
    #expect(driver.path.count == 2)
    await driver.click("1120 Current")
    #expect(driver.path.last == "1120 Current account")
  }

  @Test func `the footer names no keys that what lies over the screen doesn't take`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .owner)
    let driver = await Driver(.owner, in: books)
    #expect(driver.lines.last?.contains("F1 help") == true)
    await driver.press("D")
    #expect(driver.lines.last == "")
  }

  @Test func `a register says which row of all its cursor is on`() async throws {
    let books = try await TestBooks.make()
    for amount in 1...230 { try await books.post(Int64(amount)) }
    let driver = await Driver(.owner, in: books, startsAt: "4")
    await driver.press(.enter)
    #expect(driver.shows("230 of 230"))
    await driver.press("k")
    #expect(driver.shows("229 of 230"))
    await driver.press("g")
    #expect(driver.shows("1 of 230"))
  }
}
