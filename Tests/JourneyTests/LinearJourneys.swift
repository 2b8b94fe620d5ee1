import Domain
import Keys
import Operations
import Phrases
import Screens
import TestSupport
import Testing
import ViewModels

/// What somebody hears who can't see the screen.
@Suite struct LinearJourneys {
  private var settings: Settings {
    var settings = Settings()
    settings.isLinear = true
    return settings
  }

  /// Somebody of the role who has heard all that the journal says.
  private func driver(_ role: Role, in books: TestBooks) async -> Driver {
    let driver = await Driver(role, in: books, settings: settings)
    _ = driver.heard()
    return driver
  }

  @Test func `somebody signs in, and the password is only counted`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(books.workspace, settings: settings)
    #expect(
      driver.heard() == [
        "CoreFlow, line by line. F1 or ? lists the keys; Alt-I says where you are, Alt-A the whole"
          + " screen; F3 or Ctrl-C or Ctrl-D leaves.", "Screen Sign in", "CoreFlow",
        "E-mail: empty",
      ])
    let heard = await driver.hear("owner@books.example", .enter, "wrong", .enter)
    #expect(
      heard == [
        "owner@books.example", "E-mail: owner@books.example", "Password: empty", "*****",
        "ERROR: Wrong user or password.",
      ])
    let lines = await driver.hear("\(TestBooks.password)", .enter)
    #expect(
      lines == [
        String(repeating: "*", count: TestBooks.password.count),
        "Harbour Chandlery, 2026-11 open, Olive Owner Owner", "Screen Home",
        "Parts: To do, Cash, Result by month, Health, Last activity, Cash at month ends",
        "To do, Olive Owner, USD", "What Wait for my approval, No 0; 1 of 6",
      ])
    #expect(!lines.contains { $0.contains(TestBooks.password) })
  }

  @Test func `an entry is written and posted by listening only`() async throws {
    let books = try await TestBooks.make()
    let driver = await driver(.employee, in: books)
    var heard = await driver.hear("n", .enter, "Rent", .enter)
    #expect(
      heard == [
        "Screen New entry, in Journal",
        "Date: 2026-11-23, Mon 2026-11-23, period 2026-11 open", "Text: empty", "Rent",
        "Text: Rent", "Line 1 Account: empty",
      ])
    heard = await driver.hear("620", .enter, "100", .enter)
    #expect(
      heard == [
        "620", "Line 1 Account: 6200 Rent", "Line 1 Debit: empty", "100", "Line 1 Debit: 100.00",
        "Total, Debit 100.00, Credit 0.00", "note Difference 100.00 too much DEBIT",
        "Line 2 Account: empty",
      ])
    heard = await driver.hear("1120", .enter, .enter).suffix(4)
    #expect(
      heard == [
        "Line 2 Credit: 100.00", "Total, Debit 100.00, Credit 100.00", "ok BALANCED",
        "Line 3 Account: empty",
      ])
    heard = await driver.hear(.function(10))
    #expect(
      heard == [
        "ok: GJ-2026-000001 is posted.", "Screen Journal", "Shown: all",
        "No GJ-2026-000001, Date 2026-11-23, Description Rent, Amount 100.00, Status posted,"
          + " By Emma Employee; 1 of 1",
      ])
    #expect(try await books.balances() == ["6200": 10_000, "1120": -10_000])
  }

  @Test func `the amount that is offered and a fault are heard at once, and once`() async throws {
    let driver = await driver(.employee, in: try await TestBooks.make())
    _ = await driver.hear("n", .enter, "Rent", .enter, "620", .enter, "100", .enter, "1120")
    #expect(await driver.hear(.enter).last == "Line 2 Credit: empty, suggested 100.00")
    let fault = "An amount can't have x there (column 2); write it as 1,234.50."
    let lines = await driver.hear("9x", .function(10))
    #expect(lines.filter { $0.contains(fault) }.count == 1)
  }

  @Test func `corrections say what went and where the cursor is`() async throws {
    let driver = await driver(.employee, in: try await TestBooks.make())
    _ = await driver.hear("n", .enter)
    let heard = await driver.hear("Lamp", .backspace, .home, "C", Stroke(.delete), .end)
    #expect(
      heard == [
        "Lamp", "deleted p", "before L", "C", "deleted L", "at the end",
      ])
    #expect(await driver.hear(.ctrl("u")) == ["deleted Cam"])
    #expect(await driver.hear("x", .backspace, "9", .tab).first == "x")
  }

  @Test
  func `what is found while somebody types is said once they pause, and sums when they go on`()
    async throws
  {
    let driver = await driver(.employee, in: try await TestBooks.make())
    _ = await driver.hear("n", .enter, "Rent", .enter)
    #expect(await driver.hear("62") == ["62"])
    #expect(driver.heard(on: .work) == [])
    #expect(driver.heard(on: .pause) == ["Choice 6200 Rent, 0.00 D; 1 of 2"])
    #expect(driver.heard(on: .pause) == [])
    let next = await driver.hear(.down)
    #expect(next.count == 1 && next[0].hasPrefix("Choice "), "\(next)")
    _ = await driver.hear(.up, .enter, "100")
    #expect(driver.heard(on: .pause) == [])
    #expect(await driver.hear(.enter).contains("Total, Debit 100.00, Credit 0.00"))
  }

  @Test func `a filter's rows wait for a pause too`() async throws {
    let books = try await TestBooks.make()
    for amount in [100, 200] { try await books.post(Int64(amount)) }
    let driver = await driver(.owner, in: books)
    #expect(await driver.hear("/", "amount>1.5") == ["Filter: empty", "amount>1.5"])
    let rows = driver.heard(on: .pause)
    #expect(rows.count == 1 && rows[0].contains("Amount 2.00"), "\(rows)")
    #expect(await driver.hear(.enter).contains("Filter: amount>1.5"))
  }

  @Test func `a home screen's parts are heard one after the other, charts in words`() async throws {
    let books = try await TestBooks.make()
    try await books.post(1_200)
    let driver = await driver(.owner, in: books)
    _ = await driver.hear("1")
    #expect(await driver.hear("j").count == 1)
    var heard = await driver.hear(.tab)
    #expect(heard.count == 2 && heard[0].hasPrefix("Cash, "), "\(heard)")
    heard = await driver.hear(.tab)
    #expect(heard[0].hasPrefix("Result by month, to 2026-11"), "\(heard)")
    #expect(heard.last == "Nov minus 12.00; 12 of 12", "\(heard)")
    #expect(heard[1].contains("least Nov minus 12.00"), "\(heard)")
    #expect(await driver.hear(Stroke(.left)) == ["Oct 0.00; 11 of 12"])
    let all = driver.heard(again: .everything)
    #expect(all.contains { $0.hasPrefix("What Wait for my approval, ") })
    #expect(all.contains { $0.hasPrefix("Dec ") && $0.hasSuffix("Nov minus 12.00") }, "\(all)")
  }

  @Test func `a day to choose is a weekday, and says when nothing can be posted on it`()
    async throws
  {
    let driver = await driver(.owner, in: try await TestBooks.make())
    _ = await driver.hear("n")
    let heard = await driver.hear(.function(4), Stroke(.left), Stroke(.pageDown), .enter)
    #expect(
      heard == [
        "Month: Choose a day",
        "Left and Right go by a day, Up and Down by a week, PgUp and PgDn by a month, t to today,"
          + " Enter takes, Esc leaves", "Mon 2026-11-23, today", "Sun 2026-11-22",
        "Tue 2026-12-22, no open period",
        "Date: 2026-12-22, Tue 2026-12-22, period 2026-12 future", "Text: empty",
      ])
  }

  @Test func `nothing is said when nothing changes, and everything when it is asked for`()
    async throws
  {
    let books = try await TestBooks.make()
    for amount in [100, 200] { try await books.post(Int64(amount)) }
    let driver = await driver(.owner, in: books)
    #expect(driver.heard() == [])
    #expect(await driver.hear("k") == [])
    let row = await driver.hear("j")
    #expect(row.count == 1 && row[0].hasSuffix("; 2 of 2"))
    await driver.press(.alt("i"))
    #expect(driver.requests == [.read(.here)])
    #expect(driver.heard(again: .here) == row)
    let all = driver.heard(again: .everything)
    for part in ["Screen Journal", "Sections: 1 Home, 2 Journal, ", row[0]] {
      #expect(all.contains { $0.hasPrefix(part) }, "\(part)")
    }
    #expect(all.contains { $0.hasPrefix("Keys: ") && $0.contains("n new, ") })
    #expect(all.last == row[0])
    #expect(driver.heard() == [])
    #expect(await driver.hear(" ").first?.hasPrefix("Shown: all, 1 marked") == true)
    #expect(driver.heard(again: .here)[0].hasPrefix("marked, No GJ-2026-000001, "))
  }

  @Test func `a question says what follows, which button has the cursor and how to answer`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.draft(by: .owner)
    let driver = await driver(.owner, in: books)
    let heard = await driver.hear("D", .tab)
    #expect(
      heard == [
        "Question: Discard D-1?", "The draft is deleted; its record in the audit log stays.",
        "y Discard, n Cancel, Tab changes, Enter takes", "Button Cancel, 2 of 2",
        "Button Discard, 1 of 2",
      ])
    // Where one is comes again once the question has gone.
    let row = await driver.hear("n")
    #expect(row.count == 1 && row[0].hasPrefix("No D-1, "), "\(row)")
    #expect(await driver.hear("D").first == "Question: Discard D-1?")
  }

  @Test func `a list says the entry under the cursor, and no more while letters leave it there`()
    async throws
  {
    let driver = await driver(.owner, in: try await TestBooks.make())
    let lines = await driver.hear("?", "mirror")
    #expect(lines[0] == "List: Keys: type to find, Enter runs")
    #expect(lines[1] == "Find: empty")
    #expect(lines.last == "mirror")
    #expect(
      driver.heard(on: .pause) == [
        "Reverse by a mirror entry, keys R, not available: There is no entry here.; 1 of 1"
      ])
    #expect(await driver.hear("zzz") == ["zzz"])
    #expect(
      driver.heard(on: .pause) == ["Nothing here matches. Delete letters to see more."])
    await driver.press(.escape)
    #expect(await driver.hear("R").contains("note: There is no entry here."))
  }

  @Test func `levels, folds and minus are words`() async throws {
    let books = try await TestBooks.make()
    try await books.post(1_200)
    let driver = await driver(.owner, in: books)
    let lines = await driver.hear("3")
    #expect(
      lines.contains { $0.hasPrefix("heading, level 1, open, Account 1000 Assets") }, "\(lines)")
    #expect(lines.contains { $0.contains("Balance minus 12.00") })
  }

  @Test func `every place of the tour says where it is and where the cursor is`() async throws {
    let books = try await Tour.books()
    for (name, keys) in Tour.places {
      let driver = await Driver(.owner, in: books, settings: settings, pressing: keys)
      let lines = driver.heard()
      #expect(lines.count > 3, "\(name)")
      #expect(!lines.contains { $0.isEmpty || $0.hasSuffix("…") }, "\(name): \(lines)")
      #expect(driver.heard() == [], "\(name)")
      if !["record", "changes", "your account", "explanation", "business", "file"].contains(name) {
        #expect(!driver.heard(again: .here).isEmpty, "\(name)")
      }
      let again = driver.heard(again: .everything)
      // What is only told of what was just done isn't on the screen.
      let told = lines.count { $0.hasPrefix("note: ") }
      #expect(again.count >= lines.count - 1 - told, "\(name): \(lines), \(again)")
      #expect(driver.heard() == [], "\(name)")
    }
  }

  @Test func `pointers, drawing and themes aren't offered where nothing is seen`() async throws {
    let driver = await driver(.owner, in: try await TestBooks.make())
    let ids = driver.navigator.globalActions.map(\.id)
    #expect(ids.contains("read.here") && !ids.contains("mouse") && !ids.contains("redraw"))
    let seen = await Driver(.owner, in: try await TestBooks.make())
    #expect(!seen.navigator.globalActions.contains { $0.id == "read.here" })
    #expect(await driver.hear(.ctrl("d")).first == "Question: Leave CoreFlow?")
    await seen.press(.ctrl("d"))
    #expect(seen.navigator.overlay == nil)
  }
}
