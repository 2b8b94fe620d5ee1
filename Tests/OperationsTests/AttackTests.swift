import Domain
import Operations
import Store
import TestSupport
import Testing

/// Ways in that aren't ways in, and what each leaves on record (RELIABILITY §3).
@Suite struct AttackTests {
  /// Tries to write and to look as `principal`, and gives the codes on record for both.
  private func codes(of principal: Principal, in books: TestBooks) async throws -> [String?] {
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.perform(CreateEntry(books.entry(100)), as: principal)
    }
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.fetch(JournalPage(limit: 1), as: principal)
    }
    let lobby = try await books.workspace.signIn(
      email: "owner@books.example", password: TestBooks.password, from: TestBooks.origin)
    let owner = try await books.workspace.enter(books.business, as: lobby)
    let trail = try await books.workspace.fetch(AuditPage(limit: 3), as: owner)
    #expect(trail.dropFirst().allSatisfy { $0.outcome == .failure })
    #expect(try await books.entries(as: owner).isEmpty)
    return trail.dropFirst().map(\.errorCode)
  }

  @Test func `a forged token`() async throws {
    let books = try await TestBooks.make()
    let forged = Principal(
      user: books.owner.user, business: books.business,
      token: String(books.owner.token.reversed()), origin: TestBooks.origin)
    #expect(try await codes(of: forged, in: books) == ["session-ended", "session-ended"])
    let stolen = Principal(
      user: books.owner.user, business: books.business, token: books.viewer.token,
      origin: TestBooks.origin)
    #expect(try await codes(of: stolen, in: books) == ["session-ended", "session-ended"])
  }

  @Test func `a session that has expired`() async throws {
    let books = try await TestBooks.make()
    books.clock.advance(seconds: 12 * 3600)
    #expect(
      try await codes(of: books.director, in: books) == ["session-ended", "session-ended"])
  }

  @Test func `a token that is used again after it was revoked`() async throws {
    let books = try await TestBooks.make()
    let session = try #require(
      try await books.workspace.fetch(Sessions(), as: books.owner).first {
        $0.user == books.director.user
      })
    try await books.workspace.perform(
      RevokeSession(session.id, reason: "Stolen"), as: books.owner)
    #expect(
      try await codes(of: books.director, in: books) == ["session-ended", "session-ended"])
  }

  @Test func `a token of one business in another`() async throws {
    let books = try await TestBooks.make()
    let neighbour = try await books.neighbour()
    let elsewhere = Principal(
      user: neighbour.owner.user, business: books.business, token: neighbour.owner.token,
      origin: TestBooks.origin)
    #expect(try await codes(of: elsewhere, in: books) == ["session-ended", "session-ended"])
  }

  nonisolated static let unseen: [Unicode.Scalar] = [
    "\u{0}", "\u{7}", "\u{1b}", "\n", "\u{7f}", "\u{9b}", "\u{202a}", "\u{202e}", "\u{2066}",
    "\u{2069}",
  ]

  /// One of each thing that people name, with the reasons that they give.
  private static func naming(_ text: String, in books: TestBooks) -> [any Command] {
    let review = StartAccessReview(text)
    let person = books.employee.user
    var settings = BusinessSettings(
      name: "Ours", texts: [:], size: nil, timeZone: "UTC", idleLockMinutes: 5,
      allowsSelfApproval: false, allowsOwnPosting: false, postsOnApproval: false,
      openPeriodsMost: 2,
      retentionYears: 10
    )
    settings.texts[.city] = text
    var renamed = settings
    renamed.name = text
    return [
      review, CreateAccount(AccountContent(number: "1160", name: text, type: .asset)),
      CreateAccount(AccountContent(number: text, name: "Till", type: .asset)),
      CreateDepartment(DepartmentContent(code: "SAL", name: text)),
      CreateDepartment(DepartmentContent(code: text, name: "Sales")),
      AddToGroup(person, to: text),
      CreatePermissionTemplate(TemplateContent(text, items: [.init(.allow, "audit.read")])),
      UpdateBusiness(books.business, settings: settings, version: 1),
      UpdateBusiness(books.business, settings: renamed, version: 1),
      GrantPermission(NewGrant(.deny, "journal.void", to: person, reason: text)),
      RequestConfirmation(.archiveBusiness(business: books.business), reason: text),
    ]
  }

  @Test(arguments: unseen)
  func `a name that would act on a screen, or turn text about`(
    _ character: Unicode.Scalar
  ) async throws {
    let books = try await TestBooks.make()
    let text = "Ab\(character)cd"
    func perform(_ command: some Command) async throws {
      _ = try await books.workspace.perform(command, as: books.owner)
    }
    func expectRefusal(
      _ what: String, _ attempt: () async throws -> Void
    ) async throws {
      do {
        try await attempt()
        Issue.record("\(what) was taken")
      } catch {
        #expect(error as? Refusal == .unseenCharacter(character), "\(what)")
      }
      let record = try #require(try await books.trail(1).first)
      #expect(record.outcome == .failure, "\(what)")
      #expect(record.errorCode == "unseen-character", "\(what)")
      #expect(record.actor == "Olive Owner")
    }
    for command in Self.naming(text, in: books) {
      try await expectRefusal("\(type(of: command))") { try await perform(command) }
    }
    try await expectRefusal("a key") {
      _ = try await books.workspace.createKey(
        NewAPIKey(text, for: ["journal.read"]), as: books.owner)
    }
    for (email, name) in [("new@books.example", text), ("\(text)@books.example", "Nell")] {
      try await expectRefusal("an invitation of \(email)") {
        _ = try await books.workspace.invite(
          email: email, name: name, role: .viewer, as: books.owner)
      }
    }
    try await expectRefusal("a business") {
      _ = try await books.workspace.perform(
        CreateBusiness(BusinessPlan(name: text, baseCurrency: "EUR", chart: nil)), as: books.owner)
    }
  }

  @Test func `what people write in any language is a name`() async throws {
    let books = try await TestBooks.make()
    for (index, name) in Writing.allCases.map(\.text).enumerated() {
      try await books.workspace.perform(
        CreateDepartment(DepartmentContent(code: "D\(index)", name: String(name.prefix(30)))),
        as: books.owner)
    }
  }

  @Test func `what people try against the rules that bind themselves`() async throws {
    let books = try await TestBooks.withThreshold()
    let colleague = try await books.person("Carl Colleague", .employee)
    let made = CreateEntry(books.entry(6_000), then: .submit)
    let (own, edited) = (
      try await books.workspace.perform(made, as: books.manager).entry,
      try await books.workspace.perform(CreateEntry(books.entry(7_000)), as: books.employee).entry
    )
    try await books.workspace.perform(
      EditEntry(edited, content: books.entry(8_000), version: 1, then: .submit), as: books.director)
    try await books.workspace.perform(
      Delegate(
        NewDelegation(
          from: books.manager.user, to: colleague.user,
          until: books.clock.now.adding(seconds: 9_999), reason: "Leave")), as: books.manager)
    for (entry, who) in [
      (own, books.manager), (own, colleague), (edited, books.director),
    ] {
      await #expect(throws: Refusal.self) {
        try await books.workspace.perform(ApproveEntry(entry), as: who)
      }
    }
    await #expect(throws: Refusal.notPermitted(.permissionManage, .reserved(.notOneself))) {
      try await books.workspace.perform(
        GrantPermission(
          NewGrant(.allow, "journal.approve", to: books.director.user, reason: "Mine")),
        as: books.director)
    }
    let trail = try await books.trail(20).filter { $0.outcome == .failure }
    #expect(
      trail.map { [$0.operation, $0.errorCode ?? ""] } == [
        ["permission.grant", "reserved"], ["journal.approve", "sod"],
        ["journal.approve", "lender"], ["journal.approve", "sod"],
      ])
    let names = ["Dora Director", "Dora Director", "Carl Colleague", "Max Manager"]
    #expect(trail.map(\.actor) == names)
  }

  @Test func `an invitation that is used twice`() async throws {
    let books = try await TestBooks.make()
    let invitation = try await books.workspace.invite(
      email: "new@books.example", name: "Nell New", role: .employee, as: books.owner)
    try await books.workspace.accept(
      invitation: invitation.code, name: "Nell", password: TestBooks.password)
    await #expect(throws: Refusal.invitationUnknown) {
      try await books.workspace.accept(
        invitation: invitation.code, name: "Mallory", password: "another password")
    }
    let record = try #require(
      try await books.store.snapshot(of: Business.instance, as: .system) {
        try $0.row(
          { (operation: String, actor: String, status: String, code: String?, all: String) in
            ([operation, actor, status, code], all)
          },
          """
          SELECT operation, actor_name, status, error_code,
            json_array(resource_name, error_message, old_values, new_values)
          FROM audit_logs WHERE business_id = :business ORDER BY sequence DESC LIMIT 1
          """)
      })
    #expect(record.0 == ["user.accept", "Mallory", "failure", "invitation"])
    #expect(!record.1.contains(invitation.code))
    let lobby = try await books.workspace.signIn(
      email: "new@books.example", password: TestBooks.password, from: TestBooks.origin)
    #expect(lobby.business == Business.instance)
  }
}

extension TestBooks {
  fileprivate func entries(as principal: Principal) async throws -> [EntryHead] {
    try await workspace.fetch(JournalPage(limit: 10), as: principal)
  }
}
