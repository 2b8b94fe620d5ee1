import Domain
import Operations
import Store
import TestSupport
import Testing

/// Limits and separate duties that somebody lifts for themselves (RULES §4.4).
@Suite struct EmergencyTests {
  private func breakGlass(
    _ books: TestBooks, as who: Principal, minutes: Int = 60
  ) async throws -> RequestConfirmation.Outcome {
    try await books.workspace.perform(
      RequestConfirmation(.breakGlass(minutes: minutes), reason: "Payroll must go out"), as: who)
  }

  private func submitted(
    _ books: TestBooks, _ amount: Int64, by who: Principal
  ) async throws -> ID<Entry> {
    try await books.workspace.perform(
      CreateEntry(books.entry(amount), then: .submit), as: who
    ).entry
  }

  private func approve(_ entry: ID<Entry>, _ books: TestBooks, as who: Principal) async throws {
    try await books.workspace.perform(ApproveEntry(entry), as: who)
  }

  @Test func `separate duties don't bind for an hour, and what was done says so`() async throws {
    let books = try await TestBooks.withThreshold()
    let second = try await books.person("Otto Owner", .owner)
    let (first, later) = (
      try await submitted(books, 6_000, by: books.owner),
      try await submitted(books, 7_000, by: books.owner)
    )
    let denied = Refusal.notPermitted(.journalApprove, .involved(.created))
    await #expect(throws: denied) { try await approve(first, books, as: books.owner) }
    #expect(try await breakGlass(books, as: books.owner) == .done)
    let told = Notice.limitsLifted(by: "Olive Owner", minutes: 60, reason: "Payroll must go out")
    #expect(try await books.notices(of: second) == [told])
    try await approve(first, books, as: books.owner)
    let record = try #require(
      try await books.trail(5).first { $0.operation == "journal.approve" })
    #expect(record.decision.contains("lifted in an emergency: created it"))
    #expect(
      try await books.workspace.fetch(EntryDetail(first), as: books.owner).head.status == .posted)
    books.clock.advance(seconds: 3_600)
    await #expect(throws: denied) { try await approve(later, books, as: books.owner) }
  }

  @Test(arguments: [Role.owner, .director])
  func `a word that was meant for something else lifts nothing`(_ role: Role) async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.reasonNeeded(least: 5)) {
      _ = try await books.workspace.perform(
        RequestConfirmation(.breakGlass(minutes: 5), reason: " list"), as: books.principal(role))
    }
    #expect(try await books.workspace.fetch(Emergencies(), as: books.owner) == [])
    #expect(try await books.workspace.fetch(Confirmations(), as: books.owner) == [])
  }

  @Test func `a director needs an owner for it, and a limit binds until then`() async throws {
    let books = try await TestBooks.withThreshold()
    try await books.limit(books.director, to: 1_000)
    let entry = try await submitted(books, 6_000, by: books.employee)
    guard case .awaits(let id, _, _) = try await breakGlass(books, as: books.director, minutes: 10)
    else { return #expect(Bool(false), "a director did it alone") }
    await #expect(throws: Refusal.self) { try await approve(entry, books, as: books.director) }
    try await books.workspace.perform(Confirm(id), as: books.owner)
    let emergency = try #require(
      try await books.workspace.fetch(Emergencies(), as: books.director).first)
    #expect(emergency.person == "Dora Director")
    #expect(emergency.end == books.clock.now.adding(seconds: 600))
    try await approve(entry, books, as: books.director)
  }

  @Test func `what is forbidden stays so, and an hour is the most`() async throws {
    let books = try await TestBooks.withThreshold()
    let entry = try await submitted(books, 6_000, by: books.owner)
    let deny = NewGrant(.deny, "journal.approve", to: books.owner.user, reason: "Conflict")
    let grant = try await books.workspace.perform(GrantPermission(deny), as: books.director)
    _ = try await breakGlass(books, as: books.owner)
    await #expect(
      throws: Refusal.notPermitted(.journalApprove, .forbidden(by: .person(id: grant.value)))
    ) { try await approve(entry, books, as: books.owner) }
    for minutes in [0, 61] {
      await #expect(throws: Refusal.access(.emergencyMinutes)) {
        _ = try await breakGlass(books, as: books.owner, minutes: minutes)
      }
    }
    await #expect(throws: Refusal.notPermitted(.breakglassUse, .noGrant(.manager))) {
      _ = try await breakGlass(books, as: books.manager)
    }
  }

  @Test func `whoever lifted limits ends that before its time, and nobody else does`() async throws
  {
    let books = try await TestBooks.withThreshold()
    let second = try await books.person("Otto Owner", .owner)
    let entry = try await submitted(books, 6_000, by: books.owner)
    _ = try await breakGlass(books, as: books.owner)
    let row = try #require(try await books.workspace.fetch(Emergencies(), as: books.owner).first)
    func end(as who: Principal) async throws {
      try await books.workspace.perform(EndEmergency(row.id), as: who)
    }
    await #expect(throws: Refusal.noSuch(Subject(.emergency, row.id.value))) {
      try await end(as: second)
    }
    books.clock.advance(seconds: 60)
    try await end(as: books.owner)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.created))) {
      try await approve(entry, books, as: books.owner)
    }
    let ended = try #require(try await books.workspace.fetch(Emergencies(), as: books.owner).first)
    #expect(ended.end == books.clock.now && ended.due == row.due)
    #expect(
      ended.state(at: books.clock.now) == "to review", "another owner looks at it all the same")
    await #expect(throws: Refusal.access(.emergencyOver)) { try await end(as: books.owner) }
    let record = try #require(
      try await books.trail(5).first { $0.operation == "breakglass.end" && $0.errorCode == nil })
    #expect(record.newValues?.contains("ends_at") == true)
  }

  @Test func `another owner looks at it, and until then it is listed, at last as overdue`()
    async throws
  {
    let books = try await TestBooks.make()
    let second = try await books.person("Otto Owner", .owner)
    _ = try await breakGlass(books, as: books.owner)
    func listed() async throws -> Emergencies.Row {
      try #require(try await books.workspace.fetch(Emergencies(), as: books.viewer).first)
    }
    let row = try await listed()
    let ends = [
      books.clock.now, row.end, row.due.adding(seconds: -1), row.due,
    ].map { row.state(at: $0) }
    #expect(ends == ["in force", "to review", "to review", "overdue"])
    #expect(try await books.workspace.fetch(Emergencies(), as: books.manager).isEmpty)
    func review(_ findings: String, as who: Principal) async throws {
      try await books.workspace.perform(ReviewEmergency(row.id, findings: findings), as: who)
    }
    await #expect(throws: Refusal.access(.ownRights)) { try await review("Fine", as: books.owner) }
    await #expect(throws: Refusal.notPermitted(.breakglassUse, .secondPersonNeeded)) {
      try await review("Fine", as: books.director)
    }
    books.clock.advance(seconds: 60)
    try await review("Nothing was done by it.", as: second)
    let reviewed = try await listed()
    #expect(reviewed.state(at: reviewed.due) == "reviewed")
    #expect(reviewed.end == books.clock.now, "a review ends what still lasts")
    await #expect(throws: Refusal.access(.reviewed)) { try await review("Again", as: second) }
  }
}
