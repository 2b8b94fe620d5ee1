import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

@Suite struct BusinessJourneys {
  /// The owner of one business who also manages another, in the switcher.
  private func driver() async throws -> (Driver, TestBooks) {
    let books = try await TestBooks.make()
    let other = try await books.neighbour()
    let invitation = try await books.workspace.invite(
      email: "owner@books.example", name: "Olive Owner", role: .manager, as: other.owner)
    let lobby = try await books.workspace.signIn(
      email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    try await books.workspace.accept(invitation: invitation.code, as: lobby)
    return (await Driver(.owner, in: books), books)
  }

  @Test func `whoever belongs to several chooses one`() async throws {
    let (driver, _) = try await driver()
    #expect(driver.path == ["Businesses"])
    #expect(driver.rows.map { $0[0] } == ["Harbour Chandlery", "Alpenrad"])
    await driver.press("j", .enter)
    #expect(driver.lines[0].contains("Alpenrad | 2026-11 open"))
    await driver.press("b", "k", .enter)
    #expect(driver.lines[0].contains("Harbour Chandlery"))
  }

  @Test func `the usual one opens at once after signing in, until it is usual no more`()
    async throws
  {
    let (driver, books) = try await driver()
    await driver.press("j", "u")
    #expect(driver.message == "ok After you sign in you are in Alpenrad.")
    #expect(driver.rows.map { $0.last } == ["", "yes"])
    let again = await Driver(.owner, in: books)
    #expect(again.lines[0].contains("Alpenrad"))
    await again.press("b", "k", "u")
    #expect(again.rows.map { $0.last } == ["yes", ""])
    await again.press("u")
    #expect(again.message == "ok After you sign in you choose a business.")
    let third = await Driver(.owner, in: books)
    #expect(third.path == ["Businesses"])
  }

  @Test func `going elsewhere never drops what was typed without asking`() async throws {
    let (driver, _) = try await driver()
    await driver.press(.enter, "n", .enter, "Lamp oil", .alt("b"), "j", .enter)
    #expect(driver.shows("Leave without saving?"))
    await driver.press("n", .escape)
    #expect(driver.field?.text == "Lamp oil")
    await driver.press(.alt("b"), "j", .enter, "y")
    #expect(driver.lines[0].contains("Alpenrad"))
  }

  @Test func `signing out never drops what was typed without asking`() async throws {
    let (driver, _) = try await driver()
    await driver.press(.enter, "n", .enter, "Lamp oil", .alt("b"), "o")
    #expect(driver.shows("Leave without saving?"))
    await driver.press(.escape, .escape)
    #expect(driver.field?.text == "Lamp oil")
  }

  @Test func `entries of one business aren't in the other`() async throws {
    let (driver, books) = try await driver()
    try await books.post(7_700)
    await driver.press("j", .enter, "2")
    #expect(driver.rows.isEmpty)
    await driver.press("b", "k", .enter, "2")
    #expect(driver.rows.count == 1)
  }

  @Test func `an owner makes another business and works in it`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    await driver.press("b", "n", "Acme Europe", .tab, .ctrl("u"), "xyz", .function(10))
    #expect(driver.shows("This business has no currency XYZ."))
    #expect(driver.field?.text == "xyz")
    await driver.press(.ctrl("u"), "usd", .end)
    for _ in 0..<6 { await driver.press(.tab) }
    await driver.press("harbour", .function(10))
    #expect(driver.shows("The business harbour exists already."))
    await driver.press(.ctrl("u"), .function(10))
    #expect(
      driver.message
        == "ok Acme Europe is made, with you as its owner. Enter works in it.")
    #expect(driver.rows.map { $0[0] } == ["Harbour Chandlery", "Acme Europe"])
    #expect(driver.table?.cursor == 1)
    await driver.press(.enter)
    #expect(driver.lines[0].contains("Acme Europe | 2026-11 open"))
    await driver.press("3")
    #expect(!driver.rows.isEmpty)
    #expect(try await books.faults() == [])
  }

  @Test func `an owner says how the halves of a business are rounded`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    await driver.press("b", "n", "Acme Europe")
    for _ in 0..<8 { await driver.press(.tab) }
    await driver.press(.ctrl("u"), "rounded to the even one", .function(10))
    #expect(driver.message.hasPrefix("ok Acme Europe is made"), "\(driver.screen)")
    await driver.press(.enter, "B")
    #expect(driver.shows("rounded to the even one"), "\(driver.screen)")
  }

  @Test(arguments: [Role.director, .manager, .employee, .viewer])
  func `nobody else makes a business`(_ role: Role) async throws {
    let driver = await Driver(role, in: try await TestBooks.make())
    await driver.press("b", "n")
    #expect(driver.path.last == "Businesses")
    #expect(
      driver.message
        == "! Ask Olive Owner. Your role (\(role.title)) does not hold business.create.")
  }
}
