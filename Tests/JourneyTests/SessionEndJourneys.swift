import Domain
import Operations
import TestSupport
import Testing
import ViewModels

/// Sessions that others end while somebody is at work.
@Suite struct SessionEndJourneys {
  /// The manager at work, whose session an owner then ends.
  private func ended(_ books: TestBooks, because reason: String) async throws -> Driver {
    let driver = await Driver(.manager, in: books)
    let sessions = try await books.workspace.fetch(Sessions(), as: books.owner)
    let session = try #require(sessions.last { $0.user == books.manager.user })
    try await books.workspace.perform(RevokeSession(session.id, reason: reason), as: books.owner)
    return driver
  }

  private func refusals(_ books: TestBooks) async throws -> [AuditPage.Row] {
    try await books.trail(100).filter { $0.errorCode == "session-ended" }
  }

  @Test func `one password is enough, whatever was being read when the session ended`()
    async throws
  {
    let books = try await TestBooks.make()
    let driver = try await ended(books, because: "Lunch is over")
    let navigator = driver.navigator
    let late = try #require(navigator.update(.booksChanged).last)
    navigator.began(late)
    let answer = await late.run()
    driver.send(.booksChanged)
    await driver.settle()
    #expect(driver.message == "ERROR Your session has ended. Sign in again.")
    #expect(driver.shows("Olive Owner ended it: Lunch is over."))
    driver.send(.booksChanged)
    await driver.settle()
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.message == "ok You are signed in again.")
    navigator.ended(late)
    driver.send(.finished(late, answer))
    await driver.settle()
    #expect(navigator.overlay == nil)
    #expect(driver.message == "ok You are signed in again.")
    await driver.press("3")
    #expect(driver.path == ["Accounts"])
    #expect(!driver.rows.isEmpty)
  }

  @Test func `nothing is read in the session that is over while the password is asked for`()
    async throws
  {
    let books = try await TestBooks.make()
    let driver = try await ended(books, because: "Lunch is over")
    await driver.press("r")
    let before = try await refusals(books).map(\.sequence)
    // From then on the same refusal would be recorded again.
    books.clock.advance(seconds: 61)
    driver.send(.booksChanged)
    driver.resize(columns: 120, rows: 40)
    await driver.settle()
    await driver.press("wrong", .enter, "\(TestBooks.password)", .enter)
    #expect(driver.message == "ok You are signed in again.")
    #expect(try await refusals(books).map(\.sequence) == before)
    #expect(try await Set(refusals(books).map(\.actor)) == ["Max Manager"])
  }

  @Test func `whoever gets another role signs in once, and is told why`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.manager, in: books)
    let before = try #require(driver.navigator.lobby)
    let member = try await books.workspace.fetch(Members(), as: books.owner)
      .called("manager@books.example")
    try await books.workspace.perform(AssignRole(.employee, to: member.id), as: books.owner)
    driver.send(.booksChanged)
    await driver.settle()
    #expect(driver.shows("It ended: the role changed."))
    driver.send(.booksChanged)
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.message == "! Your role is Employee now.")
    #expect(driver.navigator.overlay == nil)
    let lobby = try #require(driver.navigator.lobby)
    let own = try await books.workspace.fetch(OwnSessions(), as: lobby)
    // Those of the books themselves, and this one; what it took the place of is signed out.
    #expect(own.filter(\.isThis).count == 2)
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.fetch(OwnSessions(), as: before)
    }
  }

  @Test func `the password unlocks a screen whose session was ended, and isn't asked for again`()
    async throws
  {
    let books = try await TestBooks.make()
    let driver = try await ended(books, because: "Lunch is over")
    await driver.press("r")
    #expect(driver.shows("Your session has ended"))
    books.clock.advance(seconds: 16 * 60)
    driver.send(.leftAlone)
    #expect(driver.path == ["Locked"])
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.path == ["Journal"])
    #expect(driver.navigator.overlay == nil)
    await driver.press("3")
    #expect(driver.path == ["Accounts"])
  }
}
