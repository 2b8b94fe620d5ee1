import Domain
import Operations
import Phrases
import Store
import TestSupport
import Testing
import ViewModels
import Widgets

/// What people are told without having asked, from the first screen on.
@Suite struct NoticeJourneys {
  private func emergency(in books: TestBooks) async throws {
    _ = try await books.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: 30), reason: "Payroll must go out"),
      as: try await books.person("Otto Owner", .owner))
  }

  private func waits(_ driver: Driver) -> String? {
    driver.tables["To do"]?.rows.first { $0.cells[0] == "Unread notices" }?.cells[1].english
  }

  private func openNotices(_ driver: Driver) async throws {
    let rows = try #require(driver.tables["To do"]?.rows)
    let index = try #require(rows.firstIndex { $0.cells[0] == "Unread notices" })
    await driver.press(.home)
    for _ in 0..<index { await driver.press(.down) }
    await driver.press(.enter)
  }

  @Test func `an owner finds after signing in that limits were lifted, and goes there`()
    async throws
  {
    let books = try await TestBooks.make()
    try await emergency(in: books)
    let driver = await Driver(.owner, in: books, startsAt: nil)
    #expect(waits(driver) == "1")
    try await openNotices(driver)
    #expect(driver.path == ["Home", "Notices"])
    #expect(
      driver.rows.map { Array($0[1...2]) } == [
        ["Otto Owner lifted limits and separate duties for 30 minutes", "new"]
      ])
    await driver.press(.enter)
    #expect(driver.path == ["Home", "Notices", "Emergencies"])
    #expect(driver.rows.map { $0[1] } == ["Payroll must go out"])
    await driver.press(.escape)
    #expect(driver.rows.map { $0[2] } == ["read"])
    await driver.press(.escape)
    #expect(driver.path == ["Home"])
    #expect(waits(driver) == nil)
    #expect(try await books.trail(1).first?.operation == "notice.read")
  }

  @Test func `whoever comes back to another screen is told of them there`() async throws {
    let books = try await TestBooks.make()
    let settings = FormComforts.Shelf().settings
    let before = await Driver(.owner, in: books, settings: settings)
    await before.press("Q", "y")
    try await emergency(in: books)
    let driver = await Driver(.owner, in: books, settings: settings, startsAt: nil)
    #expect(driver.path == ["Journal"])
    #expect(driver.message.hasSuffix("Notices that you haven't read: 1. U shows them."))
    await driver.press("U", "U", "a")
    #expect(driver.path == ["Journal", "Notices"])
    #expect(driver.message.hasSuffix("Marked as read."))
  }

  @Test func `an entry that was sent back is opened from its notice`() async throws {
    let books = try await TestBooks.withThreshold()
    let entry = try await books.workspace.perform(
      CreateEntry(books.entry(9_900, "Loft"), then: .submit), as: books.employee
    ).entry
    try await books.workspace.perform(
      RejectEntry(entry, reason: "No receipt"), as: books.manager)
    let driver = await Driver(.employee, in: books, startsAt: "U")
    #expect(driver.rows[0][1].hasSuffix("sent D-1 back to you"))
    await driver.press(.enter)
    #expect(driver.path.last == "D-1")
    #expect(driver.shows("No receipt"))
  }

  @Test func `a period that was reopened leads to the periods`() async throws {
    let books = try await TestBooks.make()
    let period = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-01" })
    try await books.workspace.perform(
      ClosePeriod(period.id, name: period.name), as: books.director)
    guard
      case .awaits(let request, _, _) = try await books.workspace.perform(
        RequestConfirmation(
          .reopenPeriod(period: period.id, name: period.name), reason: "Late invoice"),
        as: books.director)
    else { return #expect(Bool(false), "a director did it alone") }
    try await books.workspace.perform(Confirm(request), as: books.owner)
    let driver = await Driver(.viewer, in: books, startsAt: "U")
    #expect(driver.shows("Olive Owner reopened period 2026-01"))
    await driver.press(.enter)
    #expect(driver.path.last == "Periods")
    #expect(
      driver.rows.first { $0[0] == "2026-01" }?.prefix(3) == ["2026-01", "01-01..01-31", "open"])
  }

  @Test func `what no screen shows is read where it is`() async throws {
    let books = try await TestBooks.make()
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      INSERT INTO notifications (business_id, user_id, notice, created_at) VALUES
        (\(books.business.value), \(books.viewer.user.value),
        '{"periodReopened":{"by":"Olive Owner","name":"2026-01","reason":"Late invoice"}}', 1);
      """)
    let driver = await Driver(.viewer, in: books, startsAt: "U")
    await driver.press(.enter)
    #expect(driver.shows("Olive Owner reopened period 2026-01"))
    #expect(driver.shows("Late invoice"))
    await driver.press(.escape)
    #expect(driver.rows.map { $0[2] } == ["new"])
    await driver.press(.enter, .enter)
    #expect(driver.rows.map { $0[2] } == ["read"])
  }

  @Test func `all are marked at once, and each reads them in their own language`() async throws {
    let books = try await TestBooks.make()
    try await emergency(in: books)
    _ = try await books.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: 5), reason: "The bank closes"),
      as: books.director)
    let settings = try German.settings()
    let driver = await Driver(.owner, in: books, settings: settings, startsAt: "U")
    let said = driver.table?.rows.map { $0.cells[1].text(in: settings.language) }
    #expect(
      said == [
        "Dora Director bittet Sie zu bestätigen: Limits und Funktionstrennung für 5 Minuten aufheben",
        "Otto Owner hat Limits und Funktionstrennung für 30 Minuten aufgehoben",
      ])
    await driver.press("A")
    #expect(try await books.workspace.fetch(UnreadNotices(), as: books.owner) == 0)
  }

  @Test func `a request waits on its own screen, and a lost factor on one's account`()
    async throws
  {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: 5), reason: "The bank closes"),
      as: books.director)
    let owner = await Driver(.owner, in: books, startsAt: "U")
    await owner.press(.enter)
    #expect(owner.path == ["Home", "Notices", "Requests"])
    try books.store.script(
      """
      UPDATE users SET totp_secret = 'sealed', totp_enabled_at = 1
      WHERE id = \(books.employee.user.value)
      """)
    let member = try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first {
        $0.user == books.employee.user
      })
    try await books.workspace.perform(
      RemoveSecondFactor(member.id, reason: "Lost the phone"), as: books.owner)
    let driver = await Driver(.employee, in: books, startsAt: "U")
    await driver.press(.enter)
    #expect(driver.path.last == "Your account")
  }
}
