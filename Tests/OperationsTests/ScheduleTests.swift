import Domain
import Operations
import TestSupport
import Testing

/// Entries that come again (RULES §3.8, Recurring). November 2026 is open, and it is the 23rd.
@Suite struct ScheduleTests {
  static func day(_ text: String) throws -> Day { try #require(Day(text)) }

  @Test func `what is due is written on its own day where its period is open, else flagged`()
    async throws
  {
    let books = try await TestBooks.make()
    let created = try await books.schedule(.monthly, from: "2026-09-20", as: books.employee)
    #expect(created.outcome.made == 1 && created.outcome.flagged == 2)
    let row = try await books.onlySchedule()
    #expect(row.next?.text == "2026-12-20" && row.made == 1 && row.status == .active)
    #expect(row.flagged.map(\.day.text) == ["2026-09-20", "2026-10-20"])
    #expect(
      row.flagged.map(\.flag) == [.notOpen(period: "2026-09"), .notOpen(period: "2026-10")])
    let written = try #require(row.last)
    let entry = try await books.workspace.fetch(EntryDetail(written.entry), as: books.owner)
    #expect(entry.head.date.text == "2026-11-20" && entry.head.type == .recurring)
    #expect(entry.head.status == .draft && entry.head.creator == "Emma Employee")
    #expect(entry.lines.map(\.amount.minorUnits) == [12_00, -12_00])
    let record = try #require(
      try await books.trail().first {
        $0.operation == "journal.recur.write" && $0.outcome == .success
      })
    #expect(record.actor == "system")
  }

  @Test func `however often what is due is asked for, it is written once`() async throws {
    let books = try await TestBooks.make()
    try await books.schedule(.weekly, from: "2026-11-02", as: books.employee)
    #expect(try await books.entries().count == 4)
    for who in [books.owner, books.employee] {
      let again = try await books.workspace.perform(RunSchedules(), as: who)
      #expect(again.made == 0 && again.flagged == 0)
    }
    #expect(try await books.entries().count == 4)
  }

  @Test func `so many times or until a day, and then it is over`() async throws {
    let books = try await TestBooks.make()
    try await books.schedule(.weekly, from: "2026-11-02", times: 2, as: books.employee)
    let row = try await books.onlySchedule()
    #expect(row.status == .ended && row.next == nil && row.made == 2)
    await #expect(throws: Refusal.recurrence(.status(.ended))) {
      try await books.workspace.perform(EndSchedule(row.id), as: books.owner)
    }
  }

  @Test func `coming to work writes what has come due`() async throws {
    let books = try await TestBooks.make()
    try await books.schedule(.weekly, from: "2026-11-30", as: books.employee)
    #expect(try await books.entries().isEmpty)
    books.clock.advance(seconds: 7 * 86_400)
    let later = try await books.signedInAnew(.owner)
    #expect(try await later.entries().map(\.date.text) == ["2026-11-30"])
    #expect(try await later.onlySchedule().next?.text == "2026-12-07")
  }

  @Test func `what only waited for its period is written once that is open`() async throws {
    let books = try await TestBooks.make()
    try await books.schedule(.monthly, from: "2026-12-01", as: books.employee)
    books.clock.advance(seconds: 9 * 86_400)
    let later = try await books.signedInAnew(.owner)
    #expect(try await later.onlySchedule().flagged.map(\.flag) == [.notOpen(period: "2026-12")])
    let december = try #require(
      try await later.workspace.fetch(Periods(), as: later.owner).first { $0.name == "2026-12" })
    try await later.workspace.perform(
      OpenPeriod(december.id, name: december.label), as: later.owner)
    let row = try await later.onlySchedule()
    #expect(row.flagged.isEmpty && row.last?.day.text == "2026-12-01")
  }

  @Test(arguments: [ScheduleStatus.paused, .ended])
  func `what waited for its period isn't written of one that is over or pauses`(
    _ status: ScheduleStatus
  ) async throws {
    let books = try await TestBooks.make()
    let schedule = try await books.schedule(.monthly, from: "2026-12-01", as: books.employee).id
    books.clock.advance(seconds: 9 * 86_400)
    let later = try await books.signedInAnew(.owner)
    #expect(try await later.onlySchedule().flagged.map(\.flag) == [.notOpen(period: "2026-12")])
    if status == .paused {
      try await later.workspace.perform(PauseSchedule(schedule), as: later.owner)
    } else {
      try await later.workspace.perform(EndSchedule(schedule), as: later.owner)
    }
    let december = try #require(
      try await later.workspace.fetch(Periods(), as: later.owner).first { $0.name == "2026-12" })
    try await later.workspace.perform(
      OpenPeriod(december.id, name: december.label), as: later.owner)
    _ = try await later.workspace.perform(RunSchedules(), as: later.owner)
    #expect(try await later.entries().isEmpty)
    let row = try await later.onlySchedule()
    #expect(row.status == status && row.flagged.map(\.day.text) == ["2026-12-01"])
    // It still can be, by whoever wants it.
    let first = try Self.day("2026-12-01")
    _ = try await later.workspace.perform(
      MakeOccurrence(first, of: schedule), as: later.owner)
    #expect(try await later.entries().map(\.date.text) == ["2026-12-01"])
  }

  // MARK: In whose name

  private static let bands = [
    ApprovalPolicy.Band(minimum: Money(minorUnits: 1_000_00), role: .manager)
  ]

  @Test func `what needs nobody's approval is posted in a series of its own`() async throws {
    let books = try await TestBooks.make(bands: Self.bands)
    try await books.schedule(.weekly, from: "2026-11-16", then: .post, as: books.employee)
    #expect(
      try await books.entries().compactMap(\.number).sorted() == [
        "RC-2026-000001", "RC-2026-000002",
      ])
    #expect(try await books.balances() == ["1120": -24_00, "6200": 24_00])
  }

  @Test func `what needs approval waits for it, and its owner doesn't give it`() async throws {
    let books = try await TestBooks.make(bands: Self.bands)
    try await books.schedule(
      .weekly, from: "2026-11-23", then: .post, of: 2_000_00, as: books.manager)
    let entry = try #require(try await books.entries().first)
    #expect(entry.status == .pendingApproval)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.created))) {
      try await books.workspace.perform(ApproveEntry(entry.id), as: books.manager)
    }
    #expect(
      try await books.workspace.perform(ApproveEntry(entry.id), as: books.director)
        == .posted(number: "RC-2026-000001"))
  }

  @Test func `whoever wrote the template doesn't approve what another has written of it`()
    async throws
  {
    let books = try await TestBooks.make(bands: Self.bands)
    let writer = try await books.person("Dan Director", .director)
    let template = try await books.template("Rent", 2_000_00, as: writer)
    _ = try await books.workspace.perform(
      CreateSchedule(
        ScheduleContent(
          template, try RecurrenceRule(.weekly, from: TestBooks.today), then: .submit)),
      as: books.director)
    let entry = try #require(try await books.entries().first { $0.type == .recurring })
    #expect(entry.creator == "Dora Director")
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.edited))) {
      try await books.workspace.perform(ApproveEntry(entry.id), as: writer)
    }
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.created))) {
      try await books.workspace.perform(ApproveEntry(entry.id), as: books.director)
    }
    _ = try await books.workspace.perform(ApproveEntry(entry.id), as: books.owner)
  }

  @Test func `whoever has another's written doesn't approve it`() async throws {
    let books = try await TestBooks.make(bands: Self.bands)
    let schedule = try await books.schedule(
      .weekly, from: "2026-11-30", then: .submit, of: 2_000_00, as: books.employee
    ).id
    let made = try await books.workspace.perform(
      MakeOccurrence(try Self.day("2026-11-30"), of: schedule), as: books.manager)
    let entry = made.entered.entry
    #expect(made.entered.state == .submitted(to: [.manager]))
    #expect(try await books.entries().map(\.creator) == ["Emma Employee"])
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.edited))) {
      try await books.workspace.perform(ApproveEntry(entry), as: books.manager)
    }
    #expect(
      try await books.workspace.perform(ApproveEntry(entry), as: books.director)
        == .posted(number: "RC-2026-000001"))
  }

  @Test func `where somebody else posts what one wrote, a schedule doesn't either`() async throws {
    let books = try await TestBooks.make()
    try await books.changeSettings { $0.allowsOwnPosting = false }
    try await books.schedule(.weekly, from: "2026-11-23", then: .post, as: books.owner)
    let entry = try #require(try await books.entries().first)
    #expect(entry.status == .pendingApproval)
    await #expect(throws: Refusal.notPermitted(.journalApprove, .involved(.created))) {
      try await books.workspace.perform(ApproveEntry(entry.id), as: books.owner)
    }
  }

  @Test func `its owner takes back what it submitted, as if they had`() async throws {
    let books = try await TestBooks.make(bands: Self.bands)
    try await books.schedule(.weekly, from: "2026-11-23", then: .submit, as: books.employee)
    let entry = try #require(try await books.entries().first)
    try await books.workspace.perform(WithdrawEntry(entry.id), as: books.employee)
    #expect(try await books.entries().first?.status == .draft)
  }

  @Test func `what its owner may not do any more is flagged, and is the next one's to take over`()
    async throws
  {
    let books = try await TestBooks.make()
    let created = try await books.schedule(.weekly, from: "2026-11-30", as: books.employee)
    try await books.give(.viewer, to: .employee)
    books.clock.advance(seconds: 7 * 86_400)
    var later = try await books.signedInAnew(.owner)
    var row = try await later.onlySchedule()
    #expect(
      row.flagged.map(\.flag) == [
        .ownerMayNot("Emma Employee", permission: "journal.create")
      ])
    try await later.setMembership(of: .employee, to: "suspended")
    let monday = try Self.day("2026-11-30")
    await #expect(throws: Refusal.recurrence(.ownerGone("Emma Employee"))) {
      try await later.workspace.perform(MakeOccurrence(monday, of: created.id), as: later.owner)
    }
    later = try await later.signedInAnew(.director)
    try await later.workspace.perform(
      ChangeSchedule(created.id, to: row.content.rule, then: .draft, version: row.version),
      as: later.director)
    _ = try await later.workspace.perform(
      MakeOccurrence(monday, of: created.id), as: later.director)
    row = try await later.onlySchedule()
    #expect(row.owner == "Dora Director" && row.flagged.isEmpty && row.made == 1)
    #expect(try await later.entries().map(\.creator) == ["Dora Director"])
  }

  @Test func `one manages one's own, others' only with more`() async throws {
    let books = try await TestBooks.make()
    let own = try await books.schedule(.weekly, from: "2026-11-30", as: books.employee).id
    let other = try await books.schedule(
      .weekly, from: "2026-11-30", "Lease", as: books.manager
    ).id
    let seen = try await books.workspace.fetch(Schedules(), as: books.employee)
    #expect(seen.map(\.id) == [own])
    let all = try await books.workspace.fetch(Schedules(), as: books.manager)
    #expect(Set(all.map(\.id)) == [own, other])
    await #expect(throws: Refusal.notPermitted(.recurringManage, .notOwn)) {
      try await books.workspace.perform(PauseSchedule(other), as: books.employee)
    }
    try await books.workspace.perform(PauseSchedule(own), as: books.employee)
    try await books.workspace.perform(EndSchedule(own), as: books.manager)
    await #expect(throws: Refusal.notPermitted(.recurringManage, .noGrant(.viewer))) {
      try await books.workspace.fetch(Schedules(), as: books.viewer)
    }
  }

  // MARK: Its life

  @Test func `a pause isn't made up for`() async throws {
    let books = try await TestBooks.make()
    let created = try await books.schedule(.weekly, from: "2026-11-24", as: books.employee)
    try await books.workspace.perform(PauseSchedule(created.id), as: books.employee)
    await #expect(throws: Refusal.recurrence(.status(.paused))) {
      try await books.workspace.perform(PauseSchedule(created.id), as: books.employee)
    }
    // Wednesday the 2nd of December; Tuesdays passed.
    books.clock.advance(seconds: 9 * 86_400)
    let later = try await books.signedInAnew(.owner)
    #expect(try await later.entries().isEmpty)
    let outcome = try await later.workspace.perform(ResumeSchedule(created.id), as: later.owner)
    #expect(outcome.made == 0)
    #expect(try await later.onlySchedule().next?.text == "2026-12-08")
    await #expect(throws: Refusal.recurrence(.status(.active))) {
      try await later.workspace.perform(ResumeSchedule(created.id), as: later.owner)
    }
  }

  @Test func `changed, it comes after what was written, and not where somebody was faster`()
    async throws
  {
    let books = try await TestBooks.make()
    let created = try await books.schedule(.weekly, from: "2026-11-02", as: books.employee)
    let row = try await books.onlySchedule()
    // Mondays up to the 23rd are written; the last days of months come next.
    let rule = try RecurrenceRule(.monthlyLastDay, from: Self.day("2026-11-01"))
    let change = ChangeSchedule(created.id, to: rule, then: .submit, version: row.version)
    _ = try await books.workspace.perform(change, as: books.employee)
    let now = try await books.onlySchedule()
    #expect(now.nextDays(3).map(\.text) == ["2026-11-30", "2026-12-31", "2027-01-31"])
    #expect(now.content.action == .submit && now.made == 4)
    await #expect(throws: Refusal.changedMeanwhile) {
      try await books.workspace.perform(change, as: books.employee)
    }
  }

  @Test func `a slip of the year is refused, and so is what would never come`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.recurrence(.tooFarBack(days: 366))) {
      try await books.schedule(.weekly, from: "2025-11-21", "Slip", as: books.employee)
    }
    let created = try await books.schedule(.weekly, from: "2026-11-23", as: books.employee)
    let row = try await books.onlySchedule()
    let over = try RecurrenceRule(
      .weekly, from: Self.day("2026-11-16"), until: Self.day("2026-11-23"))
    await #expect(throws: Refusal.recurrence(.fault(.noDay))) {
      try await books.workspace.perform(
        ChangeSchedule(created.id, to: over, then: .draft, version: row.version),
        as: books.employee)
    }
  }

  @Test func `a template that is written goes on being there`() async throws {
    let books = try await TestBooks.make()
    let created = try await books.schedule(.weekly, from: "2026-11-30", as: books.employee)
    let template = try await books.onlySchedule().content.template
    await #expect(throws: Refusal.recurrence(.scheduled)) {
      try await books.workspace.perform(RemoveTemplate(template), as: books.employee)
    }
    try await books.workspace.perform(EndSchedule(created.id), as: books.employee)
    try await books.workspace.perform(RemoveTemplate(template), as: books.employee)
    #expect(try await books.onlySchedule().name == "Rent")
  }

  @Test func `an account stays while a schedule writes to it, and flags it once it is archived`()
    async throws
  {
    let books = try await TestBooks.make()
    let created = try await books.schedule(
      .weekly, from: "2026-11-30", debit: "6400", as: books.employee)
    let archive = ArchiveAccount(books.account("6400"))
    await #expect(throws: Refusal.account(.recurs("Rent"))) {
      try await books.workspace.perform(archive, as: books.owner)
    }
    try await books.workspace.perform(PauseSchedule(created.id), as: books.employee)
    try await books.workspace.perform(archive, as: books.owner)
    try await books.workspace.perform(ResumeSchedule(created.id), as: books.employee)
    books.clock.advance(seconds: 7 * 86_400)
    let later = try await books.signedInAnew(.owner)
    let flagged = try #require(try await later.onlySchedule().flagged.first)
    guard case .archived(let account) = flagged.flag else {
      Issue.record("\(flagged)")
      return
    }
    #expect(account.hasPrefix("6400 ") && flagged.draft == nil)
  }
}

extension TestBooks {
  /// What an entry of two lines says, under a name; the entry itself is gone.
  func template(
    _ name: String, _ minorUnits: Int64 = 12_00, debit: String = "6200", as who: Principal
  ) async throws -> ID<EntryTemplate> {
    let draft = try await workspace.perform(
      CreateEntry(entry(minorUnits, debit: debit)), as: who
    ).entry
    let template = try await workspace.perform(SaveTemplate(name, of: draft), as: who)
    try await workspace.perform(DiscardEntry(draft), as: who)
    return template
  }

  @discardableResult
  func schedule(
    _ rhythm: RecurrenceRule.Rhythm, from start: String, times count: Int? = nil,
    then action: ScheduleAction = .draft, _ name: String = "Rent", of minorUnits: Int64 = 12_00,
    debit: String = "6200", as who: Principal
  ) async throws -> CreateSchedule.Created {
    let template = try await template(name, minorUnits, debit: debit, as: who)
    let rule = try RecurrenceRule(rhythm, from: ScheduleTests.day(start), times: count)
    return try await workspace.perform(
      CreateSchedule(ScheduleContent(template, rule, then: action)), as: who)
  }

  /// As the owner sees it.
  func onlySchedule() async throws -> Schedules.Row {
    let schedules = try await workspace.fetch(Schedules(), as: owner)
    #expect(schedules.count == 1)
    return try #require(schedules.first)
  }
}
