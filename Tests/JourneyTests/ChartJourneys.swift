import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

@Suite struct ChartJourneys {
  @Test func `the chart is a tree with what each branch holds`() async throws {
    let books = try await TestBooks.make()
    try await books.post(10_000)
    let driver = await Driver(.owner, in: books)
    await driver.press("3")
    let rows = driver.table.map { Array($0.rows) } ?? []
    #expect(rows.first?.cells.first == "1000 Assets")
    #expect(rows.first?.shape.fold == .open)
    #expect(rows.first { $0.cells[0] == "6200 Rent" }?.cells[2] == "100.00")
    #expect(rows.first { $0.cells[0].english.hasPrefix("6000") }?.cells[2] == "100.00")
    #expect(rows.first { $0.cells[0] == "1000 Assets" }?.cells[2] == "-100.00")
  }

  @Test func `Space hides and shows what is below`() async throws {
    let driver = await Driver(.viewer, in: try await TestBooks.make())
    await driver.press("3")
    let all = driver.rows.count
    await driver.press(" ")
    #expect(driver.table?.rows.first?.shape.fold == .closed)
    #expect(driver.rows[1][0] == "2000 Liabilities")
    await driver.press(" ")
    #expect(driver.rows.count == all)
  }

  @Test func `Enter goes from an account to its lines and on to the entry`() async throws {
    let books = try await TestBooks.make()
    try await books.post(10_000)
    let driver = await Driver(.owner, in: books)
    await driver.press("3", "j", "j", "j", .enter)
    #expect(driver.path == ["Accounts", "1120 Current account"])
    #expect(driver.rows.map { $0[6] } == ["-100.00"])
    await driver.press(.enter)
    #expect(driver.path == ["Accounts", "1120 Current account", "GJ-2026-000001"])
    await driver.press(.escape, .escape)
    #expect(driver.table?.cursor == 3)
  }

  @Test func `an account is added below the heading under the cursor`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("3", "j", "n", "1160", .enter, "Petty cash", .function(10))
    #expect(driver.message == "ok 1160 Petty cash is saved.")
    #expect(driver.rows.contains { $0[0] == "1160 Petty cash" })
    #expect(driver.path == ["Accounts"])
  }

  @Test func `a number that is taken is refused with every character kept`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("3", "j", "n", "1120", .enter, "Second bank", .function(10))
    #expect(driver.message == "ERROR The account 1120 exists already. Choose another.")
    #expect(driver.form?.focus == 0)
    #expect(driver.form?.fields[0].text == "1120")
    #expect(driver.form?.fields[1].text == "Second bank")
    #expect(driver.form?.fields[0].fault != nil)
  }

  @Test func `everything that is wrong with an account is said at once`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("3", "n", .tab, .tab, "nowhere", .tab, "thing", .function(10))
    #expect(
      driver.form?.fields.map { $0.fault != nil }.prefix(5) == [true, true, true, true, false])
    #expect(driver.form?.fields.dropFirst(4).allSatisfy { $0.fault == nil } == true)
    #expect(driver.form?.focus == 0)
    #expect(
      driver.shows("An account number has 1 to 32 characters and no spaces"),
      "\(driver.screen)")
    #expect(driver.shows("An account needs a name."))
    #expect(driver.shows("There is no such type."))
  }

  @Test func `saving twice at once saves once`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("3", "j", "n", "1160", .enter, "Petty cash")
    driver.send(.key(.function(10)))
    driver.send(.key(.function(10)))
    await driver.settle()
    #expect(driver.message == "ok 1160 Petty cash is saved.")
    #expect(driver.path == ["Accounts"])
  }

  @Test func `an account is archived and brought back`() async throws {
    let driver = await Driver(.director, in: try await TestBooks.make())
    await driver.press("3", "j", "j", "c")
    #expect(driver.message == "ok 1110 Tills is archived.")
    #expect(driver.rows[2][4] == "archived")
    await driver.press("c")
    #expect(driver.message == "ok 1110 Tills is in use again.")
  }

  @Test func `an account with a balance isn't archived, and the reason is said`() async throws {
    let books = try await TestBooks.make()
    try await books.post(10_000)
    let driver = await Driver(.owner, in: books)
    await driver.press("3", "j", "j", "j", "c")
    #expect(driver.message == "ERROR The account still has a balance. Clear it first.")
  }

  @Test func `leaving a changed account form asks`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("3", "n", "1160", .escape)
    #expect(driver.shows("Leave without saving?"))
    await driver.press(.escape)
    #expect(driver.form?.fields[0].text == "1160")
    await driver.press(.escape, "y")
    #expect(driver.path == ["Accounts"])
  }
}
