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
    let lines = try lines(of: "journal-2026-11-23.csv")
    #expect(lines.count == 3)
    #expect(lines[0] == "No,Date,Description,Amount,By")
    #expect(lines[1].contains("3.00") && lines[2].contains("1.00"))
  }

  @Test func `a file that is there already stays, and the name can be changed`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await driver(.owner, in: books)
    await driver.press("4", "E", .ctrl("u"), "tb.csv", .enter, "E", .ctrl("u"), "tb.csv", .enter)
    #expect(driver.shows("exists"))
    await driver.press(.backspace, .backspace, .backspace, .backspace, "2.csv", .enter)
    #expect(try lines(of: "tb2.csv").count == 3)
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
    await viewer.press("4", "E", .enter)
    #expect(try lines(of: "trial-balance-2026-11-23.csv").last?.hasPrefix("\"Exported by ") == true)
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
    let lines = try lines(of: "journal-2026-11-23.csv")
    #expect(lines.count == 3)
    #expect(lines[1].contains(",6.00,") && lines[2].contains(",0.01,"))
  }

  @Test func `more rows than the list has read are all written`() async throws {
    let books = try await TestBooks.make()
    for amount in 1...250 { try await books.post(Int64(amount)) }
    let driver = await driver(.owner, in: books)
    await driver.press("E", .enter)
    #expect(try lines(of: "journal-2026-11-23.csv").count == 251)
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
    let journal = try lines(of: "journal-2026-11-23.csv")
    #expect(journal.count == 3)
    #expect(journal[1].contains(",20.00,") && journal[2] == remark)
    #expect(try await books.trail(1).first?.resourceName.hasPrefix("Journal, 1 rows") == true)
    await manager.press("4", "E", .enter)
    let balance = try lines(of: "trial-balance-2026-11-23.csv")
    #expect(balance.count == 4 && balance[3] == remark)
    #expect(balance[1...2].allSatisfy { $0.contains(",20.00") && !$0.contains("21.00") })
    #expect(manager.shows("21.00"), "the screen goes on as it was")
    await manager.press("3", "/", "1120", .enter, "E", .enter)
    #expect(try lines(of: "accounts-2026-11-23.csv").contains { $0.contains(",-20.00,") })
    #expect(manager.shows("-21.00"))
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
