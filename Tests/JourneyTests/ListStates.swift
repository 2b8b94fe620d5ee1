import Domain
import Keys
import Operations
import Phrases
import Store
import TestSupport
import Testing
import ViewModels
import Widgets

/// What a list says where its rows would be: that there are none yet, that none match, that they
/// can't be read by this person or at all just now. No two of them can be taken for one another.
@Suite struct ListStates {
  private func books(_ plan: (inout BusinessPlan) -> Void = { _ in }) async throws -> TestBooks {
    try await TestBooks.make(plan: plan)
  }

  /// What stands in the place of the first rows.
  private func said(_ driver: Driver) -> String {
    driver.lines[4...7].flatMap { $0.split(separator: " ") }.joined(separator: " ")
  }

  // MARK: Nothing yet

  @Test func `where nothing is yet, the key that makes the first is named to who may press it`()
    async throws
  {
    let books = try await books { $0.chart = nil }
    let owner = await Driver(.owner, in: books)
    #expect(said(owner) == "No entries yet. n writes the first.")
    await owner.press("3")
    #expect(said(owner) == "No accounts yet. n adds the first.")
    let employee = await Driver(.employee, in: books)
    #expect(said(employee) == "No entries yet. n writes the first.")
    await employee.press("3")
    #expect(said(employee) == "No accounts yet.")
    let viewer = await Driver(.viewer, in: books)
    #expect(said(viewer) == "No entries yet.")
    await viewer.press("4")
    #expect(said(viewer) == "Nothing is posted yet.")
  }

  @Test func `the key is the one that the person has set for it`() async throws {
    var settings = Settings()
    settings.keys = KeySettings(["journal.new": ["w"], "refresh": [.function(9)]])
    let driver = await Driver(.owner, in: try await books(), settings: settings)
    #expect(said(driver) == "No entries yet. w writes the first.")
    #expect(
      driver.navigator.absence(because: CancellationError()).english.hasSuffix("F9 reads it."))
  }

  // MARK: Nothing matches

  @Test(
    arguments: [("2", "lamp"), ("3", "lamp"), ("4", "lamp"), ("6", "lamp")] as [(Stroke, String)])
  func `where nothing matches, the filter is named and what clears it does`(
    section: Stroke, filter: String
  ) async throws {
    let books = try await books()
    try await books.post(1_200)
    let driver = await Driver(.owner, in: books, startsAt: section)
    let rows = driver.rows
    #expect(!rows.isEmpty)
    await driver.press("/", Stroke(stringLiteral: filter), .enter)
    #expect(driver.rows.isEmpty)
    #expect(driver.lines[5].contains("Nothing matches \(filter). Esc clears it."))
    await driver.press(.escape)
    #expect(driver.rows == rows)
  }

  // MARK: Not permitted

  @Test func `who isn't a member any more is told whom to ask, and nothing of the books`()
    async throws
  {
    let books = try await books()
    try await books.post(1_200)
    let driver = await Driver(.employee, in: books, startsAt: "1")
    try await books.setMembership(of: .employee, to: "suspended")
    await driver.press("2")
    #expect(driver.rows.isEmpty)
    #expect(
      said(driver)
        == "You are not an active member of this business. Ask one of its owners. F5 tries again.")
    try await books.setMembership(of: .employee, to: "active")
    await driver.press(.function(5))
    #expect(driver.rows.count == 1)
  }

  @Test func `a role that doesn't hold what is needed is told who gives roles`() async throws {
    let driver = await Driver(.employee, in: try await books())
    let refusal = Refusal.notPermitted(.auditExport, .noGrant(.employee))
    #expect(
      driver.navigator.absence(because: refusal).english
        == "Your role (Employee) does not hold audit.export."
        + " Whoever is Owner or Director can give you one that does.")
  }

  // MARK: An error

  @Test(arguments: ["2", "3", "4", "6"] as [Stroke])
  func `what can't be read says why and what to do, and can be tried again`(
    section: Stroke
  ) async throws {
    let books = try await books()
    try await books.post(1_200)
    let driver = await Driver(.owner, in: books, startsAt: "1")
    try books.store.script("ALTER TABLE main.user_sessions RENAME TO sessions")
    await driver.press(section)
    #expect(driver.rows.isEmpty)
    #expect(said(driver).hasPrefix("The database answered in a way it should not:"))
    #expect(driver.screen.contains("F5 tries again."))
    #expect(driver.message.hasPrefix("ERROR The database answered"))
    try books.store.script("ALTER TABLE main.sessions RENAME TO user_sessions")
    await driver.press(.function(5))
    #expect(!driver.rows.isEmpty)
    #expect(!driver.screen.contains("F5 tries again."))
  }

  // MARK: Loading

  @Test(arguments: ["2", "3", "4", "6", "b"] as [Stroke])
  func `loading is said once it takes longer than a moment, and is no empty list before`(
    section: Stroke
  ) async throws {
    let driver = await Driver(.owner, in: try await books(), startsAt: "1")
    for key in section.keys { driver.send(.key(key)) }
    #expect(!driver.screen.contains("Loading"))
    #expect(!driver.screen.contains("yet."))
    driver.navigator.noticeSlowness()
    #expect(said(driver) == Panel.loading.english)
    await driver.settle()
    #expect(!driver.screen.contains("Loading"))
  }

  @Test(arguments: ["2", "3", "4", "6", "b"] as [Stroke])
  func `a list whose reading was cancelled says so until it is read`(
    section: Stroke
  ) async throws {
    let books = try await books()
    try await books.post(1_200)
    let driver = await Driver(.owner, in: books, startsAt: "1")
    for key in section.keys { driver.send(.key(key)) }
    await driver.settleCancelled()
    #expect(said(driver) == "Nothing was read: it was cancelled. F5 reads it.")
    #expect(driver.message.contains("cancelled."))
    await driver.press(.function(5))
    #expect(!driver.rows.isEmpty)
  }

  @Test func `an entry whose saving was cancelled can be saved again`() async throws {
    let books = try await books()
    let driver = await Driver(.owner, in: books)
    await driver.typeRent()
    driver.send(.key(.function(10)))
    await driver.settleCancelled()
    #expect(driver.message == "! Saving: cancelled.")
    #expect(try await books.entries().isEmpty)
    await driver.press(.function(10))
    #expect(try await books.entries().count == 1)
  }
}

extension Driver {
  /// Does what is under way as work that its person has cancelled.
  fileprivate func settleCancelled() async {
    let work = Task { await self.settle() }
    work.cancel()
    await work.value
  }
}
