import Domain
import Foundation
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// Reports on the screen in another currency, at one rate (RULES R33).
@Suite struct TranslationJourneys {
  private static let label = "convenience translation, 1 EUR = 7 USD"

  /// Bank 293.00, sales 400.00, rent 100.00, other costs 7.00.
  private func books(closing rate: String? = nil) async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await books.post(400_00, debit: "1120", credit: "4100")
    try await books.post(100_00, debit: "6200", credit: "1120")
    try await books.post(7_00, debit: "6400", credit: "1120")
    if let rate {
      let quote = RateQuote(
        from: "EUR", to: "USD", day: TestBooks.today,
        rate: try #require(ExchangeRate(written: rate)))
      _ = try await books.workspace.perform(
        SetRate(RateContent(quote, .closing)), as: books.director)
    }
    return books
  }

  private func driver(_ books: TestBooks, settings: Settings = Settings()) async -> Driver {
    await Driver(
      .owner, in: books, size: Size(columns: 120, rows: 40), settings: settings, startsAt: "4")
  }

  private func sides(_ driver: Driver) -> [[String]] {
    driver.rows.map { [$0[0], $0[2], $0[3]] }
  }

  /// What stands in the field of the question.
  private func asked(_ driver: Driver) -> String? {
    guard case .dialog(let dialog)? = driver.navigator.overlay else { return nil }
    return dialog.field?.text
  }

  private let own = [
    ["1120", "293.00", ""], ["4100", "", "400.00"], ["6200", "100.00", ""], ["6400", "7.00", ""],
  ]

  /// 293 : 7 = 41.857…, 400 : 7 = 57.142…, 100 : 7 = 14.285…; 41.86 + 14.29 + 1.00 would be 57.15.
  @Test func `a trial balance is translated figure by figure, sums as sums`() async throws {
    let driver = await driver(try await books())
    #expect(sides(driver) == own, "\(driver.screen)")
    await driver.press("X")
    #expect(driver.shows("In which currency?"), "\(driver.screen)")
    await driver.press("EUR", .enter)
    #expect(driver.shows("At which rate?") && driver.shows("USD for 1 EUR"), "\(driver.screen)")
    #expect(asked(driver) == "", "no rate is kept")
    await driver.press("7", .enter)
    #expect(
      sides(driver) == [
        ["1120", "41.86", ""], ["4100", "", "57.14"], ["6200", "14.29", ""], ["6400", "1.00", ""],
      ], "\(driver.screen)")
    #expect(driver.table?.totals?.map(\.english).filter { $0 == "57.14" }.count == 2)
    #expect(driver.table?.scope.english == "as of 2026-11-23, EUR, \(Self.label)")
    // In their own currencies amounts aren't those of the books.
    await driver.press("x")
    #expect(driver.table?.scope.english.contains("convenience") == false, "\(driver.screen)")
    #expect(driver.shows("293.00"), "\(driver.screen)")
    await driver.press("X")
    #expect(driver.message == "! Only amounts in the base currency are translated.")
  }

  /// 0.05 : 2 = 0.025.
  @Test(arguments: [(.halfAwayFromZero, "0.03"), (.halfEven, "0.02")] as [(Rounding, String)])
  func `half a minor unit goes where the business rounds it`(
    _ rounding: Rounding, _ expected: String
  ) async throws {
    let books = try await TestBooks.make { $0.rounding = rounding }
    try await books.post(5, debit: "1120", credit: "4100")
    let driver = await driver(books)
    await driver.press("X", "EUR", .enter, "2", .enter)
    #expect(
      sides(driver) == [["1120", expected, ""], ["4100", "", expected]], "\(driver.screen)")
  }

  @Test func `the closing rate is suggested, and what is none is said`() async throws {
    let driver = await driver(try await books(closing: "1.25"))
    await driver.press("X", "EUR", .enter)
    #expect(asked(driver) == "1.25", "\(driver.screen)")
    await driver.press("much", .enter)
    #expect(driver.shows("Write the rate as 0.9217."), "\(driver.screen)")
    await driver.press(.escape)
    #expect(sides(driver) == own, "\(driver.screen)")
    await driver.press("X", "EUR", .enter, .enter)
    // 293 : 1.25
    #expect(sides(driver).first == ["1120", "234.40", ""], "\(driver.screen)")
    #expect(driver.table?.scope.english.hasSuffix(", 1 EUR = 1.25 USD") == true)
  }

  @Test func `the books' own currency takes it away, and so does no rate`() async throws {
    let driver = await driver(try await books())
    await driver.press("X", "EUR", .enter, "7", .enter)
    #expect(sides(driver).first == ["1120", "41.86", ""], "\(driver.screen)")
    await driver.press("X", .enter)
    #expect(sides(driver) == own, "\(driver.screen)")
    #expect(driver.table?.scope.english == "as of 2026-11-23, USD")
    await driver.press("X", "EUR", .enter, "7", .enter, "X", "EUR", .enter)
    #expect(asked(driver) == "7", "what was said is changed")
    await driver.press(.backspace, .enter)
    #expect(sides(driver) == own, "\(driver.screen)")
  }

  /// 107 : 7 = 15.285…, and yen have no decimals: 293 : 0.0067 = 43,731.34….
  @Test func `all three statements are translated, with what they are compared with`()
    async throws
  {
    let driver = await driver(try await books())
    await driver.press("t", "X", "EUR", .enter, "7", .enter)
    #expect(
      driver.table?.scope.english
        == "as of 2026-11-23, \(Self.label), post-closing, against 2025-11-23", "\(driver.screen)")
    #expect(figures("Total assets", driver) == ["41.86", "0.00", "41.86"], "\(driver.screen)")
    await driver.press("t")
    #expect(figures("Total expenses", driver) == ["15.29", "0.00", "15.29"], "\(driver.screen)")
    #expect(figures("Net income", driver) == ["41.86", "0.00", "41.86"], "\(driver.screen)")
    #expect(driver.table?.scope.english.contains(Self.label) == true)
    await driver.press("t")
    #expect(driver.path.last == "Cash flow statement")
    #expect(driver.table?.scope.english.contains(Self.label) == true)
    #expect(driver.shows("41.86") && !driver.shows("293.00"), "\(driver.screen)")
    await driver.press("X", "JPY", .enter, "0.0067", .enter)
    #expect(driver.rows.contains { $0[1] == "43,731" }, "\(driver.screen)")
  }

  /// Amount, what it is compared with and the change.
  private func figures(_ title: String, _ driver: Driver) -> [String] {
    driver.rows.first { $0[0] == title }.map { [$0[1], $0[3], $0[4]] } ?? []
  }

  private static let toEuros: [Stroke] = ["X", "EUR", .enter, "7", .enter]

  private func translated(_ keys: Stroke...) async throws -> Driver {
    let driver = await driver(try await books())
    for key in keys + Self.toEuros { await driver.press(key) }
    return driver
  }

  /// 507 : 7 = 72.428….
  @Test func `a roll-forward is translated, but not each account in its own currency`()
    async throws
  {
    let driver = try await translated("f")
    #expect(
      driver.rows.map { Array($0.dropFirst()) } == [
        ["0.00", "57.14", "15.29", "41.86"], ["0.00", "", "57.14", "-57.14"],
        ["0.00", "14.29", "", "14.29"], ["0.00", "1.00", "", "1.00"],
      ], "\(driver.screen)")
    #expect(driver.table?.totals == ["Total", "0.00", "72.43", "72.43", "0.00"])
    #expect(
      driver.table?.scope.english == "2026-01-01 to 2026-11-23, EUR, \(Self.label)")
    await driver.press("x")
    #expect(driver.shows("293.00") && !driver.shows("convenience"), "\(driver.screen)")
    await driver.press("X")
    #expect(driver.message == "! Only amounts in the base currency are translated.")
  }

  @Test func `a worksheet's ten columns are translated`() async throws {
    let driver = try await translated("W")
    #expect(
      driver.table?.totals == [
        "Total", "57.14", "57.14", "0.00", "0.00", "57.14", "57.14", "57.14", "57.14", "41.86",
        "41.86",
      ], "\(driver.screen)")
    #expect(driver.rows.last?.last == "41.86", "net income")
    #expect(
      driver.table?.scope.english == "2026-01-01 to 2026-11-23, EUR, \(Self.label)")
  }

  /// 300 : 7 = 42.857…, and 57.14 - 14.29 would be 42.85.
  @Test func `a general ledger is translated with its lines, and so is a register`() async throws {
    let driver = try await translated("L")
    #expect(driver.rows[0].suffix(4) == ["0.00", "57.14", "15.29", "41.86"], "\(driver.screen)")
    #expect(driver.table?.totals == ["Total", "", "", "", "", "72.43", "72.43", ""])
    #expect(driver.table?.scope.english.hasSuffix("EUR, \(Self.label)") == true)
    await driver.press(" ")
    #expect(
      driver.rows[1...5].map { Array($0.suffix(3)) } == [
        ["", "", "0.00"], ["57.14", "", "57.14"], ["", "14.29", "42.86"], ["", "1.00", "41.86"],
        ["57.14", "15.29", "41.86"],
      ], "\(driver.screen)")
    await driver.press(.enter)
    #expect(driver.path.last == "1120 Current account" && driver.shows("293.00"))
    for key in Self.toEuros { await driver.press(key) }
    #expect(
      driver.rows.map { Array($0.suffix(3)) } == [
        ["57.14", "", "57.14"], ["", "14.29", "42.86"], ["", "1.00", "41.86"],
      ], "\(driver.screen)")
    #expect(driver.table?.scope.english == "2026-01-01 to 2026-11-23, \(Self.label)")
    #expect(driver.table?.cursor == 2, "the newest still")
  }

  @Test func `a register of one currency's own amounts isn't translated`() async throws {
    let driver = await driver(try await books())
    await driver.press("x", .enter, "X")
    #expect(driver.path.last == "1120 Current account")
    #expect(driver.message == "! Only amounts in the base currency are translated.")
  }

  @Test func `the income of departments is translated, each by itself`() async throws {
    let driver = try await translated("t", "v")
    func row(_ title: String) -> [String]? { driver.rows.first { $0[0] == title } }
    #expect(row("Total expenses") == ["Total expenses", "15.29", "15.29"], "\(driver.screen)")
    #expect(row("Net income") == ["Net income", "41.86", "41.86"], "\(driver.screen)")
    #expect(driver.table?.scope.english.contains(", \(Self.label), ") == true)
  }

  @Test func `of open items what the books have is translated`() async throws {
    let books = try await books()
    try await books.post(100_00, debit: "1210", credit: "4100")
    let driver = await driver(books)
    await driver.press("3", "/", "1210", .enter, "i")
    for key in Self.toEuros { await driver.press(key) }
    #expect(driver.rows.map { Array($0.suffix(2)) } == [["100.00", "14.29"]], "\(driver.screen)")
    #expect(driver.table?.totals?.last == "14.29")
    #expect(
      driver.table?.scope.english.hasPrefix("as of 2026-11-23, EUR, \(Self.label)") == true)
  }

  @Test func `what was kept is translated for its reader alone`() async throws {
    let books = try await books()
    _ = try await books.workspace.perform(
      TakeSnapshot(.year(to: TestBooks.today)), as: books.owner)
    let driver = await driver(books)
    await driver.press("S", .enter)
    for key in Self.toEuros { await driver.press(key) }
    #expect(
      driver.rows[0].suffix(5) == ["EUR", "0.00", "57.14", "15.29", "41.86"], "\(driver.screen)")
    #expect(driver.table?.totals == ["", "Total", "", "0.00", "72.43", "72.43", "0.00"])
    #expect(
      driver.table?.scope.english.hasPrefix("2026-01-01 to 2026-11-23, \(Self.label), ") == true)
    await driver.press("V")
    #expect(driver.message.contains("is proved"), "\(driver.screen)")
  }

  @Test func `what is exported says that it is translated`() async throws {
    let folder = try TemporaryFolder()
    var settings = Settings()
    settings.workingFolder = folder.location
    let driver = await driver(try await books(), settings: settings)
    await driver.press("X", "EUR", .enter, "7", .enter, .alt("y"))
    guard case .copy(let copied)? = driver.requests.last else {
      Issue.record("\(driver.screen)")
      return
    }
    #expect(copied.hasSuffix("\n\(Self.label)"), "\(copied)")
    await driver.press("E", "csv", .enter, .ctrl("u"), "tb.csv", .enter)
    let csv = try String(contentsOfFile: folder.path("tb.csv"), encoding: .utf8)
    let lines = csv.split(separator: "\r\n").map(String.init)
    #expect(lines[1].hasPrefix("1120,") && lines[1].hasSuffix(",41.86,0.00"), "\(csv)")
    #expect(lines[5] == "\"\(Self.label)\",,,", "\(csv)")
    await driver.press("E", "text", .enter, .ctrl("u"), "tb.txt", .enter)
    let text = try String(contentsOfFile: folder.path("tb.txt"), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      text[0] == "Trial balance of Harbour Chandlery, as of 2026-11-23, EUR, \(Self.label)")
    #expect(text[7].split(separator: " ") == ["Total", "57.14", "57.14"], "\(text)")
    #expect(!csv.contains("293.00") && !text.contains { $0.contains("293.00") })
    await driver.press(.enter)
    for key in Self.toEuros { await driver.press(key) }
    await driver.press("E", "csv", .enter, .ctrl("u"), "bank.csv", .enter)
    let bank = try String(contentsOfFile: folder.path("bank.csv"), encoding: .utf8)
      .split(separator: "\r\n")
    #expect(bank[2].hasSuffix(",0.00,14.29,42.86"), "\(bank)")
    #expect(bank[4] == "\"\(Self.label)\",,,,,,", "\(bank)")
  }
}
