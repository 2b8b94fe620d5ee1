import Domain
import Operations
import Phrases
import Store
import TestSupport
import Testing

/// What is done to members, and what nobody may do to themselves.
@Suite struct MemberTests {
  private func member(_ books: TestBooks, _ role: Role) async throws -> Members.Row {
    let user = books.principal(role).user
    return try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first { $0.user == user })
  }

  @Test func `another role holds at once, and old sessions end`() async throws {
    let books = try await TestBooks.make()
    try await books.workspace.perform(
      AssignRole(.viewer, to: try await member(books, .employee).id), as: books.owner)
    #expect(try await member(books, .employee).role == .viewer)
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.fetch(WhereIAm(), as: books.employee)
    }
    let record = try #require(try await books.trail(2).first { $0.operation == "user.role.assign" })
    #expect(record.oldValues?.contains("employee") == true)
    #expect(record.newValues?.contains("viewer") == true)
  }

  @Test func `what is lent to somebody isn't lost with their role`() async throws {
    let books = try await TestBooks.make()
    try await books.workspace.perform(
      Delegate(
        NewDelegation(
          from: books.director.user, to: books.employee.user,
          until: books.clock.now.adding(seconds: 9_999), reason: "Holiday")), as: books.owner)
    let outcome = try await books.workspace.fetch(
      SimulateRole(.viewer, for: books.employee.user), as: books.owner)
    #expect(outcome.lost.contains(.journalCreate) && !outcome.lost.contains(.journalApprove))
  }

  @Test func `what somebody does in another business is none of this one's`() async throws {
    let books = try await TestBooks.make()
    let before = try await member(books, .employee).lastSignIn
    books.clock.advance(seconds: 60)
    let lobby = try await books.workspace.signIn(
      email: "employee@books.example", password: TestBooks.password, from: TestBooks.origin)
    #expect(try await member(books, .employee).lastSignIn == before)
    _ = try await books.workspace.enter(books.business, as: lobby)
    #expect(try await member(books, .employee).lastSignIn == books.clock.now)
  }

  @Test func `nobody promotes themselves, or anybody above their own role`() async throws {
    let books = try await TestBooks.make()
    let (director, manager) = (
      try await member(books, .director).id, try await member(books, .manager).id
    )
    await #expect(throws: Refusal.notPermitted(.userRoleAssign, .reserved(.rolesUpToManager))) {
      try await books.workspace.perform(AssignRole(.owner, to: director), as: books.director)
    }
    await #expect(throws: Refusal.notPermitted(.userRoleAssign, .reserved(.rolesUpToManager))) {
      try await books.workspace.perform(AssignRole(.director, to: manager), as: books.director)
    }
    await #expect(throws: Refusal.notPermitted(.userRoleAssign, .noGrant(.manager))) {
      try await books.workspace.perform(AssignRole(.director, to: manager), as: books.manager)
    }
    await #expect(throws: Refusal.access(.ownRights)) {
      try await books.workspace.perform(
        AssignRole(.director, to: try await member(books, .owner).id), as: books.owner)
    }
    try await books.workspace.perform(AssignRole(.employee, to: manager), as: books.director)
    let records = try await books.trail(9).filter { $0.operation == "user.role.assign" }
    #expect(records.map(\.errorCode) == [nil, "own-rights", "no-grant", "reserved", "reserved"])
  }

  @Test func `whoever is suspended is out, and in again when reinstated`() async throws {
    let books = try await TestBooks.make()
    let employee = try await member(books, .employee)
    try await books.workspace.perform(
      SuspendMember(employee.id, reason: "Lost laptop"), as: books.director)
    await #expect(throws: Refusal.sessionEnded) {
      try await books.workspace.perform(CreateEntry(books.entry(1)), as: books.employee)
    }
    let lobby = try await books.workspace.signIn(
      email: employee.email, password: TestBooks.password, from: TestBooks.origin)
    await #expect(throws: Refusal.notAMember) {
      try await books.workspace.enter(books.business, as: lobby)
    }
    await #expect(throws: Refusal.access(.memberStatus("suspended"))) {
      try await books.workspace.perform(
        SuspendMember(employee.id, reason: "Again"), as: books.director)
    }
    try await books.workspace.perform(ReinstateMember(employee.id), as: books.director)
    let inside = try await books.workspace.enter(books.business, as: lobby)
    try await books.workspace.perform(CreateEntry(books.entry(1)), as: inside)
  }

  @Test func `a director suspends no owner, and the last owner stays`() async throws {
    let books = try await TestBooks.make()
    let (owner, director) = (
      try await member(books, .owner).id, try await member(books, .director).id
    )
    await #expect(throws: Refusal.notPermitted(.userSuspend, .reserved(.notAnOwner))) {
      try await books.workspace.perform(
        SuspendMember(owner, reason: "Coup"), as: books.director)
    }
    await #expect(throws: Refusal.access(.nobodyInCharge)) {
      try await books.workspace.perform(SuspendMember(owner, reason: "Tired"), as: books.owner)
    }
    await #expect(throws: Refusal.access(.nobodyInCharge)) {
      try await books.workspace.perform(RemoveMember(owner, reason: "Tired"), as: books.owner)
    }
    try await books.workspace.perform(AssignRole(.owner, to: director), as: books.owner)
    let lobby = try await books.workspace.signIn(
      email: "director@books.example", password: TestBooks.password, from: TestBooks.origin)
    let second = try await books.workspace.enter(books.business, as: lobby)
    await #expect(throws: Refusal.access(.ownRights)) {
      try await books.workspace.perform(RemoveMember(owner, reason: "Tired"), as: books.owner)
    }
    try await books.workspace.perform(RemoveMember(owner, reason: "Retired"), as: second)
    _ = try await books.workspace.perform(
      GrantPermission(
        NewGrant(.allow, "user.*", to: books.manager.user, reason: "Cover")), as: second)
    for command in ["role", "suspend", "remove"] {
      await #expect(throws: Refusal.roleAboveOwn(.owner), "\(command)") {
        switch command {
        case "role":
          try await books.workspace.perform(AssignRole(.viewer, to: director), as: books.manager)
        case "suspend":
          try await books.workspace.perform(
            SuspendMember(director, reason: "Coup"), as: books.manager)
        default:
          try await books.workspace.perform(
            RemoveMember(director, reason: "Coup"), as: books.manager)
        }
      }
    }
    #expect(try await books.workspace.fetch(Members(), as: second).first?.status == "inactive")
  }

  @Test func `a limit is set by somebody else, never above their own`() async throws {
    let books = try await TestBooks.make()
    let (manager, director) = (
      try await member(books, .manager).id, try await member(books, .director).id
    )
    try await books.workspace.perform(
      LimitMember(director, to: Money(minorUnits: 1_000)), as: books.owner)
    try await books.workspace.perform(
      LimitMember(manager, to: Money(minorUnits: 1_000)), as: books.director)
    await #expect(throws: Refusal.access(.notHeld(.journalApprove))) {
      try await books.workspace.perform(
        LimitMember(manager, to: Money(minorUnits: 1_001)), as: books.director)
    }
    await #expect(throws: Refusal.notPermitted(.permissionManage, .reserved(.notOneself))) {
      try await books.workspace.perform(LimitMember(director, to: nil), as: books.director)
    }
    let answer = try await books.workspace.fetch(
      ExplainAccess(.journalApprove, of: books.manager.user, on: .amount(Money(minorUnits: 1_001))),
      as: books.owner)
    #expect(answer.remedies == [.raiseLimit(to: Money(minorUnits: 1_001))])
    #expect(answer.candidates.map(\.role) == [.owner])
  }

  @Test func `a manager places people within their departments`() async throws {
    let books = try await TestBooks.make()
    let below = try await books.department("PAY", under: books.department)
    let elsewhere = try await books.department("SAL", under: nil)
    let employee = try await member(books, .employee).id
    try await books.workspace.perform(PlaceMember(employee, in: below), as: books.manager)
    #expect(try await member(books, .employee).department == "PAY")
    await #expect(throws: Refusal.notPermitted(.departmentMemberManage, .otherDepartment)) {
      try await books.workspace.perform(PlaceMember(employee, in: elsewhere), as: books.manager)
    }
    // Nor do they take who is in no department, or move themselves.
    let viewer = try await member(books, .viewer).id
    await #expect(throws: Refusal.notPermitted(.departmentMemberManage, .otherDepartment)) {
      try await books.workspace.perform(PlaceMember(viewer, in: below), as: books.manager)
    }
    let manager = try await member(books, .manager).id
    await #expect(throws: Refusal.access(.ownRights)) {
      try await books.workspace.perform(PlaceMember(manager, in: below), as: books.manager)
    }
  }

  @Test func `whom somebody reports to is said by others, never in a circle`() async throws {
    let books = try await TestBooks.make()
    let (director, manager) = (
      try await member(books, .director).id, try await member(books, .manager).id
    )
    let (employee, viewer) = (
      try await member(books, .employee).id, try await member(books, .viewer).id
    )
    func report(
      _ member: ID<Membership>, to superior: ID<Membership>?, as who: Principal? = nil
    ) async throws {
      try await books.workspace.perform(
        SetSuperior(superior, of: member), as: who ?? books.owner)
    }
    try await report(employee, to: manager, as: books.manager)
    try await report(manager, to: director)
    let row = try await member(books, .employee)
    #expect(row.superior == books.manager.user && row.superiorName == "Max Manager")
    let record = try #require(try await books.trail(2).last)
    #expect(record.operation == "user.superior")
    #expect(record.newValues?.contains(#""reports_to":"Max Manager""#) == true)
    await #expect(throws: Refusal.access(.reportsAlready)) {
      try await report(director, to: employee)
    }
    await #expect(throws: Refusal.access(.ownSuperior)) { try await report(viewer, to: viewer) }
    let stranger = try await member(try await books.neighbour(), .employee).id
    await #expect(throws: Refusal.noSuch(.membership(stranger))) {
      try await report(viewer, to: stranger)
    }
    await #expect(throws: Refusal.access(.ownRights)) {
      try await report(director, to: nil, as: books.director)
    }
    await #expect(throws: Refusal.notPermitted(.departmentMemberManage, .otherDepartment)) {
      try await report(viewer, to: manager, as: books.manager)
    }
    // Who has left leads nobody new, and those who reported to them still may be taken away.
    try await books.workspace.perform(RemoveMember(manager, reason: "Left"), as: books.owner)
    await #expect(throws: Refusal.access(.memberStatus("inactive"))) {
      try await report(viewer, to: manager)
    }
    await #expect(throws: Refusal.access(.reportsAlready)) {
      try await report(director, to: employee)
    }
    try await report(employee, to: nil)
    #expect(try await member(books, .employee).superior == nil)
    try await report(director, to: employee)
  }

  @Test func `what a member's job is called is said by who places them, and is on record`()
    async throws
  {
    let books = try await TestBooks.make()
    let employee = try await member(books, .employee).id
    try await books.workspace.perform(
      SetTitle("Bookkeeper", of: employee), as: books.manager)
    #expect(try await member(books, .employee).title == "Bookkeeper")
    let record = try #require(try await books.trail(1).first)
    #expect(record.operation == "user.title")
    #expect(record.newValues == #"{"job_title":"Bookkeeper"}"#)
    let viewer = try await member(books, .viewer).id
    await #expect(throws: Refusal.notPermitted(.departmentMemberManage, .otherDepartment)) {
      try await books.workspace.perform(SetTitle("Boss", of: viewer), as: books.manager)
    }
    await #expect(throws: Refusal.access(.tooLong(most: 100))) {
      let long = String(repeating: "x", count: 101)
      try await books.workspace.perform(SetTitle(long, of: viewer), as: books.owner)
    }
    await #expect(throws: Refusal.self) {
      try await books.workspace.perform(SetTitle("a\u{1b}b", of: viewer), as: books.owner)
    }
  }

  @Test func `a membership that may approve lets approve in its departments, up to its limit`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    let (employee, director) = (
      try await member(books, .employee).id, try await member(books, .director).id
    )
    func explained(_ minorUnits: Int64) async throws -> Explanation {
      try await books.workspace.fetch(
        ExplainAccess(
          .journalApprove, of: books.employee.user, on: .amount(Money(minorUnits: minorUnits))),
        as: books.owner)
    }
    func said(_ answer: Explanation) -> [String] {
      [answer.sentence(on: nil) { "\($0.minorUnits)" }, answer.advice { "\($0.minorUnits)" }]
        .compactMap { $0?.english }
    }
    let before = try await explained(6_000)
    #expect(before.remedies == [.letApprove])
    #expect(said(before).last == "To allow it: have their membership say that they may approve.")
    try await books.workspace.perform(
      LimitMember(employee, to: Money(minorUnits: 6_000)), as: books.owner)
    try await books.workspace.perform(
      LimitMember(director, to: Money(minorUnits: 5_999)), as: books.owner)
    await #expect(throws: Refusal.access(.notHeld(.journalApprove))) {
      try await books.workspace.perform(LetApprove(employee, may: true), as: books.director)
    }
    await #expect(throws: Refusal.notPermitted(.permissionManage, .reserved(.notOneself))) {
      try await books.workspace.perform(LetApprove(director, may: true), as: books.director)
    }
    await #expect(throws: Refusal.access(.ownRights)) {
      try await books.workspace.perform(
        LetApprove(try await member(books, .owner).id, may: true), as: books.owner)
    }
    try await books.workspace.perform(LetApprove(employee, may: true), as: books.owner)
    #expect(try await member(books, .employee).mayApprove)
    #expect(try await explained(6_000).decision.isAllowed)
    #expect(try await explained(6_001).remedies == [.raiseLimit(to: Money(minorUnits: 6_001))])
    let kind = try await books.workspace.fetch(
      ExplainAccess(.journalApprove, of: books.employee.user), as: books.owner)
    #expect(
      said(kind)
        == [
          "Emma Employee (Employee) may approve entries, up to their limit, within their department."
        ])
    var content = books.entry(6_000)
    for index in content.lines.indices { content.lines[index].department = books.department }
    let entry = try await books.workspace.perform(
      CreateEntry(content, then: .submit), as: books.manager
    ).entry
    try await books.workspace.perform(ApproveEntry(entry), as: books.employee)
  }

  @Test func `that a membership may approve is reviewed, and its past is known`() async throws {
    let books = try await TestBooks.make()
    let employee = try await member(books, .employee).id
    try await books.workspace.perform(LetApprove(employee, may: true), as: books.owner)
    let review = try await books.workspace.perform(StartAccessReview("Q4"), as: books.owner)
    func lines() async throws -> [Bool] {
      try await books.workspace.fetch(AccessReviewDetail(review), as: books.owner).lines
        .filter { $0.kind == "approver" && $0.person == "Emma Employee" }.map(\.isGone)
    }
    #expect(try await lines() == [false])
    let held = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.workspace.perform(LetApprove(employee, may: false), as: books.director)
    #expect(try await lines() == [true])
    let diff = try await books.workspace.fetch(
      AccessDiff(books.employee.user, from: held, to: books.clock.now), as: books.owner)
    #expect(diff.changes.map(\.permission) == [.journalApprove])
  }

  @Test func `who is in no department gains nothing by it, so a grant is what they need`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.workspace.perform(
      PlaceMember(try await member(books, .employee).id, in: nil), as: books.owner)
    let answer = try await books.workspace.fetch(
      ExplainAccess(.journalApprove, of: books.employee.user), as: books.owner)
    #expect(answer.remedies == [.grant(.journalApprove)])
  }

  @Test func `who is locked out is released by somebody who may`() async throws {
    let books = try await TestBooks.make()
    let employee = try await member(books, .employee)
    func signIn(_ password: String) async throws {
      _ = try await books.workspace.signIn(
        email: employee.email, password: password, from: TestBooks.origin)
    }
    for _ in 0..<5 {
      await #expect(throws: Refusal.wrongCredentials) { try await signIn("not it at all") }
    }
    await #expect(throws: Refusal.lockedOut(seconds: 30)) { try await signIn(TestBooks.password) }
    try await books.workspace.perform(UnlockMember(employee.id), as: books.director)
    try await signIn(TestBooks.password)
  }

  @Test func `a lock that protects another business too isn't released from one`() async throws {
    let books = try await TestBooks.make()
    let neighbour = try await books.neighbour()
    let victim = try await member(neighbour, .employee)
    let invited = try await books.workspace.invite(
      email: victim.email, name: "Vic", role: .viewer, as: books.owner)
    await #expect(throws: Refusal.access(.worksElsewhere)) {
      try await books.workspace.perform(UnlockMember(invited.membership), as: books.owner)
    }
  }

  @Test func `what somebody is called elsewhere is nobody's business before they join`()
    async throws
  {
    let books = try await TestBooks.make()
    let neighbour = try await books.neighbour()
    let there = try await member(neighbour, .employee)
    try books.store.script(
      "UPDATE users SET display_name = 'Zara Secret' WHERE id = \(there.user.value)")
    let invited = try await books.workspace.invite(
      email: there.email, name: "Vic", role: .viewer, as: books.owner)
    _ = try await books.workspace.perform(
      GrantPermission(NewGrant(.allow, "audit.read", to: there.user, reason: "Look")),
      as: books.owner)
    _ = try await books.workspace.perform(
      AddToList(
        NewListRow(
          .user(there.user), .read, of: Thing(.account, books.account("1120").value),
          reason: "Look")), as: books.owner)
    try await books.workspace.perform(PlaceMember(invited.membership, in: nil), as: books.owner)
    let template = try await books.workspace.perform(
      CreatePermissionTemplate(TemplateContent("Cover", items: [.init(.allow, "audit.read")])),
      as: books.owner)
    _ = try await books.workspace.perform(
      AssignTemplate(template, to: .user(there.user), reason: "Look"), as: books.owner)
    let review = try await books.workspace.perform(StartAccessReview("Q4"), as: books.owner)
    let said = try await [
      Trial.text(of: books.workspace.fetch(TemplateAssignments(), as: books.owner)),
      Trial.text(of: books.workspace.fetch(AccessReviewDetail(review), as: books.owner)),
      Trial.text(of: books.workspace.fetch(GrantsOf(there.user), as: books.owner)),
      Trial.text(of: books.workspace.fetch(AccessGrid(), as: books.owner)),
      Trial.text(of: books.workspace.fetch(DutyConflicts(), as: books.owner)),
      Trial.text(of: books.workspace.fetch(Departments(), as: books.owner)),
    ].joined()
    #expect(said.contains(there.email) && !said.contains("Zara"))
    let members = try await books.workspace.fetch(Members(), as: books.owner)
    let listed = try #require(members.first { $0.id == invited.membership })
    #expect(listed.name == there.email)
    #expect(listed.lastSignIn == nil)
    let lists = try await books.workspace.fetch(AccessLists(), as: books.owner)
    #expect(lists.map(\.party) == [there.email])
    let records = try await books.trail(12)
    #expect(records.contains { $0.newValues?.contains(there.email) == true })
    #expect(!"\(members) \(lists) \(records)".contains("Zara"))
    let lobby = try await books.workspace.signIn(
      email: there.email, password: TestBooks.password, from: TestBooks.origin)
    try await books.workspace.accept(invitation: invited.code, as: lobby)
    #expect(
      try await books.workspace.fetch(Members(), as: books.owner).last?.name == "Zara Secret")
  }

  @Test func `somebody who is in a business already is not invited again, nor one too many`()
    async throws
  {
    let books = try await TestBooks.make { $0.tier = .trial }
    await #expect(throws: Refusal.memberLimit(tier: "trial", limit: 5)) {
      try await books.workspace.invite(
        email: "sixth@books.example", name: "Six", role: .viewer, as: books.owner)
    }
    try await books.workspace.perform(
      RemoveMember(try await member(books, .viewer).id, reason: "Left"), as: books.owner)
    let invited = try await books.workspace.invite(
      email: "sixth@books.example", name: "Six", role: .viewer, as: books.owner)
    await #expect(throws: Refusal.memberLimit(tier: "trial", limit: 5)) {
      try await books.workspace.perform(
        ReinstateMember(try await member(books, .viewer).id), as: books.owner)
    }
    try await books.workspace.perform(
      RemoveMember(invited.membership, reason: "By mistake"), as: books.owner)
    await #expect(throws: Refusal.access(.memberStatus("pending"))) {
      try await books.workspace.perform(ReinstateMember(invited.membership), as: books.owner)
    }
    await #expect(throws: Refusal.invitationUnknown) {
      try await books.workspace.accept(
        invitation: invited.code, name: "Six", password: TestBooks.password)
    }
  }
}
