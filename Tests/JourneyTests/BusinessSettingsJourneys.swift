import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

@Suite struct BusinessSettingsJourneys {
  private func business(
    _ role: Domain.Role = .owner, in books: TestBooks? = nil
  ) async throws -> (TestBooks, Driver) {
    let own: TestBooks
    if let books { own = books } else { own = try await TestBooks.make() }
    let driver = await Driver(role, in: own, size: Size(columns: 120, rows: 40))
    await driver.press("B")
    return (own, driver)
  }

  private func detail(_ books: TestBooks) async throws -> BusinessDetail.Detail {
    try await books.workspace.fetch(BusinessDetail(), as: books.owner)
  }

  @Test func `everybody sees what is paid and how much room is left`() async throws {
    let (books, driver) = try await business(.viewer)
    #expect(driver.path.last == "Business")
    #expect(driver.lines.contains { $0.contains("Subscription") && $0.contains("professional") })
    #expect(driver.lines.contains { $0.contains("Members") && $0.contains("5 of 100") })
    #expect(driver.actionIDs == [])
    try await books.workspace.changeSubscription(
      of: books.business, SubscriptionChange(tier: .enterprise, status: .expired, end: nil),
      from: TestBooks.origin)
    await driver.press("r")
    #expect(driver.lines.contains { $0.contains("Members") && $0.contains("as many as you like") })
    #expect(driver.lines.contains { $0.contains("It is") && $0.contains("expired") })
    #expect(driver.lines[0].contains("READ ONLY"))
    await driver.press("B")
    #expect(driver.path.filter { $0 == "Business" }.count == 1)
  }

  @Test func `every setting is changed in one form`() async throws {
    let (books, driver) = try await business()
    let before = try await detail(books)
    await driver.press("e")
    #expect(driver.form?.fields.count == 25)
    await driver.press("Harbour Ltd", .tab, "Harbour Limited")
    for _ in 0..<13 { await driver.press(.tab) }
    await driver.press("small", .tab, "Vienna", .tab, "5", .tab, "yes", .tab, "no")
    await driver.press(.tab, "no", .tab, "3", .tab, "30", .tab, "1,500", .tab, "block", .tab, "12")
    await driver.press(.function(10))
    #expect(driver.message == "ok Harbour Ltd is saved.")
    var wanted = before.settings
    wanted.name = "Harbour Ltd"
    wanted.texts[.legalName] = "Harbour Limited"
    wanted.size = .small
    wanted.timeZone = "Europe/Vienna"
    wanted.idleLockMinutes = 5
    wanted.allowsSelfApproval = true
    wanted.allowsOwnPosting = false
    wanted.postsOnApproval = false
    wanted.openPeriodsMost = 3
    wanted.evidenceFrom = Money(minorUnits: 1_500_00)
    wanted.budgetCheck = .block
    wanted.rateAgeDays = 30
    wanted.retentionYears = 12
    #expect(try await detail(books).settings == wanted)
    #expect(driver.shows("Harbour Limited"))
  }

  @Test func `the form says what of it is out of sight, and what its fields take`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("B", "e")
    // 25 fields, for which a window of 24 rows has 19.
    #expect(driver.lines[2].hasSuffix("+6 lines"), "\(driver.screen)")
    await driver.press(.function(4))
    #expect(driver.message.hasPrefix("! Nothing is to be chosen here"), "\(driver.screen)")
    await driver.press(.backTab, .backTab)
    #expect(driver.lines[2].contains("lines above"), "\(driver.screen)")
    #expect(driver.shows("in USD; empty for never"), "\(driver.screen)")
    await driver.press(.function(4))
    #expect(driver.form?.choices?.choices.map(\.text.english) == ["none", "warn", "block"])
    await driver.press(.escape)
    #expect(driver.form?.choices == nil && driver.path.last == "Business settings")
    await driver.press("block", .function(4))
    #expect(driver.form?.choices?.highlighted == 2)
    await driver.press(.up, .enter)
    #expect(driver.form?.fields[23].text == "warn")
    await driver.press(.escape, "y")
    #expect(driver.shows("Files needed from"), "\(driver.screen)")
  }

  @Test func `what takes more than is planned says so where it is submitted, or is refused`()
    async throws
  {
    let books = try await TestBooks.make()
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    let content = BudgetContent(
      account: books.account("6200"), department: nil,
      period: try #require(periods.first { $0.name == "2026-11" }).id,
      amount: Money(minorUnits: 1_000))
    let budget = try await books.workspace.perform(SetBudget(content), as: books.director)
    try await books.workspace.perform(ApproveBudget(budget, version: 1), as: books.owner)
    try await books.changeSettings { $0.budgetCheck = .warn }
    try await books.workspace.perform(CreateEntry(books.entry(1_200)), as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.press("S")
    #expect(driver.message.hasPrefix("! D-1 waits for approval"), "\(driver.message)")
    #expect(
      driver.message.contains("Over budget by 2.00 USD"),
      "\(driver.message)")
    try await books.changeSettings { $0.budgetCheck = .block }
    try await books.workspace.perform(CreateEntry(books.entry(100)), as: books.owner)
    let other = await Driver(.owner, in: books)
    await other.press("p")
    #expect(other.message.contains("Over budget by 3.00 USD"), "\(other.message)")
    let heads = try await books.entries()
    #expect(heads.map(\.status).sorted { $0.rawValue < $1.rawValue } == [.draft, .pendingApproval])
  }

  @Test func `what won't do is said beside its field, and nothing is lost`() async throws {
    let (books, driver) = try await business(.director)
    await driver.press("e", "Ours", .tab, .tab, .tab, .tab, .tab, "nobody", .function(10))
    #expect(driver.form?.fields[5].fault != nil)
    await driver.press(.ctrl("u"), "us@books.example", .backTab, .backTab, .backTab, .backTab)
    await driver.press(.backTab, .backTab, "many", .function(10))
    #expect(driver.form?.fields.last?.fault == "Type a number.")
    await driver.press(.ctrl("u"), "9", .function(10))
    #expect(driver.shows("Records are kept for 10 to 100 years."))
    await driver.press(.ctrl("u"), "10", .backTab, .backTab, .ctrl("u"), "-1", .function(10))
    #expect(driver.shows("Entries need files from nothing or more on, not from less."))
    await driver.press(.ctrl("u"), .backTab, .backTab, .backTab, .backTab, .backTab)
    await driver.press(.ctrl("u"), "yes", .function(10))
    #expect(driver.shows("Only an owner lets people approve what they made themselves."))
    await driver.press(.ctrl("u"), "no", .function(10))
    #expect(driver.message == "ok Ours is saved.")
    #expect(try await detail(books).settings.texts[.email] == "us@books.example")
  }

  @Test func `a business is archived by two owners, from its own screen`() async throws {
    let books = try await TestBooks.make()
    _ = try await books.person("Otto Owner", .owner)
    let (_, director) = try await business(.director, in: books)
    #expect(director.actionIDs == ["business.edit"])
    let (_, driver) = try await business(in: books)
    await driver.press("D", "Sold to Bell", .enter)
    #expect(driver.message.contains("it can be confirmed by Otto Owner."))
    let waiting = try await books.workspace.fetch(Confirmations(), as: books.owner)
    #expect(waiting.map(\.act) == [.archiveBusiness(business: books.business)])
    let other = await Driver(books.workspace)
    await other.press("otto@books.example", .enter, "\(TestBooks.password)", .enter, "8", "o")
    for key in [Stroke.enter, "a", "x"] {
      await other.press(key)
      #expect(
        other.question?.hasSuffix(
          "archive the business, in Harbour Chandlery. Their reason: Sold to Bell") == true)
      await other.press(.escape)
    }
  }

  @Test func `where nobody else could confirm it no reason is asked for`() async throws {
    let books = try await TestBooks.make()
    let (_, driver) = try await business(in: books)
    await driver.press("D")
    #expect(driver.navigator.overlay == nil)
    #expect(driver.message.hasPrefix("! Nobody else here could confirm it"))
    let other = await Driver(.owner, in: books, startsAt: "8")
    await other.press("o", "n", "archive", .enter)
    #expect(other.navigator.overlay == nil)
    #expect(other.message.hasPrefix("! Nobody else here could confirm it"))
  }
}
