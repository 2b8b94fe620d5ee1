import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// Keys that a task may take: UX 3.3, where D is how long the description is.
@Suite struct KeyBudgets {
  @Test func `an entry of two lines takes the description and 17 keys`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .enter, "Office rent", .enter)
    await driver.press("620", .enter, "1200", .enter, "112", .enter, .function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
    #expect(driver.keyCount <= "Office rent".count + 17)
    #expect(try await books.balances() == ["6200": 120_000, "1120": -120_000])
  }

  @Test func `an entry of five lines takes the description and 45 keys`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .enter, "Takings", .enter, "112", .enter, "5000", .enter)
    await driver.press("410", .enter, "1500", .enter, "420", .enter, "1250", .enter)
    await driver.press("430", .enter, "1250", .enter, "460", .enter, .function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
    #expect(driver.keyCount <= "Takings".count + 45)
    #expect(
      try await books.balances() == [
        "1120": 500_000, "4100": -150_000, "4200": -125_000, "4300": -125_000, "4600": -100_000,
      ])
  }

  @Test func `an entry can be written on the numeric keypad`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .enter, "4711", .enter, "6200", .enter, "120*3+5.50", .enter)
    await driver.press("1120", .enter, .enter, .enter)
    await driver.press(.function(10))
    #expect(try await books.balances() == ["6200": 36_550, "1120": -36_550])
  }

  @Test func `a key gets one from the trial balance to the entry in two`() async throws {
    let books = try await TestBooks.make()
    try await books.post(10_000)
    let driver = await Driver(.owner, in: books)
    await driver.press("4", .enter, .enter)
    #expect(driver.path.last == "GJ-2026-000001")
    #expect(driver.keyCount == 3)
  }
}
