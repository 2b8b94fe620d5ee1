import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

@Suite struct EntryFormTyping {
  private func form() async throws -> Driver {
    let driver = await Driver(.employee, in: try await TestBooks.make())
    await driver.press("n")
    return driver
  }

  /// On the first line's amount.
  private func amount() async throws -> Driver {
    let driver = try await form()
    await driver.press(.enter, "Rent", .enter, "6200", .enter)
    return driver
  }

  // MARK: Type

  @Test func `an entry is of another type by a key, and so is the one that is like it`()
    async throws
  {
    let books = try await TestBooks.make()
    let driver = await Driver(.manager, in: books)
    await driver.press("n")
    #expect(driver.path.last == "New entry")
    await driver.press(.ctrl("t"))
    let first = driver.path.last
    #expect(first != "New entry" && driver.navigator.top?.unsaved != nil, "\(first ?? "")")
    while driver.path.last != "New entry, adjusting" { await driver.press(.ctrl("t")) }
    await driver.press(.enter, "Accrued", .enter, "6200", .enter, "5", .enter, "1120", .enter)
    await driver.press("=", .function(10))
    #expect(try await books.entries().map(\.name) == ["AJ-2026-000001"], "\(driver.screen)")
    await driver.press("d")
    #expect(driver.path.last == "New entry, adjusting")
    // Undone like what is typed.
    await driver.press(.ctrl("t"), .ctrl("z"))
    #expect(driver.path.last == "New entry, adjusting")
  }

  // MARK: Date

  @Test func `it opens in the date, which is today and selected`() async throws {
    let driver = try await form()
    #expect(driver.form?.focus == 0)
    #expect(driver.field?.text == "2026-11-23")
    #expect(driver.field?.editor.selection == 0..<10)
    #expect(driver.shows("Mon 2026-11-23, period 2026-11 open"))
  }

  @Test(arguments: [
    ("5", "2026-11-05"), ("5.10", "2026-10-05"), ("5-10", "2026-10-05"), ("5/10", "2026-10-05"),
    ("0510", "2026-10-05"), ("+3", "2026-11-26"), ("-1", "2026-11-22"), ("t", "2026-11-23"),
    ("y", "2026-11-22"), ("m", "2026-11-01"), ("h", "2026-11-30"), ("fri", "2026-11-20"),
    ("2026-12-24", "2026-12-24"), ("24.12.2026", "2026-12-24"),
  ])
  func `a date is read as people write it`(_ typed: String, _ date: String) async throws {
    let driver = try await form()
    await driver.press("\(typed)", .enter)
    #expect(driver.form?.fields[0].text == date)
    #expect(driver.form?.focus == 2)
  }

  @Test func `steps count from the day that stood in the field`() async throws {
    let driver = try await form()
    await driver.press("10", .enter, .up, "+3", .enter)
    #expect(driver.form?.fields[0].text == "2026-11-13")
  }

  @Test func `weekday and period are said while one types`() async throws {
    let driver = try await form()
    await driver.press("5.10")
    #expect(driver.shows("Mon 2026-10-05, period 2026-10 future"))
  }

  @Test func `the next entry starts with the day of the last`() async throws {
    let driver = try await form()
    await driver.press("5", .enter, "Rent", .enter, "620", .enter, "100", .enter, "112", .enter)
    await driver.press(.function(10), "n")
    #expect(driver.field?.text == "2026-11-05")
  }

  // MARK: Account

  @Test(arguments: [
    ("620", "6200 Rent"), ("ren", "6200 Rent"), ("current acc", "1120 Current account"),
    ("vehicles", "1530 Vehicles"), ("payroll t", "2220 Payroll tax owed"),
  ])
  func `an account is found by number or name`(_ typed: String, _ label: String) async throws {
    let driver = try await form()
    await driver.press(.enter, .enter, "\(typed)", .enter)
    #expect(driver.grid[0][0] == label)
  }

  @Test func `the list opens under the field and Tab takes from it`() async throws {
    let driver = try await form()
    await driver.press(.enter, .enter, "11")
    #expect(driver.form?.choices?.choices.first?.text == "1100 Cash and banks")
    #expect(driver.form?.choices?.choices.first?.refusal == "a heading")
    #expect(driver.form?.choices?.highlighted == 1)
    await driver.press(.down, .tab)
    #expect(driver.grid[0][0] == "1120 Current account")
    #expect(driver.form?.choices == nil)
  }

  @Test func `the more an account is used, the sooner it is offered`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1140", credit: "1150")
    try await books.post(100, debit: "1140", credit: "1120")
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .enter, .enter, "11")
    let offered = driver.form?.choices?.choices.map { String($0.text.english.prefix(4)) } ?? []
    #expect(offered.prefix(3) == ["1140", "1120", "1150"])
    await driver.press(.enter)
    #expect(driver.grid[0][0].hasPrefix("1140"))
  }

  @Test func `F4 lists all accounts`() async throws {
    let driver = try await form()
    await driver.press(.enter, .enter, .function(4))
    #expect(driver.form?.choices?.choices.count ?? 0 > 60)
    await driver.press(.down, .enter)
    #expect(driver.grid[0][0] == "1120 Current account")
  }

  // MARK: Amounts

  @Test(arguments: [
    ("100", "100.00"), ("1,234.5", "1,234.50"), ("1.234,56", "1,234.56"), ("12k", "12,000.00"),
    ("120*3+5.50", "365.50"), ("(1+2)*3", "9.00"), ("10/4", "2.50"), ("1200*19%", "228.00"),
    ("200+19%", "238.00"), ("1234567.89", "1,234,567.89"),
  ])
  func `an amount may be worked out`(_ typed: String, _ shown: String) async throws {
    let driver = try await amount()
    await driver.press("\(typed)", .enter)
    #expect(driver.grid[0][1...2] == [shown, ""])
  }

  @Test(arguments: ["-5", "5-"])
  func `an amount below zero stands on the other side`(_ typed: String) async throws {
    let driver = try await amount()
    await driver.press("\(typed)", .enter)
    #expect(driver.grid[0][1...2] == ["", "5.00"])
  }

  @Test func `an amount on one side clears the other`() async throws {
    let driver = try await amount()
    await driver.press("100", .tab, "7")
    #expect(driver.grid[0][1...2] == ["", "7"])
  }

  @Test(arguments: [("c", "d"), (">", "<")])
  func `a key brings the amount to the other side`(
    _ credit: String, _ debit: String
  ) async throws {
    let driver = try await amount()
    await driver.press("100", "\(credit)")
    #expect(driver.grid[0][1...2] == ["", "100.00"])
    #expect(driver.form?.grid?.focus?.column == 2)
    await driver.press("\(debit)")
    #expect(driver.grid[0][1...2] == ["100.00", ""])
  }

  @Test func `an equals sign fills in what balances`() async throws {
    let driver = try await amount()
    await driver.press("100", .enter, "1120", .enter, "40", .enter, "1110", .enter, "=")
    #expect(driver.grid[2][1...2] == ["", "60.00"])
    #expect(driver.shows("BALANCED"))
  }

  @Test func `what balances is offered, and Enter takes it`() async throws {
    let driver = try await amount()
    await driver.press("100", .enter, "1120", .enter)
    #expect(driver.field?.ghost == "100.00")
    #expect(driver.shows("~100.00"))
    #expect(driver.grid[1][2].isEmpty)
    await driver.press(.enter)
    #expect(driver.grid[1][2] == "100.00")
  }

  @Test func `what is offered and not taken isn't in the sums`() async throws {
    let driver = try await amount()
    await driver.press("100", .enter, "1120", .enter)
    #expect(driver.shows("Difference 100.00 too much DEBIT"))
    #expect(driver.form?.grid?.totals == ["Total", "100.00", "0.00", ""])
  }

  @Test func `a quotation mark repeats the cell above`() async throws {
    let driver = try await amount()
    await driver.press("100", .tab, .tab, "Loft", .enter, "\"")
    #expect(driver.grid[1][0] == "6200 Rent")
    await driver.press(.tab, "\"", .tab, .tab, "\"")
    #expect(driver.grid[1] == ["6200 Rent", "100.00", "", "Loft"])
  }

  @Test func `repeating an amount leaves nothing on the other side`() async throws {
    let driver = try await amount()
    await driver.press("100", .enter, "1120", .enter, "30", .backTab, "\"", .tab)
    #expect(driver.grid[1][1...2] == ["100.00", ""])
  }

  // MARK: Moving

  @Test func `Tab goes through every field and Shift-Tab back`() async throws {
    let driver = try await form()
    var places: [String] = []
    for _ in 0..<8 {
      places.append(place(of: driver))
      await driver.press(.tab)
    }
    #expect(places == ["0", "1", "2", "0.0", "0.1", "0.2", "0.3", "1.0"])
    for _ in 0..<8 { await driver.press(.backTab) }
    #expect(place(of: driver) == "0")
  }

  private func place(of driver: Driver) -> String {
    if let focus = driver.form?.focus { return "\(focus)" }
    return driver.form?.grid?.focus.map { "\($0.line).\($0.column)" } ?? "none"
  }

  @Test func `Tab and Enter after the last line open another`() async throws {
    let driver = try await amount()
    await driver.press("1", .enter, "1120", .enter, .enter)
    #expect(driver.grid.count == 3)
    await driver.press(.tab, .tab, .tab, .tab)
    #expect(driver.grid.count == 4)
  }

  @Test func `Enter on an empty line goes to the first line while the entry doesn't balance`()
    async throws
  {
    let driver = try await amount()
    await driver.press("100", .enter, .enter)
    #expect(place(of: driver) == "0.1")
  }

  @Test func `F8 deletes the line and two always stay`() async throws {
    let driver = try await amount()
    await driver.press("100", .enter, "1120", .enter, .enter, .up, .up, .function(8))
    #expect(driver.grid.map { $0[0] } == ["1120 Current account", ""])
    await driver.press(.function(8), .function(8))
    #expect(driver.grid == [["", "", "", ""], ["", "", "", ""]])
  }

  @Test func `text that looks like a command is text`() async throws {
    let driver = try await form()
    await driver.press(.enter, "n?qb2 = \"R\"")
    #expect(driver.field?.text == "n?qb2 = \"R\"")
    #expect(driver.navigator.overlay == nil)
  }

  @Test func `what is pasted is text, whatever it says`() async throws {
    let driver = try await form()
    await driver.press(.enter)
    await driver.paste("q\n:quit\u{1b}[31m\tx")
    #expect(driver.form?.fields[2].text == "q :quit\u{1b}[31m x")
    #expect(driver.path == ["Journal", "New entry"])
    #expect(!driver.screen.unicodeScalars.contains("\u{1b}"))
  }
}
