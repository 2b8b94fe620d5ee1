import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// What spares a bookkeeper keys and saves what they typed.
@Suite struct FormComforts {
  /// Texts that outlive a program, as files do.
  final class Shelf {
    var texts: [String: String] = [:]

    var settings: Settings {
      var settings = Settings()
      settings.memory = Settings.Memory(
        read: { [self] in texts[$0] }, write: { [self] in texts[$0] = $1 },
        remove: { [self] in texts[$0] = nil })
      return settings
    }
  }

  @Test func `every change of a form can be undone and done again, one after the other`()
    async throws
  {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.typeRent()
    let typed = driver.grid
    await driver.press(.function(8))
    #expect(driver.grid != typed)
    await driver.press(.ctrl("z"))
    #expect(driver.grid == typed)
    for _ in 0..<40 { await driver.press(.ctrl("z")) }
    #expect(driver.grid.allSatisfy { $0.joined().isEmpty })
    #expect(driver.form?.fields[2].text == "")
    #expect(driver.message == "! Nothing to undo.")
    for _ in 0..<40 { await driver.press(.ctrl("y")) }
    #expect(driver.form?.fields[2].text == "Rent")
    #expect(driver.message == "! Nothing to redo.")
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `whatever was typed is undone to the blank form and done again to the last character`(
    _ seed: UInt64
  ) async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("n")
    func texts() -> [[String]] { [driver.form?.fields.map(\.text) ?? []] + driver.grid }
    let blank = texts()
    var chance = SeededChance(seed: seed)
    let keys: [Stroke] = [
      .enter, .tab, .backspace, .function(8), .alt("="), .up, .down, "1120", "6200", "12.50", "x",
      "Rent", .ctrl("u"), "<", ">", .ctrl("z"), .ctrl("y"),
    ]
    for _ in 0..<200 { await driver.press(keys.randomElement(using: &chance) ?? .enter) }
    await driver.press("end")
    let typed = texts()
    for _ in 0..<300 { await driver.press(.ctrl("z")) }
    #expect(driver.message == "! Nothing to undo.")
    #expect(texts() == blank)
    for _ in 0..<300 { await driver.press(.ctrl("y")) }
    #expect(texts() == typed)
  }

  @Test func `a word that was typed is undone as one`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("n", .enter, "Lamp oil", .ctrl("z"))
    #expect(driver.field?.text == "")
    await driver.press(.ctrl("y"))
    #expect(driver.field?.text == "Lamp oil")
  }

  @Test func `an earlier entry is written again in 2 keys, with another amount in 7`() async throws
  {
    let books = try await TestBooks.make()
    try await books.post(123_400)
    let driver = await Driver(.owner, in: books)
    await driver.press("d", .function(10))
    #expect(driver.keyCount == 2)
    #expect(driver.message == "ok GJ-2026-000002 is posted.")
    driver.keyCount = 0
    await driver.press("d", "5678", .function(10))
    #expect(driver.keyCount <= 7)
    #expect(driver.message == "ok GJ-2026-000003 is posted.")
    #expect(try await books.balances() == ["6200": 814_600, "1120": -814_600])
  }

  @Test func `the last line of a repeated entry follows the others`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100_00)
    let driver = await Driver(.owner, in: books)
    await driver.press("d", "75")
    #expect(driver.shows("~75.00"))
    #expect(driver.form?.remarks.contains { $0.text == "Difference 75.00 too much DEBIT" } == true)
  }

  @Test func `earlier entries are offered while the text is typed, the most frequent first`()
    async throws
  {
    let books = try await TestBooks.make()
    for (amount, text) in [(100, "Office rent"), (200, "Office rent"), (9, "Office supplies")] {
      try await books.workspace.perform(
        CreateEntry(books.entry(Int64(amount), text), then: .post), as: books.owner)
    }
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .enter, "off")
    #expect(driver.form?.choices?.choices.map(\.text) == ["Office rent", "Office supplies"])
    #expect(driver.form?.choices?.choices.map(\.note) == ["2.00  66 %", "0.09  33 %"])
    // Nothing is taken without being asked for.
    #expect(driver.form?.choices?.highlighted == nil)
    await driver.press(.down, .enter)
    #expect(driver.form?.fields[2].text == "Office rent")
    #expect(driver.grid[0].prefix(2) == ["6200 Rent", "2.00"])
    await driver.press("55", .function(10))
    #expect(driver.message == "ok GJ-2026-000004 is posted.")
    #expect(try await books.balances() == ["6200": 5_809, "1120": -5_809])
  }

  @Test func `a suggestion never writes over a line that somebody wrote`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await Driver(.owner, in: books)
    await driver.press("n", .enter, .enter, "620", .enter, "7", .enter, .up, .up)
    let text = try await books.entries()[0].description
    await driver.press("\(text.prefix(3))", .down, .enter)
    #expect(driver.form?.fields[2].text == text)
    #expect(driver.grid[0][1] == "7.00")
  }

  @Test func `what was being typed is offered again after the program was killed`() async throws {
    let books = try await TestBooks.make()
    let shelf = Shelf()
    var driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.typeRent()
    // Nothing more is said to this one: it is as if it had been killed.
    driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.press("n")
    #expect(driver.shows("Go on with what you were writing?"))
    #expect(driver.shows("“Rent”, 2 lines"))
    await driver.press(.enter)
    #expect(driver.form?.fields[2].text == "Rent")
    await driver.press(.function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
    #expect(shelf.texts.isEmpty)
    await driver.press("n")
    #expect(driver.navigator.overlay == nil)
  }

  @Test func `what lines say is kept too, as an older program kept it and with departments`()
    async throws
  {
    let books = try await TestBooks.make()
    let shelf = Shelf()
    var driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.typeRent()
    await driver.press(.alt("."), "ACC", .tab, "Loft", .function(10))
    #expect(driver.grid.contains { $0.last == "ACC, Loft" })
    driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.press("n", .enter)
    #expect(driver.grid.contains { $0.last == "ACC, Loft" }, "\(driver.screen)")
    let kept = try #require(shelf.texts.first?.value)
    let older = kept.replacing(
      "\"[]\",\"\(books.department.value)\",\"\",\"\",\"\",\"\"]", with: "\"[]\"]")
    #expect(older != kept, "\(kept)")
    for name in shelf.texts.keys { shelf.texts[name] = older }
    driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.press("n", .enter)
    #expect(driver.grid.contains { $0.last == "Loft" }, "\(driver.screen)")
  }

  @Test func `what is kept is its writer's alone, and gone once they begin anew`() async throws {
    let books = try await TestBooks.make()
    let shelf = Shelf()
    var driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.press("n", .enter, "Secret plan")
    driver = await Driver(.employee, in: books, settings: shelf.settings)
    await driver.press("n")
    #expect(driver.navigator.overlay == nil)
    driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.press("n", .escape)
    #expect(driver.form?.fields[2].text == "")
    #expect(shelf.texts.isEmpty)
  }

  @Test func `what somebody left on purpose isn't offered again`() async throws {
    let books = try await TestBooks.make()
    let shelf = Shelf()
    let driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.press("n", .enter, "Rent", .escape, "n")
    #expect(!shelf.texts.isEmpty)
    #expect(driver.form?.fields[2].text == "Rent")
    await driver.press(.escape, "y", "n")
    #expect(shelf.texts.isEmpty)
    #expect(driver.navigator.overlay == nil)
    #expect(driver.form?.fields[2].text == "")
  }

  @Test func `kept texts that nobody can read are no reason to stop`() async throws {
    let books = try await TestBooks.make()
    let shelf = Shelf()
    var driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.press("n", .enter, "x")
    for name in shelf.texts.keys { shelf.texts[name] = "{\"lines\":[[" }
    driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.press("n")
    #expect(driver.navigator.overlay == nil)
    #expect(driver.form?.fields[2].text == "")
  }

  @Test func `a day is chosen from a month that shows what is closed`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    await driver.press("n", .function(4))
    #expect(driver.shows("Choose a day"))
    #expect(driver.shows("November 2026"))
    await driver.press(.up, .right, .enter)
    #expect(driver.form?.fields[0].text == "2026-11-17")
    #expect(driver.form?.focus == 2)
    await driver.press(.up, .function(4), .pageUp, "t")
    #expect(driver.shows("November 2026"))
    await driver.press(.pageUp)
    #expect(driver.shows("(17)"))
    await driver.press(.escape)
    #expect(driver.form?.fields[0].text == "2026-11-17")
  }

  @Test func `a paste that is longer than a field says how much was left out`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("n", .enter)
    await driver.paste(String(repeating: "x", count: 100_000))
    #expect(driver.message.hasPrefix("ERROR A field takes 4,000 characters: 96,000 more"))
    #expect(driver.field?.text.count == 4_000)
  }

  @Test func `columns, their order and the sort are remembered`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    let shelf = Shelf()
    var driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.press("4", "C", "debit", .enter, .escape, "s", "account", .enter)
    let titles = driver.table?.columns.map(\.title)
    #expect(titles == ["No", "Account", "Credit", ""])
    // By what they are rather than by what they are called, which may change.
    let kept = try #require(shelf.texts["list.trial-balance"])
    #expect(kept.contains(#""hidden":["debit"]"#) && kept.contains(#""sort":"account""#))
    driver = await Driver(.owner, in: books, settings: shelf.settings)
    await driver.press("4")
    #expect(driver.table?.columns.map(\.title) == titles)
    #expect(driver.table?.columns[1].sort == .ascending)
  }
}

/// Doing without the keyboard.
@Suite struct PointerJourneys {
  @Test func `tabs, rows, hints and the path can be clicked`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.post(200)
    let driver = await Driver(.owner, in: books)
    await driver.click("4 Trial balance")
    #expect(driver.path == ["Trial balance"])
    await driver.click("6200")
    #expect(driver.table?.cursor == 1)
    await driver.click("6200")
    #expect(driver.path == ["Trial balance", "6200 Rent"])
    await driver.click("Trial balance >")
    #expect(driver.path == ["Trial balance"])
    await driver.click("2 Journal")
    await driver.click("new")
    #expect(driver.path == ["Journal", "New entry"])
    await driver.click("Text")
    await driver.click("[____")
    await driver.press("Lamp oil")
    #expect(driver.shows("Lamp oil"))
  }

  @Test func `a dialog's buttons and a list's entries can be clicked, and nothing behind them`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.draft(by: .owner)
    let driver = await Driver(.owner, in: books)
    await driver.press("D")
    await driver.click("4 Trial balance")
    #expect(driver.path == ["Journal"])
    await driver.click("[ Cancel")
    #expect(driver.navigator.overlay == nil)
    #expect(try await books.entries().count == 1)
    await driver.press("D")
    await driver.click("[ Discard")
    #expect(try await books.entries().isEmpty)
    await driver.press("?", "accounts")
    await driver.click("3 Alt-3")
    #expect(driver.path == ["Accounts"])
  }

  @Test func `the wheel moves the cursor, and a title sorts`() async throws {
    let books = try await TestBooks.make()
    for amount in [300, 100, 200] { try await books.post(Int64(amount)) }
    let driver = await Driver(.owner, in: books)
    driver.send(.wheel(.down))
    #expect(driver.table?.cursor == 1)
    await driver.click("Amount")
    #expect(driver.rows.map { $0[3] } == ["1.00", "2.00", "3.00"])
  }
}

/// The list that finds everything.
@Suite struct PaletteJourneys {
  @Test func `a command, an account, a person and an entry are found by letters of their names`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(100)
    let driver = await Driver(.owner, in: books)
    await driver.press(":", "trial", .enter)
    #expect(driver.path == ["Trial balance"])
    await driver.press(":", "rent", .enter)
    #expect(driver.path == ["Trial balance", "6200 Rent"])
    await driver.press(":", "gj-2026-000001", .enter)
    #expect(driver.path.last == "GJ-2026-000001")
    await driver.press(":", "0001", .enter)
    #expect(driver.path == ["Journal"])
    #expect(driver.rows.map { $0[0] } == ["GJ-2026-000001"])
    await driver.press(":", "6200", .enter)
    #expect(driver.path == ["Journal", "6200 Rent"])
    await driver.press(":", "emma", .enter)
    #expect(driver.path == ["Journal"])
    #expect(driver.table?.filter?.text == "by:\"Emma Employee\"")
    await driver.press(.escape, ":", "gj-2026-999999", .enter)
    #expect(driver.message.hasPrefix("ERROR "))
  }

  @Test func `a theme is worn while one looks at it, and taken off by Esc`() async throws {
    var settings = Settings()
    settings.themes = ["default", "night", "paper"]
    let driver = await Driver(.owner, in: try await TestBooks.make(), settings: settings)
    await driver.press(":", "theme", .enter, .down)
    #expect(driver.requests.last == .theme("night"))
    await driver.press(.escape)
    #expect(driver.requests.last == .theme("default"))
    await driver.press(":", "theme", .enter, .down, .down, .enter)
    #expect(driver.requests.last == .theme("paper"))
    #expect(driver.navigator.theme == "paper")
  }

  @Test func `it offers nothing that the role may not do or see`() async throws {
    let driver = await Driver(.viewer, in: try await TestBooks.make())
    await driver.press(":")
    guard case .chooser(let palette)? = driver.navigator.overlay else {
      Issue.record("the palette is closed")
      return
    }
    #expect(!palette.matches.contains { $0.title == "Write a new entry" })
    #expect(palette.matches.contains { $0.title == "Trial balance" })
  }

  @Test func `own keys take the place of the program's`() async throws {
    var settings = Settings()
    settings.keys = KeySettings(["journal.new": ["N"], "move.down": ["v"]])
    let books = try await TestBooks.make()
    try await books.post(100)
    try await books.post(200)
    let driver = await Driver(.owner, in: books, settings: settings)
    await driver.press("v")
    #expect(driver.table?.cursor == 1)
    await driver.press("n")
    #expect(driver.path == ["Journal"])
    #expect(driver.lines.last?.contains("N new") == true)
    await driver.press("N")
    #expect(driver.path == ["Journal", "New entry"])
  }

  @Test func `what was said can be read again`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("p", "j", .alt("m"))
    #expect(driver.path == ["Journal", "Messages"])
    #expect(driver.rows == [["10:00:00", "note", "There is no entry here."]])
  }
}
