import Domain
import Foundation
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// Files of banks and of other programs, from the disk into the books.
@Suite struct ImportJourneys {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try file("bank.rules", "skip 1\nfields date, description, amount, balance\n")
    try file(
      "bank.csv",
      """
      Date,Text,Amount,Balance
      2026-11-02,Coffee,-4.50,995.50
      2026-11-05,Rent,-800.00,195.50

      """)
  }

  private func file(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: folder.path(name)))
  }

  private func driver(_ role: Domain.Role, in books: TestBooks) async -> Driver {
    var settings = Settings()
    settings.workingFolder = folder.location
    return await Driver(role, in: books, settings: settings)
  }

  /// At the form for what the bank of the current account says.
  private func atBank(_ role: Domain.Role, in books: TestBooks) async -> Driver {
    let driver = await driver(role, in: books)
    await driver.press("3", .home, "j", "j", "j", "t", "i")
    #expect(driver.path == ["Accounts", "Reconciliations", "Import a statement"])
    return driver
  }

  private func statements(_ books: TestBooks) async throws -> [BankStatements.Row] {
    try await books.workspace.fetch(BankStatements(), as: books.owner)
  }

  // MARK: Banks

  @Test func `what the bank says is looked at, imported and then reconciled`() async throws {
    let books = try await TestBooks.make()
    let driver = await atBank(.employee, in: books)
    await driver.press(.function(10))
    #expect(driver.message.hasPrefix("! Nothing is read yet. F9 shows"), "\(driver.screen)")
    await driver.press("bank.c", .enter, "bank.r", .enter, .function(9))
    #expect(driver.message == "! Nothing is imported yet. F10 does that.", "\(driver.screen)")
    #expect(
      driver.rows == [["2026-11-02", "Coffee", "-4.50"], ["2026-11-05", "Rent", "-800.00"]])
    #expect(driver.shows("Lines that would come into 1120: 2"))
    #expect(driver.shows("2026-11-02 to 2026-11-05: from 1,000.00 to 195.50 USD, lines: 2"))
    #expect(try await statements(books).isEmpty)
    await driver.press(.function(10))
    #expect(driver.message == "ok Lines imported: 2")
    #expect(driver.path == ["Accounts", "Reconciliations"])
    #expect(try await statements(books).map(\.file) == ["bank.csv"])
    await driver.press("n")
    #expect(driver.form?.fields.map(\.text) == ["2026-11-05", "195.50"])
    await driver.press(.escape, "i", "bank.csv", .enter, "bank.rules", .function(9))
    #expect(
      driver.message == "! Nothing would change: all 2 lines were imported before.",
      "\(driver.screen)")
    await driver.press(.function(10))
    #expect(try await statements(books).count == 1)
  }

  @Test(arguments: [
    ("2026-11-02,Coffee,-4.50,995.50\n5 Nov,Rent,-800.00,195.50\n", "wrong.csv:3:1: “5 Nov”"),
    ("2026-11-02,Coffee,-4.50,995.50\n2026-11-05,Rent,-1,195.50\n", "wrong.csv:3:"),
  ])
  func `what is wrong with a bank's file is told with its line, and nothing is lost`(
    _ lines: String, _ words: String
  ) async throws {
    try file("wrong.csv", "Date,Text,Amount,Balance\n" + lines)
    let books = try await TestBooks.make()
    let driver = await atBank(.employee, in: books)
    await driver.press("wrong.csv", .enter, "bank.rules", .function(9))
    #expect(driver.shows(words), "\(driver.screen)")
    #expect(driver.form?.fields.prefix(2).map(\.text) == ["wrong.csv", "bank.rules"])
    await driver.press(.function(10))
    #expect(driver.message == "! Nothing can be imported as it is.")
    #expect(try await statements(books).isEmpty)
    await driver.press(.backTab, "bank.csv", .function(9))
    #expect(driver.rows.count == 2, "\(driver.screen)")
  }

  @Test func `a file that can't be had is told beside its field`() async throws {
    let books = try await TestBooks.make()
    let driver = await atBank(.owner, in: books)
    await driver.press(.function(9))
    #expect(driver.field?.fault == "Which file?")
    await driver.press("none.csv", .tab, "bank.rules", .function(9))
    #expect(
      driver.field?.fault?.english == "There is no file none.csv. Check its name.",
      "\(driver.screen)")
    #expect(driver.field?.text == "none.csv")
    await driver.press(.ctrl("u"), "bank.csv", .tab, .ctrl("u"), .function(9))
    #expect(driver.field?.fault == "Which rules?")
    await driver.press(".", .function(9))
    #expect(driver.field?.fault?.english == ". is a folder. Name a file in it.")
    await driver.press(.ctrl("u"), "bank.rules", .tab, "12x", .function(9))
    #expect(driver.form?.focus == 2 && driver.field?.fault != nil, "\(driver.screen)")
  }

  @Test func `whoever prepares no reconciliation has no key for it`() async throws {
    let books = try await TestBooks.make()
    let driver = await driver(.viewer, in: books)
    await driver.press("3", .home, "j", "j", "j", "t", "i")
    #expect(driver.path == ["Accounts", "Reconciliations"])
    #expect(!driver.shows("i imports"))
  }

  // MARK: Charts

  @Test func `accounts of another program are looked at, and then made`() async throws {
    try file(
      "chart.json",
      """
      {"tree": {
        "Assets": {"root_type": "Asset",
          "Till": {"account_type": "Cash"}},
        "Odd": {"Below": {}}}}
      """)
    let books = try await TestBooks.make()
    let driver = await driver(.owner, in: books)
    await driver.press("3", "I", "chart.json", .enter, "erpnext", .enter, .function(9))
    #expect(
      driver.shows("The types of 2 accounts are unknown: Odd, Odd:Below."), "\(driver.screen)")
    await driver.press("Odd expense", .function(9))
    #expect(driver.field?.fault?.english.hasPrefix("Write it as ") == true)
    await driver.press(.ctrl("u"), "Odd=expense", .function(9))
    #expect(
      driver.rows == [["3", "Assets:Till"], ["4", "Odd"], ["4", "Odd:Below"]],
      "\(driver.screen)")
    let before = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner).count
    await driver.press(.function(10))
    #expect(driver.message == "ok Accounts imported: 3")
    #expect(driver.path == ["Accounts"])
    let after = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    #expect(after.count == before + 3 && after.contains { $0.path == "Assets:Till" })
  }

  @Test func `a chart that isn't one is told with its line`() async throws {
    try file("chart.json", "{\n\"A\": 5}")
    let driver = await driver(.owner, in: try await TestBooks.make())
    await driver.press("3", "I", "chart.json", .enter, "erpnext", .function(9))
    #expect(driver.shows("chart.json:2:6: A must be an object"), "\(driver.screen)")
    #expect(driver.message == "ERROR Nothing can be imported as it is.")
  }

  @Test func `a chart that is too long is not read`() async throws {
    try file("long.json", "{}")
    let handle = try FileHandle(forWritingTo: URL(filePath: folder.path("long.json")))
    try handle.truncate(atOffset: 4 << 20 + 1)
    try handle.close()
    let driver = await driver(.owner, in: try await TestBooks.make())
    await driver.press("3", "I", "long.json", .enter, "erpnext", .function(9))
    #expect(driver.form?.focus == 0)
    #expect(driver.field?.fault?.english.hasPrefix("long.json is larger than 4 MiB.") == true)
  }

  @Test(arguments: [Domain.Role.manager, .employee, .viewer])
  func `whoever makes no accounts imports none`(_ role: Domain.Role) async throws {
    let driver = await driver(role, in: try await TestBooks.make())
    await driver.press("3", "I")
    #expect(driver.path == ["Accounts"])
  }

  // MARK: Opening balances

  @Test func `what accounts held at first becomes a draft, once`() async throws {
    try file("opening.csv", "number,debit,credit\n1120,500.00,\n2110,,120.00\n6200,,\n")
    let books = try await TestBooks.make()
    let driver = await driver(.employee, in: books)
    await driver.press("3", "O", "opening.csv", .enter)
    #expect(driver.message == "! Nothing is imported yet. F10 does that.", "\(driver.screen)")
    #expect(driver.shows("Opening balances of 2026-01-01: 500.00 on each side"))
    #expect(
      driver.rows.map { [$0[0], String($0[1].prefix(4)), $0[2], $0[3]] } == [
        ["2", "1120", "500.00", ""], ["3", "2110", "", "120.00"], ["", "3400", "", "380.00"],
      ])
    #expect(try await books.entries().isEmpty)
    await driver.press(.function(10))
    #expect(driver.message == "ok D-1 has the opening balances, as a draft.")
    #expect(driver.path == ["Accounts", "D-1"])
    await driver.press(.escape, "O", "opening.csv", .function(9), .function(10))
    #expect(driver.message == "! D-1 has opening balances already. Discard it first.")
    #expect(try await books.entries().count == 1)
  }

  @Test func `everything that is wrong with balances is told at once`() async throws {
    try file("opening.csv", "number,debit,credit\n1120,5,5\n\n9999,5,\n")
    let books = try await TestBooks.make()
    let driver = await driver(.employee, in: books)
    await driver.press("3", "O", "opening.csv", .function(9))
    #expect(
      driver.shows("opening.csv:2: an account holds a debit or a credit, not both."),
      "\(driver.screen)")
    #expect(driver.shows("opening.csv:4: There is no account 9999 in this business."))
    #expect(driver.field?.text == "opening.csv")
    #expect(try await books.entries().isEmpty)
  }

  @Test func `whoever enters nothing has no key for balances`() async throws {
    let driver = await driver(.viewer, in: try await TestBooks.make())
    await driver.press("3", "O")
    #expect(driver.path == ["Accounts"])
  }

  @Test func `who leaves what is not imported is asked`() async throws {
    let driver = await driver(.owner, in: try await TestBooks.make())
    await driver.press("3", "O", "opening.csv", .escape)
    #expect(driver.question == "What you chose is not imported yet.")
    await driver.press("y")
    #expect(driver.path == ["Accounts"])
  }

  @Test func `what is offered for a field goes with F9, and with the first Esc`() async throws {
    try file("opening.csv", "number,debit,credit\n1120,500.00,\n2110,,500.00\n")
    let driver = await driver(.owner, in: try await TestBooks.make())
    await driver.press("3", "O", "opening.csv")
    #expect(driver.form?.choices?.choices.count == 1)
    await driver.press(.function(9))
    #expect(driver.form?.choices == nil, "\(driver.screen)")
    #expect(!driver.rows.isEmpty, "\(driver.screen)")
    await driver.press(.backspace, .escape)
    #expect(driver.form?.choices == nil && driver.question == nil && driver.path.count == 2)
    await driver.press(.escape)
    #expect(driver.question == "What you chose is not imported yet.")
  }

  @Test func `a long preview is paged through while the field keeps its cursor`() async throws {
    let lines = (1...60).map { "1120,\($0).00," }
    try file("opening.csv", "number,debit,credit\n" + lines.joined(separator: "\n") + "\n")
    let driver = await driver(.owner, in: try await TestBooks.make())
    await driver.press("3", "O", "opening.csv", .function(9))
    #expect(driver.rows.first?[0] == "2" && driver.rows.count == 61)
    await driver.press(.pageDown)
    let first = try #require(driver.rows.first?[0])
    #expect(Int(first).map { $0 > 2 } == true, "\(driver.screen)")
    #expect(driver.field?.text == "opening.csv")
    await driver.press(.pageUp)
    #expect(driver.rows.first?[0] == "2")
  }
}
