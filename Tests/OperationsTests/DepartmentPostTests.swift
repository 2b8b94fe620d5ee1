import Domain
import Operations
import Store
import TestSupport
import Testing

/// What people are in departments, and may do there by it (RULES §4.2, 2c).
@Suite struct DepartmentPostTests {
  private func submitted(
    _ books: TestBooks, _ amount: Int64, for department: ID<Department>?
  ) async throws -> ID<Entry> {
    var content = books.entry(amount)
    content.lines = content.lines.map {
      var line = $0
      line.department = department
      return line
    }
    return try await books.workspace.perform(
      CreateEntry(content, then: .submit), as: books.director
    ).entry
  }

  private func appoint(
    _ who: Principal, to post: DepartmentPost, in department: ID<Department>, as by: Principal,
    _ books: TestBooks, until end: Timestamp? = nil
  ) async throws -> ID<DepartmentPost> {
    try await books.workspace.perform(
      Appoint(who.user, to: post, in: department, until: end), as: by)
  }

  private static let head = DepartmentPost(
    .head, [.viewReports], limit: Money(minorUnits: 10_000))

  @Test func `a head approves in their department and below it up to their limit`() async throws {
    let books = try await TestBooks.withThreshold()
    let sales = try await books.department("SAL", under: nil)
    let export = try await books.department("EXP", under: sales)
    let carl = try await books.person("Carl Colleague", .employee)
    let post = try await appoint(carl, to: Self.head, in: sales, as: books.owner, books)
    let below = try await submitted(books, 8_000, for: export)
    #expect(
      try await books.workspace.perform(ApproveEntry(below), as: carl)
        == .posted(number: "GJ-2026-000001"))
    let dear = try await submitted(books, 10_001, for: sales)
    await #expect(throws: Refusal.self) {
      try await books.workspace.perform(ApproveEntry(dear), as: carl)
    }
    #expect(try await books.trail(1).first?.errorCode == "limit")
    let elsewhere = try await submitted(books, 8_000, for: books.department)
    await #expect(throws: Refusal.self) {
      try await books.workspace.perform(ApproveEntry(elsewhere), as: carl)
    }
    #expect(try await books.trail(1).first?.errorCode == "department")
    try await books.workspace.perform(EndPost(post), as: books.owner)
    let later = try await submitted(books, 8_000, for: sales)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .noGrant(.employee))) {
      try await books.workspace.perform(ApproveEntry(later), as: carl)
    }
  }

  @Test func `a head's vote is enough where no amount asks for anybody's`() async throws {
    let books = try await TestBooks.make()
    let carl = try await books.person("Carl Colleague", .employee)
    _ = try await appoint(carl, to: Self.head, in: books.department, as: books.owner, books)
    let entry = try await submitted(books, 8_000, for: books.department)
    #expect(
      try await books.workspace.perform(ApproveEntry(entry), as: carl)
        == .posted(number: "GJ-2026-000001"))
  }

  @Test func `a lead's rights end at the departments below`() async throws {
    let books = try await TestBooks.withThreshold()
    let sales = try await books.department("SAL", under: nil)
    let export = try await books.department("EXP", under: sales)
    let carl = try await books.person("Carl Colleague", .employee)
    _ = try await appoint(
      carl, to: DepartmentPost(.lead, limit: Money(minorUnits: 10_000)), in: sales,
      as: books.owner, books)
    let below = try await submitted(books, 8_000, for: export)
    await #expect(throws: Refusal.self) {
      try await books.workspace.perform(ApproveEntry(below), as: carl)
    }
    let here = try await submitted(books, 8_000, for: sales)
    try await books.workspace.perform(ApproveEntry(here), as: carl)
  }

  @Test func `nobody appoints themselves, or gives what they don't hold`() async throws {
    let books = try await TestBooks.make()
    let member = DepartmentPost(.member)
    await #expect(throws: Refusal.access(.ownRights)) {
      _ = try await appoint(books.owner, to: member, in: books.department, as: books.owner, books)
    }
    // A manager manages who belongs to their department, and no other.
    _ = try await appoint(
      books.employee, to: member, in: books.department, as: books.manager, books)
    let sales = try await books.department("SAL", under: nil)
    await #expect(throws: Refusal.self) {
      _ = try await appoint(books.employee, to: member, in: sales, as: books.manager, books)
    }
    #expect(try await books.trail(1).first?.errorCode == "department")
    await #expect(throws: Refusal.access(.notHeld(.budgetApprove))) {
      _ = try await appoint(
        books.employee, to: DepartmentPost(.lead, [.approveBudget]), in: books.department,
        as: books.manager, books)
    }
    await #expect(throws: Refusal.access(.notHeld(.journalApprove))) {
      _ = try await appoint(
        books.employee, to: DepartmentPost(.lead, limit: .zero), in: books.department,
        as: books.manager, books)
    }
    try await books.limit(books.director, to: 9_999)
    await #expect(throws: Refusal.access(.notHeld(.journalApprove))) {
      _ = try await appoint(
        books.employee, to: Self.head, in: books.department, as: books.director, books)
    }
  }

  @Test func `a post is held once at a time, and one that hadn't begun never was`() async throws {
    let books = try await TestBooks.make()
    let noon = books.clock.now.adding(seconds: 3_600)
    let first = try await appoint(
      books.viewer, to: Self.head, in: books.department, as: books.owner, books, until: noon)
    await #expect(throws: Refusal.access(.alreadyAppointed(.head))) {
      _ = try await appoint(
        books.viewer, to: Self.head, in: books.department, as: books.owner, books)
    }
    let later = try await books.workspace.perform(
      Appoint(books.viewer.user, to: Self.head, in: books.department, from: noon), as: books.owner)
    let posts = try await books.workspace.fetch(DepartmentPosts(books.department), as: books.viewer)
    #expect(posts.map(\.id) == [first, later] && posts.map(\.post) == [Self.head, Self.head])
    #expect(posts.map(\.end) == [noon, nil])
    try await books.workspace.perform(EndPost(later), as: books.owner)
    books.clock.advance(seconds: 60)
    try await books.workspace.perform(EndPost(first), as: books.owner)
    #expect(
      try await books.workspace.fetch(DepartmentPosts(books.department), as: books.owner) == [])
    await #expect(throws: Refusal.noSuch(Subject(.departmentRole, first.value))) {
      try await books.workspace.perform(EndPost(first), as: books.owner)
    }
    let record = try #require(
      try await books.trail(10).first { $0.operation == "department.appoint" })
    #expect(record.outcome == .success)
  }

  @Test func `whoever leads a department is made so by who manages their rights`() async throws {
    let books = try await TestBooks.make()
    let denied = Refusal.notPermitted(.permissionManage, .noGrant(.manager))
    await #expect(throws: denied) {
      _ = try await appoint(
        books.employee, to: DepartmentPost(.supervisor), in: books.department, as: books.manager,
        books)
    }
    // Somebody who may change departments doesn't become the head of one by that.
    let sales = try await books.department("SAL", under: nil)
    try await books.workspace.perform(
      GrantPermission(
        NewGrant(.allow, "department.edit", to: books.manager.user, reason: "Reorganisation")),
      as: books.owner)
    var content = DepartmentContent(code: "SAL", name: "Sales")
    content.head = books.manager.user
    await #expect(throws: denied) {
      try await books.workspace.perform(
        UpdateDepartment(sales, content: content), as: books.manager)
    }
    // Nor does what they put below their own come under them.
    (content.head, content.parent) = (nil, books.department)
    await #expect(throws: Refusal.access(.ownRights)) {
      try await books.workspace.perform(
        UpdateDepartment(sales, content: content), as: books.manager)
    }
    try await books.workspace.perform(UpdateDepartment(sales, content: content), as: books.owner)
  }

  @Test func `whoever is appointed to head a department stands among its heads while they do`()
    async throws
  {
    let books = try await TestBooks.make()
    let head = { try await books.workspace.fetch(Departments(), as: books.owner).first?.heads }
    #expect(try await head() == "")
    let content = DepartmentContent(code: "ACC", name: "Accounting", head: books.manager.user)
    try await books.workspace.perform(
      UpdateDepartment(books.department, content: content), as: books.owner)
    let post = try await books.workspace.perform(
      Appoint(books.employee.user, to: DepartmentPost(.head), in: books.department),
      as: books.owner)
    _ = try await books.workspace.perform(
      Appoint(books.director.user, to: DepartmentPost(.senior), in: books.department),
      as: books.owner)
    #expect(try await head() == "Emma Employee, Max Manager")
    books.clock.advance(seconds: 60)
    try await books.workspace.perform(EndPost(post), as: books.owner)
    #expect(try await head() == "Max Manager")
  }

  @Test func `nobody moves their department from under a list that binds them`() async throws {
    let books = try await TestBooks.make()
    let above = try await books.department("FIN", under: nil)
    var content = DepartmentContent(code: "ACC", name: "Accounting", parent: above)
    let move = { (parent: ID<Department>?, who: Principal) in
      content.parent = parent
      try await books.workspace.perform(
        UpdateDepartment(books.department, content: content), as: who)
    }
    try await move(above, books.owner)
    try await books.workspace.perform(
      GrantPermission(
        NewGrant(.allow, "department.edit", to: books.manager.user, reason: "Reorganisation")),
      as: books.owner)
    try await books.workspace.perform(
      AddToList(
        NewListRow(
          .department(above), .read, of: Thing(.account, books.account("6100").value),
          reason: "Pay")), as: books.owner)
    await #expect(throws: Refusal.access(.ownRights)) { try await move(nil, books.manager) }
    // Whoever isn't in it moves it, and so do those in it whom no list names.
    try await move(nil, books.director)
    try await move(above, books.manager)
  }
}
