import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// One's own password and second factor on the screen.
@Suite struct YourAccountJourneys {
  private let new = "another horse entirely"

  /// The secret that is shown to an app.
  private func secret(_ driver: Driver) throws -> [UInt8] {
    for case .code(let code) in driver.navigator.top?.panels ?? [] {
      let text = try #require(code.code.firstMatch(of: /secret=([A-Z2-7]+)/)).output.1
      return bytes(of: text)
    }
    throw Refusal.secondFactor(.notBegun)
  }

  private func bytes(of text: Substring) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    let bits = text.compactMap { letters.firstIndex(of: $0) }.flatMap { value in
      (0..<5).map { value >> (4 - $0) & 1 }
    }
    return (0..<bits.count / 8).map { index in
      bits[8 * index..<8 * index + 8].reduce(0) { $0 << 1 | UInt8($1) }
    }
  }

  private func code(_ books: TestBooks, _ secret: [UInt8]) -> Stroke {
    Stroke(
      stringLiteral: TimeCode.code(of: secret, step: TimeCode.step(at: books.clock.now)))
  }

  /// The employee with a second factor, at the screen that shows their recovery codes.
  private func enrolled(_ books: TestBooks) async throws -> (driver: Driver, secret: [UInt8]) {
    let driver = await Driver(
      .employee, in: books, size: Size(columns: 120, rows: 40), startsAt: "0")
    await driver.press("s")
    let secret = try secret(driver)
    await driver.press(code(books, secret), .enter)
    books.clock.advance(seconds: 60)
    return (driver, secret)
  }

  @Test func `a sign-in that was forgotten elsewhere is ended from here`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books, startsAt: "0")
    let before = try #require(driver.tables["Where you are signed in"]?.rows.count)
    #expect(before > 1)
    await driver.press("D")
    #expect(driver.shows("End the sign-in at"), "\(driver.screen)")
    await driver.press("y")
    #expect(driver.message == "ok It has ended.", "\(driver.screen)")
    #expect(driver.tables["Where you are signed in"]?.rows.count == before - 1)
    await driver.press("G", "D")
    #expect(driver.message == "! You are in this one. Sign out instead.")
    _ = try await books.signedInAnew(.employee)
    await driver.press(.escape, "0", "O", "y")
    #expect(driver.message == "ok You are signed in here only.", "\(driver.screen)")
    #expect(driver.tables["Where you are signed in"]?.rows.count == 1)
    await driver.press("O")
    #expect(driver.message == "! You are signed in nowhere else.")
  }

  @Test func `whoever has a second factor takes an ended session up by one code`() async throws {
    let books = try await TestBooks.make()
    let (driver, secret) = try await enrolled(books)
    await driver.press("2", "y")
    try await books.endSessions()
    await driver.press("r")
    driver.send(.booksChanged)
    await driver.press("\(TestBooks.password)", .enter)
    #expect(driver.shows("Type its code"))
    driver.send(.booksChanged)
    await driver.press(code(books, secret), .enter)
    #expect(driver.message == "ok You are signed in again.")
    #expect(driver.navigator.overlay == nil)
  }

  @Test func `whoever has a second factor unlocks the screen by it`() async throws {
    let books = try await TestBooks.make()
    let (driver, secret) = try await enrolled(books)
    await driver.press(.alt("p"), "\(TestBooks.password)", .enter)
    #expect(driver.path == ["Locked"])
    #expect(driver.shows("Code"))
    await driver.press("000000", .enter)
    #expect(driver.path == ["Locked"])
    await driver.press(code(books, secret), .enter)
    #expect(driver.path != ["Locked"])
    #expect(driver.shows("Emma Employee"))
  }

  @Test func `a password is changed, and work goes on where it was`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("0", "p", "wrong horse", .enter, "\(new)", .enter, "\(new)", .enter)
    #expect(driver.message == "ERROR Wrong user or password.")
    #expect(driver.form?.focus == 0 && driver.shows("That isn't your password."))
    await driver.press("\(TestBooks.password)", .enter, .enter)
    #expect(!driver.shows(new) && !driver.shows(TestBooks.password))
    books.clock.advance(seconds: 1)
    await driver.press(.enter)
    #expect(
      driver.message == "ok Your password is changed. Sessions that you had elsewhere are over.")
    #expect(driver.path == ["Journal", "Your account"])
    await driver.press(.escape, "n")
    #expect(driver.path.last == "New entry")
    let again = await Driver(books.workspace)
    await again.press("employee@books.example", .enter, "\(new)", .enter)
    #expect(again.path == ["Home"])
  }

  @Test func `passwords that are too short or differ are told of in their fields`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.press("0", "p", "\(TestBooks.password)", .enter, "short", .enter, .enter)
    #expect(driver.form?.focus == 1)
    #expect(driver.shows("A password needs 10 characters or more."))
    await driver.press("\(new)", .enter, "another", .function(10))
    #expect(driver.form?.focus == 2)
    #expect(driver.shows("The two passwords differ."))
  }

  @Test func `a second factor is set up with a code for the camera, and asked for from then on`()
    async throws
  {
    let books = try await TestBooks.make()
    let (driver, secret) = try await enrolled(books)
    #expect(
      driver.message == "ok Your second factor is on, from the next time you sign in.")
    #expect(
      driver.lines.filter { $0.firstMatch(of: /^ [0-9a-f]{5}(-[0-9a-f]{5}){3}$/) != nil }
        .count == 10)
    await driver.press(.escape)
    #expect(driver.shows("The recovery codes are shown only now."))
    await driver.press(.escape, "y")
    #expect(driver.requests.contains { if case .copy = $0 { true } else { false } })
    let next = await Driver(books.workspace)
    #expect(next.form?.fields.count == 2)
    await next.press("employee@books.example", .enter, "\(TestBooks.password)", .enter)
    #expect(
      next.message == "ERROR Type the code of your second factor too, or a recovery code.")
    #expect(next.form?.fields.map(\.label.english) == ["E-mail", "Password", "Code"])
    await next.press("000000", .enter)
    #expect(next.message.hasPrefix("ERROR This code is wrong"))
    await next.press(code(books, secret), .enter)
    #expect(next.path == ["Home"])
  }

  @Test func `the code for the camera is drawn where there is room, the secret always`()
    async throws
  {
    let books = try await TestBooks.make()
    let driver = await Driver(
      .employee, in: books, size: Size(columns: 120, rows: 40), startsAt: "0")
    await driver.press("s")
    for (columns, rows) in [(120, 40), (80, 24)] {
      driver.resize(columns: columns, rows: rows)
      #expect(driver.lines.filter { $0.contains("▀") || $0.contains("█") }.count > 16)
      #expect(driver.screen.firstMatch(of: /[A-Z2-7]{32}/) != nil)
    }
    for (columns, rows) in [(60, 16), (79, 23)] {
      driver.resize(columns: columns, rows: rows)
      #expect(!driver.shows("▀"))
      #expect(driver.shows("The code is drawn in a window of 77 by 24."))
    }
    #expect(driver.screen.firstMatch(of: /[A-Z2-7]{32}/) != nil)
    #expect(
      driver.heard(again: .everything).contains { $0.contains("type this secret into the app") })
    var plain = Settings()
    plain.isUnicode = false
    let ascii = await Driver(
      .employee, in: books, size: Size(columns: 120, rows: 70), settings: plain, startsAt: "0")
    await ascii.press("s")
    #expect(ascii.shows("##############") && !ascii.shows("█"))
  }

  @Test func `somebody else at the sign-in screen isn't asked for a code`() async throws {
    let books = try await TestBooks.make()
    _ = try await enrolled(books)
    let driver = await Driver(books.workspace)
    await driver.press("employee@books.example", .enter, "\(TestBooks.password)", .enter)
    #expect(driver.form?.focus == 2)
    await driver.press(.tab, .ctrl("u"), "owner@books.example")
    #expect(driver.form?.fields.count == 2)
    await driver.press(.enter, .ctrl("u"), "\(TestBooks.password)", .enter)
    #expect(driver.path == ["Home"])
  }

  @Test func `it is switched off again by password and code`() async throws {
    let books = try await TestBooks.make()
    let (driver, secret) = try await enrolled(books)
    await driver.press("n", "\(TestBooks.password)", .enter, code(books, secret), .enter)
    #expect(driver.message == "ok Your old recovery codes don't work any more.")
    books.clock.advance(seconds: 60)
    await driver.press("s", "wrong horse", .enter, code(books, secret), .enter)
    #expect(driver.message == "ERROR Wrong user or password.")
    #expect(driver.form?.focus == 0)
    await driver.press("\(TestBooks.password)", .function(10))
    #expect(driver.message == "ok Your second factor is off.")
    await driver.press("n")
    #expect(driver.message == "! You have no second factor.")
  }

  @Test func `a session that ended is taken up again by password and code`() async throws {
    let books = try await TestBooks.make()
    let (driver, secret) = try await enrolled(books)
    await driver.press("2")
    if driver.navigator.overlay != nil { await driver.press(.tab, .enter) }
    try await books.endSessions()
    await driver.press("r", "\(TestBooks.password)", .enter)
    #expect(driver.shows("Type its code, or a recovery code, to go on here."))
    await driver.press("000000", .enter)
    #expect(driver.shows("Type its code, or a recovery code, to go on here."))
    await driver.press(code(books, secret), .enter)
    #expect(driver.message == "ok You are signed in again.")
  }
}
