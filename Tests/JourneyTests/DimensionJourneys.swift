import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels

/// Departments, projects, parties and tags of lines, as they are typed and found.
@Suite struct DimensionJourneys {
  @Test func `a line's project, party and tags are asked for apart, and reach the books`()
    async throws
  {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    await driver.press(.enter, .up, .alt("."))
    #expect(driver.path.last == "Line 2", "\(driver.screen)")
    await driver.press(.tab, "Loft", .tab, "Ms Lord", .tab, "two words", .function(10))
    #expect(
      driver.field?.fault == "A tag is a word, or a word and what it says: rent, trip:Kiel.")
    await driver.press(.ctrl("u"), "rent, tax-amount:5", .function(10))
    #expect(driver.field?.fault == "No tag says what has a field of its own.")
    await driver.press(.ctrl("u"), "rent, trip:Kiel", .tab, .tab, "V19, V7", .function(10))
    #expect(driver.field?.fault == "A tax code has no comma, date or line break.")
    await driver.press(.ctrl("u"), .function(10))
    #expect(driver.path.last == "New entry")
    #expect(driver.grid.contains { $0.last == "Loft, Ms Lord, rent, trip:Kiel" })
    await driver.press(.function(2))
    #expect(driver.path.last == "Journal", "\(driver.screen)")
    await driver.press(.enter)
    #expect(
      driver.tables["Lines"]?.columns.map(\.title.english) == [
        "Account", "Debit", "Credit", "Memo", "Project", "Party", "Tags",
      ])
    let rows = driver.tables["Lines"]?.rows.map { $0.cells.map(\.english) } ?? []
    let row = try #require(rows.first { $0[4] == "Loft" }, "\(driver.screen)")
    #expect(row[5] == "Ms Lord" && row[6] == "rent, trip:Kiel")
    await driver.press(.escape, "/", "project:loft tag:trip", .enter)
    #expect(driver.rows.count == 1)
    await driver.press(.escape, "/", "tag:kiel", .enter)
    #expect(driver.rows.isEmpty)
  }

  @Test func `a line's tax and quantity are typed apart, and reach the books`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    await driver.press(.enter, .up, .alt("."), .tab, .tab, .tab, .tab, .tab)
    await driver.press("V19", .tab, "x", .tab, "much", .function(10))
    #expect(driver.path.last == "Line 2", "\(driver.screen)")
    #expect(driver.form?.fields[6].fault != nil)
    #expect(
      driver.form?.fields[7].fault
        == "A quantity is a number, and its unit where it has one: 12.5 kg.")
    await driver.press(.ctrl("u"), "19", .tab, .ctrl("u"), "12,50 kg", .function(10))
    #expect(driver.path.last == "New entry", "\(driver.screen)")
    #expect(driver.grid.contains { $0.last == "V19 19.00, 12.5 kg" }, "\(driver.screen)")
    await driver.press(.function(2), .enter)
    #expect(
      driver.tables["Lines"]?.columns.map(\.title.english) == [
        "Account", "Debit", "Credit", "Memo", "Tax", "Quantity",
      ])
    let rows = driver.tables["Lines"]?.rows.map { $0.cells.map(\.english) } ?? []
    #expect(rows.contains { $0[4] == "V19 19.00" && $0[5] == "12.5 kg" }, "\(driver.screen)")
    let entry = try #require(try await books.entries().first)
    let kept = try await books.workspace.fetch(EntryToEdit(entry.id), as: books.owner).content
    #expect(
      kept.lines.map(\.particulars).contains(
        LineParticulars(
          taxCode: "V19", tax: Money(minorUnits: 19_00), quantity: LineQuantity(typed: "12.5 kg"))))
  }

  @Test func `one payment settles two invoices, each by the reference of its line`() async throws {
    let books = try await TestBooks.make()
    for (reference, amount) in [("I-1", 60_00), ("I-2", 30_00)] {
      var invoice = books.entry(Int64(amount), debit: "1210", credit: "4100")
      (invoice.payee, invoice.reference) = ("Acme", reference)
      _ = try await books.workspace.perform(CreateEntry(invoice, then: .post), as: books.owner)
    }
    let driver = await Driver(.owner, in: books)
    await driver.press("n", .enter, "Paid", .alt("."))
    #expect(driver.form?.fields.map(\.label) == ["Payee", "Notes"], "\(driver.screen)")
    await driver.press("Acme", .tab, "For both", .function(10))
    #expect(driver.shows("More: Acme, For both"), "\(driver.screen)")
    await driver.press(.enter, "1120", .enter, "90", .enter)
    for amount: Stroke in ["60", "30"] { await driver.press("1210", .enter, amount, .enter) }
    for reference: Stroke in ["I-2", "I-1"] {
      await driver.press(.up, .alt("."), .tab, .tab, .tab, .tab, reference, .function(10))
    }
    #expect(driver.grid.map(\.last) == ["", "I-1", "I-2", ""], "\(driver.screen)")
    await driver.press(.function(10))
    #expect(driver.message == "ok GJ-2026-000003 is posted.", "\(driver.screen)")
    let entry = try #require(try await books.entries().first)
    let detail = try await books.workspace.fetch(EntryDetail(entry.id), as: books.owner)
    #expect(detail.payee == "Acme" && detail.notes == "For both")
    #expect(detail.lines.map(\.reference) == ["", "I-1", "I-2"])
    let open = try await books.workspace.fetch(
      OpenItems(books.account("1210"), asOf: TestBooks.today), as: books.owner)
    #expect(open.items.isEmpty && open.isProved)
  }

  @Test func `a draft's payee and notes are changed apart, and notes keep their lines else`()
    async throws
  {
    let books = try await TestBooks.make()
    var content = books.entry(1_200)
    (content.payee, content.notes) = ("Acme", "First\nsecond")
    let entry = try await books.workspace.perform(CreateEntry(content), as: books.owner).entry
    let driver = await Driver(.owner, in: books)
    await driver.press("e", .function(6), .ctrl("u"), "Bolt", .function(10))
    #expect(driver.navigator.top?.unsaved != nil)
    await driver.press(.function(2))
    content.payee = "Bolt"
    let found = try await books.workspace.fetch(EntryToEdit(entry), as: books.owner)
    #expect(found.content == content)
  }

  @Test func `they stay while something else of the draft is changed, and can be undone`()
    async throws
  {
    let books = try await TestBooks.make()
    var content = books.entry(1_200)
    (content.lines[0].project, content.lines[0].tags) = ("Loft", #"[["*",""],["rent",""]]"#)
    let entry = try await books.workspace.perform(CreateEntry(content), as: books.owner).entry
    let driver = await Driver(.owner, in: books)
    await driver.press("e", .enter, "New text", .enter, .alt("."), .tab, .ctrl("u"), "Yard")
    await driver.press(.function(10), .alt("u"), .function(2))
    content.description = "New text"
    let found = try await books.workspace.fetch(EntryToEdit(entry), as: books.owner)
    #expect(found.content == content)
  }

  @Test func `a tag that an import gave a line stays beside one that is typed`() async throws {
    let books = try await TestBooks.make()
    var content = books.entry(1_200)
    content.lines[0].tags = #"[["department","OLD"],["rent",""]]"#
    let entry = try await books.workspace.perform(CreateEntry(content), as: books.owner).entry
    let driver = await Driver(.owner, in: books)
    await driver.press("e", .enter, "New text", .enter, .alt("."), .tab, .tab, .tab)
    await driver.press(.ctrl("u"), "department:OLD, trip:Kiel, quantity:much", .function(10))
    #expect(driver.field?.fault == "No tag says what has a field of its own.")
    await driver.press(.ctrl("u"), "department:OLD, trip:Kiel", .function(10), .function(2))
    let found = try await books.workspace.fetch(EntryToEdit(entry), as: books.owner)
    #expect(
      [EntryTag](json: found.content.lines[0].tags)
        == [EntryTag("department", "OLD"), EntryTag("trip", "Kiel")], "\(driver.screen)")
  }

  @Test func `an account that needs a department is posted by hand once its line has one`()
    async throws
  {
    let books = try await TestBooks.make()
    let rent = try await books.workspace.fetch(
      AccountToEdit(books.account("6200")), as: books.owner)
    var content = rent.content
    content.requiresDepartment = true
    try await books.workspace.perform(
      UpdateAccount(rent.id, content: content, version: rent.version), as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.postRent()
    #expect(driver.field?.fault?.english == "Line 1: 6200 Rent needs a department.")
    await driver.press(.function(6), "count")
    #expect(driver.form?.choices?.choices.map(\.text.english) == ["ACC Accounting"])
    await driver.press(.tab)
    #expect(driver.form?.fields[0].text == "ACC Accounting", "\(driver.screen)")
    await driver.press(.function(10))
    #expect(driver.grid.map(\.last) == ["ACC", ""], "\(driver.screen)")
    await driver.press(.function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    await driver.press(.enter)
    #expect(
      driver.tables["Lines"]?.columns.map(\.title.english) == [
        "Account", "Debit", "Credit", "Memo", "Department",
      ])
    let entry = try #require(try await books.entries().first)
    let detail = try await books.workspace.fetch(EntryDetail(entry.id), as: books.owner)
    #expect(detail.lines.map(\.department) == ["ACC", ""])
    await driver.press(.escape, "/", "department:acc", .enter)
    #expect(driver.rows.count == 1)
    await driver.press(.escape, "/", "department:shop", .enter)
    #expect(driver.rows.isEmpty)
  }

  @Test func `a line that needs a department shows that of whoever writes, before it is posted`()
    async throws
  {
    let books = try await TestBooks.make()
    let rent = try await books.workspace.fetch(
      AccountToEdit(books.account("6200")), as: books.owner)
    var content = rent.content
    content.requiresDepartment = true
    try await books.workspace.perform(
      UpdateAccount(rent.id, content: content, version: rent.version), as: books.owner)
    let driver = await Driver(.employee, in: books)
    await driver.typeRent()
    #expect(driver.grid.first?.last == "ACC", "\(driver.screen)")
    await driver.press(.function(10))
    #expect(driver.message == "ok GJ-2026-000001 is posted.", "\(driver.screen)")
    let entry = try #require(try await books.entries().first)
    let detail = try await books.workspace.fetch(EntryDetail(entry.id), as: books.owner)
    #expect(detail.lines.map(\.department) == ["ACC", ""])
  }

  @Test func `a line shows the department that the form of its account says`() async throws {
    let books = try await TestBooks.make()
    let driver = await Driver(.owner, in: books)
    await driver.press("3", "/", "6200", .enter, "e")
    for _ in 0..<11 { await driver.press(.tab) }
    await driver.press("nowhere", .function(10))
    #expect(driver.field?.fault?.english == "There is no department nowhere in this business.")
    await driver.press(.ctrl("u"), "acc", .tab)
    #expect(driver.form?.fields[11].text == "ACC Accounting", "\(driver.screen)")
    await driver.press(.function(10))
    #expect(driver.message == "ok 6200 Rent is saved.", "\(driver.screen)")
    await driver.press("2")
    await driver.typeRent()
    #expect(driver.grid.first?.last == "ACC", "\(driver.screen)")
  }

  @Test func `a line's usual department can be taken off, and isn't put on a draft without one`()
    async throws
  {
    let books = try await TestBooks.make()
    let rent = try await books.workspace.fetch(
      AccountToEdit(books.account("6200")), as: books.owner)
    var content = rent.content
    content.usualDepartment = books.department
    try await books.workspace.perform(
      UpdateAccount(rent.id, content: content, version: rent.version), as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.typeRent()
    #expect(driver.grid.first?.last == "ACC", "\(driver.screen)")
    await driver.press(.up, .function(6))
    #expect(driver.form?.fields[0].text == "ACC Accounting", "\(driver.screen)")
    await driver.press(.ctrl("u"), .function(10))
    #expect(driver.grid.first?.count == 4, "\(driver.screen)")
    await driver.press(.down, "=", .function(2))
    await driver.press("e")
    #expect(driver.grid.first?.count == 4, "\(driver.screen)")
    let entry = try #require(try await books.entries().first, "\(driver.screen)")
    let detail = try await books.workspace.fetch(EntryDetail(entry.id), as: books.owner)
    #expect(detail.lines.map(\.department) == ["", ""])
  }

  @Test func `a department that isn't there, or not on that day, is told beside the field`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.workspace.perform(
      CreateDepartment(
        DepartmentContent(code: "OLD", name: "Old shop", inactiveFrom: Day("2026-11-23"))),
      as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.typeRent()
    await driver.press(.enter, .up, .alt("."), "OLD", .tab, "Loft", .function(10))
    #expect(
      driver.field?.fault?.english
        == "Line 2: OLD Old shop is not in use any more on this date.")
    await driver.press(.ctrl("u"), "Nowhere", .function(10))
    #expect(driver.field?.fault?.english == "There is no department Nowhere in this business.")
    await driver.press(.ctrl("u"), "accounting", .function(10))
    #expect(driver.grid.map(\.last).contains("ACC, Loft"), "\(driver.screen)")
  }

  @Test func `whoever types a whole code gets that department, not one that holds it`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.workspace.perform(
      CreateDepartment(DepartmentContent(code: "CC", name: "Call centre")), as: books.owner)
    let driver = await Driver(.owner, in: books)
    await driver.typeRent()
    await driver.press(.alt("."), "cc", .tab)
    #expect(driver.form?.fields[0].text == "CC Call centre")
    await driver.press(.backTab, .ctrl("u"), .function(10))
    #expect(driver.path.last == "New entry" && !driver.grid.contains { $0.count > 4 })
  }
}
