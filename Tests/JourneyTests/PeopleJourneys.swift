import Domain
import Keys
import Operations
import Phrases
import TestSupport
import Testing
import ViewModels
import Widgets

@Suite struct PeopleJourneys {
  private func people(_ role: Domain.Role = .owner) async throws -> (TestBooks, Driver) {
    let books = try await TestBooks.make()
    let driver = await Driver(role, in: books, size: Size(columns: 120, rows: 40))
    await driver.press("8")
    return (books, driver)
  }

  private func member(_ name: String, in books: TestBooks) async throws -> Members.Row {
    try await books.workspace.fetch(Members(), as: books.owner).called(name)
  }

  @Test func `whoever invites is told the command, with the database that it is for`()
    async throws
  {
    let folder = try TemporaryFolder()
    let path = folder.path()
    let driver = await Driver(
      .owner, in: try await TestBooks.make(at: path), size: Size(columns: 160, rows: 40),
      startsAt: "8")
    await driver.press("n", "ben@books.example", .tab, "Ben Okoye", .function(10))
    #expect(
      driver.question?.contains(
        "they press F6, or they run: coreflow --db \(path) user accept ") == true)
  }

  @Test func `somebody is invited, and the code is shown once`() async throws {
    let (books, driver) = try await people()
    await driver.press("n", "ben@books.example", .tab, "Ben Okoye", .function(10))
    #expect(driver.shows("Ben Okoye is invited"))
    #expect(driver.shows("coreflow user accept"))
    // Copied or not, it stays until it is closed.
    await driver.press(.enter)
    #expect(driver.shows("Ben Okoye is invited"))
    await driver.press(.enter)
    #expect(driver.navigator.overlay == nil)
    #expect(driver.shows("pending") && driver.path == ["People"])
    #expect(try await member("ben@books.example", in: books).status == "pending")
  }

  @Test func `what won't do is said beside its field, and nothing is lost`() async throws {
    let (_, driver) = try await people()
    await driver.press("n", "nobody", .tab, "Ben", .tab, "king", .function(10))
    #expect(driver.shows("There is no such role."))
    await driver.press(.ctrl("u"), "viewer", .function(10))
    #expect(driver.path.last == "Invite somebody")
    #expect(driver.form?.fields[0].fault != nil)
    #expect(driver.form?.fields.map(\.text).prefix(3) == ["nobody", "Ben", "viewer"])
  }

  @Test func `only what somebody may do with a second person is there to be asked for`()
    async throws
  {
    let (books, director) = try await people(.director)
    await director.press("o", "n")
    #expect(director.shows("lift limits and separate duties for 15 minutes"))
    #expect(!director.shows("archive the business"))
    await director.press("15", .enter, "The bank is closing", .enter)
    #expect(director.message.contains("it can be confirmed by Olive Owner."))
    await director.press("a")
    #expect(director.message.contains("You asked for it yourself"))
    let manager = await Driver(.manager, in: books, startsAt: "8")
    await manager.press("o", "n")
    #expect(manager.message.contains("You may do nothing that takes two people."))
    let owner = await Driver(.owner, in: books, startsAt: "8")
    await owner.press("o", "a", "y")
    #expect(owner.message.contains("confirmed, and done."))
  }

  @Test func `a role is changed once its person has read what it gives and takes`() async throws {
    let (books, driver) = try await people()
    await driver.press("/", "Emma", .enter, "e", "Manager", .enter)
    #expect(driver.shows("Make Emma Employee Manager?"))
    #expect(driver.shows("They gain") && driver.shows(" more. ") && !driver.shows("1 conflicts"))
    await driver.press("y")
    #expect(driver.message == "ok Emma Employee is Manager now.")
    #expect(try await member("Emma Employee", in: books).role == .manager)
  }

  @Test func `a member is suspended with a reason, and let in again`() async throws {
    let (books, driver) = try await people()
    await driver.press("/", "Emma", .enter, "x", "On leave", .enter)
    #expect(try await member("Emma Employee", in: books).status == "suspended")
    await driver.press("x")
    #expect(driver.message == "ok Emma Employee is a member again.")
    await driver.press("D", "Left us", .enter)
    #expect(try await member("Emma Employee", in: books).status == "inactive")
  }

  @Test func `a limit and a department are given`() async throws {
    let (books, driver) = try await people()
    await driver.press("/", "Max", .enter, "L", "12x", .enter)
    #expect(driver.shows("How much may Max Manager approve?"))
    await driver.press(.ctrl("u"), "1,500", .enter)
    #expect(try await member("Max Manager", in: books).limit == Money(minorUnits: 150_000))
    #expect(driver.shows("1,500.00"))
    await driver.press("p", "none", .enter)
    #expect(try await member("Max Manager", in: books).department == nil)
    await driver.press("u")
    #expect(driver.shows("Wrong passwords don't keep them out."))
  }

  @Test func `somebody is let approve, and put under somebody`() async throws {
    let (books, driver) = try await people()
    await driver.press("/", "Emma", .enter, "a")
    #expect(driver.shows("Let Emma Employee approve?"))
    await driver.press("y")
    #expect(try await member("Emma Employee", in: books).mayApprove)
    await driver.press("a", "y")
    #expect(
      driver.message == "ok Emma Employee may approve only what their role or grants let them.")
    await driver.press("R", "Max", .enter)
    #expect(driver.message == "ok Emma Employee reports to Max Manager now.")
    await driver.press("R", "nobody", .enter)
    #expect(try await member("Emma Employee", in: books).superior == nil)
  }

  @Test func `a grant is written, seen and taken back`() async throws {
    let (books, driver) = try await people()
    await driver.press("/", "Emma", .enter, "P", "n", .enter, "journal.app", .enter, "500")
    await driver.press(.function(10))
    #expect(driver.shows("Say why, in"), "a reason must be given")
    await driver.press("Cover for Max", .function(10))
    #expect(driver.message == "ok allow: journal.approve, to Emma Employee.")
    let grants = try await books.workspace.fetch(GrantsOf(books.employee.user), as: books.owner)
    #expect(grants.map(\.limit) == [Money(minorUnits: 50_000)])
    await driver.press("D", "Max is back", .enter)
    #expect(driver.message == "ok journal.approve is taken back from Emma Employee.")
    #expect(driver.shows("taken back") && driver.shows("Cover for Max"), "\(driver.screen)")
    await driver.press("D")
    #expect(driver.shows("It was taken back already."))
    await driver.press("n", "deny", .tab, "recon.prepare", .tab, .tab, .tab, .tab, "hours:8-18")
    #expect(driver.field?.text == "hours:8-18")
    await driver.press(.tab, .tab, .tab, "Too close", .function(10), "g", "D")
    #expect(driver.shows("Lift the denial of recon.prepare?"), "\(driver.message)")
    await driver.press("Far again", .enter)
    #expect(driver.message == "ok recon.prepare is forbidden to Emma Employee no more.")
  }

  @Test func `a department stays where it is though the filter hides what it stands below`()
    async throws
  {
    let (books, driver) = try await people()
    _ = try await books.workspace.perform(
      CreateDepartment(DepartmentContent(code: "PAY", name: "Payables", parent: books.department)),
      as: books.owner)
    await driver.press("d", "/", "Payables", .enter, "e", .tab, "Creditors", .function(10))
    #expect(driver.message == "ok Creditors is saved.")
    let row = try await books.workspace.fetch(Departments(), as: books.owner).called("PAY")
    #expect(row.name == "Creditors" && row.parent == books.department)
  }

  @Test func `of two departments with one name that one is theirs which they are in`()
    async throws
  {
    let (books, driver) = try await people()
    _ = try await books.workspace.perform(
      CreateDepartment(DepartmentContent(code: "AC2", name: "Accounting")), as: books.owner)
    await driver.press("/", "Emma", .enter, "p")
    guard case .chooser(let departments)? = driver.navigator.overlay else {
      Issue.record("nothing is to be chosen")
      return
    }
    #expect(departments.matches.map(\.title) == ["AC2 Accounting", "ACC Accounting", "none"])
    #expect(departments.matches.map(\.note) == ["", "now", ""])
  }

  @Test func `what is granted to others is offered to whoever may see it`() async throws {
    let (books, viewer) = try await people(.viewer)
    await viewer.press("P")
    #expect(viewer.path == ["People"])
    #expect(viewer.message.hasSuffix("What is granted to them is not for you to see."))
    await viewer.press(.enter)
    #expect(viewer.path == ["People", "Olive Owner"])
    await viewer.press(.escape, "/", "Vera", .enter, "P")
    #expect(viewer.path == ["People", "Grants"])
    let manager = await Driver(.manager, in: books, startsAt: "8")
    await manager.press(.enter)
    #expect(manager.message.hasSuffix("What they may do is not for you to hear."))
    await manager.press("P", "/", "Emma", .enter, "P")
    #expect(manager.path == ["People", "Grants"])
    await manager.press(.escape, .enter)
    #expect(manager.path == ["People", "Emma Employee"])
    // Nobody who presses what is offered is on record for it.
    #expect(try await books.trail(100).allSatisfy { $0.outcome == .success })
  }

  @Test func `a screen asks for as much of a reason as what is done asks for`() async throws {
    let (books, driver) = try await people()
    await driver.press("/", "Emma", .enter, "x", "  a", .enter)
    #expect(driver.shows("Say why, in 3 characters or more."))
    await driver.press(.ctrl("u"), "Ill", .enter)
    #expect(try await member("Emma Employee", in: books).status == "suspended")
    try await books.post(100)
    await driver.press("2", "R", "Ill", .enter)
    #expect(driver.shows("Say why, in 5 characters or more."))
    let director = await Driver(.director, in: books, startsAt: "8")
    await director.press("X", "n", .tab, "Ill", .function(10))
    #expect(director.form?.fields[1].fault == "Say why, in 5 characters or more.")
  }

  @Test func `what won't do for an API key is said beside its own field, or beside none`()
    async throws
  {
    let (books, driver) = try await people(.director)
    await driver.press("I", "n")
    await driver.paste("Till\u{202E}9")
    await driver.press(.tab, "journal.read", .function(10))
    #expect(driver.form?.fields.map { $0.fault != nil } == [true, false, false, false])
    await driver.press(.ctrl("u"), "Till", .tab, "journal.fly", .function(10))
    #expect(driver.form?.fields.map { $0.fault != nil } == [false, true, false, false])
    try await books.give(.viewer, to: .director)
    await driver.press(.ctrl("u"), "journal.read", .function(10))
    #expect(driver.message.contains("does not hold apikey.create"))
    #expect(driver.form?.fields.allSatisfy { $0.fault == nil } == true)
  }

  @Test func `rights are lent until a day, and taken back`() async throws {
    let (books, driver) = try await people(.manager)
    await driver.press("t", "n", "Dora", .enter, .tab, .tab, .tab, .tab, .tab)
    await driver.press("2026-12-24", .tab, "Leave", .function(10))
    #expect(driver.message == "ok Dora Director may do it too, until 2026-12-24 23:59.")
    #expect(try await books.workspace.fetch(Delegations(), as: books.manager).count == 1)
    await driver.press("D", "y")
    #expect(try await books.workspace.fetch(Delegations(), as: books.manager).isEmpty)
  }

  @Test func `days are typed as anywhere, and every field that won't do says so at once`()
    async throws
  {
    let (books, driver) = try await people()
    await driver.press("t", "n", .function(10))
    func faults() -> [Int] {
      (driver.form?.fields ?? []).indices.filter { driver.form?.fields[$0].fault != nil }
    }
    #expect(faults() == [0, 6, 7] && driver.form?.fields[0].fault == "To whom?")
    await driver.press("Emma", .enter, .tab, .tab, "x", .tab, .tab, "soon", .tab, "later")
    await driver.press(.tab, "Leave", .function(10))
    #expect(faults() == [3, 5, 6])
    #expect(
      driver.form?.fields[6].fault
        == "later is no moment; write it as +7, 2026-11-23 or 2026-11-23T10:00.")
    await driver.press(.ctrl("u"), .tab, .tab, .ctrl("u"), "+0", .tab, .ctrl("u"), "30.")
    await driver.press(.function(10))
    #expect(driver.message == "ok Emma Employee may do it too, until 2026-11-30 23:59.")
    let lent = try #require(try await books.workspace.fetch(Delegations(), as: books.owner).first)
    #expect(lent.start.text == "2026-11-23T00:00:00.000Z")
    await driver.press(.escape, "n", .function(10))
    #expect(faults() == [0, 1], "an invitation without an address")
    await driver.press(.escape, "y", "/", "Emma", .enter, "P", "n", .function(10))
    #expect(faults() == [1, 8])
  }

  @Test func `departments are made, changed and removed`() async throws {
    let (books, driver) = try await people()
    await driver.press("d", "n", "PAY", .tab, "Payables", .tab, "finance", .function(10))
    #expect(driver.message == "ok The department Payables is there.")
    func departments() async throws -> [String] {
      try await books.workspace.fetch(Departments(), as: books.owner).map(\.name)
    }
    #expect(try await departments() == ["Accounting", "Payables"])
    await driver.press("/", "Payables", .enter, "e", .tab, .ctrl("u"), "Creditors", .function(10))
    #expect(try await departments() == ["Accounting", "Creditors"])
    await driver.press(.escape, "j", "e", .backTab, "soon", .function(10))
    #expect(driver.form?.fields[6].fault != nil)
    await driver.press(.ctrl("u"), "+7", .function(10))
    let row = try await books.workspace.fetch(Departments(), as: books.owner).last
    #expect(row?.inactiveFrom == TestBooks.today.adding(days: 7))
    #expect(row?.code == "PAY" && row?.type == .finance, "nothing else changed")
    await driver.press("D", "y")
    #expect(try await departments() == ["Accounting"])
  }

  @Test func `two departments are made one from a day on`() async throws {
    let (books, driver) = try await people()
    _ = try await books.workspace.perform(
      CreateDepartment(DepartmentContent(code: "PAY", name: "Payables")), as: books.owner)
    await driver.press("d", "/", "Payables", .enter, "M", .function(10))
    #expect(driver.form?.fields[0].fault != nil, "nobody said into which")
    await driver.press("ACC", .tab, .ctrl("u"), "+7", .function(10))
    #expect(driver.message == "ok Payables is merged into Accounting.", "\(driver.screen)")
    let row = try await books.workspace.fetch(Departments(), as: books.owner).called("PAY")
    #expect(row.parent == books.department)
    #expect(row.inactiveFrom == TestBooks.today.adding(days: 7))
  }

  @Test func `a budget is set, changed, and approved by somebody else`() async throws {
    let (books, driver) = try await people(.manager)
    await driver.press("d", "u", "n", "6200", .enter, .tab, .tab, "1,200", .tab, "Loft")
    await driver.press(.function(10))
    #expect(driver.message.hasSuffix("is 1,200.00."), "\(driver.message)")
    await driver.press("e", .ctrl("u"), "1,300", .function(10))
    #expect(driver.shows("1,300.00"))
    await driver.press("a", "y")
    let owner = await Driver(.owner, in: books)
    await owner.press("8", "d", "u", "a", "y")
    let rows = try await books.workspace.fetch(Budgets(), as: books.owner)
    #expect(rows.map(\.status) == [.approved] && rows.map(\.setter) == ["Max Manager"])
    #expect(rows.map(\.note) == ["Loft"])
    await owner.press("e")
    #expect(owner.shows("It is approved and stays as it is."))
  }

  @Test func `marked lines of a review are decided together, and each is read whole`() async throws
  {
    let (books, driver) = try await people()
    let name = "The till in the shop by the harbour, behind the counter"
    _ = try await books.workspace.createKey(
      NewAPIKey(name, for: ["journal.read"]), as: books.owner)
    await driver.press("c", "n", .enter, .enter, "/", "API key", .enter)
    #expect(driver.shows("counter for journal.read"), "none of it is cut")
    await driver.press(.escape, "*", "a")
    #expect(driver.shows("Keep what is marked?") && driver.shows("Lines: 6."))
    await driver.press("y")
    // Those of the owner are for somebody else to decide.
    #expect(driver.message.hasPrefix("! Keep: 4 of 6 lines. Alt-M says"), "\(driver.message)")
    #expect(driver.table?.scope == "not signed yet, 2 marked")
    let director = await Driver(.director, in: books, startsAt: "8")
    await director.press("c", .enter, .space, .space, "x", "Look again", .enter)
    #expect(director.message.hasPrefix("ok Must go: 2 of 2 lines."), "\(director.message)")
  }

  @Test func `a manager appoints to what they may give, and reads beside the role why no more`()
    async throws
  {
    let (books, manager) = try await people(.manager)
    await manager.press("d", "p", "n", .function(10))
    #expect(manager.form?.fields[0].fault == "Who?")
    #expect(manager.form?.fields.map(\.text)[1] == "member")
    #expect(!manager.shows("Approve its budget") && !manager.shows("Manage its members"))
    await manager.press("Emma", .enter, .ctrl("u"))
    #expect(manager.shows("intern") && !manager.shows("supervisor"))
    await manager.press("head", .function(10))
    #expect(
      manager.form?.fields[1].fault == "Your role (Manager) does not hold permission.manage.")
    await manager.press(.ctrl("u"), "lead", .tab, "500", .function(10))
    #expect(manager.form?.fields[2].fault != nil)
    await manager.press(.ctrl("u"), .function(10))
    #expect(manager.message.hasPrefix("ok Emma Employee is lead of"), "\(manager.message)")
    let offer = try await books.workspace.fetch(PostsToGive(), as: books.owner)
    #expect(offer.roles == DepartmentRole.allCases && offer.powers == DepartmentPower.allCases)
  }

  @Test func `an account is kept for some, and opened again`() async throws {
    let (books, driver) = try await people()
    await driver.press("A", "n", "6100", .enter, "Max Manager", .enter, "write", .enter)
    await driver.press(.tab, .tab, .tab, "Salaries", .function(10))
    #expect(driver.shows("Max Manager is on the list of 6100"))
    #expect(try await books.workspace.fetch(AccessLists(), as: books.owner).count == 1)
    await driver.press("D", "For all again", .enter)
    #expect(try await books.workspace.fetch(AccessLists(), as: books.owner).isEmpty)
  }

  @Test func `an account is kept for a group, by its name or as it is offered`() async throws {
    let (books, driver) = try await people()
    for group in ["payroll", "viewer"] {
      try await books.workspace.perform(
        AddToGroup(books.employee.user, to: group), as: books.owner)
    }
    await driver.press("A", "n", "6100", .enter, "the gr")
    #expect(driver.shows("the group payroll") && driver.shows("the group viewer"))
    await driver.press(.ctrl("u"), "payroll", .tab, "write", .tab)
    await driver.press(.tab, .tab, .tab, "Salaries", .function(10))
    #expect(driver.shows("on the list of 6100"), "\(driver.message)")
    await driver.press("n", "6100", .enter, "the group viewer", .tab, "read", .tab)
    await driver.press(.tab, .tab, .tab, "Salaries", .function(10))
    // A role keeps its name.
    await driver.press("n", "6100", .enter, .ctrl("u"), "viewer", .tab, "read", .tab)
    await driver.press(.tab, .tab, .tab, "Salaries", .function(10))
    let rows = try await books.workspace.fetch(AccessLists(), as: books.owner)
    #expect(rows.map(\.partyKind) == ["group", "group", "role"])
    #expect(rows.map(\.party) == ["payroll", "viewer", "viewer"])
    #expect(driver.shows("the group payroll"))
    let seen = await Driver(.employee, in: books)
    await seen.press("8", "A")
    #expect(seen.path == ["People"])
  }

  @Test func `whose limit is too low reads whom to ask`() async throws {
    let books = try await TestBooks.withThreshold()
    try await books.workspace.perform(
      CreateEntry(books.entry(200_000), then: .submit), as: books.employee)
    let member = try #require(
      try await books.workspace.fetch(Members(), as: books.owner)
        .first { $0.user == books.manager.user })
    try await books.workspace.perform(
      LimitMember(member.id, to: Money(minorUnits: 100_000)), as: books.owner)
    let manager = await Driver(.manager, in: books)
    await manager.press("2", "w", "Approve", .enter)
    #expect(manager.shows("raise their limit to 2,000.00."))
    #expect(manager.shows("Have Dora Director approve it."))
  }

  @Test func `one key says why something can't be done here`() async throws {
    let books = try await TestBooks.withThreshold()
    try await books.workspace.perform(
      CreateEntry(books.entry(200_000), then: .submit), as: books.employee)
    let employee = await Driver(.employee, in: books)
    await employee.press("2", "w", "Approve", .enter)
    #expect(employee.path.last == "journal.approve")
    #expect(employee.shows("may not approve D-"))
    #expect(employee.shows("include it"))
    await employee.press(.escape, "w", "Reverse", .enter)
    #expect(employee.message.contains("can't be reversed"))
    let manager = await Driver(.manager, in: books)
    await manager.press("2", "w", "Approve", .enter)
    #expect(manager.shows("Max Manager (Manager) may approve D-"))
  }

  @Test func `another role is tried on somebody, and nothing is changed`() async throws {
    let (books, driver) = try await people()
    await driver.press("/", "Emma", .enter, .enter, "=", "Director", .enter)
    #expect(driver.shows("Nothing was changed: Emma Employee, if they were Director"))
    #expect(driver.rows.contains { $0.contains("conflict") })
    #expect(
      driver.rows.contains { $0.prefix(1) == ["period.close"] && $0.suffix(2) == ["no", "yes"] })
    await driver.press(.escape, "=", "Viewer", .enter)
    #expect(
      driver.rows.contains { $0.prefix(1) == ["journal.create"] && $0.suffix(2) == ["yes", "no"] })
    await driver.press(.escape, "=", "Employee", .enter)
    #expect(driver.shows("They may do the same."))
    #expect(try await member("Emma Employee", in: books).role == .employee)
  }

  @Test func `somebody's rights at two moments are compared`() async throws {
    let (books, driver) = try await people()
    books.clock.advance(seconds: 120)
    let employee = try await member("Emma Employee", in: books)
    try await books.workspace.perform(AssignRole(.manager, to: employee.id), as: books.owner)
    books.clock.advance(seconds: 60)
    await driver.press("r", "/", "Emma", .enter, .enter, "c", .function(10))
    #expect(driver.shows("Say when, as -7, 2026-11-23 or 2026-11-23T10:0"))
    let laterThanNow: Phrase? = "That moment is later than now. Give one that has been."
    await driver.press("+1", .tab, "+1", .function(10))
    #expect(driver.form?.fields.map(\.fault) == [laterThanNow, laterThanNow])
    await driver.press(.ctrl("u"), "2026-11-23T10:01", .tab, .ctrl("u"), "2026-11-22")
    await driver.press(.function(10))
    #expect(driver.shows("This is no later than the first."))
    await driver.press(.ctrl("u"), .function(10))
    #expect(driver.rows.first?.suffix(2) == ["Employee", "Manager"])
    #expect(driver.rows.contains { $0.prefix(1) == ["journal.approve"] })
  }

  @Test func `a lost second factor is taken off, with a reason`() async throws {
    let (books, driver) = try await people()
    await driver.press("/", "Emma", .enter, "f")
    #expect(driver.message.contains("They have no second factor."))
    let lobby = try await books.workspace.signIn(
      email: "employee@books.example", password: TestBooks.password, from: TestBooks.origin)
    let secret = try await books.workspace.beginSecondFactor(as: lobby).secret
    _ = try await books.workspace.confirmSecondFactor(
      TimeCode.code(of: secret, step: TimeCode.step(at: books.clock.now)), as: lobby)
    await driver.press("r", "f", "Lost her phone", .enter)
    #expect(driver.message == "ok Emma Employee signs in by their password alone now.")
    #expect(try await member("Emma Employee", in: books).hasSecondFactor == false)
  }

  @Test func `the matrix leads to the rules of each of its cells`() async throws {
    let (_, driver) = try await people()
    await driver.press("m", "l", "l", "l", "G", "k", .enter)
    #expect(driver.path == ["People", "Matrix", "migration.rollback"])
    #expect(driver.shows("Emma Employee (Employee) may not roll back migrations"))
  }

  @Test func `everybody reads their own rights, and others' only who may explain them`()
    async throws
  {
    let (_, employee) = try await people(.employee)
    await employee.press(.enter)
    #expect(employee.path == ["People"])
    await employee.press("/", "Emma", .enter, .enter)
    #expect(employee.path == ["People", "Emma Employee"])
    await employee.press("/", "journal.approve", .enter, .enter)
    #expect(employee.shows("Emma Employee (Employee) may not approve entries"))
  }

  @Test func `what may not be seen any more doesn't stay on the screen`() async throws {
    let books = try await TestBooks.make()
    try await books.post(7_700)
    let driver = await Driver(.employee, in: books, startsAt: "2")
    #expect(driver.rows.count == 1)
    try await books.workspace.perform(
      GrantPermission(NewGrant(.deny, "*", to: books.employee.user, reason: "Leaving")),
      as: books.owner)
    await driver.press("r")
    #expect(driver.rows.isEmpty && !driver.shows("77.00"))
    #expect(driver.shows("r tries again") || driver.shows("F5 tries again"), "\(driver.lines)")
  }
}
