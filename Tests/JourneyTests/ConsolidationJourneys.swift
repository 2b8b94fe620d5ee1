import Domain
import Foundation
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// Several businesses as one on the screen: a harbour in US dollars that charged 198.00 to a workshop,
/// which booked it as 180.00 euros. The owner has both.
@Suite struct ConsolidationJourneys {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let group = """
    name: Harbour group
    currency: USD
    parent: harbour
    translation: 3500
    members:
      alpenrad:
        rates: {closing: 1.10, average: 1.08}
        accounts: {6600: 6650, 2160: 2170}
    intercompany:
      - kind: receivable
        here: {harbour: [1250]}
        there: {alpenrad: [2160]}

    """

  /// `opensWithCash` where the workshop had 50.00 euros before the year began.
  private func books(opensWithCash: Bool = false) async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await books.post(198_00, debit: "1250", credit: "4800")
    let plan = BusinessPlan(
      name: "Alpenrad", slug: "alpenrad", baseCurrency: "EUR",
      chart: ChartTemplate.named("services"))
    let workshop = try await books.workspace.perform(CreateBusiness(plan), as: books.owner)
    let lobby = try await books.workspace.signIn(
      email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    let inside = try await books.workspace.enter(workshop, as: lobby)
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: inside)
    let lines = try [("6600", Int64(180_00)), ("2160", -180_00)].map { number, amount in
      LineContent(
        account: try chart.named(number).id, currency: "EUR", amount: Money(minorUnits: amount))
    }
    try await books.workspace.perform(
      CreateEntry(
        EntryContent(date: TestBooks.today, description: "Fees", lines: lines), then: .post),
      as: inside)
    if opensWithCash { try await open(chart, in: books, as: inside) }
    try Self.group.write(toFile: folder.path("group.yaml"), atomically: true, encoding: .utf8)
    return books
  }

  private func open(
    _ chart: ChartOfAccounts.Output, in books: TestBooks, as inside: Principal
  ) async throws {
    let periods = try await books.workspace.fetch(Periods(), as: inside)
    let opening = try #require(periods.first { $0.kind == .opening })
    try await books.workspace.perform(OpenPeriod(opening.id, name: opening.label), as: inside)
    let lines = try [("1120", Int64(50_00)), ("3400", -50_00)].map { number, amount in
      LineContent(
        account: try chart.named(number).id, currency: "EUR", amount: Money(minorUnits: amount))
    }
    var content = EntryContent(date: opening.start, description: "Before", lines: lines)
    content.type = .opening
    try await books.workspace.perform(CreateEntry(content, then: .post), as: inside)
  }

  /// Whoever has the group's screen before them, with nothing on it yet.
  private func open(
    _ role: Domain.Role = .owner, size: Size = Size(columns: 160, rows: 30),
    opensWithCash: Bool = false
  ) async throws -> Driver {
    var settings = Settings()
    settings.workingFolder = folder.location
    let driver = await Driver(
      role, in: try await books(opensWithCash: opensWithCash), size: size, settings: settings,
      startsAt: nil)
    // Who belongs to two is asked which.
    if role == .owner { await driver.press(.enter) }
    await driver.press("4", "m")
    return driver
  }

  @Test func `a group that a trial balance leads to is known at the same moment`() async throws {
    let driver = try await open()
    await driver.press(.escape, "i", "2026-11-22", .enter, "m", "f", .enter)
    #expect(driver.path == ["Trial balance", "Consolidation"])
    #expect(
      driver.table?.scope.english.contains("known at 2026-11-22 23:59") == true,
      "\(driver.screen)")
    #expect(!driver.shows("198.00"), "\(driver.screen)")
  }

  @Test func `a file is named, and the businesses in it are added up`() async throws {
    let driver = try await open()
    #expect(driver.path == ["Trial balance", "Consolidation"])
    #expect(driver.shows("No group is read yet. f names its file."))
    await driver.press("f", .enter)
    #expect(
      driver.table?.columns.map(\.title.english) == [
        "No", "Account", "harbour", "alpenrad", "Eliminations", "Adjustments", "Group",
      ])
    #expect(
      driver.rows.map { [$0[0]] + $0[2...] } == [
        ["1250", "198.00", "", "-198.00", "", ""],
        ["2170", "", "-198.00", "198.00", "", ""],
        ["3500", "", "3.60", "", "", "3.60"],
        ["4800", "-198.00", "", "", "", "-198.00"],
        ["6650", "", "194.40", "", "", "194.40"],
      ], "\(driver.screen)")
    #expect(
      driver.table?.totals == ["", "Total", "0.00", "0.00", "0.00", "0.00", "0.00"])
    #expect(driver.table?.title == "Harbour group")
    #expect(
      driver.table?.note
        == "as of 2026-11-23, USD, equity of alpenrad at the closing rate, 1 of 5")
    let rated = Self.group.replacing("average: 1.08", with: "average: 1.08, historical: 1.05")
    try rated.write(toFile: folder.path("group.yaml"), atomically: true, encoding: .utf8)
    await driver.press("r")
    #expect(driver.table?.note == "as of 2026-11-23, USD, 1 of 5")
  }

  @Test func `a narrow screen leaves members out, and never the group`() async throws {
    let driver = try await open(size: Size(columns: 80, rows: 24))
    await driver.press("f", .enter)
    let titles = try #require(driver.lines.first { $0.contains("Account") })
    #expect(titles.contains("Eliminations") && !titles.contains("alpenrad"), "\(driver.screen)")
    #expect(driver.lines.contains { $0.contains("3500") && $0.hasSuffix("3.60") })
    driver.resize(columns: 200, rows: 50)
    #expect(driver.lines.contains { $0.contains("alpenrad") && $0.contains("harbour") })
  }

  @Test func `what is eliminated leads to the pair, and on to the account where one works`()
    async throws
  {
    let driver = try await open()
    await driver.press("f", .enter, .enter)
    guard case .chooser(let pair)? = driver.navigator.overlay else {
      Issue.record("no pair: \(driver.screen)")
      return
    }
    #expect(
      pair.matches.map(\.title.english) == [
        "harbour 1250: 198.00 USD", "alpenrad 2160: -198.00 USD, -180.00 EUR",
      ])
    #expect(pair.matches.map(\.note.english) == ["exact", "exact"])
    await driver.press(.down, .enter)
    #expect(driver.message.contains("It is in the books of alpenrad. b leads there."))
    await driver.press(.enter, .enter)
    #expect(driver.path.last == "1250 Due from group companies")
    await driver.press(.escape, "j", "j", .enter)
    #expect(driver.message.contains("Nothing is eliminated from it."))
  }

  @Test func `a key leads to the balance sheet and the income statement of the group`()
    async throws
  {
    let driver = try await open()
    await driver.press("f", .enter, "t")
    let rated = "equity of alpenrad at the closing rate"
    #expect(driver.table?.scope.english == "Balance sheet, as of 2026-11-23, USD, \(rated)")
    #expect(
      driver.table?.columns.map(\.title.english) == [
        "Account", "harbour", "alpenrad", "Eliminations", "Adjustments", "Group",
      ])
    func row(_ title: String) -> [String]? { driver.rows.first { $0[0].hasPrefix(title) } }
    #expect(row("Total assets")?.dropFirst() == ["198.00", "", "-198.00", "", ""])
    // What the workshop owes is what it lost: -3.60 by translation, -194.40 by fees.
    #expect(
      row("Total liabilities and equity")?.dropFirst() == ["198.00", "", "-198.00", "", ""],
      "\(driver.screen)")
    await driver.press("t")
    #expect(
      driver.table?.scope.english == "Income statement, 2026-01-01 to 2026-11-23, USD")
    #expect(row("Net income")?.dropFirst() == ["198.00", "-194.40", "", "", "3.60"])
    #expect(row("4800") != nil && driver.table?.totals == nil)
    await driver.press("-")
    #expect(row("4800") == nil, "\(driver.screen)")
    await driver.press("+", "G", .enter)
    #expect(driver.message.contains("Nothing is eliminated from it."))
    await driver.press("[")
    #expect(
      driver.table?.scope.english == "Income statement, 2026-01-01 to 2026-10-31, USD")
    #expect(row("Net income")?.dropFirst() == ["", "", "", "", ""], "\(driver.screen)")
    await driver.press("]", "t")
    #expect(
      driver.table?.scope.english == "Cash flow statement, 2026-01-01 to 2026-11-30, USD")
    // Nobody has paid: what is owed takes all that was earned out again.
    #expect(row("Net income")?.dropFirst() == ["198.00", "-194.40", "", "", "3.60"])
    #expect(row("Cash at the end")?.dropFirst() == ["", "", "", "", ""], "\(driver.screen)")
    await driver.press("t", "-")
    #expect(driver.message == "! A trial balance has no levels.")
    #expect(driver.table?.scope.english == "as of 2026-11-30, USD, \(rated)")
    #expect(driver.table?.columns.first?.title.english == "No")
  }

  /// 198.00 : 1.25, 194.40 : 1.25 and 3.60 : 1.25.
  @Test func `a group is translated from its own currency`() async throws {
    let driver = try await open()
    await driver.press("X")
    #expect(driver.message == "! There is nothing here.")
    await driver.press("f", .enter, "X", "EUR", .enter, "1.25", .enter)
    #expect(
      driver.rows.map { [$0[0]] + $0[2...] } == [
        ["1250", "158.40", "", "-158.40", "", ""],
        ["2170", "", "-158.40", "158.40", "", ""],
        ["3500", "", "2.88", "", "", "2.88"],
        ["4800", "-158.40", "", "", "", "-158.40"],
        ["6650", "", "155.52", "", "", "155.52"],
      ], "\(driver.screen)")
    let label = "EUR, convenience translation, 1 EUR = 1.25 USD"
    let rated = "equity of alpenrad at the closing rate"
    #expect(driver.table?.scope.english == "as of 2026-11-23, \(label), \(rated)")
    await driver.press("t")
    let assets = driver.rows.first { $0[0] == "Total assets" }
    #expect(assets?.dropFirst() == ["158.40", "", "-158.40", "", ""], "\(driver.screen)")
    #expect(driver.table?.scope.english == "Balance sheet, as of 2026-11-23, \(label), \(rated)")
    await driver.press("X", .enter)
    #expect(driver.shows("198.00"), "\(driver.screen)")
    #expect(driver.table?.scope.english == "Balance sheet, as of 2026-11-23, USD, \(rated)")
  }

  /// 3.60 : 16 = 0.225.
  @Test func `a group's translation is rounded as its file says`() async throws {
    let driver = try await open()
    let even = Self.group.replacing("parent:", with: "rounding: half_even\nparent:")
    for (file, expected) in [(Self.group, "0.23"), (even, "0.22")] {
      try file.write(toFile: folder.path("group.yaml"), atomically: true, encoding: .utf8)
      await driver.press("f", .ctrl("u"), "group.yaml", .enter)
      await driver.press("X", "EUR", .enter, .ctrl("u"), "16", .enter)
      #expect(driver.rows[2].last == expected, "\(driver.screen)")
    }
  }

  @Test func `cash from before is asked a rate of that day, and what needs none stays`()
    async throws
  {
    let driver = try await open(size: Size(columns: 80, rows: 24), opensWithCash: true)
    await driver.press("f", .enter, "t", "t", "t")
    #expect(driver.rows.isEmpty, "\(driver.screen)")
    #expect(
      driver.table?.emptyText.english
        == "The cash of alpenrad needs the rate of EUR in USD on 2025-12-31. Write it in the file "
        + "as opening, or keep it in the parent's books.", "\(driver.screen)")
    await driver.press("t")
    #expect(driver.rows.count == 7, "\(driver.screen)")
    let rated = Self.group.replacing("rates: {", with: "rates: {opening: 1.00, ")
    try rated.write(toFile: folder.path("group.yaml"), atomically: true, encoding: .utf8)
    await driver.press("r", "t", "t", "t")
    // 50.00 were worth 50.00, and are worth 55.00 now.
    func group(_ title: String) -> String? { driver.rows.first { $0[0].hasPrefix(title) }?.last }
    #expect(group("Cash at the beginning") == "50.00", "\(driver.screen)")
    #expect(group("Cash at the end") == "55.00", "\(driver.screen)")
  }

  @Test func `a file that isn't one is asked for again, with what is wrong`() async throws {
    let driver = try await open()
    await driver.press("f", "none.yaml", .enter)
    guard case .dialog(let dialog)? = driver.navigator.overlay else {
      Issue.record("no question: \(driver.screen)")
      return
    }
    #expect(dialog.field?.text == "none.yaml")
    #expect(dialog.field?.fault?.english.hasSuffix("none.yaml: there is no such file.") == true)
    #expect(driver.rows.isEmpty)
  }

  @Test func `whoever isn't in one of the businesses is told in which, and sees none`()
    async throws
  {
    let driver = try await open(.director)
    await driver.press("f", .enter)
    #expect(driver.rows.isEmpty)
    #expect(
      driver.message.contains("alpenrad: You are not an active member of this business."),
      "\(driver.screen)")
    #expect(!driver.shows("198.00"))
  }

  @Test func `reading it again enters no business anew`() async throws {
    let driver = try await open()
    await driver.press("f", .enter)
    let version = driver.navigator.booksVersion
    await driver.press("r", "r")
    driver.send(.booksChanged)
    await driver.settle()
    #expect(driver.rows.count == 5)
    #expect(driver.navigator.booksVersion == version)
  }
}
