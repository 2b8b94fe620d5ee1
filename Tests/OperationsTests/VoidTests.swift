import Domain
import Operations
import Phrases
import Store
import TestSupport
import Testing

/// Giving up for good what isn't posted (RULES §3.3).
@Suite struct VoidTests {
  private func void(
    _ entry: ID<Entry>, as who: Principal, in books: TestBooks, reason: String = "Typed twice."
  ) async throws {
    try await books.workspace.perform(VoidEntry(entry, reason: reason), as: who)
  }

  private func status(of entry: ID<Entry>, in books: TestBooks) async throws -> EntryStatus {
    try await books.workspace.fetch(EntryDetail(entry), as: books.owner).head.status
  }

  @Test func `a draft, what waits and what is approved are voided, and no number is used`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    try books.store.script("UPDATE businesses SET posts_on_approval = 0")
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(1_00)), as: books.employee
    ).entry
    var entries = [draft]
    for _ in 1...2 {
      let submitted = try await books.workspace.perform(
        CreateEntry(books.entry(60_00), then: .submit), as: books.employee)
      entries.append(submitted.entry)
    }
    #expect(
      try await books.workspace.perform(ApproveEntry(entries[2]), as: books.manager) == .approved)
    for entry in entries { try await void(entry, as: books.employee, in: books) }
    let listed = try await books.workspace.fetch(JournalPage(.voided), as: books.viewer)
    #expect(Set(listed.map(\.name)) == ["D-1", "D-2", "D-3"])
    let size = try await books.workspace.fetch(JournalSize(.voided), as: books.viewer)
    #expect(size.entries == 3)
    #expect(try await books.workspace.fetch(JournalPage(.drafts), as: books.viewer).isEmpty)
    #expect(try await books.balances().isEmpty)
    let posted = try await books.workspace.perform(
      CreateEntry(books.entry(2_00), then: .post), as: books.employee)
    #expect(posted.name == "GJ-2026-000001")
    #expect(try await books.workspace.fetch(VerifyAudit(), as: books.owner).findings.isEmpty)
  }

  @Test func `it is on record who voided it and why, and nothing is done to it any more`()
    async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.workspace.perform(
      CreateEntry(books.entry(1_00)), as: books.employee
    ).entry
    await #expect(throws: Refusal.reasonNeeded(least: 5)) {
      try await void(entry, as: books.employee, in: books, reason: "no")
    }
    try await void(entry, as: books.employee, in: books)
    let detail = try await books.workspace.fetch(EntryDetail(entry), as: books.viewer)
    #expect(detail.history.last?.what.english == "voided")
    #expect(detail.history.last?.reason == "Typed twice.")
    let record = try #require(try await books.trail(1).first)
    #expect(record.event == .void && record.operation == "journal.void")
    #expect(record.actor == "Emma Employee" && record.reason == "Typed twice.")
    await #expect(throws: Refusal.wrongStatus(.void, .voided)) {
      try await void(entry, as: books.owner, in: books)
    }
    await #expect(throws: Refusal.wrongStatus(.post, .voided)) {
      try await books.workspace.perform(PostEntry(entry), as: books.owner)
    }
  }

  @Test func `whoever had it to approve has nothing left to do, and its month can be closed`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    let entry = try await books.workspace.perform(
      CreateEntry(books.entry(60_00), then: .submit), as: books.employee
    ).entry
    func approvable() async throws -> [ID<Entry>] {
      try await books.workspace.fetch(
        JournalPage(.all, EntrySearch("is:approvable")), as: books.manager
      ).map(\.id)
    }
    func unposted() async throws -> [PeriodFinding] {
      let periods = try await books.workspace.fetch(Periods(), as: books.owner)
      let november = try #require(periods.first { $0.label == "2026-11" })
      let checks = try await books.workspace.fetch(PeriodChecks(november.id), as: books.owner)
      return try #require(checks.items.first { $0.check == .posted }).findings
    }
    #expect(try await approvable() == [entry])
    #expect(try await unposted().count == 1)
    try await void(entry, as: books.manager, in: books)
    #expect(try await approvable() == [])
    #expect(try await unposted() == [])
    await #expect(throws: Refusal.wrongStatus(.approve, .voided)) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    }
  }

  @Test func `what is posted or reversed isn't voided, and the refusal names the way`()
    async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.post(1_00)
    let refusal = Refusal.wrongStatus(.void, .posted)
    await #expect(throws: refusal) { try await void(entry, as: books.owner, in: books) }
    #expect(
      UserMessage(refusal).text == "An entry that is posted can't be voided. Reverse it instead.")
    try await books.workspace.perform(ReverseEntry(entry, reason: "Typed twice."), as: books.owner)
    await #expect(throws: Refusal.wrongStatus(.void, .reversed)) {
      try await void(entry, as: books.owner, in: books)
    }
    #expect(try await books.balances().isEmpty)
  }

  /// RULES §4.9, 30: an employee what is theirs, a manager what is of their department.
  @Test func `an employee voids their own, a manager their department's, a viewer nothing`()
    async throws
  {
    let books = try await TestBooks.make()
    let other = try await books.person("Eve Employee", .employee, in: nil)
    let own = try await books.workspace.perform(
      CreateEntry(books.entry(1_00)), as: books.employee
    ).entry
    for who in [other, books.viewer] {
      await #expect(throws: Refusal.self) { try await void(own, as: who, in: books) }
    }
    let foreign = try await books.workspace.perform(CreateEntry(books.entry(1_00)), as: other).entry
    await #expect(throws: Refusal.self) { try await void(foreign, as: books.manager, in: books) }
    #expect(try await status(of: own, in: books) == .draft)
    #expect(try await status(of: foreign, in: books) == .draft)
    try await void(own, as: books.manager, in: books)
    try await void(foreign, as: other, in: books)
    #expect(try await status(of: own, in: books) == .voided)
    #expect(try await status(of: foreign, in: books) == .voided)
  }

  /// Without its reversal a correction would count beside what it sets right.
  @Test func `a reversal is voided after what was to be booked in its place, not before`()
    async throws
  {
    let books = try await TestBooks.make()
    let wrong = try await books.post(10_00)
    let outcome = try await books.workspace.perform(
      CorrectEntry(wrong, by: books.entry(8_00), reason: "Wrong amount."), as: books.employee)
    guard case .submitted(let reversal, _)? = outcome.reversal else {
      Issue.record("\(outcome)")
      return
    }
    await #expect(throws: Refusal.irreversible(.replaced("D-2"))) {
      try await void(reversal, as: books.owner, in: books)
    }
    try await void(outcome.correction.entry, as: books.owner, in: books)
    try await void(reversal, as: books.owner, in: books)
    #expect(try await status(of: wrong, in: books) == .posted)
    #expect(try await books.balances() == ["6200": 10_00, "1120": -10_00])
    // It was given up, so another can be made.
    try await books.workspace.perform(ReverseEntry(wrong, reason: "Booked twice."), as: books.owner)
    #expect(try await books.balances().isEmpty)
  }

  /// RULES §3.8: of something posted.
  @Test func `what is taken back on its own day is void with its reversal, on another it isn't`()
    async throws
  {
    let books = try await TestBooks.make()
    let early = TestBooks.today.adding(days: -3)
    let void = try await books.post(1_00, on: early)
    let reversed = try await books.post(2_00, on: early)
    let asked = try await books.post(4_00)
    try await books.workspace.perform(
      ReverseEntry(void, on: early, reason: "Typed twice."), as: books.owner)
    try await books.workspace.perform(
      ReverseEntry(reversed, reason: "Typed twice."), as: books.owner)
    let waits = try await books.workspace.perform(
      ReverseEntry(asked, reason: "Typed twice."), as: books.employee)
    guard case .submitted = waits else {
      Issue.record("\(waits)")
      return
    }
    let states = try await books.entries().map { ($0.name, $0.state.english) }
    #expect(
      Dictionary(uniqueKeysWithValues: states) == [
        "GJ-2026-000001": "VOID", "RV-2026-000001": "VOID", "GJ-2026-000002": "reversed",
        "RV-2026-000002": "posted", "GJ-2026-000003": "posted", "D-6": "pending approval",
      ])
    let rows = try await books.workspace.fetch(
      RegisterPage(books.account("6200")), as: books.owner)
    #expect(rows.map(\.amount.minorUnits) == [1_00, 2_00, -1_00, 4_00, -2_00])
    #expect(rows.map(\.isVoid) == [true, false, true, false, false])
    #expect(rows[0].text.english == "VOID: Rent" && rows[1].text.english == "Rent")
    let earlier = try await books.workspace.fetch(
      RegisterPage(books.account("6200"), before: nil), as: books.owner)
    #expect(earlier == rows)
  }

  /// RULES F3: what the books said on 3 April, asked on 20 May.
  @Test func `as known before it was taken back, no line of it says void`() async throws {
    let books = try await TestBooks.make()
    let entry = try await books.post(1_00)
    let then = books.clock.now
    books.clock.advance(seconds: 60)
    try await books.workspace.perform(
      ReverseEntry(entry, on: TestBooks.today, reason: "Typed twice."), as: books.owner)
    func voids(_ knownAt: Timestamp?) async throws -> [[Bool]] {
      let (rent, scope) = (books.account("6200"), LedgerScope(knownAt: knownAt))
      let later = try await books.workspace.fetch(
        RegisterPage(rent, in: RegisterScope(scope)), as: books.owner)
      let earlier = try await books.workspace.fetch(
        RegisterPage(rent, in: RegisterScope(scope), before: nil), as: books.owner)
      let ledger = try await books.workspace.fetch(
        GeneralLedgerLines(in: .days(.first, .last), scope, limit: 10), as: books.owner)
      let account = try #require(ledger?.first { $0.row.number == "6200" })
      return [later.map(\.isVoid), earlier.map(\.isVoid), account.lines.map(\.isVoid)]
    }
    #expect(try await voids(then) == [[false], [false], [false]])
    for moment in [nil, books.clock.now] {
      #expect(try await voids(moment) == [[true, true], [true, true], [true, true]])
    }
  }
}
