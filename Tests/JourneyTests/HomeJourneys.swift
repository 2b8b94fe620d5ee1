import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// The first screen: every number on it leads to what it counts.
@Suite struct HomeJourneys {
  /// One entry of the employee's rejected, one waiting, two drafts of which one is out of balance;
  /// 1,000.00 paid in below what needs approval, and 12.00 of rent posted.
  private func books() async throws -> TestBooks {
    let books = try await TestBooks.withThreshold()
    for _ in 1...25 { try await books.post(4_000, debit: "1120", credit: "3100") }
    try await books.post(1_200)
    func enter(_ content: EntryContent, _ ending: EntryEnding) async throws -> ID<Entry> {
      try await books.workspace.perform(CreateEntry(content, then: ending), as: books.employee)
        .entry
    }
    let returned = try await enter(books.entry(9_900, "Returned"), .submit)
    try await books.workspace.perform(
      RejectEntry(returned, reason: "Receipt?"), as: books.manager)
    _ = try await enter(books.entry(7_700, "Waiting"), .submit)
    var lopsided = books.entry(500, "Lopsided")
    lopsided.lines[1] = books.line("1120", -400)
    _ = try await enter(lopsided, .keepDraft)
    return books
  }

  private func home(
    _ role: Domain.Role, _ books: TestBooks, _ size: Size = Size(columns: 80, rows: 24)
  ) async -> Driver { await Driver(role, in: books, size: size, startsAt: nil) }

  private func counts(_ driver: Driver) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: driver.tables["To do"]?.rows.map {
        ($0.cells[0].english, $0.cells[1].english)
      } ?? [])
  }

  @Test(arguments: Domain.Role.allCases)
  func `everybody begins at home, with what their role can have to do`(
    _ role: Domain.Role
  ) async throws {
    let driver = await home(role, try await books())
    #expect(driver.path == ["Home"])
    let own = [
      "My drafts", "My drafts out of balance", "Sent back to me", "Mine, waiting for others",
    ]
    let titles: [String] =
      switch role {
      case .owner, .director, .manager: ["Wait for my approval"] + own
      // Of the entry that was rejected.
      case .employee: ["Unread notices"] + own
      case .viewer: []
      }
    #expect(driver.tables["To do"]?.rows.map(\.cells[0].english) == titles + ["Periods to close"])
    #expect(driver.tables["Cash"]?.rows.first?.cells == ["All cash", "988.00"])
  }

  @Test(arguments: [
    ("My drafts", ["Lopsided", "Returned"]), ("My drafts out of balance", ["Lopsided"]),
    ("Sent back to me", ["Returned"]), ("Mine, waiting for others", ["Waiting"]),
  ])
  func `each number of an employee's leads to the entries that it counts`(
    _ line: String, _ entries: [String]
  ) async throws {
    let driver = await home(.employee, try await books())
    #expect(counts(driver)[line] == "\(entries.count)")
    try await open(line, of: "To do", on: driver)
    #expect(driver.path == ["Home", "Journal"])
    #expect(driver.rows.map { $0[2] } == entries)
    await driver.press(.escape, "q")
    #expect(driver.path == ["Home"])
  }

  @Test func `whoever may confirm what another asked for is told so, and led there`() async throws {
    let books = try await TestBooks.make()
    #expect(counts(await home(.owner, books))["Wait for my confirmation"] == nil)
    _ = try await books.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: 15), reason: "The bank is closing"),
      as: books.director)
    for role in [Domain.Role.director, .manager, .viewer] {
      #expect(counts(await home(role, books))["Wait for my confirmation"] == nil, "\(role)")
    }
    let driver = await home(.owner, books)
    #expect(counts(driver)["Wait for my confirmation"] == "1")
    try await open("Wait for my confirmation", of: "To do", on: driver)
    #expect(driver.path == ["Home", "Requests"])
    await driver.press("a", "y", .escape)
    #expect(counts(driver)["Wait for my confirmation"] == nil)
  }

  @Test func `a manager finds what waits for them, and nothing once it is approved`() async throws {
    let driver = await home(.manager, try await books())
    #expect(counts(driver)["Wait for my approval"] == "1")
    await driver.press(.enter)
    #expect(driver.rows.map { $0[2] } == ["Waiting"])
    await driver.press("a", "y")
    #expect(driver.rows.isEmpty)
    await driver.press("1")
    #expect(counts(driver)["Wait for my approval"] == "0")
  }

  @Test func `a sorted journal shows what was counted too`() async throws {
    let driver = await home(.manager, try await books())
    await driver.press("2", "s", "amount", .enter, "1", .enter)
    #expect(driver.rows.map { $0[2] } == ["Waiting"])
  }

  @Test func `unposted entries, the proof and the chain lead to their screens`() async throws {
    let driver = await home(.viewer, try await books())
    let health = try #require(driver.tables["Health"])
    #expect(health.rows[0].cells == ["Trial balance", "balanced"])
    #expect(health.rows[1].cells == ["Unposted entries", "3 (181.00)"])
    try await open("Unposted entries", of: "Health", on: driver)
    #expect(driver.rows.count == 3)
    await driver.press("1")
    try await open("Trial balance", of: "Health", on: driver)
    #expect(driver.path == ["Home", "Trial balance"])
    await driver.press("1")
    try await open("Audit chain, last record", of: "Health", on: driver)
    #expect(driver.path == ["Home", "Audit log"])
    #expect(health.rows[2].cells[1] == "#\(driver.rows[0][0])")
  }

  @Test func `what is to be taken back in a period that isn't open is told, and led to`()
    async throws
  {
    let books = try await TestBooks.make()
    let without = try #require(await home(.owner, books).tables["Health"])
    #expect(!without.rows.contains { $0.cells[0] == "Scheduled reversals" })
    let monthEnd = TestBooks.today.lastOfMonth
    var content = books.entry(5_000, debit: "6200", credit: "2130", on: monthEnd, "Accrued")
    (content.type, content.reversesOn) = (.adjusting, monthEnd.adding(days: 1))
    _ = try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    let driver = await home(.owner, books)
    let health = try #require(driver.tables["Health"])
    #expect(
      health.rows.first { $0.cells[0] == "Scheduled reversals" }?.cells[1].english
        == "1 (50.00)",
      "\(driver.screen)")
    try await open("Scheduled reversals", of: "Health", on: driver)
    #expect(driver.rows.map { $0[2] } == ["Reversal of AJ-2026-000001: Accrued"])
  }

  @Test func `an account's cash leads to its register, with the same balance`() async throws {
    let driver = await home(.owner, try await books())
    let row = try #require(
      driver.tables["Cash"]?.rows.first { $0.cells[0] == "1120 Current account" })
    try await open("1120 Current account", of: "Cash", on: driver)
    #expect(driver.path == ["Home", "1120 Current account"])
    #expect(driver.rows.last?[6] == row.cells[1].english)
  }

  @Test func `a month of a chart leads to the balances at its end`() async throws {
    let driver = await home(.owner, try await books())
    await driver.press(.tab, .tab)
    let chart = try #require(driver.charts.first { $0.isFocused })
    #expect(chart.title == "Result by month")
    #expect(chart.points.map(\.text).last == "-12.00")
    #expect(chart.selected == 11)
    await driver.press(Stroke(Key.left), .enter)
    #expect(driver.path == ["Home", "Trial balance"])
    #expect(driver.table?.note == "as of 2026-10-31, USD")
    await driver.press(.escape, .right, .enter)
    #expect(driver.table?.note.english.hasPrefix("as of 2026-11-30, USD") == true)
  }

  @Test func `what was done last leads to its record`() async throws {
    let driver = await home(.owner, try await books())
    let last = try #require(driver.tables["Last activity"]?.rows.first)
    try await open(last.cells[2].english, of: "Last activity", on: driver)
    #expect(driver.path[1].hasPrefix("#"))
    #expect(driver.shows(last.cells[2].english))
  }

  @Test func `periods that should be closed lead to the first of them`() async throws {
    let books = try await books()
    try await books.openPeriods()
    let driver = await home(.owner, books)
    #expect(counts(driver)["Periods to close"] == "10")
    try await open("Periods to close", of: "To do", on: driver)
    #expect(driver.path.last == "Periods")
    #expect(driver.table?.note == "fiscal year 2026, 2026-01-01 to 2026-12-31, open, 2 of 15")
    await driver.press(.enter)
    #expect(driver.path.last == "2026-01")
  }

  @Test func `there are charts where there is room, and Tab reaches every panel`() async throws {
    let books = try await books()
    for (size, charts) in [
      (Size(columns: 60, rows: 16), 0), (Size(columns: 60, rows: 23), 0),
      (Size(columns: 60, rows: 24), 2), (Size(columns: 120, rows: 40), 2),
    ] {
      let driver = await home(.owner, books, size)
      #expect(driver.charts.count == charts)
      for title in ["To do", "Cash", "Result by month", "Health", "Last activity", "Cash at month"]
      where charts == 2 || !title.contains("month") {
        #expect(driver.shows(title), "\(size) \(title)")
        await driver.press(.tab)
      }
      #expect(driver.shows("> Wait for my approval"), "\(size)")
      await driver.press(.backTab, .backTab, .tab, .tab)
      #expect(driver.shows("> Wait for my approval"), "\(size)")
    }
  }

  @Test func `a click goes to a line, and the second opens it`() async throws {
    let driver = await home(.owner, try await books())
    await driver.click("1120 Current")
    #expect(driver.shows("> 1120 Current account"))
    await driver.click("1120 Current")
    #expect(driver.path == ["Home", "1120 Current account"])
  }

  @Test func `a click on a chart chooses the month`() async throws {
    let driver = await home(.owner, try await books(), Size(columns: 200, rows: 50))
    await driver.click("Feb")
    #expect(driver.charts.first { $0.isFocused }?.selected == 2)
    await driver.press(.enter)
    #expect(driver.table?.note == "as of 2026-02-28, USD")
  }

  /// Goes to the line of a table by keys and opens it.
  private func open(_ line: String, of table: String, on driver: Driver) async throws {
    for _ in 0..<6 where driver.tables[table]?.cursor == nil { await driver.press(.tab) }
    let rows = try #require(driver.tables[table]?.rows)
    let index = try #require(rows.firstIndex { $0.cells.map(\.english).contains(line) })
    await driver.press(.home)
    for _ in 0..<index { await driver.press(.down) }
    await driver.press(.enter)
  }
}
