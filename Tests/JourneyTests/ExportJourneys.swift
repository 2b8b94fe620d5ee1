import Domain
import Foundation
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// What is shown, as a file for other programs.
@Suite struct ExportJourneys {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func driver(_ role: Role, in books: TestBooks) async -> Driver {
    var settings = Settings()
    settings.workingFolder = folder.location
    return await Driver(role, in: books, settings: settings)
  }

  private func lines(of name: String) throws -> [String] {
    let text = try String(contentsOfFile: folder.path(name), encoding: .utf8)
    return text.split(separator: "\r\n").map(String.init)
  }

  /// Without the two that hold the file to the books.
  private func rows(of name: String) throws -> [String] {
    let lines = try lines(of: name)
    #expect(lines.suffix(2).first?.hasPrefix("Ledger high-water: record ") == true, "\(lines)")
    #expect(lines.last?.hasPrefix("Chain head: ") == true, "\(lines)")
    return lines.dropLast(2)
  }

  @Test func `what is shown is written, numbers as numbers, and recorded`() async throws {
    let books = try await TestBooks.make()
    try await books.post(123_456)
    try await books.workspace.perform(
      CreateEntry(books.entry(50, "=HYPERLINK(0)"), then: .post), as: books.owner)
    let driver = await driver(.owner, in: books)
    await driver.press("E")
    #expect(driver.shows("journal-2026-11-23.csv"))
    await driver.press(.enter)
    #expect(driver.message.hasPrefix("ok 2 rows are in \(folder.location)"))
    let lines = try lines(of: "journal-2026-11-23.csv")
    #expect(lines[0] == "No,Date,Description,Amount,Status,By")
    #expect(lines[1].contains("\"'=HYPERLINK(0)\",0.50,"))
    #expect(lines[2].contains(",1234.56,"))
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "report.export" && record.event == .export)
    #expect(record.resourceName.hasPrefix("Journal, 2 rows, to "))
  }

  @Test func `marked rows and shown columns are what goes into the file`() async throws {
    let books = try await TestBooks.make()
    for amount in [100, 200, 300] { try await books.post(Int64(amount)) }
    let driver = await driver(.owner, in: books)
    await driver.press(.space, .down, .space, "C", "Status", .enter, .escape, "E", .enter)
    let lines = try rows(of: "journal-2026-11-23.csv")
    #expect(lines.count == 3)
    #expect(lines[0] == "No,Date,Description,Amount,By")
    #expect(lines[1].contains("3.00") && lines[2].contains("1.00"))
  }

  @Test func `a file that is there already stays, and the name can be changed`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await driver(.owner, in: books)
    await driver.press("4")
    for _ in 1...2 { await driver.press("E", .enter, .ctrl("u"), "tb.csv", .enter) }
    #expect(driver.shows("exists"))
    await driver.press(.backspace, .backspace, .backspace, .backspace, "2.csv", .enter)
    #expect(try rows(of: "tb2.csv").count == 3)
  }

  private func report(
    _ keys: Stroke..., into name: String, at driver: Driver
  ) async throws -> String {
    for key in keys { await driver.press(key) }
    #expect(driver.shows(name))
    await driver.press(.enter)
    #expect(driver.message.hasPrefix("ok "), "\(driver.message)")
    return try String(contentsOfFile: folder.path(name), encoding: .utf8)
  }

  @Test func `a report is written for people too, by the words of the command line`() async throws {
    let books = try await TestBooks.make()
    try await books.post(123_456)
    let driver = await driver(.owner, in: books)
    await driver.press("4", "E")
    for form in ["csv", "text", "html", "paged"] { #expect(driver.shows(form)) }
    await driver.press(.escape)
    let heading = "Trial balance of Harbour Chandlery, as of 2026-11-23, USD"
    let text = try await report(
      "E", "text", .enter, into: "trial-balance-2026-11-23.txt", at: driver)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == heading && lines[1].isEmpty)
    #expect(lines[2].split(separator: " ") == ["No", "Account", "Debit", "Credit"])
    #expect(lines[3].hasPrefix("1120  ") && lines[3].hasSuffix("  1,234.56"))
    #expect(lines[5].split(separator: " ") == ["Total", "1,234.56", "1,234.56"])
    let page = try await report(
      "E", "html", .enter, into: "trial-balance-2026-11-23.html", at: driver)
    #expect(page.contains("<h1>Trial balance</h1>\n<p>\(heading)</p>"))
    #expect(page.contains("<th scope=\"col\" class=\"number\">Debit</th>"))
    #expect(page.contains("<tfoot>\n<tr>") && page.hasSuffix("</html>\n"))
    let record = try #require(try await books.trail(1).first)
    #expect(record.resourceName.hasPrefix("Trial balance, 2 rows, to "))
    let viewer = await self.driver(.viewer, in: books)
    await viewer.press("4", "E", "paged", .enter, .ctrl("u"), "mine.txt", .enter)
    let paged = try String(contentsOfFile: folder.path("mine.txt"), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(paged[0].hasPrefix("Trial balance  ") && paged[0].hasSuffix("  Page 1 of 1"))
    #expect(paged[1] == heading && paged.count == 66)
    #expect(paged[62].hasPrefix("Exported by "), "\(paged)")
  }

  @Test(arguments: ["csv", "text", "html", "paged"])
  func `every form says how far the books had come when its rows were read`(
    _ form: String
  ) async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await driver(.owner, in: books)
    await driver.press("4", "E", "\(form)", .enter, .ctrl("u"), "tb.out")
    // Later than what is on the screen, earlier than what is read for the file.
    try await books.post(2_300)
    let head = try #require(try await books.trail(1).first)
    await driver.press(.enter)
    let text = try String(contentsOfFile: folder.path("tb.out"), encoding: .utf8)
    for words in [
      "Ledger high-water: record \(head.sequence)", "Chain head: \(head.hash)", "24.00",
    ] { #expect(text.contains(words), "\(words) in \(text)") }
    #expect(text.contains("<footer>\n<p>Ledger high-water: ") == (form == "html"))
    // The export is recorded after what it says it rests on.
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "report.export" && record.sequence > head.sequence)
  }

  @Test func `a list that rests on no entries says nothing of them`() async throws {
    let books = try await TestBooks.make()
    let driver = await driver(.owner, in: books)
    await driver.press("6", "E", .enter)
    let name = try #require(try folder.names.first)
    #expect(try !lines(of: name).contains { $0.hasPrefix("Chain head: ") })
  }

  @Test func `a statement stands as deep as on the screen, and a list that is none is CSV`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await driver(.owner, in: books)
    await driver.press("4", "t")
    let text = try await report("E", "text", .enter, into: "statement-2026-11-23.txt", at: driver)
    #expect(text.hasPrefix("Balance sheet of Harbour Chandlery, as of 2026-11-23"))
    let bank = try #require(text.split(separator: "\n").first { $0.contains("1120") })
    #expect(bank.hasPrefix("  ") && bank.contains("  -1.00"), "\(text)")
    await driver.press("2", "E")
    #expect(driver.shows("journal-2026-11-23.csv"))
  }

  @Test func `a file that can't be written is told of`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await driver(.owner, in: books)
    await driver.press("E", .ctrl("u"), "no/such/folder.csv", .enter)
    #expect(driver.navigator.message?.text.english.hasSuffix("No such file or directory.") == true)
  }

  @Test func `a viewer's file says whose it is, and the audit log goes out by its own permission`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100)
    let viewer = await driver(.viewer, in: books)
    await viewer.press("4", "E", .enter, .enter)
    let remark = try rows(of: "trial-balance-2026-11-23.csv").last
    #expect(remark?.hasPrefix("\"Exported by ") == true)
    // Other programs refuse lines that are shorter than the first.
    let fields = try lines(of: "trial-balance-2026-11-23.csv").map { line in
      line.replacing(/"[^"]*"/, with: "").split(separator: ",", omittingEmptySubsequences: false)
        .count
    }
    #expect(fields.count == 6 && Set(fields).count == 1, "\(fields)")
    await viewer.press("6", "E", .enter)
    #expect(try await books.trail(1).first?.operation == "audit.export")
    let manager = await driver(.manager, in: books)
    await manager.press("6")
    #expect(!manager.actionIDs.contains("list.export"))
    let employee = await driver(.employee, in: books)
    #expect(!employee.actionIDs.contains("list.export"))
  }

  @Test func `a marked row goes out however far the list has moved on`() async throws {
    let books = try await TestBooks.make()
    for amount in 1...600 { try await books.post(Int64(amount)) }
    let driver = await driver(.owner, in: books)
    await driver.press(.space, "G", .space, "E", .enter)
    let lines = try rows(of: "journal-2026-11-23.csv")
    #expect(lines.count == 3)
    #expect(lines[1].contains(",6.00,") && lines[2].contains(",0.01,"))
  }

  @Test func `more rows than the list has read are all written`() async throws {
    let books = try await TestBooks.make()
    for amount in 1...250 { try await books.post(Int64(amount)) }
    let driver = await driver(.owner, in: books)
    await driver.press("E", .enter)
    #expect(try rows(of: "journal-2026-11-23.csv").count == 251)
  }

  @Test func `a manager's file has what their department did, and says that it isn't all`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.workspace.perform(
      CreateEntry(books.entry(2_000), then: .post), as: books.employee)
    let manager = await driver(.manager, in: books)
    #expect(manager.rows.count == 2, "they see both")
    await manager.press("E", .enter)
    let remark = "Only entries that Max Manager may export are in it."
    let journal = try rows(of: "journal-2026-11-23.csv")
    #expect(journal.count == 3)
    #expect(journal[1].contains(",20.00,") && journal[2].hasPrefix("\(remark),,"))
    #expect(try await books.trail(1).first?.resourceName.hasPrefix("Journal, 1 rows") == true)
    await manager.press("4", "E", .enter, .enter)
    let balance = try rows(of: "trial-balance-2026-11-23.csv")
    #expect(balance.count == 4 && balance[3].hasPrefix("\(remark),,"))
    #expect(balance[1...2].allSatisfy { $0.contains(",20.00") && !$0.contains("21.00") })
    #expect(manager.shows("21.00"), "the screen goes on as it was")
    await manager.press("3", "/", "1120", .enter, "E", .enter)
    #expect(try lines(of: "accounts-2026-11-23.csv").contains { $0.contains(",-20.00,") })
    #expect(manager.shows("-21.00"))
  }

  @Test func `how far the books had come is no more than a manager reads in the log`() async throws
  {
    let books = try await TestBooks.make()
    try await books.post(8_77)
    try await books.workspace.perform(
      CreateEntry(books.entry(20_00), then: .post), as: books.employee)
    let manager = await driver(.manager, in: books)
    let text = try await report(
      "4", "E", "text", .enter, into: "trial-balance-2026-11-23.txt", at: manager)
    #expect(text.contains("20.00") && !text.contains("8.77"), "\(text)")
    let log = try await books.workspace.fetch(AuditPage(limit: 1), as: books.manager)
    let own = try #require(log.first)
    // It comes just before that of their own export, whose number and hash they may read.
    #expect(own.operation == "report.export")
    #expect(text.contains("\nLedger high-water: record \(own.sequence - 1)\n"), "\(text)")
    #expect(text.hasSuffix("\nChain head: \(own.previousHash)\n"))
  }

  @Test func `what a manager may see but not export is told, and no file is made`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let manager = await driver(.manager, in: books)
    await manager.press("E", .enter)
    #expect(manager.message.hasSuffix("You may export none of this."))
    #expect(try folder.names.isEmpty)
  }
}
