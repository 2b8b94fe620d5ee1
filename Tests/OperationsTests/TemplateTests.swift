import Domain
import Operations
import TestSupport
import Testing

@Suite struct TemplateTests {
  @Test func `an entry becomes a template, and comes back without its day`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(1_200)
    let made = try await books.workspace.perform(
      SaveTemplate("Monthly rent", of: entry), as: books.employee)
    let templates = try await books.workspace.fetch(EntryTemplates(), as: books.manager)
    #expect(templates.map(\.name) == ["Monthly rent"])
    #expect(templates.map(\.id) == [made])
    #expect(templates[0].content.date == TestBooks.today)
    #expect(templates[0].content.lines.map(\.base.minorUnits) == [1_200, -1_200])
    await #expect(throws: Refusal.taken(kind: .template, name: "monthly RENT")) {
      try await books.workspace.perform(SaveTemplate("monthly RENT", of: entry), as: books.owner)
    }
    let record = try #require(try await books.trail(2).last)
    #expect(record.operation == "journal.template.create" && record.resourceName == "Monthly rent")
  }

  @Test func `what lines say beside their amounts is kept, and written again`() async throws {
    let books = try await TestBooks.make()
    var content = books.entry(1_200)
    content.lines[0].department = books.department
    (content.lines[0].project, content.lines[0].counterparty) = ("Loft", "Ms Lord")
    (content.lines[0].reference, content.lines[0].description) = ("B-7", "November")
    content.lines[0].tags = [EntryTag("trip", "Kiel"), EntryTag("rent")].json
    let entry = try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner
    ).entry
    let template = try await books.workspace.perform(
      SaveTemplate("Rent", of: entry), as: books.owner)
    let kept = try #require(
      try await books.workspace.fetch(EntryTemplates(), as: books.owner).first)
    #expect(kept.content.lines == content.lines)
    _ = try await books.workspace.perform(
      CreateSchedule(
        ScheduleContent(
          template, try RecurrenceRule(.weekly, from: TestBooks.today), then: .draft)),
      as: books.owner)
    let written = try #require(try await books.entries().first { $0.type == .recurring })
    let lines = try await books.workspace.fetch(EntryToEdit(written.id), as: books.owner)
      .content.lines
    #expect(lines == content.lines)
  }

  @Test(arguments: ["", "  \t ", String(repeating: "x", count: 101)])
  func `a name is neither empty nor too long`(_ name: String) async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    await #expect(throws: Refusal.nameLength(kind: .template, most: 100)) {
      try await books.workspace.perform(SaveTemplate(name, of: entry), as: books.owner)
    }
    try await books.workspace.perform(SaveTemplate("  Rent ", of: entry), as: books.owner)
    let names = try await books.workspace.fetch(EntryTemplates(), as: books.owner).map(\.name)
    #expect(names == ["Rent"])
  }

  @Test func `one's own template can be removed, others' only by those who manage them`()
    async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.post(100)
    func make(_ name: String, _ role: Role) async throws -> ID<EntryTemplate> {
      try await books.workspace.perform(SaveTemplate(name, of: entry), as: books.principal(role))
    }
    let (own, others) = (try await make("A", .employee), try await make("B", .manager))
    await #expect(throws: Refusal.notPermitted(.recurringManage, .notOwn)) {
      try await books.workspace.perform(RemoveTemplate(others), as: books.employee)
    }
    try await books.workspace.perform(RemoveTemplate(own), as: books.employee)
    try await books.workspace.perform(RemoveTemplate(others), as: books.director)
    #expect(try await books.workspace.fetch(EntryTemplates(), as: books.owner).isEmpty)
    await #expect(throws: Refusal.self) {
      try await books.workspace.perform(SaveTemplate("C", of: entry), as: books.viewer)
    }
  }
}
