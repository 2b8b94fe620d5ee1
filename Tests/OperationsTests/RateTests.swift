import Domain
import Operations
import Store
import TestSupport
import Testing

/// Exchange rates and what foreign balances are worth at them (RULES R29, R31).
@Suite struct RateTests {
  private static let today = TestBooks.today
  private static let monthEnd = TestBooks.today.lastOfMonth

  private func content(
    _ rate: String, of code: String = "EUR", in base: String = "USD", on day: Day = today,
    _ kind: RateKind = .spot
  ) throws -> RateContent {
    RateContent(
      RateQuote(
        from: code, to: base, day: day, rate: try #require(ExchangeRate(written: rate))), kind)
  }

  private func set(
    _ rate: String, on day: Day = today, _ kind: RateKind = .spot, in books: TestBooks,
    as who: Principal? = nil
  ) async throws -> SetRate.Kept {
    try await books.workspace.perform(
      SetRate(content(rate, on: day, kind)), as: who ?? books.director)
  }

  private func rate(on day: Day = today, in books: TestBooks) async throws -> String {
    try await books.workspace.fetch(RateOfDay(of: "EUR", in: "USD", on: day), as: books.viewer)
      .rate.text
  }

  @Test func `what a director keeps counts, and another for the day takes its place`() async throws
  {
    let books = try await TestBooks.make()
    let first = try await set("1.09", in: books)
    #expect(first.status == .confirmed)
    #expect(try await set("1.1", in: books).status == .confirmed)
    let trail = try await books.trail(3)
    #expect(trail.map(\.operation).contains("rate.remove"), "what it was is on record")
    #expect(try await rate(in: books) == "1.1")
    let rates = try await books.workspace.fetch(Rates(), as: books.viewer)
    #expect(rates.map(\.setter) == ["Dora Director"])
  }

  @Test func `what an employee keeps waits for somebody to confirm it`() async throws {
    let books = try await TestBooks.make()
    _ = try await set("1.09", in: books)
    let draft = try await set("1.2", in: books, as: books.employee)
    #expect(draft.status == .draft)
    #expect(try await rate(in: books) == "1.09")
    let seen = try #require(ExchangeRate(written: "1.2"))
    await #expect(throws: Refusal.rate(.draftsOnly)) {
      try await books.workspace.perform(ConfirmRate(draft.id, seen: seen), as: books.employee)
    }
    await #expect(throws: Refusal.changedMeanwhile) {
      let other = try #require(ExchangeRate(written: "1.3"))
      try await books.workspace.perform(ConfirmRate(draft.id, seen: other), as: books.director)
    }
    try await books.workspace.perform(ConfirmRate(draft.id, seen: seen), as: books.director)
    #expect(try await rate(in: books) == "1.2")
    #expect(try await books.workspace.fetch(Rates(), as: books.owner).count == 1)
    await #expect(throws: Refusal.rate(.confirmed)) {
      try await books.workspace.perform(ConfirmRate(draft.id, seen: seen), as: books.director)
    }
  }

  @Test func `an employee takes away their own drafts, and nothing else`() async throws {
    let books = try await TestBooks.make()
    let kept = try await set("1.09", in: books)
    let other = try await books.person("Eve Employee", .employee)
    let draft = try await set("1.2", in: books, as: books.employee)
    for (rate, who) in [(kept.id, books.employee), (draft.id, other)] {
      await #expect(throws: Refusal.rate(.draftsOnly)) {
        try await books.workspace.perform(RemoveRate(rate), as: who)
      }
    }
    try await books.workspace.perform(RemoveRate(draft.id), as: books.employee)
    try await books.workspace.perform(RemoveRate(kept.id), as: books.owner)
    await #expect(throws: Refusal.rate(.missing("EUR", in: "USD", on: Self.today))) {
      _ = try await rate(in: books)
    }
  }

  @Test func `one direction is kept, of currencies that there are`() async throws {
    let books = try await TestBooks.make()
    _ = try await set("1.09", in: books)
    await #expect(throws: Refusal.rate(.keptTheOtherWay("EUR", in: "USD"))) {
      try await books.workspace.perform(
        SetRate(content("0.9", of: "USD", in: "EUR")), as: books.director)
    }
    await #expect(throws: Refusal.rate(.ofItself("USD"))) {
      try await books.workspace.perform(
        SetRate(content("1", of: "USD", in: "USD")), as: books.director)
    }
    await #expect(throws: Refusal.account(.unknownCurrency("XYZ"))) {
      try await books.workspace.perform(SetRate(content("1", of: "XYZ")), as: books.director)
    }
    for role in [Role.manager, .viewer] {
      await #expect(throws: Refusal.notPermitted(.rateEdit, .noGrant(role))) {
        _ = try await set("1", in: books, as: books.principal(role))
      }
    }
    await #expect(throws: Refusal.rate(.ofItself("USD"))) {
      _ = try await books.workspace.fetch(
        RateOfDay(of: "USD", in: "USD", on: Self.today), as: books.viewer)
    }
  }

  @Test func `what two currencies are worth in that of the books says what they are to each other`()
    async throws
  {
    let books = try await TestBooks.make()
    for (rate, code) in [("1.25", "GBP"), ("0.005", "JPY")] {
      try await books.workspace.perform(SetRate(content(rate, of: code)), as: books.director)
    }
    let found = try await books.workspace.fetch(
      RateOfDay(of: "GBP", in: "JPY", on: Self.today), as: books.viewer)
    // 1.25 / 0.005
    #expect(found.rate.text == "250" && found.way == .through("USD"))
  }

  /// 1,000.00 EUR bought for 1,080.00 USD, and 388.00 EUR owed for 420.00 USD.
  private func foreign(in books: TestBooks) async throws {
    func line(_ number: String, _ units: Int64, _ base: Int64) -> LineContent {
      LineContent(
        account: books.account(number), currency: "EUR", amount: Money(minorUnits: units),
        base: Money(minorUnits: base))
    }
    for lines in [
      [line("1140", 100_000, 108_000), books.line("1120", -108_000)],
      [books.line("6400", 42_000), line("2110", -38_800, -42_000)],
    ] {
      _ = try await books.workspace.perform(
        CreateEntry(
          EntryContent(date: Self.today, description: "Abroad", lines: lines), then: .post),
        as: books.owner)
    }
  }

  private func revalue(
    on day: Day = monthEnd, in books: TestBooks, as who: Principal? = nil
  ) async throws -> [EnteredEntry] {
    let rows = try await books.workspace.fetch(Revaluations(on: day), as: who ?? books.manager)
    return try await books.workspace.perform(
      Revalue(on: day, seen: rows), as: who ?? books.manager)
  }

  @Test func `a revaluation takes the closing rate, is booked once and taken back`() async throws {
    let books = try await TestBooks.make()
    try await foreign(in: books)
    await #expect(throws: Refusal.rate(.missing("EUR", in: "USD", on: Self.monthEnd))) {
      _ = try await revalue(in: books)
    }
    _ = try await set("1.2", on: Self.monthEnd, in: books)
    _ = try await set("1.1", on: Self.monthEnd, .closing, in: books)
    let rows = try await books.workspace.fetch(
      Revaluations(on: Self.monthEnd), as: books.manager)
    #expect(rows.map(\.number) == ["1140", "2110"])
    // 1,100.00 less 1,080.00; −426.80 less −420.00.
    #expect(rows.map(\.revaluation.difference.minorUnits) == [2_000, -680])
    let before = try await books.balances()
    let held = try await books.workspace.fetch(EntryFormFacts(), as: books.manager).valuation
      .positions
    let entries = try await revalue(in: books)
    // What will be taken back isn't settled.
    #expect(
      try await books.workspace.fetch(EntryFormFacts(), as: books.manager).valuation.positions
        == held)
    let entry = try #require(entries.first?.entry)
    let detail = try await books.workspace.fetch(EntryDetail(entry), as: books.viewer)
    #expect(detail.head.type == .adjusting)
    #expect(detail.lines.map(\.base.minorUnits) == [2_000, -680, -1_320])
    await #expect(throws: Refusal.rate(.nothingToRevalue(Self.monthEnd))) {
      _ = try await revalue(in: books)
    }
    // December isn't open yet: what takes it back waits, approved.
    let waiting = try #require(try await books.entries().first { $0.type == .reversing })
    #expect(waiting.status == .approved)
    #expect(waiting.date == Self.monthEnd.adding(days: 1))
    let december = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first {
        $0.name == "2026-12"
      })
    try await books.workspace.perform(
      OpenPeriod(december.id, name: december.label), as: books.director)
    let posted = try #require(try await books.entries().first { $0.id == waiting.id })
    #expect(posted.number == "RV-2026-000001")
    #expect(try await books.balances() == before)
    for check in try await books.workspace.fetch(Examination(), as: books.owner) {
      #expect(check.findings.isEmpty, "\(check.name)")
    }
  }

  @Test func `what is left of a balance that is gone is realised and stays`() async throws {
    let books = try await TestBooks.make()
    try await foreign(in: books)
    let gone = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: -100_000),
      base: Money(minorUnits: -110_000))
    _ = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: Self.today, description: "Sold",
          lines: [books.line("1120", 110_000), gone]), then: .post), as: books.owner)
    _ = try await set("1.1", on: Self.monthEnd, in: books)
    let entries = try await revalue(in: books)
    #expect(entries.count == 2)
    let realised = try #require(entries.last?.entry)
    let detail = try await books.workspace.fetch(EntryDetail(realised), as: books.viewer)
    #expect(detail.head.adjustment == .revaluation)
    #expect(detail.lines.map(\.base.minorUnits) == [2_000, -2_000])
    #expect(detail.lines.map(\.account) == ["1140", "7300"].map(books.account))
    // Only what isn't realised is taken back.
    #expect(try await books.entries().count { $0.type == .reversing } == 1)
  }

  @Test func `what was looked at is what is booked`() async throws {
    let books = try await TestBooks.make()
    try await foreign(in: books)
    _ = try await set("1.1", on: Self.monthEnd, in: books)
    let rows = try await books.workspace.fetch(
      Revaluations(on: Self.monthEnd), as: books.manager)
    _ = try await set("1.11", on: Self.monthEnd, in: books)
    await #expect(throws: Refusal.changedMeanwhile) {
      _ = try await books.workspace.perform(
        Revalue(on: Self.monthEnd, seen: rows), as: books.manager)
    }
    for role in [Role.employee, .viewer] {
      let who = books.principal(role)
      let denied = Refusal.notPermitted(.revaluationRun, .noGrant(role))
      await #expect(throws: denied) { _ = try await revalue(in: books, as: who) }
      await #expect(throws: denied) {
        _ = try await books.workspace.perform(Revalue(on: Self.monthEnd, seen: rows), as: who)
      }
    }
  }

  @Test func `where amounts need approval a revaluation asks for it, and is taken back after`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    func line(_ units: Int64, _ base: Int64) -> LineContent {
      LineContent(
        account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: units),
        base: Money(minorUnits: base))
    }
    let bought = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: Self.today, description: "Bought",
          lines: [line(100_000, 108_000), books.line("1120", -108_000)]), then: .submit),
      as: books.employee)
    _ = try await books.workspace.perform(ApproveEntry(bought.entry), as: books.manager)
    _ = try await set("1.2", on: Self.monthEnd, in: books)
    let entries = try await revalue(in: books)
    #expect(entries.map(\.state) == [.submitted(to: [.manager])])
    #expect(try await !books.entries().contains { $0.type == .reversing })
    let entry = try #require(entries.first?.entry)
    _ = try await books.workspace.perform(ApproveEntry(entry), as: books.director)
    #expect(try await books.entries().contains { $0.type == .reversing })
  }

  @Test func `a month isn't closed before its foreign balances are revalued, or that is accepted`()
    async throws
  {
    let books = try await TestBooks.make()
    try await foreign(in: books)
    let months = try await books.workspace.fetch(Periods(), as: books.owner).filter {
      $0.kind == .normal && $0.start <= Self.today
    }
    for month in months.dropLast() {
      try await books.workspace.perform(
        ClosePeriod(month.id, name: month.label), as: books.director)
    }
    let november = try #require(months.last)
    func close() async throws {
      try await books.workspace.perform(
        ClosePeriod(november.id, name: november.label), as: books.director)
    }
    func found() async throws -> [PeriodFinding] {
      try await books.workspace.fetch(PeriodChecks(november.id), as: books.manager).items
        .first { $0.check == .revalued }?.findings ?? []
    }
    #expect(try await found() == [.noRate("EUR", in: "USD", on: Self.monthEnd)])
    _ = try await set("1.1", on: Self.monthEnd, in: books)
    #expect(try await found().count == 2)
    await #expect(throws: Refusal.period(.checks([.revalued]))) { try await close() }
    _ = try await revalue(in: books)
    #expect(try await found().isEmpty)
    try await close()
  }

  @Test func `an adjusting entry is taken back by itself when the next period opens`() async throws
  {
    let books = try await TestBooks.make()
    var content = books.entry(5_000, debit: "6200", credit: "2130", on: Self.monthEnd, "Accrued")
    content.reversesOn = Self.monthEnd.adding(days: 1)
    await #expect(
      throws: Refusal.faults([.reversesItself(on: Self.monthEnd.adding(days: 1))])
    ) {
      _ = try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
    content.type = .adjusting
    content.reversesOn = Self.monthEnd
    await #expect(throws: Refusal.faults([.reversesItself(on: Self.monthEnd)])) {
      _ = try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
    content.reversesOn = Self.monthEnd.adding(days: 1)
    let entered = try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner)
    let detail = try await books.workspace.fetch(EntryDetail(entered.entry), as: books.viewer)
    #expect(detail.reversesOn == Self.monthEnd.adding(days: 1))
    #expect(try await books.entries().count { $0.status == .approved } == 1)
    #expect(
      try await books.workspace.fetch(EntryToEdit(entered.entry), as: books.owner).content
        .reversesOn == Self.monthEnd.adding(days: 1))
  }

  @Test func `what rounding leaves between currencies goes to its account, and no more`()
    async throws
  {
    let books = try await TestBooks.make()
    func content(_ base: Int64) -> EntryContent {
      EntryContent(
        date: Self.today, description: "Dollars bought",
        lines: [
          LineContent(
            account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 10_000),
            base: Money(minorUnits: base)), books.line("1120", -10_900),
        ])
    }
    let entered = try await books.workspace.perform(
      CreateEntry(content(10_901), then: .post), as: books.owner)
    let detail = try await books.workspace.fetch(EntryDetail(entered.entry), as: books.owner)
    #expect(detail.lines.map(\.base.minorUnits) == [10_901, -10_900, -1])
    #expect(detail.lines.last?.account == books.account("7500"))
    await #expect(
      throws: Refusal.faults([.unbalanced(difference: Money(minorUnits: 2), currency: "USD")])
    ) {
      _ = try await books.workspace.perform(
        CreateEntry(content(10_902), then: .post), as: books.owner)
    }
  }

  // MARK: What was found wrong

  @Test func `nobody writes over somebody else's draft`() async throws {
    let books = try await TestBooks.make()
    let other = try await books.person("Eve Employee", .employee)
    _ = try await set("1.2", in: books, as: books.employee)
    await #expect(throws: Refusal.rate(.draftsOnly)) {
      _ = try await set("1.3", in: books, as: other)
    }
  }

  @Test func `balances are revalued where a period ends, at the newest rate`() async throws {
    let books = try await TestBooks.make()
    try await foreign(in: books)
    _ = try await set("1.2", on: Self.monthEnd.adding(days: -3), .closing, in: books)
    _ = try await set("1.1", on: Self.monthEnd.adding(days: -1), in: books)
    let rows = try await books.workspace.fetch(
      Revaluations(on: Self.monthEnd), as: books.manager)
    #expect(rows.first?.revaluation.rate?.rate.text == "1.1")
    await #expect(throws: Refusal.rate(.notAPeriodEnd(Self.today))) {
      _ = try await books.workspace.perform(Revalue(on: Self.today, seen: []), as: books.manager)
    }
  }

  @Test func `while one revaluation waits there is no other`() async throws {
    let books = try await TestBooks.withThreshold()
    let bought = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 100_000),
      base: Money(minorUnits: 108_000))
    let entered = try await books.workspace.perform(
      CreateEntry(
        EntryContent(
          date: Self.today, description: "Bought",
          lines: [bought, books.line("1120", -108_000)]), then: .submit), as: books.employee)
    _ = try await books.workspace.perform(ApproveEntry(entered.entry), as: books.manager)
    _ = try await set("1.2", on: Self.monthEnd, in: books)
    let first = try #require(try await revalue(in: books).first)
    await #expect(throws: Refusal.rate(.waits(first.name))) { _ = try await revalue(in: books) }
    // Sent back it is its maker's to write, and from the system no more.
    try await books.workspace.perform(
      RejectEntry(first.entry, reason: "Wrong rate."), as: books.director)
    let draft = try await books.workspace.fetch(EntryToEdit(first.entry), as: books.manager)
    await #expect(throws: Refusal.faults([.line(0, .noAmount)])) {
      _ = try await books.workspace.perform(
        EditEntry(
          first.entry, content: draft.content, version: draft.version, then: .submit),
        as: books.manager)
    }
    var content = books.entry(1_000, on: Self.monthEnd)
    content.source = .system
    let edited = try await books.workspace.perform(
      EditEntry(first.entry, content: content, version: draft.version), as: books.manager)
    let after = try await books.workspace.fetch(EntryToEdit(edited.entry), as: books.manager)
    #expect(after.content.source == .manual)
  }

  @Test func `what waits to be taken back can be recalled, and stops no period from opening`()
    async throws
  {
    let books = try await TestBooks.make()
    for _ in 0..<2 {
      var content = books.entry(5_000, debit: "6200", credit: "2130", on: Self.monthEnd)
      (content.type, content.reversesOn) = (.adjusting, Self.monthEnd.adding(days: 1))
      _ = try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    }
    let waiting = try await books.entries().filter { $0.type == .reversing }
    try await books.workspace.perform(RecallEntry(waiting[0].id), as: books.owner)
    #expect(try await books.entries().first { $0.id == waiting[0].id }?.status == .draft)
    // An account that needs a department since.
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      UPDATE accounts SET requires_department = 1 WHERE number = '6200';
      """)
    let december = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == "2026-12" })
    try await books.workspace.perform(
      OpenPeriod(december.id, name: december.label), as: books.director)
    #expect(try await books.entries().first { $0.id == waiting[1].id }?.status == .approved)
  }

  @Test func `it is taken back in a year that begins by being made, and in no closed month`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.changeSettings { $0.openPeriodsMost = 20 }
    try await books.openPeriods()
    let yearEnd = try #require(Day("2026-12-31"))
    var content = books.entry(5_000, debit: "6200", credit: "2130", on: yearEnd)
    (content.type, content.reversesOn) = (.adjusting, yearEnd.adding(days: 1))
    _ = try await books.workspace.perform(CreateEntry(content, then: .post), as: books.owner)
    let waiting = try #require(try await books.entries().first { $0.type == .reversing })
    #expect(waiting.status == .approved)
    books.clock.advance(seconds: 45 * 86_400)
    let later = try await books.signedInAnew(.owner).signedInAnew(.director)
      .signedInAnew(.manager)
    _ = try await later.workspace.perform(AddFiscalYear(), as: later.owner)
    #expect(try await later.entries().first { $0.id == waiting.id }?.status == .posted)
    content.date = try #require(Day("2026-01-31"))
    content.reversesOn = Day("2026-02-01")
    let months = try await later.workspace.fetch(Periods(), as: later.owner)
    for name in ["2026-01", "2026-02"] {
      let month = try #require(months.first { $0.name == name })
      try await later.workspace.perform(ClosePeriod(month.id, name: name), as: later.director)
    }
    let january = try #require(months.first { $0.name == "2026-01" })
    _ = try await later.workspace.perform(
      GrantPeriodException(
        to: later.manager.user, in: january.id, name: "2026-01",
        until: later.clock.now.adding(seconds: 60), reason: "Late bill"), as: later.owner)
    let late = content
    let fault = EntryFault.periodNotOpen(
      name: "2026-02", .closed, firstOpen: Day("2026-03-01"))
    await #expect(throws: Refusal.faults([fault])) {
      _ = try await later.workspace.perform(CreateEntry(late, then: .post), as: later.manager)
    }
  }

  @Test func `whoever doesn't see all entries neither revalues nor settles at book value`()
    async throws
  {
    let books = try await TestBooks.make()
    try await foreign(in: books)
    _ = try await set("1.1", on: Self.monthEnd, in: books)
    let entry = try #require(try await books.entries().last)
    var denial = NewGrant(.deny, "journal.read", to: books.manager.user, reason: "Private")
    denial.thing = Thing(.entry, entry.id.value)
    try await books.workspace.perform(GrantPermission(denial), as: books.owner)
    await #expect(throws: Refusal.rate(.notAllSeen)) {
      _ = try await books.workspace.fetch(Revaluations(on: Self.monthEnd), as: books.manager)
    }
    let facts = try await books.workspace.fetch(EntryFormFacts(), as: books.manager)
    #expect(facts.valuation.positions.isEmpty)
  }
}
