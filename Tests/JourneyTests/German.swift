import Domain
import Foundation
import Keys
import Languages
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// The application in German: what is the program's own is translated, what people typed is not, and
/// all of it has room.
@Suite struct German {
  static func settings() throws -> Settings {
    var settings = Settings()
    settings.language = try #require(try Languages.language(code: "de"))
    return settings
  }

  @Test func `the words are German, and what people named is as they named it`() async throws {
    // The program has all of these words too.
    for name in ["Journal", "Post", "Cash", "Trial balance"] {
      let books = try await Tour.books(name)
      let driver = await Driver(.owner, in: books, settings: try Self.settings())
      #expect(driver.shows("Neue") == false)
      #expect(driver.shows("Entwurf"))
      #expect(driver.lines.contains { $0.contains("2026-11-23 ") && $0.contains(" \(name) ") })
      await driver.press("3", "/", "1160", .enter)
      #expect(driver.shows("1160 \(name)"))
      await driver.press("2", .enter)
      #expect(driver.lines.contains { $0.contains("Text ") && $0.contains(name) })
    }
  }

  @Test func `every screen fits, with its header, footer and cursor`() async throws {
    try await Tour.all(at: AnySize.sizes, settings: try Self.settings()) { name, driver in
      #expect(AnySize.misfits(of: driver, at: name, help: "Hilfe") == [])
    }
  }

  @Test func `words fit columns of their own width, and titles under the cursor their room`()
    async throws
  {
    let settings = try Self.settings()
    try await Tour.all(Size(columns: 80, rows: 24), settings: settings) { name, driver in
      for action in driver.navigator.actions {
        #expect(1...14 ~= action.title.text(in: settings.language).count, "\(name): \(action.id)")
        #expect(1...40 ~= action.summary.text(in: settings.language).count, "\(name): \(action.id)")
      }
      guard let table = driver.table else { return }
      for (index, column) in table.columns.enumerated() {
        guard case .fixed(let width) = column.kind else { continue }
        for words in [column.title] + table.rows.map({ $0.cells[index] })
        where words.english.count <= width {
          #expect(words.text(in: settings.language).count <= width, "\(name): \(words)")
        }
      }
    }
    let words = Domain.Role.allCases.map(\.phrase) + AccountType.allCases.map(\.phrase)
    #expect(words.allSatisfy { $0.text(in: settings.language).count <= 16 })
    #expect(Domain.Role.allCases.allSatisfy { $0.phrase.text(in: settings.language).count <= 10 })
  }

  @Test func `titles fit the footer and summaries the help`() throws {
    let language = try Self.settings().language
    let bindings =
      Keymap.places.flatMap(\.bindings) + Keymap.everywhere
      + Movement.allCases.map(\.binding)
    for binding in bindings {
      let title = binding.title.text(in: language)
      let summary = binding.summary.text(in: language)
      #expect(1...14 ~= title.count, "\(title)")
      #expect(1...40 ~= summary.count, "\(summary)")
    }
  }

  @Test func `an account's kind is chosen in German and written to the books`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books, settings: try Self.settings())
    await driver.press("3", "n", "1190", .tab, "Schwarze Kasse", .tab, .tab)
    #expect(driver.field?.text == "Aktiva")
    await driver.press(.tab, "Kass", .enter, .function(10))
    #expect(driver.message.contains("ist gespeichert"))
    let chart = try await books.workspace.fetch(ChartOfAccounts(), as: books.owner)
    let account = try #require(chart.first { $0.number == "1190" })
    #expect((account.type, account.category) == (.asset, .cash))
  }

  @Test func `lists are filtered by the words that they show`() async throws {
    let driver = await Driver(.owner, in: try await Tour.books(), settings: try Self.settings())
    await driver.press("3", "/", "art:aufwand", .enter)
    #expect(driver.rows.isEmpty == false)
    #expect(driver.rows.allSatisfy { $0[1].hasSuffix("expense") })
  }

  @Test func `what went wrong is said in German, and a screen reader hears it`() async throws {
    var settings = try Self.settings()
    settings.isLinear = true
    let driver = await Driver(.owner, in: try await Tour.books(), settings: settings)
    _ = driver.heard()
    let lines = await driver.hear("n", .enter, "Miete", .enter, "9999", .enter)
    #expect(lines.contains { $0.contains("Konto 9999 gibt es in diesem Mandanten nicht.") })
    #expect(driver.heard(again: .everything).contains { $0.hasPrefix("Seite Neue Buchung") })
  }

  @Test(arguments: [
    (["LANG": "de_DE.UTF-8"], "de"), (["LANG": "de"], "de"), (["LANG": "en_GB.UTF-8"], "en"),
    (["LANG": "fr_FR.UTF-8"], "en"), ([:], "en"), (["LANG": "C"], "en"),
    (["LC_ALL": "de_AT.UTF-8", "LANG": "en_US"], "de"),
    (["LC_ALL": "", "LC_MESSAGES": "de_CH", "LANG": "en_US"], "de"),
    (["LC_ALL": "C", "LANG": "de_DE"], "en"),
  ])
  func `the system says which language`(_ environment: [String: String], _ code: String) {
    #expect(Languages.code(in: environment) == code)
  }
}
