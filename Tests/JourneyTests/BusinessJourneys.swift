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
}
