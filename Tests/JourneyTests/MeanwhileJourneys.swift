import Domain
import Foundation
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// Somebody else changes the books while a screen is open.
@Suite struct MeanwhileJourneys {
  @Test func `another process's entry appears without a key`() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "journeys-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "books.db").path
    let books = try await TestBooks.make(at: path)
    let driver = await Driver(.owner, in: books)
    let other = try TestBooks.anotherProcess(on: path, books.clock)
    let before = driver.navigator.booksVersion
    let lobby = try await other.signIn(
      email: "employee@books.example", password: TestBooks.password, from: TestBooks.origin)
    let employee = try await other.enter(books.business, as: lobby)
    try await other.perform(CreateEntry(books.entry(4_200), then: .post), as: employee)
    #expect(driver.navigator.booksVersion != before)
    driver.send(.booksChanged)
    await driver.settle()
    #expect(driver.rows.map { $0[3] } == ["42.00"])
  }

  @Test func `a period that is closed meanwhile refuses the entry and keeps it`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    try await books.closePeriod("2026-11")
    await driver.press(.function(10))
    #expect(driver.message == "ERROR Period 2026-11 is closed. Choose a date in an open one.")
    #expect(driver.form?.focus == 0)
    #expect(driver.form?.fields[2].text == "Rent")
    #expect(driver.grid.prefix(2).map { $0[0] } == ["6200 Rent", "1120 Current account"])
    #expect(try await books.entries().isEmpty)
  }

  @Test func `a role that is lost meanwhile refuses the entry and keeps it`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    try await books.give(.viewer, to: .employee)
    await driver.press(.function(10))
    #expect(driver.message == "ERROR Your role (Viewer) does not hold journal.create.")
    #expect(driver.path == ["Journal", "New entry"])
    #expect(driver.form?.fields[2].text == "Rent")
    #expect(try await books.entries().isEmpty)
  }

  @Test func `a role that changes is said, and the header and the actions follow`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    try await books.give(.viewer, to: .employee)
    driver.send(.booksChanged)
    await driver.settle()
    #expect(driver.message == "! Your role is Viewer now.")
    #expect(driver.lines[0].contains("READ ONLY"))
    #expect(driver.actionIDs.filter { ["entry.commit", "entry.draft"].contains($0) } == [])
    await driver.press(.function(10))
    #expect(driver.message == "ERROR Your role (Viewer) does not hold journal.submit.")
    #expect(driver.form?.fields[2].text == "Rent")
  }

  @Test func `an account that is archived meanwhile refuses the line that names it`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    try await books.workspace.perform(
      ArchiveAccount(books.account("1120"), .archive), as: books.owner)
    await driver.press(.function(10))
    #expect(driver.message == "ERROR Line 2: 1120 Current account is archived.")
    #expect(driver.form?.grid?.focus?.line == 1)
    #expect(driver.form?.grid?.focus?.column == 0)
  }

  @Test func `a draft that somebody else changed isn't overwritten`() async throws {
    let books = try await TestBooks.make()
    let draft = try await books.draft(by: .employee)
    let driver = await Driver(.employee, in: books)
    await driver.press("e", .enter, "Mine")
    try await books.workspace.perform(
      EditEntry(draft, content: books.entry(1_200, "Theirs"), version: 1), as: books.owner)
    await driver.press(.function(2))
    #expect(driver.message.hasPrefix("ERROR Somebody else changed it meanwhile."))
    #expect(driver.form?.fields[2].text == "Mine")
    #expect(try await books.entries().map(\.description) == ["Theirs"])
  }

  @Test func `what changed under a question is read when it is answered`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await Driver(.owner, in: books)
    await driver.press("R")
    try await books.post(200)
    driver.send(.booksChanged)
    await driver.settle()
    #expect(driver.rows.count == 1)
    await driver.press(.escape)
    #expect(driver.rows.count == 2)
  }
}
