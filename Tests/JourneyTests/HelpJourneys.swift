import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

@Suite struct HelpJourneys {
  @Test func `help lists every key of the screen, everywhere, and those that move`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    let expected =
      (driver.navigator.actions + driver.navigator.globalActions).map {
        ($0.summary, $0.keys[0].name)
      } + Movement.allCases.map { ($0.binding.summary, $0.binding.keys[0].name) }
    await driver.press("?")
    guard case .chooser(let help)? = driver.navigator.overlay else {
      Issue.record("help is closed")
      return
    }
    for (summary, key) in expected {
      #expect(help.matches.contains { $0.title == summary && $0.keys.first == key }, "\(summary)")
    }
  }

  @Test func `help in a form has no key that would be typed as text`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("n", .function(1))
    guard case .chooser(let help)? = driver.navigator.overlay else {
      Issue.record("help is closed")
      return
    }
    let typed = help.matches.flatMap(\.keys).filter { $0.count == 1 }
    #expect(Set(typed) == ["=", "\"", "<", ">", "d", "c"])
    #expect(help.matches.contains { $0.title == "Fill in what balances the entry" })
  }

  @Test func `typing finds, and Enter does what is under the cursor`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make())
    await driver.press("?", "trial")
    #expect(driver.shows("Find [trial"))
    #expect(driver.shows("Trial balance"))
    #expect(!driver.shows("Write a new entry"))
    await driver.press(.enter)
    #expect(driver.path == ["Trial balance"])
  }

  @Test func `what is under the cursor is what runs, whatever was typed`() async throws {
    for filter in ["new", "f10", "f6", "e", "there is no", "back"] {
      let driver = await Driver(.owner, in: try await TestBooks.make())
      await driver.press("?", "\(filter)")
      guard case .chooser(let help)? = driver.navigator.overlay else {
        Issue.record("help is closed")
        return
      }
      let row = driver.lines.first { $0.contains("│ >") } ?? ""
      if let chosen = help.matches.first {
        #expect(row.contains(chosen.title.english.prefix(20)), "\(filter): \(row)")
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
