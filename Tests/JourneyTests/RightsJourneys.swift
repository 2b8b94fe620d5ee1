import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

/// Sets of rights, groups, conflicting duties and emergencies, from the list of people.
@Suite struct RightsJourneys {
  private func people(
    _ role: Domain.Role = .owner, in books: TestBooks? = nil
  ) async throws -> (TestBooks, Driver) {
    let made: TestBooks
    if let books { made = books } else { made = try await TestBooks.make() }
    let driver = await Driver(role, in: made, size: Size(columns: 120, rows: 40))
    await driver.press("8")
    return (made, driver)
  }

  private func templates(_ books: TestBooks) async throws -> [PermissionTemplates.Row] {
    try await books.workspace.fetch(PermissionTemplates(), as: books.owner)
  }

  @Test func `a set of rights is made, with what narrows it`() async throws {
    let (books, driver) = try await people()
    await driver.press("T")
    #expect(driver.shows("There is no set of rights."))
    await driver.press("n", "Bank clerk", .tab, "While Max is away", .tab)
    await driver.press("journal.approve journal.read", .tab, "import.run", .tab, "500", .tab)
    await driver.press(.tab, "1110, 1120", .tab, "amount<900", .function(10))
    #expect(driver.form?.fields[7].fault?.english.hasPrefix("amount<900 is no condition.") == true)
    await driver.press(.ctrl("u"), "amount<=900 days:mon-tue", .tab, .function(10))
    #expect(driver.message == "ok Bank clerk is there. Nobody has it yet.")
    let content = try #require(try await templates(books).first).content
    let conditions =
      #"{"accounts":[\#(books.account("1110").value),\#(books.account("1120").value)],"#
      + #""amount_max":90000,"weekdays":[1,2]}"#
    let limit = Money(minorUnits: 50_000)
    #expect(
      content
        == TemplateContent(
          "Bank clerk", description: "While Max is away",
          items: [
            .init(.allow, "journal.approve", limit: limit, conditions: conditions),
            .init(.allow, "journal.read", limit: limit, conditions: conditions),
            .init(.deny, "import.run", conditions: conditions),
          ]))
    #expect(driver.shows("journal.approve, journal.read"))
  }

  @Test func `what narrows a set of rights outlives a change, and is changed`() async throws {
    let books = try await TestBooks.make()
    let items: [TemplateContent.Item] = [
      .init(.allow, "journal.read", conditions: #"{"weekdays":[1,2]}"#),
      .init(.allow, "audit.*", limit: Money(minorUnits: 100)),
    ]
    try await books.workspace.perform(
      CreatePermissionTemplate(TemplateContent("Clerk", items: items)), as: books.owner)
    let (_, driver) = try await people(in: books)
    await driver.press("T", "e", .tab, .tab, .end, " report.*", .function(10))
    #expect(driver.message == "ok Clerk is saved.")
    var found = try #require(try await templates(books).first).content.items
    #expect(found.prefix(2) == items[...])
    #expect(found.map(\.pattern) == ["journal.read", "audit.*", "report.*"])
    await driver.press("e", .backTab, .ctrl("u"), "no", .backTab)
    #expect(driver.field?.text == "days:mon,tue")
    await driver.press(.end, " own", .function(10))
    let row = try #require(try await templates(books).first)
    found = row.content.items
    #expect(found[0].conditions == #"{"own_only":true,"weekdays":[1,2]}"#)
    #expect(!row.content.isInUse && driver.rows[0].contains("no"))
  }

  @Test func `what won't do in a set of rights is said beside its field`() async throws {
    let (books, driver) = try await people(.director)
    await driver.press("T", "n", "Clerk", .function(10))
    #expect(driver.form?.fields[2].fault == "A template gives or forbids something. Say what.")
    await driver.press("business.archive", .function(10))
    #expect(driver.form?.fields[2].fault?.english.hasPrefix("You can't give what you") == true)
    await driver.press(.ctrl("u"), "journal.read", .tab, "journal.fly", .function(10))
    #expect(driver.form?.fields[3].fault?.english.hasPrefix("journal.fly is no") == true)
    #expect(try await templates(books).isEmpty)
  }

  @Test func `a set of rights is given to a person, a role and a department, and taken back`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.workspace.perform(
      CreatePermissionTemplate(
        TemplateContent("Clerk", items: [.init(.allow, "journal.create")])), as: books.owner)
    let (_, driver) = try await people(in: books)
    await driver.press("T", .enter)
    #expect(driver.path == ["People", "Templates", "Clerk"] && driver.shows("Nobody has it."))
    for whom in ["Vera Viewer", "viewer", "ACC"] {
      await driver.press("n", Stroke(stringLiteral: whom), .tab, .tab, "2026-12-24", .tab)
      await driver.press("Year end", .function(10))
      #expect(driver.message.hasPrefix("ok \(whom)"), "\(driver.message)")
    }
    #expect(
      driver.rows.map(\.[0]) == [
        "Vera Viewer", "everybody who is viewer", "everybody in ACC",
      ])
    await driver.press("n", "Olive Owner", .tab, .tab, .tab, "Myself", .function(10))
    #expect(driver.form?.fields[0].fault?.english.hasPrefix("Nobody changes rights") == true)
    await driver.press(.escape, "y", "D", "Over now", .enter)
    #expect(driver.message == "ok Clerk is taken back from Vera Viewer.")
    let left = try await books.workspace.fetch(TemplateAssignments(), as: books.owner)
    #expect(left.map(\.partyKind) == ["role", "department"])
    await driver.press(.escape)
    #expect(driver.rows.map { $0.contains("2") } == [true])
  }

  @Test func `somebody is put into a group, and taken out`() async throws {
    let (books, driver) = try await people()
    await driver.press("M", "n", "payroll", .tab, "Emma", .enter)
    #expect(driver.message == "ok Emma Employee is in payroll now.")
    await driver.press("n", .tab, "Emma Employee", .function(10))
    #expect(driver.form?.fields[1].fault != nil, "they are in it already")
    await driver.press(.ctrl("u"), "Max Manager", .function(10))
    let groups = try await books.workspace.fetch(Groups(), as: books.owner)
    #expect(groups.map(\.user) == [books.employee.user, books.manager.user])
    await driver.press("D", "y")
    #expect(driver.message == "ok Emma Employee is in payroll no more.")
    #expect(driver.rows.map { $0[1] } == ["Max Manager"])
    let (_, manager) = try await people(.manager, in: books)
    await manager.press("M")
    #expect(manager.path == ["People"])
  }

  @Test func `a conflict is waived until a day, and the waiver taken back`() async throws {
    let (books, driver) = try await people()
    await driver.press("S", "a")
    #expect(driver.message.contains("Nobody changes rights of their own"))
    await driver.press("/", "Max", .enter, "a", "2026-12-24", .tab, "Two of us only")
    await driver.press(.function(10))
    #expect(driver.message == "ok It is waived for Max Manager until 2026-12-24 23:59.")
    func waivers() async throws -> [DutyConflicts.Waiver] {
      try await books.workspace.fetch(DutyConflicts(), as: books.owner).compactMap(\.waiver)
    }
    #expect(try await waivers().map(\.reason) == ["Two of us only"])
    await driver.press("a")
    #expect(driver.message.contains("It is waived until 2026-12-24 23:59."))
    await driver.press("D", "Three of us now", .enter)
    #expect(try await waivers().isEmpty)
    let (_, viewer) = try await people(.viewer, in: books)
    await viewer.press("S")
    #expect(viewer.shows("What helps") && !viewer.actionIDs.contains("conflict.waive"))
  }

  @Test func `limits are lifted for a while, and another owner says what they found`()
    async throws
  {
    let (books, driver) = try await people()
    await driver.press("X", "n", "61", .tab, "Payroll must go out", .function(10))
    #expect(driver.form?.fields[0].fault?.english.hasPrefix("An emergency lasts") == true)
    await driver.press(.ctrl("u"), "30", .function(10))
    #expect(driver.message.hasSuffix("lift limits and separate duties for 30 minutes: done."))
    #expect(driver.shows("in force"))
    driver.send(.booksChanged)
    await driver.settle()
    let end = books.clock.now.adding(seconds: 30 * 60).clock.prefix(5)
    #expect(driver.lines[0].contains("LIMITS LIFTED to \(end)"), "\(driver.lines[0])")
    await driver.press("a")
    #expect(driver.message.contains("Somebody else looks at your own."))
    _ = try await books.person("Otto Owner", .owner)
    let other = await Driver(books.workspace)
    await other.press("otto@books.example", .enter, "\(TestBooks.password)", .enter, "8")
    await other.press("X", "D")
    #expect(other.message.contains("Only who lifted limits ends that themselves."))
    books.clock.advance(seconds: 60)
    await driver.press("D")
    #expect(driver.message == "ok Limits and separate duties bind you again.")
    driver.send(.booksChanged)
    await driver.settle()
    #expect(!driver.lines[0].contains("LIFTED"))
    await driver.press("D")
    #expect(driver.message.contains("It is over"))
    await other.press("r", "a", "Two entries, both in order", .enter)
    #expect(other.message == "ok The emergency of Olive Owner has been looked at.")
    let found = try await books.workspace.fetch(Emergencies(), as: books.owner)
    #expect(found.map(\.review) == ["Two entries, both in order"])
    await other.press("a")
    #expect(other.message.contains("Somebody has looked at it already"))
  }

  @Test func `whoever approves in an emergency reads what that lifts`() async throws {
    let books = try await TestBooks.make()
    let own = CreateEntry(books.entry(200_000), then: .submit)
    _ = try await books.workspace.perform(own, as: books.owner)
    let before = await Driver(.owner, in: books, size: Size(columns: 120, rows: 40))
    await before.press("a")
    #expect(before.question == nil)
    #expect(before.message.contains("You created it"), "\(before.screen)")
    _ = try await books.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: 30), reason: "Payroll must go out"),
      as: books.owner)
    let driver = await Driver(.owner, in: books, size: Size(columns: 120, rows: 40))
    await driver.press("a")
    #expect(driver.question?.hasPrefix("Rent\nlifted in an emergency: ") == true)
  }

  @Test func `a director asks an owner to let them lift limits`() async throws {
    let (_, driver) = try await people(.director)
    await driver.press("X", "n", .tab, "The bank is closing", .function(10))
    #expect(driver.message.contains("it can be confirmed by Olive Owner."))
    #expect(driver.shows("Nobody has lifted limits in an emergency."))
    await driver.press(.escape, "o", .enter)
    #expect(driver.question?.hasSuffix("Their reason: The bank is closing") == true)
    let (_, manager) = try await people(.manager)
    await manager.press("X")
    #expect(manager.path == ["People"])
  }
}
