import Domain
import Interchange
import Operations
import Phrases
import Store
import TestSupport
import Testing

/// Several businesses as one, each read through its own gate (RULES §3.12).
@Suite struct ConsolidationTests {
  private static let today = TestBooks.today

  /// A harbour in US dollars that charged 198.00 to a workshop, which booked it as 180.00 euros.
  private struct Two {
    let books: TestBooks
    let neighbour: TestBooks

    init() async throws {
      books = try await TestBooks.make()
      neighbour = try await books.neighbour()
      try await post(1_000_00, "1120", "3100", "USD", in: books)
      try await post(198_00, "1250", "4800", "USD", in: books)
      try await post(500_00, "1120", "3100", "EUR", in: neighbour)
      try await post(180_00, "6600", "2160", "EUR", in: neighbour)
    }

    func post(
      _ amount: Int64, _ debit: String, _ credit: String, _ currency: String,
      in books: TestBooks, on day: Day = today
    ) async throws {
      let lines = [(debit, amount), (credit, -amount)].map { number, amount in
        LineContent(
          account: books.account(number), currency: currency, amount: Money(minorUnits: amount))
      }
      try await books.workspace.perform(
        CreateEntry(
          EntryContent(date: day, description: "Fees", lines: lines), then: .post),
        as: books.owner)
    }

    func keep(_ rate: String, _ kind: RateKind, on day: Day = today) async throws {
      let quote = RateQuote(
        from: "EUR", to: "USD", day: day, rate: try #require(ExchangeRate(written: rate)))
      try await books.workspace.perform(SetRate(RateContent(quote, kind)), as: books.owner)
    }

    func consolidate(
      _ rates: ConsolidationGroup.Rates = .init(), as role: Role = .owner,
      neighbour neighbourRole: Role = .owner, knownAt: Timestamp? = nil
    ) async throws -> Consolidation {
      try await answer(rates, as: role, neighbour: neighbourRole, knownAt: knownAt).consolidation
    }

    func answer(
      _ rates: ConsolidationGroup.Rates = .init(), as role: Role = .owner,
      neighbour neighbourRole: Role = .owner, from: Day? = nil, knownAt: Timestamp? = nil
    ) async throws -> (consolidation: Consolidation, footings: [Footing]) {
      try await books.workspace.consolidate(
        group(rates), from: from, through: today, knownAt: knownAt
      ) {
        $0 == "harbour" ? books.principal(role) : neighbour.principal(neighbourRole)
      }
    }

    private func group(_ rates: ConsolidationGroup.Rates) -> ConsolidationGroup {
      ConsolidationGroup(
        name: "Both", currency: Currency(code: "USD", exponent: 2),
        members: [
          .init("harbour"),
          .init("alpenrad", accounts: ["6600": "6650", "2160": "2170"], rates: rates),
        ],
        translation: "3500",
        pairs: [
          .init(.receivable, .init("harbour", ["1250"]), .init("alpenrad", ["2160"])),
          .init(.revenue, .init("harbour", ["4800"]), .init("alpenrad", ["6600"])),
        ])
    }
  }

  @Test func `rates that the group lacks are those of its parent`() async throws {
    let two = try await Two()
    try await two.keep("1.10", .closing)
    try await two.keep("1.08", .average)
    let consolidation = try await two.consolidate()
    let rows = consolidation.rows.map { row in
      "\(consolidation.phrase(of: row.line).english): "
        + row.columns.map { "\($0.minorUnits)" }.joined(separator: " ")
    }
    // 500.00 and 180.00 at 1.10, but the expense at 1.08: 194.40, and 3.60 of translation.
    let difference = "Unmatched difference: revenue, harbour 4800 and alpenrad 6600"
    #expect(
      rows == [
        "1120 Current account: 100000 55000 0 0 155000",
        "1250 Due from group companies: 19800 0 -19800 0 0",
        "2170 Due to group companies: 0 -19800 19800 0 0",
        "3100 Share capital: -100000 -55000 0 0 -155000",
        "3500 Translation adjustment: 0 360 0 0 360",
        "4800 Other income: -19800 0 19800 0 0",
        "6650 Legal and accounting fees: 0 19440 -19440 0 0",
        "\(difference): 0 0 -360 0 -360",
      ])
    #expect(consolidation.eliminations.map { $0.matches.map(\.pass) } == [[.exact], [.unmatched]])
  }

  @Test func `a group is shown as all its books stood at a moment`() async throws {
    let two = try await Two()
    try await two.keep("1.10", .closing)
    try await two.keep("1.08", .average)
    let then = two.books.clock.now
    let before = try await two.consolidate()
    two.books.clock.advance(seconds: 60)
    try await two.books.post(7_00)
    try await two.post(9_00, "1120", "3100", "EUR", in: two.neighbour)
    let known = try await two.consolidate(knownAt: then)
    #expect(known.rows == before.rows)
    let now = try await two.consolidate()
    // The bank has 7.00 less in the one, and 9.00 at 1.10 more in the other.
    let bank = try #require(now.rows.first { $0.line == .account("1120") })
    #expect(bank.members.map(\.minorUnits) == [993_00, 559_90])
  }

  @Test func `beside a group is how far the books of each member had come`() async throws {
    let two = try await Two()
    try await two.keep("1.10", .closing)
    try await two.keep("1.08", .average)
    let found = try await two.answer()
    var heads: [Int64] = []
    for books in [two.books, two.neighbour] {
      heads.append(try #require(try await books.trail(1).first).sequence)
    }
    #expect(found.footings.map(\.highWater) == heads)
  }

  @Test func `what cash was before the days is at the rate of the day before`() async throws {
    let two = try await Two()
    let yesterday = Self.today.adding(days: -1)
    try await two.post(100_00, "1120", "3100", "EUR", in: two.neighbour, on: yesterday)
    try await two.keep("1.10", .closing)
    try await two.keep("1.08", .average)
    let lacking = try await two.answer(from: Self.today).consolidation
    // The rate of today is none of yesterday.
    let expected = #expect(throws: ConsolidationFaults.self) {
      try lacking.cashFlow { "\($0)" }
    }
    #expect(
      expected?.faults == [.noOpeningRate(member: "alpenrad", of: "EUR", in: "USD", on: yesterday)])
    try await two.keep("1.05", .closing, on: yesterday)
    let statement = try await two.answer(from: Self.today).consolidation.cashFlow { "\($0)" }
    func amounts(_ item: FinancialStatement.Item) -> [Int64]? {
      statement.amounts(of: item)?.map(\.minorUnits)
    }
    #expect(amounts(.cashAtBeginning) == [0, 105_00, 0, 0, 105_00])
    // 600.00 at 1.10, of which 500.00 came in at 1.08: 660.00 - 105.00 - 540.00.
    #expect(amounts(.exchangeEffect) == [0, 15_00, 0, 0, 15_00])
    #expect(amounts(.cashAtEnd) == [1_000_00, 660_00, 0, 0, 1_660_00])
    #expect(amounts(.unexplained) == nil)
  }

  @Test func `what one member paid another moves no cash of the group, now or as known before`()
    async throws
  {
    let two = try await Two()
    let yesterday = Self.today.adding(days: -1)
    try await two.post(100_00, "1120", "3100", "EUR", in: two.neighbour, on: yesterday)
    try await two.keep("1.05", .closing, on: yesterday)
    try await two.keep("1.10", .closing)
    try await two.keep("1.08", .average)
    let then = two.books.clock.now
    two.books.clock.advance(seconds: 60)
    // Of the 180.00 euros that are paid 190.80 dollars arrive, so that 7.20 stay due.
    try await two.post(180_00, "2160", "1120", "EUR", in: two.neighbour)
    try await two.post(190_80, "1120", "1250", "USD", in: two.books)
    func expect(
      knownAt moment: Timestamp?, _ figures: [(FinancialStatement.Item, [Int64])]
    ) async throws {
      let statement = try await two.answer(from: Self.today, knownAt: moment).consolidation
        .cashFlow { "\($0)" }
      for (item, amounts) in figures {
        #expect(statement.amounts(of: item)?.map(\.minorUnits) == amounts, "\(item)")
      }
      #expect(statement.amounts(of: .unexplained) == nil)
    }
    // The fees are 198.00 here and 180.00 at 1.08 there; capital came in at 1.08 too. Of the cash
    // of the workshop 100.00 gained 0.05 each and the 320.00 that came 0.02: 5.00 and 6.40.
    try await expect(
      knownAt: nil,
      [
        (.netIncome, [198_00, -194_40, 0, 0, 3_60]),
        (.totalOf(.financing), [1_000_00, 540_00, 0, 0, 1_540_00]),
        (.totalOf(.unclassified), [-7_20, 0, 0, 0, -7_20]),
        (.exchangeEffect, [0, 11_40, 0, 0, 11_40]),
        (.netChange, [1_190_80, 357_00, 0, 0, 1_547_80]),
        (.cashAtBeginning, [0, 105_00, 0, 0, 105_00]),
        (.cashAtEnd, [1_190_80, 462_00, 0, 0, 1_652_80]),
      ])
    // Nothing was paid then: 198.00 was due here, and 180.00 at 1.08 there.
    try await expect(
      knownAt: then,
      [
        (.netIncome, [198_00, -194_40, 0, 0, 3_60]),
        (.totalOf(.unclassified), [-198_00, 194_40, 0, 0, -3_60]),
        (.exchangeEffect, [0, 15_00, 0, 0, 15_00]),
        (.netChange, [1_000_00, 555_00, 0, 0, 1_555_00]),
        (.cashAtEnd, [1_000_00, 660_00, 0, 0, 1_660_00]),
      ])
  }

  @Test func `one member that is owned whole, in its own currency, has its own cash flow`()
    async throws
  {
    let books = try await TestBooks.make()
    for (amount, debit, credit) in [
      (900_00, "1120", "3100"), (500_00, "1210", "4100"), (200_00, "1120", "1210"),
      (300_00, "1520", "1120"), (25_00, "6700", "1525"), (80_00, "6200", "1120"),
      (7_00, "1900", "1120"),
    ] {
      try await books.post(Int64(amount), debit: debit, credit: credit)
    }
    let group = ConsolidationGroup(
      name: "Alone", currency: Currency(code: "USD", exponent: 2), members: [.init("harbour")])
    let consolidation = try await books.workspace.consolidate(group, through: Self.today) { _ in
      books.owner
    }.consolidation
    let statement = try consolidation.cashFlow { "\($0)" }
    let own = try await books.workspace.fetch(
      StatementReport(
        cashFlowOf: .days(consolidation.members[0].from, Self.today), .indirect), as: books.owner)
    #expect(
      own.rows.contains {
        $0.item == .totalOf(.unclassified) && $0.amounts.map(\.minorUnits) == [-7_00]
      })
    #expect(statement.rows.map(\.item) == own.rows.map(\.item))
    for column in [0, 3] {
      #expect(
        statement.rows.map { $0.amounts.isEmpty ? [] : [$0.amounts[column]] }
          == own.rows.map(\.amounts))
    }
  }

  @Test func `a rate that nobody says is asked for, and a spot rate stands for a closing one`()
    async throws
  {
    let two = try await Two()
    let expected = await #expect(throws: ConsolidationFaults.self) { try await two.consolidate() }
    #expect(
      expected?.faults == [
        .noRate(member: "alpenrad", .closing, of: "EUR", in: "USD"),
        .noRate(member: "alpenrad", .average, of: "EUR", in: "USD"),
      ])
    try await two.keep("1.10", .spot)
    let rate = try #require(ExchangeRate(written: "1.08"))
    let found = try await two.consolidate(.init(average: rate))
    #expect(found.group.members[1].rates.closing?.text == "1.1")
  }

  @Test func `whoever may not in one business is told in which, and sees none`() async throws {
    let two = try await Two()
    let denied = Refusal.notPermitted(.consolidationRun, .noGrant(.viewer))
    await #expect(throws: MemberRefusal(member: "alpenrad", refusal: denied)) {
      try await two.consolidate(neighbour: .viewer)
    }
    await #expect(throws: MemberRefusal(member: "harbour", refusal: denied)) {
      try await two.consolidate(as: .viewer)
    }
    #expect(
      UserMessage(MemberRefusal(member: "alpenrad", refusal: denied)).text
        == "alpenrad: Your role (Viewer) does not hold consolidation.run.")
    let trail = try await two.neighbour.trail(1)
    #expect(trail.first?.operation == "consolidation.run", "it is on record where it was refused")
  }

  @Test func `whoever sees a part of a business can't consolidate it`() async throws {
    let books = try await TestBooks.make()
    try await books.post(500)
    let query = ConsolidationBalances(through: Self.today)
    for (user, denial) in [
      (books.manager, Denial.otherDepartment),
      (books.employee, .reserved(.trialBalanceAndOwn)),
    ] {
      try await books.workspace.perform(
        GrantPermission(
          NewGrant(.allow, "consolidation.run", to: user.user, reason: "Year end")),
        as: books.owner)
      await #expect(throws: Refusal.notPermitted(.reportRead, denial)) {
        try await books.workspace.fetch(query, as: user)
      }
    }
    _ = try await books.workspace.fetch(query, as: books.director)
    var denial = NewGrant(.deny, "account.read", to: books.director.user, reason: "Secret")
    denial.thing = Thing(.account, books.account("1120").value)
    try await books.workspace.perform(GrantPermission(denial), as: books.owner)
    await #expect(throws: Refusal.notPermitted(.reportRead, .otherDepartment)) {
      try await books.workspace.fetch(query, as: books.director)
    }
  }

  @Test func `what was earned before the first day stands in equity`() async throws {
    let books = try await TestBooks.make()
    try await books.post(100, debit: "1120", credit: "4100", on: Self.today.adding(days: -1))
    try await books.post(70, debit: "6200", credit: "1120")
    func balances(from day: Day?) async throws -> MemberBalances {
      try await books.workspace.fetch(
        ConsolidationBalances(from: day, through: Self.today), as: books.owner)
    }
    func held(_ balances: MemberBalances) -> [String: Int64] {
      Dictionary(
        uniqueKeysWithValues: balances.positions.map { position in
          let account = balances.chart.first { $0.id == position.account }
          return (account?.number ?? "", position.base.minorUnits)
        })
    }
    let year = try await balances(from: nil)
    #expect(held(year) == ["1120": 30, "4100": -100, "6200": 70])
    #expect(year.earlier.isZero)
    #expect(year.from.text == "2026-01-01")
    let day = try await balances(from: Self.today)
    #expect(held(day) == ["1120": 30, "6200": 70])
    #expect(day.earlier.minorUnits == -100)
    #expect(try day.difference().isZero)
  }

  /// The sample of the command's help, on the books that it is about.
  @Test func `the businesses of the demonstration are one group by the sample`() async throws {
    let workspace = try await TestBooks.demonstration(at: TestBooks.demonstrationDay)
    let lobby = try await workspace.signIn(
      email: "director@demo.example", password: Demonstration.password, from: TestBooks.origin)
    var mine: [String: Principal] = [:]
    for row in try await workspace.fetch(MyBusinesses(), as: lobby) {
      mine[row.slug] = try await workspace.enter(row.id, as: lobby)
    }
    let people = mine
    let group = try GroupFile.read(text: GroupFile.sample)
    let day = TestBooks.demonstrationDay.day
    let consolidation = try await workspace.consolidate(group, through: day) { slug in
      try #require(people[slug])
    }.consolidation
    for column in consolidation.columns.indices {
      #expect(try consolidation.rows.map { $0.columns[column] }.total() == .zero)
    }
    // The years before are closed, so that the column of the parent is its own trial balance.
    let own = try await workspace.fetch(
      TrialBalanceReport(asOf: day), as: try #require(people["harbour"]))
    let column = consolidation.rows.filter { !$0.members[0].isZero }
    #expect(column.map(\.line) == own.lines.map { .account($0.number) })
    #expect(column.map { $0.members[0] } == own.lines.map(\.balance))
    // The workshop's bank is at the closing rate of 1.09, its rent at the average one of 1.08.
    let theirs = try await workspace.fetch(
      TrialBalanceReport(asOf: day), as: try #require(people["alpenrad"]))
    for (own, number, rate) in [("1120", "1120", Int64(109)), ("6210", "6200", 108)] {
      let held = try #require(theirs.lines.first { $0.number == own }).balance.minorUnits
      let row = try #require(consolidation.rows.first { $0.line == .account(number) })
      // Half away from zero: what is held is above.
      #expect(row.members[1].minorUnits == (held * rate + 50) / 100, "\(own)")
    }
    #expect(consolidation.rows.contains { $0.line == .nonControllingInterest })
    #expect(consolidation.eliminations.map(\.matches.count) == [0])
  }
}
