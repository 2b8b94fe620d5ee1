import Domain
import Operations
import TestSupport
import Testing
import ViewModels

/// What is dimmed on a row for want of a right, and what the core refuses its reader there: two
/// answers to one question, by different ways (UX 5.7).
@Suite struct DimmedAndRefused {
  typealias Deeds = [String: any Command]

  private static func isRefused<C: Command>(
    _ command: C, to principal: Principal, in books: TestBooks
  ) async -> Bool {
    do {
      _ = try await books.workspace.simulate(command, as: principal)
      return false
    } catch let refusal as Refusal {
      return switch refusal {
      case .notPermitted, .escalates, .approvalNotYours, .needsApproval, .roleAboveOwn,
        .submittedOnce, .irreversible, .access(.ownRights):
        true
      default: false
      }
    } catch { return false }
  }

  /// Compares the row under the cursor. What its state rules out says so by itself. Gives what was
  /// dimmed and what was not.
  private static func compare(
    _ deeds: Deeds, with driver: Driver, as role: Role, in books: TestBooks, on row: String
  ) async -> (dimmed: Set<String>, open: Set<String>) {
    var (dimmed, open): (Set<String>, Set<String>) = ([], [])
    for action in driver.navigator.actions {
      guard let deed = deeds[action.id], action.unavailable == nil || action.refusal != nil
      else { continue }
      let isRefused = await isRefused(deed, to: books.principal(role), in: books)
      #expect((action.refusal != nil) == isRefused, "\(role) \(action.id) on \(row)")
      if isRefused { dimmed.insert(action.id) } else { open.insert(action.id) }
    }
    return (dimmed, open)
  }

  // MARK: Entries

  /// Of everybody who writes: small and large, as drafts, submitted, taken back, approved and posted.
  private static func entries(in books: TestBooks) async throws -> [ID<Entry>] {
    var entries: [ID<Entry>] = []
    for role in [Role.owner, .director, .manager, .employee] {
      let writer = books.principal(role)
      for amount: Int64 in [1_200, 900_000] {
        entries.append(try await books.draft(by: role, amount))
        let submitted = try await books.draft(by: role, amount)
        try await books.workspace.perform(SubmitEntry(submitted), as: writer)
        entries.append(submitted)
        let back = try await books.draft(by: role, amount)
        try await books.workspace.perform(SubmitEntry(back), as: writer)
        try await books.workspace.perform(WithdrawEntry(back), as: writer)
        entries.append(back)
        let approved = try await books.draft(by: role, amount)
        try await books.workspace.perform(SubmitEntry(approved), as: writer)
        try await books.workspace.perform(
          ApproveEntry(approved), as: role == .owner ? books.director : books.owner)
        entries.append(approved)
      }
      let posted = try await books.draft(by: role)
      try await books.workspace.perform(PostEntry(posted), as: books.owner)
      entries.append(posted)
    }
    // What is being taken back isn't taken back again.
    let wrong = try await books.draft(by: .owner)
    try await books.workspace.perform(PostEntry(wrong), as: books.director)
    if case .submitted(let reversal, _) = try await books.workspace.perform(
      ReverseEntry(wrong, reason: "booked twice"), as: books.employee)
    {
      entries += [wrong, reversal]
    }
    return entries
  }

  private static func deeds(on entry: ID<Entry>, in books: TestBooks) async throws -> Deeds {
    let found = try await books.workspace.fetch(EntryToEdit(entry), as: books.owner)
    let status = try await books.workspace.fetch(EntryDetail(entry), as: books.owner).head.status
    return [
      "journal.edit": EditEntry(entry, content: found.content, version: found.version),
      "journal.submit": SubmitEntry(entry), "journal.post": PostEntry(entry),
      "journal.approve": ApproveEntry(entry),
      "journal.reject": RejectEntry(entry, reason: "no receipt"),
      "journal.withdraw": status == .approved ? RecallEntry(entry) : WithdrawEntry(entry),
      "journal.reverse": ReverseEntry(entry, reason: "booked twice"),
      "journal.correct": CorrectEntry(entry, by: found.content, reason: "booked wrongly"),
      "journal.discard": DiscardEntry(entry),
      "journal.void": VoidEntry(entry, reason: "typed twice"),
      "journal.template": SaveTemplate("Rent", of: entry),
    ]
  }

  @Test(arguments: Role.allCases)
  func `what is dimmed on an entry is what the core refuses`(_ role: Role) async throws {
    let bands = [
      ApprovalPolicy.Band(minimum: Money(minorUnits: 5_000), role: .manager),
      ApprovalPolicy.Band(minimum: Money(minorUnits: 500_000), role: .director),
    ]
    let books = try await TestBooks.make(bands: bands)
    // Out of the manager's department, and of the employee's.
    let other = try await books.workspace.perform(
      CreateDepartment(DepartmentContent(code: "OPS", name: "Operations")), as: books.owner)
    for member in try await books.workspace.fetch(Members(), as: books.owner)
    where member.role == .director {
      try await books.workspace.perform(PlaceMember(member.id, in: other), as: books.owner)
    }
    let entries = try await Self.entries(in: books)
    let driver = await Driver(role, in: books, startsAt: "2")
    var (dimmed, open): (Set<String>, Set<String>) = ([], [])
    for _ in entries {
      guard case .entry(let shown)? = driver.navigator.top?.subject?.instance else {
        Issue.record("no entry under the cursor")
        return
      }
      let found = await Self.compare(
        try await Self.deeds(on: shown, in: books), with: driver, as: role, in: books,
        on: "\(shown)")
      dimmed.formUnion(found.dimmed)
      open.formUnion(found.open)
      await driver.press(.down)
    }
    // Or there would be nothing that was compared.
    #expect(dimmed == Self.dimmedEntries[role])
    #expect(open.isSuperset(of: role == .viewer ? [] : ["journal.submit"]))
  }

  /// Typed by hand from RULES §4.9.
  private static let dimmedEntries: [Role: Set<String>] = [
    .owner: [
      "journal.approve", "journal.reject", "journal.post", "journal.discard", "journal.reverse",
    ],
    .director: [
      "journal.approve", "journal.reject", "journal.post", "journal.discard", "journal.reverse",
    ],
    .manager: [
      "journal.approve", "journal.reject", "journal.post", "journal.discard", "journal.edit",
      "journal.submit", "journal.withdraw", "journal.reverse", "journal.void",
    ],
    .employee: [
      "journal.edit", "journal.submit", "journal.post", "journal.discard", "journal.withdraw",
      "journal.reverse", "journal.void",
    ],
    .viewer: [],
  ]

  // MARK: People

  private static func deeds(on member: Members.Row, in books: TestBooks) -> Deeds {
    let suspend: any Command =
      member.status == "suspended"
      ? ReinstateMember(member.id) : SuspendMember(member.id, reason: "On leave")
    return [
      "member.role": AssignRole(member.role, to: member.id),
      "member.limit": LimitMember(member.id, to: Money(minorUnits: 1)),
      "member.approves": LetApprove(member.id, may: false),
      "member.place": PlaceMember(member.id, in: books.department),
      "member.superior": SetSuperior(nil, of: member.id),
      "member.title": SetTitle("Clerk", of: member.id), "member.suspend": suspend,
      "member.remove": RemoveMember(member.id, reason: "Left us"),
    ]
  }

  @Test(arguments: Role.allCases)
  func `what is dimmed on a member is what the core refuses`(_ role: Role) async throws {
    let books = try await TestBooks.make()
    _ = try await books.person("Oda Owner", .owner, in: nil)
    _ = try await books.person("Emil Employee", .employee, in: nil)
    let driver = await Driver(role, in: books, startsAt: "8")
    var dimmed: [String: Set<String>] = [:]
    for member in try await books.workspace.fetch(Members(), as: books.owner) {
      guard case .member(let shown)? = driver.navigator.top?.subject?.instance else {
        Issue.record("nobody under the cursor")
        return
      }
      #expect(shown == member.user)
      let found = await Self.compare(
        Self.deeds(on: member, in: books), with: driver, as: role, in: books, on: member.name)
      if !found.dimmed.isEmpty { dimmed[member.name] = found.dimmed }
      await driver.press(.down)
    }
    switch role {
    case .owner: #expect(Set(dimmed.keys) == ["Olive Owner"])
    case .director: #expect(Set(dimmed.keys) == ["Olive Owner", "Oda Owner", "Dora Director"])
    case .manager:
      #expect(
        Set(dimmed.keys).isSuperset(of: ["Olive Owner", "Max Manager", "Emil Employee"]))
      #expect(dimmed["Emma Employee"] == nil)
    case .employee, .viewer: #expect(dimmed.isEmpty)
    }
  }

  // MARK: Accounts, departments, and what hangs on people

  /// Lets managers delete the account and the department.
  private static func listAll(_ account: ID<Account>, in books: TestBooks) async throws {
    for thing in [Thing(.account, account.value), Thing(.department, books.department.value)] {
      try await books.workspace.perform(
        AddToList(NewListRow(.role(.manager), .delete, of: thing, reason: "Test")),
        as: books.owner)
    }
  }

  /// Of other screens, by the keys that lead there and the action: each on the first row of its list.
  private static func others(in books: TestBooks) async throws -> [(keys: [Stroke], deeds: Deeds)] {
    let account = books.account("1000")
    let emma = books.employee.user
    let content = AccountContent(number: "1000", name: "Assets", type: .asset)
    let later = books.clock.now.adding(seconds: 3_600)
    let post = try await books.workspace.perform(
      Appoint(emma, to: DepartmentPost(.senior), in: books.department), as: books.owner)
    let grant = try await books.workspace.perform(
      GrantPermission(NewGrant(.allow, "audit.read", to: emma, reason: "Test")), as: books.owner)
    let loan = try await books.workspace.perform(
      Delegate(
        NewDelegation(
          from: books.director.user, to: books.owner.user, until: later, reason: "Away")),
      as: books.director)
    try await listAll(account, in: books)
    return [
      (
        ["3"],
        [
          "account.edit": UpdateAccount(account, content: content, version: 1),
          "account.archive": ArchiveAccount(account, .archive),
          "account.move": MoveAccount(account, under: nil, version: 1),
        ]
      ),
      // Below the account, and under its list.
      (
        ["3", "j", "j"],
        ["account.merge": MergeAccounts(books.account("1110"), into: books.account("1120"))]
      ),
      (
        ["8", "d"],
        [
          "department.edit": UpdateDepartment(
            books.department, content: DepartmentContent(code: "ACC", name: "Accounting")),
          "department.merge": MergeDepartments(
            books.department, into: ID(99), from: TestBooks.today),
          "department.remove": RemoveDepartment(books.department),
        ]
      ),
      (
        ["8", "d", "p"],
        [
          "post.new": Appoint(
            books.viewer.user, to: DepartmentPost(.junior), in: books.department),
          "post.end": EndPost(post),
        ]
      ),
      (
        ["8", "/", "Emma", .enter, "P"],
        [
          "grant.new": GrantPermission(
            NewGrant(.allow, "cost.read", to: emma, reason: "Test")),
          "grant.revoke": RevokeGrant(grant, reason: "Over"),
        ]
      ),
      (["8", "t"], ["delegation.end": EndDelegation(loan)]),
    ]
  }

  @Test(arguments: Role.allCases)
  func `what is dimmed elsewhere is what the core refuses`(_ role: Role) async throws {
    let books = try await TestBooks.make()
    var (dimmed, open): (Set<String>, Set<String>) = ([], [])
    for (keys, deeds) in try await Self.others(in: books) {
      let driver = await Driver(role, in: books, startsAt: nil)
      for key in keys { await driver.press(key) }
      let found = await Self.compare(
        deeds, with: driver, as: role, in: books, on: "\(driver.path)")
      dimmed.formUnion(found.dimmed)
      open.formUnion(found.open)
    }
    // The director isn't on the lists of the account and the department, which owners pass.
    let listed = [
      "account.edit", "account.archive", "account.move", "account.merge", "department.edit",
      "department.merge", "department.remove",
    ]
    let posts = ["post.new", "post.end"]
    let rest = ["grant.new", "grant.revoke", "delegation.end"]
    switch role {
    case .owner: #expect(dimmed == [] && open == Set(listed + posts + rest))
    case .director: #expect(dimmed == Set(listed + posts) && open == Set(rest))
    case .manager: #expect(dimmed == [] && open == Set(posts))
    case .employee, .viewer: #expect(dimmed == [] && open == [])
    }
  }

  private static func deeds(on reconciliation: ID<Reconciliation>) -> Deeds {
    ["recon.close": CloseReconciliation(reconciliation, version: 1)]
  }

  @Test(arguments: Role.allCases)
  func `what is dimmed on a reconciliation is what the core refuses`(_ role: Role) async throws {
    let books = try await TestBooks.make()
    let reconciliation = try await books.workspace.perform(
      StartReconciliation(books.account("1120"), .balance(.zero, on: TestBooks.today)),
      as: books.manager)
    let driver = await Driver(role, in: books, startsAt: "3")
    await driver.press(.home, "j", "j", "j", "t", .enter)
    let found = await Self.compare(
      Self.deeds(on: reconciliation), with: driver, as: role, in: books, on: "\(driver.path)")
    // The manager began it, and less than a manager closes none.
    let closing: Set<String> = ["recon.close"]
    #expect(found.dimmed == (role == .manager ? closing : []))
    #expect(found.open == (role > .manager ? closing : []))
  }

  @Test func `what a review says of oneself is for others to keep, where there are any`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.workspace.perform(StartAccessReview("Q4"), as: books.owner)
    let driver = await Driver(.owner, in: books, startsAt: "8")
    await driver.press("c", .enter, "/", "Olive", .enter, "a")
    #expect(driver.message.contains("Nobody changes rights of their own"), "\(driver.screen)")
    let records = try await books.workspace.fetch(AuditPage(limit: 5), as: books.owner)
    #expect(records.allSatisfy { $0.outcome == .success }, "\(records)")
    for member in try await books.workspace.fetch(Members(), as: books.owner)
    where member.role == .director {
      try await books.workspace.perform(
        SuspendMember(member.id, reason: "On leave"), as: books.owner)
    }
    driver.send(.booksChanged)
    await driver.settle()
    await driver.press("a")
    #expect(driver.message.contains("stays."), "\(driver.screen)")
  }

  @Test func `every key that can be dimmed is held to the core here`() async throws {
    let books = try await TestBooks.make()
    let entry = try await Self.deeds(on: try await books.draft(by: .owner), in: books)
    let member = try #require(try await books.workspace.fetch(Members(), as: books.owner).first)
    let others = try await Self.others(in: books).flatMap(\.deeds.keys)
    let held = Set(entry.keys).union(Self.deeds(on: member, in: books).keys).union(others)
      .union(["recon.close"])
    var acting: Set<String> = []
    let tour = try await Tour.books()
    for (_, keys) in RoleTable.screens {
      let driver = await Driver(.owner, in: tour, pressing: keys)
      acting.formUnion(driver.navigator.actions.filter { $0.act != nil }.map(\.id))
    }
    // They ask for the same as suspending does, and for more that only the core knows.
    #expect(acting.subtracting(held) == ["member.reset", "member.unlock", "member.factor"])
  }

  @Test func `a dimmed key says why and whom to ask, and w explains it`() async throws {
    let books = try await TestBooks.withThreshold()
    let entry = try await books.draft(by: .manager, 900_000)
    try await books.workspace.perform(SubmitEntry(entry), as: books.manager)
    let driver = await Driver(.manager, in: books, startsAt: "2")
    await driver.press("a")
    #expect(driver.navigator.overlay == nil)
    #expect(
      driver.message.hasPrefix("! Ask Dora Director, Olive Owner. You created it"),
      "\(driver.message)")
    await driver.press("w", "approve", .enter)
    #expect(driver.shows("may not approve"), "\(driver.screen)")
    await driver.press(.escape)
    // Somebody else's has come to be on top meanwhile.
    let other = try await books.draft(by: .employee, 6_000)
    try await books.workspace.perform(SubmitEntry(other), as: books.employee)
    driver.send(.booksChanged)
    await driver.settle()
    await driver.press("g", "a")
    #expect(driver.navigator.overlay != nil, "\(driver.screen)")
  }

  @Test func `what dims a key is what w says, of those above one too`() async throws {
    let driver = await Driver(.director, in: try await TestBooks.make(), startsAt: "8")
    await driver.press("/", "Olive", .enter, "L")
    #expect(driver.navigator.overlay == nil)
    await driver.press("w", "How much they", .enter)
    #expect(driver.shows("the role Owner is above theirs"), "\(driver.screen)")
    await driver.press(.escape, "/", .ctrl("u"), "Emma", .enter, "L")
    #expect(driver.navigator.overlay != nil, "\(driver.screen)")
  }

  @Test func `throwing a draft away leaves no refusal in the audit log`() async throws {
    let books = try await TestBooks.make()
    try await books.draft(by: .employee)
    let driver = await Driver(.employee, in: books, startsAt: "2")
    await driver.press("D", "y")
    #expect(driver.message == "ok D-1 is discarded.", "\(driver.screen)")
    let records = try await books.workspace.fetch(AuditPage(limit: 5), as: books.owner)
    #expect(records.allSatisfy { $0.outcome == .success }, "\(records)")
  }

  @Test func `where nobody may be appointed by them, no form is opened`() async throws {
    let books = try await TestBooks.make()
    let other = DepartmentContent(code: "OPS", name: "Operations")
    try await books.workspace.perform(CreateDepartment(other), as: books.owner)
    let driver = await Driver(.manager, in: books, startsAt: "8")
    await driver.press("d", "/", "Operations", .enter, "p", "n")
    #expect(driver.path.last == "Operations", "\(driver.screen)")
    #expect(driver.message.contains("department"), "\(driver.message)")
  }
}
