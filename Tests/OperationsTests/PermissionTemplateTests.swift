import Domain
import Operations
import TestSupport
import Testing

/// Sets of rights that are given together, and groups that lists name.
@Suite struct PermissionTemplateTests {
  private func create(
    _ books: TestBooks, _ name: String, _ items: [TemplateContent.Item],
    as who: Principal? = nil
  ) async throws -> ID<PermissionTemplate> {
    try await books.workspace.perform(
      CreatePermissionTemplate(TemplateContent(name, items: items)), as: who ?? books.owner)
  }

  @discardableResult
  private func assign(
    _ template: ID<PermissionTemplate>, to party: AssignTemplate.Party, _ books: TestBooks,
    as who: Principal? = nil
  ) async throws -> ID<TemplateAssignment> {
    try await books.workspace.perform(
      AssignTemplate(template, to: party, reason: "Cover"), as: who ?? books.owner)
  }

  private func enters(_ who: Principal, _ books: TestBooks) async -> Bool {
    await (try? books.workspace.perform(CreateEntry(books.entry(1)), as: who)) != nil
  }

  @Test func `a template gives its rights while somebody has it, and is in use`() async throws {
    let books = try await TestBooks.make()
    let template = try await create(books, "Clerk", [.init(.allow, "journal.create")])
    #expect(await !enters(books.viewer, books))
    let assignment = try await assign(template, to: .role(.viewer), books)
    #expect(await enters(books.viewer, books))
    let row = try #require(
      try await books.workspace.fetch(PermissionTemplates(), as: books.owner).first)
    #expect(row.assignments == 1 && row.content.items == [.init(.allow, "journal.create")])
    func update(_ version: Int, _ adjust: (inout TemplateContent) -> Void) async throws {
      var content = row.content
      adjust(&content)
      try await books.workspace.perform(
        UpdatePermissionTemplate(template, content: content, version: version), as: books.owner)
    }
    try await update(1) { $0.isInUse = false }
    #expect(await !enters(books.viewer, books))
    await #expect(throws: Refusal.changedMeanwhile) { try await update(1) { $0.name = "X" } }
    try await update(2) { $0.name = "Clerks" }
    #expect(await enters(books.viewer, books))
    try await books.workspace.perform(
      UnassignTemplate(assignment, reason: "Over"), as: books.owner)
    #expect(await !enters(books.viewer, books))
    #expect(try await books.workspace.fetch(TemplateAssignments(), as: books.owner).isEmpty)
  }

  @Test func `nobody gives by template what they don't hold, or to themselves`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.access(.notHeld(.businessArchive))) {
      try await create(books, "All", [.init(.allow, "business.archive")], as: books.director)
    }
    let template = try await create(
      books, "Clerk", [.init(.allow, "journal.create")], as: books.director)
    await #expect(throws: Refusal.access(.ownRights)) {
      try await assign(template, to: .user(books.owner.user), books)
    }
    await #expect(throws: Refusal.access(.ownRights)) {
      try await assign(template, to: .role(.owner), books)
    }
    await #expect(throws: Refusal.notPermitted(.permissionManage, .reserved(.notOneself))) {
      try await assign(template, to: .user(books.director.user), books, as: books.director)
    }
    await #expect(throws: Refusal.notPermitted(.permissionManage, .noGrant(.manager))) {
      try await assign(template, to: .role(.viewer), books, as: books.manager)
    }
    try await assign(template, to: .user(books.director.user), books)
    await #expect(throws: Refusal.access(.ownRights)) {
      let more = TemplateContent("Clerk", items: [.init(.allow, "journal.*")])
      try await books.workspace.perform(
        UpdatePermissionTemplate(template, content: more, version: 1), as: books.director)
    }
    let shut = try await create(books, "Shut", [.init(.deny, "*")], as: books.director)
    await #expect(throws: Refusal.access(.nobodyInCharge)) {
      try await assign(shut, to: .role(.owner), books, as: books.director)
    }
  }

  @Test func `a template that makes no sense is refused`() async throws {
    let books = try await TestBooks.make()
    let tries: [(Refusal, [TemplateContent.Item])] = [
      (.access(.emptyTemplate), []),
      (.access(.unknownPermission("journal.fly")), [.init(.allow, "journal.fly")]),
      (.access(.unknownCondition), [.init(.allow, "journal.read", conditions: "{\"a\":1}")]),
      (
        .access(.limitedDenial),
        [.init(.deny, "journal.approve", limit: Money(minorUnits: 1))]
      ),
    ]
    for (refusal, items) in tries {
      await #expect(throws: refusal) { try await create(books, "Clerk", items) }
    }
    _ = try await create(books, "Clerk", [.init(.allow, "journal.read")])
    await #expect(throws: Refusal.taken(kind: .permissionTemplate, name: "clerk")) {
      try await create(books, "clerk", [.init(.allow, "journal.read")])
    }
  }

  @Test func `what a list gives a group its members have`() async throws {
    let books = try await TestBooks.make()
    let thing = Thing(.account, books.account("6200").value)
    _ = try await books.workspace.perform(
      AddToList(NewListRow(.group("payroll"), .admin, of: thing, reason: "Pay")),
      as: books.owner)
    #expect(await !enters(books.employee, books))
    _ = try await books.workspace.perform(
      AddToGroup(books.employee.user, to: "payroll"), as: books.owner)
    #expect(await enters(books.employee, books))
    #expect(
      try await books.workspace.fetch(Groups(), as: books.owner).map(\.member) == ["Emma Employee"])
    await #expect(throws: Refusal.taken(kind: .group, name: "payroll")) {
      try await books.workspace.perform(
        AddToGroup(books.employee.user, to: "payroll"), as: books.owner)
    }
    // Whoever isn't on the list themselves puts nobody on it by way of a group.
    await #expect(throws: Refusal.access(.notHeld(.permissionManage))) {
      try await books.workspace.perform(
        AddToGroup(books.viewer.user, to: "payroll"), as: books.director)
    }
    await #expect(throws: Refusal.access(.ownRights)) {
      try await books.workspace.perform(
        AddToGroup(books.owner.user, to: "payroll"), as: books.owner)
    }
    _ = try await books.workspace.perform(
      RemoveFromGroup(books.employee.user, from: "payroll"), as: books.owner)
    #expect(await !enters(books.employee, books))
    let record = try #require(try await books.trail(3).first { $0.event == .permissionChange })
    #expect(record.newValues == #"{"group":"payroll","left":"Emma Employee"}"#)
  }

  @Test func `what narrows a grant is written over conditions, and leaves the rest of them`() {
    var narrowing = GrantScope()
    #expect(narrowing.json() == "{}")
    (narrowing.accounts, narrowing.amountAtMost) = ([ID(7), ID(3)], Money(minorUnits: 900))
    (narrowing.departments, narrowing.isOwnOnly) = ([ID(5)], true)
    let json = narrowing.json(over: #"{"hours":[8,18],"own_only":false}"#)
    #expect(
      json
        == #"{"accounts":[3,7],"amount_max":900,"departments":[5],"hours":[8,18],"own_only":true}"#)
    #expect(Conditions(json: json).map(GrantScope.init(in:)) == narrowing)
    #expect(GrantScope().json(over: json) == #"{"hours":[8,18]}"#)
  }
}
