import Domain
import Interchange
import Operations
import TestSupport
import Testing

/// What lines say besides account and amount: projects, parties, tags.
@Suite struct DimensionTests {
  private func entry(
    _ books: TestBooks, project: String = "", party: String = "", tags: [EntryTag] = [],
    memo: String = "", text: String = "Rent", department: ID<Department>? = nil
  ) async throws -> ID<Entry> {
    var content = books.entry(1_000, text)
    content.lines[0].department = department
    (content.lines[0].project, content.lines[0].counterparty) = (project, party)
    content.lines[0].tags = tags.json
    content.lines[0].description = memo
    return try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner
    ).entry
  }

  @Test func `what a line says is kept, shown, and on record`() async throws {
    let books = try await TestBooks.make()
    let entry = try await entry(
      books, project: "Loft", party: "Ms Lord", tags: [EntryTag("trip", "Kiel"), EntryTag("rent")])
    let lines = try await books.workspace.fetch(EntryDetail(entry), as: books.viewer).lines
    #expect(lines.map(\.project) == ["Loft", ""])
    #expect(lines.map(\.counterparty) == ["Ms Lord", ""])
    #expect(lines.map(\.tagText) == ["trip:Kiel, rent", ""])
    let created = try #require(
      try await books.trail().first { $0.operation == "journal.create" })
    for text in ["Loft", "Ms Lord", "Kiel"] {
      #expect(created.newValues?.contains(text) == true, "\(text)")
    }
    let kept = try await books.workspace.fetch(EntryToEdit(entry), as: books.owner).content
    #expect(kept.lines[0].project == "Loft" && kept.lines[0].counterparty == "Ms Lord")
  }

  @Test(arguments: [
    ("project:lo", ["Loft"]), ("party:lord", ["Loft"]), ("counterparty:kiel", ["Yard"]),
    ("tag:trip", ["Loft", "Yard"]), ("tag:trip:kiel", ["Loft"]), ("tag:kiel", []),
    ("department:ac", ["Yard"]), ("department:count", ["Yard"]), ("department:shop", []),
    ("department:acc project:loft", []), ("tag:trip project:yard", ["Yard"]),
    ("party:lord project:yard", []), ("lamp", ["Yard"]),
    ("lord", ["Loft"]), ("!lamp", ["Loft", "Plain"]), ("plain", ["Plain"]),
    ("from:2026-11-23 to:2026-11", ["Loft", "Plain", "Yard"]), ("to:2026-10", []),
    ("from:2026-12", []),
  ])
  func `entries are found by what a line says`(_ search: String, _ texts: [String]) async throws {
    let books = try await TestBooks.make()
    _ = try await entry(
      books, project: "Loft", party: "Ms Lord", tags: [EntryTag("trip", "Kiel")], text: "Loft")
    _ = try await entry(
      books, project: "Yard", party: "Bank of Kiel", tags: [EntryTag("trip", "Ulm")],
      memo: "Lamp oil", text: "Yard", department: books.department)
    _ = try await entry(books, text: "Plain")
    let search = EntrySearch(search)
    let found = try await books.workspace.fetch(JournalPage(.all, search), as: books.viewer)
    #expect(found.map(\.description).sorted() == texts)
    let size = try await books.workspace.fetch(JournalSize(.all, search), as: books.viewer)
    #expect(size.entries == texts.count)
  }

  @Test func `a journal takes what lines say along and brings it back`() async throws {
    let workspace = try TestBooks.emptyWorkspace(at: TestBooks.start)
    let first = try await TestBooks.owner(of: "first", in: workspace)
    let written = """
      2026-11-02 Rent  ; whole:
          Expenses:Rent   12.50 USD  ; project:Loft, party:Ms Lord, reference:B-7, trip:Kiel
          Assets:Box
      """
    func lines(_ principal: Principal) async throws -> [EntryDetail.Line] {
      let entry = try #require(
        try await workspace.fetch(JournalPage(), as: principal).first)
      return try await workspace.fetch(EntryDetail(entry.id), as: principal).lines
    }
    try await workspace.perform(
      ImportJournal(
        try HledgerJournal.read(text: written), file: "in", untyped: .asset), as: first)
    let line = try #require(try await lines(first).first { $0.name == "Rent" })
    #expect((line.project, line.counterparty, line.tagText) == ("Loft", "Ms Lord", "trip:Kiel"))
    #expect(line.reference == "B-7")
    let text = HledgerJournal.write(
      try await workspace.perform(ExportJournal(to: "out"), as: first).journal)
    #expect(text.ranges(of: "project:Loft").count == 1, "\(text)")
    #expect(text.contains("whole:"))
    let second = try await TestBooks.owner(of: "second", in: workspace)
    try await workspace.perform(
      ImportJournal(try HledgerJournal.read(text: text), file: "out", untyped: .asset), as: second)
    let again = try #require(try await lines(second).first { $0.name == "Rent" })
    #expect((again.project, again.counterparty, again.tagText) == ("Loft", "Ms Lord", "trip:Kiel"))
    #expect(again.reference == "B-7")
  }

  private static let particulars = LineParticulars(
    taxCode: "V19", tax: Money(minorUnits: 19_00), quantity: LineQuantity(typed: "12.5 kg"))

  private func paint(_ books: TestBooks) async throws -> ID<Entry> {
    var content = books.entry(119_00, "Paint")
    content.lines[0].particulars = Self.particulars
    return try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner
    ).entry
  }

  @Test func `tax and quantity of a line are kept, on record, and taken back`() async throws {
    let books = try await TestBooks.make()
    let entry = try await paint(books)
    let lines = try await books.workspace.fetch(EntryDetail(entry), as: books.viewer).lines
    #expect(lines.map(\.taxCode) == ["V19", ""])
    #expect(lines.map(\.tax?.minorUnits) == [19_00, nil])
    #expect(lines.map(\.quantity?.text) == ["12.5 kg", nil])
    let created = try #require(
      try await books.trail().first { $0.operation == "journal.create" })
    for text in ["V19", "1900", "125", "kg"] {
      #expect(created.newValues?.contains(text) == true, "\(text)")
    }
    guard
      case .posted(let reversal, _) = try await books.workspace.perform(
        ReverseEntry(entry, reason: "Twice."), as: books.owner)
    else {
      Issue.record("not posted")
      return
    }
    let back = try await books.workspace.fetch(EntryDetail(reversal), as: books.viewer).lines
    #expect(back.map(\.tax?.minorUnits) == [-19_00, nil])
    #expect(back.map(\.quantity?.text) == ["-12.5 kg", nil])
  }

  @Test func `a template keeps tax and quantity of a line until its amount is another`()
    async throws
  {
    let books = try await TestBooks.make()
    let template = try await books.workspace.perform(
      SaveTemplate("Paint", of: paint(books)), as: books.owner)
    func kept() async throws -> LineParticulars? {
      try await books.workspace.fetch(EntryTemplates(), as: books.owner).first?
        .content.lines.first?.particulars
    }
    #expect(try await kept() == Self.particulars)
    try await books.workspace.perform(
      SetTemplateAmount(.fixed, Money(minorUnits: 119_00), of: 1, in: template), as: books.owner)
    #expect(try await kept() == Self.particulars)
    try await books.workspace.perform(
      SetTemplateAmount(.fixed, Money(minorUnits: 238_00), of: 1, in: template), as: books.owner)
    #expect(try await kept() == LineParticulars(taxCode: "V19"))
  }

  @Test func `a journal takes tax and quantity along, and leaves what is neither a tag`()
    async throws
  {
    let workspace = try TestBooks.emptyWorkspace(at: TestBooks.start)
    let first = try await TestBooks.owner(of: "first", in: workspace)
    let second = try await TestBooks.owner(of: "second", in: workspace)
    let written = """
      2026-11-02 Paint
          Expenses:Paint   119.00 USD  ; tax-code:V19, tax-amount:19.00, quantity:12.5 kg
          Expenses:Rolls   5.00 USD  ; tax-amount:0.955, quantity:a box
          Assets:Box
      """
    func carry(_ text: String, _ principal: Principal) async throws -> [String: EntryDetail.Line] {
      try await workspace.perform(
        ImportJournal(try HledgerJournal.read(text: text), file: "in", untyped: .asset),
        as: principal)
      let entry = try #require(try await workspace.fetch(JournalPage(), as: principal).first)
      let lines = try await workspace.fetch(EntryDetail(entry.id), as: principal).lines
      return Dictionary(uniqueKeysWithValues: lines.map { ($0.name, $0) })
    }
    func check(_ lines: [String: EntryDetail.Line]) {
      let (paint, rolls) = (lines["Paint"], lines["Rolls"])
      #expect(paint?.taxCode == "V19" && paint?.tax == Money(minorUnits: 19_00))
      #expect(paint?.quantity?.text == "12.5 kg" && paint?.tagText == "")
      #expect(rolls?.tax == nil && rolls?.quantity == nil)
      #expect(rolls?.tagText == "tax-amount:0.955, quantity:a box")
    }
    check(try await carry(written, first))
    let journal = try await workspace.perform(ExportJournal(to: "out"), as: first).journal
    // The comment that they were written in comes along too.
    let text = HledgerJournal.write(journal)
    #expect(text.ranges(of: "tax-code:V19").count == 1, "\(text)")
    check(try await carry(text, second))
  }

  @Test func `a line's department is in the journal by its code, and comes back from it`()
    async throws
  {
    let workspace = try TestBooks.emptyWorkspace(at: TestBooks.start)
    let first = try await TestBooks.owner(of: "first", in: workspace)
    let second = try await TestBooks.owner(of: "second", in: workspace)
    for principal in [first, second] {
      for (code, name) in [("SHP", "Shop"), ("YRD", "Yard")] {
        _ = try await workspace.perform(
          CreateDepartment(DepartmentContent(code: code, name: name)), as: principal)
      }
    }
    let written = """
      2026-11-02 Rent
          Expenses:Rent   12.50 USD  ; department:Shop
          Expenses:Tea   2.50 USD  ; department:Nowhere
          Assets:Box
      """
    func carry(_ text: String, _ principal: Principal) async throws -> [String: EntryDetail.Line] {
      try await workspace.perform(
        ImportJournal(try HledgerJournal.read(text: text), file: "in", untyped: .asset),
        as: principal)
      let entry = try #require(try await workspace.fetch(JournalPage(), as: principal).first)
      let lines = try await workspace.fetch(EntryDetail(entry.id), as: principal).lines
      return Dictionary(uniqueKeysWithValues: lines.map { ($0.name, $0) })
    }
    func check(_ lines: [String: EntryDetail.Line]) {
      #expect(lines["Rent"]?.department == "SHP" && lines["Rent"]?.tagText == "")
      #expect(lines["Tea"]?.department == "" && lines["Tea"]?.tagText == "department:Nowhere")
      #expect(lines["Box"]?.department == "")
    }
    check(try await carry(written, first))
    let journal = try await workspace.perform(ExportJournal(to: "out"), as: first).journal
    let tags = journal.entries.flatMap(\.postings).map(\.tags)
    #expect(
      tags == [
        [ForeignTag(name: "department", value: "SHP")],
        [ForeignTag(name: "department", value: "Nowhere")], [],
      ])
    check(try await carry(HledgerJournal.write(journal), second))
  }

  @Test func `what was typed here is in the journal that other programs read`() async throws {
    let books = try await TestBooks.make()
    _ = try await entry(
      books, project: "Loft", party: "Ms Lord",
      tags: [EntryTag("trip", "Kiel"), EntryTag("cost", "5"), EntryTag("department", "OLD")],
      department: books.department)
    let journal = try await books.workspace.perform(ExportJournal(to: "out"), as: books.owner)
      .journal
    let posting = try #require(journal.entries.first?.postings.first)
    #expect(
      posting.tags == [
        ForeignTag(name: "department", value: "ACC"), ForeignTag(name: "project", value: "Loft"),
        ForeignTag(name: "party", value: "Ms Lord"), ForeignTag(name: "trip", value: "Kiel"),
      ])
  }

  @Test func `a line whose account needs a department is of that of whoever writes`() async throws {
    let books = try await TestBooks.make()
    let rent = try await books.workspace.fetch(
      AccountToEdit(books.account("6200")), as: books.owner)
    var content = rent.content
    content.requiresDepartment = true
    try await books.workspace.perform(
      UpdateAccount(rent.id, content: content, version: rent.version), as: books.owner)
    func department(
      _ named: ID<Department>? = nil, on number: String = "6200", _ day: Day = TestBooks.today,
      as who: Principal? = nil
    ) async throws -> ID<Department>? {
      let facts = try await books.workspace.fetch(EntryFormFacts(), as: who ?? books.employee)
      return facts.department(named, on: facts.accounts.first { $0.number == number }, day)
    }
    #expect(try await department() == books.department)
    #expect(try await department(on: "1120") == nil)
    #expect(try await department(ID(99)) == ID(99))
    #expect(try await department(as: books.owner) == nil)
    let row = try #require(
      try await books.workspace.fetch(Departments(), as: books.owner).first {
        $0.id == books.department
      })
    var ended = row.content
    ended.inactiveFrom = TestBooks.today
    try await books.workspace.perform(
      UpdateDepartment(row.id, content: ended), as: books.owner)
    #expect(try await department() == nil)
    #expect(try await department(on: "6200", TestBooks.today.adding(days: -1)) == books.department)
  }

  @Test func `a line that names none is of the department that its account says`() async throws {
    let books = try await TestBooks.make()
    let shop = try await books.workspace.perform(
      CreateDepartment(DepartmentContent(code: "SHOP", name: "Shop")), as: books.owner)
    for needed in [false, true] {
      let rent = try await books.workspace.fetch(
        AccountToEdit(books.account("6200")), as: books.owner)
      var content = rent.content
      (content.usualDepartment, content.requiresDepartment) = (shop, needed)
      try await books.workspace.perform(
        UpdateAccount(rent.id, content: content, version: rent.version), as: books.owner)
      let facts = try await books.workspace.fetch(EntryFormFacts(), as: books.employee)
      let row = facts.accounts.first { $0.number == "6200" }
      #expect(facts.department(nil, on: row, TestBooks.today) == shop)
      #expect(facts.department(books.department, on: row, TestBooks.today) == books.department)
    }
    // Once that is gone, whoever writes says it again.
    try await books.workspace.perform(RemoveDepartment(shop), as: books.owner)
    let facts = try await books.workspace.fetch(EntryFormFacts(), as: books.employee)
    let row = facts.accounts.first { $0.number == "6200" }
    #expect(facts.department(nil, on: row, TestBooks.today) == books.department)
    let left = try await books.workspace.fetch(
      AccountToEdit(books.account("6200")), as: books.owner)
    #expect(left.content.usualDepartment == nil)
  }

  @Test func `what no column holds is refused with its line`() async throws {
    let books = try await TestBooks.make()
    let fault = EntryFault.line(0, .tooLong(.project, count: 101))
    await #expect(throws: Refusal.faults([fault])) {
      _ = try await entry(books, project: String(repeating: "p", count: 101))
    }
  }
}
