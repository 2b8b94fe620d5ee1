import Domain
import Operations
import Store
import TestSupport
import Testing

/// Which rate a line rests on, and that it stays so (RULES R29).
@Suite struct RateOfLineTests {
  private static let today = TestBooks.today

  private func set(
    _ rate: String, of code: String = "EUR", in base: String = "USD", _ books: TestBooks
  ) async throws -> ID<Rate> {
    let quote = RateQuote(
      from: code, to: base, day: Self.today, rate: try #require(ExchangeRate(written: rate)))
    return try await books.workspace.perform(SetRate(RateContent(quote)), as: books.director).id
  }

  /// 100.00 EUR at the rate of the day, as a form values it.
  private func content(in books: TestBooks) async throws -> EntryContent {
    let valuation = try await books.workspace.fetch(EntryFormFacts(), as: books.owner).valuation
    let euro = try #require(valuation.currency("EUR"))
    let line = try valuation.line(
      WrittenAmount(Money(minorUnits: 10_000), in: euro), on: books.account("1140"),
      day: Self.today)
    return EntryContent(
      date: Self.today, description: "Euros",
      lines: [line, books.line("1120", -line.base.minorUnits)])
  }

  /// The same, posted.
  private func valued(in books: TestBooks) async throws -> ID<Entry> {
    try await books.workspace.perform(
      CreateEntry(content(in: books), then: .post), as: books.owner
    ).entry
  }

  private func line(of entry: ID<Entry>, in books: TestBooks) async throws -> EntryDetail.Line {
    let detail = try await books.workspace.fetch(EntryDetail(entry), as: books.owner)
    return try #require(detail.lines.first)
  }

  @Test func `a line says which rate it rests on, and keeps it whatever is kept later`()
    async throws
  {
    let books = try await TestBooks.make()
    let kept = try await set("1.09", books)
    let entry = try await valued(in: books)
    let before = try await line(of: entry, in: books)
    #expect(before.rate?.text == "1.09" && before.rateDay == Self.today)
    #expect(before.rateID == kept && before.rateSource == .manual)
    // 100.00 × 1.09
    #expect(before.base == Money(minorUnits: 10_900))
    await #expect(throws: Refusal.rate(.used)) {
      try await books.workspace.perform(RemoveRate(kept), as: books.owner)
    }
    let next = try await set("1.2", books)
    #expect(next != kept)
    #expect(try await books.trail(3).map(\.operation).contains("rate.supersede"))
    let found = try await books.workspace.fetch(
      RateOfDay(of: "EUR", in: "USD", on: Self.today), as: books.viewer)
    #expect(found.rate.text == "1.2" && found.origin == RateOrigin(.manual, next))
    #expect(try await books.workspace.fetch(Rates(), as: books.owner).map(\.id) == [next])
    #expect(try await line(of: entry, in: books) == before)
    let later = try await line(of: try await valued(in: books), in: books)
    #expect(later.rateID == next && later.base == Money(minorUnits: 12_000))
    for check in try await books.workspace.fetch(Examination(), as: books.owner) {
      #expect(check.findings.isEmpty, "\(check.name)")
    }
  }

  @Test func `the other way round a line's rate is derived from the one it rests on`() async throws
  {
    let books = try await TestBooks.make()
    let kept = try await set("0.8", of: "USD", in: "EUR", books)
    let line = try await line(of: try await valued(in: books), in: books)
    // 100.00 / 0.8
    #expect(line.base == Money(minorUnits: 12_500) && line.rate?.text == "1.25")
    #expect(line.rateID == kept && line.rateSource == .derived)
  }

  @Test func `a rate that is taken away while a line is written isn't named by it`() async throws {
    let books = try await TestBooks.make()
    let kept = try await set("1.09", books)
    let content = try await content(in: books)
    // Nothing rests on the other yet, which goes.
    _ = try await set("1.2", books)
    await #expect(throws: Refusal.noSuch(Subject(.rate, kept.value))) {
      try await books.workspace.perform(RemoveRate(kept), as: books.owner)
    }
    let entry = try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner
    ).entry
    let line = try await line(of: entry, in: books)
    #expect(line.rate?.text == "1.09" && line.rateSource == .manual && line.rateID == nil)
    #expect(line.base == Money(minorUnits: 10_900))
  }

  @Test func `a line names no rate of a neighbour's`() async throws {
    let books = try await TestBooks.make()
    let neighbour = try await books.neighbour()
    let theirs = try await neighbour.workspace.perform(
      SetRate(
        RateContent(
          RateQuote(
            from: "USD", to: "EUR", day: Self.today, rate: ExchangeRate(mantissa: 9, scale: 1)))),
      as: neighbour.owner
    ).id
    _ = try await set("1.09", books)
    var content = try await content(in: books)
    content.lines[0].rateOrigin = RateOrigin(.manual, theirs)
    let entry = try await books.workspace.perform(
      CreateEntry(content, then: .post), as: books.owner
    ).entry
    #expect(try await line(of: entry, in: books).rateID == nil)
  }

  @Test func `what the hash of an entry seals is which rate a line rests on too`() async throws {
    let books = try await TestBooks.make()
    _ = try await set("1.09", books)
    let entry = try await valued(in: books)
    func findings() async throws -> [VerifyAudit.Finding.Kind] {
      try await books.workspace.fetch(VerifyAudit(), as: books.owner).findings.map(\.kind)
    }
    #expect(try await findings() == [])
    try books.store.script(
      """
      UPDATE temp.scope SET business_id = \(books.business.value);
      DROP TRIGGER journal_lines_update;
      UPDATE journal_lines SET rate_source = 'import'
      WHERE entry_id = \(entry.value) AND rate_id IS NOT NULL;
      """)
    #expect(try await findings() == [.entryModified])
  }
}
