import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// How an entry leaves its form, and why it may not.
@Suite struct EntryFormEndings {
  @Test func `F10 posts and takes the balance that is offered`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.postRent()
    #expect(driver.path == ["Journal"])
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
    #expect(try await books.balances() == ["6200": 10_000, "1120": -10_000])
  }

  @Test func `F10 twice at once posts one entry`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    driver.send(.key(.function(10)))
    driver.send(.key(.function(10)))
    driver.send(.key(.function(9)))
    await driver.settle()
    #expect(try await books.entries().count == 1)
    #expect(driver.path == ["Journal"])
  }

  @Test func `what comes of a posting closes its form and no other screen`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    driver.send(.key(.function(10)))
    driver.send(.key(.alt("4")))
    driver.send(.key(.character("y")))
    await driver.settle()
    #expect(driver.path == ["Trial balance"])
    #expect(try await books.entries().count == 1)
  }

  @Test func `what is dated in a period that isn't open moves to the first open day`() async throws
  {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("n", "2026-10-05", .enter, "Rent", .enter, "620", .enter, "100", .enter)
    await driver.press("112", .enter, .function(10))
    #expect(
      driver.question
        == "Period 2026-10 is not open yet. The first open day after it is 2026-11-01.",
      "\(driver.screen)")
    await driver.press("y", .function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    #expect(try await books.entries().map(\.date.text) == ["2026-11-01"])
  }

  @Test func `F2 keeps what doesn't balance as a draft`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .enter, "Rent", .enter, "620", .enter, "100", .enter, .function(2))
    #expect(driver.message == "ok D-1 is kept as a draft.")
    #expect(driver.rows[0][4] == "draft")
    await driver.press("e")
    #expect(driver.grid[0] == ["6200 Rent", "100.00", "", ""])
  }

  @Test(arguments: [10, 9])
  func `what needs a file is kept as a draft, which comes up to take it`(_ key: Int) async throws {
    let books = try await TestBooks.make()
    try await books.changeSettings { $0.evidenceFrom = Money(minorUnits: 100_00) }
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    await driver.press(.function(key))
    #expect(driver.path == ["Journal", "D-1"])
    #expect(
      driver.message
        == "! D-1 is kept as a draft, as it lacks a file. v on it attaches one.")
    #expect(try await books.entries().map(\.status) == [.draft])
    await driver.press("v")
    #expect(driver.path == ["Journal", "D-1", "Files"])
    _ = try await books.workspace.perform(
      AttachFile(
        NewAttachment("receipt.txt", [1]), to: .entry(books.entries()[0].id)),
      as: books.employee)
    await driver.press(.escape, "e", .function(10))
    #expect(driver.path == ["Journal", "GJ-2026-000001"])
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
  }

  @Test func `what is wrong besides is said, and what was typed stays`() async throws {
    let books = try await TestBooks.make()
    try await books.changeSettings { $0.evidenceFrom = Money(minorUnits: 100_00) }
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .enter, .enter, "620", .enter, "100", .enter, "112", .enter)
    await driver.press(.function(10))
    #expect(driver.path == ["Journal", "New entry"])
    #expect(driver.field?.fault == "Say what the entry is for.")
    #expect(try await books.entries().isEmpty)
  }

  @Test func `F9 posts and opens the next form`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    await driver.press(.function(9))
    #expect(driver.path == ["Journal", "New entry"])
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
    #expect(driver.form?.fields[2].text == "")
    await driver.press(.escape)
    #expect(driver.path == ["Journal"])
  }

  @Test func `leaving asks only when something was typed`() async throws {
    let driver = await Driver(.employee, in: try await TestBooks.make())
    await driver.press("n", .escape)
    #expect(driver.path == ["Journal"])
    await driver.press("n", .enter, "Rent", .escape)
    #expect(driver.shows("F2 keeps"))
    await driver.press(.enter)
    #expect(driver.field?.text == "Rent")
    await driver.press(.escape, "y")
    #expect(driver.path == ["Journal"])
  }

  /// What is typed, what is said, and where the cursor stands then: a field's number or line.column.
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let typed: [Stroke]
    let words: String
    let place: String
    let text: String
  }

  nonisolated static let faults: [Fault] = [
    Fault(
      testDescription: "nothing at all", typed: [.function(10)],
      words: "Say what the entry is for.", place: "2", text: ""),
    Fault(
      testDescription: "unbalanced",
      typed: [
        .enter, "Rent", .enter, "620", .enter, "100", .enter, "112", .enter, "90", .function(10),
      ], words: "Debits and credits differ by 10.00 USD, too much debit.", place: "1.2",
      text: "90.00"),
    Fault(
      testDescription: "a letter in an amount",
      typed: [.enter, "Rent", .enter, "620", .enter, "12x", .function(10)],
      words: "An amount can't have x there (column 3)", place: "0.1", text: "12x"),
    Fault(
      testDescription: "31 February", typed: ["31.2", .enter],
      words: "The calendar has no 2026-02-31.", place: "0", text: "31.2"),
    Fault(
      testDescription: "31 February, committed at once", typed: ["31.2", .function(10)],
      words: "The calendar has no 2026-02-31.", place: "0", text: "31.2"),
    Fault(
      testDescription: "2⁶³",
      typed: [.enter, "Rent", .enter, "620", .enter, "9223372036854775808", .enter],
      words: "The amount is larger than books can hold.", place: "0.1",
      text: "9223372036854775808"),
    Fault(
      testDescription: "2⁶³ in the smallest units",
      typed: [.enter, "Rent", .enter, "620", .enter, "92233720368547758.08", .enter],
      words: "The amount is larger than books can hold.", place: "0.1",
      text: "92233720368547758.08"),
    Fault(
      testDescription: "more decimals than the currency has",
      typed: [.enter, "Rent", .enter, "620", .enter, "1.005", .enter],
      words: "The currency has 2 decimals; the amount has more.", place: "0.1", text: "1.005"),
    Fault(
      testDescription: "a heading", typed: [.enter, "Rent", .enter, "1000", .enter],
      words: "1000 Assets is a heading", place: "0.0", text: "1000"),
    Fault(
      testDescription: "an account that isn't there",
      typed: [.enter, "Rent", .enter, "9999", .enter], words: "There is no account 9999",
      place: "0.0", text: "9999"),
    Fault(
      testDescription: "an amount without an account",
      typed: [.enter, "Rent", .enter, .tab, "5", .function(10)], words: "Which account?",
      place: "0.0", text: ""),
    Fault(
      testDescription: "an account without an amount",
      typed: [
        .enter, "Rent", .enter, "620", .enter, .tab, .tab, .tab, "112", .enter, .function(10),
      ], words: "How much?", place: "0.1", text: ""),
    Fault(
      testDescription: "a period that isn't open",
      typed: [
        "5.10", .enter, "Rent", .enter, "620", .enter, "100", .enter, "112", .enter, .function(10),
      ], words: "Period 2026-10 is not open yet.", place: "0", text: "2026-10-05"),
    Fault(
      testDescription: "a day of no period",
      typed: [
        "5.10.1999", .enter, "Rent", .enter, "620", .enter, "100", .enter, "112", .enter,
        .function(10),
      ], words: "No period holds 1999-10-05.", place: "0", text: "1999-10-05"),
    Fault(
      testDescription: "one line",
      typed: [.enter, "Rent", .enter, "620", .enter, "100", .enter, .function(10)],
      words: "An entry needs two lines or more.", place: "1.0", text: ""),
  ]

  @Test(arguments: faults)
  func `what is wrong is said where it is wrong, with all that was typed`(
    _ fault: Fault
  )
    async throws
  {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("n")
    for stroke in fault.typed { await driver.press(stroke) }
    #expect(driver.shows(fault.words))
    #expect(driver.field?.text == fault.text)
    let place =
      driver.form?.focus.map { "\($0)" }
      ?? driver.form?.grid?.focus.map { "\($0.line).\($0.column)" }
    #expect(place == fault.place)
    #expect(driver.cursor != nil)
    #expect(try await books.entries().isEmpty)
  }

  @Test func `everything that is wrong is said at once, and F10 goes from one to the next`()
    async throws
  {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press(
      "n", .enter, "Rent", .enter, .tab, "5", .tab, .tab, .tab, "620", .enter, .tab, .tab, "112",
      .enter, .function(10))
    #expect(driver.shows("3 to correct"))
    #expect(driver.shows("! Which account?"))
    #expect(driver.shows("! Line 2 Debit: How much?"))
    #expect(driver.shows("! Line 3 Debit: How much?"))
    #expect(driver.form?.grid?.focus == GridState.Place(line: 0, column: 0))
    await driver.press("1120", .enter, .function(10))
    #expect(driver.shows("2 to correct"))
    #expect(!driver.shows("Which account?"))
    #expect(driver.form?.grid?.focus == GridState.Place(line: 1, column: 1))
    await driver.press("2", .function(10))
    #expect(try await books.balances() == ["1120": -200, "6200": 200])
  }

  @Test func `that there is one line is said no longer than it is so`() async throws {
    let driver = await Driver(.employee, in: try await TestBooks.make())
    await driver.press("n", .enter, "Rent", .enter, "620", .enter, "100", .enter, .function(10))
    await driver.press(.tab, .tab)
    #expect(driver.shows("! Line 2 Account: An entry needs two lines or more."))
    await driver.press("1")
    #expect(!driver.shows("two lines or more"))
  }

  @Test func `a refused entry keeps every character and can be mended`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .tab, "INV 7", .tab, "Rent", .enter, "620", .enter, "100", .tab, .tab)
    await driver.press("loft", .enter, "112", .enter, "90")
    await driver.press(.function(10))
    #expect(driver.form?.fields.map(\.text) == ["2026-11-23", "INV 7", "Rent"])
    #expect(
      driver.grid.prefix(2) == [
        ["6200 Rent", "100.00", "", "loft"], ["1120 Current account", "", "90.00", ""],
      ])
    await driver.press("=", .function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
  }

  @Test func `text longer than the books take is refused and kept`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .enter)
    await driver.paste(String(repeating: "x", count: 1_000_000))
    await driver.press(.enter, "620", .enter, "100", .enter, "112", .enter, .function(10))
    #expect(driver.message.hasPrefix("ERROR "))
    #expect(driver.form?.fields[2].text.count == 4_000)
    #expect(driver.message == "ERROR Text takes 1000 characters; this has 4000. Shorten it.")
    #expect(driver.form?.focus == 2)
    #expect(driver.grid[0] == ["6200 Rent", "100.00", "", ""])
    #expect(try await books.entries().isEmpty)
  }

  @Test func `a reference and a memo that are too long have the cursor put on them`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    await driver.typeRent()
    // From the amount that is offered on to the memo beside it.
    await driver.press(.tab)
    await driver.paste(String(repeating: "m", count: 1_001))
    await driver.press(.function(10))
    #expect(
      driver.message.hasPrefix("ERROR Line 2: its memo takes 1000 characters; this has 1001."))
    #expect(driver.form?.grid?.focus == GridState.Place(line: 1, column: 3))
    await driver.press(.ctrl("u"), .up, .up, .backTab)
    await driver.paste(String(repeating: "r", count: 201))
    await driver.press(.function(10))
    #expect(driver.message == "ERROR Ref takes 200 characters; this has 201. Shorten it.")
    #expect(driver.form?.focus == 1)
    #expect(try await books.entries().isEmpty)
  }
}
