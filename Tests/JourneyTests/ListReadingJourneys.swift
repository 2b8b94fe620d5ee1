import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// What a list reads, and what it keeps of that: sorted and filtered lists are read anew as others
/// are, and nothing stays that may not be seen any more.
@Suite struct ListReadingJourneys {
  nonisolated private static let arranging: [[Stroke]] = [
    ["/", "journal", .enter], ["s", "when", .enter],
  ]

  @Test(arguments: arranging)
  func `a log that is filtered or sorted is read again like any other`(
    keys: [Stroke]
  ) async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await Driver(.owner, in: books, startsAt: "6")
    for key in keys { await driver.press(key) }
    let before = driver.rows.filter { $0[3] == "journal.create" }.count
    try await books.post(200)
    await driver.press(.function(5))
    #expect(driver.rows.filter { $0[3] == "journal.create" }.count == before + 1)
    try await books.post(300)
    driver.send(.booksChanged)
    await driver.settle()
    #expect(driver.rows.filter { $0[3] == "journal.create" }.count == before + 2)
  }

  @Test func `an account's lines are read again where they are sorted`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await Driver(.owner, in: books)
    await driver.press("4", .enter, "s", "debit", .enter)
    #expect(driver.rows.count == 1)
    try await books.post(200)
    await driver.press(.function(5))
    #expect(driver.rows.count == 2)
  }

  @Test func `a notice that is marked as read under a filter is shown as read`() async throws {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: 30), reason: "Payroll must go out"),
      as: try await books.person("Otto Owner", .owner))
    let driver = await Driver(.owner, in: books, startsAt: "U")
    await driver.press("/", "lifted", .enter, "a")
    #expect(driver.message == "ok Marked as read.")
    #expect(driver.rows.map { $0[2] } == ["read"])
  }

  @Test func `a list that has become too long for its remembered sort is shown all the same`()
    async throws
  {
    let books = try await TestBooks.make()
    for number in 1...10 { try await books.draft(by: .owner, Int64(number)) }
    let shelf = FormComforts.Shelf()
    var driver = await Driver(.owner, in: books, settings: shelf.settings, startsAt: "6")
    await driver.press("s", "who", .enter)
    #expect(driver.table?.columns[2].sort == .ascending)
    var settings = shelf.settings
    settings.mostArrangedRows = 5
    driver = await Driver(.owner, in: books, settings: settings, startsAt: "6")
    #expect(driver.rows.count > 5)
    #expect(driver.message.contains("More than 5 rows"))
    driver = await Driver(.owner, in: books, settings: settings, startsAt: "6")
    #expect(driver.rows.count > 5)
    #expect(!driver.message.contains("More than 5 rows"))
  }

  @Test func `a sort of the chart finds the accounts of groups that are folded`() async throws {
    let driver = await Driver(.viewer, in: try await TestBooks.make(), startsAt: "3")
    let all = driver.rows.count
    await driver.press(" ")
    #expect(driver.rows.count < all)
    await driver.press("s", "balance", .enter)
    #expect(driver.rows.count == all)
    await driver.press("s", "balance", .enter, "s", "balance", .enter)
    #expect(driver.rows.count < all)
  }

  @Test func `what may not be seen any more comes back by no filter`() async throws {
    let books = try await TestBooks.make()
    try await books.post(4_200)
    let driver = await Driver(.employee, in: books, startsAt: "3")
    #expect(!driver.rows.isEmpty)
    for pattern in ["account.read", "journal.read"] {
      try await books.workspace.perform(
        GrantPermission(NewGrant(.deny, pattern, to: books.employee.user, reason: "Moved on")),
        as: books.owner)
    }
    await driver.press(.function(5))
    #expect(driver.rows.isEmpty)
    await driver.press("/", "r")
    #expect(driver.rows.isEmpty)
    await driver.press(.escape)
    #expect(driver.rows.isEmpty)
  }

  // MARK: Marks and columns

  private func copies(_ driver: Driver) -> [TerminalRequest] {
    driver.requests.filter { if case .copy = $0 { true } else { false } }
  }

  @Test func `marked rows that are out of reach aren't taken for the one under the cursor`()
    async throws
  {
    let books = try await TestBooks.make()
    for number in 1...130 { try await books.draft(by: .owner, Int64(number)) }
    let driver = await Driver(.owner, in: books, startsAt: "6")
    await driver.press(.space, "G", "Y")
    #expect(driver.message.hasSuffix("Nothing of what is marked is shown now."))
    #expect(copies(driver).isEmpty)
    let last = try #require(driver.rows.last?.joined(separator: "\t"))
    await driver.press(.space, "Y")
    #expect(copies(driver) == [.copy(last)])
    #expect(driver.navigator.message?.text.english.contains("1 of 2 marked") == true)
  }

  @Test func `marked rows that a filter hides are copied`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await Driver(.owner, in: books, startsAt: "4")
    let first = try #require(driver.rows.first)
    await driver.press(.space, "/", "6200", .enter, "Y")
    #expect(driver.rows.count == 1 && driver.rows != [first])
    #expect(copies(driver) == [.copy(first.joined(separator: "\t"))])
  }

  @Test func `one column that has a name stays`() async throws {
    let shelf = FormComforts.Shelf()
    let books = try await TestBooks.make()
    var driver = await Driver(.owner, in: books, settings: shelf.settings, startsAt: "3")
    for title in ["account", "type", "balance"] as [Stroke] {
      await driver.press("C", title, .enter, .escape)
    }
    #expect(driver.table?.columns.map(\.title) == ["", "State"])
    await driver.press("C", "state", .enter)
    #expect(driver.message.hasSuffix("The last column stays."))
    shelf.texts["list.accounts"] =
      #"{"order":[],"hidden":["account","type","balance","state"],"isDescending":false}"#
    driver = await Driver(.owner, in: books, settings: shelf.settings, startsAt: "3")
    #expect(driver.table?.columns.count == 5)
  }

  @Test func `words are sorted as they stand there`() async throws {
    let settings = try German.settings()
    let driver = await Driver(
      .owner, in: try await TestBooks.make(), settings: settings, startsAt: "3")
    driver.send(.click(.column(panel: 0, 1)))
    await driver.settle()
    let shown = driver.table?.rows.map { $0.cells[1].text(in: settings.language).lowercased() }
    #expect(shown == shown?.sorted())
    #expect(
      driver.rows.map { $0[1].lowercased() } != driver.rows.map { $0[1].lowercased() }.sorted())
  }
}
