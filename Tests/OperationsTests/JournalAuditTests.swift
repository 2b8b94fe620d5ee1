import Domain
import Interchange
import Operations
import Phrases
import Store
import TestSupport
import Testing

/// Journals put to auditors' tests (RULES §6.8, F6): what is planted is found, and nothing else.
@Suite struct JournalAuditTests {
  private func run(
    _ tests: Set<JournalTest>? = nil, in books: TestBooks, from: Day? = nil,
    through: Day = TestBooks.today, as who: Principal? = nil
  ) async throws -> JournalTests.Value {
    try await books.workspace.fetch(
      JournalTests(from: from, through: through, only: tests), as: who ?? books.viewer)
  }

  /// What one test found: `GJ-2026-000001: why`.
  private func found(
    _ test: JournalTest, in books: TestBooks, through: Day = TestBooks.today
  ) async throws -> [String] {
    let value = try await run([test], in: books, through: through)
    #expect(value.results.map(\.test) == [test])
    let result = try #require(value.results.first)
    #expect(result.count == result.findings.count)
    return result.findings.map { "\($0.number): \($0.reason.phrase.english)" }
  }

  /// Written by one and posted by another, so that there is nothing to say of it.
  @discardableResult
  private func plain(
    _ minorUnits: Int64, in books: TestBooks, debit: String = "6200", credit: String = "1120",
    on day: Day = TestBooks.today, _ text: String = "Rent"
  ) async throws -> ID<Entry> {
    let draft = try await books.workspace.perform(
      CreateEntry(books.entry(minorUnits, debit: debit, credit: credit, on: day, text)),
      as: books.employee
    ).entry
    try await books.workspace.perform(PostEntry(draft), as: books.owner)
    return draft
  }

  /// Changes entries past every rule of the program. Nothing can be posted after that.
  private func plant(_ sql: String, in books: TestBooks) async throws {
    try await books.dropTriggers(of: ["journal_entries"])
    try books.store.script("UPDATE temp.scope SET business_id = \(books.business.value); \(sql)")
  }

  /// Has an entry posted at another moment.
  private func post(_ entry: ID<Entry>, at text: String, in books: TestBooks) async throws {
    let moment = try #require(Timestamp(text))
    try await plant(
      "UPDATE journal_entries SET posted_at = \(moment.milliseconds) WHERE id = \(entry.value)",
      in: books)
  }

  // MARK: One entry at a time

  @Test func `of plain entries there is nothing to say`() async throws {
    let books = try await TestBooks.make()
    try await plain(123_45, in: books)
    try await plain(678_90, in: books, debit: "6400")
    let value = try await run(in: books)
    #expect(value.results.map(\.test) == JournalTest.allCases)
    #expect(value.results.allSatisfy { $0.count == 0 && $0.findings.isEmpty })
    #expect(value.population.isComplete)
  }

  @Test func `what one person made and posted is found, unless another had a hand in it`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    try await books.post(11_01)
    try await plain(12_02, in: books)
    let edited = try await books.workspace.perform(
      CreateEntry(books.entry(13_03)), as: books.employee
    ).entry
    try await books.workspace.perform(
      EditEntry(edited, content: books.entry(14_04), version: 1), as: books.owner)
    try await books.workspace.perform(PostEntry(edited), as: books.employee)
    let approved = try await books.workspace.perform(
      CreateEntry(books.entry(60_05), then: .submit), as: books.employee
    ).entry
    _ = try await books.workspace.perform(ApproveEntry(approved), as: books.manager)
    #expect(
      try await found(.onePerson, in: books) == ["GJ-2026-000001: nobody else had a hand in it"])
    let finding = try #require(
      try await run([.onePerson], in: books).results.first?.findings.first)
    #expect(finding.who == "Olive Owner" && finding.total == Money(minorUnits: 11_01))
    #expect(finding.date == TestBooks.today && finding.description == "Rent")
    #expect(finding.entry != nil)
  }

  @Test func `multiples of a thousand are round, and a cent beside them isn't`() async throws {
    let books = try await TestBooks.make()
    for amount: Int64 in [1_000_00, 999_99, 1_000_01, 500_00, 3_000_00] {
      try await plain(amount, in: books)
    }
    #expect(
      try await found(.round, in: books)
        == ["GJ-2026-000001: a multiple of 1000", "GJ-2026-000005: a multiple of 1000"])
  }

  @Test func `weekends are those of the business's own clock`() async throws {
    let books = try await TestBooks.make()
    let saturday = try #require(Day("2026-11-21"))
    try await plain(101, in: books, on: saturday)
    try await plain(102, in: books, on: saturday.adding(days: -1))
    let sunday = try await plain(103, in: books)
    let evening = try await plain(104, in: books)
    try await post(sunday, at: "2026-11-22T12:00", in: books)
    try await post(evening, at: "2026-11-20T23:30", in: books)
    let own = [
      "GJ-2026-000001: dated Sat 2026-11-21", "GJ-2026-000003: posted Sun 2026-11-22",
    ]
    #expect(try await found(.weekend, in: books) == own)
    try await books.changeSettings { $0.timeZone = "Europe/Berlin" }
    #expect(
      try await found(.weekend, in: books) == own + ["GJ-2026-000004: posted Sat 2026-11-21"])
  }

  @Test func `the night is that of the business's own clock`() async throws {
    let books = try await TestBooks.make()
    var entries: [ID<Entry>] = []
    for amount: Int64 in 1...4 { entries.append(try await plain(amount, in: books)) }
    for (entry, clock) in zip(entries, ["05:59:59.999", "06:00", "21:59:59.999", "22:00"]) {
      try await post(entry, at: "2026-11-23T\(clock)", in: books)
    }
    #expect(
      try await found(.night, in: books)
        == ["GJ-2026-000001: posted at 05:59", "GJ-2026-000004: posted at 22:00"])
    try await books.changeSettings { $0.timeZone = "Europe/Berlin" }
    #expect(
      try await found(.night, in: books)
        == ["GJ-2026-000003: posted at 22:59", "GJ-2026-000004: posted at 23:00"])
  }

  @Test func `what is posted more than thirty days after its date is found, imports left out`()
    async throws
  {
    let books = try await TestBooks.make()
    let first = try #require(Day("2026-11-01"))
    var entries: [ID<Entry>] = []
    for amount: Int64 in 1...3 {
      entries.append(try await plain(amount, in: books, on: first))
    }
    try await post(entries[0], at: "2026-12-01T23:59", in: books)
    for entry in entries.dropFirst() {
      try await post(entry, at: "2026-12-02T00:00", in: books)
    }
    try await plant(
      "UPDATE journal_entries SET source = 'import' WHERE id = \(entries[2].value)", in: books)
    #expect(
      try await found(.backdated, in: books)
        == ["GJ-2026-000002: posted 31 days after its date"])
  }

  @Test func `what is dated more than thirty days before the number before it is found`()
    async throws
  {
    let books = try await TestBooks.make()
    try await books.openPeriods()
    for day in ["2026-12-02", "2026-11-01", "2026-11-01", "2026-12-01", "2026-11-01"] {
      try await plain(Int64(day.count), in: books, on: try #require(Day(day)))
    }
    #expect(
      try await found(.backdated, in: books)
        == ["GJ-2026-000002: dated 31 days before GJ-2026-000001, the number before it"])
  }

  @Test func `three characters say nothing`() async throws {
    let books = try await TestBooks.make()
    for (index, text) in ["abc", "abcd", "a  b"].enumerated() {
      try await plain(Int64(index + 1), in: books, text)
    }
    #expect(
      try await found(.noText, in: books)
        == ["GJ-2026-000001: its text says nothing", "GJ-2026-000003: its text says nothing"])
  }

  @Test func `up to five percent below a band is just below it, and the band isn't`()
    async throws
  {
    let books = try await TestBooks.withThreshold()
    for amount: Int64 in [47_49, 47_50, 49_99, 49_98] { try await plain(amount, in: books) }
    let band = try await books.workspace.perform(
      CreateEntry(books.entry(50_00), then: .submit), as: books.employee
    ).entry
    _ = try await books.workspace.perform(ApproveEntry(band), as: books.manager)
    let entries = try await books.entries()
    let near = try #require(entries.first { $0.number == "GJ-2026-000002" })
    _ = try await books.workspace.perform(
      ReverseEntry(near.id, reason: "Booked twice"), as: books.owner)
    let last = try #require(entries.first { $0.number == "GJ-2026-000004" })
    try await plant(
      "UPDATE journal_entries SET source = 'import' WHERE id = \(last.id.value)", in: books)
    let why = "just below 50.00 USD, which must be approved"
    #expect(
      try await found(.belowBand, in: books)
        == ["GJ-2026-000002: \(why)", "GJ-2026-000003: \(why)"])
  }

  @Test func `the last day of a period is found, and the day before isn't`() async throws {
    let books = try await TestBooks.make()
    try await books.openPeriods()
    for day in ["2026-11-29", "2026-11-30", "2026-12-01", "2026-12-31"] {
      try await plain(Int64(100), in: books, on: try #require(Day(day)))
    }
    #expect(
      try await found(.periodEnd, in: books, through: .last) == [
        "GJ-2026-000002: the last day of period 2026-11",
        "GJ-2026-000004: the last day of period 2026-12",
      ])
  }

  @Test func `what the system books is counted, and only the test of the system finds it`()
    async throws
  {
    let books = try await TestBooks.make()
    let entry = try await books.post(1_000_00)
    try await books.post(1_000_00)
    try await plant(
      "UPDATE journal_entries SET created_by = NULL, posted_by = NULL WHERE id = \(entry.value)",
      in: books)
    let value = try await run(in: books)
    #expect(value.population.entries == 2)
    let others = value.results.filter { $0.test != .system }
    #expect(Set(others.flatMap(\.findings).map(\.number)) == ["GJ-2026-000002"])
    #expect(try await found(.system, in: books) == ["GJ-2026-000001: no person posted it"])
    let finding = try #require(try await run([.system], in: books).results.first?.findings.first)
    #expect(finding.who == "system" && finding.entry == entry)
  }

  // MARK: Among others

  @Test func `who posts three of fifty at the most posts seldom`() async throws {
    let books = try await TestBooks.make()
    for amount: Int64 in 1...46 { try await books.post(amount) }
    func postAsDirector(_ amount: Int64) async throws {
      try await books.workspace.perform(
        CreateEntry(books.entry(amount), then: .post), as: books.director)
    }
    for amount: Int64 in 101...103 { try await postAsDirector(amount) }
    #expect(try await found(.unusualPoster, in: books) == [])
    try await books.post(47)
    let why = "entries by the same person in all these days: 3"
    #expect(
      try await found(.unusualPoster, in: books) == [
        "GJ-2026-000047: \(why)", "GJ-2026-000048: \(why)", "GJ-2026-000049: \(why)",
      ])
    try await postAsDirector(104)
    #expect(try await found(.unusualPoster, in: books) == [])
  }

  @Test func `an account is seldom used among a hundred lines, and by three at the most`()
    async throws
  {
    let books = try await TestBooks.make()
    for amount: Int64 in 1...46 { try await books.post(amount) }
    for amount: Int64 in 1...3 { try await books.post(amount, debit: "6400") }
    #expect(try await found(.seldomUsed, in: books) == [])
    try await books.post(47)
    let result = try #require(try await run([.seldomUsed], in: books).results.first)
    #expect(
      result.findings.map(\.number) == ["GJ-2026-000047", "GJ-2026-000048", "GJ-2026-000049"])
    for finding in result.findings {
      guard case .seldomUsed(let account, 3) = finding.reason else {
        Issue.record("\(finding.reason)")
        continue
      }
      #expect(account.hasPrefix("6400 "))
    }
    try await books.post(4, debit: "6400")
    #expect(try await found(.seldomUsed, in: books) == [])
  }

  @Test func `the same on the same day is found after the first, until it is reversed`()
    async throws
  {
    let books = try await TestBooks.make()
    try await plain(700, in: books)
    let second = try await plain(700, in: books, "Again")
    try await plain(700, in: books, on: TestBooks.today.adding(days: -1))
    try await plain(700, in: books, debit: "1120", credit: "6200")
    try await plain(700, in: books, debit: "6400")
    try await plain(701, in: books)
    try await plain(700, in: books)
    let last = "GJ-2026-000007: the same as GJ-2026-000001"
    #expect(
      try await found(.twice, in: books) == ["GJ-2026-000002: the same as GJ-2026-000001", last])
    _ = try await books.workspace.perform(
      ReverseEntry(second, reason: "Booked twice"), as: books.owner)
    #expect(try await found(.twice, in: books) == [last])
  }

  private func close(_ month: Int, in books: TestBooks) async throws {
    let name = "2026-\(padded(month, to: 2))"
    let period = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.name == name })
    try await books.workspace.perform(
      ClosePeriod(period.id, name: name), as: books.director)
  }

  @Test func `a period that was closed and opened again remembers it in the log`() async throws {
    let books = try await TestBooks.make()
    try await plain(100, in: books)
    for month in 1...11 { try await close(month, in: books) }
    // Closed in the moment in which it was posted to: that was before.
    #expect(try await found(.afterClose, in: books) == [])
    try await books.store.change(in: books.business, as: .system) { change in
      try change.execute(
        """
        UPDATE accounting_periods SET status = 'open', closed_by = NULL, closed_at = NULL
        WHERE business_id = :business AND name = '2026-11'
        """)
    }
    books.clock.advance(seconds: 1)
    try await plain(200, in: books)
    #expect(
      try await found(.afterClose, in: books)
        == ["GJ-2026-000002: period 2026-11 was closed on 2026-11-23"])
  }

  @Test func `what is posted into a period while it is closed is found`() async throws {
    let books = try await TestBooks.make()
    let entries = [try await plain(100, in: books), try await plain(200, in: books)]
    try await books.closePeriod("2026-11")
    try await post(entries[0], at: "2026-11-23T10:00:00.001", in: books)
    #expect(
      try await found(.afterClose, in: books)
        == ["GJ-2026-000001: period 2026-11 was closed on 2026-11-23"])
  }

  // MARK: All of them

  @Test func `the population is proved, and its digest moves with every entry`() async throws {
    let books = try await TestBooks.make()
    try await plain(1_100, in: books)
    try await plain(2_200, in: books)
    try await plain(3_300, in: books, on: TestBooks.today.adding(days: 7))
    let before = try await run(in: books)
    #expect(before.from == Day("2026-01-01") && before.through == TestBooks.today)
    let population = before.population
    #expect((population.entries, population.lines) == (2, 4))
    #expect(population.debits == Money(minorUnits: 3_300))
    #expect(population.credits == population.debits)
    #expect(population.firstDigits.found == [1, 1, 0, 0, 0, 0, 0, 0, 0])
    #expect(population.isWhole && population.isComplete)
    let series = try #require(population.series.first)
    #expect(population.series.count == 1 && series.name == "GJ-2026")
    #expect((series.first, series.last) == (1, 2))
    #expect((series.entries, series.others, series.issued) == (2, 1, 3))
    #expect(series.missing == 0)
    #expect(try await run(in: books) == before)
    let all = try await run(in: books, through: .last)
    #expect(all.population.entries == 3 && all.population.digest != population.digest)
    try await plain(4_400, in: books)
    let after = try await run(in: books)
    #expect(after.population.entries == 3 && after.population.digest != population.digest)
  }

  @Test func `numbers that a series skipped are missing, in one run each`() async throws {
    let books = try await TestBooks.make()
    for amount: Int64 in [111, 222] { try await plain(amount, in: books) }
    #expect(try await found(.gap, in: books) == [])
    try await books.dropTriggers(of: ["entry_sequences"])
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      UPDATE entry_sequences SET last_number = 5 WHERE business_id = \(books.business.value);
      """)
    let run = "GJ-2026-000003: missing up to GJ-2026-000005: 3"
    #expect(try await found(.gap, in: books) == [run])
    try await plain(333, in: books)
    #expect(try await found(.gap, in: books) == [run])
    let value = try await self.run(in: books)
    #expect(value.population.series.map(\.issued) == [6])
    #expect(value.population.series.map(\.missing) == [3])
    #expect(value.population.isWhole && !value.population.isComplete)
    let finding = try #require(value.results.first { $0.test == .gap }?.findings.first)
    #expect(finding.entry == nil && finding.total == nil && finding.date == nil)
  }

  @Test func `of more than five hundred all are counted`() async throws {
    let books = try await TestBooks.make()
    let text = (1...501).map { index in
      """
      2026-11-02 Oil \(index)
          Expenses:Oil   1000.00 USD
          Assets:Box
      """
    }.joined(separator: "\n\n")
    let journal = try HledgerJournal.read(text: text, name: "oil", defaultYear: 2026)
    _ = try await books.workspace.perform(ImportJournal(journal, file: "oil"), as: books.owner)
    let value = try await run([.round, .twice], in: books)
    #expect(value.results.map(\.test) == [.round, .twice])
    #expect(value.results.map(\.count) == [501, 500])
    #expect(value.results.map(\.findings.count) == [500, 500])
    #expect(value.results[0].findings.last?.number == "GJ-2026-000500")
  }

  // MARK: Whose they are

  @Test func `nothing of a neighbour's is found or counted`() async throws {
    let books = try await TestBooks.make()
    try await books.post(1_000_00)
    let before = try await run(in: books)
    let neighbour = try await books.neighbour()
    let lines = [("6210", 1_000_00), ("1120", -1_000_00)].map { number, amount in
      LineContent(
        account: neighbour.account(number), currency: "EUR",
        amount: Money(minorUnits: Int64(amount)))
    }
    let content = EntryContent(date: TestBooks.today, description: "Miete", lines: lines)
    for _ in 0..<2 {
      _ = try await neighbour.workspace.perform(
        CreateEntry(content, then: .post), as: neighbour.owner)
    }
    #expect(try await run(in: books) == before)
    let theirs = try await run(in: neighbour)
    #expect(theirs.population.entries == 2)
    #expect(theirs.results.first { $0.test == .twice }?.count == 1)
  }

  @Test(arguments: [Role.manager, .employee])
  func `it is for whoever may take out the whole log`(_ role: Role) async throws {
    let books = try await TestBooks.make()
    try await books.post(1_000_00)
    await #expect(throws: Refusal.notPermitted(.auditExport, .noGrant(role))) {
      try await run(in: books, as: books.principal(role))
    }
    for who in [books.owner, books.director, books.viewer] {
      #expect(try await run([.round], in: books, as: who).results.first?.count == 1)
    }
  }

  @Test func `who doesn't see an entry finds it nowhere, and is told that it isn't all`()
    async throws
  {
    let books = try await TestBooks.make()
    let secret = try await books.post(1_000_00)
    try await books.post(2_000_00)
    var denial = NewGrant(
      .deny, "journal.read", to: books.director.user, reason: "Private")
    denial.thing = Thing(.entry, secret.value)
    try await books.workspace.perform(GrantPermission(denial), as: books.owner)
    let value = try await run(in: books, as: books.director)
    #expect(value.population.entries == 1 && value.population.lines == 2)
    #expect(value.population.debits == Money(minorUnits: 2_000_00))
    #expect(!value.population.isWhole && !value.population.isComplete)
    let series = try #require(value.population.series.first)
    #expect((series.entries, series.others, series.missing) == (1, 1, 0))
    let named = Set(value.results.flatMap(\.findings).map(\.number))
    #expect(named == ["GJ-2026-000002"])
    let owner = try await run([.round], in: books)
    #expect(owner.results.first?.count == 2)
  }
}
