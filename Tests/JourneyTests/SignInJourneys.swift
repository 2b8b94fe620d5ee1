import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

@Suite struct SignInJourneys {
  @Test func `a wrong password is refused and keeps the e-mail`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(books.workspace)
    await driver.press("owner@books.example", .enter, "wrong horse", .enter)
    #expect(driver.message == "ERROR Wrong user or password.")
    #expect(driver.form?.fields[0].text == "owner@books.example")
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.path == ["Home"])
  }

  @Test func `an unknown user is refused in the same words`() async throws {
    let driver = await Driver(try await TestBooks.make().workspace)
    await driver.press("nobody@books.example", .enter, "wrong horse", .enter)
    #expect(driver.message == "ERROR Wrong user or password.")
  }

  @Test func `a password is never on the screen`() async throws {
    let driver = await Driver(try await TestBooks.make().workspace)
    await driver.press("owner@books.example", .enter, "secret")
    #expect(driver.shows("******"))
    #expect(!driver.shows("secret"))
  }

  @Test func `real books don't say who can sign in`() async throws {
    let driver = await Driver(try await TestBooks.make().workspace)
    #expect(!driver.shows("Demonstration"))
    #expect(!driver.shows("@books.example"))
  }

  @Test func `a demonstration lists who can sign in, and they can`() async throws {
    let workspace = try await TestBooks.demonstration(at: TestBooks.demonstrationDay)
    let driver = await Driver(workspace)
    let people = try await workspace.demonstrationPeople()
    #expect(Set(people.map(\.role)) == Set(Role.allCases))
    for person in people { #expect(driver.shows(person.email)) }
    let owner = try #require(people.first { $0.role == .owner })
    await driver.press("\(owner.email)", .enter, "\(Demonstration.password)", .enter)
    #expect(driver.path.first == "Businesses")
    #expect(driver.rows.count == 2)
  }

  @Test func `whoever belongs to one business starts in it`() async throws {
    let driver = await Driver(.employee, in: try await TestBooks.make())
    #expect(driver.lines[0].contains("Harbour Chandlery | 2026-11 open"))
    #expect(driver.lines[0].hasSuffix("Emma Employee Employee"))
  }

  @Test func `leaving asks, signs out and ends`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    for key in [Stroke("q"), .escape, .escape, .backspace] {
      await driver.press(key)
      #expect(driver.message == "! Nothing is before this screen. F3 leaves CoreFlow.")
    }
    await driver.press("Q")
    #expect(driver.shows("Leave CoreFlow?"))
    await driver.press("n")
    #expect(!driver.navigator.hasEnded)
    await driver.press(.function(3), .enter)
    #expect(driver.navigator.hasEnded)
    let last = try #require(try await books.trail(1).first)
    #expect(last.operation == "session.close")
  }

  @Test func `signing out goes back to where everybody starts`() async throws {
    let driver = await Driver(.employee, in: try await TestBooks.make())
    await driver.press("b", "o")
    #expect(driver.path == ["Sign in"])
    #expect(!driver.navigator.hasEnded)
  }

  @Test func `a session that was ended is taken up again, with all that was typed`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    await driver.typeRent()
    try await books.endSessions()
    await driver.press(.function(10))
    #expect(driver.shows("Your session has ended"))
    await driver.press("wrong", .enter)
    #expect(driver.shows("Your session has ended"))
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.message == "ok You are signed in again.")
    await driver.press(.function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
  }

  @Test func `who doesn't take a session up again leaves for the sign-in screen`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    try await books.endSessions()
    await driver.press("r")
    #expect(driver.message == "ERROR Your session has ended. Sign in again.")
    await driver.press(.escape)
    #expect(driver.path == ["Sign in"])
  }

  @Test func `nothing leads the next person back into the screens of the one before`()
    async throws
  {
    let books = try await TestBooks.make()
    _ = try await books.neighbour()
    let other = BusinessPlan(name: "Boat yard", slug: "yard", baseCurrency: "USD", chart: nil)
    _ = try await books.workspace.perform(CreateBusiness(other), as: books.owner)
    let driver = await Driver(.employee, in: books)
    await driver.press("3", "2")
    try await books.endSessions()
    await driver.press("r", .escape)
    await driver.press("owner@books.example", .enter, "\(TestBooks.password)", .enter)
    #expect(driver.path == ["Businesses"])
    await driver.press(Stroke(Key.left.with(.alt)))
    #expect(driver.path == ["Businesses"])
  }
}
