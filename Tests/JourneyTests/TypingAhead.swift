import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// Fingers that are faster than the books lose nothing and hit nothing else.
@Suite struct TypingAhead {
  private func send(_ strokes: Stroke..., to driver: Driver) {
    for key in strokes.flatMap(\.keys) { driver.send(.key(key)) }
  }

  @Test func `a whole entry typed before its form has come up is the entry`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    send(
      "n", .enter, "Rent", .enter, "620", .enter, "100", .enter, "112", .enter, .function(10),
      "n", .enter, "Oil", .enter, "620", .enter, "7", .enter, "112", .enter, .function(10),
      to: driver)
    await driver.settle()
    #expect(try await books.entries().map(\.description) == ["Oil", "Rent"])
    #expect(try await books.balances() == ["6200": 10_700, "1120": -10_700])
    #expect(driver.message == "ok GJ-2026-000002 is posted.")
  }

  @Test func `from the password on everything can be typed at once`() async throws {
    let books = try await TestBooks.make()
    try await books.post(1_000)
    let driver = await Driver(books.workspace)
    send(
      "owner@books.example", .enter, "\(TestBooks.password)", .enter, "2", "d", "55",
      .function(10), to: driver)
    driver.send(.paste("never", leftOut: 0))
    await driver.settle()
    #expect(try await books.entries().map { $0.total.minorUnits } == [5_500, 1_000])
  }

  @Test func `Enter behind the password enters the first of several businesses`() async throws {
    let books = try await TestBooks.make()
    let other = BusinessPlan(name: "Boat yard", slug: "yard", baseCurrency: "USD", chart: nil)
    let driver = await Driver(books.workspace)
    _ = try await books.workspace.perform(CreateBusiness(other), as: books.owner)
    send("owner@books.example", .enter, "\(TestBooks.password)", .enter, .enter, "2", to: driver)
    await driver.settle()
    #expect(driver.path == ["Journal"])
  }

  @Test func `keys wait for rows though what was begun beside them ends first`() async throws {
    let books = try await TestBooks.make()
    for number in 1...3 { try await books.draft(by: .owner, Int64(number)) }
    let driver = await Driver(.owner, in: books, startsAt: nil)
    let navigator = driver.navigator
    let effects = navigator.update(.key("2"))
    for effect in effects { navigator.began(effect) }
    #expect(effects.count == 2)
    for effect in effects.reversed() {
      let apply = await effect.run()
      navigator.ended(effect)
      driver.send(.finished(effect, apply))
      if driver.rows.isEmpty { driver.send(.key("j")) }
    }
    await driver.settle()
    #expect(driver.table?.position == "2 of 3")
  }

  @Test func `what was listed before there were rows is done once they have come`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    try await books.post(1_000)
    driver.send(.booksChanged)
    driver.send(.key(":"))
    await driver.settle()
    await driver.press("Write what is shown", .enter)
    #expect(driver.shows("Export what is shown?"))
  }

  /// Of document I-1, 388 EUR are owed at 1.08 on 2110, and 100 EUR at 1.2 on 1210.
  private func booksWithDocuments() async throws -> TestBooks {
    let books = try await TestBooks.make()
    for (number, euros, base) in [("2110", 388_00, 419_04), ("1210", 100_00, 120_00)] {
      var content = books.entry(1)
      content.reference = "I-1"
      content.lines = [
        books.line("6400", Int64(base)),
        LineContent(
          account: books.account(number), currency: "EUR", amount: Money(minorUnits: Int64(-euros)),
          base: Money(minorUnits: Int64(-base))),
      ]
      try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
    return books
  }

  @Test func `typing goes on while documents are read, and those of another account are nothing`()
    async throws
  {
    let books = try await booksWithDocuments()
    let driver = await Driver(.owner, in: books)
    await driver.press("n", .tab, "I-1", .tab, "Paid", .enter)
    send("1210", .enter, "100 EUR @ book", .backTab, "2110", .enter, .enter, "1120", to: driver)
    #expect(driver.grid[0][0] == "2110 Trade payables")
    #expect(driver.grid[0].last == "?")
    #expect(driver.grid[1][0] == "1120")
    await driver.settle()
    // 419.04 / 388, for each of the hundred.
    #expect(driver.grid[0].last == "108.00")
    #expect(driver.grid[1][0] == "1120")
    await driver.press(.enter, "108", .function(10))
    #expect(driver.message == "ok GJ-2026-000003 is posted.")
    #expect(
      try await books.balances() == [
        "1120": -10_800, "1210": -12_000, "2110": -31_104, "6400": 53_904,
      ])
  }

  @Test func `Enter in an account goes to its amount before anybody knows what that is worth`()
    async throws
  {
    let books = try await booksWithDocuments()
    let driver = await Driver(.owner, in: books)
    await driver.press("n", .tab, "I-1", .tab, "Paid", .enter)
    send("2110", .enter, "100 EUR", .alt(">"), " @ book", .backTab, .backTab, to: driver)
    send("1210", .enter, to: driver)
    #expect(driver.grid[0][2] == "100.00 EUR @ book")
    #expect(driver.form?.grid?.focus?.column == 2)
  }

  /// What is typed before anybody knows what the other line is worth.
  @Test(arguments: [[.enter, .enter], [.tab, "="], [.tab]] as [[Stroke]])
  func `what goes by a worth waits for it, and goes to the side that balances`(
    _ strokes: [Stroke]
  ) async throws {
    let books = try await booksWithDocuments()
    let driver = await Driver(.owner, in: books)
    await driver.press("n", .tab, "I-1", .tab, "Paid", .enter)
    send("2110", .enter, "100 EUR @ book", .enter, "1120", to: driver)
    for stroke in strokes { send(stroke, to: driver) }
    send(.function(10), to: driver)
    await driver.settle()
    #expect(driver.grid[0].last == "108.00", "\(driver.screen)")
    #expect(driver.grid[1].prefix(3) == ["1120 Current account", "", "100.00 EUR"])
  }

  @Test func `letters meant for an entry to be edited are no commands of the list`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .owner)
    let driver = await Driver(.owner, in: books)
    send("e", .enter, .enter, "DRp", to: driver)
    await driver.settle()
    #expect(driver.path.last != "Journal")
    #expect(driver.field?.text.hasSuffix("DRp") == true)
    #expect(driver.navigator.overlay == nil)
    #expect(try await books.entries().map(\.status) == [.draft])
  }

  @Test func `what follows something that is refused goes nowhere, and its loss is told`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.closePeriod("2026-11")
    let driver = await Driver(.owner, in: books)
    await driver.typeRent()
    send(.function(10), "n", "Oil", to: driver)
    await driver.settle()
    #expect(!driver.screen.contains("Oil"))
    #expect(driver.form?.fields[2].text == "Rent")
    #expect(
      driver.navigator.message?.text.english.hasSuffix("What was typed since is left out (4 keys).")
        == true
    )
  }

  @Test func `Enter behind a filter opens what the filter leaves`() async throws {
    let books = try await TestBooks.make()
    for name in ["Oil", "Rent", "Rope"] {
      try await books.workspace.perform(CreateEntry(books.entry(100, name)), as: books.owner)
    }
    let driver = await Driver(.owner, in: books)
    send("/", "oil", to: driver)
    #expect(driver.table?.filter?.text == "oil")
    send(.enter, .enter, to: driver)
    await driver.settle()
    #expect(driver.shows("Oil"))
    #expect(driver.path.count == 2)
    let audit = await Driver(.owner, in: books, startsAt: "6")
    send("/", "journal.create", .enter, .enter, to: audit)
    await audit.settle()
    #expect(audit.path.count == 2)
    #expect(audit.shows("journal.create"))
  }

  @Test func `moving in a list goes on while its next page is read`() async throws {
    let books = try await TestBooks.make()
    for number in 1...150 { try await books.draft(by: .owner, Int64(number)) }
    let driver = await Driver(.owner, in: books)
    for _ in 1...120 { driver.send(.key(.down)) }
    #expect(driver.table?.position == "100 of 150")
    await driver.settle()
    #expect(driver.rows.count == 150)
  }
}
