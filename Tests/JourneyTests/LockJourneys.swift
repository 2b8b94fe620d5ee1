import Domain
import Keys
import Operations
import Store
import TestSupport
import Testing
import ViewModels
import Widgets

/// The screen that is left alone, or locked on purpose.
@Suite struct LockJourneys {
  private func leaveAlone(_ driver: Driver, _ books: TestBooks, minutes: Int64) async {
    books.clock.advance(seconds: minutes * 60)
    driver.send(.leftAlone)
    await driver.settle()
  }

  @Test(arguments: [Size(columns: 60, rows: 16), Size(columns: 120, rows: 40)])
  func `after a quarter of an hour nothing of the books is on the screen`(
    _ size: Size
  ) async throws {
    let books = try await Tour.books("Canary lamp oil")
    let driver = await Driver(.employee, in: books, size: size)
    #expect(driver.shows("Canary"))
    await leaveAlone(driver, books, minutes: 14)
    await driver.press(.down)
    await leaveAlone(driver, books, minutes: 14)
    #expect(driver.path == ["Journal"])
    await leaveAlone(driver, books, minutes: 1)
    #expect(driver.path == ["Locked"])
    for hidden in ["Canary", "Harbour", "2026-11", "Emma", "Journal", "Trial"] {
      #expect(!driver.shows(hidden), "\(hidden)")
    }
    #expect(driver.shows("employee@books.example"))
    for key in [Stroke.alt("m"), .alt("2"), .alt("x"), .alt("b"), .escape, .function(5)] {
      await driver.press(key)
      #expect(driver.path == ["Locked"])
      #expect(!driver.shows("Canary"))
    }
  }

  @Test func `the business says after how many minutes, and nothing is never`() async throws {
    let books = try await TestBooks.make()
    func set(_ minutes: Int) async throws {
      try await books.store.change(in: books.business, as: .system) {
        try $0.execute(
          "UPDATE businesses SET idle_lock_minutes = :minutes WHERE id = :business",
          ["minutes": minutes])
      }
    }
    try await set(0)
    let driver = await Driver(.viewer, in: books)
    await leaveAlone(driver, books, minutes: 600)
    #expect(driver.path == ["Journal"])
    try await set(2)
    await driver.press("r")
    await leaveAlone(driver, books, minutes: 1)
    #expect(!driver.navigator.isLeftAlone)
    books.clock.advance(seconds: -3 * 60)
    #expect(driver.navigator.isLeftAlone, "a clock that is set back doesn't keep it open")
    books.clock.advance(seconds: 4 * 60)
    #expect(driver.navigator.isLeftAlone)
  }

  @Test func `what was typed is there again behind the password, and the old sessions are over`()
    async throws
  {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .enter, "Lamp oil", .enter)
    let form = driver.screen
    let lines = driver.lines
    let before = try await books.workspace.fetch(Sessions(), as: books.owner).count
    await driver.press(.alt("p"))
    #expect(driver.path == ["Locked"])
    await driver.press("not it at all", .enter)
    #expect(driver.message == "ERROR Wrong user or password.")
    #expect(driver.path == ["Locked"])
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.path == ["Journal", "New entry"] || driver.lines[1] == lines[1])
    #expect(driver.screen == form)
    #expect(try await books.workspace.fetch(Sessions(), as: books.owner).count == before)
    await driver.press(.enter, "6200", .enter, "12", .enter, .function(2))
    #expect(try await books.entries().map(\.description) == ["Lamp oil"])
  }

  @Test func `a question waits as it was asked`() async throws {
    let books = try await TestBooks.withThreshold()
    try await books.post(1_000)
    let driver = await Driver(.owner, in: books)
    await driver.press("R", "A wrong")
    await leaveAlone(driver, books, minutes: 15)
    #expect(!driver.shows("A wrong"))
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.shows("A wrong"))
    await driver.press(" amount", .enter)
    #expect(try await books.entries().count == 2)
  }

  @Test func `wrong passwords lock out`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("K")
    for _ in 0..<5 { await driver.press("wrong", .enter) }
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.message.contains("Too many wrong passwords. Wait 30 seconds"))
    books.clock.advance(seconds: 30)
    await driver.press(.enter)
    #expect(driver.path == ["Journal"])
  }

  @Test func `whoever was suspended meanwhile stays out`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("K")
    try await books.setMembership(of: .employee, to: "suspended")
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.path == ["Locked"])
    #expect(driver.message.contains("not an active member"))
  }

  @Test func `one signs out from it, once asked`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .enter, "Lamp oil", .enter, .alt("p"), .alt("g"))
    #expect(driver.shows("What isn't saved will be lost."))
    #expect(!driver.shows("Lamp oil"))
    await driver.press("n")
    #expect(driver.path == ["Locked"])
    await driver.press(.alt("g"), "y")
    #expect(driver.path == ["Sign in"])
    #expect(!driver.navigator.hasEnded)
    #expect(try await books.trail(1).first?.operation == "session.close")
    let other = await Driver(.viewer, in: books)
    await other.press("K", .function(3), "y")
    #expect(other.navigator.hasEnded)
    #expect(try await books.trail(1).first?.actor == "Vera Viewer")
  }

  @Test func `what ends while it is locked is told behind it`() async throws {
    let books = try await TestBooks.make()
    let draft = try await books.draft(by: .owner, 100)
    let driver = await Driver(.owner, in: books)
    let navigator = driver.navigator
    let work = try #require(navigator.update(.key("p")).first)
    navigator.began(work)
    // Keys wait for the work, the clock doesn't.
    books.clock.advance(seconds: 16 * 60)
    driver.send(.leftAlone)
    navigator.noticeSlowness()
    #expect(driver.path == ["Locked"])
    #expect(!driver.shows("working"))
    let apply = await work.run()
    navigator.ended(work)
    driver.send(.finished(work, apply))
    await driver.settle()
    #expect(driver.message == "")
    #expect(
      try await books.workspace.fetch(EntryDetail(draft), as: books.owner).head.status == .posted)
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.path == ["Journal"])
    #expect(driver.message.hasPrefix("ok "))
  }

  @Test func `work goes on in its session past the lock, which ends with it`() async throws {
    let books = try await TestBooks.make()
    let draft = try await books.draft(by: .owner, 100)
    let driver = await Driver(.owner, in: books)
    let navigator = driver.navigator
    let old = try #require(navigator.desk?.principal)
    let work = try #require(navigator.update(.key("p")).first)
    navigator.began(work)
    books.clock.advance(seconds: 16 * 60)
    driver.send(.leftAlone)
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.path == ["Journal"])
    let apply = await work.run()
    navigator.ended(work)
    driver.send(.finished(work, apply))
    await driver.settle()
    #expect(
      try await books.workspace.fetch(EntryDetail(draft), as: books.owner).head.status == .posted)
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.fetch(WhereIAm(), as: old)
    }
  }

  @Test func `before a business is chosen it locks too`() async throws {
    let books = try await TestBooks.make()
    let other = BusinessPlan(name: "Boat yard", slug: "yard", baseCurrency: "USD", chart: nil)
    _ = try await books.workspace.perform(CreateBusiness(other), as: books.owner)
    let driver = await Driver(.owner, in: books, startsAt: nil)
    #expect(driver.path == ["Businesses"])
    await leaveAlone(driver, books, minutes: 15)
    #expect(!driver.shows("Boat yard"))
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.shows("Boat yard"))
    await driver.press(.enter)
    #expect(driver.path == ["Home"])
  }
}
