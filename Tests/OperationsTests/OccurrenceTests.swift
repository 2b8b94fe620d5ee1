import Domain
import Operations
import TestSupport
import Testing

/// What becomes of a day on which an entry comes again: its amounts, what is flagged and what is
/// done about that (RULES §3.8).
@Suite struct OccurrenceTests {
  private static let october = "2026-10-20"

  /// One that flagged October the 20th, and wrote November the 20th.
  private func flagged(in books: TestBooks) async throws -> ID<Schedule> {
    try await books.schedule(.monthly, from: Self.october, as: books.employee).id
  }

  @Test func `what was flagged is written on another date, once`() async throws {
    let books = try await TestBooks.make()
    let schedule = try await flagged(in: books)
    let (october, november) = (
      try ScheduleTests.day(Self.october), try ScheduleTests.day("2026-11-02")
    )
    await #expect(
      throws: Refusal.faults([
        .periodNotOpen(name: "2026-10", .future, firstOpen: TestBooks.today.firstOfMonth)
      ])
    ) {
      try await books.workspace.perform(
        MakeOccurrence(october, of: schedule), as: books.employee)
    }
    let make = MakeOccurrence(october, of: schedule, on: november)
    let made = try await books.workspace.perform(make, as: books.employee)
    #expect(made.fault == nil && made.entered.state == .draft)
    let row = try await books.onlySchedule()
    #expect(row.flagged.isEmpty && row.made == 2 && row.next?.text == "2026-12-20")
    #expect(
      try await books.entries().map(\.date.text).sorted() == ["2026-11-02", "2026-11-20"])
    await #expect(throws: Refusal.recurrence(.written(made.entered.name))) {
      try await books.workspace.perform(make, as: books.employee)
    }
  }

  @Test func `what was flagged is skipped with a reason, and isn't due any more`() async throws {
    let books = try await TestBooks.make()
    let schedule = try await flagged(in: books)
    let october = try ScheduleTests.day(Self.october)
    await #expect(throws: Refusal.reasonNeeded(least: 5)) {
      try await books.workspace.perform(
        SkipOccurrence(october, of: schedule, reason: "paid"), as: books.employee)
    }
    let skip = SkipOccurrence(october, of: schedule, reason: "Paid by hand")
    try await books.workspace.perform(skip, as: books.employee)
    #expect(try await books.trail(1).first?.reason == "Paid by hand")
    let row = try await books.onlySchedule()
    #expect(row.flagged.isEmpty && row.made == 1)
    await #expect(throws: Refusal.recurrence(.notDue(october))) {
      try await books.workspace.perform(skip, as: books.employee)
    }
  }

  @Test func `the next day is written or skipped before it comes, and no later one`() async throws {
    let books = try await TestBooks.make()
    let schedule = try await books.schedule(
      .monthlyLastDay, from: "2026-11-30", as: books.employee
    ).id
    let (november, december, january) = (
      try ScheduleTests.day("2026-11-30"), try ScheduleTests.day("2026-12-31"),
      try ScheduleTests.day("2027-01-31")
    )
    await #expect(throws: Refusal.recurrence(.notDue(december))) {
      try await books.workspace.perform(
        MakeOccurrence(december, of: schedule), as: books.employee)
    }
    _ = try await books.workspace.perform(
      MakeOccurrence(november, of: schedule), as: books.employee)
    try await books.workspace.perform(
      SkipOccurrence(december, of: schedule, reason: "Holidays"), as: books.employee)
    #expect(try await books.onlySchedule().next == january)
  }

  @Test func `a draft that is thrown away is flagged again`() async throws {
    let books = try await TestBooks.make()
    try await books.schedule(.weekly, from: "2026-11-23", as: books.employee)
    let draft = try #require(try await books.entries().first)
    try await books.workspace.perform(DiscardEntry(draft.id), as: books.employee)
    let row = try await books.onlySchedule()
    #expect(row.flagged.map(\.flag) == [.discarded] && row.made == 0 && row.last == nil)
    _ = try await books.workspace.perform(
      MakeOccurrence(TestBooks.today, of: row.id), as: books.employee)
    #expect(try await books.onlySchedule().made == 1)
  }

  @Test func `a period isn't closed before what comes again by its end is written or skipped`()
    async throws
  {
    let books = try await TestBooks.make()
    let schedule = try await flagged(in: books)
    try await books.schedule(.monthlyLastDay, from: "2026-11-30", "Lease", as: books.employee)
    let november = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-11" })
    func findings() async throws -> [PeriodFinding] {
      try await books.workspace.fetch(PeriodChecks(november.id), as: books.owner).items
        .first { $0.check == .recurring }?.findings ?? []
    }
    let (early, late) = (
      try ScheduleTests.day(Self.october), try ScheduleTests.day("2026-11-30")
    )
    #expect(
      try await findings() == [.unmade("Rent", on: early), .unmade("Lease", on: late)])
    try await books.workspace.perform(
      SkipOccurrence(early, of: schedule, reason: "Paid by hand"), as: books.owner)
    let lease = try #require(
      try await books.workspace.fetch(Schedules(), as: books.owner).first { $0.name == "Lease" })
    _ = try await books.workspace.perform(
      MakeOccurrence(late, of: lease.id), as: books.owner)
    #expect(try await findings().isEmpty)
  }

  // MARK: Amounts

  /// A template of 6400 on the debit side and 2110 on the credit side, its amounts by `rules`.
  private func template(
    _ rules: [AmountRule], in books: TestBooks
  ) async throws -> ID<EntryTemplate> {
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(12_00, debit: "6400", credit: "2110")), as: books.employee
    ).entry
    let template = try await books.workspace.perform(
      SaveTemplate("Commission", of: draft), as: books.employee)
    try await books.workspace.perform(DiscardEntry(draft), as: books.employee)
    for (index, rule) in rules.enumerated() {
      try await books.workspace.perform(
        SetTemplateAmount(rule, of: index + 1, in: template), as: books.employee)
    }
    return template
  }

  private func start(
    _ template: ID<EntryTemplate>, from start: Day = TestBooks.today,
    then action: ScheduleAction = .draft, in books: TestBooks
  ) async throws -> CreateSchedule.Created {
    try await books.workspace.perform(
      CreateSchedule(
        ScheduleContent(template, try RecurrenceRule(.weekly, from: start), then: action)),
      as: books.employee)
  }

  private func amounts(of entry: ID<Entry>, in books: TestBooks) async throws -> [Int64] {
    try await books.workspace.fetch(EntryDetail(entry), as: books.owner).lines
      .map(\.amount.minorUnits)
  }

  @Test func `a share is of what the account holds on the day`() async throws {
    let books = try await TestBooks.make()
    // Sales of 2,000.50: 5 per cent are 100.025, which is 100.03 on both sides.
    try await books.post(2_000_50, debit: "1120", credit: "4100")
    let sales = books.account("4100")
    let template = try await template(
      [.share(-50_000, of: sales), .share(50_000, of: sales)], in: books)
    _ = try await start(template, then: .post, in: books)
    let written = try #require(try await books.onlySchedule().last)
    #expect(written.name == "RC-2026-000001")
    #expect(try await amounts(of: written.entry, in: books) == [100_03, -100_03])
  }

  @Test func `what was posted later than the day is none of its balance`() async throws {
    let books = try await TestBooks.make()
    try await books.post(1_000_00, debit: "1120", credit: "4100")
    let sales = books.account("4100")
    let template = try await template(
      [.share(-50_000, of: sales), .share(50_000, of: sales)], in: books)
    let before = TestBooks.today.adding(days: -7)
    let created = try await start(template, from: before, in: books)
    #expect(created.outcome.made == 1 && created.outcome.flagged == 1)
    let row = try await books.onlySchedule()
    #expect(row.flagged.map(\.day) == [before] && row.flagged.map(\.flag) == [.nothing])
    #expect(row.last?.day == TestBooks.today)
  }

  @Test func `what doesn't balance is kept as a draft and flagged until somebody finishes it`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.post(1_000_00, debit: "1120", credit: "4100")
    let template = try await template(
      [.share(-50_000, of: books.account("4100")), .fixed], in: books)
    let created = try await start(template, then: .post, in: books)
    #expect(created.outcome.flagged == 1)
    let occurrence = try #require(try await books.onlySchedule().flagged.first)
    #expect(occurrence.flag == .unbalanced)
    let kept = try #require(occurrence.draft)
    let draft = kept.entry
    #expect(try await amounts(of: draft, in: books) == [50_00, -12_00])
    await #expect(throws: Refusal.recurrence(.written(kept.name))) {
      try await books.workspace.perform(
        MakeOccurrence(TestBooks.today, of: created.id), as: books.employee)
    }
    let found = try await books.workspace.fetch(EntryToEdit(draft), as: books.employee)
    var content = found.content
    (content.lines[1].amount, content.lines[1].base) = (
      Money(minorUnits: -50_00), Money(minorUnits: -50_00)
    )
    let entered = try await books.workspace.perform(
      EditEntry(draft, content: content, version: found.version, then: .post),
      as: books.employee)
    #expect(entered.name == "RC-2026-000001")
    let row = try await books.onlySchedule()
    #expect(row.flagged.isEmpty && row.made == 1)
  }

  @Test func `the last amounts come again, as they were changed`() async throws {
    let books = try await TestBooks.make()
    let template = try await template([.last, .last], in: books)
    let created = try await start(template, in: books)
    let first = try #require(try await books.onlySchedule().last).entry
    #expect(try await amounts(of: first, in: books) == [12_00, -12_00])
    let found = try await books.workspace.fetch(EntryToEdit(first), as: books.employee)
    var content = found.content
    for (index, sign) in [(0, 1), (1, -1)] {
      content.lines[index].amount = Money(minorUnits: Int64(sign) * 15_50)
      content.lines[index].base = content.lines[index].amount
    }
    _ = try await books.workspace.perform(
      EditEntry(first, content: content, version: found.version), as: books.employee)
    _ = try await books.workspace.perform(
      MakeOccurrence(TestBooks.today.adding(days: 7), of: created.id), as: books.employee)
    let second = try #require(try await books.onlySchedule().last).entry
    #expect(second != first)
    #expect(try await amounts(of: second, in: books) == [15_50, -15_50])
  }

  /// Makes it `minorUnits` on both sides, and posts it.
  private func post(
    _ draft: ID<Entry>, as minorUnits: Int64, in books: TestBooks
  ) async throws {
    let found = try await books.workspace.fetch(EntryToEdit(draft), as: books.employee)
    var content = found.content
    for (index, amount) in [minorUnits, -minorUnits].enumerated() {
      content.lines[index].amount = Money(minorUnits: amount)
      content.lines[index].base = content.lines[index].amount
    }
    _ = try await books.workspace.perform(
      EditEntry(draft, content: content, version: found.version, then: .post),
      as: books.employee)
  }

  /// Two weeks with 15.50 and 99.00, both posted, and what the third has when `adjust` is through
  /// with the second.
  private func third(
    after adjust: (ID<Entry>, TestBooks) async throws -> Void
  ) async throws -> [Int64] {
    let books = try await TestBooks.make()
    let schedule = try await start(try await template([.last, .last], in: books), in: books).id
    let first = try #require(try await books.onlySchedule().last).entry
    try await post(first, as: 15_50, in: books)
    func make(week: Int) async throws -> ID<Entry> {
      // All of them in November, which is open.
      try await books.workspace.perform(
        MakeOccurrence(
          TestBooks.today.adding(days: 7 * week), of: schedule,
          on: TestBooks.today.adding(days: 7)),
        as: books.employee
      ).entered.entry
    }
    let second = try await make(week: 1)
    #expect(try await amounts(of: second, in: books) == [15_50, -15_50])
    try await post(second, as: 99_00, in: books)
    try await adjust(second, books)
    return try await amounts(of: try await make(week: 2), in: books)
  }

  @Test func `the last amounts are those of what corrected the last`() async throws {
    let amounts = try await third { second, books in
      _ = try await books.workspace.perform(
        CorrectEntry(
          second, by: books.entry(57_00, debit: "6400", credit: "2110"), reason: "Misread it."),
        as: books.owner)
    }
    #expect(amounts == [57_00, -57_00])
  }

  @Test func `what was taken back and not put right isn't the last`() async throws {
    let amounts = try await third { second, books in
      _ = try await books.workspace.perform(
        ReverseEntry(second, reason: "Paid by hand."), as: books.owner)
    }
    #expect(amounts == [15_50, -15_50])
  }

  @Test func `a foreign amount is worth what the rate of the day says, and is flagged without`()
    async throws
  {
    let books = try await TestBooks.make()
    let euros = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 10_00),
      base: Money(minorUnits: 11_00))
    let draft = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: TestBooks.today, description: "Euros",
          lines: [
            euros,
            LineContent(
              account: books.account("1140"), currency: "EUR",
              amount: Money(minorUnits: -10_00), base: Money(minorUnits: -11_00)),
          ])), as: books.employee
    ).entry
    let template = try await books.workspace.perform(
      SaveTemplate("Euros", of: draft), as: books.employee)
    let created = try await start(template, in: books)
    #expect(
      try await books.onlySchedule().flagged.map(\.flag) == [.noRate(currency: "EUR")])
    let quote = RateQuote(
      from: "EUR", to: "USD", day: TestBooks.today, rate: ExchangeRate(mantissa: 12, scale: 1))
    _ = try await books.workspace.perform(SetRate(RateContent(quote)), as: books.owner)
    let made = try await books.workspace.perform(
      MakeOccurrence(TestBooks.today, of: created.id), as: books.employee)
    let lines = try await books.workspace.fetch(
      EntryDetail(made.entered.entry), as: books.owner
    ).lines
    #expect(lines.map(\.base.minorUnits) == [12_00, -12_00])
  }

  @Test func `only a template's owner says where its amounts come from`() async throws {
    let books = try await TestBooks.make()
    let template = try await template([], in: books)
    await #expect(throws: Refusal.notPermitted(.recurringManage, .notOwn)) {
      try await books.workspace.perform(
        SetTemplateAmount(.last, of: 1, in: template), as: books.owner)
    }
    await #expect(throws: Refusal.recurrence(.noLine(3))) {
      try await books.workspace.perform(
        SetTemplateAmount(.last, of: 3, in: template), as: books.employee)
    }
    await #expect(throws: Refusal.recurrence(.share)) {
      try await books.workspace.perform(
        SetTemplateAmount(.share(1_000_001, of: books.account("4100")), of: 1, in: template),
        as: books.employee)
    }
    try await books.workspace.perform(
      SetTemplateAmount(.fixed, Money(minorUnits: 9_00), of: 1, in: template),
      as: books.employee)
    let found = try await books.workspace.fetch(EntryTemplates(), as: books.owner)
    #expect(found.first?.content.lines.map(\.amount.minorUnits) == [9_00, -12_00])
  }
}
