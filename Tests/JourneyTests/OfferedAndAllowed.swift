import Domain
import Operations
import TestSupport
import Testing
import ViewModels

/// What the screens offer, as the tables by role have it, and what the core lets the same people do:
/// two answers to one question, by different ways.
@Suite struct OfferedAndAllowed {
  private static func isHeld<C: Command>(
    _ command: C, by role: Role, in books: TestBooks
  ) async -> Bool {
    do {
      _ = try await books.workspace.simulate(command, as: books.principal(role))
      return true
    } catch Refusal.notPermitted(_, .noGrant) {
      return false
    } catch {
      // Refused for what it is, not for whose it is.
      return true
    }
  }

  /// Each on the employee, who is in the manager's department.
  private static func people(in books: TestBooks) async throws -> [(String, any Command)] {
    let emma = try #require(
      try await books.workspace.fetch(Members(), as: books.owner).first { $0.role == .employee })
    let later = books.clock.now.adding(seconds: 3_600)
    let settings = try await books.workspace.fetch(BusinessDetail(), as: books.owner)
    let content = DepartmentContent(code: "PAY", name: "Payables")
    let list = NewListRow(
      .user(emma.user), .read, of: Thing(.account, books.account("1110").value), reason: "Test")
    return [
      ("member.role", AssignRole(.viewer, to: emma.id)),
      ("member.limit", LimitMember(emma.id, to: nil)),
      ("member.approves", LetApprove(emma.id, may: true)),
      ("member.place", PlaceMember(emma.id, in: nil)),
      ("member.superior", SetSuperior(nil, of: emma.id)),
      ("member.title", SetTitle("Clerk", of: emma.id)),
      ("member.suspend", SuspendMember(emma.id, reason: "On leave")),
      ("member.unlock", UnlockMember(emma.id)),
      ("member.factor", RemoveSecondFactor(emma.id, reason: "Lost it")),
      ("member.remove", RemoveMember(emma.id, reason: "Left us")),
      ("department.new", CreateDepartment(content)),
      ("department.edit", UpdateDepartment(books.department, content: content)),
      (
        "department.merge",
        MergeDepartments(books.department, into: ID(99), from: TestBooks.today)
      ),
      ("department.remove", RemoveDepartment(books.department)),
      ("post.new", Appoint(emma.user, to: DepartmentPost(.member), in: books.department)),
      (
        "delegation.new",
        Delegate(
          NewDelegation(
            from: books.manager.user, to: books.director.user, until: later, reason: "Away"))
      ),
      (
        "grant.new",
        GrantPermission(NewGrant(.allow, "journal.post", to: emma.user, reason: "Cover"))
      ),
      ("access.add", AddToList(list)),
      (
        "template.new",
        CreatePermissionTemplate(
          TemplateContent("Clerk", items: [.init(.allow, "journal.post")]))
      ),
      ("group.add", AddToGroup(emma.user, to: "Clerks")),
      (
        "conflict.waive",
        WaiveConflict(
          .importRun, .reconApprove, of: emma.user, until: later, reason: "Small office")
      ),
      ("review.start", StartAccessReview("2026")),
      (
        "business.edit",
        UpdateBusiness(books.business, settings: settings.settings, version: settings.version)
      ),
      ("business.create", CreateBusiness(BusinessPlan(name: "P", baseCurrency: "USD", chart: nil))),
    ]
  }

  /// Each on the employee's draft.
  private static func entries(in books: TestBooks) async throws -> [(String, any Command)] {
    let draft = try await books.draft(by: .employee)
    let account = AccountContent(number: "1160", name: "Petty cash", type: .asset)
    return [
      ("journal.new", CreateEntry(books.entry(100))), ("journal.submit", SubmitEntry(draft)),
      ("journal.post", PostEntry(draft)), ("journal.approve", ApproveEntry(draft)),
      ("journal.reject", RejectEntry(draft, reason: "no receipt")),
      ("journal.withdraw", WithdrawEntry(draft)),
      ("journal.reverse", ReverseEntry(draft, reason: "booked twice")),
      ("journal.discard", DiscardEntry(draft)),
      ("journal.void", VoidEntry(draft, reason: "typed twice")),
      ("journal.edit", EditEntry(draft, content: books.entry(200), version: 1)),
      ("file.add", AttachFile(NewAttachment("receipt.txt", [1]), to: .entry(draft))),
      ("file.save", SaveAttachment(ID(1), of: .entry(draft))),
      ("file.hide", HideAttachment(ID(1), of: .entry(draft), reason: "wrong one")),
      ("file.remove", RemoveAttachment(ID(1), from: .entry(draft))),
      ("account.new", CreateAccount(account)),
      ("account.edit", UpdateAccount(books.account("1110"), content: account, version: 1)),
      ("account.archive", ArchiveAccount(books.account("1110"), .archive)),
      ("account.move", MoveAccount(books.account("1110"), under: nil, version: 1)),
      ("account.merge", MergeAccounts(books.account("1110"), into: books.account("1120"))),
      ("balance.keep", TakeSnapshot(.year(to: TestBooks.today))),
    ]
  }

  @Test(arguments: Role.allCases)
  func `what the screens offer is what the core allows`(_ role: Role) async throws {
    let books = try await TestBooks.make()
    let offered = Set(RoleTable.screens.flatMap { RoleTable.actions(of: role, on: $0.name) })
    for (action, command) in try await Self.entries(in: books) + Self.people(in: books) {
      let isHeld = await Self.isHeld(command, by: role, in: books)
      #expect(offered.contains(action) == isHeld, "\(role) \(action)")
    }
  }
}
