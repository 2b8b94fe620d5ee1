import Domain
import Foundation
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// The general ledger and the income by department on the screen, and the registers that figures
/// lead to.
@Suite struct LedgerJourneys {
  private static let wide = Size(columns: 200, rows: 50)
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func books() async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await books.post(100_00, debit: "1120", credit: "4100")
    try await books.post(30_00)
    return books
  }

  /// 12.00 of the rent are the accounting department's.
  private func booksOfDepartment() async throws -> TestBooks {
    let books = try await books()
    var content = books.entry(12_00)
    content.lines[0].department = books.department
    try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    return books
  }

  private func open(
    _ books: TestBooks, _ role: Domain.Role = .viewer, _ keys: Stroke...
  ) async throws -> Driver {
    var settings = Settings()
    settings.workingFolder = folder.location
    let driver = await Driver(role, in: books, size: Self.wide, settings: settings, startsAt: "4")
    for key in keys { await driver.press(key) }
    return driver
  }

  @Test func `an account unfolds to its lines between what it held before and after`()
    async throws
  {
    let driver = try await open(try await books(), .viewer, "L")
    #expect(driver.path == ["Trial balance", "General ledger"])
    #expect(driver.table?.note == "2026-01-01 to 2026-11-23, USD, 1 of 3")
    #expect(
      driver.rows == [
        ["1120 Current account", "", "", "", "0.00", "100.00", "30.00", "70.00"],
        ["4100 Sales in the shop", "", "", "", "0.00", "", "100.00", "-100.00"],
        ["6200 Rent", "", "", "", "0.00", "30.00", "", "30.00"],
      ])
    await driver.press(" ")
    #expect(
      Array(driver.rows[1...4]) == [
        ["Opening", "", "", "", "", "", "", "0.00"],
        ["Rent", "2026-11-23", "GJ-2026-000001", "4100", "", "100.00", "", "100.00"],
        ["Rent", "2026-11-23", "GJ-2026-000002", "6200", "", "", "30.00", "70.00"],
        ["Closing", "", "", "", "", "100.00", "30.00", "70.00"],
      ], "\(driver.screen)")
    await driver.press("j", .enter)
    #expect(driver.message == "! This is a sum. Open its account, or a line.")
    await driver.press("j", .enter)
    #expect(driver.path.count == 3 && driver.shows("GJ-2026-000001"), "\(driver.screen)")
    // From anywhere below it the account folds, and leads to its register.
    await driver.press(.escape, " ")
    #expect(driver.rows.count == 3, "\(driver.screen)")
    await driver.press(.enter)
    #expect(driver.path.last == "1120 Current account")
    #expect(driver.table?.note == "2026-01-01 to 2026-11-23, 2 of 2")
  }

  @Test func `at 80 columns each line has its entry's number, and the sums stand below`()
    async throws
  {
    let driver = await Driver(.viewer, in: try await books(), startsAt: "4")
    await driver.press("L", " ")
    #expect(driver.shows("GJ-2026-000001"), "\(driver.screen)")
    #expect(driver.lines[3].contains("No") && !driver.lines[3].contains("Opening"))
    // 100.00 and 30.00 on both sides, whatever is unfolded.
    #expect(driver.table?.totals == ["Total", "", "", "", "", "130.00", "130.00", ""])
    await driver.press("/", "6200", .enter)
    #expect(
      driver.table?.totals == ["Total of what is shown", "", "", "", "", "30.00", "0.00", ""])
  }

  @Test func `what is marked is taken along alone, and what is folded is marked no more`()
    async throws
  {
    let driver = try await open(try await books(), .owner, "L", "*", " ")
    #expect(driver.table?.scope.english.hasSuffix("3 marked") == true, "\(driver.screen)")
    await driver.press("E", .enter, .enter)
    let text = try String(contentsOfFile: folder.path("ledger-2026-11-23.csv"), encoding: .utf8)
    // Their titles, and the two lines of the books.
    #expect(text.split(separator: "\r\n").count == 1 + 3 + 2, "\(text)")
    // Three accounts, and of the unfolded one two lines between what it held before and after.
    await driver.press("*")
    #expect(driver.table?.scope.english.hasSuffix("7 marked") == true, "\(driver.screen)")
    await driver.press("E", .enter, .ctrl("u"), "lines.csv", .enter)
    let lines = try String(contentsOfFile: folder.path("lines.csv"), encoding: .utf8)
    #expect(lines.split(separator: "\r\n").count == 1 + 7 + 2, "\(lines)")
    await driver.press(" ")
    #expect(driver.table?.scope.english.hasSuffix("3 marked") == true, "\(driver.screen)")
  }

  @Test func `lines are read a page at a time, and again with what is posted meanwhile`()
    async throws
  {
    let books = try await TestBooks.make()
    for _ in 1...103 { try await books.post(1_00) }
    let driver = try await open(books, .viewer, "L", " ")
    // Two accounts, what the first opens and closes with, a page, and that there is more.
    #expect(driver.rows.count == 105)
    await driver.press("G", "k", "k")
    #expect(driver.rows[102][0] == "There are more lines.", "\(driver.screen)")
    await driver.press(.enter)
    #expect(driver.rows.count == 107)
    #expect(driver.rows[104][7] == "-103.00" && driver.rows[105][7] == "-103.00")
    try await books.post(1_00, debit: "6250", credit: "2110")
    driver.send(.booksChanged)
    await driver.settle()
    #expect(driver.rows.count == 109)
  }

  @Test func `its days, basis and department are chosen, and an unfolded account stays so`()
    async throws
  {
    let driver = try await open(try await booksOfDepartment(), .viewer, "L", "G", " ")
    #expect(driver.rows.count == 3 + 4)
    await driver.press("d", "Accounting", .enter)
    #expect(driver.table?.note == "2026-01-01 to 2026-11-23, USD, Accounting, 1 of 4")
    #expect(driver.rows.map { $0[7] } == ["12.00", "0.00", "12.00", "12.00"], "\(driver.screen)")
    await driver.press("p", "a")
    #expect(driver.table?.note == "2026-11-01 to 2026-11-30, USD, adjusted, Accounting, 1 of 4")
    await driver.press("[")
    #expect(driver.shows("Nothing of Accounting is posted yet."), "\(driver.screen)")
  }

  @Test func `filtered, accounts alone are left; taken along, every line is`() async throws {
    let driver = try await open(try await books(), .owner, "L", " ", "/", "6200", .enter)
    #expect(driver.rows.map { $0[0] } == ["6200 Rent"])
    await driver.press(" ")
    #expect(driver.message == "! What is filtered or sorted has no levels.")
    await driver.press(.escape, "E", .enter, .enter)
    let text = try String(contentsOfFile: folder.path("ledger-2026-11-23.csv"), encoding: .utf8)
    let lines = text.split(separator: "\r\n").map(String.init)
    #expect(lines[0] == "Account,Date,No,Against,Opening,Debit,Credit,Balance")
    // Three accounts with what each opens and closes with, four lines, the two of the books.
    #expect(lines.count == 16, "\(text)")
  }

  @Test func `whoever sees the trial balance alone has no general ledger, and is told so`()
    async throws
  {
    let driver = try await open(try await books(), .employee, "L")
    #expect(driver.path == ["Trial balance"])
    #expect(driver.message.hasPrefix("! The general ledger is for whoever reads the reports of"))
  }

  @Test func `income stands by department, and leads to the lines of one or of none`()
    async throws
  {
    let driver = try await open(try await booksOfDepartment(), .viewer, "t", "v")
    #expect(driver.path.last == "Income by department")
    #expect(driver.table?.columns.map(\.title.english) == ["Account", "Total", "ACC", "Untagged"])
    #expect(driver.table?.scope.english == "2026-01-01 to 2026-11-23, adjusted")
    #expect(
      driver.rows.first { $0[0] == "6200 Rent" } == ["6200 Rent", "42.00", "12.00", "30.00"],
      "\(driver.screen)")
    #expect(driver.rows.last == ["Net income", "58.00", "-12.00", "70.00"])
    await driver.press("-")
    #expect(!driver.rows.contains { $0[0] == "6200 Rent" }, "\(driver.screen)")
    await driver.press("G", .enter)
    #expect(driver.message == "! This is a sum. Open an account of it.")
    await driver.press("/", "6200", .enter, .enter, "Accounting", .enter)
    #expect(driver.path.last == "6200 Rent", "\(driver.screen)")
    #expect(
      driver.table?.note == "2026-01-01 to 2026-11-23, adjusted, ACC Accounting, 1 of 1")
    #expect(driver.rows.map { $0[6] } == ["12.00"])
    await driver.press(.escape, .enter, "of no", .enter)
    #expect(driver.table?.note == "2026-01-01 to 2026-11-23, adjusted, of no department, 1 of 1")
    #expect(driver.rows.map { $0[6] } == ["30.00"])
    await driver.press(.escape, .escape, "p", "a")
    #expect(driver.table?.scope.english == "2026-11-01 to 2026-11-30, unadjusted")
    await driver.press("[")
    #expect(driver.table?.columns.map(\.title.english) == ["Account", "Total", "Untagged"])
  }

  @Test func `a statement is of one department, and so is the register behind its figure`()
    async throws
  {
    let driver = try await open(try await booksOfDepartment(), .viewer, "t", "t", "D")
    await driver.press("Accounting", .enter)
    #expect(
      driver.table?.scope.english
        == "2026-01-01 to 2026-11-23, adjusted, Accounting, against 2025-01-01 to 2025-11-23")
    #expect(driver.rows.last?[1] == "-12.00", "\(driver.screen)")
    await driver.press("/", "6200", .enter, .enter)
    #expect(driver.table?.note == "2026-01-01 to 2026-11-23, adjusted, Accounting, 1 of 1")
    #expect(driver.rows.map { $0[6] } == ["12.00"])
    // The general ledger of the same, and cash, which is nobody's.
    await driver.press(.escape, "L")
    #expect(driver.table?.note == "2026-01-01 to 2026-11-23, USD, adjusted, Accounting, 1 of 1")
    await driver.press(.escape, "t", "D")
    #expect(driver.message == "! Cash is of no department.")
  }

  @Test func `a month is compared with its year, and with the year before so far`() async throws {
    let driver = try await open(try await books(), .viewer, "t", "t", "p", "c", "c", "c")
    let days = "2026-11-01 to 2026-11-30, adjusted"
    #expect(driver.table?.scope.english == "\(days), against 2026-01-01 to 2026-11-30")
    #expect(driver.rows.last?[1] == "70.00" && driver.rows.last?[3] == "70.00")
    await driver.press("c")
    #expect(driver.table?.scope.english == "\(days), against 2025-01-01 to 2025-11-30")
    await driver.press("c")
    #expect(driver.table?.scope.english == "\(days), against 2025-11-01 to 2025-11-30")
  }

  @Test func `a register opened from a trial balance is of its department and currency`()
    async throws
  {
    let books = try await booksOfDepartment()
    let bought = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 10_00),
      base: Money(minorUnits: 10_80))
    _ = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Euros",
          lines: [bought, books.line("1120", -10_80)]), then: .post), as: books.owner)
    let driver = try await open(books, .viewer, "x", "j", .enter)
    #expect(driver.path.last == "1140 Foreign currency account", "\(driver.screen)")
    #expect(driver.table?.note == "to 2026-11-23, EUR, 1 of 1")
    #expect(driver.rows.map { $0[6] } == ["10.00"])
    await driver.press(.escape, "x", "d", "Accounting", .enter, .enter)
    #expect(driver.table?.note == "2026-01-01 to 2026-11-23, Accounting, 1 of 1")
    #expect(driver.rows.map { $0[6] } == ["12.00"])
  }
}
