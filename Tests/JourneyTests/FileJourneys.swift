import Domain
import Foundation
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// Files that prove entries and periods, from the disk into the books and out again.
@Suite struct FileJourneys {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (name, bytes) in [("receipt.txt", Array("paid\r\nin full".utf8)), ("scan.pdf", [0, 1])] {
      try Data(bytes).write(to: URL(filePath: folder.path(name)))
    }
  }

  private func driver(_ role: Domain.Role, in books: TestBooks) async -> Driver {
    var settings = Settings()
    settings.workingFolder = folder.location
    return await Driver(role, in: books, settings: settings)
  }

  @Test func `a file is attached by its path, which is offered as it is typed`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .employee)
    let driver = await driver(.employee, in: books)
    await driver.press(.enter, "v")
    #expect(driver.path == ["Journal", "D-1", "Files"])
    #expect(driver.shows("No files yet. n attaches the first."))
    await driver.press("n", "rec")
    #expect(driver.form?.choices?.choices.map(\.text.english) == ["receipt.txt"])
    await driver.press(.enter, "Rent of May", .function(10))
    #expect(driver.message == "ok receipt.txt is attached.")
    #expect(driver.rows.map { [$0[0], $0[1], $0[5]] } == [["receipt.txt", "13", "Rent of May"]])
    await driver.press(.escape)
    #expect(driver.lines.contains { $0.contains("Files") && $0.contains("receipt.txt") })
    #expect(driver.shows("attached a file"))
  }

  @Test func `a file is attached to a line by its number`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .employee)
    let driver = await driver(.employee, in: books)
    await driver.press(.enter, "v", "n", "receipt.txt", .tab, .tab, "two", .function(10))
    #expect(driver.field?.fault == "Which line? Its number, or nothing for the whole entry.")
    await driver.press(.ctrl("u"), "9", .function(10))
    #expect(
      driver.field?.fault?.english
        == "The entry has no line 9. Name one of its own, or none for the whole entry.")
    await driver.press(.ctrl("u"), "2", .function(10))
    #expect(driver.message == "ok receipt.txt is attached.", "\(driver.screen)")
    #expect(driver.rows.first?.contains("2") == true, "\(driver.screen)")
  }

  @Test func `what can't be attached is said beside the field, and what was typed stays`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.draft(by: .employee)
    let driver = await driver(.employee, in: books)
    await driver.press(.enter, "v", "n", .function(10))
    #expect(driver.field?.fault == "Which file?")
    await driver.press("none.txt", .function(10))
    #expect(
      driver.field?.fault?.english == "There is no file \(folder.path("none.txt")). Check its name."
    )
    #expect(driver.field?.text == "none.txt")
    await driver.press(.ctrl("u"), "receipt.txt", .function(10), "n", "receipt.txt", .function(10))
    #expect(driver.field?.fault == "The same file is attached already, as receipt.txt.")
  }

  @Test func `text is read on the screen, anything else is saved`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.draft(by: .owner)
    for name in ["receipt.txt", "scan.pdf"] {
      let bytes = try #require(FileManager.default.contents(atPath: folder.path(name)))
      _ = try await books.workspace.perform(
        AttachFile(NewAttachment(name, Array(bytes)), to: .entry(entry)), as: books.owner)
    }
    let driver = await driver(.viewer, in: books)
    await driver.press(.enter, "v", .enter)
    #expect(driver.path.last == "receipt.txt")
    #expect(driver.lines.contains { $0.contains("in full") && !$0.contains("paid") })
    await driver.press(.escape, "j", .enter)
    #expect(driver.message == "! scan.pdf is no text. c saves a copy.")
    await driver.press("c", .enter)
    #expect(driver.navigator.overlay != nil, "the original is there")
    await driver.press(.ctrl("u"), "nowhere/copy.pdf", .enter)
    guard case .dialog(let dialog)? = driver.navigator.overlay else {
      Issue.record("\(driver.screen)")
      return
    }
    #expect(dialog.field?.text == "nowhere/copy.pdf")
    #expect(dialog.field?.fault?.english.hasPrefix("Can't write ") == true)
    await driver.press(.ctrl("u"), "copy.pdf", .enter)
    #expect(driver.message.hasPrefix("ok scan.pdf is in "))
    #expect(FileManager.default.contents(atPath: folder.path("copy.pdf")) == Data([0, 1]))
    #expect(try TemporaryFolder.mode(folder.path("copy.pdf")) == 0o600)
    #expect(try await books.trail(1).first?.operation == "attachment.save")
  }

  @Test func `a file comes off a fresh draft, and is hidden with a reason later`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.draft(by: .owner)
    for byte in [1, 2] as [UInt8] {
      _ = try await books.workspace.perform(
        AttachFile(NewAttachment("\(byte).txt", [byte]), to: .entry(entry)), as: books.owner)
    }
    let driver = await driver(.owner, in: books)
    await driver.press(.enter, "v", "D", "y")
    #expect(driver.message == "ok 1.txt is taken off.")
    #expect(driver.rows.map { $0[0] } == ["2.txt"])
    await driver.press(.escape, "p", "v", "D")
    #expect(driver.message.hasPrefix("! What was submitted once keeps its files."))
    await driver.press("x", "Wrong entry", .enter)
    #expect(driver.message == "ok 2.txt is hidden.")
    #expect(driver.rows.map { $0[2] } == ["hidden"])
    await driver.press("x")
    #expect(driver.message == "! The file is hidden already.")
  }

  @Test func `what is being approved takes no file, and says why`() async throws {
    let books = try await TestBooks.withThreshold()
    _ = try await books.workspace.perform(
      CreateEntry(books.entry(6_000), then: .submit), as: books.employee)
    let driver = await driver(.employee, in: books)
    await driver.press(.enter, "v", "n")
    #expect(driver.path.last == "Files")
    #expect(driver.message.hasPrefix("! An entry that is pending approval keeps its files"))
  }

  @Test func `a period has files too`() async throws {
    let books = try await TestBooks.make()
    let driver = await driver(.owner, in: books)
    await driver.press("7", .enter, "v", "n", "receipt.txt", .function(10))
    #expect(driver.message == "ok receipt.txt is attached.")
    #expect(driver.path.first == "Periods" && driver.rows.count == 1)
  }
}
