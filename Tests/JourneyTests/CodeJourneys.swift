import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// Codes that people are given: to come into a business, or back after a forgotten password.
@Suite struct CodeJourneys {
  /// The one-time code in what is asked on the screen.
  private func code(on driver: Driver) throws -> Stroke {
    let found = try #require(driver.question?.firstMatch(of: /[0-9a-f]{20}/))
    return Stroke(stringLiteral: String(found.output))
  }

  private func invite(_ email: String, into books: TestBooks) async throws -> Stroke {
    let invitation = try await books.workspace.invite(
      email: email, name: "Nell New", role: .employee, as: books.owner)
    return Stroke(stringLiteral: invitation.code)
  }

  private let unknown = "This invitation is unknown, used or expired. Ask for a new one."

  @Test func `who forgot their password is given a code, sets another and is signed in`()
    async throws
  {
    let books = try await TestBooks.make()
    let owner = await Driver(.owner, in: books, startsAt: "8")
    await owner.press("/", "Emma", .enter, "N")
    #expect(owner.shows("Give Emma Employee a code for a new password?"))
    await owner.press(.escape)
    #expect(owner.navigator.overlay == nil && owner.path == ["People"])
    await owner.press("N", "y")
    #expect(owner.question?.contains("On the sign-in screen they press F6, or they run") == true)
    let code = try code(on: owner)
    await owner.press(.enter)
    #expect(owner.requests.contains(.copy(String(code.keys.compactMap(\.text)))))
    let driver = await Driver(books.workspace)
    await driver.press("employee@books.example", .function(6), .down, .enter)
    #expect(driver.form?.fields.map(\.text) == ["employee@books.example", "", "", ""])
    await driver.press(.tab, "guess", .tab, "short", .function(10))
    #expect(driver.form?.fields[2].fault != nil)
    await driver.press("another horse", .tab, "another hors", .function(10))
    #expect(driver.form?.fields[3].fault == "The two passwords differ.")
    await driver.press("another horse", .function(10))
    let unknown: Phrase = "This code is unknown, used or expired. Ask for a new one."
    #expect(driver.form?.fields[1].fault == unknown)
    #expect(
      driver.form?.fields.map(\.text)
        == ["employee@books.example", "guess", "another horse", "another horse"])
    #expect(!driver.shows("another"))
    await driver.press(.ctrl("u"), code, .function(10))
    #expect(driver.path == ["Home"] && driver.message == "ok Your new password is set.")
    let again = await Driver(books.workspace)
    await again.press(.function(6), .down, .enter, "employee@books.example", .tab, code, .tab)
    await again.press("another horse", .tab, "another horse", .function(10))
    #expect(again.form?.fields[1].fault == unknown)
  }

  @Test func `a code for a password is made for active others, by who may keep them out`()
    async throws
  {
    let books = try await TestBooks.make()
    _ = try await invite("new@books.example", into: books)
    let owner = await Driver(.owner, in: books, startsAt: "8")
    await owner.press("N")
    #expect(owner.message == "! Change your own password with 0.")
    await owner.press("G", "N")
    #expect(owner.message == "! They are pending, so this can't be done with them.")
    let manager = await Driver(.manager, in: books, startsAt: "8")
    await manager.press("/", "Emma", .enter, "N")
    #expect(manager.navigator.overlay == nil && !manager.actionIDs.contains("member.reset"))
    await manager.press("w", "forgotten", .enter)
    #expect(manager.shows("Max Manager (Manager) may not suspend"), "\(manager.screen)")
    // Their password opens the other business too.
    _ = try await books.neighbour()
    let shared = try await books.workspace.invite(
      email: "alpenrad-viewer@books.example", name: "Vera", role: .viewer, as: books.owner)
    let lobby = try await books.workspace.signIn(
      email: "alpenrad-viewer@books.example", password: TestBooks.password,
      from: TestBooks.origin)
    try await books.workspace.accept(invitation: shared.code, as: lobby)
    await owner.press("r", "G", "N", "y")
    #expect(owner.message.contains("They work in other businesses too"))
  }

  @Test func `whoever is new joins by the code of their invitation, at 80 by 24`() async throws {
    let books = try await TestBooks.make()
    let code = try await invite("new@books.example", into: books)
    let driver = await Driver(books.workspace)
    #expect(driver.lines.last?.contains("F6 I have a code") == true)
    await driver.press(.function(6), .enter, "guess", .enter)
    #expect(driver.form?.fields.map(\.fault) == [Phrase(verbatim: unknown)])
    #expect(driver.form?.fields.map(\.text) == ["guess"])
    await driver.press(.ctrl("u"), code, .enter)
    #expect(driver.path == ["Sign in", "Accept an invitation", "Join"])
    #expect(driver.shows("You are invited to Harbour Chandlery"))
    #expect(driver.shows("new@books.example"))
    await driver.press(.tab, "short", .enter, "short", .enter)
    #expect(driver.form?.fields[1].fault != nil)
    await driver.press("a new horse", .tab, "a new house", .enter)
    #expect(driver.form?.fields[2].fault == "The two passwords differ.")
    #expect(driver.form?.fields[1].text == "a new horse" && !driver.shows("horse"))
    await driver.press(
      "a new horse", .backTab, .backTab, Stroke(stringLiteral: String(repeating: "n", count: 101)),
      .function(10))
    #expect(driver.form?.fields[0].fault != nil && driver.form?.focus == 0)
    await driver.press(.ctrl("u"), "Nelly New", .function(10))
    #expect(driver.path == ["Home"])
    #expect(driver.message == "ok You are a member of Harbour Chandlery now.")
    #expect(driver.lines[0].hasSuffix("Nelly New Employee"))
  }

  @Test func `whoever has an account accepts by signing in, and nobody else does`() async throws {
    let books = try await TestBooks.make()
    _ = try await books.neighbour()
    let email = "alpenrad-employee@books.example"
    let code = try await invite(email, into: books)
    let driver = await Driver(books.workspace)
    await driver.press(.function(6), .enter, code, .enter)
    #expect(driver.path == ["Sign in"] && driver.form?.fields[0].text == email)
    let asked = "to accept the invitation"
    #expect(driver.shows(asked))
    await driver.press("wrong horse", .enter)
    #expect(driver.message == "ERROR Wrong user or password." && driver.shows(asked))
    let password = Stroke(stringLiteral: TestBooks.password)
    await driver.press(.backTab, .ctrl("u"), "owner@books.example", .tab, .ctrl("u"), password)
    await driver.press(.enter)
    #expect(driver.path == ["Home"])
    let member = await Driver(books.workspace)
    await member.press(.function(6), .enter, code, .enter, password, .enter)
    #expect(member.path == ["Businesses"] && member.rows.count == 2)
    #expect(member.message == "ok You are a member of Harbour Chandlery now.")
  }

  @Test func `an invitation that is over meanwhile is refused, and signing in goes on`()
    async throws
  {
    let books = try await TestBooks.make()
    _ = try await books.neighbour()
    let code = try await invite("alpenrad-employee@books.example", into: books)
    let driver = await Driver(books.workspace)
    await driver.press(.function(6), .enter, code, .enter)
    books.clock.advance(seconds: 7 * 86_400)
    let password = Stroke(stringLiteral: TestBooks.password)
    await driver.press(password, .enter)
    #expect(driver.path == ["Sign in"] && driver.message == "ERROR \(unknown)")
    #expect(driver.navigator.lobby == nil)
    await driver.press(.enter)
    #expect(driver.path == ["Home"])
  }

  @Test func `it is there by Alt, in the help and in German`() async throws {
    let books = try await TestBooks.make()
    let code = try await invite("new@books.example", into: books)
    let driver = await Driver(books.workspace, settings: try German.settings())
    await driver.press(.function(1))
    #expect(driver.shows("Einen Code einlösen"))
    await driver.press(.escape, .alt("n"), "Einladung", .enter, code, .enter)
    #expect(driver.shows("Sie sind zu Harbour Chandlery eingeladen"))
    await driver.press(.escape, .escape)
    #expect(driver.path == ["Sign in"])
  }
}
