import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// Who may do a thing, by which rule, and whether they might at another time.
@Suite struct WhoCanJourneys {
  /// From the matrix to the row of a permission.
  private func go(to permission: String, _ driver: Driver) async {
    await driver.press("8", "m")
    let index = driver.rows.firstIndex { $0[0] == permission } ?? 0
    for _ in 0..<index { await driver.press(.down) }
  }

  @Test func `a row of the matrix leads to who may do it, and each of them to why`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await go(to: "journal.approve", driver)
    await driver.press("W")
    #expect(driver.path == ["People", "Matrix", "Who may"])
    #expect(driver.table?.title == "Who may approve entries")
    #expect(driver.rows.map(\.[0]) == ["Max Manager", "Dora Director", "Olive Owner"])
    #expect(driver.rows[0][3].hasPrefix("Manager: "), "\(driver.rows)")
    #expect(driver.rows[2][3].hasPrefix("Owner: "))
    await driver.press(.enter)
    #expect(driver.path.last == "journal.approve")
    #expect(driver.shows("Max Manager (Manager) may approve entries"))
  }

  @Test func `an entry leads to who may do the chosen thing to it`() async throws {
    let books = try await TestBooks.withThreshold()
    try await books.workspace.perform(
      CreateEntry(books.entry(200_000), then: .submit), as: books.employee)
    let members = try await books.workspace.fetch(Members(), as: books.owner)
    try await books.workspace.perform(
      LimitMember(members.called("Max Manager").id, to: Money(minorUnits: 100_000)),
      as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.press(.enter, "w", "Approve", .enter, "W")
    #expect(driver.table?.title.english.hasPrefix("Who may approve D-") == true)
    #expect(driver.rows.map(\.[0]) == ["Dora Director", "Olive Owner"])
    await driver.press("/", "Dora", .enter, .enter)
    #expect(driver.shows("Dora Director (Director) may approve D-"))
  }

  @Test func `who may look at some rights reads that others may too`() async throws {
    let books = try await TestBooks.make()
    let manager = await Driver(.manager, in: books)
    await go(to: "journal.approve", manager)
    await manager.press("W")
    #expect(manager.rows.map(\.[0]) == ["Max Manager"])
    #expect(manager.shows("of those whose rights you may look at"))
    let employee = await Driver(.employee, in: books)
    await employee.press("w", "Approve", .enter)
    #expect(employee.actionIDs == ["explanation.moment"])
    await employee.press("W")
    #expect(employee.path.last == "journal.approve")
  }

  @Test func `an explanation is asked for anew as of another moment`() async throws {
    let books = try await TestBooks.make()
    books.clock.advance(seconds: 120)
    let members = try await books.workspace.fetch(Members(), as: books.owner)
    try await books.workspace.perform(
      AssignRole(.manager, to: members.called("Emma Employee").id), as: books.owner)
    books.clock.advance(seconds: 60)
    let driver = await Driver(.owner, in: books, startsAt: "8")
    await driver.press("/", "Emma", .enter, .enter, "/", "journal.approve", .enter, .enter)
    #expect(driver.shows("Emma Employee (Manager) may approve entries"))
    await driver.press("t", .function(10))
    #expect(driver.shows("Say when, as -7, 2026-11-23"))
    await driver.press("+1", .function(10))
    #expect(driver.shows("That moment is later than now."))
    await driver.press(.ctrl("u"), "2026-11-01", .function(10))
    #expect(driver.path.last == "At which moment?")
    #expect(driver.form?.fields[0].fault != nil)
    await driver.press(.ctrl("u"), "2026-11-23T10:01", .function(10))
    #expect(driver.shows("Emma Employee (Employee) may not approve entries"))
    #expect(driver.shows("This is as of 2026-11-23 10:01."))
    await driver.press("W")
    #expect(driver.message == "! Who may is known of now only.")
  }

  @Test func `the keys are in the palette, at 80 by 24 and in German`() async throws {
    let driver = await Driver(
      .owner, in: try await TestBooks.make(), settings: try German.settings())
    await go(to: "journal.approve", driver)
    await driver.press(":", "Alle, die es", .enter)
    #expect(driver.shows("Wer darf: Buchungen freigeben"), "\(driver.screen)")
    await driver.press(.enter, "t")
    #expect(driver.shows("Zu welchem Zeitpunkt?"))
  }
}
