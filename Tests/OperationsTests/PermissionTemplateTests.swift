import Domain
import Operations
import Store
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

  /// Who may, of all roles.
  private func holders(
    of permission: Permission, among roles: [Role], _ books: TestBooks
  ) async throws -> [Role] {
    var holders: [Role] = []
    for role in roles {
      let answer = try await books.workspace.fetch(
        ExplainAccess(permission, of: books.principal(role).user), as: books.owner)
      if answer.decision.isAllowed { holders.append(role) }
    }
    return holders
  }

  private func inInstance(_ statement: StaticString, _ books: TestBooks) async throws {
    try await books.store.change(in: Business.instance, as: .system) {
      try $0.execute(statement)
    }
  }

  @Test func `what a role is allowed those above it have, where the link passes it on`()
    async throws
  {
    let books = try await TestBooks.make()
    let template = try await create(books, "Close", [.init(.allow, "period.open")])
    try await assign(template, to: .role(.employee), books)
    let roles: [Role] = [.manager, .employee, .viewer]
    #expect(try await holders(of: .periodOpen, among: roles, books) == [.manager, .employee])
    try await inInstance(
      """
      UPDATE role_hierarchies SET inherit_permissions = 0
      WHERE business_id = :business AND child_role = 'employee'
      """, books)
    #expect(try await holders(of: .periodOpen, among: roles, books) == [.employee])
  }

  @Test func `what a role is forbidden those below it are too, where the link passes it on`()
    async throws
  {
    let books = try await TestBooks.make()
    let template = try await create(books, "Shut", [.init(.deny, "journal.create")])
    try await assign(template, to: .role(.manager), books)
    let roles: [Role] = [.director, .manager, .employee]
    #expect(try await holders(of: .journalCreate, among: roles, books) == [.director])
    try await inInstance(
      """
      UPDATE role_hierarchies SET inherit_restrictions = 0
      WHERE business_id = :business AND child_role = 'employee'
      """, books)
    #expect(try await holders(of: .journalCreate, among: roles, books) == [.director, .employee])
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
      try await assign(shut, to: .user(books.owner.user), books, as: books.director)
    }
  }

  @Test(
    arguments: [
      (AssignTemplate.Party.role(.director), Grant.Effect.allow, true),
      (.role(.director), .deny, true),
      (.role(.owner), .deny, true), (.role(.owner), .allow, false),
      (.role(.employee), .allow, false), (.role(.employee), .deny, false),
    ])
  func `nobody gives, changes or takes back what binds them by their role or one above`(
    _ party: AssignTemplate.Party, _ effect: Grant.Effect, _ binds: Bool
  ) async throws {
    let books = try await TestBooks.make()
    try await expect(binds, party, effect, books)
  }

  @Test func `nor by their department, but what those above and below it have they manage`()
    async throws
  {
    let books = try await TestBooks.make()
    let above = try await books.department("FIN", under: nil)
    let own = try await books.department("TRE", under: above)
    let below = try await books.department("CSH", under: own)
    let member = try #require(
      try await books.workspace.fetch(Members(), as: books.owner)
        .first { $0.user == books.director.user })
    try await books.workspace.perform(PlaceMember(member.id, in: own), as: books.owner)
    _ = try await books.workspace.perform(
      Appoint(books.director.user, to: DepartmentPost(.head), in: above), as: books.owner)
    for (department, binds) in [(above, false), (below, false), (own, true)] {
      try await expect(binds, .department(department), .deny, books)
    }
  }

  /// Whether each of what a director could do about a template that `party` has is refused them, and
  /// it is because it counts for them that it is.
  private func expect(
    _ binds: Bool, _ party: AssignTemplate.Party, _ effect: Grant.Effect, _ books: TestBooks
  ) async throws {
    func refused(_ act: () async throws -> Void) async throws -> Bool {
      do {
        try await act()
        return false
      } catch Refusal.access(.ownRights) { return true }
    }
    let content = TemplateContent("Clerk \(party)", items: [.init(effect, "journal.create")])
    let template = try await create(books, content.name, content.items)
    #expect(
      try await refused { try await assign(template, to: party, books, as: books.director) }
        == binds, "giving")
    if binds { try await give(template, to: party, books) }
    let assignment = try #require(
      try await books.workspace.fetch(TemplateAssignments(), as: books.owner).last
    ).id
    let counts = try await books.workspace.fetch(WhatCan(books.director.user), as: books.director)
      .contains { row in row.permission == .journalCreate && !row.decision.isAllowed }
    if effect == .deny { #expect(counts == binds, "as the resolver has it") }
    #expect(
      try await refused {
        try await books.workspace.perform(
          UpdatePermissionTemplate(
            template,
            content: TemplateContent(content.name, items: [.init(effect, "journal.void")]),
            version: 1), as: books.director)
      } == binds, "changing")
    #expect(
      try await refused {
        try await books.workspace.perform(
          UnassignTemplate(assignment, reason: "Over"), as: books.director)
      } == binds, "taking back")
  }

  /// As nobody could who is bound by it.
  private func give(
    _ template: ID<PermissionTemplate>, to party: AssignTemplate.Party, _ books: TestBooks
  ) async throws {
    let (giver, now) = (books.owner.user, books.clock.now)
    let (role, department): (Role?, ID<Department>?) =
      switch party {
      case .user: (nil, nil)
      case .role(let role): (role, nil)
      case .department(let department): (nil, department)
      }
    try await books.workspace.store.change(in: books.business, as: .system) { change in
      try change.execute(
        """
        INSERT INTO template_assignments (business_id, template_id, role, department_id, starts_at,
          granted_by, reason, created_at)
        VALUES (:business, :template, :role, :department, :now, :giver, 'Cover', :now)
        """,
        ["template": template, "role": role, "department": department, "now": now, "giver": giver])
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
}
