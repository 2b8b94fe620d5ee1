import Domain
import Operations
import Phrases
import TestSupport
import Testing

/// What accounts held when the books began (RULES §3.8).
@Suite struct OpeningTests {
  private func openYear(of books: TestBooks) async throws {
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    let opening = try #require(periods.first { $0.kind == .opening })
    try await books.workspace.perform(
      OpenPeriod(opening.id, name: opening.label), as: books.owner)
  }

  /// With 490.00 in the bank and on opening-balance equity, and the opening period closed.
  private func opened() async throws -> TestBooks {
    let books = try await TestBooks.make()
    try await openYear(of: books)
    try await books.workspace.perform(
      EnterOpening([books.line("1120", 490_00)], then: .post), as: books.owner)
    let periods = try await books.workspace.fetch(Periods(), as: books.owner)
    let opening = try #require(periods.first { $0.kind == .opening })
    try await books.workspace.perform(
      ClosePeriod(opening.id, name: opening.label), as: books.director)
    return books
  }

  /// 500.00 in the bank, 100.00 EUR worth 110.00, and 120.00 that is owed: 490.00 are left.
  private func lines(_ books: TestBooks) -> [LineContent] {
    var owed = books.line("2110", -120_00)
    (owed.counterparty, owed.reference) = ("Chandler", "B-7")
    let euros = LineContent(
      account: books.account("1140"), currency: "EUR", amount: Money(minorUnits: 100_00),
      base: Money(minorUnits: 110_00))
    return [books.line("1120", 500_00), euros, owed]
  }

  private func enter(
    _ books: TestBooks, then ending: EntryEnding = .post
  ) async throws -> EnterOpening.Outcome {
    try await books.workspace.perform(
      EnterOpening(lines(books), then: ending), as: books.owner)
  }

  @Test func `what the accounts differ by goes to opening-balance equity`() async throws {
    let books = try await TestBooks.make()
    try await openYear(of: books)
    let outcome = try await enter(books)
    #expect(outcome.entered.state == .posted(number: "OB-2026-000001"))
    #expect(outcome.day.text == "2026-01-01")
    #expect(outcome.total == Money(minorUnits: 610_00))
    #expect(outcome.toEquity == Money(minorUnits: -490_00))
    #expect(outcome.equity == "3400 Opening balances")
    #expect(
      try await books.balances() == [
        "1120": 500_00, "1140": 110_00, "2110": -120_00, "3400": -490_00,
      ])
    let detail = try await books.workspace.fetch(
      EntryDetail(outcome.entered.entry), as: books.viewer)
    #expect(detail.head.type == .opening)
    #expect(detail.lines[2].counterparty == "Chandler" && detail.lines[2].reference == "B-7")
  }

  @Test func `what balances by itself needs no equity`() async throws {
    let books = try await TestBooks.make()
    try await openYear(of: books)
    let outcome = try await books.workspace.perform(
      EnterOpening([books.line("1120", 5), books.line("2110", -5)], then: .post), as: books.owner)
    #expect(outcome.toEquity == .zero)
    #expect(try await books.balances() == ["1120": 5, "2110": -5])
  }

  @Test func `there is one batch, and another once that is taken back`() async throws {
    let books = try await TestBooks.make()
    try await openYear(of: books)
    let first = try await enter(books).entered.entry
    await #expect(throws: Refusal.opening(.stands("OB-2026-000001", .posted))) {
      try await enter(books)
    }
    // A trial passes over drafts only.
    let trial = EnterOpening(lines(books), isTried: true)
    await #expect(throws: Refusal.opening(.stands("OB-2026-000001", .posted))) {
      try await books.workspace.simulate(trial, as: books.owner)
    }
    try await books.workspace.perform(
      ReverseEntry(first, reason: "Wrong bank."), as: books.owner)
    let second = try await enter(books, then: .keepDraft)
    let tried = try await books.workspace.simulate(trial, as: books.owner)
    #expect(tried.standing == "D-3")
    await #expect(throws: Refusal.opening(.stands("D-3", .draft))) { try await enter(books) }
    try await books.workspace.perform(PostEntry(second.entered.entry), as: books.owner)
    #expect(try await books.balances()["3400"] == -490_00)
  }

  @Test func `a second batch that was written otherwise isn't posted beside the first`()
    async throws
  {
    let books = try await TestBooks.make()
    try await openYear(of: books)
    let first = try await enter(books).entered.entry
    var content = books.entry(5, debit: "1120", credit: "3400", "Forgotten")
    content.type = .opening
    content.date = try #require(Day("2026-01-01"))
    let second = try await books.workspace.perform(CreateEntry(content), as: books.owner).entry
    let stands = Refusal.opening(.stands("OB-2026-000001", .posted))
    await #expect(throws: stands) {
      try await books.workspace.perform(PostEntry(second), as: books.owner)
    }
    await #expect(throws: stands) {
      try await books.workspace.perform(CreateEntry(content, then: .submit), as: books.owner)
    }
    try await books.workspace.perform(
      ReverseEntry(first, reason: "Wrong bank."), as: books.owner)
    let posted = try await books.workspace.perform(PostEntry(second), as: books.owner)
    #expect(posted.number == "OB-2026-000002")
    #expect(try await books.balances() == ["1120": 5, "3400": -5])
  }

  @Test func `it waits as a draft until its period is open`() async throws {
    let books = try await TestBooks.make()
    await #expect(throws: Refusal.opening(.periodNotOpen("Opening 2026", .future))) {
      try await enter(books)
    }
    #expect(try await books.entries().isEmpty)
    #expect(try await enter(books, then: .keepDraft).entered.state == .draft)
  }

  @Test func `an account that is kept by party opens party by party`() async throws {
    let books = try await TestBooks.make()
    try await openYear(of: books)
    let members = try await books.workspace.perform(
      CreateAccount(
        AccountContent(number: "1215", name: "Members", type: .asset, isControl: true)),
      as: books.owner)
    var line = LineContent(account: members, currency: "USD", amount: Money(minorUnits: 9))
    await #expect(throws: Refusal.faults([.line(0, .partyNeeded("1215 Members"))])) {
      try await books.workspace.perform(EnterOpening([line], then: .post), as: books.owner)
    }
    line.counterparty = "Ada"
    try await books.workspace.perform(EnterOpening([line], then: .post), as: books.owner)
  }

  @Test func `equity that is left stands against closing the first month, until transferred`()
    async throws
  {
    let books = try await opened()
    let months = try await books.workspace.fetch(Periods(), as: books.owner)
      .filter { $0.kind == .normal }
    func found(in month: Periods.Row) async throws -> [String] {
      let checks = try await books.workspace.fetch(PeriodChecks(month.id), as: books.manager)
      return checks.items.first { $0.check == .opening }?.findings.map(\.phrase.english) ?? []
    }
    #expect(try await found(in: months[0]) == ["3400 Opening balances: 490.00 USD credit"])
    #expect(try await found(in: months[1]) == [])
    await #expect(throws: Refusal.period(.checks([.opening]))) {
      try await books.workspace.perform(
        ClosePeriod(months[0].id, name: months[0].label), as: books.director)
    }
    try await books.workspace.perform(
      OpenPeriod(months[0].id, name: months[0].label), as: books.owner)
    let transfer = try await books.workspace.fetch(OpeningTransfer(), as: books.owner)
    #expect(transfer.date.text == "2026-01-01")
    try await books.workspace.perform(CreateEntry(transfer, then: .post), as: books.owner)
    #expect(try await found(in: months[0]) == [])
    #expect(try await books.balances()["3300"] == -490_00)
    await #expect(throws: Refusal.opening(.nothingLeft)) {
      try await books.workspace.fetch(OpeningTransfer(), as: books.owner)
    }
    try await books.workspace.perform(
      ClosePeriod(months[0].id, name: months[0].label), as: books.director)
  }

  @Test func `whoever accepts what is left may close the month with it`() async throws {
    let books = try await opened()
    let january = try #require(
      try await books.workspace.fetch(Periods(), as: books.owner).first { $0.kind == .normal })
    let checks = try await books.workspace.fetch(PeriodChecks(january.id), as: books.director)
    let seen = try #require(checks.items.first { $0.check == .opening }).findings
    try await books.workspace.perform(
      WaiveCheck(.opening, of: january.id, seen: seen, reason: "The owners decide in May."),
      as: books.director)
    try await books.workspace.perform(
      ClosePeriod(january.id, name: january.label), as: books.director)
  }
}
