import Domain
import Keys
import Operations
import TestSupport
import Testing
import ViewModels

@Suite struct HelpJourneys {
  @Test func `help lists every key of the screen and everywhere`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    let expected = driver.navigator.actions + driver.navigator.globalActions
    driver.resize(columns: 120, rows: 40)
    await driver.press("?")
    for action in expected {
      #expect(driver.shows(String(action.summary.prefix(20))), "\(action.id)")
      #expect(driver.shows(action.keys[0].name))
    }
  }

  @Test func `typing finds, and Enter does what is under the cursor`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("?", "trial")
    #expect(driver.shows("Filter [trial"))
    #expect(driver.shows("Trial balance"))
    #expect(!driver.shows("Write a new entry"))
    await driver.press(.enter)
    #expect(driver.path == ["Trial balance"])
  }

  @Test func `what is under the cursor is what runs, whatever was typed`() async throws {
    for filter in ["new", "f10", "f6", "e", "there is no", "back"] {
      let driver = await Driver(.owner, in: try await TestBooks.make())
      await driver.press("?", "\(filter)")
      guard case .help(let help)? = driver.navigator.overlay else {
        Issue.record("help is closed")
        return
      }
      let row = driver.lines.first { $0.contains("│ >") } ?? ""
      if let chosen = help.matches.first {
        #expect(row.contains(chosen.summary.prefix(20)), "\(filter): \(row)")
      } else {
        #expect(driver.shows("Nothing here matches."))
      }
    }
  }

  @Test func `what finds nothing says so and runs nothing`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("?", "zzz")
    #expect(driver.shows("Nothing here matches."))
    await driver.press(.enter)
    #expect(driver.path == ["Journal"])
    #expect(driver.navigator.overlay == nil)
  }

  @Test func `help opens over a form without a character typed`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("n", .enter, "Rent", .function(1))
    #expect(driver.shows("Post the entry"))
    await driver.press(.escape)
    #expect(driver.field?.text == "Rent")
  }

  @Test func `an action that can't be done stands there with its reason`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("?", "reverse")
    driver.resize(columns: 120, rows: 40)
    #expect(driver.shows("There is no entry here."))
    driver.resize(columns: 80, rows: 24)
    await driver.press("", .escape)
    await driver.press("?", "mirror", .enter)
    #expect(driver.message == "! There is no entry here.")
  }
}
