import Domain
import Keys
import Operations
import TestSupport
import Testing
import ViewModels

/// Setting right what is posted, and following what is owed.
@Suite struct CorrectionJourneys {
  @Test func `a correction is the entry written anew, for a reason`() async throws {
    let books = try await TestBooks.make()
    let wrong = try await books.post(100_00)
    let driver = await Driver(.owner, in: books, startsAt: "2")
    await driver.press(.enter, "c")
    #expect(driver.path.last == "GJ-2026-000001, correction", "\(driver.screen)")
    await driver.press(.function(10))
    #expect(driver.message.contains("It says what is booked already."), "\(driver.message)")
    await driver.press(.enter, "Rent of May", .function(10))
    #expect(driver.shows("Correct GJ-2026-000001?"), "\(driver.screen)")
    await driver.press("oops", .enter)
    #expect(driver.shows("Say why, in 5 characters or more."))
    await driver.press(", wrong month", .enter)
    #expect(
      driver.message
        == "ok GJ-2026-000001: reversed by RV-2026-000001, booked anew as CO-2026-000001.",
      "\(driver.screen)")
    #expect(driver.shows("Corrected by"), "\(driver.screen)")
    let detail = try await books.workspace.fetch(EntryDetail(wrong), as: books.owner)
    #expect(detail.correctedBy == "CO-2026-000001")
    #expect(try await books.balances() == ["6200": 100_00, "1120": -100_00])
  }

  @Test func `what was typed stays where the reason isn't given after all`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100_00)
    let driver = await Driver(.owner, in: books, startsAt: "2")
    await driver.press(.enter, "c", .enter, "Rent of May", .function(10), .escape)
    #expect(driver.shows("Rent of May"), "\(driver.screen)")
    #expect(try await books.entries().count == 1)
  }

  @Test func `what doesn't balance is said before anybody is asked why`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100_00)
    let driver = await Driver(.owner, in: books, startsAt: "2")
    await driver.press(.enter, "c", .tab, .tab, .tab, .tab, .ctrl("u"), "99", .function(10))
    #expect(driver.question == nil, "\(driver.screen)")
    #expect(driver.message.contains("1.00"), "\(driver.screen)")
    await driver.press(.ctrl("u"), "99", .function(10))
    #expect(driver.question?.contains("in its place as of 2026-11-23;") == true, "\(driver.screen)")
  }

  @Test func `a reason that was given stays where the core refuses what was typed`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100_00)
    let driver = await Driver(.owner, in: books, startsAt: "2")
    await driver.press(.enter, "c", .ctrl("u"), "2026-10-05", .enter, .function(10))
    await driver.press("Wrong month", .enter)
    #expect(driver.path.last == "GJ-2026-000001, correction", "\(driver.screen)")
    #expect(try await books.entries().count == 1)
    await driver.press(.function(10))
    #expect(driver.shows("Correct GJ-2026-000001?") && driver.shows("Wrong month"))
  }

  @Test func `an employee's correction waits with the reversal`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100_00)
    let driver = await Driver(.employee, in: books, startsAt: "2")
    await driver.press(.enter, "c", .enter, "Rent of May", .function(10), "wrong month", .enter)
    #expect(
      driver.message == "ok GJ-2026-000001: its reversal and D-2 wait for approval.",
      "\(driver.screen)")
  }

  @Test func `what is owed leads to its lines, and those to their entries`() async throws {
    let books = try await TestBooks.make()
    var invoice = books.entry(30_00, debit: "1210", credit: "4100", "Sails")
    (invoice.payee, invoice.reference) = ("Acme", "I-1")
    try await books.workspace.perform(CreateEntry(invoice, then: .post), as: books.owner)
    let driver = await Driver(.owner, in: books, startsAt: "3")
    await driver.press("/", "1210", .enter, "i")
    #expect(driver.path.last == "1210 Trade receivables", "\(driver.screen)")
    #expect(driver.shows("Acme") && driver.shows("I-1") && driver.shows("30.00"))
    #expect(!driver.shows("GJ-2026-000001"))
    await driver.press(.enter)
    #expect(driver.shows("Sails"), "\(driver.screen)")
    await driver.press(.enter)
    #expect(!driver.shows("Sails"), "\(driver.screen)")
    await driver.press(.enter, .down, .enter)
    #expect(driver.path.last == "GJ-2026-000001", "\(driver.screen)")
  }

  @Test func `only accounts that are kept by party have open items`() async throws {
    let driver = await Driver(.owner, in: try await TestBooks.make(), startsAt: "3")
    await driver.press("/", "1120", .enter, "i")
    #expect(driver.message.contains("receivables and payables"), "\(driver.message)")
    #expect(driver.path == ["Accounts"])
  }

  @Test func `a control account's line is given its party in the form`() async throws {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(
      CreateAccount(
        AccountContent(number: "1215", name: "Members", type: .asset, isControl: true)),
      as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.press("n", .enter, "Dues", .enter, "1215", .enter, "12", .enter, "4100", .enter)
    await driver.press(.function(10))
    #expect(driver.shows("kept by party"), "\(driver.screen)")
    await driver.press(.alt("."), .tab, .tab, "Ada", .function(10))
    #expect(driver.grid[0].last == "Ada", "\(driver.screen)")
    await driver.press(.function(10))
    #expect(driver.shows("is a control account: say"), "\(driver.screen)")
    await driver.press(.up, .alt("."), .tab, "The list came late", .function(10), .function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    let entry = try #require(try await books.entries().first)
    let detail = try await books.workspace.fetch(EntryDetail(entry.id), as: books.owner)
    #expect(detail.lines.map(\.counterparty) == ["Ada", ""])
  }

  @Test func `equity that is left is transferred from the check-list`() async throws {
    let books = try await TestBooks.make()
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    for kind in [PeriodKind.opening, .normal] {
      let period = try #require(periods.first { $0.kind == kind })
      try await books.workspace.perform(
        OpenPeriod(period.id, name: period.label), as: books.owner)
    }
    try await books.workspace.perform(
      EnterOpening([books.line("1120", 490_00)], then: .post), as: books.owner)
    let driver = await Driver(.owner, in: books, startsAt: "7")
    await driver.press("/", "2026-01", .enter, .enter)
    await driver.press("/", "3400", .enter, .enter)
    #expect(driver.shows("Transfer of opening-balance equity"), "\(driver.screen)")
    await driver.press(.function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    #expect(try await books.balances() == ["1120": 490_00, "3300": -490_00])
  }
}
