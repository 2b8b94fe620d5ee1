import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

@Suite struct EntryJourneys {
  @Test func `whoever may approve sees that first, on the entry and in the list`() async throws {
    let books = try await TestBooks.withThreshold()
    try await books.workspace.perform(
      CreateEntry(books.entry(6_000), then: .submit), as: books.employee)
    let driver = await Driver(.manager, in: books)
    #expect(driver.lines.last?.contains("a approve  x reject") == true)
    await driver.press(.enter)
    #expect(driver.lines.last?.contains("a approve  x reject") == true)
  }

  @Test func `a manager approves what an employee sent, and it posts`() async throws {
    let books = try await TestBooks.withThreshold()
    let employee = await Driver(.employee, in: books)
    await employee.typeRent()
    #expect(employee.shows("Will go to a manager for approval"))
    #expect(employee.lines.last?.contains("F10 send") == true)
    await employee.press(.function(10))
    #expect(employee.message == "ok D-1 waits for approval by a manager.")
    let manager = await Driver(.manager, in: books)
    await manager.press("a")
    #expect(manager.shows("Approve D-1, 100.00?"))
    #expect(try await books.balances().isEmpty)
    await manager.press("y")
    #expect(manager.message == "ok D-1 is approved and posted as GJ-2026-000001.")
    #expect(try await books.balances() == ["6200": 10_000, "1120": -10_000])
  }

  @Test func `below the threshold an employee posts alone`() async throws {
    let books = try await TestBooks.withThreshold()
    let driver = await Driver(.employee, in: books)
    await driver.press("n", .enter, "Stamps", .enter, "660", .enter, "12", .enter, "112", .enter)
    #expect(driver.lines.last?.contains("F10 post") == true)
    await driver.press(.function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
    #expect(try await books.balances() == ["6600": 1_200, "1120": -1_200])
  }

  @Test func `nobody approves what they made`() async throws {
    let books = try await TestBooks.withThreshold()
    let driver = await Driver(.manager, in: books)
    await driver.postRent()
    await driver.press("a")
    #expect(driver.navigator.overlay == nil)
    #expect(driver.message.contains("You created it, so somebody else must"), "\(driver.message)")
    #expect(try await books.balances().isEmpty)
  }

  @Test func `a question's answer is no unless it is given`() async throws {
    let books = try await TestBooks.withThreshold()
    await Driver(.employee, in: books).postRent()
    let driver = await Driver(.manager, in: books)
    await driver.press("a", .enter)
    #expect(driver.rows[0][4] == "pending approval")
    await driver.press("a")
    await driver.paste("y")
    #expect(driver.shows("Approve D-1"))
    await driver.press(.escape)
    #expect(driver.rows[0][4] == "pending approval")
  }

  @Test func `rejecting needs a reason, which stays until it is long enough`() async throws {
    let books = try await TestBooks.withThreshold()
    await Driver(.employee, in: books).postRent()
    let driver = await Driver(.manager, in: books)
    await driver.press("x", "no", .enter)
    #expect(driver.shows("Say why, in 5 characters or more."))
    await driver.press(" receipt", .enter)
    #expect(driver.message == "ok D-1 went back to Emma Employee.")
    #expect(driver.rows[0][4] == "draft")
    #expect(try await books.trail(1).first?.reason == "no receipt")
    await driver.press(.enter)
    #expect(driver.lines.contains { $0.contains("Rejected") && $0.contains("no receipt") })
    let employee = await Driver(.employee, in: books)
    await employee.press("S", .enter)
    #expect(!employee.shows("Rejected"))
  }

  @Test func `reversing posts the mirror and leaves both`() async throws {
    let books = try await TestBooks.make()
    try await books.post(10_000)
    let driver = await Driver(.owner, in: books)
    await driver.press("R", "Booked twice", .enter)
    #expect(driver.message == "ok GJ-2026-000001: reversed by RV-2026-000001.")
    #expect(driver.rows.map { $0[4] } == ["VOID", "VOID"])
    #expect(try await books.balances().values.allSatisfy { $0 == 0 })
    await driver.press("j", "R")
    #expect(driver.message == "! An entry that is reversed can't be reversed.")
  }

  @Test func `an employee's reversal waits for approval`() async throws {
    let books = try await TestBooks.withThreshold()
    try await books.draft(by: .employee)
    let driver = await Driver(.employee, in: books)
    await driver.press("p")
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
    await driver.press("R", "Wrong month", .enter)
    #expect(driver.message.contains("waits for approval"))
  }

  @Test func `a draft is discarded from its own screen, which closes`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .employee)
    let driver = await Driver(.employee, in: books)
    await driver.press(.enter, "D")
    #expect(driver.shows("Discard D-1?"))
    await driver.press("y")
    #expect(driver.path == ["Journal"])
    #expect(driver.message == "ok D-1 is discarded.")
    #expect(try await books.entries().isEmpty)
  }

  @Test func `a draft is submitted, changed and posted from its list`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .employee)
    let driver = await Driver(.employee, in: books)
    await driver.press("e")
    #expect(driver.grid.map { $0[0] } == ["6200 Rent", "1120 Current account"])
    await driver.press(.enter, "Rent of May", .function(2))
    #expect(driver.message == "ok D-1 is kept as a draft.")
    #expect(driver.rows[0][2] == "Rent of May")
    await driver.press("p")
    #expect(driver.message == "ok GJ-2026-000001 is posted.")
  }

  @Test func `changing a draft keeps what the form doesn't show`() async throws {
    let books = try await TestBooks.make()
    var content = books.entry(1_200)
    (content.notes, content.payee, content.tags) = ("For the loft", "Ms Lord", #"[["a","b"]]"#)
    content.lines[0].department = books.department
    content.lines[1].counterparty = "Bank of Kiel"
    let entry = try await books.workspace.perform(CreateEntry(content), as: books.owner).entry
    let driver = await Driver(.owner, in: books)
    await driver.press("e", .enter, "New text", .function(2))
    content.description = "New text"
    let found = try await books.workspace.fetch(EntryToEdit(entry), as: books.owner)
    #expect(found.content == content)
  }

  @Test func `the cursor goes to what was just written`() async throws {
    let books = try await TestBooks.make()
    for amount in [100, 200] as [Int64] { try await books.draft(by: .owner, amount) }
    let driver = await Driver(.owner, in: books)
    await driver.press("j")
    await driver.typeRent()
    await driver.press(.enter, .function(2))
    #expect(driver.table?.cursor == 0 && driver.rows[0][0] == "D-3", "\(driver.lines)")
    await driver.press("j", "e", .enter, "New text", .function(2))
    #expect(driver.table?.cursor == 1 && driver.rows[1][0] == "D-2", "\(driver.rows)")
  }

  @Test func `an entry shows its lines, its way and whose hands it went through`() async throws {
    let books = try await TestBooks.withThreshold()
    await Driver(.employee, in: books).postRent()
    let driver = await Driver(.manager, in: books)
    await driver.press(.enter)
    #expect(driver.path == ["Journal", "D-1"])
    #expect(driver.rows.map { $0[1] } == ["100.00", ""])
    for text in ["Waits for", "a manager", "Emma Employee", "submitted", "pending approval"] {
      #expect(driver.shows(text))
    }
    await driver.press("j", .enter)
    #expect(driver.path == ["Journal", "D-1", "1120 Current account"])
  }
}
