import Domain
import Operations
import Store
import TestSupport
import Testing

/// Looking through what everybody may do, and what one person had better not hold together.
@Suite struct AccessReviewTests {
  private func lines(
    _ books: TestBooks, _ review: ID<AccessReview>
  ) async throws -> [AccessReviewDetail.Line] {
    try await detail(books, review).lines
  }

  private func detail(
    _ books: TestBooks, _ review: ID<AccessReview>
  ) async throws -> AccessReviewDetail.Detail {
    try await books.workspace.fetch(AccessReviewDetail(review), as: books.viewer)
  }

  private func decide(
    _ books: TestBooks, _ review: ID<AccessReview>, _ line: Int,
    _ decision: DecideReviewLine.Decision = .keep, as who: Principal
  ) async throws {
    try await books.workspace.perform(
      DecideReviewLine(decision, line: line, of: review, comment: "Looked at"), as: who)
  }

  /// A review of everybody, every line of it decided: the grant must go.
  private func decided(_ books: TestBooks) async throws -> (ID<AccessReview>, ID<Grant>) {
    try await books.limit(books.manager, to: 50_000)
    let grant = try await books.workspace.perform(
      GrantPermission(
        NewGrant(.allow, "journal.approve", to: books.employee.user, reason: "Cover")),
      as: books.owner)
    let review = try await books.workspace.perform(StartAccessReview("Q4"), as: books.owner)
    for line in try await lines(books, review) {
      try await decide(
        books, review, line.number, line.kind == "grant" ? .revoke : .keep,
        as: line.person == "Olive Owner" ? books.director : books.owner)
    }
    return (review, grant)
  }

  @Test func `what people are in departments is reviewed, and so is whom a department names`()
    async throws
  {
    let books = try await TestBooks.make()
    let sales = try await books.department("SAL", under: nil)
    let post = try await books.workspace.perform(
      Appoint(
        books.viewer.user,
        to: DepartmentPost(.head, [.viewReports], limit: Money(minorUnits: 90_000)), in: sales),
      as: books.owner)
    var content = DepartmentContent(code: "SAL", name: "Sales")
    content.head = books.employee.user
    try await books.workspace.perform(UpdateDepartment(sales, content: content), as: books.owner)
    let review = try await books.workspace.perform(StartAccessReview("Q4"), as: books.owner)
    func posts() async throws -> [String: Bool] {
      let found = try await lines(books, review).filter { $0.kind == "post" }
      return Dictionary(uniqueKeysWithValues: found.map { ($0.description, $0.isGone) })
    }
    let held = "is head of SAL, views its reports, approves up to 900.00"
    #expect(try await posts() == [held: false, "leads SAL": false])
    books.clock.advance(seconds: 1)
    try await books.workspace.perform(EndPost(post), as: books.owner)
    content.head = nil
    try await books.workspace.perform(UpdateDepartment(sales, content: content), as: books.owner)
    #expect(try await posts() == [held: true, "leads SAL": true])
  }

  @Test func `a review lists what everybody has, and others decide on each line`() async throws {
    let books = try await TestBooks.make()
    let (review, grant) = try await decided(books)
    let found = try await lines(books, review)
    #expect(found.filter { $0.kind == "role" }.count == 5)
    #expect(
      found.map(\.description).contains("may approve up to 500.00")
        && found.map(\.description).contains("allow journal.approve (Cover)"))
    let own = try #require(found.first { $0.person == "Olive Owner" })
    await #expect(throws: Refusal.access(.ownRights)) {
      try await decide(books, review, own.number, as: books.owner)
    }
    let line = try #require(found.first { $0.kind == "grant" })
    #expect(line.decision == "revoke" && !line.isGone)
    try await books.workspace.perform(RevokeGrant(grant, reason: "Reviewed"), as: books.owner)
    #expect(try await lines(books, review).first { $0.kind == "grant" }?.isGone == true)
  }

  @Test func `where nobody else could, somebody keeps what is their own and signs`() async throws {
    let books = try await TestBooks.make()
    let review = try await books.workspace.perform(StartAccessReview("Q4"), as: books.owner)
    let own = try #require(
      try await lines(books, review).first { $0.person == "Olive Owner" })
    await #expect(throws: Refusal.access(.ownRights)) {
      try await decide(books, review, own.number, as: books.owner)
    }
    let director = try await books.workspace.fetch(Members(), as: books.owner)
      .called("Dora Director")
    try await books.workspace.perform(
      SuspendMember(director.id, reason: "Away"), as: books.owner)
    await #expect(throws: Refusal.access(.ownRights)) {
      try await decide(books, review, own.number, .revoke, as: books.owner)
    }
    for line in try await lines(books, review) {
      try await decide(books, review, line.number, as: books.owner)
    }
    #expect(try await lines(books, review)[own.number - 1].decidedBy == "Olive Owner")
    try await books.workspace.perform(SignReview(review), as: books.owner)
    #expect(try await detail(books, review).isIntact == true)
  }

  @Test
  func `lists, keys and templates of a role are lines too, and one's own role's is not one's`()
    async throws
  {
    let books = try await TestBooks.make()
    _ = try await books.workspace.perform(
      AddToList(
        NewListRow(
          .role(.viewer), .read, of: Thing(.account, books.account("1120").value),
          reason: "Look")), as: books.owner)
    _ = try await books.workspace.createKey(
      NewAPIKey("Till", for: ["journal.read", "account.*"]), as: books.owner)
    let template = try await books.workspace.perform(
      CreatePermissionTemplate(
        TemplateContent("Cover", items: [.init(.allow, "audit.read")])), as: books.owner)
    _ = try await books.workspace.perform(
      AssignTemplate(template, to: .role(.director), reason: "Look"), as: books.owner)
    let review = try await books.workspace.perform(StartAccessReview("Q4"), as: books.owner)
    let found = try await lines(books, review)
    #expect(found.map(\.description).contains("read of account 1120 as viewer"))
    #expect(found.map(\.description).contains("has the API key Till for journal.read, account.*"))
    let line = try #require(found.first { $0.kind == "template" })
    #expect(line.description == "has the template Cover: allow audit.read as director")
    await #expect(throws: Refusal.access(.ownRights)) {
      try await decide(books, review, line.number, as: books.director)
    }
    try await decide(books, review, line.number, as: books.owner)
  }

  @Test func `a review is signed once all is decided, and shows if it was altered`() async throws {
    let books = try await TestBooks.make()
    let open = try await books.workspace.perform(StartAccessReview("Q3"), as: books.owner)
    await #expect(throws: Refusal.access(.linesUndecided(5))) {
      try await books.workspace.perform(SignReview(open), as: books.owner)
    }
    let (review, _) = try await decided(books)
    #expect(try await detail(books, review).isIntact == nil)
    try await books.workspace.perform(SignReview(review), as: books.owner)
    #expect(try await detail(books, review).isIntact == true)
    await #expect(throws: Refusal.access(.reviewed)) {
      try await decide(books, review, 1, as: books.director)
    }
    await #expect(throws: Refusal.access(.reviewed)) {
      try await books.workspace.perform(SignReview(review), as: books.director)
    }
    let list = try await books.workspace.fetch(AccessReviews(), as: books.viewer)
    #expect(list.map(\.undecided) == [0, 5])
    #expect(list.map(\.signedBy) == ["Olive Owner", nil])
    await #expect(throws: Refusal.self) {
      try await books.workspace.fetch(AccessReviews(), as: books.manager)
    }
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = 1;
      DROP TRIGGER access_review_lines_signed;
      UPDATE access_review_lines SET comment = 'x' WHERE line_number = 1;
      """)
    #expect(try await detail(books, review).isIntact == false)
  }

  @Test func `duties that conflict are listed until somebody else waives them for a time`()
    async throws
  {
    let books = try await TestBooks.make()
    func ofManager() async throws -> [DutyConflicts.Row] {
      try await books.workspace.fetch(DutyConflicts(), as: books.viewer).filter {
        $0.person.role == .manager
      }
    }
    let conflicts = try await ofManager().map(\.conflict)
    #expect(
      conflicts.map { [$0.first, $0.second] } == [[.importRun, .reconApprove]],
      "a manager holds no other two")
    func waive(
      _ first: Permission, _ second: Permission, of who: Principal, seconds: Int64 = 60,
      as waiver: Principal? = nil
    ) async throws -> ID<DutyWaiver> {
      try await books.workspace.perform(
        WaiveConflict(
          first, second, of: who.user, until: books.clock.now.adding(seconds: seconds),
          reason: "Two of us"), as: waiver ?? books.owner)
    }
    await #expect(throws: Refusal.access(.ownRights)) {
      try await waive(.importRun, .reconApprove, of: books.owner)
    }
    await #expect(throws: Refusal.access(.noConflict(.journalRead, .journalPost))) {
      try await waive(.journalRead, .journalPost, of: books.manager)
    }
    await #expect(throws: Refusal.access(.endsBeforeItBegins)) {
      try await waive(.importRun, .reconApprove, of: books.manager, seconds: 0)
    }
    let first = try await waive(.reconApprove, .importRun, of: books.manager)
    #expect(try await ofManager().map { $0.waiver?.reason } == ["Two of us"])
    try await books.workspace.perform(EndWaiver(first, reason: "Three now"), as: books.owner)
    #expect(try await ofManager().map { $0.waiver?.reason } == [nil])
    _ = try await waive(.importRun, .reconApprove, of: books.manager)
    books.clock.advance(seconds: 60)
    #expect(try await ofManager().map { $0.waiver?.reason } == [nil])
  }
}
