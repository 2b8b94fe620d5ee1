import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

@Suite struct SettingsJourneys {
  private func driver(_ settings: Settings = Settings()) async throws -> Driver {
    let books = try await TestBooks.make()
    try await books.post(123_456)
    return await Driver(.owner, in: books, settings: settings)
  }

  /// Goes to a setting's row.
  private func go(to name: String, _ driver: Driver) async throws {
    await driver.press(.home)
    let row = try #require(Setting.all.firstIndex { $0.name == name })
    for _ in 0..<row { await driver.press(.down) }
  }

  private func row(_ name: String, _ driver: Driver) throws -> [String] {
    driver.rows[try #require(Setting.all.firstIndex { $0.name == name })]
  }

  @Test(arguments: ["config", "settings"])
  func `the palette opens it by either name`(_ typed: String) async throws {
    let driver = try await driver()
    await driver.press(":", "\(typed)", .enter)
    #expect(driver.path == ["Journal", "Settings"])
    await driver.press(",")
    #expect(driver.path == ["Journal", "Settings"])
  }

  @Test func `every setting is there with its value and where it comes from`() async throws {
    var settings = Settings()
    settings.origins = ["theme": "line 3"]
    settings.overridden = ["mouse": "--linear"]
    let driver = try await driver(settings)
    await driver.press(",")
    #expect(driver.rows.map { $0[0] } == Setting.all.map(\.title.english))
    #expect(try row("theme", driver) == ["Theme", "default", "line 3"])
    #expect(try row("mouse", driver)[2] == "--linear")
    #expect(try row("confirm_above", driver)[1...] == ["none", "CoreFlow"])
    for setting in Setting.all {
      #expect(driver.shows(String(setting.help.english.prefix(30))), "\(setting.name)")
      await driver.press(.down)
    }
  }

  @Test func `a flag changes at once`() async throws {
    let driver = try await driver()
    await driver.press(",")
    try await go(to: "mouse", driver)
    await driver.press(.enter)
    #expect(driver.requests.last == .mouse(true))
    #expect(driver.message.hasPrefix("ok Mouse: true."))
    await driver.press(.enter)
    #expect(driver.requests.last == .mouse(false))
  }

  @Test func `how amounts are written changes on the screens below`() async throws {
    let driver = try await driver()
    #expect(driver.shows("1,234.56"))
    await driver.press(",")
    try await go(to: "decimal", driver)
    await driver.press(.enter, .down, .enter)
    #expect(try row("decimal", driver)[1...] == ["comma", "set here"])
    await driver.press(.escape)
    #expect(driver.shows("1.234,56"))
  }

  @Test func `a theme is worn while it is looked at, and kept by Enter`() async throws {
    var settings = Settings()
    settings.themes = ["default", "night"]
    let driver = try await driver(settings)
    await driver.press(",", .enter, .down)
    #expect(driver.requests.last == .theme("night"))
    await driver.press(.escape)
    #expect(driver.requests.last == .theme("default"))
    #expect(driver.navigator.settings.theme == "default")
    await driver.press(.enter, .down, .enter)
    #expect(driver.navigator.settings.theme == "night")
    #expect(driver.navigator.theme == "night")
  }

  @Test func `a number that won't do is asked for again, and none takes it out`() async throws {
    let driver = try await driver()
    await driver.press(",")
    try await go(to: "confirm_above", driver)
    await driver.press(.enter, "ten", .enter)
    #expect(driver.shows("Here should be a number from 1 to"))
    await driver.press(Stroke(Key.ctrl("u")), "10000", .enter)
    #expect(driver.navigator.settings.confirmAbove == 10_000)
    await driver.press(.enter, Stroke(Key.ctrl("u")), .enter)
    #expect(driver.navigator.settings.confirmAbove == nil)
  }

  @Test func `unsetting brings the program's own value back`() async throws {
    let driver = try await driver()
    await driver.press(",")
    try await go(to: "negative", driver)
    await driver.press("d")
    #expect(driver.message == "! It isn't set.")
    await driver.press(.enter, .down, .enter)
    #expect(driver.navigator.settings.amounts.negative == .parentheses)
    await driver.press("d")
    #expect(driver.navigator.settings.amounts.negative == .minus)
    #expect(try row("negative", driver)[2] == "CoreFlow")
  }

  @Test func `what can't be kept is said and doesn't take effect`() async throws {
    var settings = Settings()
    settings.themes = ["default", "night"]
    settings.file = Settings.File(write: { _, _, _ in
      throw SettingsFault(path: "config.yaml", line: 3, reason: "nothing was saved: it is faulty.")
    })
    let driver = try await driver(settings)
    await driver.press(",", .enter, .down, .enter)
    #expect(driver.message == "ERROR config.yaml:3: nothing was saved: it is faulty.")
    #expect(driver.navigator.settings.theme == "default")
    #expect(driver.requests.last == .theme("default"))
  }

  @Test func `what an editor has changed meanwhile is there when the screen opens`() async throws {
    var settings = Settings()
    settings.file = Settings.File(read: { old in
      var new = old
      new.hasMouse = true
      return new
    })
    let driver = try await driver(settings)
    await driver.press(",")
    #expect(try row("mouse", driver)[1] == "true")
    #expect(driver.requests.last == .mouse(true))
  }

  @Test func `keys of one's own are written in the file`() async throws {
    var settings = Settings()
    settings.keys = KeySettings(["journal.new": ["N"]])
    let driver = try await driver(settings)
    await driver.press(",")
    try await go(to: "keys", driver)
    #expect(try row("keys", driver)[1] == "1 action")
    await driver.press(.enter)
    #expect(driver.message == "! Keys of your own are written in the file.")
  }

  @Test func `names, titles and words of settings fit and are told apart`() {
    #expect(Set(Setting.all.map(\.name)).count == Setting.all.count)
    for setting in Setting.all {
      #expect(1...20 ~= setting.title.english.count, "\(setting.name)")
      #expect(Setting.markdown.contains("| `\(setting.name)` | \(setting.help.english) |"))
      #expect(Setting.schema.text.contains("\"\(setting.name)\":{\"description\":"))
    }
  }
}
