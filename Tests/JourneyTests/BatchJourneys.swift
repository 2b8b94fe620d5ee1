import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// What is done to many entries at once, and what is asked before much money moves.
@Suite struct BatchJourneys {
  @Test func `marked entries are posted after one question that names and adds them up`()
    async throws
  {
    let books = try await TestBooks.make()
    for amount in [1_000, 2_000, 3_000] { try await books.draft(by: .owner, Int64(amount)) }
    let driver = await Driver(.owner, in: books)
    await driver.press(.space, .space)
    let titles = driver.navigator.actions.map(\.title)
    #expect(titles.contains("post 2") && titles.contains("discard 2"))
    await driver.press("p")
    #expect(driver.shows("Post 2 entries, 50.00 in all?"))
    let names = try await books.entries().prefix(2).map(\.name)
    #expect(driver.shows(names.joined(separator: ", ")))
    await driver.press("y")
    #expect(driver.message == "ok Post: 2 of 2 entries. GJ-2026-000001..000002.")
    #expect(try await books.entries().map(\.status) == [.posted, .posted, .draft])
    #expect(driver.table?.scope == "all")
  }

  @Test func `what is refused holds up no other, stays marked and says why`() async throws {
    let books = try await TestBooks.withThreshold()
    try await books.draft(by: .employee, 1_000)
    try await books.draft(by: .employee, 900_000)
    let driver = await Driver(.owner, in: books)
    await driver.press("*", "p", "y")
    #expect(driver.message.hasPrefix("! Post: 1 of 2 entries. GJ-2026-000001. Alt-M says"))
    #expect(driver.table?.scope == "all, 1 marked")
    #expect(try await books.entries().map(\.status) == [.draft, .posted])
    await driver.press(.alt("m"))
    #expect(driver.shows("needs"))
  }

  @Test func `a manager approves all that waits at once, by the same rules as one by one`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    for amount in [6_000, 7_000] {
      try await books.workspace.perform(
        CreateEntry(books.entry(Int64(amount)), then: .submit), as: books.employee)
    }
    // One that the manager made needs somebody else.
    try await books.workspace.perform(
      CreateEntry(books.entry(8_000), then: .submit), as: books.manager)
    let driver = await Driver(.manager, in: books)
    await driver.press("*", "a", "y")
    let statuses = try await books.entries().map(\.status)
    #expect(statuses.first == .pendingApproval)
    #expect(statuses.dropFirst().allSatisfy { $0 == .posted || $0 == .approved })
    #expect(driver.table?.scope == "all, 1 marked")
  }

  @Test func `marked entries are voided for one reason, which each keeps`() async throws {
    let books = try await TestBooks.make()
    for amount in [1_000, 2_000] { try await books.draft(by: .owner, Int64(amount)) }
    try await books.post(3_000)
    let driver = await Driver(.owner, in: books)
    await driver.press("*", "V")
    #expect(driver.shows("Void 2 entries, 30.00 in all?"))
    #expect(driver.question?.contains("Of the marked, 1 are not that far.") == true)
    await driver.press("no", .enter)
    #expect(driver.shows("Say why, in 5 characters or more."))
    await driver.press(" use for them", .enter)
    #expect(driver.message == "ok Void: 2 of 2 entries.")
    #expect(try await books.entries().map(\.status) == [.posted, .voided, .voided])
    #expect(try await books.trail(2).map(\.reason) == ["no use for them", "no use for them"])
  }

  @Test func `only those that are far enough are asked about`() async throws {
    let books = try await TestBooks.make()
    try await books.post(5_000)
    try await books.draft(by: .owner)
    let driver = await Driver(.owner, in: books)
    await driver.press("*", "p")
    #expect(driver.shows("Post 1 entries, 12.00 in all?"))
    #expect(driver.shows("Of the marked, 1 are not that far."))
    await driver.press("n", "S")
    #expect(driver.shows("Submit 1 entries"))
    await driver.press("n", "*", "j", .space, "p")
    #expect(driver.message == "! None of the 1 marked can be: Post.")
  }

  @Test func `marks beyond what the list keeps are taken too`() async throws {
    let books = try await TestBooks.make()
    for number in 1...520 { try await books.draft(by: .owner, Int64(number)) }
    let driver = await Driver(.owner, in: books)
    await driver.press(.space)
    for _ in 1...40 { await driver.press(.pageDown) }
    #expect(driver.rows.count == 400)
    await driver.press("p", "y")
    #expect(driver.message == "ok Post: 1 of 1 entries. GJ-2026-000001.")
    #expect(try await books.entries().first?.status == .posted)
  }

  @Test func `long work says how far it is, and Esc stops it between two entries`() async throws {
    let books = try await TestBooks.make()
    for number in 1...20 { try await books.draft(by: .owner, Int64(number)) }
    let driver = await Driver(.owner, in: books)
    await driver.press("*", "p")
    let navigator = driver.navigator
    let work = try #require(navigator.update(.key("y")).first)
    navigator.began(work)
    navigator.noticeSlowness()
    let running = Task {
      let apply = await work.run()
      navigator.ended(work)
      driver.send(.finished(work, apply))
    }
    while navigator.work?.fraction == 0 { await Task.yield() }
    #expect(driver.shows("working: Post 20 entries"))
    #expect(driver.shows("Esc cancels"))
    running.cancel()
    await running.value
    await driver.settle()
    let posted = try await books.entries().filter { $0.status == .posted }.count
    #expect(1..<20 ~= posted)
    let said = "! Post: \(posted) of 20 entries. Cancelled: the others are as they were."
    #expect(driver.message.hasPrefix(said), "\(driver.message)")
  }

  // MARK: Typed amounts

  private var careful: Settings {
    var settings = Settings()
    settings.confirmAbove = 1_000
    return settings
  }

  @Test func `an amount from the limit on is typed before it is posted, in the form and after`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.draft(by: .owner, 100_000)
    let driver = await Driver(.owner, in: books, settings: careful)
    await driver.press("p")
    #expect(driver.shows("Type 1,000.00 to confirm"))
    await driver.press("y", .enter)
    #expect(driver.shows("That isn't 1,000.00."))
    #expect(try await books.entries()[0].status == .draft)
    await driver.press(.ctrl("u"), "1000", .enter)
    #expect(try await books.entries()[0].status == .posted)
    await driver.press("n", .enter, "Van", .enter, "620", .enter, "2000", .enter, "112", .enter)
    await driver.press(.function(10))
    #expect(driver.shows("Post 2,000.00?"))
    await driver.press(.escape)
    #expect(driver.field != nil)
    await driver.press(.function(10), "2,000", .enter)
    #expect(try await books.entries().count == 2)
  }

  @Test func `below the limit, and without one, nothing has to be typed`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .owner, 99_999)
    let driver = await Driver(.owner, in: books, settings: careful)
    await driver.press("p")
    #expect(try await books.entries()[0].status == .posted)
    try await books.draft(by: .owner, 9_000_000_000)
    let bold = await Driver(.owner, in: books)
    await bold.press("p")
    #expect(try await books.entries()[0].status == .posted)
  }

  @Test func `what is approved from the limit on is typed, and so is the sum of many`() async throws
  {
    let books = try await TestBooks.withThreshold()
    for amount in [60_000, 70_000] {
      try await books.workspace.perform(
        CreateEntry(books.entry(Int64(amount)), then: .submit), as: books.employee)
    }
    let driver = await Driver(.manager, in: books, settings: careful)
    await driver.press("*", "a")
    #expect(driver.shows("Type 1,300.00 to confirm"))
    await driver.press("600+700", .enter)
    #expect(try await books.entries().allSatisfy { $0.status != .pendingApproval })
  }

  @Test func `the messages tell what was done to the books and by which permission`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .owner)
    let driver = await Driver(.owner, in: books)
    await driver.press("p", .alt("m"))
    #expect(
      driver.rows.map { Array($0.dropFirst()) }.prefix(2) == [
        ["ok", "GJ-2026-000001 is posted."],
        ["did", "journal.post: permission journal.post, as Owner"],
      ])
    #expect(driver.rows.first?[0] == "10:00:00")
  }
}
